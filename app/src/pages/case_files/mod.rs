//! Case files (`/ho-so`): the months against the target, the agencies, worst first, and the files behind each figure.

mod agencies;
pub mod api;
mod figures;
mod list;
mod outlook;

use leptos::prelude::*;
use thuocdo::address::Address;

use self::{agencies::AgencyTable, api::CaseFiles, figures::Figures, list::FileList, outlook::Outlook};
use crate::{
    components::{
        chart::ChartFigure,
        eager::Eager as _,
        frame::{Crumbs, EmptyHint, FreshnessLine},
        status::StatusMark,
    },
    links::{self, ChartName},
    pages::{Framed, framed_page},
};

/// The page.
#[component]
pub fn CaseFilesPage() -> impl IntoView {
    framed_page(("Hồ sơ", "Case files"), links::CASE_FILES, api::load_case_files, body)
}

fn body(framed: Framed<CaseFiles>, address: Address) -> AnyView {
    let Framed { frame, body: CaseFiles { report, list, outlook } } = framed;
    let lang = address.lang;
    let whom = frame
        .crumbs
        .last()
        .map_or_else(|| lang.of("Toàn thành phố", "Whole city").to_owned(), |choice| choice.name.clone());
    let is_empty = frame.is_empty();
    view! {
        <div class="lead">
            <Crumbs frame=frame.clone() address=address.clone() path=links::CASE_FILES />
            <h1>{whom} ": " {report.standing.sentence.clone()}</h1>
            <StatusMark status=report.standing.status lang=lang remark=report.period.clone() />
            <FreshnessLine frame=frame lang=lang />
        </div>
        <EmptyHint is_empty=is_empty lang=lang />
        <Figures official=report.official strict=report.strict compared=report.compared address=address.clone() />
        {list.map(|list| view! { <FileList list=list address=address.clone() /> })}
        <ChartFigure chart=report.months name=ChartName::Months address=address.clone() />
        {outlook.map(|outlook| view! { <Outlook outlook=outlook address=address.clone() /> })}
        <AgencyTable lines=report.agencies window=report.period address=address.clone() />
        <ChartFigure chart=report.gap name=ChartName::Gap address=address />
    }
    .eager()
}
