//! What part of the city a question is about, and which of its case files.

use serde::{Deserialize, Serialize};

use crate::{
    agency::Level,
    case_file::{Channel, Measure},
    lang::Lang,
};

/// What part of the city a question is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// An agency, with all below it.
    pub agency: Option<String>,
    /// Agencies of one level.
    pub level: Option<Level>,
    /// One field.
    pub field: Option<String>,
    /// One channel.
    pub channel: Option<Channel>,
    /// One procedure. Petitions know none: of them it leaves everything.
    pub procedure: Option<String>,
}

/// Which case files a figure counted: every figure opens the list of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// Received in the window.
    Received,
    /// Completed in the window before the due date.
    Early,
    /// Completed in the window on the due date.
    OnTime,
    /// Completed in the window after the due date.
    Late,
    /// Completed in the window without a due date.
    Undetermined,
    /// Withdrawn in the window.
    Withdrawn,
    /// Open when the window began.
    CarriedOver,
    /// Completed in the window after the first due date.
    StrictLate,
    /// Open at its end, for whatever reason.
    Open,
    /// Open at its end, within the due date.
    OpenWithinDue,
    /// Open at its end, overdue.
    OpenOverdue,
    /// Open at its end, without a due date.
    OpenUndetermined,
    /// Waiting for the applicant at its end.
    Paused,
    /// Open, due on the window's last day or before the next working day.
    DueIn0,
    /// Open, one working day left.
    DueIn1,
    /// Open, two or three working days left.
    DueIn3,
    /// Open, four or five working days left.
    DueIn5,
    /// Open, within the due date, which lies in the calendar month of the window's last day.
    DueInMonth,
    /// Overdue by up to 5 working days.
    Overdue5,
    /// Overdue by 6 to 10 working days.
    Overdue10,
    /// Overdue by 11 to 30 working days.
    Overdue30,
    /// Overdue by more than 30 working days.
    OverdueMore,
    /// Open, its letter of apology due on the window's last day.
    LetterDue,
    /// A letter of apology was sent in the window.
    LetterSent,
    /// Past the first due date without a letter.
    LetterMissing,
    /// A letter was sent in the window, but not before the first due date.
    LetterLate,
    /// Rescheduled twice or more.
    RescheduledTwice,
    /// Received in the window, and nobody knows by when it should be done.
    WithoutDue,
    /// Completed in the window, before its receipt as the dates say.
    CompletedBeforeReceived,
    /// Received in the window, due before that.
    DueBeforeReceived,
    /// An import of the window moved the due date after it had passed.
    DueMovedAfter,
}

impl Measured {
    /// The figures of a tally, in the order of the tables.
    pub const TALLY: [Self; 10] = [
        Self::Received,
        Self::Early,
        Self::OnTime,
        Self::Late,
        Self::Undetermined,
        Self::Withdrawn,
        Self::OpenWithinDue,
        Self::OpenOverdue,
        Self::OpenUndetermined,
        Self::Paused,
    ];

    /// What can still be saved: open files by the working days left.
    pub const RESCUE: [Self; 4] = [Self::DueIn0, Self::DueIn1, Self::DueIn3, Self::DueIn5];

    /// What is late already: open files by the working days overdue.
    pub const AGES: [Self; 4] = [Self::Overdue5, Self::Overdue10, Self::Overdue30, Self::OverdueMore];

    /// Letters of apology.
    pub const LETTERS: [Self; 5] =
        [Self::LetterDue, Self::LetterSent, Self::LetterMissing, Self::LetterLate, Self::RescheduledTwice];

    /// Files whose dates cannot be right, or are not there.
    pub const DOUBTS: [Self; 4] =
        [Self::WithoutDue, Self::CompletedBeforeReceived, Self::DueBeforeReceived, Self::DueMovedAfter];

    /// Every figure that opens a list.
    pub const ALL: [Self; 31] = [
        Self::CarriedOver,
        Self::StrictLate,
        Self::Open,
        Self::Received,
        Self::Early,
        Self::OnTime,
        Self::Late,
        Self::Undetermined,
        Self::Withdrawn,
        Self::OpenWithinDue,
        Self::OpenOverdue,
        Self::OpenUndetermined,
        Self::Paused,
        Self::DueIn0,
        Self::DueIn1,
        Self::DueIn3,
        Self::DueIn5,
        Self::DueInMonth,
        Self::Overdue5,
        Self::Overdue10,
        Self::Overdue30,
        Self::OverdueMore,
        Self::LetterDue,
        Self::LetterSent,
        Self::LetterMissing,
        Self::LetterLate,
        Self::RescheduledTwice,
        Self::WithoutDue,
        Self::CompletedBeforeReceived,
        Self::DueBeforeReceived,
        Self::DueMovedAfter,
    ];

