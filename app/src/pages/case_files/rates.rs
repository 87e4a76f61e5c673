//! A rate in a cell of a table, marked where it stands on too few files.

use leptos::prelude::*;
use thuocdo::{
    case_file_depth::{few_label, is_few},
    lang::Lang,
    rate::Rate,
};

/// The rate in percent, without the sign that the head of the column has.
#[component]
pub fn RateCell(rate: Rate, lang: Lang) -> impl IntoView {
    let shown = rate.floored().map_or_else(|| "–".to_owned(), |rate| lang.hundredths(rate));
    view! { <td>{shown} {few(rate, lang)}</td> }
}

/// The mark of a rate that stands on too few files to be compared.
pub fn few(rate: Rate, lang: Lang) -> AnyView {
    (rate.all > 0 && is_few(rate))
        .then(|| view! { " " <small class="few">{few_label(lang)}</small> })
        .into_any()
}
