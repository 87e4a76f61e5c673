//! The petitions behind a figure, with the proof that there are as many as it says.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{
    address::Address,
    lang::Lang,
    petition_report::{PetitionLine, PetitionList},
    sheets::TableName,
};

use crate::{
    components::{downloads::Downloads, pager::Pager, proof::Proof, table::Table},
    links,
};

/// One page of the list.
#[component]
pub fn PetitionTable(list: PetitionList, address: Address) -> impl IntoView {
    let lang = address.lang;
    let rows: Vec<_> =
        list.lines.into_iter().map(|line| view! { <PetitionRow line=line lang=lang /> }).collect();
    let closed = links::page(links::PETITIONS, &address.bare());
    view! {
        <section class="panel" id="danh-sach">
            <h2>
                {list.figure.label(lang)} ": " {lang.count(list.total, "phản ánh, kiến nghị", "petition", "petitions")}
            </h2>
            <Proof total=list.total said=list.said closed=closed lang=lang />
            <Table
                label=lang.of("Danh sách phản ánh, kiến nghị", "List of petitions")
                class="files petitions"
                heads=[
                    lang.of("Mã", "Code"),
                    lang.of("Đơn vị", "Agency"),
                    lang.of("Loại", "Kind"),
                    lang.of("Kênh", "Channel"),
                    lang.of("Ngày gửi", "Sent"),
                    lang.of("Hạn trả lời", "Answer by"),
                    lang.of("Trả lời", "Answered"),
                    lang.of("Công khai", "Published"),
                    lang.of("Trễ ở bước", "Late in step"),
                ]
            >
                {rows}
            </Table>
            <Pager path=links::PETITIONS anchor="danh-sach" page=list.page pages=list.pages address=address.clone() />
            <Downloads name=TableName::Petitions address=address />
        </section>
    }
}

#[component]
fn PetitionRow(line: PetitionLine, lang: Lang) -> impl IntoView {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), |day| lang.date(day));
    view! {
        <tr>
            <th scope="row">{line.code}</th>
            <td>{line.agency_name}</td>
            <td>{line.kind.label(lang)}</td>
            <td>{line.channel.label(lang)}</td>
            <td>{lang.date(line.sent_on)}</td>
            <td>{lang.date(line.answer_by)}</td>
            <td>{day(line.answered_on)}</td>
            <td>{day(line.published_on)}</td>
            <td>{line.failed.map_or("–", |step| step.label(lang))}</td>
        </tr>
    }
}
