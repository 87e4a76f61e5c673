//! Every figure of every page against a naive recount of the rows, for twenty questions drawn at random, on both engines.

use std::{collections::BTreeMap, sync::Arc};

use app::{context::Context, links};
use chrono::{Days, NaiveDate};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};
use store::testing::Cluster;
use thuocdo::{
    address::Address,
    agency::{Level, Scope},
    charts::{Chart, Kind, table::Table},
    filter::{Filter, Measured},
    period::{Cycle, Period, Unit},
    petition_report::{Group, KindChoice, PetitionFigure},
    rate::Rate,
};

use crate::{
    helpers::{Server, TODAY},
    naive::{City, File, Span, counts_between, given},
};

/// Enough for every figure to count something, few enough to be quick.
const ROWS: u64 = 8_000;
/// How many questions are asked.
const QUESTIONS: usize = 20;

#[tokio::test]
async fn every_figure_is_what_a_naive_recount_says_on_sqlite() {
    tell(&Server::empty().await).await;
}

#[tokio::test]
async fn every_figure_is_what_a_naive_recount_says_on_postgresql() {
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::over(&cluster.database("recount"), folder).await;
    tell(&server).await;
    server.store.close().await;
}

async fn tell(server: &Server) {
    let city = City::imported(server, ROWS).await;
    let today: NaiveDate = TODAY.parse().expect("a date");
    let context = Context::new(server.store.clone(), Arc::new(move || today));
    let mut seen = Seen::default();
    for address in questions(&city) {
        case_files(&context, server, &city, &address, &mut seen).await;
        petitions(&context, &city, &address, &mut seen).await;
        dialogues(&context, &city, &address, &mut seen).await;
    }
    for (name, count) in &seen.0 {
        assert!(*count > 0, "{name} counted nothing in any question: the test would prove nothing");
    }
}

/// Figures that few files have are looked at together; those that the invented city has none of are left out.
fn group(measured: Measured) -> &'static str {
    match measured {
        of if Measured::RESCUE.contains(&of) => "what can still be saved",
        of if Measured::AGES.contains(&of) => "overdue by age",
        of if Measured::LETTERS.contains(&of) => "letters of apology",
        of if Measured::DOUBTS.contains(&of) => "doubtful dates",
        of => of.as_str(),
    }
}

/// How much each figure counted over all questions.
#[derive(Default)]
struct Seen(BTreeMap<String, i64>);

impl Seen {
    fn add(&mut self, figure: impl std::fmt::Debug, count: i64) {
        *self.0.entry(format!("{figure:?}")).or_default() += count;
    }
}

