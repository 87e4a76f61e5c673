//! Heads by half-year: every office a row, every half-year a column, with a legend that counts.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    agency::Level,
    dialogue_report::{Cell, DialogueReport, District, Due, Only, Row, State, half_year_words},
    filter::Filter,
    lang::Lang,
    period::Period,
    sheets::TableName,
};

use crate::{
    components::{downloads::Downloads, draft::Draft, pager::Pager, table::Table},
    links,
};

/// The matrix with its legend, and the communes summed up by district where they do not stand in it.
pub fn matrix(report: &DialogueReport, address: &Address) -> AnyView {
    let lang = address.lang;
    let only = address.only;
    let proof = only.map(|only| proof(only, report, address));
    let half = half_year_words(report.half_year, lang);
    let legend: Vec<_> = report.legend.iter().map(|(state, n)| legend_entry(*state, *n, address)).collect();
    let heads = || -> Vec<AnyView> {
        report.half_years.iter().map(|period| half_year_head(*period, address)).collect()
    };
    let mut over = vec![lang.of("Đơn vị", "Office").into_any()];
    over.extend(heads());
    over.push(lang.of("Hợp lệ gần nhất", "Last that counts").into_any());
    over.push(lang.of("Lần tới, sau 6 tháng", "Next due, 6 months on").into_any());
    let rows: Vec<_> = report.rows.lines.iter().map(|row| office_row(row, address)).collect();
    let reminder = report.reminder.clone().map(|letter| {
        let name = lang
            .of("Công văn nhắc, soạn sẵn cho các đơn vị trong danh sách", "A reminder to the offices listed");
        view! { <Draft name=name letter=letter lang=lang /> }
    });
    let districts =
        (!report.districts.is_empty()).then(|| districts_table(&report.districts, heads(), address));
    view! {
        <section class="panel" id="ma-tran">
            <h2>{lang.of("Người đứng đầu theo nửa năm", "Heads by half-year")}</h2>
            <p class="sub">
                {proof}
                {lang.of(format!("Số trong chú giải là số đơn vị trong {half}."), format!("The legend counts offices in {half}."))}
            </p>
            <ul class="legend">{legend}</ul>
            <Table label=lang.of("Ma trận đối thoại", "Matrix of dialogues") class="matrix" heads=over>
                {rows}
            </Table>
            <Pager path=links::DIALOGUES page=report.rows.page pages=report.rows.pages anchor="ma-tran" address=Address { only, ..address.clone() } />
            <Downloads name=TableName::Offices address=address.clone() />
            {reminder}
            {districts}
        </section>
    }
    .into_any()
}

/// How many offices are listed, and whether the figure that was opened says as many.
fn proof(only: Only, report: &DialogueReport, address: &Address) -> AnyView {
    let lang = address.lang;
    let total = report.rows.total;
    let offices = lang.count(total, "đơn vị", "office", "offices");
    let name = match only {
        Only::Missing => lang.of("Chưa có đối thoại hợp lệ", "Without a dialogue that counts"),
        Only::Soon => lang.of("Lần tới đến hạn trong 30 ngày", "Next dialogue due within 30 days"),
        Only::Overdue => lang.of("Quá 6 tháng từ lần gần nhất", "More than 6 months since the last one"),
        Only::Never => lang.of("Chưa từng có đối thoại hợp lệ", "Never held one that counts"),
        Only::Priority => lang.of("Đối thoại về lĩnh vực trọng tâm", "With a dialogue in a priority field"),
        Only::InField => lang.of("Đối thoại về lĩnh vực đang chọn", "With a dialogue in the field chosen"),
        Only::In(state) => state.label(lang),
    };
    let agreement = match report.figure(only, address) {
        Some(figure) if figure != total => lang.of(
            format!("; con số của chỉ tiêu là {}: hãy báo cho người quản trị", lang.number(figure)),
            format!("; the target's figure is {}: tell the administrator", lang.number(figure)),
        ),
        Some(_) => {
            lang.of(", khớp với con số của chỉ tiêu", ", as many as the target's figure says").to_owned()
        }
        None => String::new(),
    };
    view! {
        <strong>{name} ": " {offices}</strong>
        {agreement}
        ". "
        <a href=links::dialogues(address, None)>{lang.of("Xem tất cả", "Show all")}</a>
        " · "
    }
    .into_any()
}

fn legend_entry(state: State, n: i64, address: &Address) -> AnyView {
    let lang = address.lang;
    let words = format!("{}: {}", state.label(lang), lang.number(n));
    let words = if n == 0 {
        words.into_any()
    } else {
        view! { <a href=links::dialogues(address, Some(Only::In(state)))>{words}</a> }.into_any()
    };
    view! {
        <li class=state.as_str()>
            <span class="shape" aria-hidden="true">
                {state.shape()}
            </span>
            " "
            {words}
        </li>
    }
    .into_any()
}

