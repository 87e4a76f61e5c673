//! The year by month: held, held without counting, planned, and plans that were let pass.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    dialogue_report::{
        Became, Calendar, DialogueFigure,
        calendar::{Month, Planned},
    },
    lang::Lang,
};

use crate::{
    components::{counted::counted, table::Table},
    links,
};

/// The table of months and the next planned dialogues.
#[component]
pub fn CalendarTable(calendar: Calendar, address: Address) -> impl IntoView {
    let lang = address.lang;
    let sum = calendar.months.iter().fold(Month::default(), |sum, month| Month {
        month: 0,
        held: sum.held + month.held,
        held_without_minutes: sum.held_without_minutes + month.held_without_minutes,
        planned: sum.planned + month.planned,
        passed: sum.passed + month.passed,
    });
    let rows: Vec<_> = calendar.months.iter().map(|month| month_row(*month, &address)).collect();
    let mut heads = vec![lang.of("Tháng", "Month").into_any()];
    heads.extend(
        Became::ALL.into_iter().map(|became| format!("{} {}", became.shape(), became.label(lang)).into_any()),
    );
    let next = next_planned(calendar.planned, calendar.next, &address);
    view! {
        <section class="panel" id="lich">
            <h2>{lang.of("Lịch đối thoại năm ", "Calendar of dialogues, ")} {calendar.year}</h2>
            <p class="sub">{lang.of("Số cuộc đối thoại, không phải số đơn vị.", "Counts dialogues, not offices.")}</p>
            <div class="pair">
                <Table
                    label=lang.of("Đối thoại theo tháng", "Dialogues by month")
                    class="months"
                    heads=heads
                    foot=month_row(sum, &address)
                >
                    {rows}
                </Table>
                {next}
            </div>
        </section>
    }
}

fn month_row(month: Month, address: &Address) -> AnyView {
    let lang = address.lang;
    let name = match (month.month, lang) {
        (0, _) => lang.of("Cả năm", "Year").to_owned(),
        (n, Lang::Vi) => format!("Tháng {n}"),
        (n, Lang::En) => MONTHS.get(n as usize - 1).copied().unwrap_or_default().to_owned(),
    };
    let cells: Vec<_> = Became::ALL
        .into_iter()
        .map(|became| {
            let n = month.of(became);
            let figure = DialogueFigure { became, month: (month.month > 0).then_some(month.month) };
            view! { <td>{counted(n, || links::dialogue_list(address, figure), lang)}</td> }
        })
        .collect();
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells}
        </tr>
    }
    .into_any()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn next_planned(total: i64, next: Vec<Planned>, address: &Address) -> AnyView {
    let lang = address.lang;
    if next.is_empty() {
        return view! { <p>{lang.of("Chưa có cuộc đối thoại nào được lên lịch sắp tới.", "No dialogue is planned from here on.")}</p> }
        .into_any();
    }
    let shown = i64::try_from(next.len()).unwrap_or(total);
    let all = lang.count(total, "cuộc sắp tới theo lịch", "planned dialogue", "planned dialogues");
    let heading = match (shown < total, lang) {
        (false, _) => all,
        (true, Lang::Vi) => format!("{} trong {all}", lang.number(shown)),
        (true, Lang::En) => format!("The next {} of {all}", lang.number(shown)),
    };
    let lines: Vec<_> = next
        .into_iter()
        .map(|planned| {
            view! {
                <li>
                    <span>{lang.date(planned.on)}</span>
                    " "
                    <a href=links::dialogues_of(address, &planned.agency_code, None)>{planned.agency_name}</a>
                </li>
            }
        })
        .collect();
    view! {
        <div>
            <h3>{heading}</h3>
            <ol class="dates">{lines}</ol>
        </div>
    }
    .into_any()
}
