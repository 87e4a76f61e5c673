//! What is open and still within its limits, by how long it has been waiting.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    lang::Lang,
    petition_report::{AgeLine, PetitionFigure},
};

use crate::{
    components::{counted::counted, table::Table},
    links,
};

/// Open petitions by age in working days.
#[component]
pub fn OpenAges(ages: Vec<AgeLine>, open: i64, due_soon: i64, address: Address) -> impl IntoView {
    let lang = address.lang;
    let rows: Vec<_> = ages
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{age(line.figure, lang)}</th>
                    <td>{counted(line.open, || links::petition_list(&address, line.figure), lang)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="panel" id="tuoi">
            <h2>
                {match lang {
                    Lang::Vi => {
                        format!(
                            "{} đang xử lý, còn trong hạn; {} đến hạn trong 3 ngày làm việc",
                            lang.number(open),
                            lang.number(due_soon),
                        )
                    }
                    Lang::En => {
                        format!(
                            "{} open within limits; {} due within 3 working days",
                            lang.number(open),
                            lang.number(due_soon),
                        )
                    }
                }}
            </h2>
            <p class="sub">
                {lang
                    .of(
                        "Số ngày làm việc từ khi bắt đầu tính hạn. Có bước đã trễ là đã ngã ngũ, không còn ở đây.",
                        "Working days since the clock started. One with a late step is decided and no longer here.",
                    )} " " {lang.of("Đến hạn trong 3 ngày làm việc: ", "Due within 3 working days: ")}
                {counted(due_soon, || links::petition_list(&address, PetitionFigure::OpenDueSoon), lang)} "."
            </p>
            <Table
                label=lang.of("Bảng theo tuổi", "Table by age")
                class="ages"
                heads=[
                    lang.of("Ngày làm việc đã qua", "Working days gone"),
                    lang.of("Đang xử lý", "Open"),
                ]
            >
                {rows}
            </Table>
        </section>
    }
}

fn age(figure: PetitionFigure, lang: Lang) -> &'static str {
    match figure {
        PetitionFigure::Open0To2 => "0–2",
        PetitionFigure::Open3To5 => "3–5",
        PetitionFigure::Open6To10 => "6–10",
        PetitionFigure::Open11To15 => "11–15",
        _ => lang.of("hơn 15", "more than 15"),
    }
}
