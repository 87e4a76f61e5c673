//! What is overdue already, by how long.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{address::Address, case_file_depth::Rescue, filter::Measured};

use super::steps::StepList;
use crate::links;

/// Open overdue files by working days; each figure opens its files.
#[component]
pub fn Ages(rescue: Rescue, last: NaiveDate, address: Address) -> impl IntoView {
    let lang = address.lang;
    let overdue = rescue.month.overdue;
    let body = if overdue == 0 {
        view! { <p>{lang.of("Không có hồ sơ nào quá hạn.", "No case file is overdue.")}</p> }.into_any()
    } else {
        let all = lang.count(overdue, "hồ sơ quá hạn", "overdue case file", "overdue case files");
        view! {
            <StepList steps=rescue.ages address=address.clone() />
            <p class="sub">
                <a href=links::list(&address, Measured::OpenOverdue)>{all}</a>
                {lang.of(" chưa có kết quả: khi xong đều là hồ sơ trễ.", " without a result: each will be late when done.")}
            </p>
        }
        .into_any()
    };
    view! {
        <section class="panel" id="qua-han">
            <h2>{lang.of("Đang quá hạn bao lâu", "Overdue for how long")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Hồ sơ đang giải quyết đã quá ngày hẹn trả, theo số ngày làm việc, cuối ngày ",
                        "Open case files past their due date, by working days, at the end of ",
                    )} {lang.date(last)}
            </p>
            {body}
        </section>
    }
}
