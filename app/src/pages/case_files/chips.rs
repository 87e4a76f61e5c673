//! Which filters are on, each with a way to drop it.

use leptos::prelude::*;
use thuocdo::{address::Address, filter::Filter};

use crate::links;

/// One filter that is on: its words, and what drops it.
type Chip = (String, fn(&mut Filter));

/// Level, field, channel and procedure, where asked for; the agency stands in the crumbs.
#[component]
pub fn Chips(field_name: Option<String>, procedure_name: Option<String>, address: Address) -> impl IntoView {
    let lang = address.lang;
    let Filter { level, field, channel, procedure, .. } = address.filter.clone();
    let chips: [Option<Chip>; 4] = [
        level.map(|level| {
            (format!("{}: {}", lang.of("Cấp", "Level"), level.label(lang)), drop_level as fn(&mut Filter))
        }),
        field.map(|code| {
            let name = field_name.unwrap_or(code);
            (format!("{}: {name}", lang.of("Lĩnh vực", "Field")), drop_field as fn(&mut Filter))
        }),
        procedure.map(|code| {
            let name = procedure_name.unwrap_or(code);
            (format!("{}: {name}", lang.of("Thủ tục", "Procedure")), drop_procedure as fn(&mut Filter))
        }),
        channel.map(|channel| {
            (
                format!("{}: {}", lang.of("Kênh", "Channel"), channel.label(lang)),
                drop_channel as fn(&mut Filter),
            )
        }),
    ];
    let chips: Vec<_> = chips
        .into_iter()
        .flatten()
        .map(|(words, drop)| {
            let label = format!("{} {words}", lang.of("Bỏ lọc", "Drop"));
            view! {
                <li>
                    {words} " "
                    <a href=links::part(&address, drop) aria-label=label>
                        "×"
                    </a>
                </li>
            }
        })
        .collect();
    (!chips.is_empty()).then(|| {
        view! {
            <ul class="chips" aria-label=lang.of("Đang lọc theo", "Filters in force")>
                {chips}
            </ul>
        }
    })
}

fn drop_level(filter: &mut Filter) {
    filter.level = None;
}

fn drop_field(filter: &mut Filter) {
    filter.field = None;
}

fn drop_channel(filter: &mut Filter) {
    filter.channel = None;
}

fn drop_procedure(filter: &mut Filter) {
    filter.procedure = None;
}
