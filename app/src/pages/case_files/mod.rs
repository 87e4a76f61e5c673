//! Case files (`/ho-so`): the months against the target, the agencies, worst first, and the files behind each figure.

mod agencies;
mod ages;
pub mod api;
mod apologies;
mod chips;
mod fields;
mod figures;
mod levels;
mod list;
mod outlook;
mod procedures;
mod quality;
mod rates;
mod rescue;
mod steps;

use leptos::prelude::*;
use thuocdo::address::Address;

use self::{
    agencies::AgencyTable, ages::Ages, api::CaseFiles, apologies::Apologies, chips::Chips,
    fields::FieldTable, figures::Figures, levels::LevelTable, list::FileList, outlook::Outlook,
    procedures::ProcedureTable, quality::QualityPanel, rescue::RescueSteps,
};
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
    let Framed { frame, body: CaseFiles { report, depth, list, outlook } } = framed;
    let lang = address.lang;
    let whom = frame
        .crumbs
        .last()
        .map_or_else(|| lang.of("Toàn thành phố", "Whole city").to_owned(), |choice| choice.name.clone());
    let is_empty = frame.is_empty();
    let last = frame.as_of.min(frame.period.to(address.cycle));
    view! {
        <div class="lead">
            <Crumbs frame=frame.clone() address=address.clone() path=links::CASE_FILES />
            <Chips
                field_name=depth.field_name.clone()
                procedure_name=depth.procedure_name.clone()
                address=address.clone()
            />
            <h1>{whom} ": " {report.standing.sentence.clone()}</h1>
            <StatusMark status=report.standing.status lang=lang remark=report.period.clone() />
            <FreshnessLine frame=frame lang=lang />
        </div>
        <EmptyHint is_empty=is_empty lang=lang />
        <Figures official=report.official strict=report.strict compared=report.compared address=address.clone() />
        {list.map(|list| view! { <FileList list=list address=address.clone() /> })}
        <div class="two">
            <RescueSteps rescue=depth.rescue.clone() last=last address=address.clone() />
            <Ages rescue=depth.rescue last=last address=address.clone() />
        </div>
        <ChartFigure chart=report.months name=ChartName::Months address=address.clone() />
        {outlook.map(|outlook| view! { <Outlook outlook=outlook address=address.clone() /> })}
        <LevelTable lines=depth.levels address=address.clone() />
        <AgencyTable lines=report.agencies window=report.period address=address.clone() />
        <ChartFigure chart=report.gap name=ChartName::Gap address=address.clone() />
        <FieldTable lines=depth.fields address=address.clone() />
        <ProcedureTable lines=depth.procedures address=address.clone() />
        <Apologies steps=depth.letters last=last address=address.clone() />
        <QualityPanel quality=depth.quality address=address />
    }
    .eager()
}
