//! Dates six months after the last dialogue: who is overdue, who is due within thirty days.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    dialogue_report::{Only, Rolling, Row},
};

use super::matrix::next_words;
use crate::{components::counted::counted, links};

/// Both lists, with the counts that open them whole.
#[component]
pub fn RollingDates(rolling: Rolling, address: Address) -> impl IntoView {
    let lang = address.lang;
    let figure = |n: i64, only: Only| counted(n, || links::dialogues(&address, Some(only)), lang);
    let overdue = list(lang.of("Đã quá hạn", "Overdue"), rolling.first_overdue, &address);
    let soon = list(lang.of("Đến hạn trong 30 ngày", "Due within 30 days"), rolling.first_soon, &address);
    view! {
        <section class="panel" id="den-han">
            <h2>{lang.of("Lần đối thoại tới, sáu tháng sau lần gần nhất", "The next dialogue, six months after the last")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Để nhắc việc; kết quả chấm theo nửa năm. Tính từ lần đối thoại hợp lệ gần nhất.",
                        "A reminder; results are scored by half-year. Counted from the last dialogue that counts.",
                    )}
            </p>
            <dl class="counts">
                <div>
                    <dt>{lang.of("Đã quá hạn", "Overdue")}</dt>
                    <dd>{figure(rolling.overdue, Only::Overdue)}</dd>
                </div>
                <div>
                    <dt>{lang.of("Đến hạn trong 30 ngày", "Due within 30 days")}</dt>
                    <dd>{figure(rolling.soon, Only::Soon)}</dd>
                </div>
                <div>
                    <dt>{lang.of("Chưa từng có đối thoại hợp lệ", "Never held one that counts")}</dt>
                    <dd>{figure(rolling.never, Only::Never)}</dd>
                </div>
            </dl>
            <div class="pair">{overdue} {soon}</div>
        </section>
    }
}

/// The first of a list, soonest first.
fn list(name: &'static str, rows: Vec<Row>, address: &Address) -> Option<AnyView> {
    let lang = address.lang;
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            view! {
                <li>
                    <a href=links::dialogues_of(address, &row.code, None)>{row.name.clone()}</a>
                    " "
                    <span>{next_words(row, lang)}</span>
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div>
                <h3>{name} {lang.of(", sớm nhất ở trên", ", soonest first")}</h3>
                <ol class="dates">{lines}</ol>
            </div>
        }
        .into_any()
    })
}
