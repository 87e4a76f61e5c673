//! The page on reports, and what is said of a file that was handed back.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    charts::{svg, values::Moved},
    indicator::Question,
    lang::Lang,
    period::{Cycle, Period, Unit},
};

use super::document;
use crate::{context::Charted, links};

/// The width for which the figure of a file is drawn.
const WIDTH: u16 = 850;

/// Form II.06a as a workbook.
pub const FORM_06A: &str = "/bao-cao/ii-06a.xlsx";
/// Where a downloaded file is handed back.
pub const PASSPORT: &str = "/bao-cao/ho-chieu";

/// The page.
#[must_use]
pub fn page(address: &Address, question: &Question) -> String {
    let lang = address.lang;
    let forms: Vec<_> = periods(question)
        .into_iter()
        .map(|period| {
            let form = |by: &str, words: &'static str| {
                let of =
                    Address { period: Some(period), as_of: None, cycle: Cycle::Calendar, ..address.bare() };
                let href = format!("{FORM_06A}{}&by={by}", of.query());
                let label = format!("II.06a {words}, {}", period.label(lang));
                view! {
                    <a href=href rel="external" aria-label=label>
                        {words}
                    </a>
                }
            };
            let (from, to) = (period.from(Cycle::Reporting), period.to(Cycle::Reporting));
            view! {
                <tr>
                    <th scope="row">{period.label(lang)}</th>
                    <td>{format!("{}–{}", lang.date(from), lang.date(to))}</td>
                    <td>{form("field", lang.of("theo lĩnh vực", "by field"))}</td>
                    <td>{form("unit", lang.of("theo đơn vị", "by agency"))}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="lead">
            <h1>{lang.of("Báo cáo", "Reports")}</h1>
            <p>
                {lang
                    .of(
                        "Dưới mỗi hình trên các trang có mục «Tải về»: PNG cho Word và trang chiếu, SVG, Excel, CSV, JSON.",
                        "Below each figure of the pages there is “Download”: PNG for Word and for slides, SVG, Excel, CSV, JSON.",
                    )}
            </p>
        </div>
        <section class="panel" aria-labelledby="bieu-mau">
            <h2 id="bieu-mau">{lang.of("Biểu II.06a/VPCP/KSTT", "Form II.06a/VPCP/KSTT")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Tình hình, kết quả giải quyết thủ tục hành chính, chốt từ ngày 15 đến ngày 14; tệp Excel theo đúng mẫu 13 cột, có dòng kiểm tra (3) = (7) + (11).",
                        "Case files received and resolved, from the 15th to the 14th; an Excel file in the form's 13 columns, with the check (3) = (7) + (11).",
                    )}
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label=lang.of("Biểu II.06a theo kỳ", "Form II.06a by period")>
                <table class="numbers">
                    <thead>
                        <tr>
                            <th scope="col">{lang.of("Kỳ báo cáo", "Period")}</th>
                            <th scope="col">{lang.of("Từ ngày – đến ngày", "From – to")}</th>
                            <th scope="col" colspan="2">
                                {lang.of("Tải Excel", "Excel")}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{forms}</tbody>
                </table>
            </div>
        </section>
        <section class="panel" aria-labelledby="ho-chieu">
            <h2 id="ho-chieu">
                {lang.of("Hình đã tải còn đúng không?", "Does a downloaded figure still hold?")}
            </h2>
            <p class="sub">
                {lang
                    .of(
                        "Tệp PNG, SVG, Excel tải từ đây mang theo hộ chiếu: địa chỉ của hình, định nghĩa và số liệu lúc tải. \
                         Thả tệp vào ô dưới để mở lại đúng hình đó và xem số nào đã khác.",
                        "A PNG, SVG or Excel file downloaded from here carries a passport: the figure's address, the definitions and the numbers of that moment. \
                         Drop the file below to open the same figure again and see which numbers are others now.",
                    )}
            </p>
            <form class="form" method="post" enctype="multipart/form-data" action=action(lang)>
                <label class="drop">
                    <span>{lang.of("Thả tệp PNG, SVG hoặc XLSX vào đây hoặc chọn tệp", "Drop a PNG, SVG or XLSX file here or choose one")}</span>
                    <input type="file" name="file" required accept=".png,.svg,.xlsx" />
                </label>
                <button type="submit">{lang.of("Kiểm tra", "Check")}</button>
            </form>
        </section>
    }
    .to_html()
}

/// The year of the question and its quarters that have begun by the form's cycle.
fn periods(question: &Question) -> Vec<Period> {
    let year = Period::containing(question.as_of, Unit::Year, Cycle::Calendar);
    let year = question
        .period
        .map_or(year, |period| Period::containing(period.to(Cycle::Calendar), Unit::Year, Cycle::Calendar));
    let has_begun = |period: &Period| period.from(Cycle::Reporting) <= question.as_of;
    year.split(Unit::Quarter).chain([year]).filter(has_begun).collect()
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
    let count = lang.number(i64::try_from(moved.len()).unwrap_or(i64::MAX));
    let verdict = match (moved.is_empty(), lang) {
        (true, Lang::Vi) => "Số liệu không đổi từ khi tải tệp.".to_owned(),
        (true, Lang::En) => "The numbers are the same as when the file was downloaded.".to_owned(),
        (false, Lang::Vi) => format!("{count} số đã khác từ khi tải tệp: dùng hình mới ở dưới."),
        (false, Lang::En) => {
            format!("{count} of the numbers are others since the file was downloaded: use the figure below.")
        }
    };
    let definitions = has_other_definitions.then(|| {
        let words = lang.of(
            "Tệp theo một phiên bản định nghĩa khác với định nghĩa đang dùng.",
            "The file follows another edition of the definitions than the one in force.",
        );
        view! { <p>{words}</p> }
    });
    let chart = &charted.chart;
    let drawing = svg(chart, chart.fit(WIDTH));
    let body = view! {
        <div class="lead">
            <h1>{verdict}</h1>
            {definitions}
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

/// Every number that is another, with what it was.
fn table(moved: &[Moved], lang: Lang) -> Option<impl IntoView> {
    let rows: Vec<_> = moved
        .iter()
        .map(|Moved { row, column, was, is }| {
            let written = |value: &thuocdo::charts::values::Value| match value.written(lang) {
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
