//! The rate shown beside other rates: the period before, the year before, the whole city.

use leptos::prelude::*;
use thuocdo::{compared::Compared, lang::Lang};

/// A line for each, with its dates and how far this rate is from it.
#[component]
pub fn ComparedList(compared: Vec<Compared>, lang: Lang) -> impl IntoView {
    let lines: Vec<_> = compared
        .into_iter()
        .map(|other| {
            let rate = other
                .rate
                .floored()
                .map_or_else(|| lang.of("không phát sinh", "none").to_owned(), |rate| lang.percent(rate));
            let change = change(other.change, lang);
            view! {
                <li>
                    {other.label} ": " <b>{rate}</b> {change}
                </li>
            }
        })
        .collect();
    view! { <ul class="compared">{lines}</ul> }
}

fn change(change: Option<i64>, lang: Lang) -> String {
    let points = change.map(|change| lang.hundredths(change.abs())).unwrap_or_default();
    match (change.map(i64::signum), lang) {
        (None, _) => String::new(),
        (Some(0), _) => lang.of(", không đổi", ", no different").to_owned(),
        (Some(1), Lang::Vi) => format!(", ở đây cao hơn {points} điểm"),
        (Some(1), Lang::En) => format!(", here {points} points higher"),
        (Some(_), Lang::Vi) => format!(", ở đây thấp hơn {points} điểm"),
        (Some(_), Lang::En) => format!(", here {points} points lower"),
    }
}