/// Questions drawn by a fixed die: period, cycle, day, agency, level, field, channel.
fn questions(city: &City) -> Vec<Address> {
    let mut die = ChaCha8Rng::seed_from_u64(280);
    let mut draw = move |sides: usize| usize::try_from(die.next_u32()).expect("a number") % sides;
    let whole = city.files.iter().filter_map(|file| file.field()).collect::<Vec<_>>();
    let mut all: Vec<Address> = (0..QUESTIONS)
        .map(|n| {
            let unit = Unit::ALL[draw(4)];
            let cycle = if draw(3) == 0 { Cycle::Reporting } else { Cycle::Calendar };
            let begin: NaiveDate = "2022-01-01".parse().expect("a date");
            let day = begin + Days::new(200 + draw(540) as u64);
            let period = Period::containing(day, unit, cycle);
            let as_of = (draw(2) == 0).then(|| {
                let early = period.from(cycle);
                let days = (day - early).num_days().unsigned_abs();
                (early + Days::new(draw(usize::try_from(days).expect("few") + 1) as u64)).max(begin)
            });
            let busy = |level: Level, at: usize| {
                let of_level: Vec<&str> =
                    city.agencies.iter().filter(|a| a.level == level).map(|a| a.code.as_str()).collect();
                of_level[at % of_level.len()].to_owned()
            };
            let agency = match n % 5 {
                1 => Some(busy(Level::District, draw(30))),
                2 => Some(busy(Level::Department, draw(20))),
                _ => None,
            };
            let level = (n % 5 == 3).then(|| [Level::Commune, Level::District][draw(2)]);
            let field = (n % 4 == 0).then(|| whole[draw(whole.len())].to_owned());
            let channels = thuocdo::case_file::Channel::ALL;
            let channel = (n % 3 == 0).then(|| channels[draw(3)]);
            let kind = (n % 6 == 5).then(|| KindChoice::ALL[draw(3)]);
            let filter = Filter { agency, level, field, channel, procedure: None };
            Address { period: Some(period), cycle, as_of, filter, kind, ..Address::default() }
        })
        .collect();
    // A procedure of the city, and of one agency.
    let file = city.files.iter().find(|file| file.timed((None, NaiveDate::MAX), false).1 > 0);
    let file = file.expect("a late file");
    let year = Address { period: "2022".parse().ok(), ..Address::default() };
    let of_procedure = Filter { procedure: file.procedure().map(str::to_owned), ..Filter::default() };
    let of_both = Filter { agency: Some(file.agency.clone()), ..of_procedure.clone() };
    all.push(Address { filter: of_procedure, ..year.clone() });
    // The day before a late file was done: it was overdue then.
    let before = file.end().and_then(|end| end.pred_opt());
    all.push(Address { as_of: before, ..Address::default() });
    all.push(Address { filter: of_both, ..year });
    all
}

fn asked(address: &Address) -> String {
    format!("{}?{}", address.filter.agency.as_deref().unwrap_or(""), address.query())
}

