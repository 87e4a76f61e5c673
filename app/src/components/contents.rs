//! What a long page holds, as links to its sections.

use leptos::prelude::*;
use thuocdo::lang::Lang;

/// The links; each is a section's place and its name.
#[component]
pub fn Contents(sections: Vec<(&'static str, &'static str)>, lang: Lang) -> impl IntoView {
    let links: Vec<_> = sections
        .into_iter()
        .map(|(place, name)| {
            view! {
                <li>
                    <a href=format!("#{place}")>{name}</a>
                </li>
            }
        })
        .collect();
    view! {
        <nav class="contents" aria-label=lang.of("Trên trang này", "On this page")>
            <ul>{links}</ul>
        </nav>
    }
}
