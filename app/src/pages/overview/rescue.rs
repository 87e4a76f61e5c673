//! What can still be saved: open files by the working days left to their due date.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{address::Address, filter::Measured, overview::Rescue};

use crate::{components::counted::counted, links};

/// Open files by days left, and those past their due date.
#[component]
pub fn RescuePanel(rescue: Rescue, address: Address, as_of: NaiveDate) -> impl IntoView {
    let lang = address.lang;
    let step = |class: &'static str, count: i64, measured: Measured, name: &'static str| {
        view! {
            <li class=class>
                <b>{counted(count, || links::list(&address, measured), lang)}</b>
                <span>{name}</span>
            </li>
        }
    };
    let overdue = (rescue.overdue > 0).then(|| {
        view! {
            <p class="sub">
                <a href=links::list(&address, Measured::OpenOverdue)>
                    {lang.number(rescue.overdue)} {lang.of(" hồ sơ đã quá hạn", " case files are overdue")}
                </a>
                {lang.of(" mà chưa có kết quả: khi xong đều là hồ sơ trễ.", " already: each will be late when it is done.")}
            </p>
        }
    });
    view! {
        <section class="panel">
            <h2>{lang.of("Còn cứu được", "Can still be saved")}</h2>
            <p class="sub">
                {lang.of(
                    "Hồ sơ đang giải quyết, theo số ngày làm việc còn lại, cuối ngày ",
                    "Open case files by working days left, at the end of ",
                )} {lang.date(as_of)}
            </p>
            <ol class="rescue">
                {step("d0", rescue.today, Measured::DueIn0, lang.of("hết hạn trong ngày", "due today"))}
                {step("d1", rescue.one, Measured::DueIn1, lang.of("còn 1 ngày", "1 day left"))}
                {step("d3", rescue.three, Measured::DueIn3, lang.of("còn 2–3 ngày", "2–3 days left"))}
                {step("d5", rescue.five, Measured::DueIn5, lang.of("còn 4–5 ngày", "4–5 days left"))}
            </ol>
            {overdue}
        </section>
    }
}
