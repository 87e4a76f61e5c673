//! What came of an import: the receipt, or why nothing is in.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    lang::Lang,
    upload::{Done, Often, Said, Upload},
};

use super::{Shown, duration, in_language, preview};
use crate::{components::tally::Tally, links};

/// The form that stops an import.
pub(super) fn stop(upload: &Upload, lang: Lang) -> AnyView {
    view! {
        <form class="form" method="post" action=links::upload_action(upload.id, "dung", lang)>
            <button type="submit">
                {lang.of("Dừng, không nhập dòng nào", "Stop, and import nothing of it")}
            </button>
        </form>
    }
    .into_any()
}

/// What went in.
pub(super) fn receipt(shown: &Shown, done: &Done, address: &Address) -> AnyView {
    let lang = address.lang;
    let figures = [
        (lang.of("Dòng đã vào", "Rows in"), done.rows_in),
        (lang.of("Mới", "New"), done.added),
        (lang.of("Thay đổi", "Changed"), done.changed),
        (lang.of("Như cũ", "As before"), done.unchanged),
        (lang.of("Để riêng", "Set aside"), done.set_aside),
        (lang.of("Cảnh báo", "Warnings"), done.warnings),
    ];
    let figures = figures.map(|(name, figure)| (name, lang.number(figure))).into();
    let dropped = (!done.dropped.is_empty()).then(|| {
        view! {
            <p class="sub">
                {lang.of("Cột không lấy: ", "Columns not taken: ")} {done.dropped.join(", ")} "."
            </p>
        }
    });
    let took = duration(done.milliseconds.div_ceil(1_000), lang);
    let batch = lang.number(done.batch_id);
    let title =
        lang.of(format!("Biên nhận: lần nhập số {batch}, {took}"), format!("Receipt: batch {batch}, {took}"));
    view! {
        <section class="panel" id="bien-nhan">
            <h2>{title}</h2>
            <Tally class="tally" figures=figures />
            {dropped}
            <p>
                <a href=links::page(links::OVERVIEW, &address.bare())>
                    {lang.of("Xem các chỉ tiêu", "See the targets")}
                </a>
                " · "
                <a href=links::undo(address, done.batch_id)>{lang.of("Hoàn tác lần nhập này", "Undo this import")}</a>
            </p>
            {notes(shown, lang)}
            {preview::discard(shown.upload.id, lang.of("Bỏ khỏi danh sách", "Take it off the list"), lang)}
        </section>
    }
    .into_any()
}

/// Why nothing is in.
pub(super) fn failed(shown: &Shown, why: &Said, address: &Address) -> AnyView {
    let lang = address.lang;
    view! {
        <section class="panel" id="loi">
            <h2>{lang.of("Vì sao chưa nhập được", "Why it is not in")}</h2>
            <p class="status missed">
                <span aria-hidden="true">"■ "</span>
                {in_language(why, lang)}
            </p>
            {notes(shown, lang)}
        </section>
    }
    .into_any()
}

/// What was said of rows: each thing once, with how often; all of it as a file, the rows set aside as another.
fn notes(shown: &Shown, lang: Lang) -> AnyView {
    let id = shown.upload.id;
    let file = |name: &str, words: &'static str| {
        let href = format!("{}/tep/{id}/{name}.csv", links::DATA);
        view! {
            <li>
                <a href=href download="">
                    {words}
                </a>
            </li>
        }
    };
    let fetch_aside = lang.of(
        "Tải các dòng để riêng, sửa rồi nộp lại",
        "Download the rows set aside, correct them, hand them in again",
    );
    let fetch_all = lang.of("Tải mọi vấn đề và cảnh báo", "Download every problem and warning");
    let aside = shown.has_set_aside.then(|| file("de-rieng", fetch_aside));
    let all = shown.has_notes.then(|| file("van-de", fetch_all));
    let said: Vec<_> = shown.upload.said.iter().map(|often| often_said(often, lang)).collect();
    let list = (!said.is_empty()).then(|| {
        view! {
            <h3>{lang.of("Vấn đề, nhiều nhất ở trên, với dòng đầu tiên gặp", "Problems, the most frequent first, each where it was first met")}</h3>
            <ul class="notes">{said}</ul>
        }
    });
    view! {
        <ul class="downloads">{aside} {all}</ul>
        {list}
    }
    .into_any()
}

fn often_said(often: &Often, lang: Lang) -> AnyView {
    let Often { times, first } = often;
    let (class, shape) = if first.is_hard { ("missed", "■ ") } else { ("at_risk", "▲ ") };
    view! {
        <li>
            <span class=format!("status {class}")>
                <span aria-hidden="true">{shape}</span>
                {lang.count(*times, "lần", "time", "times")}
            </span>
            <span>{in_language(&first.said, lang)}</span>
        </li>
    }
    .into_any()
}
