//! T5: the heads who held their dialogue of the half-year, and the issues cleared by their deadline.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Facts, Question, Standing};
use crate::{
    dialogue::{Dialogue, Issue, half_year},
    lang::Lang,
    period::{Cycle, Period, Window},
    rate::Rate,
    status::Status,
};

/// Days before the end of a half-year from which a missing dialogue is a risk.
const LAST_DAYS: i64 = 30;

/// One half-year of dialogues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialoguesHeld {
    /// `2023-H1`.
    pub half_year: String,
    /// Offices that owe a dialogue.
    pub obliged: i64,
    /// Of those, with one that counts.
    pub held: i64,
    /// Of the others, with one held without minutes or without the head in the chair.
    pub held_without_minutes: i64,
    /// Of the others, with one planned for the rest of the half-year.
    pub planned: i64,
    /// Offices without one that counts, once the half-year is over.
    pub missed: i64,
    /// held of obliged, floored.
    pub rate: Option<String>,
    /// The same for dialogues in a priority field.
    pub priority: Priority,
    /// What was raised.
    pub issues: Issues,
    /// How it stands.
    pub status: Status,
}

/// Dialogues in a priority field: investment, natural resources and environment, planning, construction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priority {
    /// Offices that owe a dialogue.
    pub obliged: i64,
    /// Of those, with one that counts in a priority field.
    pub held: i64,
}

/// Obstacles raised in dialogues and due in the half-year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issues {
    /// Due by now.
    pub due: i64,
    /// Of those, cleared by their deadline.
    pub cleared_in_time: i64,
    /// Past their deadline and not cleared, whenever they were due.
    pub open_overdue: i64,
}

impl DialoguesHeld {
    /// Reads the half-year that holds the earlier of the period's end and `as_of`.
    #[must_use]
    pub fn read(facts: &Facts, question: &Question) -> Self {
        let (period, day) = Self::asked(question);
        let end = period.to(Cycle::Calendar);
        let window = Window::of(period, Cycle::Calendar, day);
        let obliged: BTreeSet<&str> = facts
            .agencies
            .iter()
            .filter(|a| a.owes_dialogue_on(end.min(day)))
            .map(|a| a.code.as_str())
            .collect();
        let mut best: BTreeMap<&str, Found> = BTreeMap::new();
        let mut priority: BTreeSet<&str> = BTreeSet::new();
        for dialogue in facts.dialogues.iter().filter(|d| obliged.contains(d.agency_code.as_str())) {
            let agency = dialogue.agency_code.as_str();
            if dialogue.is_priority && dialogue.counts_in(window) {
                priority.insert(agency);
            }
            if let Some(found) = Found::of(dialogue, window, end) {
                best.entry(agency).and_modify(|best| *best = found.max(*best)).or_insert(found);
            }
        }
        let with = |what: Found| count(best.values().filter(|found| **found == what).count());
        let (obliged, held) = (count(obliged.len()), with(Found::Held));
        let over = day >= end;
        Self {
            half_year: period.to_string(),
            obliged,
            held,
            held_without_minutes: with(Found::WithoutMinutes),
            planned: with(Found::Planned),
            missed: if over { obliged - held } else { 0 },
            rate: Rate::new(held, obliged).machine(),
            priority: Priority { obliged, held: count(priority.len()) },
            issues: Issues::read(&facts.issues, window),
            status: match (obliged, held) {
                (0, _) => Status::NoData,
                (obliged, held) if held == obliged => Status::Met,
                _ if over => Status::Missed,
                _ if (end - day).num_days() < LAST_DAYS => Status::AtRisk,
                _ => Status::NotDue,
            },
        }
    }

    /// The half-year a question is about, and the day from which it is seen: `as_of`, or its end once it is over.
    #[must_use]
    pub fn asked(question: &Question) -> (Period, NaiveDate) {
        let period = half_year(question.window().last);
        (period, question.as_of.min(period.to(Cycle::Calendar)))
    }

    /// Offices without a dialogue that counts so far.
    #[must_use]
    pub fn without(&self) -> i64 {
        self.obliged - self.held
    }

    /// The status in words.
    #[must_use]
    pub fn standing(&self, day: NaiveDate, lang: Lang) -> Standing {
        let end = half_year(day).to(Cycle::Calendar);
        let left = (end - day).num_days().max(0);
        let (held, obliged, without) =
            (lang.number(self.held), lang.number(self.obliged), lang.number(self.without()));
        let end = lang.date(end);
        let sentence = match (self.status, lang) {
            (Status::NoData, _) => lang
                .of(
                    "Chưa có danh sách đơn vị phải đối thoại.",
                    "There is no list of offices that owe a dialogue.",
                )
                .to_owned(),
            (Status::Met, Lang::Vi) => {
                format!("Cả {obliged} người đứng đầu đã đối thoại trong nửa năm, có biên bản.")
            }
            (Status::Met, Lang::En) => {
                format!("All {obliged} heads held their dialogue of the half-year, with minutes.")
            }
            (Status::Missed, Lang::Vi) => {
                format!("{without} trong {obliged} người đứng đầu không có đối thoại hợp lệ trong nửa năm.")
            }
            (Status::Missed, Lang::En) => {
                format!("{without} of {obliged} heads held no dialogue that counts in the half-year.")
            }
            (_, Lang::Vi) => format!(
                "{held} trong {obliged} người đứng đầu đã đối thoại; {without} đơn vị còn {left} ngày, đến {end}."
            ),
            (_, Lang::En) => format!(
                "{held} of {obliged} heads have held their dialogue; {without} have {left} days left, until {end}."
            ),
        };
        Standing { status: self.status, sentence }
    }
}

