//! Where the files of the period went: each figure opens its list, and the two yardsticks stand side by side.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    case_file_report::Compared,
    filter::Measured,
    indicator::on_time_returns::Tally,
    text::{self, number},
};

use crate::components::eager::Eager as _;
use crate::links;

/// The rate by both yardsticks, the counts, and the periods to compare with.
#[component]
pub fn Figures(official: Tally, strict: Tally, compared: Vec<Compared>, address: Address) -> impl IntoView {
    let figure = |measured: Measured| {
        let count = official.figure(measured);
        view! {
            <div>
                <dt>{measured.label()}</dt>
                <dd>
                    <a href=links::list(&address, measured)>{number(count)}</a>
                </dd>
            </div>
        }
    };
    let carried_over = number(official.carried_over);
    let compared: Vec<_> = compared.into_iter().map(|other| view! { <ComparedLine other=other /> }).collect();
    view! {
        <section class="figures" aria-label="Số liệu trong kỳ">
            <div class="rates">
                <RateFigure name="Tỷ lệ đúng hạn và trước hạn" remark="theo ngày hẹn trả hiện hành" tally=official.clone() />
                <RateFigure name="Tỷ lệ nghiêm ngặt" remark="theo ngày hẹn trả ban đầu" tally=strict />
                <ul class="compared">{compared}</ul>
            </div>
            <dl class="counts">
                <div>
                    <dt>"Kỳ trước chuyển sang"</dt>
                    <dd>{carried_over}</dd>
                </div>
                {Measured::TALLY.map(figure).to_vec()}
            </dl>
        </section>
    }
}

#[component]
fn RateFigure(name: &'static str, remark: &'static str, tally: Tally) -> impl IntoView {
    let timed = tally.timed();
    let figure = match timed.shown() {
        Some(rate) => view! { <b>{rate}</b> <span>"%"</span> }.eager(),
        None => view! { <b class="none">"—"</b> <span>"không phát sinh"</span> }.eager(),
    };
    view! {
        <p class="value">
            <span class="name">{name}</span>
            {figure}
            <small>{number(timed.misses())} " trễ trong " {number(timed.all)} ", " {remark}</small>
        </p>
    }
}

#[component]
fn ComparedLine(other: Compared) -> impl IntoView {
    let rate = other.rate.floored().map_or_else(|| "không phát sinh".to_owned(), text::percent);
    let change = match other.change {
        Some(0) => ", không đổi".to_owned(),
        Some(up) if up > 0 => format!(", kỳ này cao hơn {} điểm", text::hundredths(up)),
        Some(down) => format!(", kỳ này thấp hơn {} điểm", text::hundredths(-down)),
        None => String::new(),
    };
    view! {
        <li>
            {other.label} ": " <b>{rate}</b> {change}
        </li>
    }
}
