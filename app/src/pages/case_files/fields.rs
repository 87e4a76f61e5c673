//! The table of fields, most late files first.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    case_file_depth::FieldLine,
    filter::{Filter, Measured},
    sheets::TableName,
};

use super::rates::RateCell;
use crate::{
    components::{counted::counted, downloads::Downloads, table::Table},
    links,
};

/// The fields of the part shown; each is a way down, each count a way to its files.
#[component]
pub fn FieldTable(lines: Vec<FieldLine>, address: Address) -> impl IntoView {
    let lang = address.lang;
    let rows: Vec<_> =
        lines.into_iter().map(|line| view! { <FieldRow line=line address=address.clone() /> }).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="panel" id="linh-vuc">
                <h2>{lang.of("Theo lĩnh vực, nhiều hồ sơ trễ nhất ở trên", "By field, most late files first")}</h2>
                <Table
                    label=lang.of("Bảng các lĩnh vực", "Table of fields")
                    class="agencies"
                    heads=[
                        lang.of("Lĩnh vực", "Field"),
                        lang.of("Trễ hạn", "Late"),
                        lang.of("Tỷ lệ, %", "Rate, %"),
                        lang.of("Nghiêm ngặt, %", "Strict, %"),
                        lang.of("Quá hạn", "Overdue"),
                        lang.of("Tiếp nhận", "Received"),
                    ]
                >
                    {rows}
                </Table>
                <Downloads name=TableName::Fields address=address />
            </section>
        }
        .into_any()
    })
}

#[component]
fn FieldRow(line: FieldLine, address: Address) -> AnyView {
    let lang = address.lang;
    let FieldLine { code, name, official, strict } = line;
    let narrow = |code: &String| {
        let code = Some(code.clone());
        move |filter: &mut Filter| filter.field = code
    };
    // Files without a field have no address of their own.
    let figure = |measured: Measured| {
        let count = official.figure(measured);
        let count = match &code {
            Some(code) => counted(count, || links::part_list(&address, measured, narrow(code)), lang),
            None => lang.number(count).into_any(),
        };
        view! { <td>{count}</td> }
    };
    let head = match &code {
        Some(code) => view! { <a href=links::part(&address, narrow(code))>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{head}</th>
            {figure(Measured::Late)}
            <RateCell rate=official.timed() lang=lang />
            <RateCell rate=strict lang=lang />
            {figure(Measured::OpenOverdue)}
            {figure(Measured::Received)}
        </tr>
    }
    .into_any()
}
