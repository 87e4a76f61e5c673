//! What the page on dialogues shows: heads by half-year, rolling dates, the calendar, priority fields and issues.

pub mod calendar;
mod calendar_chart;
pub mod cell;
pub mod fields;
pub mod issues;
pub mod listed;
pub mod matrix;
pub mod only;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::{
    calendar::Calendar,
    cell::{Cell, Column, State},
    fields::{DialogueField, FieldLine},
    issues::{IssueDetail, IssueFigure, IssueLine},
    listed::{Became, DialogueFigure, DialogueLine},
    matrix::{District, Due, Group, Row, Tally},
    only::Only,
};
use crate::{
    address::Address,
    agency::Level,
    case_file_report::Origin,
    charts::Chart,
    disclosure::Told,
    drafts,
    indicator::{DialoguesHeld, Facts, Question},
    lang::Lang,
    period::{Cycle, Period},
    plan::Indicator,
    status::Status,
    wire,
};

/// Rows on one page of the matrix, and issues on one page of theirs.
pub const LISTED: usize = 60;
/// Issues, and offices by rolling date, that are named before their list is opened.
const NAMED: usize = 10;

/// What the page needs beside the facts of every reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// The fields the plan stresses: code and name.
    pub priority_fields: Vec<(String, String)>,
    /// The fields of the dialogues held in the half-year.
    pub fields: Vec<DialogueField>,
    /// Every issue of the filter.
    pub issues: Vec<IssueDetail>,
}

/// The page on dialogues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueReport {
    /// The half-year asked for.
    pub half_year: Period,
    /// The day everything is seen from: the one asked for, or the half-year's last.
    #[serde(with = "wire::day")]
    pub day: NaiveDate,
    /// The reading.
    pub reading: DialoguesHeld,
    /// The reading in one sentence.
    pub sentence: String,
    /// By level; they add up to the reading.
    pub groups: Vec<Group>,
    /// Offices in each state in the half-year asked for, in the order of the legend.
    pub legend: Vec<(State, i64)>,
    /// The half-years of the matrix, oldest first.
    pub half_years: Vec<Period>,
    /// The rows asked for.
    pub rows: Paged<Row>,
    /// A reminder to the offices listed, where they are listed for what is still to be done.
    pub reminder: Option<String>,
    /// Whether communes are summed up by district instead of standing in the rows.
    pub districts: Vec<District>,
    /// Dates six months after the last dialogue.
    pub rolling: Rolling,
    /// The year by month.
    pub calendar: Calendar,
    /// The same as columns.
    #[serde(skip)]
    pub months: Chart,
    /// The dialogues behind a number of the calendar.
    pub dialogues: Option<DialogueList>,
    /// Priority fields.
    pub fields: Vec<FieldLine>,
    /// What became of the issues.
    pub issues: Vec<(IssueFigure, i64)>,
    /// The issues behind a figure; until one is asked for the first of those past their deadline.
    pub issue_list: IssueList,
}

/// The dialogues behind a number of the calendar, with the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueList {
    /// Which number.
    pub figure: DialogueFigure,
    /// What it says.
    pub said: i64,
    /// The dialogues.
    pub lines: Paged<DialogueLine>,
}

/// The issues behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueList {
    /// Which figure.
    pub figure: IssueFigure,
    /// Whether the address asks for it.
    pub is_asked: bool,
    /// The issues.
    pub lines: Paged<IssueLine>,
}

/// A part of a list with its whole length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paged<T> {
    /// How many there are.
    pub total: i64,
    /// Which page this is, from one.
    pub page: u32,
    /// Of how many.
    pub pages: u32,
    /// What stands on it.
    pub lines: Vec<T>,
}

impl<T> Paged<T> {
    /// One page of a list; beyond the last page stands the last page.
    fn of(all: Vec<T>, page: Option<u32>, per_page: usize) -> Self {
        let total = all.len();
        let pages = total.div_ceil(per_page).max(1);
        let page = usize::try_from(page.unwrap_or(1)).unwrap_or(1).clamp(1, pages);
        let lines = all.into_iter().skip((page - 1) * per_page).take(per_page).collect();
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { total: long(total), page: small(page), pages: small(pages), lines }
    }
}

