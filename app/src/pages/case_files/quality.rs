//! Which dates are to be doubted, results that pile up at the end of a month, agencies that fell silent.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    case_file_depth::{Quality, Silent},
};

use super::steps::StepList;
use crate::links;

/// How many silent agencies are named; the rest is counted.
const NAMED: usize = 10;

/// The panel.
#[component]
pub fn QualityPanel(quality: Quality, address: Address) -> impl IntoView {
    let lang = address.lang;
    let bulk = match quality.bulk {
        Some(bulk) => bulk.sentence(lang),
        None => lang
            .of(
                "Kết quả cuối tháng: chưa có tháng trọn vẹn nào trong kỳ để so.",
                "End of month: no whole month of the period to compare yet.",
            )
            .to_owned(),
    };
    view! {
        <section class="panel" id="chat-luong">
            <h2>{lang.of("Chất lượng số liệu", "Data quality")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Những hồ sơ có ngày đáng ngờ: nên đối chiếu với hệ thống một cửa trước khi tin vào tỷ lệ.",
                        "Case files with doubtful dates: check them against the source before trusting the rates.",
                    )}
            </p>
            <StepList steps=quality.doubts address=address.clone() />
            <p>{bulk}</p>
            <SilentAgencies silent=quality.silent address=address />
        </section>
    }
}

#[component]
fn SilentAgencies(silent: Vec<Silent>, address: Address) -> impl IntoView {
    let lang = address.lang;
    let count = i64::try_from(silent.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return view! {
            <p>
                {lang
                    .of(
                        "Mọi đơn vị từng có hồ sơ đều tiếp nhận trong 30 ngày cuối.",
                        "Every agency that had case files received some in the last 30 days.",
                    )}
            </p>
        }
        .into_any();
    }
    let rest = (silent.len() > NAMED).then(|| {
        let more = lang.number(count - i64::try_from(NAMED).unwrap_or(0));
        view! { <li>{lang.of("và ", "and ")} {more} {lang.of(" đơn vị khác", " more")}</li> }
    });
    let names: Vec<_> = silent
        .into_iter()
        .take(NAMED)
        .map(|agency| {
            let href = links::agency(links::CASE_FILES, &address, Some(&agency.code));
            view! {
                <li>
                    <a href=href>{agency.name}</a>
                </li>
            }
        })
        .collect();
    view! {
        <p>
            {lang.count(count, "đơn vị", "agency", "agencies")}
            {lang
                .of(
                    " không tiếp nhận hồ sơ nào trong 30 ngày cuối, trước đó có:",
                    " received nothing in the last 30 days, and did before:",
                )}
        </p>
        <ul class="silent">{names} {rest}</ul>
    }
    .into_any()
}
