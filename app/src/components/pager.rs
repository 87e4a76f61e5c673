//! The way through a list that is longer than a page.

use leptos::prelude::*;
use thuocdo::address::Address;

use crate::links;

/// Links to the pages before and after; nothing where there is one page.
#[component]
pub fn Pager(
    path: &'static str,
    anchor: &'static str,
    page: u32,
    pages: u32,
    address: Address,
) -> impl IntoView {
    let lang = address.lang;
    let to = move |page: u32| {
        let address = Address { page: Some(page), ..address.clone() };
        format!("{}#{anchor}", links::page(path, &address))
    };
    (pages > 1).then(|| {
        let before = (page > 1).then(
            || view! { <a href=to(page - 1) rel="prev">{lang.of("‹ Trang trước", "‹ Previous page")}</a> },
        );
        let after = (page < pages)
            .then(|| view! { <a href=to(page + 1) rel="next">{lang.of("Trang sau ›", "Next page ›")}</a> });
        view! {
            <nav class="pager" aria-label=lang.of("Trang của danh sách", "Pages of the list")>
                {before} <span>{lang.of("Trang ", "Page ")} {page} " / " {pages}</span> {after}
            </nav>
        }
    })
}
