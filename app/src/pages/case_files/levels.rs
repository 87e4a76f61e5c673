//! The table of levels: the first way down.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    case_file_depth::LevelLine,
    filter::{Filter, Measured},
    sheets::TableName,
};

use super::rates::RateCell;
use crate::{
    components::{counted::counted, downloads::Downloads, table::Table},
    links,
};

/// The levels of the whole city; each is a way to its agencies.
#[component]
pub fn LevelTable(lines: Vec<LevelLine>, address: Address) -> impl IntoView {
    let lang = address.lang;
    let rows: Vec<_> = lines
        .into_iter()
        .map(|LevelLine { level, official }| {
            let narrow = move |filter: &mut Filter| filter.level = Some(level);
            let figure = |measured: Measured| {
                let count = official.figure(measured);
                view! { <td>{counted(count, || links::part_list(&address, measured, narrow), lang)}</td> }
            };
            view! {
                <tr>
                    <th scope="row">
                        <a href=links::part(&address, narrow)>{level.label(lang)}</a>
                    </th>
                    {figure(Measured::Late)}
                    <RateCell rate=official.timed() lang=lang />
                    {figure(Measured::OpenOverdue)}
                    {figure(Measured::Received)}
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="panel" id="cap">
                <h2>{lang.of("Theo cấp", "By level")}</h2>
                <Table
                    label=lang.of("Bảng các cấp", "Table of levels")
                    class="agencies"
                    heads=[
                        lang.of("Cấp", "Level"),
                        lang.of("Trễ hạn", "Late"),
                        lang.of("Tỷ lệ, %", "Rate, %"),
                        lang.of("Quá hạn", "Overdue"),
                        lang.of("Tiếp nhận", "Received"),
                    ]
                >
                    {rows}
                </Table>
                <Downloads name=TableName::Levels address=address />
            </section>
        }
        .into_any()
    })
}
