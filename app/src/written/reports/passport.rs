//! The form that takes a downloaded file back, and what is said of it.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    brief::Brief,
    charts::{
        svg,
        values::{Moved, Value},
    },
    lang::Lang,
};

use super::{BRIEF, of_month};
use crate::{
    context::{Charted, Tabulated},
    links,
    written::document,
};

/// The width for which the figure of a file is drawn.
const WIDTH: u16 = 850;

/// Where a downloaded file is handed back.
pub const PASSPORT: &str = "/bao-cao/ho-chieu";

/// The form.
pub(super) fn section(lang: Lang) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="ho-chieu">
            <h2 id="ho-chieu">
                {lang.of("Hình đã tải còn đúng không?", "Does a downloaded figure still hold?")}
            </h2>
            <p class="sub">
                {lang
                    .of(
                        "Tệp PNG, SVG, PDF, Excel tải từ đây mang theo hộ chiếu: địa chỉ của hình, định nghĩa và số liệu lúc tải. \
                         Thả tệp vào ô dưới để mở lại đúng hình đó và xem số nào đã khác.",
                        "A PNG, SVG, PDF or Excel file downloaded from here carries a passport: the figure's address, the definitions and the numbers of that moment. \
                         Drop the file below to open the same figure again and see which numbers are others now.",
                    )}
            </p>
            <form class="form" method="post" enctype="multipart/form-data" action=action(lang)>
                <label class="drop">
                    <span>{lang.of("Thả tệp PNG, SVG, PDF hoặc XLSX vào đây hoặc chọn tệp", "Drop a PNG, SVG, PDF or XLSX file here or choose one")}</span>
                    <input type="file" name="file" required accept=".png,.svg,.pdf,.xlsx" />
                </label>
                <button type="submit">{lang.of("Kiểm tra", "Check")}</button>
            </form>
        </section>
    }
}

fn action(lang: Lang) -> String {
    format!("{PASSPORT}{}", Address { lang, ..Address::default() }.query())
}

/// The whole document on a file: the figure as it is now, and which of its numbers are others.
#[must_use]
pub fn checked(
    charted: &Charted,
    moved: &[Moved],
    has_other_definitions: bool,
    output_name: &str,
    lang: Lang,
) -> String {
    let chart = &charted.chart;
    let drawing = svg(chart, chart.fit(WIDTH));
    let body = view! {
        <div class="lead">
            <h1>{verdict(moved, lang)}</h1>
            {definitions(has_other_definitions, lang)}
            <p>
                <a href=charted.view.clone()>{lang.of("Mở đúng hình này trên trang", "Open this figure on its page")}</a>
            </p>
        </div>
        {table(moved, lang)}
        <figure class="chart">
            <figcaption>
                <h2>{chart.title.clone()}</h2>
                <p class="sub">{chart.subtitle.clone()}</p>
            </figcaption>
            <div class="drawing" inner_html=drawing></div>
            <div class="under">{chart.source.clone()}</div>
        </figure>
        <p>
            <a href=links::page(links::REPORTS, &Address { lang, ..Address::default() })>
                {lang.of("Về trang Báo cáo", "Back to the page on reports")}
            </a>
        </p>
    };
    document(lang.of("Kiểm tra hình đã tải", "A downloaded figure, checked"), body, output_name, lang)
}

/// The whole document on a brief that was handed back: which of its numbers are others.
#[must_use]
pub fn checked_brief(
    brief: &Brief,
    moved: &[Moved],
    has_other_definitions: bool,
    output_name: &str,
) -> String {
    let lang = brief.lang;
    let href = of_month(&format!("{BRIEF}.pdf"), brief.month, &Address { lang, ..Address::default() });
    let words = lang.of("Báo cáo tháng này bây giờ (PDF)", "The brief of this month now (PDF)");
    checked_numbers(&brief.title, (&href, words), moved, has_other_definitions, (output_name, lang))
}

/// The whole document on a table that was handed back.
#[must_use]
pub fn checked_table(
    tabulated: &Tabulated,
    moved: &[Moved],
    has_other_definitions: bool,
    output_name: &str,
) -> String {
    let sheet = &tabulated.sheet;
    let words = sheet.lang.of("Mở bảng này trên trang", "Open this table on its page");
    let link = (tabulated.view.as_str(), words);
    checked_numbers(&sheet.title, link, moved, has_other_definitions, (output_name, sheet.lang))
}

fn checked_numbers(
    title: &str,
    (href, words): (&str, &str),
    moved: &[Moved],
    has_other_definitions: bool,
    (output_name, lang): (&str, Lang),
) -> String {
    let address = Address { lang, ..Address::default() };
    let body = view! {
        <div class="lead">
            <h1>{verdict(moved, lang)}</h1>
            {definitions(has_other_definitions, lang)}
            <p>{format!("{title}. ")} <a href=href.to_owned()>{words.to_owned()}</a></p>
        </div>
        {table(moved, lang)}
        <p>
            <a href=links::page(links::REPORTS, &address)>{lang.of("Về trang Báo cáo", "Back to the page on reports")}</a>
        </p>
    };
    document(lang.of("Kiểm tra tệp đã tải", "A downloaded file, checked"), body, output_name, lang)
}

fn verdict(moved: &[Moved], lang: Lang) -> String {
    let count = lang.number(i64::try_from(moved.len()).unwrap_or(i64::MAX));
    match (moved.is_empty(), lang) {
        (true, Lang::Vi) => "Số liệu không đổi từ khi tải tệp.".to_owned(),
        (true, Lang::En) => "The numbers are the same as when the file was downloaded.".to_owned(),
        (false, Lang::Vi) => format!("{count} số đã khác từ khi tải tệp: hãy dùng bản mới."),
        (false, Lang::En) => {
            format!("{count} of the numbers are others since the file was downloaded: use the new one.")
        }
    }
}

fn definitions(has_other_definitions: bool, lang: Lang) -> Option<impl IntoView + use<>> {
    has_other_definitions.then(|| {
        let words = lang.of(
            "Tệp theo một phiên bản định nghĩa khác với định nghĩa đang dùng.",
            "The file follows another edition of the definitions than the one in force.",
        );
        view! { <p>{words}</p> }
    })
}

/// Every number that is another, with what it was.
pub(super) fn table(moved: &[Moved], lang: Lang) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = moved
        .iter()
        .map(|Moved { row, column, was, is }| {
            let written = |value: &Value| match value.written(lang) {
                empty if empty.is_empty() => "—".to_owned(),
                written => written,
            };
            view! {
                <tr>
                    <th scope="row">{row.clone()}</th>
                    <td>{column.clone()}</td>
                    <td>{written(was)}</td>
                    <td>{written(is)}</td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=lang.of("Các số đã khác", "Numbers that are others")>
                <table class="numbers">
                    <thead>
                        <tr>
                            <th scope="col">{lang.of("Dòng", "Row")}</th>
                            <th scope="col">{lang.of("Cột", "Column")}</th>
                            <th scope="col">{lang.of("Trong tệp", "In the file")}</th>
                            <th scope="col">{lang.of("Bây giờ", "Now")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}
