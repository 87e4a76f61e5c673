//! The fields the plan stresses: in each, how many heads held a dialogue.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    dialogue_report::{FieldLine, Only},
    indicator::dialogues_held::Priority,
};

use crate::{components::counted::counted, links};

/// The list of priority fields.
#[component]
pub fn PriorityFields(fields: Vec<FieldLine>, priority: Priority, address: Address) -> impl IntoView {
    let lang = address.lang;
    let (held, obliged) = (lang.number(priority.held), lang.number(priority.obliged));
    let heading = lang.of(
        format!("Lĩnh vực trọng tâm: {held} trong {obliged} đơn vị"),
        format!("Priority fields: {held} of {obliged} offices"),
    );
    let lines: Vec<_> = fields
        .into_iter()
        .map(|line| {
            let number = counted(line.offices, || links::dialogues_in_field(&address, &line.code), lang);
            view! {
                <div>
                    <dt>{line.name} " (" {line.code} ")"</dt>
                    <dd>{number}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <section class="panel" id="linh-vuc">
            <h2>
                <a class="anchor" href=links::dialogues(&address, Some(Only::Priority))>
                    {heading}
                </a>
            </h2>
            <p class="sub">
                {lang
                    .of(
                        "Số đơn vị có đối thoại hợp lệ trong nửa năm về từng lĩnh vực; một cuộc có thể về nhiều lĩnh vực.",
                        "Offices with a dialogue that counts in the half-year, by field; one dialogue may be about several.",
                    )}
            </p>
            <dl class="counts">{lines}</dl>
        </section>
    }
}
