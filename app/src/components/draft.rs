//! A letter ready to be finished by hand, folded until it is wanted.

use leptos::prelude::*;
use thuocdo::lang::Lang;

use super::sentence::CopyButton;

/// The letter under its name.
#[component]
pub fn Draft(#[prop(into)] name: String, letter: String, lang: Lang) -> impl IntoView {
    view! {
        <details class="draft">
            <summary>{name}</summary>
            <p class="letter">{letter.clone()}</p>
            <CopyButton text=letter label=("Chép thư này", "Copy this letter") lang=lang />
        </details>
    }
}
