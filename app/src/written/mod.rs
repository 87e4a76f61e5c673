//! Pages that the server alone writes: forms and tables, for which the browser needs no code of its own.

pub mod data;

use leptos::prelude::*;
use thuocdo::lang::Lang;

use crate::links;

/// The whole document that says why a form was not carried out, and leads back.
#[must_use]
pub fn refusal(why: &str, output_name: &str, lang: Lang) -> String {
    let title = lang.of("Chưa làm được", "Not done");
    let back = links::page(links::DATA, &thuocdo::address::Address { lang, ..Default::default() });
    view! {
        <!DOCTYPE html>
        <html lang=lang.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{title} · Thước Đo")}</title>
                <link rel="stylesheet" href=format!("/pkg/{output_name}.css") />
            </head>
            <body>
                <main id="main">
                    <div class="lead">
                        <h1>{title}</h1>
                        <p>{why.to_owned()}</p>
                        <p>
                            <a href=back>{lang.of("Về trang Dữ liệu", "Back to the page on data")}</a>
                        </p>
                    </div>
                </main>
            </body>
        </html>
    }
    .to_html()
}
