//! The page on reports: the monthly brief, the official forms, and what became of what was handed out. Documents of their own
//! beside it: what changed since a brief was signed, the meeting, the wall board, a month as one file.

mod board;
mod briefs;
mod changes;
mod forms;
mod letterhead;
mod meeting;
mod month_file;
mod passport;
mod tables;

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{
    address::Address,
    brief::Letterhead,
    indicator::Question,
    period::{Cycle, Period, Unit},
};

pub use self::{
    board::{BOARD, board},
    briefs::{BRIEF, FREEZE},
    changes::{CHANGES, changes},
    forms::{FORM_06A, FORM_07B},
    letterhead::LETTERHEAD,
    meeting::{MEETING, MINUTES, meeting, minutes},
    month_file::month_file,
    passport::{PASSPORT, checked, checked_brief, checked_table},
};

/// What the page shows beside its links.
#[derive(Debug, Clone)]
pub struct Reports {
    /// The period and the day.
    pub question: Question,
    /// Today: a month is signed once it is over.
    pub today: NaiveDate,
    /// The months whose brief was signed, with the day.
    pub frozen: Vec<(Period, NaiveDate)>,
    /// What stands around a brief.
    pub letterhead: Letterhead,
    /// Whether the reader may take lists of case files.
    pub may_take_lists: bool,
    /// Whether the reader may freeze months and write the letterhead.
    pub may_write: bool,
}

/// The page.
#[must_use]
pub fn page(address: &Address, reports: &Reports) -> String {
    let lang = address.lang;
    view! {
        <div class="lead">
            <h1>{lang.of("Báo cáo", "Reports")}</h1>
            <p>
                {lang
                    .of(
                        "Báo cáo tháng theo thể thức văn bản hành chính, biểu mẫu chính thức, họp điều hành. Dưới mỗi hình trên các trang có mục «Tải về».",
                        "The monthly brief as an official document, the official forms, the meeting. Below each figure of the pages there is “Download”.",
                    )}
            </p>
        </div>
        {briefs::section(address, reports)}
        {forms::section(address, &reports.question)}
        {forms::counts(address)}
        {tables::section(address, reports.may_take_lists)}
        {reports.may_write.then(|| letterhead::section(&reports.letterhead, lang))}
        {passport::section(lang)}
    }
    .to_html()
}

/// The year that a question is about.
fn year_of(question: &Question) -> Period {
    let day = question.period.map_or(question.as_of, |period| period.to(Cycle::Calendar));
    Period::containing(day, Unit::Year, Cycle::Calendar)
}

/// A table that can be wider than its page, under its name.
fn scrolled(name: &str, table: impl IntoView) -> impl IntoView {
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=name.to_owned()>
            {table}
        </div>
    }
}

/// An address of a report about a month, for the office of the page.
fn of_month(path: &str, month: Period, address: &Address) -> String {
    let of = Address { period: Some(month), as_of: None, cycle: Cycle::Calendar, ..address.bare() };
    format!("{path}{}", of.query())
}
