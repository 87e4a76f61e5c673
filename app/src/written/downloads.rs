//! The files a figure can be had as: a menu that opens without scripts.

use leptos::prelude::*;
use thuocdo::{address::Address, lang::Lang};

use crate::links::{self, ChartName};

/// A form, what more is said of it, and its words in Vietnamese and English.
const FORMS: [(&str, &str, &str, &str); 11] = [
    ("png", "", "PNG", "PNG"),
    ("png", "size=word&scale=4", "PNG cho Word", "PNG for Word"),
    ("png", "size=slide&scale=2", "PNG cho trang chiếu", "PNG for a slide"),
    ("png", "scale=1", "PNG nhỏ", "small PNG"),
    ("png", "scale=4", "PNG lớn", "large PNG"),
    ("svg", "", "SVG", "SVG"),
    ("pdf", "", "PDF", "PDF"),
    ("xlsx", "", "Excel", "Excel"),
    ("csv", "", "CSV", "CSV"),
    ("csv", "separator=semicolon", "CSV dấu ;", "CSV with ;"),
    ("json", "", "JSON", "JSON"),
];

/// The menu of a figure.
#[must_use]
pub fn menu(name: ChartName, title: &str, address: &Address) -> String {
    let lang = address.lang;
    let label = |words: &str| match lang {
        Lang::Vi => format!("Tải {words}: {title}"),
        Lang::En => format!("Download {words}: {title}"),
    };
    let links: Vec<_> = FORMS
        .into_iter()
        .map(|(form, more, vi, en)| {
            let words = lang.of(vi, en);
            let href = links::chart(name, form, more, address);
            view! {
                <li>
                    <a
                        href=href
                        rel="external"
                        download=format!("{}.{form}", name.as_str())
                        aria-label=label(words)
                    >
                        {words}
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <details>
            <summary>{lang.of("Tải về", "Download")} <span class="vh">{format!(": {title}")}</span></summary>
            <ul>{links}</ul>
        </details>
    }
    .to_html()
}
