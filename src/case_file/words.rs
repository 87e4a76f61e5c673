//! The words of a source for a file's state and the way it came in.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// The ten states a one-stop system synchronises to the national portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 1, mới đăng ký: not received.
    Submitted = 1,
    /// 2, được tiếp nhận.
    Received,
    /// 3, không được tiếp nhận: not received.
    NotAccepted,
    /// 4, đang xử lý.
    Processing,
    /// 5, yêu cầu bổ sung giấy tờ: waiting for the applicant.
    AwaitingSupplement,
    /// 6, yêu cầu thực hiện nghĩa vụ tài chính: waiting for the applicant.
    AwaitingPayment,
    /// 7, công dân yêu cầu rút hồ sơ.
    Withdrawn,
    /// 8, dừng xử lý: with a completion date a final refusal, which is a timed result (NĐ 61/2018 Đ19.8).
    Stopped,
    /// 9, đã xử lý xong.
    Completed,
    /// 10, đã trả kết quả.
    Returned,
}

impl Status {
    /// Every status, by code.
    pub const ALL: [Self; 10] = [
        Self::Submitted,
        Self::Received,
        Self::NotAccepted,
        Self::Processing,
        Self::AwaitingSupplement,
        Self::AwaitingPayment,
        Self::Withdrawn,
        Self::Stopped,
        Self::Completed,
        Self::Returned,
    ];

    /// The portal's code, 1 to 10.
    #[must_use]
    pub fn code(self) -> i32 {
        self as i32
    }

    /// The status of a portal code.
    #[must_use]
    pub fn from_code(code: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The names a source may use, the Vietnamese one first.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Submitted => &["Mới đăng ký", "submitted", "receiving"],
            Self::Received => &["Được tiếp nhận", "received", "new", "Đã tiếp nhận"],
            Self::NotAccepted => &["Không được tiếp nhận", "not_accepted", "denied"],
            Self::Processing => &["Đang xử lý", "processing"],
            Self::AwaitingSupplement => &["Yêu cầu bổ sung giấy tờ", "awaiting_supplement", "waiting"],
            Self::AwaitingPayment => &["Yêu cầu thực hiện nghĩa vụ tài chính", "awaiting_payment", "paying"],
            Self::Withdrawn => &["Công dân yêu cầu rút hồ sơ", "withdrawn", "cancelled"],
            Self::Stopped => &["Dừng xử lý", "stopped", "unresolved"],
            Self::Completed => &["Đã xử lý xong", "completed", "releasing"],
            Self::Returned => &["Đã trả kết quả", "returned", "done"],
        }
    }

    pub(super) fn waits_for_applicant(self) -> bool {
        matches!(self, Self::AwaitingSupplement | Self::AwaitingPayment)
    }
}

/// By which way a file came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// At the counter.
    InPerson = 1,
    /// Online.
    Online = 2,
    /// By public post.
    Postal = 3,
    /// Any other, or not said.
    Other = 4,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 4] = [Self::InPerson, Self::Online, Self::Postal, Self::Other];

    /// The number sources and counters use.
    #[must_use]
    pub fn number(self) -> i32 {
        self as i32
    }

    /// The channel of a number.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.number() == number)
    }

    /// The word in files and addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Online => "online",
            Self::Postal => "postal",
            Self::Other => "other",
        }
    }

    /// The word on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::InPerson => lang.of("Trực tiếp", "In person"),
            Self::Online => lang.of("Trực tuyến", "Online"),
            Self::Postal => lang.of("Bưu chính công ích", "By post"),
            Self::Other => lang.of("Khác", "Other"),
        }
    }
}
