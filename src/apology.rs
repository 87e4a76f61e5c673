//! Letters of apology: who is told before the due date that it will not be kept (Decree 61/2018/NĐ-CP, art. 19.9).
//!
//! The letter must be out at least one day before the first due date, and may name a new one once.

use chrono::{Days, NaiveDate};

use crate::{
    case_file::{CaseFile, State, Verdict, Yardstick},
    filter::Measured,
    period::Window,
    working_days::WorkingDays,
};

/// How often a due date may be named anew.
pub const RESCHEDULES_ALLOWED: i32 = 1;

/// What is known of a file's letter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letter {
    /// Ngày xin lỗi.
    pub apology_on: Option<NaiveDate>,
    /// Số lần hẹn lại.
    pub reschedules: Option<i32>,
}

/// Whether a letter was out in time: a day before the first due date, or earlier.
#[must_use]
pub fn is_in_time(apology_on: NaiveDate, original_due_on: NaiveDate) -> bool {
    apology_on < original_due_on
}

/// The last working day on which the letter is in time.
#[must_use]
pub fn last_day(original_due_on: NaiveDate, calendar: &WorkingDays) -> NaiveDate {
    calendar.on_or_before(original_due_on - Days::new(1))
}

/// The first and the last due date whose letter has `day` for its last day; `None` on a day off, when nobody writes.
#[must_use]
pub fn due_between(day: NaiveDate, calendar: &WorkingDays) -> Option<(NaiveDate, NaiveDate)> {
    calendar.is_working(day).then(|| (day + Days::new(1), calendar.add(day, 1)))
}

/// Whether a figure counts a file; `None` where the figure is not about letters.
///
/// Breaches are looked for among the files that were late by the first due date in the window, or are open past it.
#[must_use]
pub fn counts(
    measured: Measured,
    file: &CaseFile,
    letter: Letter,
    window: Window,
    calendar: &WorkingDays,
) -> Option<bool> {
    let last = window.last;
    let state = file.state_on(last, Yardstick::Strict);
    let due = file.original_due_on;
    let sent = letter.apology_on.filter(|sent| *sent <= last);
    let sent_inside = sent.filter(|sent| window.contains(*sent) && file.is_received());
    let ended_inside = file.ended_on().is_some_and(|end| window.contains(end));
    let is_open =
        matches!(state, State::Paused | State::OpenWithinDue | State::OpenOverdue | State::OpenUndetermined);
    Some(match measured {
        Measured::LetterDue => {
            state == State::OpenWithinDue
                && sent.is_none()
                && due.is_some_and(|due| last_day(due, calendar) == last)
        }
        Measured::LetterSent => sent_inside.is_some(),
        Measured::LetterLate => sent_inside.zip(due).is_some_and(|(sent, due)| !is_in_time(sent, due)),
        Measured::LetterMissing => {
            let is_late = ended_inside && state == State::Done(Verdict::Late);
            sent.is_none() && (is_late || state == State::OpenOverdue)
        }
        Measured::RescheduledTwice => {
            let is_too_often = letter.reschedules.is_some_and(|times| times > RESCHEDULES_ALLOWED);
            is_too_often && file.is_received() && (ended_inside || is_open)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    /// Received on Monday 2 October 2023, due on Monday 9 October.
    fn file(completed: Option<&str>) -> CaseFile {
        CaseFile {
            received_on: on("2023-10-02"),
            due_on: Some(on("2023-10-20")),
            original_due_on: Some(on("2023-10-09")),
            completed_on: completed.map(on),
            returned_on: None,
            status: None,
            status_on: None,
            paused_on: None,
            resumed_on: None,
            immediate: false,
        }
    }

    fn figures(completed: Option<&str>, apology: Option<&str>, last: &str) -> Vec<&'static str> {
        let letter = Letter { apology_on: apology.map(on), reschedules: Some(1) };
        let window = Window { from: Some(on("2023-10-01")), last: on(last) };
        let is = |measured: &Measured| {
            counts(*measured, &file(completed), letter, window, &WorkingDays::default()) == Some(true)
        };
        Measured::LETTERS.into_iter().filter(is).map(Measured::as_str).collect()
    }

    #[test]
    fn a_letter_for_a_monday_is_due_on_the_friday_before() {
        assert_eq!(last_day(on("2023-10-09"), &WorkingDays::default()), on("2023-10-06"));
        assert_eq!(figures(None, None, "2023-10-05"), [""; 0]);
        assert_eq!(figures(None, None, "2023-10-06"), ["letter_due"]);
        assert_eq!(figures(None, None, "2023-10-07"), [""; 0], "nobody writes on a Saturday");
        let friday = due_between(on("2023-10-06"), &WorkingDays::default());
        assert_eq!(friday, Some((on("2023-10-07"), on("2023-10-09"))));
        assert_eq!(due_between(on("2023-10-07"), &WorkingDays::default()), None);
    }

    #[test]
    fn a_letter_in_time_is_no_breach_and_one_on_the_due_date_is() {
        assert_eq!(figures(Some("2023-10-12"), Some("2023-10-08"), "2023-10-31"), ["letter_sent"]);
        assert_eq!(
            figures(Some("2023-10-12"), Some("2023-10-09"), "2023-10-31"),
            ["letter_sent", "letter_late"]
        );
        assert_eq!(
            figures(Some("2023-10-12"), Some("2023-10-09"), "2023-10-08"),
            [""; 0],
            "a letter to come has not been sent"
        );
    }

    #[test]
    fn a_moved_due_date_does_not_replace_the_letter() {
        assert_eq!(figures(Some("2023-10-12"), None, "2023-10-31"), ["letter_missing"]);
        assert_eq!(figures(None, None, "2023-10-10"), ["letter_missing"], "open past the first due date");
        assert_eq!(figures(Some("2023-10-09"), None, "2023-10-31"), [""; 0]);
    }

    #[test]
    fn a_second_new_date_is_one_too_many() {
        let letter = |times| Letter { apology_on: None, reschedules: Some(times) };
        let window = Window::up_to(on("2023-10-31"));
        let is = |times| {
            let calendar = WorkingDays::default();
            counts(Measured::RescheduledTwice, &file(None), letter(times), window, &calendar)
        };
        assert_eq!((is(1), is(2)), (Some(false), Some(true)));
        assert_eq!(counts(Measured::Late, &file(None), letter(2), window, &WorkingDays::default()), None);
    }
}
