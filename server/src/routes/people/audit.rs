//! The audit log: searched, read, taken away. Reading it is a line of it.

use app::written::people as pages;
use axum::{
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use chrono::NaiveDate;
use store::people::{AuditLine, AuditQuestion};
use thuocdo::{
    access::Actor,
    address,
    audit::{Action, Entry},
    lang::Lang,
};

use super::{Refused, Sender, html, output_name};
use crate::{access::Access, export::csv};

/// Lines of one page.
const LINES: i64 = 100;
/// Lines of one file.
const LINES_OF_FILE: i64 = 200_000;
/// Seconds from a day in Hanoi to the same in UTC.
const HANOI: i64 = 7 * 3_600;

/// What was asked, as it was typed.
#[derive(Default)]
struct Asked {
    who: String,
    what: String,
    about: String,
    from: String,
    to: String,
    page: i64,
}

impl Asked {
    fn of(query: Option<&str>) -> Self {
        let mut asked = Self { page: 1, ..Self::default() };
        for (name, value) in form_urlencoded::parse(query.unwrap_or("").as_bytes()) {
            let value: String = value.chars().take(100).collect();
            match &*name {
                "who" => asked.who = value,
                "what" => asked.what = value,
                "about" => asked.about = value,
                "from" => asked.from = value,
                "to" => asked.to = value,
                "page" => asked.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        asked
    }

    /// The question; `false` beside it when a day was not understood.
    fn question(&self) -> (AuditQuestion, bool) {
        let begin = |day: Option<NaiveDate>| day.map(|day| i64::from(day.to_epoch_days()) * 86_400 - HANOI);
        let (from, to) = (address::day(&self.from), address::day(&self.to));
        let is_understood = (self.from.is_empty() || from.is_some()) && (self.to.is_empty() || to.is_some());
        let question = AuditQuestion {
            actor: self.who.clone(),
            action: self.what.parse().ok(),
            about: self.about.clone(),
            from: begin(from),
            before: begin(to.and_then(|day| day.succ_opt())),
        };
        (question, is_understood)
    }
}

/// The log.
pub(super) async fn page(
    State(access): State<Access>,
    sender: Sender,
    RawQuery(query): RawQuery,
) -> Response {
    let Sender { actor, client, lang, .. } = sender;
    let asked = Asked::of(query.as_deref());
    access.audit.note(&actor, &client, Action::AuditRead, pages::AUDIT, query.as_deref().unwrap_or("")).await;
    match shown(&access, &actor, &asked, lang).await {
        Ok(page) => html(page).into_response(),
        Err(refused) => {
            refused.answer(pages::refused(&app::error::AppError::Unavailable, lang, &output_name()))
        }
    }
}

async fn shown(access: &Access, actor: &Actor, asked: &Asked, lang: Lang) -> Result<String, Refused> {
    let (question, is_understood) = asked.question();
    let (total, lines) =
        access.people.audit(&question, LINES, (asked.page - 1).saturating_mul(LINES)).await?;
    let broken = access.people.broken_audit().await?;
    let not_a_day = lang.of("Ngày viết như 2026-11-27 hoặc 27/11/2026.", "Write a day such as 2026-11-27.");
    let page = pages::AuditPage {
        actor,
        asked: [&asked.who, &asked.what, &asked.about, &asked.from, &asked.to],
        total,
        lines: &lines,
        page: (asked.page, ((total + LINES - 1) / LINES).max(1)),
        broken,
        problem: (!is_understood).then_some(not_a_day),
    };
    Ok(pages::audit(&page, lang, &output_name()))
}

/// The lines that answer a question, as CSV.
pub(super) async fn file(
    State(access): State<Access>,
    sender: Sender,
    RawQuery(query): RawQuery,
) -> Response {
    let Sender { actor, client, lang, .. } = sender;
    let (question, _) = Asked::of(query.as_deref()).question();
    let asked = query.as_deref().unwrap_or("");
    access.audit.note(&actor, &client, Action::AuditRead, pages::AUDIT_FILE, asked).await;
    let Ok((_, lines)) = access.people.audit(&question, LINES_OF_FILE, 0).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let heads = ["line", "at", "actor", "role", "action", "object", "detail", "from_address"];
    let rows = lines.into_iter().map(|line| cells(line, lang));
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"nhat-ky.csv\""),
    ];
    (head, csv::lines(&heads, rows)).into_response()
}

fn cells(AuditLine { line, entry }: AuditLine, lang: Lang) -> Vec<String> {
    let Entry { at, actor, role, action, object, detail, from_address } = entry;
    let action = action.as_str().to_owned();
    vec![line.to_string(), lang.moment(at), actor, role, action, object, detail, from_address]
}
