//! The proof that a list has as many rows as the figure that opened it says, and the way to close it.

use leptos::prelude::*;
use thuocdo::lang::Lang;

/// One line over a list. `closed` is the page without it.
#[component]
pub fn Proof(total: i64, said: i64, closed: String, lang: Lang) -> impl IntoView {
    let (rows, figure) = (lang.number(total), lang.number(said));
    let proof = match (lang, total == said) {
        (Lang::Vi, true) => format!("Danh sách có {rows} dòng, khớp với con số trong bảng."),
        (Lang::En, true) => {
            format!("The list has {}, as many as the figure says.", lang.count(total, "", "row", "rows"))
        }
        (Lang::Vi, false) => format!(
            "Danh sách có {rows} dòng, con số trong bảng là {figure}: hãy báo cho người quản trị chạy «thuocdo verify»."
        ),
        (Lang::En, false) => format!(
            "The list has {rows} rows, the figure says {figure}: ask the administrator to run “thuocdo verify”."
        ),
    };
    view! {
        <p class="sub proof">
            {proof} " " <a href=closed>{lang.of("Đóng danh sách", "Close the list")}</a>
        </p>
    }
}
