//! How far an import is.

use leptos::prelude::*;
use thuocdo::{
    lang::Lang,
    upload::{Progress, Stage, Upload},
};

use super::{duration, stage_words};
use crate::components::tally::Tally;

/// The block that changes while an import runs.
#[must_use]
pub fn progress(upload: &Upload, lang: Lang) -> String {
    let now = match upload.stage {
        Stage::Running(progress) => progress,
        Stage::Waiting | Stage::Queued | Stage::Done(_) | Stage::Failed(_) => Progress::default(),
    };
    let label = lang.of("Phần tệp đã đọc", "How much of the file is read");
    // Without a known end the bar only says that something moves.
    let bar = match now.part() {
        Some(part) => view! {
            <progress max="10000" value=part.to_string() aria-label=label>
                {lang.percent(part)}
            </progress>
        }
        .into_any(),
        None => view! { <progress aria-label=label></progress> }.into_any(),
    };
    let waiting = now.is_waiting.then(|| {
        lang.of(
            "Một chương trình khác đang ghi vào cơ sở dữ liệu: sẽ nhập ngay khi xong.",
            "Another program is writing to the database: the import begins as soon as it has ended.",
        )
    });
    view! {
        <section class="panel" aria-label=stage_words(&upload.stage, lang)>
            {bar}
            <Tally class="tally" figures=figures(now, lang) />
            <p class="sub">{waiting}</p>
        </section>
    }
    .to_html()
}

fn figures(now: Progress, lang: Lang) -> Vec<(&'static str, String)> {
    let unknown = || "–".to_owned();
    vec![
        (lang.of("Dòng đã vào", "Rows in"), lang.number(now.rows)),
        (
            lang.of("Dòng mỗi giây", "Rows a second"),
            now.rows_a_second().map_or_else(unknown, |rows| lang.number(rows)),
        ),
        (
            lang.of("Còn khoảng", "Time left"),
            now.seconds_left().map_or_else(unknown, |left| duration(left, lang)),
        ),
        (lang.of("Để riêng", "Set aside"), lang.number(now.set_aside)),
        (lang.of("Cảnh báo", "Warnings"), lang.number(now.warnings)),
    ]
}
