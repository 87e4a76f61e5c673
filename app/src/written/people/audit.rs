//! The audit log: searched, read, taken away.

use leptos::prelude::*;
use store::people::{AuditLine, Broken};
use thuocdo::{
    access::Actor,
    audit::{Action, Entry},
    lang::Lang,
};

use super::{document, in_lang, problem, with};
use crate::components::table::Table;

/// The audit log.
pub const AUDIT: &str = "/quan-tri/nhat-ky";
/// The same as CSV.
pub const AUDIT_FILE: &str = "/quan-tri/nhat-ky.csv";

/// What the page shows.
pub struct AuditPage<'a> {
    /// Who looks.
    pub actor: &'a Actor,
    /// What was asked, as it was typed: who, what, about, from, to.
    pub asked: [&'a str; 5],
    /// How many lines answer.
    pub total: i64,
    /// Some of them, the newest first.
    pub lines: &'a [AuditLine],
    /// The page, from one, and how many there are.
    pub page: (i64, i64),
    /// The first line that was changed or is gone.
    pub broken: Option<Broken>,
    /// What was not understood of the question.
    pub problem: Option<&'a str>,
}

/// The page.
#[must_use]
pub fn audit(page: &AuditPage, lang: Lang, output_name: &str) -> String {
    let title = lang.of("Nhật ký", "Audit log");
    let [who, what, about, from, to] = page.asked;
    let asked = [("who", who), ("what", what), ("about", about), ("from", from), ("to", to)];
    let rows: Vec<_> = page.lines.iter().map(|line| row(line, lang)).collect();
    let heads = [
        lang.of("Số", "No."),
        lang.of("Lúc", "When"),
        lang.of("Ai", "Who"),
        lang.of("Việc", "What"),
        lang.of("Đối tượng", "To what"),
        lang.of("Chi tiết", "Detail"),
        lang.of("Từ địa chỉ", "From"),
    ];
    let chain = match page.broken {
        None => view! {
            <p class="status met">
                <span aria-hidden="true">"● "</span>
                {lang.of("Chuỗi nhật ký nguyên vẹn: không dòng nào bị sửa hay mất.", "The chain is whole: no line was changed or is gone.")}
            </p>
        }
        .into_any(),
        Some(Broken { line }) => view! {
            <p class="status missed" role="alert">
                <span aria-hidden="true">"■ "</span>
                {match lang {
                    Lang::Vi => format!("Chuỗi nhật ký đứt ở dòng {}: dòng này đã bị sửa hoặc mất.", lang.number(line)),
                    Lang::En => format!("The chain breaks at line {}: it was changed or is gone.", lang.number(line)),
                }}
            </p>
        }
        .into_any(),
    };
    let options: Vec<_> = Action::ALL
        .into_iter()
        .map(|action| {
            view! {
                <option value=action.as_str() selected=what == action.as_str()>
                    {action.label(lang)}
                </option>
            }
        })
        .collect();
    let field = |name: &'static str, kind: &'static str, words: &'static str, value: &str| {
        view! {
            <label>{words} <input type=kind name=name value=value.to_owned() /></label>
        }
    };
    let (number, pages) = page.page;
    let turn = |to: i64, words: &'static str, rel: &'static str| {
        let to = to.to_string();
        let mut parameters = asked.to_vec();
        parameters.push(("page", &to));
        view! {
            <a rel=rel href=with(AUDIT, &parameters, lang)>
                {words}
            </a>
        }
    };
    let older = (number < pages).then(|| turn(number + 1, lang.of("Cũ hơn →", "Older →"), "next"));
    let newer = (number > 1).then(|| turn(number - 1, lang.of("← Mới hơn", "← Newer"), "prev"));
    let body = view! {
        <div class="lead">
            <h1>{title}</h1>
            <p>{lang.count(page.total, "dòng", "line", "lines")}</p>
            {chain}
            {problem(page.problem)}
        </div>
        <form class="form letterhead" method="get" action=AUDIT>
            {(lang != Lang::default()).then(|| view! { <input type="hidden" name="lang" value=lang.as_str() /> })}
            {field("who", "text", lang.of("Ai", "Who"), who)}
            <label>
                {lang.of("Việc", "What")} <select name="what">
                    <option value="">{lang.of("mọi việc", "anything")}</option>
                    {options}
                </select>
            </label>
            {field("about", "text", lang.of("Đối tượng, chi tiết hoặc địa chỉ", "About or from"), about)}
            {field("from", "date", lang.of("Từ ngày", "From"), from)} {field("to", "date", lang.of("Đến ngày", "To"), to)}
            <button type="submit">{lang.of("Tìm", "Search")}</button>
        </form>
        <p>
            <a href=with(AUDIT_FILE, &asked, lang)>{lang.of("Tải các dòng này (CSV)", "Take these lines (CSV)")}</a>
        </p>
        <Table label=title class="people audit" heads=heads>
            {rows}
        </Table>
        <nav class="turn" aria-label=lang.of("Các trang nhật ký", "Pages of the log")>
            {newer} <span>{format!("{number} / {pages}")}</span> {older}
        </nav>
        <p>
            <a href=in_lang(super::ADMIN, lang)>{lang.of("Về danh sách người dùng", "Back to all people")}</a>
        </p>
    };
    document(title, Some(page.actor), body, output_name, lang)
}

fn row(line: &AuditLine, lang: Lang) -> impl IntoView + use<> {
    let AuditLine { line, entry } = line.clone();
    let Entry { at, actor, role, action, object, detail, from_address } = entry;
    view! {
        <tr>
            <th scope="row">{lang.number(line)}</th>
            <td>{lang.moment(at)}</td>
            <td>{actor} " " <small>{role}</small></td>
            <td>{action.label(lang)}</td>
            <td class="wide">{object}</td>
            <td class="wide">{detail}</td>
            <td>{from_address}</td>
        </tr>
    }
}
