//! The page on case files in depth: every figure against a deliberately naive recount of the rows that came in.

use std::{collections::HashMap, sync::Arc};

use app::context::Context;
use axum::http::StatusCode;
use chrono::NaiveDate;
use server::demo;
use store::{Import, Numbered};
use thuocdo::{
    agency::{Level, Scope},
    apology::{self, Letter},
    case_file::{CaseFile, Row, State, Verdict, Yardstick, computed_due, urgency::month_of},
    counts::Given,
    filter::{Filter, Measured},
    period::Window,
    working_days::{Limit, LimitUnit, WorkingDays},
};

use crate::helpers::{Server, TODAY};

/// Enough for every figure to count something, few enough to be quick.
const ROWS: u64 = 12_000;

fn numbered<T>(rows: impl IntoIterator<Item = T>) -> Vec<Numbered<T>> {
    rows.into_iter().zip(2..).map(|(row, line)| Numbered { line, row }).collect()
}

async fn begin(server: &Server, kind: &str) -> Import {
    server.store.import(kind, "demo", TODAY.parse().expect("a date")).await.expect("begins")
}

async fn end(mut import: Import) {
    import.settle().await.expect("settles");
    import.finish(0, 0, &[]).await.expect("finishes");
}

struct Procedure {
    field: Option<String>,
    limit: Option<Limit>,
    immediate: bool,
}

/// The rows as they came in, and what is known of agencies and procedures.
struct Naive {
    rows: Vec<Row>,
    agencies: HashMap<String, (Level, Option<String>)>,
    procedures: HashMap<String, Procedure>,
    calendar: WorkingDays,
}

