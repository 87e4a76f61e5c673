//! What can still be saved, and how the month ends if it is.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{address::Address, case_file_depth::Rescue, filter::Measured};

use crate::{components::counted::counted, links};

/// Open files by the working days left; each figure opens its files.
#[component]
pub fn RescueSteps(rescue: Rescue, last: NaiveDate, address: Address) -> impl IntoView {
    let lang = address.lang;
    let sentence = rescue.month.sentence(lang);
    let saved = rescue.month.saved.count;
    let in_month = (saved > 0).then(|| {
        let words = lang.count(
            saved,
            "hồ sơ đến hạn trong tháng",
            "case file due within the month",
            "case files due within the month",
        );
        view! {
            <p class="sub">
                <a href=links::list(&address, Measured::DueInMonth)>{words}</a>
            </p>
        }
    });
    let rows: Vec<_> = rescue
        .steps
        .into_iter()
        .zip(["d0", "d1", "d3", "d5"])
        .map(|(step, class)| {
            view! {
                <li class=class>
                    <b>{counted(step.count, || links::list(&address, step.measured), lang)}</b>
                    <span>{step.measured.label(lang)}</span>
                </li>
            }
        })
        .collect();
    view! {
        <section class="panel" id="con-cuu-duoc">
            <h2>{lang.of("Còn cứu được", "Can still be saved")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Hồ sơ đang giải quyết, theo số ngày làm việc còn lại, cuối ngày ",
                        "Open case files by working days left, at the end of ",
                    )} {lang.date(last)}
            </p>
            <ol class="rescue">{rows}</ol>
            <p>{sentence}</p>
            {in_month}
        </section>
    }
}
