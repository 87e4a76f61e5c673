//! The page on petitions, counted by hand.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{figure::Moment, *};
use crate::{
    agency::Level,
    case_file::Channel,
    lang::Lang,
    period::{Cycle, Window},
    petition::{Kind, Limits, Petition, Recorded, Status as Told},
    status::Status,
    working_days::WorkingDays,
};

const ALL: Recorded = Recorded { received: true, handled: true, notified: true };

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test date")
}

/// Sent on Monday 6 March 2023; every limit is then free of holidays.
fn sent(code: &str, agency: &str) -> PetitionRecord {
    PetitionRecord {
        code: code.to_owned(),
        agency_code: agency.to_owned(),
        kind: Some(Kind::Procedure),
        channel: Channel::Online,
        field_name: None,
        petition: Petition {
            sent_on: day("2023-03-06"),
            transferred_on: None,
            acknowledged_on: None,
            supplement_requested_on: None,
            answered_on: None,
            published_on: None,
            due_on: None,
            status: None,
            recorded: ALL,
        },
    }
}

fn clean(code: &str, agency: &str) -> PetitionRecord {
    let mut record = sent(code, agency);
    record.petition.acknowledged_on = Some(day("2023-03-07"));
    record.petition.answered_on = Some(day("2023-03-14"));
    record.petition.published_on = Some(day("2023-03-15"));
    record
}

fn place(code: &str, level: Level, parent: Option<&str>) -> Place {
    Place {
        code: code.to_owned(),
        name: format!("Office {code}"),
        level,
        parent_code: parent.map(str::to_owned),
    }
}

fn places() -> Vec<Place> {
    vec![
        place("HN", Level::City, None),
        place("SO", Level::Department, Some("HN")),
        place("271", Level::District, Some("HN")),
        place("271-01", Level::Commune, Some("271")),
    ]
}

/// One in time at the district, one late there at its commune, one late at the city's desk, one open.
fn records() -> PetitionRecords {
    let mut late = clean("p2", "271-01");
    late.kind = Some(Kind::Conduct);
    late.petition.acknowledged_on = Some(day("2023-03-09"));
    let mut unpublished = clean("p3", "HN");
    unpublished.channel = Channel::Postal;
    unpublished.petition.published_on = None;
    let mut open = sent("p4", "SO");
    open.kind = None;
    open.petition.sent_on = day("2023-03-20");
    open.petition.acknowledged_on = Some(day("2023-03-21"));
    let all = vec![clean("p1", "271"), late, unpublished, open];
    PetitionRecords::new(all, WorkingDays::default(), Limits::default())
}

fn question(period: &str, as_of: &str) -> Question {
    Question { as_of: day(as_of), cycle: Cycle::Calendar, period: period.parse().ok(), agency: None }
}

fn report(
    records: &PetitionRecords,
    filter: &Filter,
    kind: Option<KindChoice>,
    lang: Lang,
) -> PetitionReport {
    let origin = Origin { is_invented: false, whom: "toàn thành phố".to_owned(), lang };
    let asked = Asked { filter, kind, city: None };
    let question = question("2023-Q1", "2023-03-27");
    assemble(records, &records.days(None), asked, &places(), &Plan::default(), &question, &origin)
}

#[test]
fn three_steps_and_the_headline_are_read_against_their_limits() {
    let report = report(&records(), &Filter::default(), None, Lang::Vi);
    let steps: Vec<(i64, i64)> =
        report.steps.iter().map(|line| (line.step.in_time, line.step.late)).collect();
    assert_eq!(steps, [(3, 1), (3, 0), (2, 1)]);
    assert_eq!(report.steps[0].limit, "2 ngày làm việc; 5 khi yêu cầu bổ sung");
    assert_eq!((report.reading.in_time, report.reading.late, report.reading.open_within_limits), (1, 2, 1));
    assert_eq!((report.started, report.standing.status), (4, Status::Missed));
}

#[test]
fn a_step_that_no_source_records_is_called_so_rather_than_zero() {
    let mut one = clean("p1", "SO");
    one.petition.recorded = Recorded { handled: true, ..Recorded::default() };
    let records = PetitionRecords::new(vec![one], WorkingDays::default(), Limits::default());
    let report = report(&records, &Filter::default(), None, Lang::Vi);
    let recorded: Vec<bool> = report.steps.iter().map(|line| line.is_recorded).collect();
    assert_eq!(recorded, [false, true, false]);
    assert_eq!(report.reading.in_time, 1, "one recorded step is the whole");
}

#[test]
fn agencies_are_rolled_up_with_a_line_for_the_own_desk_and_most_late_ones_first() {
    let of_district = || {
        PetitionRecords::new(
            vec![clean("p1", "271"), sent("p2", "271-01")],
            WorkingDays::default(),
            Limits::default(),
        )
    };
    let lines = |agency: Option<&str>| {
        let filter = Filter { agency: agency.map(str::to_owned), ..Filter::default() };
        // The store loads those of the filter alone.
        let records = if agency.is_some() { of_district() } else { records() };
        let lines = report(&records, &filter, None, Lang::En).agencies;
        lines.into_iter().map(|line| (line.name, line.in_time, line.late, line.open)).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(None),
        [
            ("Office 271".to_owned(), 1, 1, 0),
            ("Office HN itself".to_owned(), 0, 1, 0),
            ("Office SO".to_owned(), 0, 0, 1),
        ]
    );
    let below = lines(Some("271"));
    assert_eq!(below[0], ("Office 271-01".to_owned(), 0, 1, 0));
    assert_eq!(below[1], ("Office 271 itself".to_owned(), 1, 0, 0));
}

