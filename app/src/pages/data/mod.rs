//! Data (`/du-lieu`): files in, how far their import is, what went in, undoing it, and how fresh the sources are.
//!
//! The page is forms and tables, so the server writes it whole (`crate::written`); the browser only asks how far an import
//! is, and loads the page anew when it has ended.

pub mod api;

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use thuocdo::address::Address;

use self::api::{Written, load_data};
use crate::{
    answer::Framed,
    links,
    pages::{Page, framed_page},
};

/// How often the browser asks how far an import is.
const PAUSE: Duration = Duration::from_millis(700);

/// The page.
#[component]
pub fn DataPage() -> impl IntoView {
    framed_page(Page {
        title: ("Dữ liệu", "Data"),
        path: links::DATA,
        load: |query| Box::pin(api::load_data(query)),
        body: |answer, address| answer.shown(address, body),
    })
}

fn body(framed: Framed<Written>, address: Address) -> AnyView {
    let Written { head, html, progress } = framed.body;
    let progress = progress.map(|progress| view! { <Moving progress=progress query=address.query() /> });
    view! {
        <div inner_html=head></div>
        {progress}
        <div inner_html=html></div>
    }
    .into_any()
}

/// How far an import is: asked again and again until it has ended, which is worth a page of its own.
#[component]
fn Moving(progress: String, query: String) -> impl IntoView {
    let html = RwSignal::new(progress);
    Effect::new(move |_| {
        let query = query.clone();
        let ask = move || {
            let query = query.clone();
            spawn_local(async move {
                // The server may be busy or away: asked again in a moment.
                let Ok(answer) = load_data(query).await else { return };
                match answer.read::<Written>() {
                    Ok(Framed { body: Written { progress: Some(now), .. }, .. }) => drop(html.try_set(now)),
                    _ => drop(window().location().reload()),
                }
            });
        };
        if let Ok(handle) = set_interval_with_handle(ask, PAUSE) {
            on_cleanup(move || handle.clear());
        }
    });
    view! {
        // Without scripts the page comes anew by itself.
        <noscript>
            <meta http-equiv="refresh" content="2" />
        </noscript>
        <div class="moving" inner_html=move || html.get()></div>
    }
}
