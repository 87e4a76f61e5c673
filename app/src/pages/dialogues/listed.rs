//! The dialogues behind a number of the calendar.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{
    address::Address,
    dialogue_report::{DialogueLine, DialogueList},
};

use crate::{
    components::{pager::Pager, proof::Proof, table::Table},
    links,
};

/// One page of the list.
#[component]
pub fn DialogueTable(list: DialogueList, year: i32, address: Address) -> impl IntoView {
    let lang = address.lang;
    let DialogueList { figure, said, lines } = list;
    let closed = links::page(links::DIALOGUES, &address.bare());
    let rows: Vec<_> = lines.lines.into_iter().map(|line| dialogue_row(line, &address)).collect();
    view! {
        <section class="panel" id="danh-sach">
            <h2>
                {figure.label(year, lang)} ": "
                {lang.count(lines.total, "cuộc đối thoại", "dialogue", "dialogues")}
            </h2>
            <Proof total=lines.total said=said closed=closed lang=lang />
            <Table
                label=lang.of("Danh sách đối thoại", "List of dialogues")
                class="files"
                heads=[
                    lang.of("Mã", "Code"),
                    lang.of("Đơn vị", "Office"),
                    lang.of("Dự kiến", "Planned"),
                    lang.of("Tổ chức", "Held"),
                    lang.of("Người đứng đầu chủ trì", "Chaired by the head"),
                    lang.of("Số biên bản", "Minutes"),
                ]
            >
                {rows}
            </Table>
            <Pager path=links::DIALOGUES page=lines.page pages=lines.pages anchor="danh-sach" address=address />
        </section>
    }
}

fn dialogue_row(line: DialogueLine, address: &Address) -> AnyView {
    let lang = address.lang;
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), |day| lang.date(day));
    let href = links::dialogues_of(address, &line.agency_code, None);
    let chaired = match (line.held_on, line.chaired_by_head) {
        (None, _) => "–",
        (Some(_), true) => lang.of("có", "yes"),
        (Some(_), false) => lang.of("không", "no"),
    };
    view! {
        <tr>
            <th scope="row">{line.code}</th>
            <td>
                <a href=href>{line.agency_name}</a>
            </td>
            <td>{day(line.planned_on)}</td>
            <td>{day(line.held_on)}</td>
            <td>{chaired}</td>
            <td>{line.minutes_no.unwrap_or_else(|| "–".to_owned())}</td>
        </tr>
    }
    .into_any()
}
