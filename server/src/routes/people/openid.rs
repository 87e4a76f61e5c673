//! Signing in at a provider of OpenID Connect: off to it, and back.

use app::written::people as pages;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Redirect, Response},
};
use cookie::{Cookie, SameSite, time::Duration};
use serde::Deserialize;
use store::people::{Person, Vouched};
use thuocdo::{access, audit::Action};

use super::{
    Refused, Sender,
    sign_in::{Back, begin, shown},
};
use crate::access::{Access, Begun, Client, Failed, OpenId, Returned};

/// What the browser keeps while somebody is at the provider. Nobody else's page can set a cookie of this name, and what
/// stands in it is worth something to the browser that set out alone.
const COOKIE: &str = "__Host-thuocdo-openid";
/// How long somebody may take there.
const AT_MOST: Duration = Duration::minutes(10);

/// Off to the provider.
pub(super) async fn go(
    State(access): State<Access>,
    sender: Sender,
    Query(Back { back }): Query<Back>,
) -> Response {
    let way_back = access::way_back(back.as_deref());
    let begun = async {
        let openid = access.settings.openid.as_ref().ok_or(Refused::NoOpenId)?;
        openid.begin().await.map_err(|failed| said(&failed))
    };
    match begun.await {
        Ok((address, begun)) => {
            let mut response = Redirect::to(&address).into_response();
            set(&mut response, kept(&begun, way_back).max_age(AT_MOST));
            response
        }
        Err(refused) => not_in(&access, &sender, way_back, &refused).await,
    }
}

#[derive(Deserialize)]
pub(super) struct Answer {
    code: Option<String>,
    #[serde(default)]
    state: String,
    error: Option<String>,
}

/// Back from the provider.
pub(super) async fn came_back(
    State(access): State<Access>,
    sender: Sender,
    auth: crate::access::Auth,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Response {
    let set_out = set_out(&headers);
    let way_back = set_out.as_ref().map_or("/", |(_, way_back)| access::way_back(Some(way_back))).to_owned();
    let begun = set_out.map(|(begun, _)| begun);
    let came = async {
        let openid = access.settings.openid.as_ref().ok_or(Refused::NoOpenId)?;
        let person = who(&access, openid, &sender.client, answer, begun).await?;
        begin(&access, &sender.client, auth, person, "OpenID Connect").await
    };
    let mut response = match came.await {
        Ok(()) => Redirect::to(&way_back).into_response(),
        Err(refused) => not_in(&access, &sender, &way_back, &refused).await,
    };
    // What was kept is good for one answer.
    set(&mut response, Cookie::build((COOKIE, "")).max_age(Duration::ZERO));
    response
}

/// The person who came back.
async fn who(
    access: &Access,
    openid: &OpenId,
    client: &Client,
    answer: Answer,
    begun: Option<Begun>,
) -> Result<Person, Refused> {
    let begun = begun.filter(|begun| begun.is_of(&answer.state)).ok_or(Refused::NotBegun)?;
    if let Some(error) = answer.error {
        tracing::info!(error, "the provider of OpenID Connect let nobody in");
        return Err(Refused::NotVouchedFor);
    }
    let code = answer.code.ok_or(Refused::NotBegun)?;
    // Each code makes the server ask the provider: who makes them up has to wait like who guesses passwords.
    if access.throttle.address_has_to_wait(&client.address).await? {
        return Err(Refused::Wait);
    }
    let Returned { subject, name } = match openid.finish(&code, begun).await {
        Ok(returned) => returned,
        Err(failed) => {
            if matches!(failed, Failed::Code(_) | Failed::Unbelievable(_)) {
                access.throttle.failed("", &client.address).await?;
                access.audit.note_named("", "", client, Action::SignInRefused, "", "OpenID Connect").await;
            }
            return Err(said(&failed));
        }
    };
    let vouched = Vouched { issuer: openid.issuer(), subject: &subject, name: name.as_deref() };
    let person = access.people.vouched_for(vouched).await?;
    match person.filter(|person| person.disabled_at.is_none()) {
        Some(person) => Ok(person),
        None => {
            let name = name.unwrap_or(subject);
            access.audit.note_named(&name, "", client, Action::SignInRefused, "", "OpenID Connect").await;
            Err(Refused::NoAccount(name))
        }
    }
}

/// What is said to the person of a failure; the log says more to who runs the server.
fn said(failed: &Failed) -> Refused {
    match failed {
        Failed::TooMany => Refused::TooMany(crate::access::TooMany),
        Failed::Unreachable(_) => {
            tracing::error!(%failed, "OpenID Connect");
            Refused::OpenIdDown
        }
        Failed::Code(_) | Failed::Unbelievable(_) => {
            tracing::warn!(%failed, "OpenID Connect");
            Refused::NotVouchedFor
        }
    }
}

/// The way in, with why this one was none.
async fn not_in(access: &Access, sender: &Sender, way_back: &str, refused: &Refused) -> Response {
    let problem = refused.said(sender.lang);
    let form = pages::SignIn { way_back, problem: Some(&problem), ..pages::SignIn::default() };
    refused.answer(shown(access, &sender.client, form, sender.lang).await)
}

fn kept(begun: &Begun, way_back: &str) -> cookie::CookieBuilder<'static> {
    let mut value = form_urlencoded::Serializer::new(String::new());
    value.append_pair("state", &begun.state);
    value.append_pair("nonce", &begun.nonce);
    value.append_pair("verifier", &begun.verifier);
    value.append_pair("back", way_back);
    Cookie::build((COOKIE, value.finish()))
}

/// Sets the cookie. Lax, not strict: the browser comes back from another site.
fn set(response: &mut Response, cookie: cookie::CookieBuilder<'static>) {
    let cookie = cookie.path("/").secure(true).http_only(true).same_site(SameSite::Lax).build();
    if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// The sign-in that this browser set out on, and where it wanted to go.
fn set_out(headers: &HeaderMap) -> Option<(Begun, String)> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let cookie =
        all.flat_map(Cookie::split_parse).filter_map(Result::ok).find(|cookie| cookie.name() == COOKIE)?;
    let pairs: Vec<_> = form_urlencoded::parse(cookie.value().as_bytes()).collect();
    let part = |name: &str| {
        let found = pairs.iter().find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.to_string())
    };
    let begun = Begun { state: part("state")?, nonce: part("nonce")?, verifier: part("verifier")? };
    Some((begun, part("back").unwrap_or_default()))
}
