//! The files a table can be had as: a menu below it that opens without scripts.

use leptos::prelude::*;
use thuocdo::{address::Address, sheets::TableName};

use crate::links;

/// The menu of a table, whole, as it is under an address.
#[component]
pub fn Downloads(name: TableName, address: Address) -> AnyView {
    let lang = address.lang;
    let title = name.label(lang);
    let files: Vec<_> = links::TABLE_FORMS
        .into_iter()
        .map(|(form, words)| {
            let label = format!("{} {words}: {title}", lang.of("Tải", "Download"));
            view! {
                <li>
                    <a href=links::table(name, form, &address) rel="external" aria-label=label>
                        {words}
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <div class="dl">
            <details>
                <summary>{lang.of("Tải về", "Download")} <span class="vh">": " {title}</span></summary>
                <ul>{files}</ul>
            </details>
        </div>
    }
    .into_any()
}
