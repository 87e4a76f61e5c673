//! Dialogues (`/doi-thoai`): whose head held one in which half-year, what is planned, and what was raised and cleared.

pub mod api;
mod calendar;
mod fields;
mod issues;
mod levels;
mod matrix;
mod rolling;

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    dialogue_report::{DialogueReport, half_year_words},
};

use self::{
    calendar::CalendarTable, fields::PriorityFields, issues::Issues, levels::Levels, matrix::Matrix,
    rolling::RollingDates,
};
use crate::{
    components::{
        eager::Eager as _,
        frame::{Crumbs, EmptyHint, FreshnessLine},
        status::StatusMark,
    },
    links,
    pages::{Framed, framed_page},
};

/// The page.
#[component]
pub fn DialoguesPage() -> impl IntoView {
    framed_page(("Đối thoại", "Dialogues"), links::DIALOGUES, api::load_dialogues, body)
}

fn body(framed: Framed<DialogueReport>, address: Address) -> AnyView {
    let Framed { frame, body: report } = framed;
    let lang = address.lang;
    let whom = frame
        .crumbs
        .last()
        .map_or_else(|| lang.of("Toàn thành phố", "The whole city").to_owned(), |choice| choice.name.clone());
    let is_empty = frame.is_empty();
    let half = half_year_words(report.half_year, lang);
    let day = lang.date(report.day);
    let remark = lang.of(format!("{half}, tính đến {day}"), format!("{half}, as of {day}"));
    view! {
        <div class="lead">
            <Crumbs frame=frame.clone() address=address.clone() path=links::DIALOGUES />
            <h1>{whom} ": " {report.sentence.clone()} "."</h1>
            <StatusMark status=report.reading.status lang=lang remark=remark />
            <FreshnessLine frame=frame lang=lang />
        </div>
        <EmptyHint is_empty=is_empty lang=lang />
        <Levels groups=report.groups.clone() reading=report.reading.clone() address=address.clone() />
        <Matrix report=report.clone() address=address.clone() />
        <RollingDates rolling=report.rolling address=address.clone() />
        <CalendarTable calendar=report.calendar address=address.clone() />
        <PriorityFields fields=report.fields priority=report.reading.priority.clone() address=address.clone() />
        <Issues counts=report.issues overdue=report.overdue_issues address=address />
    }
    .eager()
}
