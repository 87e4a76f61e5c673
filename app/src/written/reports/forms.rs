//! The official forms by period.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    indicator::Question,
    period::{Cycle, Period, Unit},
};

use super::{of_month, scrolled, year_of};

/// Form II.06a: as a workbook or as PDF.
pub const FORM_06A: &str = "/bao-cao/ii-06a";

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
