//! A figure that opens the rows behind it; zero opens nothing, for there is nothing behind it.

use leptos::prelude::*;
use thuocdo::lang::Lang;

/// The number, and where its rows stand.
pub fn counted(n: i64, rows: impl FnOnce() -> String, lang: Lang) -> AnyView {
    let number = lang.number(n);
    if n == 0 {
        view! { <span class="zero">{number}</span> }.into_any()
    } else {
        view! { <a href=rows()>{number}</a> }.into_any()
    }
}
