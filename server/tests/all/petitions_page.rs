//! The page on petitions: its words in both languages, and every figure against the list behind it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::{context::Context, links, pages::petitions::api::Petitions};
use axum::http::StatusCode;
use chrono::NaiveDate;
use intake::{Kind, Mapping};
use thuocdo::{
    address::Address,
    agency::Scope,
    petition_report::{Group, GroupLine, PetitionFigure},
    working_days::WorkingDays,
};

use crate::{
    boston::{PETITIONS, requests},
    helpers::{Server, TODAY},
};

/// At the city's desk, the district's, its commune's and a department's: in time, late in each step, passed on,
/// refused, open.
pub const MORE: &str = "\
petition_code,agency_code,kind,channel,sent_on,transferred_on,acknowledged_on,answered_on,published_on,status
q1,HN,regulation,online,2023-10-02,,2023-10-03,2023-10-10,2023-10-11,published
q2,271-01,procedure,online,2023-10-02,,2023-10-09,2023-10-10,2023-10-11,published
q3,271-01,conduct,postal,2023-10-02,,2023-10-03,2023-10-10,2023-10-20,published
q4,SO-01,procedure,other,2023-10-02,2023-10-30,,,,transferred
q5,SO-01,,in_person,2023-12-18,,2023-12-19,,,processing
q6,SO-01,conduct,online,2023-12-20,,2023-12-21,,,refused
q7,271-02,procedure,online,2023-12-28,,,,,new
";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test date")
}

fn context(server: &Server) -> Context {
    Context::new(server.store.clone(), Arc::new(|| day(TODAY)))
}

fn address(query: &str) -> Address {
    app::context::address(query).expect("a good address")
}

async fn load(context: &Context, address: &Address) -> Petitions {
    context.petitions(&Scope::All, address).await.expect("a page").body
}

/// The page of a link, as the link says it.
async fn follow(context: &Context, link: &str) -> Petitions {
    let (_, query) = link.trim_end_matches("#danh-sach").split_once('?').expect("parameters");
    load(context, &address(query)).await
}

async fn city() -> Server {
    let server = Server::city().await;
    server.take_in(Kind::Petitions, MORE, None).await;
    server
}