    /// The word in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Early => "early",
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Undetermined => "undetermined",
            Self::Withdrawn => "withdrawn",
            Self::CarriedOver => "carried_over",
            Self::StrictLate => "strict_late",
            Self::Open => "open",
            Self::OpenWithinDue => "open_within_due",
            Self::OpenOverdue => "open_overdue",
            Self::OpenUndetermined => "open_undetermined",
            Self::Paused => "paused",
            Self::DueIn0 => "due_in_0",
            Self::DueIn1 => "due_in_1",
            Self::DueIn3 => "due_in_3",
            Self::DueIn5 => "due_in_5",
            Self::DueInMonth => "due_in_month",
            Self::Overdue5 => "overdue_5",
            Self::Overdue10 => "overdue_10",
            Self::Overdue30 => "overdue_30",
            Self::OverdueMore => "overdue_more",
            Self::LetterDue => "letter_due",
            Self::LetterSent => "letter_sent",
            Self::LetterMissing => "letter_missing",
            Self::LetterLate => "letter_late",
            Self::RescheduledTwice => "rescheduled_twice",
            Self::WithoutDue => "without_due",
            Self::CompletedBeforeReceived => "completed_before_received",
            Self::DueBeforeReceived => "due_before_received",
            Self::DueMovedAfter => "due_moved_after",
        }
    }

    fn vietnamese(self) -> &'static str {
        match self {
            Self::Received => "Tiếp nhận trong kỳ",
            Self::Early => "Trước hạn",
            Self::OnTime => "Đúng hạn",
            Self::Late => "Trễ hạn",
            Self::Undetermined => "Có kết quả, không rõ hạn",
            Self::Withdrawn => "Công dân rút",
            Self::CarriedOver => "Kỳ trước chuyển sang",
            Self::StrictLate => "Trễ so với ngày hẹn trả ban đầu",
            Self::Open => "Đang giải quyết",
            Self::OpenWithinDue => "Đang giải quyết, trong hạn",
            Self::OpenOverdue => "Đang giải quyết, quá hạn",
            Self::OpenUndetermined => "Đang giải quyết, không rõ hạn",
            Self::Paused => "Chờ bổ sung, nộp phí",
            Self::DueIn0 => "Hết hạn trong ngày",
            Self::DueIn1 => "Còn 1 ngày làm việc",
            Self::DueIn3 => "Còn 2–3 ngày làm việc",
            Self::DueIn5 => "Còn 4–5 ngày làm việc",
            Self::DueInMonth => "Đang giải quyết, đến hạn trong tháng",
            Self::Overdue5 => "Quá hạn 1–5 ngày làm việc",
            Self::Overdue10 => "Quá hạn 6–10 ngày làm việc",
            Self::Overdue30 => "Quá hạn 11–30 ngày làm việc",
            Self::OverdueMore => "Quá hạn trên 30 ngày làm việc",
            Self::LetterDue => "Thư xin lỗi: hạn gửi trong ngày",
            Self::LetterSent => "Thư xin lỗi: đã gửi trong kỳ",
            Self::LetterMissing => "Trễ hẹn ban đầu mà không có thư xin lỗi",
            Self::LetterLate => "Thư xin lỗi: gửi muộn",
            Self::RescheduledTwice => "Hẹn lại từ hai lần",
            Self::WithoutDue => "Tiếp nhận trong kỳ, không có ngày hẹn trả",
            Self::CompletedBeforeReceived => "Có kết quả trước ngày tiếp nhận",
            Self::DueBeforeReceived => "Hẹn trả trước ngày tiếp nhận",
            Self::DueMovedAfter => "Ngày hẹn trả được dời sau khi đã qua",
        }
    }

    /// The words on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        lang.of(self.vietnamese(), self.english())
    }

    fn english(self) -> &'static str {
        match self {
            Self::Received => "Received in the period",
            Self::Early => "Early",
            Self::OnTime => "On time",
            Self::Late => "Late",
            Self::Undetermined => "Completed, due date unknown",
            Self::Withdrawn => "Withdrawn by the applicant",
            Self::CarriedOver => "Carried over",
            Self::StrictLate => "Late by the first due date",
            Self::Open => "Open",
            Self::OpenWithinDue => "Open, within the due date",
            Self::OpenOverdue => "Open, overdue",
            Self::OpenUndetermined => "Open, due date unknown",
            Self::Paused => "Waiting for papers or fees",
            Self::DueIn0 => "Due today",
            Self::DueIn1 => "1 working day left",
            Self::DueIn3 => "2–3 working days left",
            Self::DueIn5 => "4–5 working days left",
            Self::DueInMonth => "Open, due within the month",
            Self::Overdue5 => "1–5 working days overdue",
            Self::Overdue10 => "6–10 working days overdue",
            Self::Overdue30 => "11–30 working days overdue",
            Self::OverdueMore => "More than 30 working days overdue",
            Self::LetterDue => "Apology letters: last day to send",
            Self::LetterSent => "Apology letters: sent in the period",
            Self::LetterMissing => "Past the first due date without a letter",
            Self::LetterLate => "Apology letters: sent too late",
            Self::RescheduledTwice => "Rescheduled twice or more",
            Self::WithoutDue => "Received without a due date",
            Self::CompletedBeforeReceived => "Completed before it was received",
            Self::DueBeforeReceived => "Due before it was received",
            Self::DueMovedAfter => "Due date moved after it had passed",
        }
    }

    /// The counter of a state at the end of the window, for the figures by working days.
    #[must_use]
    pub fn urgency(self) -> Option<Measure> {
        Some(match self {
            Self::DueIn0 => Measure::DueIn0,
            Self::DueIn1 => Measure::DueIn1,
            Self::DueIn3 => Measure::DueIn3,
            Self::DueIn5 => Measure::DueIn5,
            Self::Overdue5 => Measure::Overdue5,
            Self::Overdue10 => Measure::Overdue10,
            Self::Overdue30 => Measure::Overdue30,
            Self::OverdueMore => Measure::OverdueMore,
            _ => return None,
        })
    }
}
