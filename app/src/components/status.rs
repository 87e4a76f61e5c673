//! A status in shape, word and colour, so that no one of them is needed to read it.

use leptos::prelude::*;
use thuocdo::{lang::Lang, status::Status};

/// The mark of a status with a remark under it.
#[component]
pub fn StatusMark(status: Status, lang: Lang, #[prop(into, optional)] remark: String) -> impl IntoView {
    view! {
        <p class=format!("status {}", status.as_str())>
            <span class="shape" aria-hidden="true">
                {status.shape()}
            </span>
            " "
            {status.label(lang)}
            {(!remark.is_empty()).then(|| view! { <small>{remark}</small> })}
        </p>
    }
}
