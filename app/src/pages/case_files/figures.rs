//! Where the files of the period went: each figure opens its list, and the two yardsticks stand side by side.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    case_file_report::{Compared, late_of},
    filter::Measured,
    indicator::on_time_returns::Tally,
    lang::Lang,
};

use crate::components::eager::Eager as _;
use crate::links;

/// The rate by both yardsticks, the counts, and the periods to compare with.
#[component]
pub fn Figures(official: Tally, strict: Tally, compared: Vec<Compared>, address: Address) -> impl IntoView {
    let lang = address.lang;
    let figure = |measured: Measured| {
        let count = official.figure(measured);
        view! {
            <div>
                <dt>{measured.label(lang)}</dt>
                <dd>
                    <a href=links::list(&address, measured)>{lang.number(count)}</a>
                </dd>
            </div>
        }
    };
    let carried_over = lang.number(official.carried_over);
    let compared: Vec<_> =
        compared.into_iter().map(|other| view! { <ComparedLine other=other lang=lang /> }).collect();
    view! {
        <section class="figures" aria-label=lang.of("Số liệu trong kỳ", "Figures of the period")>
            <div class="rates">
                <RateFigure
                    name=lang.of("Tỷ lệ đúng hạn và trước hạn", "Early or on time")
                    remark=lang.of("theo ngày hẹn trả hiện hành", "by the current due date")
                    tally=official.clone()
                    lang=lang
                />
                <RateFigure
                    name=lang.of("Tỷ lệ nghiêm ngặt", "Strict rate")
                    remark=lang.of("theo ngày hẹn trả ban đầu", "by the first due date")
                    tally=strict
                    lang=lang
                />
                <ul class="compared">{compared}</ul>
            </div>
            <dl class="counts">
                <div>
                    <dt>{lang.of("Kỳ trước chuyển sang", "Carried over")}</dt>
                    <dd>{carried_over}</dd>
                </div>
                {Measured::TALLY.map(figure).to_vec()}
            </dl>
        </section>
    }
}

#[component]
fn RateFigure(name: &'static str, remark: &'static str, tally: Tally, lang: Lang) -> impl IntoView {
    let timed = tally.timed();
    let figure = match timed.floored() {
        Some(rate) => view! { <b>{lang.hundredths(rate)}</b> <span>"%"</span> }.eager(),
        None => view! { <b class="none">"—"</b> <span>{lang.of("không phát sinh", "none")}</span> }.eager(),
    };
    view! {
        <p class="value">
            <span class="name">{name}</span>
            {figure}
            <small>{late_of(timed, lang)} ", " {remark}</small>
        </p>
    }
}

#[component]
fn ComparedLine(other: Compared, lang: Lang) -> impl IntoView {
    let rate = other
        .rate
        .floored()
        .map_or_else(|| lang.of("không phát sinh", "none").to_owned(), |rate| lang.percent(rate));
    let points = other.change.map(|change| lang.hundredths(change.abs())).unwrap_or_default();
    let change = match (other.change.map(i64::signum), lang) {
        (None, _) => String::new(),
        (Some(0), _) => lang.of(", không đổi", ", unchanged").to_owned(),
        (Some(1), Lang::Vi) => format!(", kỳ này cao hơn {points} điểm"),
        (Some(1), Lang::En) => format!(", now {points} points higher"),
        (Some(_), Lang::Vi) => format!(", kỳ này thấp hơn {points} điểm"),
        (Some(_), Lang::En) => format!(", now {points} points lower"),
    };
    view! {
        <li>
            {other.label} ": " <b>{rate}</b> {change}
        </li>
    }
}
