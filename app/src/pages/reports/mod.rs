//! Reports (`/bao-cao`): what leaves the building. Forms and tables, so the server writes it whole (`crate::written`).

pub mod api;

use leptos::prelude::*;
use thuocdo::address::Address;

use crate::{
    answer::Framed,
    links,
    pages::{Page, framed_page},
};

/// The page.
#[component]
pub fn ReportsPage() -> impl IntoView {
    framed_page(Page {
        title: ("Báo cáo", "Reports"),
        path: links::REPORTS,
        load: |query| Box::pin(api::load_reports(query)),
        body: |answer, address| answer.shown(address, body),
    })
}

fn body(framed: Framed<String>, _: Address) -> AnyView {
    view! { <div inner_html=framed.body></div> }.into_any()
}
