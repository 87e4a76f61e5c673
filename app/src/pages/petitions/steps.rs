//! The three steps, each against its limit, the headline they come to, and the periods to compare with.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    lang::Lang,
    petition_report::{PetitionFigure, PetitionReport, StepLine, StepName},
    rate::Rate,
};

use crate::components::{compared::ComparedList, counted::counted, table::Table};
use crate::links;

/// Headline, counts and steps.
pub fn steps(report: &PetitionReport, address: &Address) -> AnyView {
    let lang = address.lang;
    let reading = &report.reading;
    let decided = reading.decided();
    let figure = match decided.floored() {
        Some(rate) => view! { <b>{lang.hundredths(rate)}</b> <span>"%"</span> }.into_any(),
        None => view! { <b class="none">"—"</b> <span>{lang.of("không phát sinh", "none decided")}</span> }
            .into_any(),
    };
    let late_of = match lang {
        Lang::Vi => {
            format!("{} trễ trong {} đã ngã ngũ", lang.number(decided.misses()), lang.number(decided.all))
        }
        Lang::En => {
            format!("{} late of {} decided", lang.number(decided.misses()), lang.number(decided.all))
        }
    };
    let late_of = if decided.misses() > 0 {
        view! { <a href=links::petition_list(address, PetitionFigure::Late)>{late_of}</a> }.into_any()
    } else {
        late_of.into_any()
    };
    let count = |of: PetitionFigure| {
        view! {
            <div>
                <dt>{of.label(lang)}</dt>
                <dd>{counted(report.figure(of), || links::petition_list(address, of), lang)}</dd>
            </div>
        }
    };
    let counts: Vec<_> = [
        PetitionFigure::Started,
        PetitionFigure::InTime,
        PetitionFigure::Late,
        PetitionFigure::Open,
        PetitionFigure::OpenDueSoon,
    ]
    .into_iter()
    .map(count)
    .collect();
    let rows: Vec<_> = report
        .steps
        .iter()
        .map(|line| view! { <StepRow line=line.clone() address=address.clone() /> })
        .collect();
    view! {
        <section class="figures" aria-label=lang.of("Số liệu trong kỳ", "Figures of the period")>
            <div class="rates">
                <p class="value">
                    <span class="name">{lang.of("Kịp thời mọi bước đến hạn", "In time in every due step")}</span>
                    {figure}
                    <small>{late_of}</small>
                </p>
                <ComparedList compared=report.compared.clone() lang=lang />
            </div>
            <dl class="counts">{counts}</dl>
        </section>
        <section class="panel" id="buoc">
            <h2>{lang.of("Ba bước, mỗi bước một hạn", "Three steps, each with its limit")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Bước trễ đầu tiên quyết định cả phản ánh, kiến nghị, vào ngày sau hạn của nó.",
                        "The first step that is late decides the whole petition, on the day after its limit.",
                    )}
            </p>
            <Table
                label=lang.of("Bảng ba bước", "Table of the three steps")
                class="steps"
                heads=[
                    lang.of("Bước", "Step"),
                    lang.of("Trễ", "Late"),
                    lang.of("Tỷ lệ, %", "Rate, %"),
                    lang.of("Kịp thời", "In time"),
                    lang.of("Hạn", "Limit"),
                ]
            >
                {rows}
            </Table>
        </section>
    }
    .into_any()
}

/// The figures of a step: in time, and late.
fn figures(step: StepName) -> [PetitionFigure; 2] {
    match step {
        StepName::Received => [PetitionFigure::ReceivedInTime, PetitionFigure::ReceivedLate],
        StepName::Handled => [PetitionFigure::HandledInTime, PetitionFigure::HandledLate],
        StepName::Notified => [PetitionFigure::NotifiedInTime, PetitionFigure::NotifiedLate],
        StepName::PassedOn => [PetitionFigure::InTime, PetitionFigure::Late],
    }
}

#[component]
fn StepRow(line: StepLine, address: Address) -> AnyView {
    let lang = address.lang;
    let StepLine { name, limit, step, is_recorded } = line;
    let [in_time, late] = figures(name);
    let cells = if is_recorded {
        view! {
            <td>{counted(step.late, || links::petition_list(&address, late), lang)}</td>
            <td>{shown(step.decided(), &address)}</td>
            <td>{counted(step.in_time, || links::petition_list(&address, in_time), lang)}</td>
        }
        .into_any()
    } else {
        view! {
            <td colspan="3" class="zero">
                {lang.of("nguồn không ghi bước này", "the source does not record this step")}
            </td>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{name.label(lang)}</th>
            {cells}
            <td class="limit">{limit}</td>
        </tr>
    }
    .into_any()
}

/// A rate in the reader's punctuation, or that there is none.
pub fn shown(rate: Rate, address: &Address) -> String {
    rate.floored().map_or_else(|| "–".to_owned(), |rate| address.lang.hundredths(rate))
}
