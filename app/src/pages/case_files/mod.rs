//! Case files (`/ho-so`): the months against the target, the agencies, worst first, and the files behind each figure.

mod agencies;
pub mod api;
mod figures;
mod list;

use leptos::prelude::*;
use leptos_meta::Title;
use thuocdo::address::Address;

use self::{agencies::AgencyTable, api::CaseFiles, figures::Figures, list::FileList};
use crate::{
    components::{
        chart::ChartFigure,
        eager::Eager as _,
        filters::Filters,
        frame::{Crumbs, EmptyHint, FreshnessLine, InventedBand},
        problem::Problem,
        status::StatusMark,
    },
    links::{self, ChartName},
    pages::{Framed, page_resource, use_address, use_asked},
};

/// The page.
#[component]
pub fn CaseFilesPage() -> impl IntoView {
    let address = use_address();
    let asked = use_asked();
    let page = page_resource(move || asked.get(), api::load_case_files);
    view! {
        <Title text="Hồ sơ" />
        <Transition fallback=|| view! { <main id="main" tabindex="-1" class="loading" aria-busy="true"></main> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(framed) => view! { <Body framed=framed address=address.get_untracked() /> }.eager(),
                    Err(error) => view! { <main id="main" tabindex="-1"><Problem error=error /></main> }.eager(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Body(framed: Framed<CaseFiles>, address: Address) -> impl IntoView {
    let Framed { frame, body: CaseFiles { report, list } } = framed;
    let whom = frame.crumbs.last().map_or_else(|| "Toàn thành phố".to_owned(), |choice| choice.name.clone());
    let is_empty = frame.is_empty();
    view! {
        <InventedBand is_invented=frame.is_invented />
        <Filters frame=frame.clone() address=address.clone() path=links::CASE_FILES />
        <main id="main" tabindex="-1">
            <div class="lead">
                <Crumbs frame=frame.clone() address=address.clone() path=links::CASE_FILES />
                <h1>{whom} ": " {report.standing.sentence.clone()}</h1>
                <StatusMark status=report.standing.status remark=report.period.clone() />
                <FreshnessLine frame=frame />
            </div>
            <EmptyHint is_empty=is_empty />
            <Figures official=report.official strict=report.strict compared=report.compared address=address.clone() />
            {list.map(|list| view! { <FileList list=list address=address.clone() /> })}
            <ChartFigure chart=report.months name=ChartName::Months address=address.clone() />
            <AgencyTable lines=report.agencies window=report.period address=address.clone() />
            <ChartFigure chart=report.gap name=ChartName::Gap address=address />
        </main>
    }
}
