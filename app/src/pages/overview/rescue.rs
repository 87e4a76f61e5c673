//! What can still be saved: open files by the working days left to their due date.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{address::Address, filter::Measured, overview::Rescue, text};

use crate::links;

/// Open files by days left, and those past their due date.
#[component]
pub fn RescuePanel(rescue: Rescue, address: Address, as_of: NaiveDate) -> impl IntoView {
    let step = |class: &'static str, count: i64, measured: Measured, name: &'static str| {
        view! {
            <li class=class>
                <b>
                    <a href=links::list(&address, measured)>{text::number(count)}</a>
                </b>
                <span>{name}</span>
            </li>
        }
    };
    let overdue = (rescue.overdue > 0).then(|| {
        view! {
            <p class="sub">
                <a href=links::list(&address, Measured::OpenOverdue)>
                    {text::number(rescue.overdue)} " hồ sơ đã quá hạn"
                </a>
                " mà chưa có kết quả: khi xong đều là hồ sơ trễ."
            </p>
        }
    });
    view! {
        <section class="panel">
            <h2>"Còn cứu được"</h2>
            <p class="sub">
                "Hồ sơ đang giải quyết, theo số ngày làm việc còn lại, cuối ngày " {text::date(as_of)}
            </p>
            <ol class="rescue">
                {step("d0", rescue.today, Measured::DueIn0, "hết hạn trong ngày")} {step("d1", rescue.one, Measured::DueIn1, "còn 1 ngày")}
                {step("d3", rescue.three, Measured::DueIn3, "còn 2–3 ngày")} {step("d5", rescue.five, Measured::DueIn5, "còn 4–5 ngày")}
            </ol>
            {overdue}
        </section>
    }
}
