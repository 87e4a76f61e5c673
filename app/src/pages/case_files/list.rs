//! The files behind a figure, with the proof that there are as many as it says.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{
    address::Address,
    drafts::{self, LateFile},
    filter::Measured,
    lang::Lang,
};

use super::api::{LISTED, Line, Listed};
use crate::{
    components::{draft::Draft, pager::Pager, proof::Proof, table::Table},
    links,
};

/// One page of the list.
#[component]
pub fn FileList(list: Listed, address: Address) -> impl IntoView {
    let lang = address.lang;
    let needs_letter = matches!(list.measured, Measured::LetterDue | Measured::LetterMissing);
    let letters: Vec<_> = list
        .lines
        .iter()
        .filter(|line| needs_letter && line.ended_on.is_none())
        .map(|line| {
            let file = LateFile {
                case_code: &line.case_code,
                agency_name: &line.agency_name,
                procedure_name: line.procedure_name.as_deref(),
                received_on: line.received_on,
                due_on: line.due_on,
            };
            let name =
                format!("{} {}", lang.of("Phiếu xin lỗi, soạn sẵn:", "A letter of apology:"), line.case_code);
            view! { <Draft name=name letter=drafts::apology(&file, lang) lang=lang /> }
        })
        .collect();
    let rows: Vec<_> = list.lines.into_iter().map(|line| view! { <FileRow line=line lang=lang /> }).collect();
    let pages = u32::try_from((list.total + LISTED - 1) / LISTED).unwrap_or(1);
    let closed = links::page(links::CASE_FILES, &Address { list: None, page: None, ..address.clone() });
    view! {
        <section class="panel" id="danh-sach">
            <h2>
                {list.measured.label(lang)} ": "
                {lang.count(list.total, "hồ sơ", "case file", "case files")}
            </h2>
            <Proof total=list.total said=list.figure closed=closed lang=lang />
            <Table
                label=lang.of("Danh sách hồ sơ", "List of case files")
                class="files"
                heads=[
                    lang.of("Mã hồ sơ", "Case code"),
                    lang.of("Đơn vị", "Agency"),
                    lang.of("Lĩnh vực", "Field"),
                    lang.of("Thủ tục", "Procedure"),
                    lang.of("Ngày nhận", "Received"),
                    lang.of("Hẹn trả", "Due"),
                    lang.of("Có kết quả", "Completed"),
                ]
            >
                {rows}
            </Table>
            {list
                .may_be_taken
                .then(|| {
                    view! {
                        <p class="dl">
                            <a href=links::list_file(&address) rel="external">
                                {lang.of("Tải cả danh sách (Excel)", "Download the whole list (Excel)")}
                            </a>
                        </p>
                    }
                })}
            <Pager path=links::CASE_FILES anchor="danh-sach" page=list.page pages=pages address=address />
            {letters}
        </section>
    }
}

#[component]
fn FileRow(line: Line, lang: Lang) -> impl IntoView {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), |day| lang.date(day));
    view! {
        <tr>
            <th scope="row">{line.case_code}</th>
            <td>{line.agency_name}</td>
            <td>{line.field_name}</td>
            <td>{line.procedure_name}</td>
            <td>{lang.date(line.received_on)}</td>
            <td>{day(line.due_on)}</td>
            <td>{day(line.ended_on)}</td>
        </tr>
    }
}
