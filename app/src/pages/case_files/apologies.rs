//! Letters of apology: due today, sent, missing, late, and due dates named anew too often.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{address::Address, case_file_depth::Step};

use super::steps::StepList;

/// The figures; each opens its files.
#[component]
pub fn Apologies(steps: Vec<Step>, last: NaiveDate, address: Address) -> impl IntoView {
    let lang = address.lang;
    view! {
        <section class="panel" id="thu-xin-loi">
            <h2>{lang.of("Thư xin lỗi", "Letters of apology")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Nghị định 61/2018, Điều 19.9: hồ sơ không kịp hẹn phải có thư xin lỗi chậm nhất một ngày trước \
                         ngày hẹn trả ban đầu, và chỉ hẹn lại một lần. Hạn gửi trong ngày tính đến ",
                        "Decree 61/2018, article 19.9: a case file that will miss its date needs a letter at least one day \
                         before the first due date, and may be rescheduled once. Last day to send as of ",
                    )} {lang.date(last)} "."
            </p>
            <StepList steps=steps address=address />
        </section>
    }
}
