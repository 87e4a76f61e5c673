//! The official forms: that on case files by period, that on procedures as the list stands.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    indicator::Question,
    period::{Cycle, Period, Unit},
};

use super::{of_month, scrolled, year_of};

/// Form II.06a: as a workbook or as PDF.
pub const FORM_06A: &str = "/bao-cao/ii-06a";

/// Form II.07b: as a workbook or as PDF.
pub const FORM_07B: &str = "/bao-cao/ii-07b";

/// Form II.07b of today's list, for the office of the page.
pub(super) fn counts(address: &Address) -> impl IntoView + use<> {
    let lang = address.lang;
    let of = Address { period: None, as_of: None, cycle: Cycle::Calendar, ..address.bare() };
    let file = |ending: &str, shown: &'static str| {
        view! {
            <a
                href=format!("{FORM_07B}.{ending}{}", of.query())
                rel="external"
                aria-label=format!("{shown}: II.07b")
            >
                {shown}
            </a>
            " "
        }
    };
    view! {
        <section class="panel" aria-labelledby="bieu-thu-tuc">
            <h2 id="bieu-thu-tuc">{lang.of("Biểu II.07b/VPCP/KSTT", "Form II.07b/VPCP/KSTT")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Tổng hợp số lượng thủ tục hành chính theo đơn vị chủ trì: tổng số, thực hiện một cửa, có quy trình nội bộ; mỗi phần chia theo cấp tỉnh, huyện, xã. Lập từ danh mục thủ tục hiện có; cột nào của danh mục chưa nhập thì biểu nói rõ, không ghi số 0.",
                        "The number of procedures by the agency in charge: all, through a one-stop unit, with an internal process, each by city, district and commune. Made from the list of procedures as it stands; where a column of the list was not imported the form says so and prints no zero.",
                    )}
            </p>
            <p>{lang.of("Tải về:", "Download:")} " " {file("xlsx", "Excel")} {file("pdf", "PDF")}</p>
        </section>
    }
}

/// The form of the year and its quarters that have begun.
pub(super) fn section(address: &Address, question: &Question) -> impl IntoView + use<> {
    let lang = address.lang;
    let rows: Vec<_> = periods(question)
        .into_iter()
        .map(|period| {
            let form = |by: &str, words: &'static str| {
                let file = |ending: &str, shown: &'static str| {
                    let href =
                        format!("{}&by={by}", of_month(&format!("{FORM_06A}.{ending}"), period, address));
                    let label = format!("{shown}: II.06a {words}, {}", period.label(lang));
                    view! {
                        <a href=href rel="external" aria-label=label>
                            {shown}
                        </a>
                    }
                };
                view! {
                    <td>
                        {words} " " {file("xlsx", "Excel")} " " {file("pdf", "PDF")}
                    </td>
                }
            };
            let (from, to) = (period.from(Cycle::Reporting), period.to(Cycle::Reporting));
            view! {
                <tr>
                    <th scope="row">{period.label(lang)}</th>
                    <td>{format!("{}–{}", lang.date(from), lang.date(to))}</td>
                    {form("field", lang.of("theo lĩnh vực:", "by field:"))}
                    {form("unit", lang.of("theo đơn vị:", "by agency:"))}
                </tr>
            }
        })
        .collect();
    let table = view! {
        <table class="numbers handed-out">
            <thead>
                <tr>
                    <th scope="col">{lang.of("Kỳ báo cáo", "Period")}</th>
                    <th scope="col">{lang.of("Từ ngày – đến ngày", "From – to")}</th>
                    <th scope="col" colspan="2">
                        {lang.of("Tải về", "Download")}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    view! {
        <section class="panel" aria-labelledby="bieu-mau">
            <h2 id="bieu-mau">{lang.of("Biểu II.06a/VPCP/KSTT", "Form II.06a/VPCP/KSTT")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Tình hình, kết quả giải quyết thủ tục hành chính, chốt từ ngày 15 đến ngày 14; theo đúng mẫu 13 cột, có dòng kiểm tra (3) = (7) + (11).",
                        "Case files received and resolved, from the 15th to the 14th; in the form's 13 columns, with the check (3) = (7) + (11).",
                    )}
            </p>
            {scrolled(lang.of("Biểu II.06a theo kỳ", "Form II.06a by period"), table)}
        </section>
    }
}

/// The year of the question and its quarters that have begun by the form's cycle.
fn periods(question: &Question) -> Vec<Period> {
    let year = year_of(question);
    let has_begun = |period: &Period| period.from(Cycle::Reporting) <= question.as_of;
    year.split(Unit::Quarter).chain([year]).filter(has_begun).collect()
}
