//! Issues raised in dialogues: cleared in time, late, or open, and for how long past their deadline.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{dialogue::Issue, period::Window, wire};

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

/// What became of the issues.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueCounts {
    /// Raised in dialogues of the half-year.
    pub raised: i64,
    /// Due in the half-year so far: the next three add up to it.
    pub due: i64,
    /// Of those, cleared by their deadline.
    pub cleared_in_time: i64,
    /// Of those, cleared after it.
    pub cleared_late: i64,
    /// Of those, not cleared.
    pub due_open: i64,
    /// Not cleared and still within the deadline, whenever raised.
    pub open_within: i64,
    /// Not cleared and past the deadline, whenever raised.
    pub open_overdue: i64,
    /// Not cleared and without a deadline.
    pub open_without_deadline: i64,
}

/// An issue open past its deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueIssue {
    /// Its code.
    pub code: String,
    /// The code of the agency that has to clear it.
    pub owner_code: String,
    /// The agency's name.
    pub owner_name: String,
    /// What it is about.
    pub summary: Option<String>,
    /// The deadline.
    #[serde(with = "wire::day")]
    pub due_on: NaiveDate,
    /// Days since.
    pub days_late: i64,
}

/// Counts the issues of a half-year as seen on its last day so far.
#[must_use]
pub fn count(issues: &[IssueDetail], window: Window) -> IssueCounts {
    let mut counts = IssueCounts::default();
    let day = window.last;
    for IssueDetail { issue, raised_on, .. } in issues {
        counts.raised += i64::from(raised_on.is_some_and(|raised| window.contains(raised)));
        let resolved = issue.resolved_on.filter(|resolved| *resolved <= day);
        if let Some(due) = issue.due_on.filter(|due| window.contains(*due)) {
            counts.due += 1;
            match resolved {
                Some(resolved) if resolved <= due => counts.cleared_in_time += 1,
                Some(_) => counts.cleared_late += 1,
                None => counts.due_open += 1,
            }
        }
        // What a dialogue still to come will raise is not open yet.
        let is_raised = raised_on.is_none_or(|raised| raised <= day);
        match issue.due_on {
            _ if resolved.is_some() => {}
            Some(due) if due < day => counts.open_overdue += 1,
            Some(_) => counts.open_within += i64::from(is_raised),
            None => counts.open_without_deadline += i64::from(is_raised),
        }
    }
    counts
}

/// The issues open past their deadline at the end of `day`, the longest overdue first.
#[must_use]
pub fn overdue(issues: &[IssueDetail], day: NaiveDate) -> Vec<OverdueIssue> {
    let open = |issue: &Issue| issue.resolved_on.is_none_or(|resolved| resolved > day);
    let mut overdue: Vec<OverdueIssue> = issues
        .iter()
        .filter(|detail| open(&detail.issue))
        .filter_map(|detail| {
            let due_on = detail.issue.due_on.filter(|due| *due < day)?;
            Some(OverdueIssue {
                code: detail.issue.code.clone(),
                owner_code: detail.issue.owner_agency_code.clone(),
                owner_name: detail.owner_name.clone(),
                summary: detail.summary.clone(),
                due_on,
                days_late: (day - due_on).num_days(),
            })
        })
        .collect();
    overdue.sort_by(|a, b| (a.due_on, &a.code).cmp(&(b.due_on, &b.code)));
    overdue
}
