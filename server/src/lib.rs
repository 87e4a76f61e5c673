//! The process around the pages: files in and out, settings, clock, routes. [`router`] serves `main` and tests alike.

// The pages are deep trees of types.
#![recursion_limit = "256"]

pub mod access;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod disk;
pub mod export;
pub mod limits;
pub mod log;
pub mod making;
pub mod monitoring;
pub mod routes;
pub mod seed;
mod serving;
pub mod stopped;
pub mod tokens;

use std::sync::{Arc, LazyLock};

use app::{
    App,
    context::{Context, is_for_the_public},
    shell,
};
use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware,
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use leptos::{config::LeptosOptions, prelude::provide_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use tokio::{net::TcpListener, sync::Semaphore};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    timeout::{RequestBodyDeadlineLayer, RequestBodyTimeoutLayer},
};

use crate::{
    access::{self as door, Access, AccessSettings, Gate},
    limits::Limits,
    making::Making,
    routes::{
        assets, chart_image, guard,
        health::{self, Places},
        kept::{self, Kept},
        language,
        reports::Documents,
        table_file, words,
    },
};

/// What every route can reach.
#[derive(Clone, axum::extract::FromRef)]
pub struct AppState {
    /// Store, clock and caches.
    pub context: Context,
    /// Names of the client's files.
    pub leptos: LeptosOptions,
    /// How documents are written.
    pub documents: Documents,
    /// Who may what.
    pub access: Access,
    /// How the server is run.
    pub running: Running,
}

/// What an installation chooses of how the server serves.
#[derive(Clone, Default)]
pub struct Serving {
    /// How documents are written.
    pub documents: Documents,
    /// Who is let in.
    pub access: AccessSettings,
    /// How it is run.
    pub running: Running,
}

/// How a server is run: what it needs around it.
#[derive(Debug, Clone, Default)]
pub struct Running {
    /// Where it writes.
    pub places: Places,
    /// What it bears.
    pub limits: Limits,
    /// What takes long to make.
    pub making: Making,
}

/// The addresses of the pages, read from the app once per process and before anything is served: while Leptos reads
/// them it holds back every resource of the process, and a page that asks for one in that moment is never answered
/// (leptos-rs/leptos#4773).
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// How hard pages are packed: a twentieth smaller than by default, for half a millisecond.
const PACKED: CompressionLevel = CompressionLevel::Precise(5);

/// Answers on a socket until told to stop; requests that have begun are finished, if they end within the time set.
pub async fn serve(
    listener: TcpListener,
    context: Context,
    serving: Serving,
    stop: impl Future<Output = ()>,
) {
    let limits = serving.running.limits.clone();
    serving::serve(listener, router(context, serving), &limits, stop).await;
}

/// Every route of the product over one context.
pub fn router(context: Context, serving: Serving) -> Router {
    let Serving { documents, access, running } = serving;
    let limits = running.limits.clone();
    let leptos = LeptosOptions::builder().output_name(assets::output_name()).site_pkg_dir("pkg").build();
    let pages = PAGES.clone();
    let access = Access::new(context.store.people().clone(), access);
    let (gate, sessions) = (Gate::new(access.clone(), context.store.clone()), access.layer());
    let state = AppState { context: context.clone(), leptos: leptos.clone(), documents, access, running };
    let not_found_context = context.clone();
    let kept = Kept::new(context.clone());
    let long = routes::reports::router().merge(routes::case_file_list::router());
    let long =
        long.layer(middleware::from_fn_with_state(state.running.making.clone(), making::may_take_long));
    Router::<AppState>::new()
        .leptos_routes_with_context(&state, pages, move || provide_context(context.clone()), {
            let leptos = leptos.clone();
            move || {
                guard::provide_policy();
                shell(leptos.clone(), language::of_request(), is_for_the_public())
            }
        })
        .layer(middleware::from_fn_with_state(kept, kept::keep))
        .route("/bieu-do/{file}", get(chart_image::get))
        .route("/bang/{file}", get(table_file::get))
        .layer(CompressionLayer::new().quality(PACKED))
        .merge(routes::data::router())
        .merge(long)
        .merge(routes::making::router())
        .merge(routes::api::router())
        .merge(at_the_door(&limits))
        .layer(middleware::from_fn_with_state(gate, door::pass))
        .layer(sessions)
        .merge(assets::router())
        .fallback(move |request| not_found(leptos.clone(), not_found_context.clone(), request))
        .layer(middleware::from_fn(language::remember))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(guard::no_nul))
        .layer(RequestBodyTimeoutLayer::new(limits.client_timeout))
        .layer(middleware::from_fn_with_state(
            Arc::new(Semaphore::new(limits.most_requests)),
            limits::one_more,
        ))
        // Whoever watches is answered however busy it is.
        .merge(health::router())
        .layer(CatchPanicLayer::custom(words::of_panic))
        .layer(middleware::from_fn(words::plain))
        .layer(middleware::from_fn(guard::headers))
        .layer(middleware::from_fn(monitoring::count))
        .layer(middleware::from_fn(log::follow))
        .with_state(state)
}

/// What whoever is not known yet may send: a form that drips in keeps no place for hours, and all of them together leave
/// those who are in their places.
fn at_the_door(limits: &Limits) -> Router<AppState> {
    let places = Arc::new(Semaphore::new((limits.most_requests / 4).max(1)));
    routes::people::router()
        .layer(RequestBodyDeadlineLayer::new(limits.client_timeout))
        .layer(middleware::from_fn_with_state(places, limits::one_more))
}

/// The page that says there is none, under its status; an address with a slash too many leads to the one without.
async fn not_found(leptos: LeptosOptions, context: Context, request: Request) -> Response {
    let path = request.uri().path();
    if let Some(plain) = path.strip_suffix('/').filter(|plain| language::is_ours(plain)) {
        let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
        return Redirect::permanent(&format!("{plain}{query}")).into_response();
    }
    let page = leptos_axum::render_app_async_with_context(
        move || provide_context(context.clone()),
        move || {
            guard::provide_policy();
            shell(leptos.clone(), language::of_request(), is_for_the_public())
        },
    );
    let mut response = page(request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
