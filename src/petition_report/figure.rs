//! Which petitions a figure counted: every figure opens the list of its petitions.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::records::Judged;
use crate::{
    lang::Lang,
    period::Window,
    petition::{Decided, Kind},
    working_days::WorkingDays,
};

/// How near a limit has to be for a petition to be called due soon, in working days.
pub const SOON: u32 = 3;

/// A figure of the page on petitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PetitionFigure {
    /// The clock started in the window.
    Started,
    /// Decided in the window without a failed step.
    InTime,
    /// Decided in the window by a failed step.
    Late,
    /// Not decided at its end.
    Open,
    /// Received in time.
    ReceivedInTime,
    /// Received late.
    ReceivedLate,
    /// Answered in time.
    HandledInTime,
    /// Answered late.
    HandledLate,
    /// Published in time.
    NotifiedInTime,
    /// Published late.
    NotifiedLate,
    /// Open for up to 2 working days.
    Open0To2,
    /// Open for 3 to 5.
    Open3To5,
    /// Open for 6 to 10.
    Open6To10,
    /// Open for 11 to 15.
    Open11To15,
    /// Open for more than 15.
    OpenOver15,
    /// Open with a limit within the next 3 working days.
    OpenDueSoon,
}

/// When a figure is counted.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The days covered.
    pub window: Window,
    /// The last day that counts as soon.
    pub soon: NaiveDate,
    /// For ages in working days.
    pub calendar: &'a WorkingDays,
}

impl<'a> Moment<'a> {
    /// The moment at the end of a window.
    #[must_use]
    pub fn of(window: Window, calendar: &'a WorkingDays) -> Self {
        Self { window, soon: calendar.add(window.last, SOON), calendar }
    }
}

impl PetitionFigure {
    /// Every figure, in the order of the page.
    pub const ALL: [Self; 16] = [
        Self::Started,
        Self::InTime,
        Self::Late,
        Self::Open,
        Self::ReceivedInTime,
        Self::ReceivedLate,
        Self::HandledInTime,
        Self::HandledLate,
        Self::NotifiedInTime,
        Self::NotifiedLate,
        Self::Open0To2,
        Self::Open3To5,
        Self::Open6To10,
        Self::Open11To15,
        Self::OpenOver15,
        Self::OpenDueSoon,
    ];

    /// The ages of open petitions, youngest first.
    pub const AGES: [Self; 5] =
        [Self::Open0To2, Self::Open3To5, Self::Open6To10, Self::Open11To15, Self::OpenOver15];