async fn case_files(context: &Context, server: &Server, city: &City, address: &Address, seen: &mut Seen) {
    let page = context.case_files(&Scope::All, address).await.expect("a page");
    let last_data = [page.frame.case_files_until, page.frame.petitions_until, page.frame.dialogues_until];
    let last_data = last_data.into_iter().flatten().max();
    let question = address.question(TODAY.parse().expect("a date"), last_data).expect("a question");
    let window = question.window();
    let days: Span = (window.from, window.last);
    let files = city.files_of(&address.filter);
    let count = |files: &[&File], measured: Measured| {
        let counted = files.iter().filter(|file| file.counts(measured, days, &city.calendar)).count();
        i64::try_from(counted).expect("few")
    };
    let asked = asked(address);
    let body = &page.body;
    for measured in Measured::ALL {
        let expected = count(&files, measured);
        let shown = body.depth.figure(measured).unwrap_or_else(|| body.report.figure(measured));
        assert_eq!(shown, expected, "{measured:?} {asked}");
        seen.add(group(measured), expected);
        let filter = &address.filter;
        let list =
            server.store.case_file_list(&Scope::All, filter, window, measured, None, (20_000, 0)).await;
        let list = list.expect("a list");
        assert_eq!((list.total, list.lines.len() as i64), (expected, expected), "{measured:?} {asked}");
    }

    let timed = |files: &[&File], days: Span| {
        let (hits, late) = files.iter().fold((0, 0), |sum, file| {
            let one = file.timed(days, false);
            (sum.0 + one.0, sum.1 + one.1)
        });
        Rate::new(hits, hits + late)
    };
    let month =
        |month: Period| (Some(month.from(question.cycle)), month.to(question.cycle).min(question.as_of));
    let year = question.period.expect("a period").year();
    let year: Period = year.to_string().parse().expect("a year");
    let months: Vec<Period> = year.split(Unit::Month).collect();

    // The months of the chart, and the same months a year before.
    let Kind::Trend(trend) = &body.report.months.kind else { panic!("a trend") };
    for (point, of) in trend.points.iter().zip(&months) {
        assert_eq!(point.value, timed(&files, month(*of)).floored(), "{of} {asked}");
        assert_eq!(point.before, timed(&files, month(of.same_last_year())).floored(), "{of} before {asked}");
    }

    // Every agency's line: what it counts, its strict rate, its months in the heat map, its place in the funnel.
    for line in &body.report.agencies {
        let of_line: Vec<&File> = files
            .iter()
            .copied()
            .filter(|file| {
                let is_own = file.agency == line.code;
                if line.is_own_desk || address.filter.level.is_some() {
                    is_own
                } else {
                    city.is_below(&file.agency, &line.code)
                }
            })
            .collect();
        for measured in [Measured::Received, Measured::Late, Measured::OpenOverdue, Measured::Open] {
            let expected = count(&of_line, measured);
            assert_eq!(line.official.figure(measured), expected, "{measured:?} of {} {asked}", line.name);
        }
        let of_months: Vec<Rate> = months.iter().map(|of| timed(&of_line, month(*of))).collect();
        assert_eq!(line.months, of_months, "{} {asked}", line.name);
        let (hits, late) = of_line.iter().fold((0, 0), |sum, file| {
            let one = file.timed(days, true);
            (sum.0 + one.0, sum.1 + one.1)
        });
        assert_eq!(line.strict_rate, Rate::new(hits, hits + late).floored(), "{} {asked}", line.name);
    }
    let sum = |of: fn(&thuocdo::indicator::on_time_returns::Tally) -> i64| {
        body.report.agencies.iter().map(|line| of(&line.official)).sum::<i64>()
    };
    assert_eq!(sum(|tally| tally.late), count(&files, Measured::Late), "the lines add up {asked}");
    assert_eq!(sum(|tally| tally.received), count(&files, Measured::Received), "the lines add up {asked}");
    drawn_as_listed(&body.report, &asked);

    // Fields, procedures, levels.
    for line in &body.depth.fields {
        let of_field: Vec<&File> =
            files.iter().copied().filter(|file| file.field() == line.code.as_deref()).collect();
        for measured in [Measured::Late, Measured::OpenOverdue, Measured::Received] {
            let expected = count(&of_field, measured);
            assert_eq!(line.official.figure(measured), expected, "{measured:?} {} {asked}", line.name);
        }
    }
    for line in &body.depth.procedures {
        let of_procedure: Vec<&File> =
            files.iter().copied().filter(|file| file.procedure() == line.code.as_deref()).collect();
        assert_eq!(line.late, count(&of_procedure, Measured::Late), "{} {asked}", line.name);
    }
    for line in &body.depth.levels {
        let filter = Filter { level: Some(line.level), ..address.filter.clone() };
        assert_eq!(
            line.official.late,
            count(&city.files_of(&filter), Measured::Late),
            "{:?} {asked}",
            line.level
        );
    }

    // The whole city beside a part of it.
    if address.filter.agency.is_some() || address.filter.level.is_some() {
        let whole = Filter { agency: None, level: None, ..address.filter.clone() };
        let expected = timed(&city.files_of(&whole), days);
        let compared = body.report.compared.last().map(|city| city.rate);
        if window.from.is_some_and(|from| from <= window.last) {
            assert_eq!(compared, Some(expected), "{asked}");
        }
    }

    // Where the year ends: what is in it so far.
    if let Some(outlook) = &body.outlook {
        let last = question.as_of.min(year.to(question.cycle)).min(window.last.max(question.as_of));
        let so_far = timed(&files, (Some(year.from(question.cycle)), last));
        assert_eq!((outlook.basis.ok, outlook.basis.late), (so_far.hits, so_far.misses()), "{asked}");
        let Kind::Control(control) = &outlook.months.chart.kind else { panic!("a control chart") };
        for (point, about) in control.points.iter().zip(&outlook.months.chart.about) {
            let of = about.period.expect("a month");
            let until = of.to(question.cycle).min(window.last);
            let expected = timed(&files, (Some(of.from(question.cycle)), until)).floored();
            assert_eq!(point.value, expected, "{of} {asked}");
        }
    }
}

