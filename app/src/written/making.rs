//! Files that take long to make: how far each is, and where to fetch it. Looks again by itself, without scripts.

use leptos::prelude::*;
use thuocdo::{access::Actor, address::Address, lang::Lang};

use super::people::document_with;
use crate::{components::table::Table, links};

/// Where the files are watched.
const MAKING: &str = "/dang-lam";
/// Seconds after which a page looks again.
const AGAIN: &str = "2";

/// A file that takes long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is watched under.
    pub token: String,
    /// Its name.
    pub name: String,
    /// How long it has been worked on, or was.
    pub seconds: i64,
    /// Rows written, of how many.
    pub rows: Option<(i64, i64)>,
    /// Whether it can be fetched.
    pub is_ready: bool,
}

/// The page of all files of one who asks.
#[must_use]
pub fn all_address(lang: Lang) -> String {
    address("", lang)
}

fn address(more: &str, lang: Lang) -> String {
    let lang = if lang == Lang::default() { "" } else { "?lang=en" };
    format!("{MAKING}{more}{lang}")
}

impl File {
    fn page(&self, lang: Lang) -> String {
        address(&format!("/{}", self.token), lang)
    }

    fn file(&self, lang: Lang) -> String {
        address(&format!("/{}/tep", self.token), lang)
    }

    /// How far it is, in words.
    fn words(&self, lang: Lang) -> String {
        let Self { seconds, rows, is_ready, .. } = self;
        match (is_ready, rows) {
            (true, _) => match lang {
                Lang::Vi => format!("đã làm xong sau {seconds} giây; giữ một giờ"),
                Lang::En => format!("made in {seconds} s; kept for an hour"),
            },
            (false, None) => match lang {
                Lang::Vi => format!("đang tính hoặc chờ lượt, {seconds} giây"),
                Lang::En => format!("being counted or waiting for its turn, {seconds} s"),
            },
            (false, Some((done, all))) if done == all => match lang {
                Lang::Vi => format!("đủ {} dòng; đang đóng tệp", lang.number(*all)),
                Lang::En => format!("all {} rows; the file is being closed", lang.number(*all)),
            },
            (false, Some((done, all))) => {
                let (done_words, all_words) = (lang.number(*done), lang.number(*all));
                let left = (*done > 0).then(|| (all - done) * seconds / done);
                let left = left.map(|left| match lang {
                    Lang::Vi => format!("; còn khoảng {} giây", left.max(1)),
                    Lang::En => format!("; about {} s left", left.max(1)),
                });
                let left = left.unwrap_or_default();
                match lang {
                    Lang::Vi => format!("{done_words} / {all_words} dòng{left}"),
                    Lang::En => format!("{done_words} of {all_words} rows{left}"),
                }
            }
        }
    }
}

/// The page of one file; without one, of a file that is no longer there.
#[must_use]
pub fn one(file: Option<&File>, actor: &Actor, lang: Lang, output_name: &str) -> String {
    let Some(file) = file else {
        let title = lang.of("Không còn tệp này", "This file is no longer here");
        let why = lang.of(
            "Tệp được giữ một giờ và chỉ cho người đã yêu cầu: hãy tải lại từ trang ban đầu.",
            "A file is kept for an hour, and for the person who asked for it alone: ask for it anew on its page.",
        );
        let body = view! {
            <div class="lead">
                <h1>{title}</h1>
                <p role="alert">{why}</p>
                {back(lang)}
            </div>
        };
        return document_with(title, (), Some(actor), body, output_name, lang);
    };
    let title = if file.is_ready {
        lang.of("Tệp đã sẵn sàng", "The file is ready")
    } else {
        lang.of("Đang làm tệp", "The file is being made")
    };
    // A ready file comes by itself; until then the page looks again.
    let refresh = if file.is_ready { format!("0; url={}", file.file(lang)) } else { AGAIN.to_owned() };
    let head = view! { <meta http-equiv="refresh" content=refresh /> };
    let words = file.words(lang);
    let state = if file.is_ready {
        view! {
            <p class="elsewhere">
                <a href=file.file(lang)>{format!("{} {}", lang.of("Tải", "Download"), file.name)}</a>
            </p>
        }
        .into_any()
    } else {
        let part = file.rows.map(|(done, all)| (done * 10_000 / all).to_string());
        let label = title;
        let bar = match part {
            Some(part) => view! { <progress max="10000" value=part aria-label=label></progress> }.into_any(),
            None => view! { <progress aria-label=label></progress> }.into_any(),
        };
        view! {
            <div class="moving">{bar}</div>
            <p class="sub">
                {lang.of(
                    "Có thể rời trang này: tệp vẫn được làm tiếp, và giữ một giờ ở đúng địa chỉ này.",
                    "You may leave this page: the file goes on being made, and is kept for an hour at this address.",
                )}
            </p>
            <form class="form" method="post" action=address(&format!("/{}/dung", file.token), lang)>
                <button type="submit">{lang.of("Dừng", "Stop")}</button>
            </form>
        }
        .into_any()
    };
    let body = view! {
        <div class="lead">
            <h1>{title}</h1>
            <p>
                <b>{file.name.clone()}</b>
                ": "
                <span role="status">{words}</span>
            </p>
        </div>
        {state}
        {back(lang)}
    };
    document_with(title, head, Some(actor), body, output_name, lang)
}

/// The page of all files of one who asks.
#[must_use]
pub fn all(files: &[File], actor: &Actor, lang: Lang, output_name: &str) -> String {
    let title = lang.of("Tệp đang làm và đã làm", "Files being made and made");
    let moving = files.iter().any(|file| !file.is_ready);
    let head = moving.then(|| view! { <meta http-equiv="refresh" content=AGAIN /> });
    let rows: Vec<_> = files
        .iter()
        .map(|file| {
            let (to, sign) = if file.is_ready { (file.file(lang), "●") } else { (file.page(lang), "◇") };
            view! {
                <tr>
                    <th scope="row">
                        <a href=to>{file.name.clone()}</a>
                    </th>
                    <td>{format!("{sign} {}", file.words(lang))}</td>
                </tr>
            }
        })
        .collect();
    let table = if rows.is_empty() {
        let none = lang.of(
            "Không có tệp nào. Tệp làm lâu hơn một giây hiện ở đây trong một giờ.",
            "None. A file that takes longer than a second stands here for an hour.",
        );
        view! { <p>{none}</p> }.into_any()
    } else {
        let heads = [lang.of("Tệp", "File"), lang.of("Tình trạng", "State")];
        view! {
            <Table label=title class="people" heads=heads>
                {rows}
            </Table>
        }
        .into_any()
    };
    let body = view! {
        <div class="lead">
            <h1>{title}</h1>
        </div>
        {table}
        <p>{to_reports(lang)}</p>
    };
    document_with(title, head, Some(actor), body, output_name, lang)
}

fn back(lang: Lang) -> impl IntoView {
    view! {
        <p>
            {to_reports(lang)} " · "
            <a href=all_address(lang)>{lang.of("Mọi tệp đang làm", "All files being made")}</a>
        </p>
    }
}

fn to_reports(lang: Lang) -> impl IntoView {
    let address = Address { lang, ..Address::default() };
    view! { <a href=links::page(links::REPORTS, &address)>{lang.of("Về trang Báo cáo", "Back to the page on reports")}</a> }
}
