//! Issues raised in dialogues: what became of them, and those open past their deadline.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    dialogue_report::{IssueCounts, Only, OverdueIssue},
};

use crate::{
    components::{eager::Eager as _, pager::Pager},
    links,
};

/// The counts and the list.
#[component]
pub fn Issues(
    counts: IssueCounts,
    overdue: thuocdo::dialogue_report::Paged<OverdueIssue>,
    address: Address,
) -> impl IntoView {
    let lang = address.lang;
    let heading = lang.of(
        format!(
            "Vướng mắc: {} trong {} xử lý đúng hạn",
            lang.number(counts.cleared_in_time),
            lang.number(counts.due)
        ),
        format!(
            "Issues: {} of {} cleared in time",
            lang.number(counts.cleared_in_time),
            lang.number(counts.due)
        ),
    );
    let figures = [
        (lang.of("Nêu ra trong nửa năm", "Raised in the half-year"), counts.raised),
        (lang.of("Đến hạn trong nửa năm", "Due in the half-year"), counts.due),
        (lang.of("– xử lý đúng hạn", "– cleared in time"), counts.cleared_in_time),
        (lang.of("– xử lý trễ", "– cleared late"), counts.cleared_late),
        (lang.of("– chưa xử lý xong", "– not cleared"), counts.due_open),
        (lang.of("Đang xử lý, trong hạn", "Open, within the deadline"), counts.open_within),
        (lang.of("Đang xử lý, không có hạn", "Open, without a deadline"), counts.open_without_deadline),
    ];
    let lines: Vec<_> = figures
        .into_iter()
        .map(|(name, n)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd class:zero=n == 0>{lang.number(n)}</dd>
                </div>
            }
        })
        .collect();
    let list = (overdue.total > 0).then(|| {
        let shown = overdue.lines.len();
        let total = overdue.total;
        let is_whole = i64::try_from(shown).is_ok_and(|shown| shown == total) || overdue.pages == 1;
        let rest = (!is_whole && address.only != Some(Only::OverdueIssues)).then(|| {
            let href = links::dialogues(&address, Some(Only::OverdueIssues));
            let n = lang.number(total);
            view! { <p class="sub"><a href=href>{lang.of(format!("Xem cả {n} vướng mắc quá hạn"), format!("Show all {n} overdue issues"))}</a></p> }
        });
        let rows: Vec<_> = overdue.lines.into_iter().map(|issue| issue_row(issue, &address)).collect();
        // The short list stands alone; the pages belong to the opened one.
        let pages = if address.only == Some(Only::OverdueIssues) { overdue.pages } else { 1 };
        view! {
            <h3>
                {lang.of("■ Quá hạn chưa xử lý xong: ", "■ Open past the deadline: ")} {lang.number(total)}
                {lang.of(", lâu nhất ở trên", ", longest first")}
            </h3>
            {rest}
            <div class="scroll" tabindex="0" role="region" aria-label=lang.of("Vướng mắc quá hạn", "Overdue issues")>
                <table class="files">
                    <thead>
                        <tr>
                            <th scope="col">{lang.of("Mã", "Code")}</th>
                            <th scope="col">{lang.of("Đơn vị chủ trì", "Owner")}</th>
                            <th scope="col">{lang.of("Nội dung", "About")}</th>
                            <th scope="col">{lang.of("Hạn xử lý", "Deadline")}</th>
                            <th scope="col">{lang.of("Quá hạn", "Overdue by")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Pager path=links::DIALOGUES page=overdue.page pages=pages anchor="vuong-mac" address=address.clone() />
        }
    });
    view! {
        <section class="panel" id="vuong-mac">
            <h2>{heading}</h2>
            <dl class="counts">{lines}</dl>
            {list}
        </section>
    }
}

fn issue_row(issue: OverdueIssue, address: &Address) -> AnyView {
    let lang = address.lang;
    let href = links::dialogues_of(address, &issue.owner_code, None);
    view! {
        <tr>
            <th scope="row">{issue.code}</th>
            <td>
                <a href=href>{issue.owner_name}</a>
            </td>
            <td>{issue.summary}</td>
            <td>{lang.date(issue.due_on)}</td>
            <td>{lang.count(issue.days_late, "ngày", "day", "days")}</td>
        </tr>
    }
    .eager()
}
