//! Issues raised in dialogues: what became of them, and the issues behind a figure.

use chrono::NaiveDate;
use leptos::prelude::*;
use thuocdo::{
    address::Address,
    dialogue_report::{IssueFigure, IssueLine, IssueList},
    sheets::TableName,
};

use crate::{
    components::{counted::counted, downloads::Downloads, pager::Pager, proof::Proof, table::Table},
    links,
};

/// The counts and the list: of the figure asked for, else the first of those past their deadline.
#[component]
pub fn Issues(counts: Vec<(IssueFigure, i64)>, list: IssueList, address: Address) -> impl IntoView {
    let lang = address.lang;
    let count = |of: IssueFigure| counts.iter().find(|(figure, _)| *figure == of).map_or(0, |(_, n)| *n);
    let (due, in_time) =
        (lang.number(count(IssueFigure::Due)), lang.number(count(IssueFigure::ClearedInTime)));
    let said = count(list.figure);
    let lines: Vec<_> = counts.iter().map(|(figure, n)| figure_line(*figure, *n, &address)).collect();
    view! {
        <section class="panel" id="vuong-mac">
            <h2>
                {lang
                    .of(
                        format!("Vướng mắc: {in_time} trong {due} xử lý đúng hạn"),
                        format!("Issues: {in_time} of {due} cleared in time"),
                    )}
            </h2>
            <dl class="counts">{lines}</dl>
            {issue_table(list, said, &address)}
        </section>
    }
}

fn figure_line(figure: IssueFigure, n: i64, address: &Address) -> AnyView {
    let number = counted(n, || links::issue_list(address, figure), address.lang);
    view! {
        <div>
            <dt>{figure.label(address.lang)}</dt>
            <dd>{number}</dd>
        </div>
    }
    .into_any()
}

fn issue_table(list: IssueList, said: i64, address: &Address) -> Option<AnyView> {
    let lang = address.lang;
    let IssueList { figure, is_asked, lines } = list;
    if lines.total == 0 && !is_asked {
        return None;
    }
    let shown = i64::try_from(lines.lines.len()).unwrap_or(0);
    let about = if is_asked {
        let closed = links::page(links::DIALOGUES, &address.bare());
        view! { <Proof total=lines.total said=said closed=closed lang=lang /> }.into_any()
    } else if shown < lines.total {
        let n = lang.number(lines.total);
        let words = lang.of(format!("Xem cả {n} vướng mắc quá hạn"), format!("Show all {n} overdue issues"));
        view! { <p class="sub"><a href=links::issue_list(address, figure)>{words}</a></p> }.into_any()
    } else {
        ().into_any()
    };
    let rows: Vec<_> = lines.lines.into_iter().map(|issue| issue_row(issue, address)).collect();
    // The short list stands alone; the pages belong to the opened one.
    let pages = if is_asked { lines.pages } else { 1 };
    Some(
        view! {
            <h3>
                {figure.label(lang)} ": " {lang.number(lines.total)}
                {lang.of(", hạn sớm nhất ở trên", ", earliest deadline first")}
            </h3>
            {about}
            <Table
                label=lang.of("Danh sách vướng mắc", "List of issues")
                class="files"
                heads=[
                    lang.of("Mã", "Code"),
                    lang.of("Đơn vị chủ trì", "Owner"),
                    lang.of("Nội dung", "About"),
                    lang.of("Nêu ngày", "Raised"),
                    lang.of("Hạn xử lý", "Deadline"),
                    lang.of("Xử lý xong", "Cleared"),
                    lang.of("Quá hạn", "Overdue by"),
                ]
            >
                {rows}
            </Table>
            <Pager path=links::DIALOGUES page=lines.page pages=pages anchor="vuong-mac" address=address.clone() />
            <Downloads name=TableName::Issues address=address.clone() />
        }
        .into_any(),
    )
}

fn issue_row(issue: IssueLine, address: &Address) -> AnyView {
    let lang = address.lang;
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), |day| lang.date(day));
    let href = links::dialogues_of(address, &issue.owner_code, None);
    let late = issue.days_late.map_or_else(|| "–".to_owned(), |days| lang.count(days, "ngày", "day", "days"));
    view! {
        <tr>
            <th scope="row">{issue.code}</th>
            <td>
                <a href=href>{issue.owner_name}</a>
            </td>
            <td>{issue.summary}</td>
            <td>{day(issue.raised_on)}</td>
            <td>{day(issue.due_on)}</td>
            <td>{day(issue.resolved_on)}</td>
            <td>{late}</td>
        </tr>
    }
    .into_any()
}
