//! Figures in a row, each a link to its files.

use leptos::prelude::*;
use thuocdo::{address::Address, case_file_depth::Step};

use crate::links;

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
                    <dd>
                        <a href=links::list(&address, step.measured)>{lang.number(step.count)}</a>
                    </dd>
                </div>
            }
        })
        .collect();
    view! { <dl class="counts steps">{rows}</dl> }
}