/// Offices by the date of their next dialogue, six months after the last that counts. It warns; half-years score.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rolling {
    /// Due within thirty days.
    pub soon: i64,
    /// Past their date.
    pub overdue: i64,
    /// Without any dialogue that counts.
    pub never: i64,
    /// The first of those due soon, soonest first.
    pub first_soon: Vec<Row>,
    /// The first of those overdue, the longest overdue first.
    pub first_overdue: Vec<Row>,
}

/// Makes the page.
#[must_use]
pub fn assemble(
    facts: &Facts,
    details: &Details,
    question: &Question,
    origin: &Origin,
    address: &Address,
) -> DialogueReport {
    let (half_year, day) = DialoguesHeld::asked(question);
    let reading = DialoguesHeld::read(facts, question);
    let columns = Column::up_to(day);
    let asked =
        Column { period: half_year, window: crate::period::Window::of(half_year, Cycle::Calendar, day) };
    let all = matrix::rows(facts, &columns, day);
    let districts =
        if shows_everyone(address) { Vec::new() } else { matrix::districts(&all, &facts.agencies) };
    // Within one district its communes stand in the rows themselves.
    let districts = if districts.len() > 1 { districts } else { Vec::new() };
    let calendar = Calendar::read(facts, day);
    let chosen = match address.only {
        Some(Only::Priority) => Some(fields::holders(facts, &details.fields, None, asked)),
        Some(Only::InField) => {
            let field = address.filter.field.as_deref().unwrap_or_default();
            Some(fields::holders(facts, &details.fields, Some(field), asked))
        }
        _ => None,
    };
    let is_chosen = |row: &Row| chosen.as_ref().is_none_or(|chosen| chosen.contains(row.code.as_str()));
    let lists_rows = address.dialogue_list.is_none() && address.issue_list.is_none();
    let rows = Paged::of(
        shown(&all, address, !districts.is_empty(), is_chosen),
        address.page.filter(|_| lists_rows),
        LISTED,
    );
    let decision = facts.plan.in_force(Indicator::DialoguesHeld, day, question.agency.as_deref());
    let decision = decision.map(|target| target.source.as_str());
    let is_to_be_done = matches!(
        address.only,
        Some(Only::Missing | Only::In(State::Missed | State::DueSoon | State::NotYetDue))
    );
    let reminder = (is_to_be_done && !rows.lines.is_empty()).then(|| {
        let offices: Vec<&str> = rows.lines.iter().map(|row| row.name.as_str()).collect();
        drafts::dialogue_reminder(&offices, half_year, day, decision, origin.lang)
    });
    DialogueReport {
        half_year,
        day,
        sentence: sentence(&reading, half_year, day, origin.lang),
        groups: matrix::groups(&all),
        legend: State::ALL.map(|state| (state, counted(&all, Only::In(state)))).to_vec(),
        half_years: columns.iter().map(|column| column.period).collect(),
        rolling: rolling(&all),
        months: calendar_chart::chart(&calendar, question, origin),
        dialogues: address.dialogue_list.map(|figure| DialogueList {
            figure,
            said: calendar.said(figure),
            lines: Paged::of(listed::lines(facts, figure, day), address.page, LISTED),
        }),
        calendar,
        fields: fields::lines(facts, &details.priority_fields, &details.fields, asked),
        issues: issues::count(&details.issues, asked.window),
        issue_list: issue_list(&details.issues, asked, address),
        rows,
        reminder,
        districts,
        reading,
    }
}

/// Whether the address asks for each single office.
fn shows_everyone(address: &Address) -> bool {
    address.filter.level.is_some() || address.only.is_some()
}

fn issue_list(details: &[IssueDetail], asked: Column, address: &Address) -> IssueList {
    let (figure, page, per_page) = match address.issue_list {
        Some(figure) => (figure, address.page, LISTED),
        None => (IssueFigure::OpenOverdue, None, NAMED),
    };
    let lines = Paged::of(issues::lines(details, figure, asked.window), page, per_page);
    IssueList { figure, is_asked: address.issue_list.is_some(), lines }
}

fn shown(
    rows: &[Row],
    address: &Address,
    communes_are_summed: bool,
    is_chosen: impl Fn(&Row) -> bool,
) -> Vec<Row> {
    let is_asked = |row: &&Row| {
        is_chosen(row)
            && address.only.is_none_or(|only| only.holds(row))
            && !(communes_are_summed && row.level == Level::Commune)
    };
    let mut rows: Vec<Row> = rows.iter().filter(is_asked).cloned().collect();
    if matches!(address.only, Some(Only::Soon | Only::Overdue)) {
        rows.sort_by_key(|row| row.next_due);
    }
    rows
}

