//! What the process counts of itself, for Prometheus: on an address of its own, off unless one is set. Labels have few
//! values each: the pattern of a path, never a path.

use std::{sync::Arc, time::Duration, time::Instant};

use anyhow::Context as _;
use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::{Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
    routing::get,
};
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

const REQUESTS: &str = "thuocdo_http_requests_total";
const SECONDS: &str = "thuocdo_http_request_duration_seconds";
const IN_FLIGHT: &str = "thuocdo_http_requests_in_flight";
/// Pages answered: kept ones as they were, others written.
pub const PAGES: &str = "thuocdo_pages_total";
/// Requests turned away because too many are being answered.
pub const TURNED_AWAY: &str = "thuocdo_http_turned_away_total";
const BUILD: &str = "thuocdo_build_info";

/// From a kept page to a workbook of a million rows.
const BUCKETS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

/// What is timed is put into its buckets so often, whether somebody asks or not: until then it takes room.
const TIDY: Duration = Duration::from_secs(5);

/// Begins to count, and answers on the socket for as long as the process lives.
///
/// # Errors
/// When something else counts already.
pub fn begin(listener: TcpListener, engine: &str) -> anyhow::Result<()> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(SECONDS.to_owned()), &BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .context("không đếm được số liệu giám sát / monitoring cannot begin")?;
    describe(engine);
    let tidy = handle.clone();
    tokio::spawn(async move {
        let mut turns = tokio::time::interval(TIDY);
        loop {
            turns.tick().await;
            tidy.run_upkeep();
        }
    });
    let handle = Arc::new(handle);
    let router = Router::new().route("/metrics", get(async move || shown(&handle)));
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "nobody can read the metrics any more");
        }
    });
    Ok(())
}

fn shown(handle: &PrometheusHandle) -> Response {
    handle.run_upkeep();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response()
}

fn describe(engine: &str) {
    describe_counter!(REQUESTS, "Requests answered, by method, pattern of the path and status.");
    describe_histogram!(SECONDS, "Time until an answer begins, in seconds.");
    describe_gauge!(IN_FLIGHT, "Requests whose answer has not begun.");
    describe_counter!(PAGES, "Pages answered: kept as they were, or written.");
    describe_counter!(TURNED_AWAY, "Requests turned away because too many were being answered.");
    describe_gauge!(BUILD, "Always 1; its labels say what runs.");
    intake::desk::describe_metrics();
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION"), "engine" => engine.to_owned()).set(1.0);
    // A series that is there from the start shows a first failure as a step from nought.
    for from in ["kept", "written"] {
        counter!(PAGES, "from" => from).absolute(0);
    }
    counter!(TURNED_AWAY).absolute(0);
    gauge!(IN_FLIGHT).set(0.0);
}

/// Counts and times a request.
pub async fn count(request: Request, next: Next) -> Response {
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    };
    let path = request.extensions().get::<MatchedPath>().cloned();
    let path = path.as_ref().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let begun = Instant::now();
    let answering = Answering::new();
    let response = next.run(request).await;
    drop(answering);
    let status = response.status().as_u16().to_string();
    counter!(REQUESTS, "method" => method, "path" => path.clone(), "status" => status).increment(1);
    histogram!(SECONDS, "method" => method, "path" => path).record(begun.elapsed().as_secs_f64());
    response
}

/// A request in flight, also when whoever sent it hangs up.
struct Answering;

impl Answering {
    fn new() -> Self {
        gauge!(IN_FLIGHT).increment(1.0);
        Self
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        gauge!(IN_FLIGHT).decrement(1.0);
    }
}
