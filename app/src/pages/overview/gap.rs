//! Who makes up the gap: the agencies with most late files and the share they make up together.

use leptos::prelude::*;
use thuocdo::{address::Address, filter::Measured, lang::Lang, overview::GapLine};

use crate::links;

/// The first few agencies, each a way into its own page and list.
#[component]
pub fn GapPanel(gap: Vec<GapLine>, late: i64, window: String, address: Address) -> impl IntoView {
    let lang = address.lang;
    let most = gap.first().map_or(1, |line| line.late.max(1));
    let rows: Vec<_> = gap
        .into_iter()
        .map(|line| {
            let to_agency = links::agency(links::CASE_FILES, &address, Some(&line.code));
            let to_list = links::agency_list(&address, &line.code, line.own_desk, Measured::Late);
            let said = match lang {
                Lang::Vi => format!("{} hồ sơ trễ của {}", line.late, line.name),
                Lang::En => format!("{} late case files of {}", line.late, line.name),
            };
            view! {
                <li>
                    <a href=to_agency>{line.name.clone()}</a>
                    <meter min="0" max=most value=line.late aria-hidden="true"></meter>
                    <a class="num" href=to_list aria-label=said>
                        {lang.number(line.late)}
                    </a>
                    <span class="cum">{line.cumulated / 100} "\u{a0}%"</span>
                </li>
            }
        })
        .collect();
    let body = if late == 0 {
        view! { <p class="sub">{lang.of("Không đơn vị nào có hồ sơ trễ.", "No office has a late case file.")}</p> }.into_any()
    } else {
        view! { <ol class="gapbars">{rows}</ol> }.into_any()
    };
    view! {
        <section class="panel">
            <h2>{lang.of("Ai làm nên khoảng cách", "Who makes up the gap")}</h2>
            <p class="sub">
                {lang.of("Hồ sơ trễ và phần cộng dồn trong ", "Late case files and their cumulated share of ")}
                {lang.number(late)} ", " {window}
            </p>
            {body}
        </section>
    }
}