#[test]
fn a_petition_is_as_old_as_the_working_days_since_its_clock_started() {
    let report = report(&records(), &Filter::default(), None, Lang::Vi);
    let ages: Vec<i64> = report.ages.iter().map(|line| line.open).collect();
    assert_eq!(ages, [0, 1, 0, 0, 0], "20 to 27 March are five working days");
    assert_eq!(report.due_soon, 0, "answer due on 10 April");
    let records = records();
    let open = records.of(Some(KindChoice::Unstated)).next().expect("p4");
    assert_eq!(open.next_limit(day("2023-03-20")), Some(day("2023-03-22")), "to be received first");
    assert_eq!(open.next_limit(day("2023-03-21")), Some(day("2023-04-10")), "then to be answered");
    let soon = |on: &str| {
        let at = Moment::of(Window::up_to(day(on)), &records.calendar);
        PetitionFigure::OpenDueSoon.counts(open, &at)
    };
    assert!(soon("2023-03-20") && !soon("2023-04-04") && soon("2023-04-05") && soon("2023-04-10"));
    assert!(!soon("2023-04-11"), "failed by then, and so no longer open");
}

#[test]
fn one_kind_is_counted_alone_and_its_lists_have_as_many_rows() {
    let records = records();
    for kind in [None, Some(KindChoice::Conduct), Some(KindChoice::Unstated), Some(KindChoice::Regulation)] {
        let report = report(&records, &Filter::default(), kind, Lang::Vi);
        for figure in PetitionFigure::ALL {
            let window = question("2023-Q1", "2023-03-27").window();
            let list = list(&report, &records, kind, window, figure, Some(99), &places());
            assert_eq!(
                (list.total, list.lines.len()),
                (list.said, list.said as usize),
                "{figure:?} {kind:?}"
            );
        }
    }
    let conduct = report(&records, &Filter::default(), Some(KindChoice::Conduct), Lang::Vi);
    assert_eq!((conduct.reading.late, conduct.kinds.len()), (1, 1));
}

#[test]
fn a_list_says_which_step_failed_and_nothing_that_came_later() {
    let records = records();
    let report = report(&records, &Filter::default(), None, Lang::Vi);
    let window = Window::up_to(day("2023-03-10"));
    let late = list(&report, &records, None, window, PetitionFigure::Late, None, &places());
    assert_eq!(late.lines.len(), 1);
    assert_eq!((late.lines[0].code.as_str(), late.lines[0].failed), ("p2", Some(StepName::Received)));
    assert_eq!(late.lines[0].answered_on, None, "answered on the 14th");
}

#[test]
fn the_sentence_is_said_in_english_too() {
    let report = report(&records(), &Filter::default(), None, Lang::En);
    assert_eq!(
        report.standing.sentence,
        "33.33% in time, 66.67 points short of the target of 100%: 2 of 3 late; most of them at the step acknowledgement (1)."
    );
    assert_eq!(report.compared[0].label, "Q4 2022 (1 Oct 2022–25 Dec 2022)");
}

fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0..60u64).prop_map(|n| day("2023-03-01") + chrono::Days::new(n))
}

prop_compose! {
    fn any_record()(
        sent_on in some_day(),
        dates in prop::collection::vec(prop::option::of(some_day()), 6),
        status in prop::option::of(prop::sample::select(Told::ALL.to_vec())),
        kind in prop::option::of(prop::sample::select(Kind::ALL.to_vec())),
        channel in prop::sample::select(Channel::ALL.to_vec()),
        agency in prop::sample::select(vec!["HN", "SO", "271", "271-01", "nowhere"]),
        recorded in any::<(bool, bool, bool)>(),
    ) -> PetitionRecord {
        let mut record = sent("p", agency);
        record.kind = kind;
        record.channel = channel;
        record.petition = Petition {
            sent_on,
            transferred_on: dates[0],
            acknowledged_on: dates[1],
            supplement_requested_on: dates[2],
            answered_on: dates[3],
            published_on: dates[4],
            due_on: dates[5],
            status,
            recorded: Recorded { received: recorded.0, handled: recorded.1, notified: recorded.2 },
        };
        record
    }
}

proptest! {
    #[test]
    fn every_grouping_adds_up_to_the_whole_and_every_figure_equals_its_list(
        all in prop::collection::vec(any_record(), 0..30),
        as_of in some_day(),
        agency in prop::option::of(Just("271".to_owned())),
    ) {
        let records = PetitionRecords::new(all, WorkingDays::default(), Limits::default());
        let question = Question { as_of, ..question("2023", "2023-12-31") };
        let origin = Origin { is_invented: false, whom: String::new(), lang: Lang::Vi };
        let filter = Filter { agency, ..Filter::default() };
        let asked = Asked { filter: &filter, kind: None, city: None };
        let days = records.days(None);
        let report = assemble(&records, &days, asked, &places(), &Plan::default(), &question, &origin);
        let whole = (report.reading.in_time, report.reading.late, report.reading.open_within_limits);
        for lines in [&report.agencies, &report.kinds, &report.channels] {
            let sum = |get: fn(&GroupLine) -> i64| lines.iter().map(get).sum::<i64>();
            prop_assert_eq!((sum(|l| l.in_time), sum(|l| l.late), sum(|l| l.open)), whole);
        }
        prop_assert_eq!(report.ages.iter().map(|line| line.open).sum::<i64>(), whole.2);
        for figure in PetitionFigure::ALL {
            let list = list(&report, &records, None, question.window(), figure, None, &places());
            prop_assert_eq!(list.total, list.said);
        }
        for petition in records.of(None).filter(|petition| petition.is_open_on(as_of)) {
            prop_assert!(petition.next_limit(as_of).is_none_or(|limit| limit >= as_of));
        }
    }
}
