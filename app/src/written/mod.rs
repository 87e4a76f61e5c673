//! Pages that the server alone writes: forms and tables, for which the browser needs no code of its own.

pub mod data;
pub mod downloads;
pub mod making;
pub mod people;
pub mod reports;

use leptos::prelude::*;
use thuocdo::{address::Address, lang::Lang};

use crate::{links, shell::fonts};

/// The whole document that says why a form was not carried out, and leads back to its page.
#[must_use]
pub fn refusal(why: &str, (page, vi, en): Back, output_name: &str, lang: Lang) -> String {
    let title = lang.of("Chưa làm được", "Not done");
    let back = links::page(page, &Address { lang, ..Address::default() });
    let body = view! {
        <div class="lead">
            <h1>{title}</h1>
            <p role="alert">{why.to_owned()}</p>
            <p>
                <a href=back>{lang.of(vi, en)}</a>
            </p>
        </div>
    };
    document(title, body, output_name, lang)
}

/// A page and the words of the way back to it.
pub type Back = (&'static str, &'static str, &'static str);

/// Back to the overview.
pub const TO_OVERVIEW: Back = (links::OVERVIEW, "Về tổng quan", "To the overview");
/// Back to the page on data.
pub const TO_DATA: Back = (links::DATA, "Về trang Dữ liệu", "Back to the page on data");
/// Back to the page on reports.
pub const TO_REPORTS: Back = (links::REPORTS, "Về trang Báo cáo", "Back to the page on reports");

/// A text between the tags of a `textarea`: Leptos writes what stands there as it is, tags and all.
fn typed(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A document without the masthead: the answer to a form.
fn document(title: &str, body: impl IntoView, output_name: &str, lang: Lang) -> String {
    document_with(title, (), body, output_name, lang)
}

/// The same with more in its head.
fn document_with(
    title: &str,
    head: impl IntoView,
    body: impl IntoView,
    output_name: &str,
    lang: Lang,
) -> String {
    whole(title, head, (), body, output_name, lang)
}

/// A whole document: with more in its head, and with what stands above its body.
fn whole(
    title: &str,
    head: impl IntoView,
    above: impl IntoView,
    body: impl IntoView,
    output_name: &str,
    lang: Lang,
) -> String {
    view! {
        <!DOCTYPE html>
        <html lang=lang.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{title} · Thước Đo")}</title>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                {fonts()}
                <link rel="stylesheet" href=format!("/pkg/{output_name}.css") />
                {head}
            </head>
            <body>
                {above}
                <main id="main" tabindex="-1">
                    {body}
                </main>
            </body>
        </html>
    }
    .to_html()
}

/// Words as a sentence begins: with a capital.
#[must_use]
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
