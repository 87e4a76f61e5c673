//! The city's own surveys: each rate with its sample and its interval, under a name that is not SIPAS.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    index_report::{AgencySurvey, LevelSurvey, Sampled, SurveyReport},
    lang::Lang,
};

use crate::{
    components::{chart::ChartFigure, table::Table},
    figures::Figure,
    links::{self, ChartName},
};

/// The surveys of a year: the whole, by level, by agency, and the years before.
#[component]
pub fn OwnSurveys(
    report: SurveyReport,
    figure: Option<Figure>,
    is_invented: bool,
    address: Address,
) -> AnyView {
    let lang = address.lang;
    let title = lang.of("Khảo sát nội bộ, không phải SIPAS", "The city's own survey, not SIPAS");
    let Some(year) = report.year else {
        return view! {
            <section class="panel" id="khao-sat">
                <h2>{title}</h2>
                <p class="sub">
                    {lang.of("Chưa có khảo sát nào. Nhập bằng lệnh ", "There is no survey yet. Import some with ")}
                    <code>"thuocdo import surveys FILE"</code> "."
                </p>
            </section>
        }
        .into_any();
    };
    let SurveyReport { target, whole, levels, agencies, rounds, .. } = report;
    let target = lang.percent_short(target);
    let explained = lang.of(
        format!("Năm {year}, so với {target}. Cộng số phiếu hài lòng và số phiếu trả lời, không lấy bình quân tỷ lệ; khoảng tin cậy 95\u{a0}% (Wilson); dưới 30 phiếu chưa kết luận."),
        format!("{year}, against {target}. Satisfied and answered are summed, rates never averaged; 95% interval (Wilson); below 30 answers nothing is concluded."),
    );
    let mut rows = vec![row(lang.of("Tất cả", "All").to_owned().into_any(), whole, lang)];
    rows.extend(levels.into_iter().map(|LevelSurvey { level, agencies, sampled }| {
        let count = lang.count(agencies, "đơn vị", "agency", "agencies");
        row(format!("{} ({count})", level.label(lang)).into_any(), sampled, lang)
    }));
    let before: Vec<_> = rounds
        .into_iter()
        .filter(|(of, _)| *of != year)
        .map(|(of, sampled)| {
            row(lang.of(format!("Năm {of}"), format!("All, {of}")).into_any(), sampled, lang)
        })
        .collect();
    rows.extend(before);
    let count = lang.count(agencies.len().try_into().unwrap_or(0), "đơn vị", "agency", "agencies");
    let of_agencies: Vec<_> = agencies
        .into_iter()
        .map(|AgencySurvey { code, name, sampled, .. }| {
            let href = links::agency(links::INDEXES, &address, Some(&code));
            row(view! { <a href=href>{name}</a> }.into_any(), sampled, lang)
        })
        .collect();
    let by_agency = lang.of("Theo đơn vị, tỷ lệ thấp nhất ở trên", "By agency, the lowest rate on top");
    view! {
        <section class="panel" id="khao-sat">
            <h2>{title}</h2>
            <p class="sub">
                {is_invented.then(|| lang.of("Số liệu mô phỏng. ", "Invented data. "))} {explained}
            </p>
            {table(title, rows, lang)}
            <details>
                <summary>{by_agency} " (" {count} ")"</summary>
                {table(by_agency, of_agencies, lang)}
            </details>
        </section>
        <ChartFigure figure=figure name=ChartName::OwnSurveys address=address.clone() />
    }
    .into_any()
}

fn table(label: &'static str, rows: Vec<AnyView>, lang: Lang) -> AnyView {
    view! {
        <Table
            label=label
            class="surveys"
            heads=[
                lang.of("Đơn vị", "Agency"),
                lang.of("Trả lời", "Answered"),
                lang.of("Hài lòng", "Satisfied"),
                lang.of("Tỷ lệ", "Rate"),
                lang.of("Khoảng tin cậy 95\u{a0}%", "95% interval"),
                lang.of("Kết luận", "Conclusion"),
            ]
        >
            {rows}
        </Table>
    }
    .into_any()
}

fn row(name: AnyView, sampled: Sampled, lang: Lang) -> AnyView {
    let Sampled { satisfied, interval, assurance } = sampled;
    let status = assurance.status();
    let rate = satisfied.floored().map_or_else(|| "–".to_owned(), |rate| lang.percent(rate));
    let interval = interval.map_or_else(
        || "–".to_owned(),
        |interval| format!("{}–{}", lang.hundredths(interval.lower), lang.percent(interval.upper)),
    );
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{lang.number(satisfied.all)}</td>
            <td>{lang.number(satisfied.hits)}</td>
            <td>{rate}</td>
            <td>{interval}</td>
            <td>
                <span class=format!("status {}", status.as_str())>
                    <span aria-hidden="true">{status.shape()}</span>
                    " "
                    {assurance.label(lang)}
                </span>
            </td>
        </tr>
    }
    .into_any()
}
