//! The city's own scores by the criteria of the PAR INDEX: sums, what is at risk, by agency in charge, and each one.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    index_report::{CriterionLine, Deadline, OwnerLine, Risk, Tracker},
    lang::Lang,
    sheets::TableName,
    status::Status,
};

use crate::components::{downloads::Downloads, table::Table, tally::Tally};

/// The whole tracker.
#[component]
pub fn OwnScores(tracker: Tracker, is_invented: bool, address: Address) -> AnyView {
    let lang = address.lang;
    let title = lang.of("Tự chấm điểm PAR INDEX", "The city's own scoring for the PAR INDEX");
    let frame = lang.of(
        "Khung: 68 điểm tự chấm, 32 điểm điều tra xã hội học (QĐ 876/QĐ-BNV).",
        "The frame: 68 points scored by the city itself, 32 by a sociological survey (QĐ 876/QĐ-BNV).",
    );
    if tracker.lines.is_empty() {
        return view! {
            <section class="panel" id="tu-cham-diem">
                <h2>{title}</h2>
                <p class="sub">
                    {frame} " "
                    {lang.of("Chưa có tiêu chí nào. Nhập bằng lệnh ", "There are no criteria yet. Import them with ")}
                    <code>"thuocdo import criteria FILE"</code> "."
                </p>
            </section>
        }
        .into_any();
    }
    let as_of = lang.date(tracker.as_of);
    let said = lang.of(
        format!("Điểm và tài liệu theo lần nhập gần nhất; hạn tính đến {as_of}."),
        format!("Points and documents as last imported; deadlines as of {as_of}."),
    );
    let owners: Vec<_> = tracker.owners.iter().map(|owner| owner_row(owner, lang)).collect();
    let lines: Vec<_> = tracker.lines.iter().map(|line| criterion_row(line, lang)).collect();
    let by_owner = lang.of("Theo đơn vị chủ trì", "By agency in charge");
    let one_by_one = lang.of("Từng tiêu chí", "Each criterion");
    view! {
        <section class="panel" id="tu-cham-diem">
            <h2>{title}</h2>
            <p class="sub">
                {is_invented.then(|| lang.of("Số liệu mô phỏng. ", "Invented data. "))} {frame} " " {said}
            </p>
            {tracker
                .warning
                .clone()
                .map(|warning| view! { <p class="status at_risk"><span aria-hidden="true">"▲ "</span>{warning}</p> })}
            <Sums tracker=tracker lang=lang />
            <h3>{by_owner}</h3>
            <Table
                label=by_owner
                class="criteria"
                heads=[
                    lang.of("Đơn vị", "Agency"),
                    lang.of("Tiêu chí", "Criteria"),
                    lang.of("Tối đa", "Maximum"),
                    lang.of("Kế hoạch", "Planned"),
                    lang.of("Tự chấm", "Scored"),
                    lang.of("Có nguy cơ", "At risk"),
                ]
            >
                {owners}
            </Table>
            <h3>{one_by_one}</h3>
            <Table
                label=one_by_one
                class="criteria each"
                heads=[
                    lang.of("Tiêu chí", "Criterion"),
                    lang.of("Tối đa", "Maximum"),
                    lang.of("Kế hoạch", "Planned"),
                    lang.of("Tự chấm", "Scored"),
                    lang.of("Tài liệu kiểm chứng", "Evidence"),
                    lang.of("Chủ trì", "In charge"),
                    lang.of("Hạn", "Deadline"),
                    lang.of("Tình trạng", "State"),
                ]
            >
                {lines}
            </Table>
            <Downloads name=TableName::Criteria address=address />
        </section>
    }
    .into_any()
}

#[component]
fn Sums(tracker: Tracker, lang: Lang) -> AnyView {
    let points = |points: i64| lang.hundredths_short(points);
    let max = points(tracker.max_points);
    let figures = vec![
        (lang.of("Tự chấm", "Scored"), format!("{} / {max}", points(tracker.achieved))),
        (lang.of("Kế hoạch", "Planned"), format!("{} / {max}", points(tracker.planned))),
        (lang.of("Tiêu chí chưa chấm", "Criteria not scored yet"), lang.number(tracker.unscored)),
        (lang.of("Tiêu chí có nguy cơ", "Criteria at risk"), lang.number(tracker.at_risk)),
    ];
    view! { <Tally class="counts" figures=figures /> }.into_any()
}

fn owner_row(line: &OwnerLine, lang: Lang) -> AnyView {
    let owner = line.owner.clone().unwrap_or_else(|| lang.of("Chưa giao", "Nobody yet").to_owned());
    view! {
        <tr>
            <th scope="row">{owner}</th>
            <td>{lang.number(line.criteria)}</td>
            <td>{lang.hundredths(line.max_points)}</td>
            <td>{lang.hundredths(line.planned)}</td>
            <td>{lang.hundredths(line.achieved)}</td>
            <td>{lang.number(line.at_risk)}</td>
        </tr>
    }
    .into_any()
}

fn criterion_row(line: &CriterionLine, lang: Lang) -> AnyView {
    let points =
        |points: Option<i64>| points.map_or_else(|| "–".to_owned(), |points| lang.hundredths(points));
    let name = line.name.as_deref().filter(|name| !name.contains(&line.code)).unwrap_or_default();
    let named = match &line.name {
        Some(full) if name.is_empty() => full.clone(),
        _ => format!("{} {name}", line.code),
    };
    let achieved = match line.achieved {
        Some(_) => points(line.achieved),
        None => lang.of("chưa chấm", "not scored").to_owned(),
    };
    let evidence = line.evidence.clone().unwrap_or_else(|| lang.of("chưa có", "missing").to_owned());
    let due = line.due_on.map_or_else(|| "–".to_owned(), |day| lang.date(day));
    let (status, state) = state(line, lang);
    view! {
        <tr>
            <th scope="row">{named}</th>
            <td>{points(line.max_points)}</td>
            <td>{points(line.planned)}</td>
            <td>{achieved}</td>
            <td class="words">{evidence}</td>
            <td class="words">{line.owner.clone().unwrap_or_else(|| "–".to_owned())}</td>
            <td>{due}</td>
            <td class="words">
                <span class=format!("status {}", status.as_str())>
                    <span aria-hidden="true">{status.shape()}</span>
                    " "
                    {state}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// How far the deadline is and why the criterion is at risk.
fn state(line: &CriterionLine, lang: Lang) -> (Status, String) {
    let days = |n: i64| lang.count(n, "ngày", "day", "days");
    let when = match line.deadline {
        Deadline::Done => {
            return (Status::Met, lang.of("đủ điểm và tài liệu", "points and evidence there").to_owned());
        }
        Deadline::None => lang.of("không có hạn", "no deadline").to_owned(),
        Deadline::Left(left) => lang.of(format!("còn {}", days(left)), format!("{} left", days(left))),
        Deadline::Overdue(over) => {
            lang.of(format!("quá hạn {}", days(over)), format!("{} overdue", days(over)))
        }
    };
    match line.risk {
        Some(Risk::Behind) => {
            (Status::Missed, format!("{when}, {}", lang.of("chưa đủ điểm kế hoạch", "short of the plan")))
        }
        Some(Risk::NoEvidence) => {
            (Status::AtRisk, format!("{when}, {}", lang.of("chưa có tài liệu", "no evidence")))
        }
        None => (Status::NotDue, when),
    }
}