#[tokio::test]
async fn petitions_have_a_page_in_both_languages() {
    let server = city().await;
    let (status, text) = server.page("/phan-anh?period=2023-Q4&as_of=2023-12-31").await;
    assert_eq!(status, StatusCode::OK);
    for says in [
        "Ba bước, mỗi bước một hạn",
        "2 ngày làm việc; 5 khi yêu cầu bổ sung",
        "Theo đơn vị",
        "Hành vi hành chính",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
    let (status, text) =
        server.page("/phan-anh?period=2023-Q4&as_of=2023-12-31&lang=en&petitions=late").await;
    assert_eq!(status, StatusCode::OK);
    for says in [
        "Three steps, each with its limit",
        "2 working days after the answer",
        "The list has 4 rows, as many as the figure says.",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
}

#[tokio::test]
async fn every_figure_opens_as_many_petitions_as_it_says() {
    let server = city().await;
    let context = context(&server);
    let mut listed = 0;
    for narrowed in [
        "",
        "&agency=271",
        "&agency=SO-01",
        "&level=commune",
        "&channel=online",
        "&kind=procedure",
        "&kind=unstated",
    ] {
        for as_of in ["2023-10-05", "2023-12-22", "2023-12-31"] {
            let address = address(&format!("period=2023-Q4&as_of={as_of}{narrowed}"));
            let report = load(&context, &address).await.report;
            for figure in PetitionFigure::ALL {
                let page = follow(&context, &links::petition_list(&address, figure)).await;
                let list = page.list.expect("a list");
                assert_eq!(
                    (list.total, list.said),
                    (report.figure(figure), list.total),
                    "{figure:?} {address:?}"
                );
                assert_eq!(list.lines.len() as i64, list.total);
                listed += list.total;
            }
            let whole = &report.reading;
            for lines in [&report.agencies, &report.kinds, &report.channels] {
                for (figure, get) in LINE_FIGURES {
                    assert_eq!(
                        lines.iter().map(get).sum::<i64>(),
                        report.figure(figure),
                        "{address:?} {whole:?}"
                    );
                    for line in lines {
                        let link = links::petition_group(&address, &line.group, Some(figure));
                        let list = follow(&context, &link).await.list.expect("a list");
                        assert_eq!((list.total, list.said), (get(line), get(line)), "{link}");
                    }
                }
            }
        }
    }
    assert!(listed > 100, "{listed}");
}

type LineFigure = (PetitionFigure, fn(&GroupLine) -> i64);
const LINE_FIGURES: [LineFigure; 3] = [
    (PetitionFigure::InTime, |line| line.in_time),
    (PetitionFigure::Late, |line| line.late),
    (PetitionFigure::Open, |line| line.open),
];

#[tokio::test]
async fn a_list_or_kind_nobody_knows_is_answered_with_what_to_write() {
    let server = city().await;
    for (query, says) in [
        ("petitions=on_time", "handled_late"),
        ("kind=complaint", "conduct"),
        ("petitions=late&agency=NOWHERE", "NOWHERE"),
    ] {
        let (status, text) = server.page(&format!("/phan-anh?{query}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
        assert!(text.contains(says), "{query}: {text}");
    }
    let (status, text) = server.page("/phan-anh?period=2023&petitions=started&page=999").await;
    assert_eq!(status, StatusCode::OK, "beyond the last page stands the last");
    assert!(text.contains("9 phản ánh, kiến nghị"), "{text}");
}

#[tokio::test]
async fn an_installation_without_petitions_says_so() {
    let server = Server::empty().await;
    let (status, text) = server.page("/phan-anh").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Chưa có số liệu nào được nhập"), "{text}");
}

#[tokio::test]
async fn the_months_have_a_picture_of_their_own() {
    let server = city().await;
    let (status, kind, body) =
        server.get("/bieu-do/phan-anh-theo-thang.csv?period=2023&as_of=2023-12-31").await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(String::from_utf8_lossy(&body).contains("Tháng 10/2023"));
}

/// What a plain loop over the file finds for one department: in time, late, open.
type Found = BTreeMap<String, [i64; 3]>;

#[tokio::test]
async fn boston_s_departments_and_open_ones_are_as_a_plain_loop_counts_them() {
    let Some(file) = requests() else { return };
    let server = Server::empty().await;
    let mapping = Mapping::parse(PETITIONS).expect("a mapping");
    server.take_in_file(Kind::Petitions, &file, Some(&mapping)).await;
    let calendar = server.store.calendar().await.expect("a calendar");
    let (from, last) = (day("2015-04-01"), day("2015-06-30"));
    let (found, ages) = loop_over(&file, from, last, &calendar);

    let context = context(&server);
    let report = load(&context, &address("period=2015-Q2&as_of=2015-06-30")).await.report;
    let recorded: Vec<bool> = report.steps.iter().map(|line| line.is_recorded).collect();
    assert_eq!(recorded, [false, true, false], "Boston records the answer alone");
    let shown: Found = report
        .agencies
        .iter()
        .map(|line| {
            let Group::Agency { code, .. } = &line.group else { panic!("an agency") };
            (code.clone(), [line.in_time, line.late, line.open])
        })
        .collect();
    assert_eq!(shown, found);
    assert_eq!(report.ages.iter().map(|line| line.open).collect::<Vec<_>>(), ages);
    assert!(ages.iter().all(|count| *count > 0), "every age is there: {ages:?}");

    let listed = load(&context, &address("period=2015-Q2&as_of=2015-06-30&petitions=late&page=2")).await;
    let list = listed.list.expect("a list");
    assert_eq!((list.total, list.said), (found.values().map(|counts| counts[1]).sum(), list.total));
    assert_eq!((list.page, list.lines.len()), (2, 50));
}

fn loop_over(
    file: &std::path::Path,
    from: NaiveDate,
    last: NaiveDate,
    calendar: &WorkingDays,
) -> (Found, Vec<i64>) {
    let mut reader = csv::Reader::from_path(file).expect("the file");
    let headers = reader.headers().expect("a header").clone();
    let column = |name: &str| headers.iter().position(|header| header == name).expect("the column");
    let (open, target, closed) = (column("OPEN_DT"), column("TARGET_DT"), column("CLOSED_DT"));
    let (department, code) = (column("Department"), column("CASE_ENQUIRY_ID"));
    let parse = |text: &str| NaiveDate::parse_from_str(text.get(..10)?, "%m/%d/%Y").ok();
    let working_after = |day: NaiveDate| day.iter_days().skip(1).filter(|day| calendar.is_working(*day));
    let mut found = Found::new();
    let mut ages = vec![0; 5];
    let mut seen = BTreeSet::new();
    for record in reader.records() {
        let record = record.expect("a record");
        assert!(seen.insert(record[code].to_owned()), "each request once");
        let sent = parse(&record[open]).expect("a day");
        let limit = parse(&record[target]).unwrap_or_else(|| working_after(sent).nth(14).expect("a day"));
        let (decided, in_time) = match parse(&record[closed]) {
            Some(done) if done <= limit => (done.max(sent), true),
            _ => (limit.succ_opt().expect("a day").max(sent), false),
        };
        let mut counts = [0; 3];
        if from <= decided && decided <= last {
            counts[usize::from(!in_time)] = 1;
        }
        if sent <= last && last < decided {
            counts[2] = 1;
            let age = working_after(sent).take_while(|day| *day <= last).count();
            ages[[2, 5, 10, 15].iter().filter(|oldest| age > **oldest).count()] += 1;
        }
        if counts != [0; 3] {
            let sums = found.entry(record[department].to_owned()).or_default();
            sums.iter_mut().zip(counts).for_each(|(sum, one)| *sum += one);
        }
    }
    (found, ages)
}
