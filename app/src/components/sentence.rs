//! A sentence made from the numbers, ready to be taken along: copied with whom and when it speaks of.

use leptos::{html, prelude::*};
use thuocdo::lang::Lang;

use crate::components::browser;

/// A button that puts a text on the clipboard; without scripts there is none.
#[component]
pub fn CopyButton(
    text: String,
    /// The words on the button, in both languages.
    #[prop(default = ("Chép câu này", "Copy this sentence"))]
    label: (&'static str, &'static str),
    lang: Lang,
) -> impl IntoView {
    let is_copied = RwSignal::new(false);
    let element = NodeRef::<html::Span>::new();
    let copy = move |_| {
        if let Some(element) = element.get_untracked() {
            is_copied.set(browser::copy(&element));
        }
    };
    let said = move || {
        if is_copied.get() { lang.of("Đã chép", "Copied") } else { lang.of(label.0, label.1) }
    };
    view! {
        <span class="copy with-scripts">
            <button type="button" on:click=copy on:blur=move |_| is_copied.set(false)>
                <span aria-live="polite">{said}</span>
            </button>
            <span class="copied" node_ref=element aria-hidden="true">
                {text}
            </span>
        </span>
    }
    .into_any()
}
