//! The gate: finds out who asks, and lets through who may.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use app::{context::query_with, error::AppError, written::people as pages};
use axum::{
    Json,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::server_fn::error::FromServerFnError as _;
use serde_json::json;
use store::{Opens, Store};
use thuocdo::{
    access::{Actor, Identity},
    agency::Scope,
    audit::Action,
    disclosure,
    lang::Lang,
};

use super::{
    Access, Auth, Client, Need, door,
    needs::{Door, is_known},
    sessions::About,
};
use crate::{
    routes::{Why, assets, language},
    tokens,
};

/// What a program reads with a token of its own.
const READINGS: &str = "/api/v1/readings";
/// How often a session notes that it is used, in seconds: not at every request.
const NOTED_EVERY: i64 = 300;
/// The pages that show one agency: who is bound to one is led to it.
const OF_AN_AGENCY: [&str; 6] = ["/", "/ho-so", "/phan-anh", "/doi-thoai", "/chi-so", "/bao-cao"];

/// What the gate works with. Cheap to clone.
#[derive(Clone)]
pub struct Gate {
    access: Access,
    store: Store,
    /// Whether somebody has an account. Nobody takes the last one away, so that what is true stays so.
    anybody: Arc<AtomicBool>,
}

impl Gate {
    /// The gate of a door.
    #[must_use]
    pub fn new(access: Access, store: Store) -> Self {
        Self { access, store, anybody: Arc::default() }
    }

    /// Who asks; `None` when the server lets nobody unknown in.
    async fn actor(&self, auth: &Auth, client: &Client) -> Result<Option<Actor>, store::Error> {
        if let Some(signed_in) = &auth.user {
            return Ok(Some(signed_in.0.actor()));
        }
        if !self.has_anybody().await? && client.is_this_machine {
            return Ok(Some(Actor::machine()));
        }
        Ok(self.access.settings.visitors.actor())
    }

    /// The system that a token for the readings was given to.
    async fn system(&self, hash: &str) -> Result<Option<Actor>, store::Error> {
        Ok(self.store.token_of(hash, Opens::Readings).await?.map(Actor::system))
    }

    async fn has_anybody(&self) -> Result<bool, store::Error> {
        if !self.anybody.load(Ordering::Relaxed) && self.access.people.has_any().await? {
            self.anybody.store(true, Ordering::Relaxed);
        }
        Ok(self.anybody.load(Ordering::Relaxed))
    }
}

/// Lets a request through, or says why not.
pub async fn pass(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>().cloned() else {
        // No route: whatever answers says that there is none.
        return next.run(request).await;
    };
    let Some(door) = door(request.method().as_str(), path.as_str()) else {
        // Whoever asks in a way that a page does not know is no mistake of ours, and fills no log.
        if !is_known(path.as_str()) {
            tracing::error!(
                path = path.as_str(),
                "a route without a line in the table of needs answers nobody"
            );
        }
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    };
    let client = Client::of(&request, &gate.access.settings.proxies);
    let Some(auth) = request.extensions().get::<Auth>().cloned() else {
        return unavailable(&request);
    };
    // The command line asks within the process: nothing from outside brings an actor along.
    let within = request.extensions().get::<Actor>().cloned();
    let bearer = bearer(request.headers()).filter(|_| door.path == READINGS);
    let found = match (within, bearer) {
        (Some(actor), _) => Ok(Some(actor)),
        (None, Some(hash)) => gate.system(&hash).await,
        (None, None) => gate.actor(&auth, &client).await,
    };
    let actor = match found {
        Ok(actor) => actor,
        Err(error) => {
            tracing::error!(error = %std::error::Error::source(&error).unwrap_or(&error), "who asks is not known");
            return unavailable(&request);
        }
    };
    let Some(actor) = actor.or_else(|| matches!(door.need, Need::Open | Need::OwnToken).then(Actor::visitor))
    else {
        return sign_in_first(&request);
    };
    let asked = Asked::of(&request);
    if !door.need.is_met_by(&actor) {
        return refused(&gate, &actor, &client, &asked).await;
    }
    if actor.scope == Scope::Public && asked.is_for_rows() {
        return sign_in_first(&request);
    }
    if let Some(elsewhere) = asked.to_own_agency(&actor) {
        return Redirect::to(&elsewhere).into_response();
    }
    if door.noted == Some(Action::ListTaken) && actor_is_known(&actor) && asked.reason().is_none() {
        return reason_first(&asked);
    }
    note_use(&gate, &auth).await;
    request.extensions_mut().insert(client.clone());
    request.extensions_mut().insert(actor.clone());
    let mut response = next.run(request).await;
    note(&gate, door, &actor, &client, &asked, response.status()).await;
    if actor_is_known(&actor) {
        // What one may see stays out of what the next at the same machine finds.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

fn actor_is_known(actor: &Actor) -> bool {
    matches!(actor.identity, Identity::Person(..))
}

/// A request as the gate speaks of it when it has gone on.
struct Asked {
    method: Method,
    path: String,
    query: String,
    lang: Lang,
    form: Form,
}

/// What kind of answer the asker understands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A page for a person.
    Page,
    /// What a page that has come to life asks for.
    Function,
    /// For machines.
    Json,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let uri = request.uri();
        Self {
            method: request.method().clone(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or("").to_owned(),
            lang: language::of_query(uri.query()),
            form: form(uri.path(), request.headers()),
        }
    }

    fn address(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    fn value(&self, name: &str) -> Option<String> {
        let pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs
            .filter(|(key, value)| key == name && !value.trim().is_empty())
            .map(|(_, value)| value.into_owned())
            .last()
    }

    /// Whether it asks for single case files, petitions or issues, which the public is not shown.
    fn is_for_rows(&self) -> bool {
        disclosure::ROWS.iter().any(|name| self.value(name).is_some())
    }

    fn reason(&self) -> Option<String> {
        self.value(pages::REASON)
    }

    /// The same page for the agency that the actor is bound to, where the address names none.
    fn to_own_agency(&self, actor: &Actor) -> Option<String> {
        let Scope::Below(code) = &actor.scope else { return None };
        let is_page = self.method == Method::GET && OF_AN_AGENCY.contains(&self.path.as_str());
        (is_page && self.value("agency").is_none())
            .then(|| format!("{}{}", self.path, query_with(&self.query, "agency", code)))
    }
}

/// The hash of the token that a request carries.
fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(|token| tokens::hash(token.trim()))
}

fn form(path: &str, headers: &HeaderMap) -> Form {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("");
    if path.starts_with("/api/v1/") {
        Form::Json
    } else if path.starts_with("/api/") {
        Form::Function
    } else if accept.contains("text/html") || !path.rsplit('/').next().unwrap_or("").contains('.') {
        Form::Page
    } else {
        Form::Json
    }
}

fn unavailable(request: &Request) -> Response {
    answer(&Asked::of(request), StatusCode::SERVICE_UNAVAILABLE, &AppError::Unavailable)
}

/// Says no in the form that was asked for.
fn answer(asked: &Asked, status: StatusCode, error: &AppError) -> Response {
    match asked.form {
        Form::Function => (status, error.ser()).into_response(),
        Form::Page => {
            let page = pages::refused(error, asked.lang, &assets::output_name());
            html(status, page)
        }
        Form::Json => {
            let why = error.to_string();
            let mut response =
                (status, Json(json!({ "error": { "field": null, "why": why } }))).into_response();
            response.extensions_mut().insert(Why(why));
            response
        }
    }
}

fn html(status: StatusCode, page: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// Nobody unknown is let in: a person is led to the way in, and comes back here afterwards.
fn sign_in_first(request: &Request) -> Response {
    let asked = Asked::of(request);
    if asked.form == Form::Page && asked.method == Method::GET {
        return Redirect::to(&pages::sign_in_address(&asked.address(), asked.lang)).into_response();
    }
    answer(&asked, StatusCode::UNAUTHORIZED, &AppError::SignIn)
}

async fn refused(gate: &Gate, actor: &Actor, client: &Client, asked: &Asked) -> Response {
    // Who only may not do it as a visitor may do so as somebody.
    if !actor_is_known(actor) && asked.form == Form::Page && asked.method == Method::GET {
        return Redirect::to(&pages::sign_in_address(&asked.address(), asked.lang)).into_response();
    }
    if actor_is_known(actor) {
        gate.access.audit.note(actor, client, Action::Refused, &asked.address(), asked.method.as_str()).await;
    }
    answer(asked, StatusCode::FORBIDDEN, &AppError::Forbidden)
}

/// Asks what a list of case files is taken for: it leaves the building row by row.
fn reason_first(asked: &Asked) -> Response {
    if asked.form == Form::Page {
        return html(
            StatusCode::OK,
            pages::reason(&asked.path, &asked.query, asked.lang, &assets::output_name()),
        );
    }
    let why = format!(
        "nêu lý do tải danh sách: thêm {0}=… vào địa chỉ / say what the list is for: add {0}=… to the address",
        pages::REASON
    );
    let field = pages::REASON.to_owned();
    answer(asked, StatusCode::BAD_REQUEST, &AppError::Invalid(thuocdo::address::AddressError { field, why }))
}

/// Notes that the session is used, so that it does not end under one's hands.
async fn note_use(gate: &Gate, auth: &Auth) {
    if auth.user.is_none() {
        return;
    }
    let Ok(Some(about)) = auth.session.get::<About>(About::KEY).await else { return };
    let now = gate.access.now();
    if now - about.seen_at >= NOTED_EVERY {
        let kept = auth.session.insert(About::KEY, About { seen_at: now, ..about }).await;
        if let Err(error) = kept {
            tracing::warn!(%error, "a session does not note that it is used");
        }
    }
}

async fn note(gate: &Gate, door: &Door, actor: &Actor, client: &Client, asked: &Asked, status: StatusCode) {
    let Some(action) = door.noted else { return };
    // What visitors try out on invented data is nobody's business, and the public is many.
    if actor.identity == Identity::Visitor || status.as_u16() >= 400 {
        return;
    }
    let reason = asked.reason().unwrap_or_default();
    gate.access.audit.note(actor, client, action, &asked.address(), &reason).await;
}
