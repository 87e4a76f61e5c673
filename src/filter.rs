//! What part of the city a question is about, and which of its case files.

use serde::{Deserialize, Serialize};

use crate::{agency::Level, case_file::Channel, lang::Lang};

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
    /// Open at its end, within the due date.
    OpenWithinDue,
    /// Open at its end, overdue.
    OpenOverdue,
    /// Open at its end, without a due date.
    OpenUndetermined,
    /// Waiting for the applicant at its end.
    Paused,
}

impl Measured {
    /// Every figure, in the order of the tables.
    pub const ALL: [Self; 10] = [
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
            Self::OpenWithinDue => "open_within_due",
            Self::OpenOverdue => "open_overdue",
            Self::OpenUndetermined => "open_undetermined",
            Self::Paused => "paused",
        }
    }

    /// The words on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Received => lang.of("Tiếp nhận trong kỳ", "Received in the period"),
            Self::Early => lang.of("Trước hạn", "Early"),
            Self::OnTime => lang.of("Đúng hạn", "On time"),
            Self::Late => lang.of("Trễ hạn", "Late"),
            Self::Undetermined => lang.of("Có kết quả, không rõ hạn", "Completed, no due date"),
            Self::Withdrawn => lang.of("Công dân rút", "Withdrawn"),
            Self::OpenWithinDue => lang.of("Đang giải quyết, trong hạn", "Open, within due"),
            Self::OpenOverdue => lang.of("Đang giải quyết, quá hạn", "Open, overdue"),
            Self::OpenUndetermined => lang.of("Đang giải quyết, không rõ hạn", "Open, no due date"),
            Self::Paused => lang.of("Chờ bổ sung, nộp phí", "Waiting for the applicant"),
        }
    }
}