impl Naive {
    async fn imported(server: &Server) -> Self {
        let rows: Vec<Row> = demo::case_files(ROWS).collect();
        let mut import = begin(server, "agencies").await;
        import.write_agencies(numbered(demo::agencies())).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "fields").await;
        import.write_fields(numbered(demo::fields())).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "procedures").await;
        import.write_procedures(numbered(demo::procedures())).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "case-files").await;
        import.write_case_files(numbered(rows.iter().cloned())).await.expect("writes");
        end(import).await;
        let agency = |row: thuocdo::agency::Row| {
            let level = row.level.value().copied().expect("a level");
            (row.agency_code, (level, row.parent_code.value().cloned()))
        };
        let procedure = |row: thuocdo::procedure::Row| {
            let unit = row.limit_unit.value().copied().unwrap_or(LimitUnit::WorkingDay);
            let limit = row.limit.value().map(|amount| Limit { amount: *amount, unit });
            let immediate = row.immediate.value() == Some(&true);
            (row.procedure_code, Procedure { field: row.field_code.value().cloned(), limit, immediate })
        };
        Self {
            rows,
            agencies: demo::agencies().into_iter().map(agency).collect(),
            procedures: demo::procedures().into_iter().map(procedure).collect(),
            calendar: server.store.calendar().await.expect("a calendar"),
        }
    }

    fn count(&self, filter: &Filter, window: Window, measured: Measured) -> i64 {
        let counted = self.rows.iter().filter(|row| self.is_in(row, filter));
        let counted = counted.filter(|row| self.is_counted(row, window, measured)).count();
        i64::try_from(counted).expect("few")
    }

    fn procedure(&self, row: &Row) -> Option<&Procedure> {
        row.procedure_code.value().and_then(|code| self.procedures.get(code))
    }

    fn is_in(&self, row: &Row, filter: &Filter) -> bool {
        let mut above = Some(row.agency_code.clone());
        let mut is_below = filter.agency.is_none();
        while let Some(code) = above {
            is_below |= filter.agency.as_ref() == Some(&code);
            above = self.agencies.get(&code).and_then(|(_, parent)| parent.clone());
        }
        let level = self.agencies.get(&row.agency_code).map(|(level, _)| *level);
        let own = row.field_code.value().cloned();
        let field = own.or_else(|| self.procedure(row).and_then(|procedure| procedure.field.clone()));
        is_below
            && (filter.level.is_none() || filter.level == level)
            && (filter.field.is_none() || filter.field == field)
            && (filter.channel.is_none() || filter.channel.as_ref() == row.channel.value())
            && (filter.procedure.is_none() || filter.procedure.as_ref() == row.procedure_code.value())
    }

    fn is_counted(&self, row: &Row, window: Window, measured: Measured) -> bool {
        let date = |given: &Given<NaiveDate>| given.value().copied();
        let limit = self.procedure(row).and_then(|procedure| procedure.limit);
        let computed = computed_due(limit, row.received_on, date(&row.resumed_on), &self.calendar);
        let due_on = date(&row.due_on).or(computed);
        let file = CaseFile {
            received_on: row.received_on,
            due_on,
            original_due_on: date(&row.original_due_on).or(due_on),
            completed_on: date(&row.completed_on),
            returned_on: date(&row.returned_on),
            status: row.status.value().copied(),
            status_on: date(&row.status_on),
            paused_on: date(&row.paused_on),
            resumed_on: date(&row.resumed_on),
            immediate: self.procedure(row).is_some_and(|procedure| procedure.immediate),
        };
        let letter =
            Letter { apology_on: date(&row.apology_on), reschedules: row.reschedules.value().copied() };
        if let Some(is) = apology::counts(measured, &file, letter, window, &self.calendar) {
            return is;
        }
        let last = window.last;
        let state = file.state_on(last, Yardstick::Official);
        let received = file.is_received() && window.contains(file.received_on);
        let ended = file.is_received() && file.ended_on().is_some_and(|end| window.contains(end));
        let done = |verdict| ended && state == State::Done(verdict);
        let due = file.due_on.unwrap_or(NaiveDate::MIN);
        let left = |days: std::ops::RangeInclusive<u32>| {
            state == State::OpenWithinDue && days.contains(&self.calendar.between(last, due))
        };
        let overdue = |days: std::ops::RangeInclusive<u32>| {
            state == State::OpenOverdue && days.contains(&self.calendar.between(due, last))
        };
        match measured {
            Measured::Received => received,
            Measured::Early => done(Verdict::Early),
            Measured::OnTime => done(Verdict::OnTime),
            Measured::Late => done(Verdict::Late),
            Measured::Undetermined => done(Verdict::Undetermined),
            Measured::Withdrawn => ended && state == State::Withdrawn,
            Measured::OpenWithinDue => state == State::OpenWithinDue,
            Measured::OpenOverdue => state == State::OpenOverdue,
            Measured::OpenUndetermined => state == State::OpenUndetermined,
            Measured::Paused => state == State::Paused,
            Measured::DueIn0 => left(0..=0),
            Measured::DueIn1 => left(1..=1),
            Measured::DueIn3 => left(2..=3),
            Measured::DueIn5 => left(4..=5),
            Measured::DueInMonth => state == State::OpenWithinDue && due <= month_of(last).1,
            Measured::Overdue5 => overdue(0..=5),
            Measured::Overdue10 => overdue(6..=10),
            Measured::Overdue30 => overdue(11..=30),
            Measured::OverdueMore => overdue(31..=u32::MAX),
            Measured::WithoutDue => received && file.due_on.is_none() && !file.immediate,
            Measured::CompletedBeforeReceived => {
                ended && file.completion().is_some_and(|day| day < file.received_on)
            }
            Measured::DueBeforeReceived => received && file.due_on.is_some_and(|due| due < file.received_on),
            _ => false,
        }
    }
}