/// A half-year over its column, opening it.
fn half_year_head(period: Period, address: &Address) -> AnyView {
    let lang = address.lang;
    let year = period.year();
    let name = match (lang, period.index()) {
        (Lang::Vi, 1) => format!("Đầu {year}"),
        (Lang::Vi, _) => format!("Cuối {year}"),
        (Lang::En, half) => format!("H{half} {year}"),
    };
    let to = Address { period: Some(period), plan: None, as_of: None, page: None, ..address.clone() };
    let href = links::page(links::DIALOGUES, &to);
    view! {
        <a href=href title=half_year_words(period, lang)>
            {name}
        </a>
    }
    .into_any()
}

fn office_row(row: &Row, address: &Address) -> AnyView {
    let lang = address.lang;
    let cells: Vec<_> = row.cells.iter().map(|cell| state_cell(*cell, lang)).collect();
    let last = row.last_valid.map_or_else(|| "–".to_owned(), |day| lang.date(day));
    view! {
        <tr>
            <th scope="row">
                <a href=links::dialogues_of(address, &row.code, None)>{row.name.clone()}</a>
            </th>
            {cells}
            <td>{last}</td>
            <td>{next_words(row, lang)}</td>
        </tr>
    }
    .into_any()
}

fn state_cell(cell: Cell, lang: Lang) -> AnyView {
    let head = cell.head_since.map(|since| {
        let since = lang.date(since);
        view! { <small>{lang.of(format!("người đứng đầu mới từ {since}"), format!("new head since {since}"))}</small> }
    });
    view! {
        <td class=cell.state.as_str() title=cell.state.label(lang)>
            <span class="shape" aria-hidden="true">
                {cell.state.shape()}
            </span>
            <span class="vh">{cell.state.label(lang)}</span>
            {cell.day.map(|day| format!(" {}", lang.date(day)))}
            {head}
        </td>
    }
    .into_any()
}

/// When the next dialogue is due and how long that is.
pub fn next_words(row: &Row, lang: Lang) -> String {
    let on = row.next_due.map_or_else(String::new, |day| lang.date(day));
    let days = row.days_left.unwrap_or_default().abs();
    let days = lang.count(days, "ngày", "day", "days");
    match row.due {
        Due::NotObliged => "–".to_owned(),
        Due::Never => lang.of("chưa từng có", "never held one").to_owned(),
        Due::Overdue => lang.of(format!("■ {on}, quá {days}"), format!("■ {on}, {days} overdue")),
        Due::Soon => lang.of(format!("▲ {on}, còn {days}"), format!("▲ {on}, {days} left")),
        Due::Later => on,
    }
}

/// The communes of each district as held of obliged, each opening them.
fn districts_table(districts: &[District], heads: Vec<AnyView>, address: &Address) -> AnyView {
    let lang = address.lang;
    let rows: Vec<_> = districts.iter().map(|district| district_row(district, address)).collect();
    let mut over = vec![lang.of("Các xã, phường, thị trấn của", "Communes of").into_any()];
    over.extend(heads);
    let filter = Filter { level: Some(Level::Commune), ..address.filter.clone() };
    let all = links::dialogues(&Address { filter, ..address.clone() }, None);
    view! {
        <h3>{lang.of("Xã, phường, thị trấn: số đã đối thoại trên số phải đối thoại", "Communes: held of obliged, by district")}</h3>
        <p class="sub">
            <a href=all>{lang.of("Xem từng xã, phường, thị trấn", "Show every commune")}</a>
        </p>
        <Table
            label=lang.of("Xã, phường theo quận, huyện", "Communes by district")
            class="matrix sums"
            heads=over
        >
            {rows}
        </Table>
    }
    .into_any()
}

fn district_row(district: &District, address: &Address) -> AnyView {
    let lang = address.lang;
    let cells: Vec<_> = district
        .halves
        .iter()
        .map(|tally| {
            let words = format!("{} / {}", lang.number(tally.held), lang.number(tally.obliged));
            view! { <td>{words}</td> }
        })
        .collect();
    let name = if district.code.is_empty() {
        lang.of("Không rõ quận, huyện", "No district given").into_any()
    } else {
        let href = links::dialogues_of(address, &district.code, Some(Level::Commune));
        view! { <a href=href>{district.name.clone()}</a> }.into_any()
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells}
        </tr>
    }
    .into_any()
}
