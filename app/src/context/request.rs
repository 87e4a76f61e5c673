//! A request as a page's server function finds it: what is asked, by whom, and the answer under its status.

use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::Serialize;
use thuocdo::{access::Actor, address::Address, agency::Scope};

use super::Context;
use crate::{
    answer::{Answer, Framed},
    error::AppError,
};

impl Context {
    /// The context of the request being answered.
    ///
    /// # Errors
    /// When the request was given up meanwhile.
    pub fn of_request() -> Result<Self, AppError> {
        use_context::<Self>().ok_or(AppError::Unavailable)
    }
}

/// The address that a query string says.
///
/// # Errors
/// On the first parameter that says nothing sensible.
pub fn address(query: &str) -> Result<Address, AppError> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    Ok(Address::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))?)
}

/// What a server function answers a page's query with: for whoever asks, and under its status.
///
/// # Errors
/// When nobody is known to ask, the query says nothing sensible, or loading fails.
pub async fn answer<T: Serialize>(
    query: &str,
    load: impl AsyncFnOnce(Context, Actor, Address) -> Result<Framed<T>, AppError>,
) -> Result<Answer, AppError> {
    let answer = async {
        let actor = actor_of_request()?;
        let address = actor.narrowed(address(query)?);
        Answer::of(&load(Context::of_request()?, actor, address).await?)
    };
    answered(answer.await)
}

/// Who asks, as the gate found out.
///
/// # Errors
/// When the request came past the gate, or was given up meanwhile.
fn actor_of_request() -> Result<Actor, AppError> {
    let parts = use_context::<http::request::Parts>().ok_or(AppError::Unavailable)?;
    parts.extensions.get::<Actor>().cloned().ok_or(AppError::SignIn)
}

/// Whether the page being answered is for the public.
#[must_use]
pub fn is_for_the_public() -> bool {
    actor_of_request().is_ok_and(|actor| actor.scope == Scope::Public)
}

/// A query string with one more parameter, with its question mark.
#[must_use]
pub fn query_with(query: &str, name: &str, value: &str) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != name));
    pairs.append_pair(name, value);
    format!("?{}", pairs.finish())
}

/// Gives the answer of a server function its status.
fn answered<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    if let (Err(error), Some(response)) = (&result, use_context::<ResponseOptions>())
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    result
}
