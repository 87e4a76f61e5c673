//! The wall board: the targets one after the other in large letters, with the day of their data. It turns by itself without
//! scripts, and stops when told to.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    lang::Lang,
    overview::{Card, Overview},
};

use super::meeting::TURN;
use crate::{components::status::StatusMark, links, pages::Frame, written::document_with};

/// The board; `n` is its page, `stop` keeps it.
pub const BOARD: &str = "/bao-cao/bang-treo";
/// Seconds of a page.
const SECONDS: u32 = 20;

/// A page of the board, from one.
#[must_use]
pub fn board(
    (frame, overview): (&Frame, &Overview),
    address: &Address,
    (page, is_stopped): (usize, bool),
    output_name: &str,
) -> String {
    let lang = address.lang;
    let pages = overview.cards.len().max(1);
    let page = (page.max(1) - 1) % pages + 1;
    let query = Address { lang, period: address.period, ..Address::default() }.query();
    let joint = if query.is_empty() { "?" } else { "&" };
    let to = |n: usize, stop: bool| {
        let stop = if stop { "&stop=1" } else { "" };
        format!("{BOARD}{query}{joint}n={n}{stop}")
    };
    let next = page % pages + 1;
    let refresh = (!is_stopped).then(
        || view! { <meta http-equiv="refresh" content=format!("{SECONDS};url={}", to(next, false)) /> },
    );
    let shown = overview.cards.get(page - 1).map(|card| card_view(card, lang));
    let invented = frame.is_invented.then(|| {
        view! { <p class="invented">{lang.of("Số liệu mô phỏng", "Invented data")}</p> }
    });
    let days = [
        (lang.of("hồ sơ", "case files"), frame.case_files_until),
        (lang.of("phản ánh, kiến nghị", "petitions"), frame.petitions_until),
        (lang.of("đối thoại", "dialogues"), frame.dialogues_until),
    ];
    let days: Vec<String> =
        days.into_iter().filter_map(|(name, day)| Some(format!("{name} {}", lang.date(day?)))).collect();
    let turned = if is_stopped {
        view! { <a href=to(page, false)>{lang.of("Tự chuyển trang", "Turn by itself")}</a> }
    } else {
        view! { <a href=to(page, true)>{lang.of("Dừng lại ở trang này", "Stay on this page")}</a> }
    };
    let body = view! {
        <div class="board">
            {invented} {shown} <footer>
                <p>{format!("{} · {}: {}", frame.window, lang.of("số liệu đến", "data until"), days.join("; "))}</p>
                <nav class="turn" aria-label=lang.of("Các trang của bảng", "Pages of the board")>
                    <a rel="prev" href=to(if page == 1 { pages } else { page - 1 }, is_stopped)>
                        {lang.of("← Trước", "← Back")}
                    </a>
                    <span>{format!("{page} / {pages}")}</span>
                    <a rel="next" href=to(next, is_stopped)>
                        {lang.of("Sau →", "Next →")}
                    </a>
                    {turned}
                    <a href=links::page(links::REPORTS, &Address { lang, ..Address::default() })>
                        {lang.of("Báo cáo", "Reports")}
                    </a>
                </nav>
            </footer>
        </div>
    };
    let title = lang.of("Bảng treo tường", "Wall board");
    document_with(title, view! { {refresh} <script src=TURN defer></script> }, body, output_name, lang)
}

fn card_view(card: &Card, lang: Lang) -> impl IntoView + use<> {
    let figure = match &card.value {
        Some(value) => view! {
            <b>{value.clone()}</b>
            <span>{card.unit.clone()}</span>
        }
        .into_any(),
        None => view! { <b>"—"</b> }.into_any(),
    };
    let next: Vec<_> = card.next.iter().map(|remark| view! { <li>{remark.said.clone()}</li> }).collect();
    view! {
        <h1>{card.indicator.label(lang)}</h1>
        <p class="board-figure">{figure}</p>
        <StatusMark status=card.standing.status lang remark=card.gap.clone() />
        <p>{format!("{} · {}", card.target, card.detail)}</p>
        <ul>{next}</ul>
    }
}
