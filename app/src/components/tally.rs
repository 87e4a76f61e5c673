//! Names with their figures, side by side.

use leptos::prelude::*;

/// One list of them; `class` says how it looks.
#[component]
pub fn Tally(class: &'static str, figures: Vec<(&'static str, String)>) -> AnyView {
    let figures: Vec<_> = figures
        .into_iter()
        .map(|(name, figure)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{figure}</dd>
                </div>
            }
        })
        .collect();
    view! { <dl class=class>{figures}</dl> }.into_any()
}
