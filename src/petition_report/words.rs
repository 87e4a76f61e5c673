//! The sentences of the page on petitions, in both languages.

use super::records::StepName;
use crate::{indicator::Question, lang::Lang, petition::Limits};

impl StepName {
    /// The three steps a petition goes through.
    pub const STEPS: [Self; 3] = [Self::Received, Self::Handled, Self::Notified];

    /// The words on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Received => lang.of("Tiếp nhận", "Received"),
            Self::Handled => lang.of("Xử lý, trả lời", "Handled and answered"),
            Self::Notified => lang.of("Thông báo kết quả", "Notified"),
            Self::PassedOn => lang.of("Chuyển nơi có thẩm quyền", "Passed on"),
        }
    }

    /// Its limit in words.
    #[must_use]
    pub fn limit(self, limits: Limits, lang: Lang) -> String {
        let Limits { acknowledge, supplement, answer, publish, transfer } = limits;
        match (self, lang) {
            (Self::Received, Lang::Vi) => {
                format!("{acknowledge} ngày làm việc; {supplement} khi yêu cầu bổ sung")
            }
            (Self::Received, Lang::En) => {
                format!("{acknowledge} working days; {supplement} to ask for a supplement")
            }
            (Self::Handled, Lang::Vi) => format!("hạn của nguồn, không có thì {answer} ngày làm việc"),
            (Self::Handled, Lang::En) => format!("the source's due date, else {answer} working days"),
            (Self::Notified, Lang::Vi) => format!("{publish} ngày làm việc sau khi trả lời"),
            (Self::Notified, Lang::En) => format!("{publish} working days after the answer"),
            (Self::PassedOn, Lang::Vi) => format!("{transfer} ngày làm việc"),
            (Self::PassedOn, Lang::En) => format!("{transfer} working days"),
        }
    }
}

/// The definition in force, printed under every figure.
#[must_use]
pub fn definition(lang: Lang) -> &'static str {
    lang.of(
        "kịp thời khi mọi bước đến hạn đều kịp thời; bước trễ đầu tiên quyết định, vào ngày sau hạn",
        "in time when every due step is in time; the first late step decides, on the day after its limit",
    )
}

/// `Nguồn: … · tính đến … · định nghĩa`.
pub(super) fn source(question: &Question, is_invented: bool, lang: Lang) -> String {
    let day = lang.date(question.window().last);
    let definition = definition(lang);
    match (lang, is_invented) {
        (Lang::Vi, true) => format!("Nguồn: số liệu mô phỏng · tính đến {day} · {definition}"),
        (Lang::Vi, false) => {
            format!("Nguồn: phản ánh, kiến nghị đã nhập · tính đến {day} · {definition}")
        }
        (Lang::En, true) => format!("Source: invented data · as of {day} · {definition}"),
        (Lang::En, false) => format!("Source: petitions imported · as of {day} · {definition}"),
    }
}
