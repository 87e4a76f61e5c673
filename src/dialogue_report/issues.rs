//! Issues raised in dialogues: cleared in time, late, or open, and for how long past their deadline.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{dialogue::Issue, lang::Lang, period::Window, wire};

/// An issue with what a list says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueDetail {
    /// The issue.
    pub issue: Issue,
    /// The name of the agency that has to clear it.
    pub owner_name: String,
    /// What it is about.
    pub summary: Option<String>,
    /// The day of the dialogue that raised it.
    pub raised_on: Option<NaiveDate>,
}

/// A figure of the issues; each opens its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IssueFigure {
    /// Raised in dialogues of the half-year.
    Raised,
    /// Due in the half-year so far.
    Due,
    /// Of those, cleared by their deadline.
    ClearedInTime,
    /// Of those, cleared after it.
    ClearedLate,
    /// Of those, not cleared.
    DueOpen,
    /// Not cleared and still within the deadline, whenever raised.
    OpenWithin,
    /// Not cleared and past the deadline, whenever raised.
    OpenOverdue,
    /// Not cleared and without a deadline.
    OpenWithoutDeadline,
}

impl IssueFigure {
    /// Every figure, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Raised,
        Self::Due,
        Self::ClearedInTime,
        Self::ClearedLate,
        Self::DueOpen,
        Self::OpenWithin,
        Self::OpenOverdue,
        Self::OpenWithoutDeadline,
    ];

    /// The word in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Due => "due",
            Self::ClearedInTime => "cleared_in_time",
            Self::ClearedLate => "cleared_late",
            Self::DueOpen => "due_open",
            Self::OpenWithin => "open_within",
            Self::OpenOverdue => "open_overdue",
            Self::OpenWithoutDeadline => "open_without_deadline",
        }
    }

    /// The figure of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.as_str() == word)
    }

    /// The words on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Raised => lang.of("Nêu ra trong nửa năm", "Raised in the half-year"),
            Self::Due => lang.of("Đến hạn trong nửa năm", "Due in the half-year"),
            Self::ClearedInTime => lang.of("– xử lý đúng hạn", "– cleared in time"),
            Self::ClearedLate => lang.of("– xử lý trễ", "– cleared late"),
            Self::DueOpen => lang.of("– chưa xử lý xong", "– not cleared"),
            Self::OpenWithin => lang.of("Đang xử lý, trong hạn", "Open, within the deadline"),
            Self::OpenOverdue => lang.of("Đang xử lý, quá hạn", "Open, past the deadline"),
            Self::OpenWithoutDeadline => lang.of("Đang xử lý, không có hạn", "Open, without a deadline"),
        }
    }

    /// Whether it counts an issue of a half-year, as seen on its last day so far.
    #[must_use]
    pub fn counts(self, detail: &IssueDetail, window: Window) -> bool {
        let IssueDetail { issue, raised_on, .. } = detail;
        let day = window.last;
        let resolved = issue.resolved_on.filter(|resolved| *resolved <= day);
        let due = issue.due_on.filter(|due| window.contains(*due));
        // What a dialogue still to come will raise is not open yet.
        let is_open = resolved.is_none() && raised_on.is_none_or(|raised| raised <= day);
        match self {
            Self::Raised => raised_on.is_some_and(|raised| window.contains(raised)),
            Self::Due => due.is_some(),
            Self::ClearedInTime => due.zip(resolved).is_some_and(|(due, resolved)| resolved <= due),
            Self::ClearedLate => due.zip(resolved).is_some_and(|(due, resolved)| resolved > due),
            Self::DueOpen => due.is_some() && resolved.is_none(),
            Self::OpenWithin => is_open && issue.due_on.is_some_and(|due| due >= day),
            Self::OpenOverdue => resolved.is_none() && issue.due_on.is_some_and(|due| due < day),
            Self::OpenWithoutDeadline => is_open && issue.due_on.is_none(),
        }
    }
}

/// One issue of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueLine {
    /// Its code.
    pub code: String,
    /// The code of the agency that has to clear it.
    pub owner_code: String,
    /// The agency's name.
    pub owner_name: String,
    /// What it is about.
    pub summary: Option<String>,
    /// The day of the dialogue that raised it.
    #[serde(with = "wire::maybe_day")]
    pub raised_on: Option<NaiveDate>,
    /// The deadline.
    #[serde(with = "wire::maybe_day")]
    pub due_on: Option<NaiveDate>,
    /// The day it was cleared, by the day asked for.
    #[serde(with = "wire::maybe_day")]
    pub resolved_on: Option<NaiveDate>,
    /// Days past the deadline while it is open.
    pub days_late: Option<i64>,
}

/// Counts the issues of a half-year as seen on its last day so far.
#[must_use]
pub fn count(issues: &[IssueDetail], window: Window) -> Vec<(IssueFigure, i64)> {
    let of = |figure: IssueFigure| issues.iter().filter(|issue| figure.counts(issue, window)).count();
    IssueFigure::ALL.map(|figure| (figure, i64::try_from(of(figure)).unwrap_or(i64::MAX))).to_vec()
}

/// The issues of a figure, the earliest deadline first.
#[must_use]
pub fn lines(issues: &[IssueDetail], figure: IssueFigure, window: Window) -> Vec<IssueLine> {
    let day = window.last;
    let line = |detail: &IssueDetail| {
        let resolved_on = detail.issue.resolved_on.filter(|resolved| *resolved <= day);
        let late = detail.issue.due_on.filter(|due| *due < day && resolved_on.is_none());
        IssueLine {
            code: detail.issue.code.clone(),
            owner_code: detail.issue.owner_agency_code.clone(),
            owner_name: detail.owner_name.clone(),
            summary: detail.summary.clone(),
            raised_on: detail.raised_on,
            due_on: detail.issue.due_on,
            resolved_on,
            days_late: late.map(|due| (day - due).num_days()),
        }
    };
    let mut lines: Vec<IssueLine> =
        issues.iter().filter(|issue| figure.counts(issue, window)).map(line).collect();
    lines.sort_by(|a, b| {
        (a.due_on.is_none(), a.due_on, &a.code).cmp(&(b.due_on.is_none(), b.due_on, &b.code))
    });
    lines
}
