//! Where a file is handed in, and the files that were.

use intake::Kind;
use leptos::prelude::*;
use thuocdo::{
    address::Address,
    lang::Lang,
    upload::{Stage, Upload},
};

use super::{Desktop, kind_label, size, stage_words};
use crate::links;

/// The form: a file is dropped on it or chosen.
pub(super) fn form(desktop: &Desktop, lang: Lang) -> AnyView {
    let templates: Vec<_> = Kind::ALL
        .into_iter()
        .map(|kind| {
            view! {
                <li>
                    <a href=format!("{}/mau/{kind}.csv", links::DATA) download="">
                        {kind.label(lang)}
                    </a>
                </li>
            }
        })
        .collect();
    let warning = desktop.is_invented.then(|| {
        view! {
            <p class="status at_risk">
                <span aria-hidden="true">"▲ "</span>
                {lang.of(
                    "Cơ sở dữ liệu này có số liệu mô phỏng: để dùng số thật, chạy «thuocdo serve» không kèm --demo.",
                    "This database holds invented data: for real figures run “thuocdo serve” without --demo.",
                )}
            </p>
        }
    });
    view! {
        <section class="panel" id="nop-tep">
            <h2>{lang.of("Nộp tệp", "Hand in a file")}</h2>
            <p class="sub">
                {lang.of(
                    "CSV hoặc XLSX, dòng tiêu đề tiếng Việt hoặc tiếng Anh, thứ tự cột tuỳ ý. Chưa nhập gì: trang sau cho xem tệp được hiểu thế nào.",
                    "CSV or XLSX, headers in Vietnamese or English, columns in any order. Nothing is imported yet: the next page shows how the file is understood.",
                )}
            </p>
            {warning}
            <form
                class="form"
                method="post"
                enctype="multipart/form-data"
                action=links::page(&format!("{}/tep", links::DATA), &Address { lang, ..Address::default() })
            >
                <label class="drop">
                    <span>{lang.of("Thả tệp vào đây hoặc chọn tệp", "Drop a file here or choose one")}</span>
                    <input type="file" name="file" required accept=".csv,.tsv,.txt,.xlsx" />
                </label>
                <button type="submit">{lang.of("Xem thử", "Look at it")}</button>
            </form>
            <details>
                <summary>{lang.of("Tệp mẫu cho từng loại dữ liệu", "An empty file for each kind of data")}</summary>
                <ul class="downloads">{templates}</ul>
            </details>
        </section>
    }
    .into_any()
}

/// The files at the desk.
pub(super) fn uploads(uploads: &[Upload], address: &Address) -> Option<AnyView> {
    let lang = address.lang;
    if uploads.is_empty() {
        return None;
    }
    let rows: Vec<_> = uploads
        .iter()
        .map(|upload| {
            let kind = upload.reading.as_ref().map(|reading| kind_label(&reading.kind, lang));
            view! {
                <li>
                    <a href=links::upload(address, upload.id)>{upload.name.clone()}</a>
                    <small>
                        {kind.map(|kind| format!("{kind} · "))} {size(upload.bytes, lang)} " · "
                        {lang.date(upload.received_on)} " · "
                        {shape(&upload.stage)} " " {stage_words(&upload.stage, lang)}
                    </small>
                </li>
            }
        })
        .collect();
    Some(
        view! {
            <section class="panel" id="tep">
                <h2>{lang.of("Tệp đã nộp", "Files handed in")}</h2>
                <ul class="found">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn shape(stage: &Stage) -> &'static str {
    match stage {
        Stage::Waiting => "○",
        Stage::Queued | Stage::Running(_) => "◇",
        Stage::Done(_) => "●",
        Stage::Failed(_) => "■",
    }
}
