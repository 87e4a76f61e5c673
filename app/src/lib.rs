//! The pages: the only crate with views, rendered on the server (`ssr`) and brought to life in the browser (`hydrate`).
//!
//! Features are asked for here and nowhere else: what only the server has is imported inside the bodies of server
//! functions, which the browser's build drops.

#![recursion_limit = "256"]

pub mod answer;
pub mod components;
pub mod error;
pub mod figures;
pub mod links;
pub mod pages;
mod routes;
mod shell;

#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod written;

pub use routes::App;
pub use shell::shell;

/// The browser's entry: takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(App);
}
