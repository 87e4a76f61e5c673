//! What is another since the brief of a month was signed: both values, and what came in meanwhile.

use leptos::prelude::*;
use store::Batch;
use thuocdo::{address::Address, lang::Lang, period::Period, plan::Indicator, status::Status};

use super::{BRIEF, of_month, passport, scrolled};
use crate::{context::Adjusted, links, written::document};

/// The document about a month.
pub const CHANGES: &str = "/bao-cao/thay-doi";

/// The document.
#[must_use]
pub fn changes(month: Period, adjusted: &Adjusted, output_name: &str, lang: Lang) -> String {
    let Adjusted { frozen, since, batches } = adjusted;
    let (name, on) = (month.label(lang), lang.date(frozen.on));
    let count = lang.number(i64::try_from(since.moved.len()).unwrap_or(i64::MAX));
    let verdict = match (since.is_nothing(), lang) {
        (true, Lang::Vi) => format!("Báo cáo {}: không số nào đổi từ khi chốt", name.to_lowercase()),
        (true, Lang::En) => format!("Brief of {name}: no number is another since it was frozen"),
        (false, Lang::Vi) => format!("Báo cáo {}: {count} số đã điều chỉnh từ khi chốt", name.to_lowercase()),
        (false, Lang::En) => format!("Brief of {name}: {count} numbers adjusted since it was frozen"),
    };
    let flipped: Vec<_> = since.flipped.iter().map(|flipped| flip(*flipped, lang)).collect();
    let address = Address { lang, ..Address::default() };
    let body = view! {
        <div class="lead">
            <h1>{verdict.clone()}</h1>
            <p>
                {match lang {
                    Lang::Vi => format!("Chốt ngày {on}. Bản đã chốt không đổi; cột «Bây giờ» là số liệu hiện có."),
                    Lang::En => format!("Frozen on {on}. The frozen brief stays as it is; “Now” is the data as they are."),
                }}
                " "
                <a href=of_month(&format!("{BRIEF}.pdf"), month, &address)>
                    {lang.of("Bản đã chốt (PDF)", "The frozen brief (PDF)")}
                </a>
            </p>
        </div>
        {(!flipped.is_empty())
            .then(|| {
                view! {
                    <h2>{lang.of("Chỉ tiêu đổi trạng thái", "Targets that stand otherwise")}</h2>
                    <ul>{flipped}</ul>
                }
            })}
        {passport::table(&since.moved, lang)}
        <h2>{lang.of("Số liệu nhập hoặc hoàn tác từ khi chốt", "Imported or undone since")}</h2>
        {batch_table(batches, lang)}
        <p>
            <a href=links::page(links::REPORTS, &address)>{lang.of("Về trang Báo cáo", "Back to the page on reports")}</a>
        </p>
    };
    document(&verdict, body, output_name, lang)
}

fn flip((indicator, was, is): (Indicator, Status, Status), lang: Lang) -> impl IntoView + use<> {
    let standing = |status: Status| format!("{} {}", status.shape(), status.label(lang));
    let words = format!("{}: {} → {}", indicator.label(lang), standing(was), standing(is));
    view! { <li>{words}</li> }
}

fn batch_table(batches: &[Batch], lang: Lang) -> impl IntoView + use<> {
    let rows: Vec<_> = batches
        .iter()
        .map(|batch| {
            let undone =
                batch.undone_on.map(|day| format!("{} {}", lang.of("hoàn tác", "undone on"), lang.date(day)));
            view! {
                <tr>
                    <th scope="row">{batch.batch_id}</th>
                    <td>{batch.source_name.clone()}</td>
                    <td>{lang.date(batch.imported_on)}</td>
                    <td>{lang.number(batch.added)}</td>
                    <td>{lang.number(batch.changed)}</td>
                    <td>{undone.unwrap_or_default()}</td>
                </tr>
            }
        })
        .collect();
    if rows.is_empty() {
        return view! { <p>{lang.of("Không có.", "None.")}</p> }.into_any();
    }
    let table = view! {
        <table class="numbers">
            <thead>
                <tr>
                    <th scope="col">{lang.of("Lô", "Batch")}</th>
                    <th scope="col">{lang.of("Tệp", "File")}</th>
                    <th scope="col">{lang.of("Ngày nhập", "Imported")}</th>
                    <th scope="col">{lang.of("Thêm", "Added")}</th>
                    <th scope="col">{lang.of("Sửa", "Changed")}</th>
                    <th scope="col">{lang.of("Ghi chú", "Remark")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    scrolled(lang.of("Các lô từ khi chốt", "Batches since"), table).into_any()
}
