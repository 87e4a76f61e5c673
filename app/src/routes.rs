//! The table of routes; nothing else.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    components::frame::{Footer, Masthead, Skip},
    pages::{
        case_files::CaseFilesPage, data::DataPage, dialogues::DialoguesPage, indexes::IndexesPage,
        not_found::NotFound, overview::OverviewPage, petitions::PetitionsPage, reports::ReportsPage,
        search::SearchPage,
    },
};

/// The app: masthead, the page of the address, footer.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|title: String| format!("{title} · Thước Đo") />
        <Router>
            <Skip />
            <Masthead />
            <Routes fallback=NotFound>
                <Route path=path!("/") view=OverviewPage ssr=SsrMode::Async />
                <Route path=path!("/ho-so") view=CaseFilesPage ssr=SsrMode::Async />
                <Route path=path!("/doi-thoai") view=DialoguesPage ssr=SsrMode::Async />
                <Route path=path!("/chi-so") view=IndexesPage ssr=SsrMode::Async />
                <Route path=path!("/phan-anh") view=PetitionsPage ssr=SsrMode::Async />
                <Route path=path!("/du-lieu") view=DataPage ssr=SsrMode::Async />
                <Route path=path!("/bao-cao") view=ReportsPage ssr=SsrMode::Async />
                <Route path=path!("/tim-kiem") view=SearchPage ssr=SsrMode::Async />
            </Routes>
            <Footer />
        </Router>
    }
}