#[tokio::test]
async fn every_figure_says_what_a_naive_recount_says_and_opens_as_many_files() {
    let server = Server::empty().await;
    let naive = Naive::imported(&server).await;
    let today: NaiveDate = TODAY.parse().expect("a date");
    let context = Context::new(server.store.clone(), Arc::new(move || today));
    let mut seen: HashMap<Measured, i64> = HashMap::new();
    for query in [
        "period=2023&as_of=2023-11-17",
        "period=2023-Q2&as_of=2023-05-19&level=commune",
        "period=2022-12&as_of=2022-12-30&channel=online",
        "period=2023-H1&agency=271",
        "period=2023&as_of=2023-09-29&agency=SO-08&channel=in_person",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(narrow(&naive))
    {
        let address = app::context::address(&query).expect("an address");
        let framed = context.case_files(&Scope::All, &address).await.expect("a page");
        let window = address.question(today, framed.frame.case_files_until).expect("a question").window();
        let body = framed.body;
        for measured in Measured::ALL {
            let expected = naive.count(&address.filter, window, measured);
            let shown = body.depth.figure(measured);
            let shown = shown.unwrap_or_else(|| body.report.official.figure(measured));
            assert_eq!(shown, expected, "{measured:?} {query}");
            *seen.entry(measured).or_default() += expected;
            let list = server
                .store
                .case_file_list(&Scope::All, &address.filter, window, measured, 10_000, 0)
                .await
                .expect("a list");
            assert_eq!((list.total, list.lines.len() as i64), (expected, expected), "{measured:?} {query}");
        }
        let late = body.report.official.late;
        assert_eq!(body.depth.fields.iter().map(|line| line.official.late).sum::<i64>(), late, "{query}");
        assert_eq!(body.depth.procedures.iter().map(|line| line.late).sum::<i64>(), late, "{query}");
        for line in &body.depth.fields {
            let filter = Filter { field: line.code.clone(), ..address.filter.clone() };
            if line.code.is_some() {
                let expected = naive.count(&filter, window, Measured::Received);
                assert_eq!(line.official.received, expected, "{} {query}", line.name);
            }
        }
    }
    let sum = |of: &[Measured]| of.iter().map(|measured| seen[measured]).sum::<i64>();
    for some in [&Measured::RESCUE[..], &Measured::AGES, &[Measured::LetterSent], &[Measured::LetterMissing]]
    {
        assert!(sum(some) > 0, "{some:?} counted nothing anywhere: the test would prove nothing");
    }
}

/// A field and a procedure that have files, asked for by themselves and within an agency.
fn narrow(naive: &Naive) -> Vec<String> {
    let row =
        naive.rows.iter().find(|row| naive.is_counted(row, Window::up_to(NaiveDate::MAX), Measured::Late));
    let row = row.expect("a late file");
    let procedure = row.procedure_code.value().expect("a procedure");
    let field = naive.procedures[procedure].field.as_ref().expect("a field");
    let agency = &row.agency_code;
    vec![
        format!("period=2022&field={field}"),
        format!("period=2022&procedure={procedure}"),
        format!("period=2022&agency={agency}&procedure={procedure}"),
    ]
}

#[tokio::test]
async fn the_page_says_how_the_month_can_still_end_in_both_languages() {
    let server = Server::city().await;
    let (status, text) = server.page("/ho-so?period=2023&as_of=2023-12-07").await;
    assert_eq!(status, StatusCode::OK);
    let ends = "Nếu 1 hồ sơ đến hạn từ nay đến 31/12/2023 đều xong đúng hạn, tháng kết thúc ở mức 100,00 %.";
    assert!(text.contains(ends), "{text}");
    let (_, text) = server.page("/ho-so?period=2023&as_of=2023-12-07&list=due_in_1").await;
    assert!(text.contains("Còn 1 ngày làm việc: 1 hồ sơ"), "{text}");
    let (_, text) = server.page("/ho-so?period=2023&as_of=2023-12-07&lang=en").await;
    assert!(text.contains("Can still be saved") && text.contains("few files"), "{text}");
    let (_, text) = server.page("/ho-so?as_of=2024-01-10&list=overdue_30").await;
    assert!(text.contains("Quá hạn 11–30 ngày làm việc: 1 hồ sơ"), "{text}");
}

#[tokio::test]
async fn filters_in_force_are_named_with_a_way_to_drop_each() {
    let server = Server::city().await;
    let (_, text) = server.page("/ho-so?period=2023&field=XD&channel=online").await;
    assert!(text.contains("Lĩnh vực: Xây dựng"), "{text}");
    let (_, _, body) = server.get("/ho-so?period=2023&field=XD&channel=online").await;
    let html = String::from_utf8(body).expect("UTF-8").replace("&amp;", "&");
    assert!(html.contains("href=\"/ho-so?period=2023&channel=online\""), "drops the field");
    assert!(html.contains("href=\"/ho-so?period=2023&field=XD\""), "drops the channel");
    let (status, text) = server.page("/ho-so?procedure=NOWHERE").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("NOWHERE"), "{text}");
    let (_, text) = server.page("/?as_of=2023-12-07").await;
    assert!(text.contains("Còn cứu được"), "{text}");
}