fn rolling(rows: &[Row]) -> Rolling {
    let first = |only: Only| {
        let mut of: Vec<&Row> = rows.iter().filter(|row| only.holds(row)).collect();
        of.sort_by_key(|row| row.next_due);
        of.into_iter().take(NAMED).cloned().collect()
    };
    Rolling {
        soon: counted(rows, Only::Soon),
        overdue: counted(rows, Only::Overdue),
        never: counted(rows, Only::Never),
        first_soon: first(Only::Soon),
        first_overdue: first(Only::Overdue),
    }
}

fn counted(rows: &[Row], only: Only) -> i64 {
    long(rows.iter().filter(|row| only.holds(row)).count())
}

impl DialogueReport {
    /// What of the page a reader is told: whether a head held a dialogue is public, the words of an issue are not.
    #[must_use]
    pub fn told(mut self, told: Told) -> Self {
        if !told.rows {
            self.issue_list.lines = Paged::of(Vec::new(), None, NAMED);
        }
        self
    }

    /// What a figure of the issues says.
    #[must_use]
    pub fn issues_of(&self, figure: IssueFigure) -> i64 {
        self.issues.iter().find(|(of, _)| *of == figure).map_or(0, |(_, count)| *count)
    }

    /// What a figure of the reading says of these rows; the list has to have as many.
    #[must_use]
    pub fn figure(&self, only: Only, address: &Address) -> Option<i64> {
        match only {
            Only::Missing => Some(self.reading.without()),
            Only::In(State::Held) => Some(self.reading.held),
            Only::In(State::HeldWithoutMinutes) => Some(self.reading.held_without_minutes),
            Only::In(State::Planned) => Some(self.reading.planned),
            Only::Priority => Some(self.reading.priority.held),
            Only::InField => {
                let of_field = |line: &&FieldLine| Some(&line.code) == address.filter.field.as_ref();
                self.fields.iter().find(of_field).map(|line| line.offices)
            }
            _ => None,
        }
    }
}

/// A half-year in words: `6 tháng đầu năm 2023`, `the first half of 2023`.
#[must_use]
pub fn half_year_words(period: Period, lang: Lang) -> String {
    let year = period.year();
    match (lang, period.index()) {
        (Lang::Vi, 1) => format!("6 tháng đầu năm {year}"),
        (Lang::Vi, _) => format!("6 tháng cuối năm {year}"),
        (Lang::En, 1) => format!("the first half of {year}"),
        (Lang::En, _) => format!("the second half of {year}"),
    }
}

/// The finding in one sentence.
fn sentence(reading: &DialoguesHeld, half_year: Period, day: NaiveDate, lang: Lang) -> String {
    let end = half_year.to(Cycle::Calendar);
    let left = (end - day).num_days();
    let n = |n| lang.number(n);
    let (held, obliged, without) = (n(reading.held), n(reading.obliged), n(reading.without()));
    let half = half_year_words(half_year, lang);
    match (reading.status, lang) {
        (Status::NoData, _) => lang
            .of("chưa có danh sách đơn vị phải đối thoại", "no list of offices that owe a dialogue yet")
            .to_owned(),
        (Status::Met, Lang::Vi) => {
            format!("cả {obliged} người đứng đầu đã đối thoại trong {half}, có biên bản")
        }
        (Status::Met, Lang::En) if reading.obliged == 1 => {
            format!("the one obliged head held a dialogue in {half}, with minutes")
        }
        (Status::Met, Lang::En) => format!("all {obliged} heads held a dialogue in {half}, with minutes"),
        (Status::Missed, Lang::Vi) => {
            format!("{without} trong {obliged} người đứng đầu không có đối thoại hợp lệ trong {half}")
        }
        (Status::Missed, Lang::En) => {
            format!("{without} of {obliged} heads held no dialogue that counts in {half}")
        }
        (_, Lang::Vi) => format!(
            "{held} trong {obliged} người đứng đầu đã đối thoại trong {half}; {without} đơn vị còn {left} ngày, đến {}",
            lang.date(end)
        ),
        (_, Lang::En) => format!(
            "{held} of {obliged} heads held a dialogue in {half}; {} left for the other {without}, until {}",
            lang.count(left, "ngày", "day", "days"),
            lang.date(end)
        ),
    }
}

fn long(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