/// The charts of agencies say what their table says.
fn drawn_as_listed(report: &thuocdo::case_file_report::CaseFileReport, asked: &str) {
    let line = |code: &Option<String>, chart: &Chart, item: usize| {
        let own_desk = chart.about[item].own_desk.is_some();
        report
            .agencies
            .iter()
            .find(|line| Some(&line.code) == code.as_ref() && line.is_own_desk == own_desk)
            .expect("the table has it")
            .clone()
    };
    let Kind::HeatMap(map) = &report.heat_map.kind else { panic!("a heat map") };
    for (place, row) in map.rows.iter().enumerate() {
        let first = place * map.columns.len();
        let line = line(&report.heat_map.about[first].agency, &report.heat_map, first);
        let expected: Vec<Option<i64>> = line.months.iter().map(|rate| rate.floored()).collect();
        let cells: Vec<Option<i64>> = row.cells.iter().map(|cell| cell.value).collect();
        assert_eq!(cells, expected, "{} {asked}", row.name);
    }
    let Kind::Funnel(funnel) = &report.funnel.kind else { panic!("a funnel") };
    assert_eq!(funnel.mean, report.official.timed(), "the mean is the whole {asked}");
    for (place, dot) in funnel.dots.iter().enumerate() {
        let line = line(&report.funnel.about[place].agency, &report.funnel, place);
        assert_eq!(dot.rate(), line.official.timed(), "{} {asked}", dot.name);
    }
    let Kind::Bars(bars) = &report.gap.kind else { panic!("bars") };
    assert_eq!(bars.rows.iter().map(|bar| bar.value).sum::<i64>(), report.official.late, "{asked}");
    for chart in [&report.months, &report.gap, &report.heat_map, &report.funnel] {
        assert!(!Table::of(chart).head.is_empty(), "{}", chart.title);
    }
}

async fn petitions(context: &Context, city: &City, address: &Address, seen: &mut Seen) {
    let page = context.petitions(&Scope::All, address).await.expect("a page");
    let last_data = [page.frame.case_files_until, page.frame.petitions_until, page.frame.dialogues_until];
    let last_data = last_data.into_iter().flatten().max();
    let question = address.question(TODAY.parse().expect("a date"), last_data).expect("a question");
    let window = question.window();
    let days: Span = (window.from, window.last);
    let asked = asked(address);
    let report = page.body.report;
    let count = |filter: &Filter, kind: Option<KindChoice>, figure: PetitionFigure, days: Span| {
        let all = city.petitions_of(filter, kind);
        let counted = all.iter().filter(|petition| petition.counts(figure, days, &city.calendar)).count();
        i64::try_from(counted).expect("few")
    };
    for figure in PetitionFigure::ALL {
        let expected = count(&address.filter, address.kind, figure, days);
        assert_eq!(report.figure(figure), expected, "{figure:?} {asked}");
        seen.add(figure, expected);
        let link = links::petition_list(address, figure);
        let (_, query) = link.trim_end_matches("#danh-sach").split_once('?').expect("parameters");
        let listed = app::context::address(query).expect("an address");
        let list = context.petitions(&Scope::All, &listed).await.expect("a page").body.list.expect("a list");
        assert_eq!(list.total, expected, "{figure:?} {asked}");
    }
    let figures = [PetitionFigure::InTime, PetitionFigure::Late, PetitionFigure::Open];
    let said = |line: &thuocdo::petition_report::GroupLine| [line.in_time, line.late, line.open];
    for line in &report.agencies {
        let Group::Agency { code, own_desk } = &line.group else { panic!("an agency") };
        // With a level asked for, a line is that agency alone.
        let level = own_desk.or(address.filter.level);
        let filter = Filter { agency: Some(code.clone()), level, ..address.filter.clone() };
        let expected = figures.map(|figure| count(&filter, address.kind, figure, days));
        assert_eq!(said(line), expected, "{} {asked}", line.name);
    }
    for line in &report.kinds {
        let Group::Kind(kind) = line.group else { panic!("a kind") };
        let expected = figures.map(|figure| count(&address.filter, Some(kind), figure, days));
        assert_eq!(said(line), expected, "{} {asked}", line.name);
    }
    for line in &report.channels {
        let Group::Channel(channel) = line.group else { panic!("a channel") };
        let filter = Filter { channel: Some(channel), ..address.filter.clone() };
        let expected = figures.map(|figure| count(&filter, address.kind, figure, days));
        assert_eq!(said(line), expected, "{} {asked}", line.name);
    }
    let Kind::Columns(columns) = &report.counts.kind else { panic!("columns") };
    for (stack, about) in columns.stacks.iter().zip(&report.counts.about) {
        let Some(month) = about.period else {
            assert!(!stack.is_known(), "{} opens nothing, so it has not begun {asked}", stack.name);
            continue;
        };
        let of_month = (Some(month.from(question.cycle)), month.to(question.cycle).min(question.as_of));
        let expected = [PetitionFigure::InTime, PetitionFigure::Late]
            .map(|figure| Some(count(&address.filter, address.kind, figure, of_month)));
        assert_eq!(stack.values, expected, "{month} {asked}");
    }
}

