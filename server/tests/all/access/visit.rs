//! Somebody with an account at the door of the small city: signs in as a browser does and asks with the cookie.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use server::{
    Serving,
    access::{AccessSettings, hashed},
    router,
};
use store::people::{AuditQuestion, NewPerson};
use thuocdo::{access::Role, audit::Action};
use tower::ServiceExt as _;

use crate::helpers::{Server, TODAY, here};

/// The password of everybody in these tests.
pub const PASSWORD: &str = "sông Hồng mùa nước nổi";

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// The session's cookie, as it is sent back.
    pub fn cookie(&self) -> Option<String> {
        let all =
            self.headers.get_all(header::SET_COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut own = all.filter(|cookie| cookie.starts_with("__Host-thuocdo="));
        own.next().and_then(|cookie| cookie.split(';').next()).map(str::to_owned)
    }
}

/// A request as a browser sends it.
pub fn browser(method: Method, address: &str, cookie: Option<&str>, form: &[(&str, &str)]) -> Request<Body> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let mut request = Request::builder()
        .method(method.clone())
        .uri(address)
        .header(header::ACCEPT, if address.starts_with("/api/") { "*/*" } else { "text/html,*/*" })
        .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0");
    if method == Method::POST {
        request = request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, "http://127.0.0.1:3000")
            .header("sec-fetch-site", "same-origin");
    }
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    request.body(Body::from(body)).expect("a request")
}

impl Server {
    /// The answer to a request of this machine, whole.
    pub async fn answer(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(here(request)).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// What somebody with a cookie gets.
    pub async fn visit(&self, address: &str, cookie: Option<&str>) -> Answer {
        self.answer(browser(Method::GET, address, cookie, &[])).await
    }

    /// What somebody with a cookie gets for a form.
    pub async fn submit(&self, address: &str, cookie: Option<&str>, form: &[(&str, &str)]) -> Answer {
        self.answer(browser(Method::POST, address, cookie, form)).await
    }

    /// Lets somebody in, past the door.
    pub async fn person(&self, name: &str, role: Role, agency: Option<&str>) -> i64 {
        let new = NewPerson {
            name: name.to_owned(),
            shown_as: format!("Người {name}"),
            role,
            agency_code: agency.map(str::to_owned),
            openid_name: None,
        };
        let people = self.store.people();
        let id = people.let_in(&new, "first", 1).await.expect("answers").expect("a new name");
        let hash = hashed(PASSWORD).expect("a hash");
        people.set_password(id, &hash, &format!("stamp of {name}")).await.expect("sets");
        id
    }

    /// Signs somebody in: the cookie.
    pub async fn sign_in(&self, name: &str) -> String {
        let answer = self.submit("/dang-nhap", None, &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        answer.cookie().expect("a session")
    }

    /// The same server under other rules of the door.
    pub fn under(mut self, access: AccessSettings) -> Self {
        let today = TODAY.parse().expect("a date");
        let context = app::context::Context::new(self.store.clone(), std::sync::Arc::new(move || today))
            .with_desk(self.desk.clone());
        self.router = router(context, Serving { access, ..Serving::default() });
        self
    }
}

/// A clock that a test moves.
pub fn clock(at: &Arc<AtomicI64>) -> AccessSettings {
    let at = at.clone();
    AccessSettings { now: Arc::new(move || at.load(Ordering::SeqCst)), ..AccessSettings::default() }
}

/// The small city with an administrator: the server and the cookie.
pub async fn with_admin() -> (Server, String) {
    let server = Server::city().await;
    server.person("admin", Role::Admin, None).await;
    let cookie = server.sign_in("admin").await;
    (server, cookie)
}

/// What the log says of an action: who, what about, and the detail.
pub async fn noted(server: &Server, action: Action) -> Vec<(String, String, String)> {
    let question = AuditQuestion { action: Some(action), ..AuditQuestion::default() };
    let (_, lines) = server.store.people().audit(&question, 100, 0).await.expect("read");
    lines.into_iter().map(|line| (line.entry.actor, line.entry.object, line.entry.detail)).collect()
}