/// The best an office can show for a half-year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Planned,
    WithoutMinutes,
    Held,
}

impl Found {
    fn of(dialogue: &Dialogue, window: Window, end: NaiveDate) -> Option<Self> {
        let is_ahead = |planned: NaiveDate| planned > window.last && planned <= end;
        if dialogue.counts_in(window) {
            Some(Self::Held)
        } else if dialogue.was_held_in(window) {
            Some(Self::WithoutMinutes)
        } else {
            dialogue.planned_on.is_some_and(is_ahead).then_some(Self::Planned)
        }
    }
}

impl Issues {
    fn read(issues: &[Issue], window: Window) -> Self {
        let mut read = Self::default();
        for issue in issues {
            let Some(due) = issue.due_on else { continue };
            let resolved = issue.resolved_on.filter(|resolved| *resolved <= window.last);
            if window.contains(due) {
                read.due += 1;
                read.cleared_in_time += i64::from(resolved.is_some_and(|resolved| resolved <= due));
            }
            read.open_overdue += i64::from(due < window.last && resolved.is_none());
        }
        read
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agency::{Agency, Level};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    fn office(code: &str) -> Agency {
        Agency { level: Level::District, ..Agency::unclassified(code) }
    }

    fn held(agency: &str, on: &str) -> Dialogue {
        Dialogue {
            code: format!("{agency}-{on}"),
            agency_code: agency.to_owned(),
            planned_on: None,
            held_on: Some(day(on)),
            chaired_by_head: true,
            is_priority: false,
            minutes_no: Some("12/BB".to_owned()),
        }
    }

    fn read(dialogues: Vec<Dialogue>, as_of: &str) -> DialoguesHeld {
        let facts = Facts { agencies: vec![office("a"), office("b")], dialogues, ..Facts::default() };
        let question = Question { as_of: day(as_of), cycle: Cycle::Calendar, period: None, agency: None };
        DialoguesHeld::read(&facts, &question)
    }

    #[test]
    fn a_dialogue_counts_when_held_by_the_head_with_minutes() {
        let without_minutes = Dialogue { minutes_no: None, ..held("a", "2023-03-01") };
        let by_deputy = Dialogue { chaired_by_head: false, ..held("b", "2023-03-01") };
        let reading = read(vec![without_minutes, by_deputy], "2023-06-30");
        assert_eq!((reading.held, reading.held_without_minutes, reading.missed), (0, 2, 2));
        let reading = read(vec![held("a", "2023-03-01"), held("a", "2023-04-01")], "2023-06-30");
        assert_eq!((reading.held, reading.missed, reading.rate.as_deref()), (1, 1, Some("50.00")));
    }

    #[test]
    fn a_half_year_is_not_due_then_at_risk_in_its_last_30_days_then_missed() {
        let status = |as_of| read(vec![held("a", "2023-03-01")], as_of).status;
        assert_eq!(status("2023-05-31"), Status::NotDue);
        assert_eq!(status("2023-06-01"), Status::AtRisk);
        assert_eq!(status("2023-06-29"), Status::AtRisk);
        assert_eq!(status("2023-06-30"), Status::Missed);
        assert_eq!(
            read(vec![held("a", "2023-03-01"), held("b", "2023-06-30")], "2023-06-30").status,
            Status::Met
        );
    }

    #[test]
    fn a_dialogue_of_the_last_half_year_does_not_pay_for_this_one() {
        assert_eq!(read(vec![held("a", "2023-06-30")], "2023-07-01").held, 0);
    }

    #[test]
    fn the_reporting_cycle_does_not_move_the_half_year() {
        let facts = Facts { agencies: vec![office("a")], ..Facts::default() };
        let period: Period = "2023-H1".parse().expect("a period");
        let question = Question {
            as_of: day("2023-12-31"),
            cycle: Cycle::Reporting,
            period: Some(period),
            agency: None,
        };
        assert_eq!(DialoguesHeld::read(&facts, &question).half_year, "2023-H1");
    }

    #[test]
    fn a_quarter_long_gone_is_judged_by_its_whole_half_year() {
        let facts = Facts {
            agencies: vec![office("a")],
            dialogues: vec![held("a", "2023-06-20")],
            ..Facts::default()
        };
        let at = |period: &str, cycle| {
            let question =
                Question { as_of: day("2024-01-15"), cycle, period: period.parse().ok(), agency: None };
            DialoguesHeld::read(&facts, &question)
        };
        assert_eq!(at("2023-Q1", Cycle::Calendar).status, Status::Met);
        assert_eq!(
            at("2023-H1", Cycle::Reporting).held,
            1,
            "the reporting cycle ends on 14 June; the half-year does not"
        );
    }

    #[test]
    fn an_issue_is_cleared_in_time_or_open_past_its_deadline() {
        let issue = |due: &str, resolved: Option<&str>| Issue {
            code: due.to_owned(),
            dialogue_code: "d".to_owned(),
            owner_agency_code: "a".to_owned(),
            due_on: Some(day(due)),
            resolved_on: resolved.map(day),
        };
        let issues = [
            issue("2023-03-10", Some("2023-03-10")),
            issue("2023-03-10", Some("2023-03-11")),
            issue("2022-03-10", None),
            issue("2023-12-10", None),
        ];
        let window = Window::of("2023-H1".parse().expect("a period"), Cycle::Calendar, day("2023-05-01"));
        let read = Issues::read(&issues, window);
        assert_eq!((read.due, read.cleared_in_time, read.open_overdue), (2, 1, 1));
    }
}
