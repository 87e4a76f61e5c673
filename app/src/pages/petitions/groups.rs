//! Petitions by agency, kind or channel: each count a way to its list; the lines add up to the whole.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    petition_report::{Group, GroupLine, PetitionFigure},
    sheets::TableName,
};

use super::steps::shown;
use crate::{
    components::{counted::counted, downloads::Downloads, table::Table},
    links,
};

/// One grouping as a table.
#[component]
pub fn GroupTable(
    id: &'static str,
    name: TableName,
    title: &'static str,
    column: &'static str,
    remark: &'static str,
    lines: Vec<GroupLine>,
    address: Address,
) -> AnyView {
    let lang = address.lang;
    if lines.is_empty() {
        return view! {
            <section class="panel" id=id>
                <h2>{title}</h2>
                <p class="sub">
                    {lang.of("Không có nhóm nào để hiển thị.", "No group to show.")}
                </p>
            </section>
        }
        .into_any();
    }
    let rows: Vec<_> =
        lines.into_iter().map(|line| view! { <GroupRow line=line address=address.clone() /> }).collect();
    view! {
        <section class="panel" id=id>
            <h2>{title}</h2>
            <p class="sub">{remark}</p>
            <Table
                label=title
                class="agencies"
                heads=[
                    column,
                    lang.of("Trễ", "Late"),
                    lang.of("Tỷ lệ, %", "Rate, %"),
                    lang.of("Kịp thời", "In time"),
                    lang.of("Đang xử lý", "Open"),
                ]
            >
                {rows}
            </Table>
            <Downloads name=name address=address />
        </section>
    }
    .into_any()
}

#[component]
fn GroupRow(line: GroupLine, address: Address) -> AnyView {
    let cell = |figure: PetitionFigure, count: i64| {
        let rows = || links::petition_group(&address, &line.group, Some(figure));
        view! { <td>{counted(count, rows, address.lang)}</td> }
    };
    let name = match &line.group {
        // Its own desk is a list, not a page to go down to.
        Group::Agency { own_desk: Some(_), .. } => line.name.clone().into_any(),
        group => {
            view! { <a href=links::petition_group(&address, group, None)>{line.name.clone()}</a> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cell(PetitionFigure::Late, line.late)}
            <td>{shown(line.rate(), &address)}</td>
            {cell(PetitionFigure::InTime, line.in_time)}
            {cell(PetitionFigure::Open, line.open)}
        </tr>
    }
    .into_any()
}