    /// The word in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::InTime => "in_time",
            Self::Late => "late",
            Self::Open => "open",
            Self::ReceivedInTime => "received_in_time",
            Self::ReceivedLate => "received_late",
            Self::HandledInTime => "handled_in_time",
            Self::HandledLate => "handled_late",
            Self::NotifiedInTime => "notified_in_time",
            Self::NotifiedLate => "notified_late",
            Self::Open0To2 => "open_0_2",
            Self::Open3To5 => "open_3_5",
            Self::Open6To10 => "open_6_10",
            Self::Open11To15 => "open_11_15",
            Self::OpenOver15 => "open_over_15",
            Self::OpenDueSoon => "open_due_soon",
        }
    }

    /// The words on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Started => lang.of("Bắt đầu tính hạn trong kỳ", "Clock started in the period"),
            Self::InTime => lang.of("Kịp thời mọi bước", "In time in every step"),
            Self::Late => lang.of("Trễ ít nhất một bước", "Late in at least one step"),
            Self::Open => lang.of("Đang xử lý, còn trong hạn", "Open, within limits"),
            Self::ReceivedInTime => lang.of("Tiếp nhận kịp thời", "Received in time"),
            Self::ReceivedLate => lang.of("Tiếp nhận trễ", "Received late"),
            Self::HandledInTime => lang.of("Trả lời kịp thời", "Answered in time"),
            Self::HandledLate => lang.of("Trả lời trễ", "Answered late"),
            Self::NotifiedInTime => lang.of("Thông báo kịp thời", "Notified in time"),
            Self::NotifiedLate => lang.of("Thông báo trễ", "Notified late"),
            Self::Open0To2 => lang.of("Đang xử lý 0–2 ngày làm việc", "Open 0–2 working days"),
            Self::Open3To5 => lang.of("Đang xử lý 3–5 ngày làm việc", "Open 3–5 working days"),
            Self::Open6To10 => lang.of("Đang xử lý 6–10 ngày làm việc", "Open 6–10 working days"),
            Self::Open11To15 => lang.of("Đang xử lý 11–15 ngày làm việc", "Open 11–15 working days"),
            Self::OpenOver15 => lang.of("Đang xử lý hơn 15 ngày làm việc", "Open more than 15 working days"),
            Self::OpenDueSoon => lang.of("Đến hạn trong 3 ngày làm việc", "Due within 3 working days"),
        }
    }

    /// The figure of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.as_str() == word)
    }

    /// Whether this figure counts the petition.
    #[must_use]
    pub fn counts(self, petition: &Judged, at: &Moment<'_>) -> bool {
        let decided = |step: Option<Decided>, in_time: bool| {
            step.is_some_and(|step| step.in_time == in_time && at.window.contains(step.on))
        };
        let steps = &petition.steps;
        let last = at.window.last;
        let open_for = |from: u32, to: u32| {
            petition.is_open_on(last) && (from..=to).contains(&at.calendar.between(petition.starts_on, last))
        };
        match self {
            Self::Started => at.window.contains(petition.starts_on),
            Self::InTime => decided(steps.headline, true),
            Self::Late => decided(steps.headline, false),
            Self::Open => petition.is_open_on(last),
            Self::ReceivedInTime => decided(steps.received, true),
            Self::ReceivedLate => decided(steps.received, false),
            Self::HandledInTime => decided(steps.handled, true),
            Self::HandledLate => decided(steps.handled, false),
            Self::NotifiedInTime => decided(steps.notified, true),
            Self::NotifiedLate => decided(steps.notified, false),
            Self::Open0To2 => open_for(0, 2),
            Self::Open3To5 => open_for(3, 5),
            Self::Open6To10 => open_for(6, 10),
            Self::Open11To15 => open_for(11, 15),
            Self::OpenOver15 => open_for(16, u32::MAX),
            Self::OpenDueSoon => {
                petition.is_open_on(last) && petition.next_limit(last).is_some_and(|limit| limit <= at.soon)
            }
        }
    }
}

/// Petitions of one kind, or those whose source does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindChoice {
    /// On the content of a rule.
    Regulation,
    /// On a procedure.
    Procedure,
    /// On the behaviour of officials or agencies.
    Conduct,
    /// The source does not say.
    Unstated,
}

impl KindChoice {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::Regulation, Self::Procedure, Self::Conduct, Self::Unstated];

    /// The choice that holds a kind.
    #[must_use]
    pub fn of(kind: Option<Kind>) -> Self {
        match kind {
            Some(Kind::Regulation) => Self::Regulation,
            Some(Kind::Procedure) => Self::Procedure,
            Some(Kind::Conduct) => Self::Conduct,
            None => Self::Unstated,
        }
    }

    /// The word in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Regulation => "regulation",
            Self::Procedure => "procedure",
            Self::Conduct => "conduct",
            Self::Unstated => "unstated",
        }
    }

    /// The words on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Regulation => lang.of("Quy định hành chính", "Regulation"),
            Self::Procedure => lang.of("Thủ tục hành chính", "Procedure"),
            Self::Conduct => lang.of("Hành vi hành chính", "Conduct"),
            Self::Unstated => lang.of("Không ghi loại", "Kind not stated"),
        }
    }

    /// The choice of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == word)
    }
}