async fn dialogues(context: &Context, city: &City, address: &Address, seen: &mut Seen) {
    let page = context.dialogues(&Scope::All, address).await.expect("a page").body;
    let asked = asked(address);
    let (half, day) = (page.half_year, page.day);
    let from = half.from(Cycle::Calendar);
    let obliged = city.obliged(&address.filter, day);
    let has_held = |code: &str| {
        city.dialogues.iter().any(|row| row.agency_code == code && counts_between(row, from, day))
    };
    let held = obliged.iter().filter(|agency| has_held(&agency.code)).count();
    let reading = &page.reading;
    let expected = (i64::try_from(obliged.len()).expect("few"), i64::try_from(held).expect("few"));
    assert_eq!((reading.obliged, reading.held), expected, "{asked}");
    seen.add("dialogues held", expected.1);
    let below = |code: &str| {
        address.filter.agency.as_deref().is_none_or(|above| city.is_below(code, above))
            && address.filter.level.is_none_or(|level| {
                city.agencies.iter().any(|agency| agency.code == code && agency.level == level)
            })
    };
    for (place, month) in page.calendar.months.iter().enumerate() {
        use chrono::Datelike as _;
        let counts = |row: &&thuocdo::dialogue::Row| {
            let held = given(&row.held_on).filter(|held| *held <= day);
            below(&row.agency_code)
                && held.is_some_and(|held| held.year() == day.year() && held.month0() as usize == place)
        };
        let of_month: Vec<_> = city.dialogues.iter().filter(counts).collect();
        let valid = of_month.iter().filter(|row| counts_between(row, NaiveDate::MIN, day)).count();
        let expected = (valid, of_month.len() - valid);
        let shown = (month.held, month.held_without_minutes);
        assert_eq!(shown, (expected.0 as i64, expected.1 as i64), "month {} {asked}", place + 1);
    }
}

#[tokio::test]
async fn an_agency_with_all_others_below_it_is_the_whole_city_until_one_stands_beside_it() {
    let server = Server::city().await;
    let read = async |query: &str| server.readings(query).await["on_time_returns"].clone();
    for filter in ["field=HT", "channel=online", "level=commune", "field=XD&channel=online"] {
        let (whole, below) = (read(&format!("?{filter}")).await, read(&format!("?agency=HN&{filter}")).await);
        assert_eq!(whole, below, "{filter}");
        assert!(whole["received"].as_i64().is_some_and(|received| received > 0), "{filter}");
    }
    let rows = "case_code,agency_code,field_code,channel,received_on,due_on,completed_on\n\
                moi-1,Q99,HT,online,2023-10-02,2023-10-20,2023-10-10\n";
    server.take_in(intake::Kind::CaseFiles, rows, None).await;
    let (whole, below) = (read("?field=HT").await, read("?agency=HN&field=HT").await);
    let early = |read: &serde_json::Value| read["early"].as_i64().expect("a number");
    assert_eq!(early(&whole), early(&below) + 1, "an agency nobody has placed is not below the city");
}
