//! The tables of the pages as files.

use leptos::prelude::*;
use thuocdo::{address::Address, filter::Measured, sheets::TableName};

use super::scrolled;
use crate::links;

/// The lists that units are sent.
const ANNEXES: [(Measured, &str, &str); 2] = [
    (Measured::Late, "Phụ lục I: hồ sơ đã giải quyết quá hạn", "Annex I: case files resolved late"),
    (
        Measured::OpenOverdue,
        "Phụ lục II: hồ sơ đang giải quyết, đã quá hạn",
        "Annex II: case files in process, overdue",
    ),
];

fn annex(list: Measured, words: &'static str, address: &Address) -> impl IntoView + use<> {
    let listed = Address { list: Some(list), ..address.bare() };
    let file = |href: String, shown: &'static str| {
        view! {
            <a href=href rel="external" aria-label=format!("{shown}: {words}")>
                {shown}
            </a>
            " "
        }
    };
    view! {
        <tr>
            <th scope="row">
                <a href=links::list(address, list)>{words}</a>
            </th>
            <td>{file(links::list_file(&listed), "Excel")} {file(links::list_pdf(&listed), "PDF")}</td>
        </tr>
    }
}

/// Every table, for the period and the part of the page; lists of case files for who may take them.
pub(super) fn section(address: &Address, may_take_lists: bool) -> impl IntoView + use<> {
    let lang = address.lang;
    let row = |name: TableName| {
        let label = name.label(lang);
        let files: Vec<_> = links::TABLE_FORMS
            .into_iter()
            .map(|(form, shown)| {
                view! {
                    <a
                        href=links::table(name, form, address)
                        rel="external"
                        aria-label=format!("{shown}: {label}")
                    >
                        {shown}
                    </a>
                    " "
                }
            })
            .collect();
        view! {
            <tr>
                <th scope="row">
                    <a href=links::page(links::page_of(name), &address.bare())>{label}</a>
                </th>
                <td>{files}</td>
            </tr>
        }
    };
    let rows: Vec<_> = TableName::ALL.into_iter().map(row).collect();
    let lists = ANNEXES.into_iter().filter(|_| may_take_lists);
    let annexes: Vec<_> = lists.map(|(list, vi, en)| annex(list, lang.of(vi, en), address)).collect();
    let table = view! {
        <table class="numbers handed-out">
            <thead>
                <tr>
                    <th scope="col">{lang.of("Bảng", "Table")}</th>
                    <th scope="col">{lang.of("Tải về", "Download")}</th>
                </tr>
            </thead>
            <tbody>{annexes} {rows}</tbody>
        </table>
    };
    view! {
        <section class="panel" aria-labelledby="bang-so-lieu">
            <h2 id="bang-so-lieu">{lang.of("Bảng số liệu", "Tables")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Mọi bảng trên các trang, đủ mọi dòng, theo kỳ và phạm vi đang chọn; mã để dạng chữ, ngày là ngày, tỷ lệ là số.",
                        "Every table of the pages with all its rows, for the period and the part chosen; codes as text, dates as dates, rates as numbers.",
                    )}
            </p>
            {scrolled(lang.of("Các bảng số liệu", "The tables"), table)}
        </section>
    }
}
