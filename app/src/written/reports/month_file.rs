//! A month as one HTML file that opens without a network: figures, charts and tables; no file of a person is named.

use leptos::prelude::*;
use thuocdo::{
    brief::{Brief, Picture, Section, Tabled},
    charts::values::{Value, Values},
    lang::Lang,
};

/// The whole look: nothing is loaded.
const STYLE: &str = include_str!("../../../../style/month_file.css");

/// The file.
#[must_use]
pub fn month_file(brief: &Brief, frozen: Option<&str>) -> String {
    let lang = brief.lang;
    let invented = brief.is_invented.then(|| {
        view! { <p class="invented">{lang.of("Số liệu mô phỏng", "Invented data")}</p> }
    });
    let sections = |title: &'static str, sections: &[Section]| {
        let sections: Vec<_> = sections.iter().map(|of| section(of, lang)).collect();
        (!sections.is_empty()).then(|| view! { <h2>{title}</h2> {sections} })
    };
    let counts: Vec<_> = brief
        .annexes
        .iter()
        .map(|annex| {
            let files = annex.table.values.rows.len();
            let words = annex.note.clone().filter(|_| files == 0).unwrap_or_else(|| {
                let files = i64::try_from(files).unwrap_or(i64::MAX);
                lang.count(
                    files,
                    "hồ sơ; mã hồ sơ không ghi trong tệp này.",
                    "case file; codes are left out.",
                    "case files; codes are left out.",
                )
            });
            view! { <li>{format!("{}: {words}", annex.table.caption)}</li> }
        })
        .collect();
    view! {
        <!DOCTYPE html>
        <html lang=lang.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light" />
                <title>{brief.title.clone()}</title>
                <style inner_html=STYLE></style>
            </head>
            <body>
                <main>
                    {invented} <h1>{brief.title.clone()}</h1>
                    <p class="about">
                        {format!("{} · {} {}", brief.whom, lang.of("tính đến", "as of"), lang.date(brief.as_of))}
                        {frozen.map(|frozen| format!(" · {frozen}"))}
                    </p>
                    {brief.said.iter().map(|words| view! { <p>{words.clone()}</p> }).collect::<Vec<_>>()}
                    {table(&brief.targets, lang)}
                    {sections(lang.of("Chỉ tiêu không đạt hoặc có nguy cơ", "Targets missed or at risk"), &brief.off_track)}
                    {sections(lang.of("Các chỉ tiêu khác", "The other targets"), &brief.others)}
                    <h2>{lang.of("Việc còn làm được", "What can still be done")}</h2>
                    {table(&brief.rescue, lang)} <h2>{lang.of("Biểu đồ", "Charts")}</h2>
                    {brief.pictures.iter().map(|of| picture(of, lang)).collect::<Vec<_>>()}
                    <h2>{lang.of("Số liệu gốc", "Counts")}</h2> {table(&brief.figures, lang)} <ul>{counts}</ul>
                    <footer>
                        {brief.notes.iter().map(|note| view! { <p>{note.clone()}</p> }).collect::<Vec<_>>()}
                    </footer>
                </main>
            </body>
        </html>
    }
    .to_html()
}

fn section(section: &Section, lang: Lang) -> impl IntoView + use<> {
    let words = section.said.iter().chain(&section.promised).cloned();
    view! {
        <section>
            <h3>{section.heading.clone()}</h3>
            <ul>{words.map(|words| view! { <li>{words}</li> }).collect::<Vec<_>>()}</ul>
            {section.gap.as_ref().map(|gap| table(gap, lang))}
        </section>
    }
}

/// A drawing with its numbers below it, for those who read.
fn picture(picture: &Picture, lang: Lang) -> impl IntoView + use<> {
    view! {
        <figure>
            <div role="img" aria-label=picture.description.clone() inner_html=picture.svg.clone()></div>
            <details>
                <summary>{lang.of("Số liệu của hình", "Numbers of the figure")}</summary>
                {cells(&picture.values, lang, &picture.title)}
            </details>
        </figure>
    }
}

pub(super) fn table(tabled: &Tabled, lang: Lang) -> impl IntoView + use<> {
    cells(&tabled.values, lang, &tabled.caption)
}

fn cells(values: &Values, lang: Lang, caption: &str) -> impl IntoView + use<> {
    let row = |row: &Vec<Value>| {
        let cells: Vec<_> = row
            .iter()
            .enumerate()
            .map(|(column, value)| {
                let written = value.written(lang);
                match (column, value) {
                    (0, _) => view! { <th scope="row">{written}</th> }.into_any(),
                    (_, Value::Text(_) | Value::Day(_) | Value::Empty) => {
                        view! { <td>{written}</td> }.into_any()
                    }
                    _ => view! { <td class="num">{written}</td> }.into_any(),
                }
            })
            .collect();
        view! { <tr>{cells}</tr> }
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=caption.to_owned()>
            <table>
                <caption>{caption.to_owned()}</caption>
                <thead>
                    <tr>{values.head.iter().map(|head| view! { <th scope="col">{head.clone()}</th> }).collect::<Vec<_>>()}</tr>
                </thead>
                <tbody>{values.rows.iter().map(row).collect::<Vec<_>>()}</tbody>
            </table>
        </div>
    }
}
