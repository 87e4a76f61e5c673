//! The files behind a figure, with the proof that there are as many as it says.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{
    address::Address,
    text::{self, number},
};

use super::api::{LISTED, Line, Listed};
use crate::links;

/// One page of the list.
#[component]
pub fn FileList(list: Listed, address: Address) -> impl IntoView {
    let proof = if list.total == list.figure {
        format!("Danh sách có {} hồ sơ, khớp với con số trong bảng.", number(list.total))
    } else {
        format!(
            "Danh sách có {} hồ sơ, con số trong bảng là {}: hãy báo cho người quản trị chạy «thuocdo verify».",
            number(list.total),
            number(list.figure)
        )
    };
    let rows: Vec<_> = list.lines.into_iter().map(|line| view! { <FileRow line=line /> }).collect();
    let pages = u32::try_from((list.total + LISTED - 1) / LISTED).unwrap_or(1);
    let closed = links::page(links::CASE_FILES, &Address { list: None, page: None, ..address.clone() });
    view! {
        <section class="panel" id="danh-sach">
            <h2>{list.measured.label()} ": " {number(list.total)} " hồ sơ"</h2>
            <p class="sub">
                {proof} " " <a href=closed>"Đóng danh sách"</a>
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="Danh sách hồ sơ">
                <table class="files">
                    <thead>
                        <tr>
                            <th scope="col">"Mã hồ sơ"</th>
                            <th scope="col">"Đơn vị"</th>
                            <th scope="col">"Lĩnh vực"</th>
                            <th scope="col">"Thủ tục"</th>
                            <th scope="col">"Ngày nhận"</th>
                            <th scope="col">"Hẹn trả"</th>
                            <th scope="col">"Có kết quả"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Pager page=list.page pages=pages address=address />
        </section>
    }
}

#[component]
fn FileRow(line: Line) -> impl IntoView {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), text::date);
    view! {
        <tr>
            <th scope="row">{line.case_code}</th>
            <td>{line.agency_name}</td>
            <td>{line.field_name}</td>
            <td>{line.procedure_name}</td>
            <td>{text::date(line.received_on)}</td>
            <td>{day(line.due_on)}</td>
            <td>{day(line.ended_on)}</td>
        </tr>
    }
}

#[component]
fn Pager(page: u32, pages: u32, address: Address) -> impl IntoView {
    let to = move |page: u32| {
        format!(
            "{}#danh-sach",
            links::page(links::CASE_FILES, &Address { page: Some(page), ..address.clone() })
        )
    };
    (pages > 1).then(|| {
        let before = (page > 1).then(|| view! { <a href=to(page - 1) rel="prev">"‹ Trang trước"</a> });
        let after = (page < pages).then(|| view! { <a href=to(page + 1) rel="next">"Trang sau ›"</a> });
        view! {
            <nav class="pager" aria-label="Trang của danh sách">
                {before} <span>"Trang " {page} " / " {pages}</span> {after}
            </nav>
        }
    })
}
