//! Dialogues (`/doi-thoai`): whose head held one in which half-year, what is planned, and what was raised and cleared.

pub mod api;
mod calendar;
mod fields;
mod issues;
mod levels;
mod listed;
mod matrix;
mod rolling;

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    dialogue_report::{DialogueReport, half_year_words},
    indicator::Standing,
};

use self::{
    calendar::CalendarTable, fields::PriorityFields, issues::Issues, levels::Levels, listed::DialogueTable,
    matrix::matrix, rolling::RollingDates,
};
use crate::{
    answer::Framed,
    components::{chart::ChartFigure, contents::Contents, frame::EmptyHint, lead::Lead},
    links::{self, ChartName},
    pages::{Page, framed_page},
};

/// The page.
#[component]
pub fn DialoguesPage() -> impl IntoView {
    framed_page(Page {
        title: ("Đối thoại", "Dialogues"),
        path: links::DIALOGUES,
        load: |query| Box::pin(api::load_dialogues(query)),
        body: |answer, address| answer.shown(address, body),
    })
}

fn body(framed: Framed<DialogueReport>, address: Address) -> AnyView {
    let Framed { frame, body: report, mut figures } = framed;
    let lang = address.lang;
    let is_empty = frame.is_empty();
    let half = half_year_words(report.half_year, lang);
    let day = lang.date(report.day);
    let period = lang.of(format!("{half}, tính đến {day}"), format!("{half}, as of {day}"));
    let standing = Standing { status: report.reading.status, sentence: format!("{}.", report.sentence) };
    let months = figures.take(ChartName::DialogueMonths);
    let year = report.calendar.year;
    let matrix = matrix(&report, &address);
    let sections = vec![
        ("cap", lang.of("Theo cấp", "By level")),
        ("ma-tran", lang.of("Từng người đứng đầu", "Every head")),
        ("den-han", lang.of("Lần tới", "Next due")),
        (ChartName::DialogueMonths.as_str(), lang.of("Theo tháng", "By month")),
        ("lich", lang.of("Lịch", "Calendar")),
        ("linh-vuc", lang.of("Lĩnh vực trọng tâm", "Priority fields")),
        ("vuong-mac", lang.of("Vướng mắc", "Issues")),
    ];
    view! {
        <Lead frame=frame address=address.clone() path=links::DIALOGUES standing=standing period=period />
        <EmptyHint is_empty=is_empty lang=lang />
        <Contents sections=sections lang=lang />
        <Levels groups=report.groups reading=report.reading.clone() address=address.clone() />
        {report.dialogues.map(|list| view! { <DialogueTable list=list year=year address=address.clone() /> })}
        {matrix}
        <RollingDates rolling=report.rolling address=address.clone() />
        <ChartFigure figure=months name=ChartName::DialogueMonths address=address.clone() />
        <CalendarTable calendar=report.calendar address=address.clone() />
        <PriorityFields fields=report.fields priority=report.reading.priority address=address.clone() />
        <Issues counts=report.issues list=report.issue_list address=address />
    }
    .into_any()
}
