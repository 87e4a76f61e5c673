//! Pages kept as they were written, until the data change or the day does.
//!
//! To write a page takes ten times as long as to read what it shows. The key is all that a page is made of: the versions of
//! the data, the day, the address, which holds the language and every filter, the agencies that the reader may see, and the
//! reader's role, for what is offered to it. Who asks while a page is being written waits for it instead of writing it again.
//! Each answer gets a nonce of its own.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use chrono::NaiveDate;
use leptos::nonce::Nonce;
use moka::future::Cache;

use app::context::Context;
use store::Versions;
use thuocdo::{
    access::{Actor, Role},
    agency::Scope,
};

use crate::monitoring;

/// Bytes of pages that are kept: some thirty of the largest.
const MOST: u64 = 12 << 20;
/// The pages that are kept: not the one that shows what goes on at the moment.
const PAGES: [&str; 6] = ["/", "/ho-so", "/phan-anh", "/doi-thoai", "/chi-so", "/tim-kiem"];

type Key = (Versions, NaiveDate, String, Scope, Role);

/// The pages that are kept. Cheap to clone.
#[derive(Clone)]
pub struct Kept {
    context: Context,
    pages: Cache<Key, Arc<Page>>,
}

/// An answer as it was written.
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The nonce that it was written with.
    nonce: Option<String>,
}

impl Kept {
    /// Nothing yet.
    #[must_use]
    pub fn new(context: Context) -> Self {
        let weigh =
            |key: &Key, page: &Arc<Page>| u32::try_from(key.2.len() + page.body.len()).unwrap_or(u32::MAX);
        Self { context, pages: Cache::builder().weigher(weigh).max_capacity(MOST).build() }
    }
}

/// Answers with the page that is kept, or keeps the one that is written.
pub async fn keep(State(kept): State<Kept>, request: Request, next: Next) -> Response {
    let is_kept = request.method() == Method::GET && PAGES.contains(&request.uri().path());
    if !is_kept {
        return next.run(request).await;
    }
    // Without the versions there is no telling what the page is of; whoever writes it says what is wrong.
    let Ok(versions) = kept.context.store.versions().await else { return next.run(request).await };
    // Two who may see and do the same are shown the same: no page that is kept says who asked.
    let Some((scope, role)) =
        request.extensions().get::<Actor>().map(|actor| (actor.scope.clone(), actor.role))
    else {
        return next.run(request).await;
    };
    let key = (versions, kept.context.today(), request.uri().to_string(), scope, role);
    let mut from = "kept";
    let written = kept.pages.try_get_with(key, async {
        from = "written";
        let page = Arc::new(Page::of(next.run(request).await).await);
        // What went wrong may go right the next time.
        if page.status == StatusCode::OK { Ok(page) } else { Err(page) }
    });
    let written = written.await;
    metrics::counter!(monitoring::PAGES, "from" => from).increment(1);
    match written {
        Ok(page) => page.answer(),
        Err(page) => page.answer(),
    }
}

impl Page {
    async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        match to_bytes(body, usize::MAX).await {
            Ok(body) => {
                let nonce = nonce_of(&parts.headers);
                Self { status: parts.status, headers: parts.headers, body, nonce }
            }
            Err(error) => {
                tracing::error!(%error, "a page was not written to its end");
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Self { status, headers: HeaderMap::new(), body: Bytes::new(), nonce: None }
            }
        }
    }

    fn answer(&self) -> Response {
        let mut headers = self.headers.clone();
        let mut body = self.body.clone();
        if let Some(old) = &self.nonce {
            let new = Nonce::new().to_string();
            body = replaced(&body, old.as_bytes(), new.as_bytes());
            let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
            let policy = policy.map(|policy| policy.replace(old.as_str(), &new));
            if let Some(policy) = policy.and_then(|policy| HeaderValue::from_str(&policy).ok()) {
                headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            }
        }
        (self.status, headers, Body::from(body)).into_response()
    }
}

/// The nonce that a policy names.
fn nonce_of(headers: &HeaderMap) -> Option<String> {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY)?.to_str().ok()?;
    let (_, rest) = policy.split_once("'nonce-")?;
    rest.split_once('\'').map(|(nonce, _)| nonce.to_owned())
}

fn replaced(bytes: &Bytes, old: &[u8], new: &[u8]) -> Bytes {
    let finder = memchr::memmem::Finder::new(old);
    let mut made = Vec::with_capacity(bytes.len() + new.len());
    let mut rest = &bytes[..];
    while let Some(at) = finder.find(rest) {
        made.extend_from_slice(&rest[..at]);
        made.extend_from_slice(new);
        rest = &rest[at + old.len()..];
    }
    made.extend_from_slice(rest);
    made.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_has_a_nonce_of_its_own_in_its_policy_and_its_scripts() {
        let mut headers = HeaderMap::new();
        let policy = HeaderValue::from_static("script-src 'nonce-abc' 'strict-dynamic'");
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        let nonce = nonce_of(&headers);
        assert_eq!(nonce.as_deref(), Some("abc"));
        let body = Bytes::from_static(b"<script nonce=\"abc\"></script><link nonce=abc>");
        let page = Page { status: StatusCode::OK, headers, body, nonce };
        let nonces =
            [page.answer(), page.answer()].map(|answer| nonce_of(answer.headers()).expect("a nonce"));
        assert_ne!(nonces[0], nonces[1]);
        assert!(nonces.iter().all(|nonce| nonce != "abc" && nonce.len() > 15));
        assert_eq!(
            replaced(&page.body, b"abc", b"xy"),
            &b"<script nonce=\"xy\"></script><link nonce=xy>"[..]
        );
    }
}
