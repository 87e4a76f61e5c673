//! The table of agencies, worst first: each a way down, each count a way to its files.

use leptos::prelude::*;
use thuocdo::{
    address::Address, case_file_report::AgencyLine, filter::Measured, lang::Lang, sheets::TableName,
    status::Status,
};

use super::rates::few;
use crate::{
    components::{counted::counted, downloads::Downloads, table::Table},
    links,
};

/// How many stand in the open; a level may have hundreds, most of them without a late file.
const SHOWN: usize = 50;

/// All agencies one step below the one shown, or of the level asked for.
#[component]
pub fn AgencyTable(lines: Vec<AgencyLine>, window: String, address: Address) -> impl IntoView {
    let lang = address.lang;
    let count = lines.len();
    let mut lines = lines;
    let rest = lines.split_off(lines.len().min(SHOWN));
    if count == 0 {
        return view! {
            <section class="panel" id="don-vi">
                <h2>{lang.of("Đơn vị trực thuộc", "Offices below")}</h2>
                <p class="sub">
                    {lang.of(
                        "Không có đơn vị nào ở dưới có hồ sơ trong kỳ.",
                        "No office below has a case file in the period.",
                    )}
                </p>
            </section>
        }
        .into_any();
    }
    let more = (!rest.is_empty()).then(|| {
        let summary = match (lang, rest.len()) {
            (Lang::Vi, n) => format!("Còn {n} đơn vị khác"),
            (Lang::En, 1) => "1 more office".to_owned(),
            (Lang::En, n) => format!("{n} more offices"),
        };
        view! {
            <details>
                <summary>{summary}</summary>
                {table(rest, lang.of("Bảng các đơn vị còn lại", "Table of the other offices"), &address)}
            </details>
        }
    });
    view! {
        <section class="panel" id="don-vi">
            <h2>
                {count} {lang.of(" đơn vị, nhiều hồ sơ trễ nhất ở trên", " offices, most late case files first")}
            </h2>
            <p class="sub">
                {match (lang, address.filter.level) {
                    (Lang::Vi, Some(_)) => format!("Chỉ tính đơn vị của cấp đang chọn, {window}."),
                    (Lang::En, Some(_)) => format!("Only offices of the chosen level are counted, {window}."),
                    (Lang::Vi, None) => {
                        format!("Mỗi dòng gồm cả các đơn vị bên dưới, {window}. Đơn vị không có hồ sơ không hiện.")
                    }
                    (Lang::En, None) => {
                        format!("Each line holds the offices below it, too, {window}. Offices without case files are left out.")
                    }
                }}
            </p>
            {table(lines, lang.of("Bảng các đơn vị", "Table of offices"), &address)}
            {more}
            <Downloads name=TableName::Agencies address=address />
        </section>
    }
    .into_any()
}

fn table(lines: Vec<AgencyLine>, label: &'static str, address: &Address) -> AnyView {
    let lang = address.lang;
    let rows: Vec<_> =
        lines.into_iter().map(|line| view! { <AgencyRow line=line address=address.clone() /> }).collect();
    view! {
        <Table
            label=label
            class="agencies"
            heads=[
                lang.of("Đơn vị", "Office"),
                lang.of("Trễ hạn", "Late"),
                lang.of("Tỷ lệ, %", "Rate, %"),
                lang.of("Quá hạn", "Overdue"),
                lang.of("Nghiêm ngặt, %", "Strict, %"),
                lang.of("Tiếp nhận", "Received"),
                lang.of("Trước hạn", "Early"),
                lang.of("Đúng hạn", "On time"),
                lang.of("Đang giải quyết", "Open"),
            ]
        >
            {rows}
        </Table>
    }
    .into_any()
}

#[component]
fn AgencyRow(line: AgencyLine, address: Address) -> AnyView {
    let lang = address.lang;
    let tally = &line.official;
    let own_desk = line.is_own_desk.then_some(line.level);
    let to_list = |measured: Measured| {
        let rows = || links::agency_list(&address, &line.code, own_desk, measured);
        view! { <td>{counted(tally.figure(measured), rows, lang)}</td> }
    };
    let rate = tally.timed().floored().map_or_else(|| "–".to_owned(), |rate| lang.hundredths(rate));
    let status = tally.status.unwrap_or(Status::NoData);
    view! {
        <tr class=status.as_str()>
            <th scope="row">
                <a href=links::agency(links::CASE_FILES, &address, Some(&line.code))>{line.name.clone()}</a>
            </th>
            {to_list(Measured::Late)}
            <td>
                <span class=format!("status {}", status.as_str())>
                    <span class="shape" title=status.label(lang) aria-hidden="true">
                        {status.shape()}
                    </span>
                    <span class="vh">{status.label(lang)} ", "</span>
                </span>
                " "
                {rate} {few(tally.timed(), address.lang)}
            </td>
            {to_list(Measured::OpenOverdue)}
            <td>{line.strict_rate.map_or_else(|| "–".to_owned(), |rate| lang.hundredths(rate))}</td>
            {to_list(Measured::Received)}
            {to_list(Measured::Early)}
            {to_list(Measured::OnTime)}
            {to_list(Measured::Open)}
        </tr>
    }
    .into_any()
}
