//! The years of an index as a table: figures, method, publication, sources; contradictions stand as such.

use leptos::prelude::*;
use thuocdo::{
    index_report::{Conflict, YearLine, host, index_name},
    lang::Lang,
    yearly_index::Index,
};

use crate::components::table::Table;

/// All years, the newest first.
#[component]
pub fn YearTable(years: Vec<YearLine>, index: Index, lang: Lang) -> AnyView {
    if years.is_empty() {
        return ().into_any();
    }
    let title = format!("{} {}", index_name(index), lang.of("theo năm", "by year"));
    let rows: Vec<_> = years.into_iter().map(|line| view! { <YearRow line=line lang=lang /> }).collect();
    view! {
        <section class="panel">
            <h3>{title.clone()}</h3>
            <Table
                label=title
                class="years"
                heads=[
                    lang.of("Năm", "Year"),
                    lang.of("Hạng", "Rank"),
                    score_head(index, lang),
                    lang.of("So với chỉ tiêu năm đó", "Against that year's target"),
                    lang.of("Bình quân cả nước", "National mean"),
                    lang.of("Đứng đầu", "First"),
                    lang.of("Công bố", "Published"),
                    lang.of("Phương pháp", "Method"),
                    lang.of("Nguồn", "Source"),
                ]
            >
                {rows}
            </Table>
        </section>
    }
    .into_any()
}

/// The head of a column of scores.
pub fn score_head(index: Index, lang: Lang) -> &'static str {
    match index {
        Index::ParIndex => lang.of("Điểm", "Score"),
        Index::Sipas => lang.of("Chỉ số, %", "Index, %"),
    }
}

#[component]
fn YearRow(line: YearLine, lang: Lang) -> AnyView {
    if !line.is_held {
        return view! {
            <tr class="not-held">
                <th scope="row">{line.year}</th>
                <td colspan="8">
                    {lang.of("đã công bố, chưa có số liệu ở đây", "published, but not held here")}
                </td>
            </tr>
        }
        .into_any();
    }
    let score = |score: i64| lang.hundredths(score);
    let rank = match (line.rank, line.of) {
        (Some(rank), Some(of)) => format!("{rank}/{of}"),
        (Some(rank), None) => rank.to_string(),
        _ => "–".to_owned(),
    };
    let scored = if line.conflicts.is_empty() {
        let derived = line.is_derived.then(|| {
            view! { <small>{lang.of("có phần suy ra từ số khác", "partly derived from other figures")}</small> }
        });
        view! { {line.score.map_or_else(|| "–".to_owned(), score)} {derived} }.into_any()
    } else {
        view! { <Conflicts conflicts=line.conflicts lang=lang /> }.into_any()
    };
    let status = line.status.map(|status| {
        view! {
            <span class=format!("status {}", status.as_str())>
                <span aria-hidden="true">{status.shape()}</span>
                " "
                {status_word(status, lang)}
            </span>
        }
    });
    let leader = line.leader.map(|leader| match leader.score {
        Some(first) => format!("{} {}", leader.name, score(first)),
        None => leader.name,
    });
    let published = line
        .published_on
        .map_or_else(|| lang.of("không rõ ngày", "day unknown").to_owned(), |day| lang.date(day));
    let broke = line.broke_with.map(|was| {
        let said = lang.of(format!("đổi từ: {was}"), format!("changed from: {was}"));
        view! { <small>{said}</small> }
    });
    let sources: Vec<_> =
        line.sources.into_iter().map(|source| view! { <li><Source source=source /></li> }).collect();
    view! {
        <tr>
            <th scope="row">{line.year}</th>
            <td>{rank}</td>
            <td>{scored}</td>
            <td>{status.map_or_else(|| "–".into_any(), |status| status.into_any())}</td>
            <td>{line.nation.map_or_else(|| "–".to_owned(), score)}</td>
            <td>{leader.unwrap_or_else(|| "–".to_owned())}</td>
            <td>{published}</td>
            <td>{line.method.unwrap_or_else(|| "–".to_owned())} {broke}</td>
            <td>
                <ul class="sources">{sources}</ul>
            </td>
        </tr>
    }
    .into_any()
}

/// Two or more sources against each other: all of them, and no verdict.
#[component]
fn Conflicts(conflicts: Vec<Conflict>, lang: Lang) -> AnyView {
    let said: Vec<_> = conflicts
        .into_iter()
        .map(|conflict| {
            let rank = conflict.rank.map(|rank| format!("{} {rank} ", lang.of("hạng", "rank")));
            let score = conflict.score.map(|score| lang.hundredths(score));
            view! {
                <li>
                    {rank} {score} " (" <Source source=conflict.source /> ")"
                </li>
            }
        })
        .collect();
    view! {
        <span>{lang.of("Các nguồn mâu thuẫn:", "Sources contradict each other:")}</span>
        <ul class="sources">{said}</ul>
    }
    .into_any()
}

/// A source: its site as a link where it is an address.
#[component]
fn Source(source: String) -> AnyView {
    let site = host(&source).to_owned();
    if source.starts_with("https://") || source.starts_with("http://") {
        view! {
            <a href=source rel="external noreferrer">
                {site}
            </a>
        }
        .into_any()
    } else {
        source.into_any()
    }
}

fn status_word(status: thuocdo::status::Status, lang: Lang) -> &'static str {
    if status == thuocdo::status::Status::Met {
        lang.of("đạt", "met")
    } else {
        lang.of("không đạt", "missed")
    }
}
