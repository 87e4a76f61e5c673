//! Figures in a row, each a link to its files.

use leptos::prelude::*;
use thuocdo::{address::Address, case_file_depth::Step};

use crate::{components::counted::counted, links};

/// A list of figures with their words.
#[component]
pub fn StepList(steps: Vec<Step>, address: Address) -> impl IntoView {
    let lang = address.lang;
    let rows: Vec<_> = steps
        .into_iter()
        .map(|step| {
            view! {
                <div>
                    <dt>{step.measured.label(lang)}</dt>
                    <dd>{counted(step.count, || links::list(&address, step.measured), lang)}</dd>
                </div>
            }
        })
        .collect();
    view! { <dl class="counts steps">{rows}</dl> }
}
