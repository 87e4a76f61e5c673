//! Which procedures make up the gap: late files with the share they make up together.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    case_file_depth::ProcedureLine,
    filter::{Filter, Measured},
    lang::Lang,
    sheets::TableName,
};

use crate::{
    components::{downloads::Downloads, table::Table},
    links,
};

/// How many procedures the table names before it sends on to narrower questions.
const NAMED: usize = 20;

/// The procedures with late files; each is a way down, each count a way to its files.
#[component]
pub fn ProcedureTable(lines: Vec<ProcedureLine>, address: Address) -> impl IntoView {
    let lang = address.lang;
    let all = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let more = (lines.len() > NAMED).then(|| {
        let rest = lang.number(all - i64::try_from(NAMED).unwrap_or(0));
        let words = match lang {
            Lang::Vi => {
                format!("Còn {rest} thủ tục khác có hồ sơ trễ: chọn một lĩnh vực hay đơn vị để xem.")
            }
            Lang::En => {
                format!("{rest} more have late files: choose a field or an agency to see them.")
            }
        };
        view! { <p class="sub">{words}</p> }
    });
    let rows: Vec<_> = lines
        .into_iter()
        .take(NAMED)
        .map(|line| view! { <ProcedureRow line=line address=address.clone() /> })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="panel" id="thu-tuc">
                <h2>
                    {lang.of("Thủ tục làm nên khoảng cách: ", "Procedures that make up the gap: ")}
                    {lang.count(all, "thủ tục có hồ sơ trễ", "has late files", "have late files")}
                </h2>
                <Table
                    label=lang.of("Bảng các thủ tục", "Table of procedures")
                    class="agencies"
                    heads=[
                        lang.of("Thủ tục", "Procedure"),
                        lang.of("Trễ hạn", "Late"),
                        lang.of("Cộng dồn", "Cumulated"),
                    ]
                >
                    {rows}
                </Table>
                {more}
                <Downloads name=TableName::Procedures address=address />
            </section>
        }
        .into_any()
    })
}

#[component]
fn ProcedureRow(line: ProcedureLine, address: Address) -> AnyView {
    let lang = address.lang;
    let ProcedureLine { code, name, late, cumulated } = line;
    let narrow = |code: &String| {
        let code = Some(code.clone());
        move |filter: &mut Filter| filter.procedure = code
    };
    // Files without a procedure have no address of their own.
    let (head, count) = match &code {
        Some(code) => (
            view! { <a href=links::part(&address, narrow(code))>{name}</a> }.into_any(),
            view! { <a href=links::part_list(&address, Measured::Late, narrow(code))>{lang.number(late)}</a> }.into_any(),
        ),
        None => (name.into_any(), lang.number(late).into_any()),
    };
    view! {
        <tr>
            <th scope="row">{head}</th>
            <td>{count}</td>
            <td>{lang.percent(cumulated)}</td>
        </tr>
    }
    .into_any()
}
