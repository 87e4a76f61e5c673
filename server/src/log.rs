//! What is logged, and how it looks: lines for people or JSON for machines, each with the number of the request it is about.
//! What could open a door to somebody who reads the log is not in it: no headers, and of a query no secrets.

use std::{borrow::Cow, io, time::Instant};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use clap::ValueEnum;
use tracing::Instrument as _;
use tracing_subscriber::EnvFilter;

/// The header with the number of a request: taken over from a proxy, and sent back.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest number that is taken over.
const LONGEST_ID: usize = 64;
/// So much of a query is logged.
const LONGEST_QUERY: usize = 1_000;
/// Parameters that open doors.
const SECRETS: [&str; 4] = ["ma", "token", "code", "state"];

/// How the log looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Begins to log, on standard error: what `RUST_LOG` asks for, else warnings and errors.
pub fn begin(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => {
            log.json().flatten_event(true).with_span_list(false).init();
            // Lines of another kind in between would break whoever reads this.
            std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "a panic")));
        }
    }
}

/// Gives a request its number, and logs what it came to. Everything that is logged meanwhile bears the number as well.
pub async fn follow(mut request: Request, next: Next) -> Response {
    let id = id_of(request.headers());
    // An error is told of its request whatever else is logged, so the span is as urgent as they are.
    let span = tracing::error_span!(
        "request",
        request_id = id.to_str().unwrap_or_default(),
        method = %request.method(),
        path = request.uri().path(),
        query = request.uri().query().map(without_secrets).as_deref(),
    );
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let begun = Instant::now();
    let answer = async {
        let response = next.run(request).await;
        let (status, took) = (response.status().as_u16(), begun.elapsed());
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        // That one is full or not ready is told where it is found, not with every request that hears it.
        if status >= 500 && status != 503 {
            tracing::warn!(status, milliseconds, "answered");
        } else {
            tracing::info!(status, milliseconds, "answered");
        }
        response
    };
    let mut response = answer.instrument(span).await;
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// The number a request came with, if it is short and of letters that do no harm anywhere; else a new one.
fn id_of(headers: &HeaderMap) -> HeaderValue {
    let is_plain = |id: &&HeaderValue| {
        (1..=LONGEST_ID).contains(&id.len())
            && id.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
    };
    headers.get(REQUEST_ID).filter(is_plain).cloned().unwrap_or_else(new_id)
}

fn new_id() -> HeaderValue {
    let mut bytes = [0; 12];
    // A machine without chance gives every request the same number, and answers all the same.
    let _ = getrandom::fill(&mut bytes);
    HeaderValue::from_str(&hex::encode(bytes)).unwrap_or_else(|_| HeaderValue::from_static("none"))
}

/// A query with the values of secret parameters blotted out.
fn without_secrets(query: &str) -> Cow<'_, str> {
    let is_secret = |pair: &str| {
        let name = form_urlencoded::parse(pair.as_bytes()).next();
        name.is_some_and(|(name, _)| SECRETS.iter().any(|secret| name.trim().eq_ignore_ascii_case(secret)))
    };
    let is_long = query.len() > LONGEST_QUERY;
    if !is_long && !query.split('&').any(is_secret) {
        return query.into();
    }
    let pairs: Vec<Cow<'_, str>> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, _)) if is_secret(pair) => format!("{name}=…").into(),
            _ => pair.into(),
        })
        .collect();
    let mut shown: String = pairs.join("&").chars().take(LONGEST_QUERY).collect();
    if is_long {
        shown.push('…');
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_a_query_are_blotted_out_however_they_are_written() {
        for (query, shown) in [
            ("period=2023-Q1&as_of=2023-03-31", "period=2023-Q1&as_of=2023-03-31"),
            ("ma=abc123&period=2023", "ma=…&period=2023"),
            ("period=2023&TOKEN=a%3Db=c", "period=2023&TOKEN=…"),
            ("%74oken=abc&code=x&state=y", "%74oken=…&code=…&state=…"),
            ("+code=x", "+code=…"),
            ("tokens=3&macro=1", "tokens=3&macro=1"),
            ("token", "token"),
        ] {
            assert_eq!(without_secrets(query), shown);
        }
        let long = format!("q={}", "a".repeat(5_000));
        assert!(without_secrets(&long).len() < 1_010);
    }

    #[test]
    fn a_number_is_taken_over_only_when_it_is_short_and_harmless() {
        let id =
            |text: &'static str| id_of(&HeaderMap::from_iter([(REQUEST_ID, HeaderValue::from_static(text))]));
        assert_eq!(id("7b3f-proxy_1.A"), "7b3f-proxy_1.A");
        for text in ["", "a b", "<script>", "\"}", "a;b", "../x"] {
            let made = id(text);
            assert!(made != text && made.len() == 24, "{text}: {made:?}");
        }
        let long = HeaderValue::from_str(&"a".repeat(65)).expect("a value");
        assert_eq!(id_of(&HeaderMap::from_iter([(REQUEST_ID, long)])).len(), 24);
        assert_ne!(id_of(&HeaderMap::new()), id_of(&HeaderMap::new()));
    }
}
