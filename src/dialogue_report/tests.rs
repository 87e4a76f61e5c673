//! The page on dialogues, case by case and against a naive recount.

use proptest::prelude::*;

use super::*;
use crate::{
    agency::Agency,
    dialogue::{Dialogue, Issue},
    filter::Filter,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test date")
}

fn office(code: &str, level: Level) -> Agency {
    Agency { level, ..Agency::unclassified(code) }
}

fn held(agency: &str, on: &str) -> Dialogue {
    Dialogue {
        code: format!("{agency}-{on}"),
        agency_code: agency.to_owned(),
        planned_on: None,
        held_on: Some(day(on)),
        chaired_by_head: true,
        is_priority: false,
        minutes_no: Some("12/BB".to_owned()),
    }
}

fn planned(agency: &str, on: &str) -> Dialogue {
    Dialogue { planned_on: Some(day(on)), held_on: None, ..held(agency, on) }
}

fn origin(lang: Lang) -> Origin {
    Origin { is_invented: false, whom: "toàn thành phố".to_owned(), lang }
}

fn report_of(facts: &Facts, details: &Details, as_of: &str, address: &Address) -> DialogueReport {
    let question = Question { as_of: day(as_of), cycle: Cycle::Calendar, period: None, agency: None };
    assemble(facts, details, &question, &origin(address.lang), address)
}

fn report(agencies: Vec<Agency>, dialogues: Vec<Dialogue>, as_of: &str) -> DialogueReport {
    let facts = Facts { agencies, dialogues, ..Facts::default() };
    report_of(&facts, &Details::default(), as_of, &Address::default())
}

/// The cell of one office in the half-year that holds the day.
fn cell(dialogues: Vec<Dialogue>, as_of: &str) -> (State, Option<NaiveDate>) {
    let report = report(vec![office("a", Level::District)], dialogues, as_of);
    let cell = report.rows.lines[0].cells.last().copied().expect("a half-year");
    (cell.state, cell.day)
}

#[test]
fn each_state_of_a_half_year_is_told_from_the_others() {
    let no_minutes = Dialogue { minutes_no: None, ..held("a", "2023-03-01") };
    let by_deputy = Dialogue { chaired_by_head: false, ..held("a", "2023-03-01") };
    let cases = [
        (vec![held("a", "2023-03-01")], "2023-03-01", State::Held, Some("2023-03-01")),
        (vec![held("a", "2023-03-02")], "2023-03-01", State::NotYetDue, None),
        (vec![no_minutes.clone()], "2023-06-30", State::HeldWithoutMinutes, Some("2023-03-01")),
        (vec![by_deputy], "2023-04-01", State::HeldWithoutMinutes, Some("2023-03-01")),
        (vec![no_minutes, held("a", "2023-02-01")], "2023-04-01", State::Held, Some("2023-02-01")),
        (vec![planned("a", "2023-06-20")], "2023-06-19", State::Planned, Some("2023-06-20")),
        (vec![planned("a", "2023-07-20")], "2023-06-19", State::DueSoon, None),
        (vec![], "2023-05-31", State::NotYetDue, None),
        (vec![], "2023-06-01", State::DueSoon, None),
        (vec![], "2023-06-29", State::DueSoon, None),
        (vec![], "2023-06-30", State::Missed, None),
    ];
    for (dialogues, as_of, state, on) in cases {
        assert_eq!(cell(dialogues.clone(), as_of), (state, on.map(day)), "{dialogues:?} at {as_of}");
    }
}

#[test]
fn a_planned_day_that_passed_without_a_dialogue_is_no_plan() {
    let dialogues = || vec![planned("a", "2023-03-10")];
    assert_eq!(cell(dialogues(), "2023-03-10").0, State::NotYetDue);
    assert_eq!(cell(dialogues(), "2023-06-30").0, State::Missed);
    let calendar = report(vec![office("a", Level::District)], dialogues(), "2023-03-10").calendar;
    assert_eq!((calendar.months[2].planned, calendar.months[2].passed, calendar.planned), (0, 1, 0));
}

#[test]
fn a_dialogue_of_the_last_half_year_does_not_pay_for_this_one() {
    let report = report(vec![office("a", Level::District)], vec![held("a", "2023-06-30")], "2023-07-01");
    let states: Vec<State> = report.rows.lines[0].cells.iter().map(|cell| cell.state).collect();
    assert_eq!(states, [State::Missed, State::Missed, State::Held, State::NotYetDue]);
    assert_eq!(
        report.half_years.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["2022-H1", "2022-H2", "2023-H1", "2023-H2"]
    );
}

#[test]
fn a_new_head_is_marked_and_the_office_owes_all_the_same() {
    let new = Agency { head_since: Some(day("2023-04-15")), ..office("a", Level::District) };
    let report = report(vec![new], vec![], "2023-08-01");
    let cells = &report.rows.lines[0].cells;
    assert_eq!((cells[2].state, cells[2].head_since), (State::Missed, Some(day("2023-04-15"))));
    assert_eq!(cells[3].head_since, None, "the head was there before this half-year began");
}

#[test]
fn an_office_whose_duty_ended_stays_for_its_past_and_owes_nothing_now() {
    let ended = Agency { dialogue_to: Some(day("2023-03-31")), ..office("a", Level::District) };
    let gone = Agency { dialogue_to: Some(day("2020-03-31")), ..office("b", Level::District) };
    let report = report(vec![ended, gone], vec![], "2023-06-30");
    assert_eq!(report.rows.total, 1, "who owed in none of the half-years has no row");
    assert_eq!(report.rows.lines[0].cells[0].state, State::Missed);
    assert_eq!(
        (report.rows.lines[0].state(), report.rows.lines[0].due),
        (State::NotObliged, Due::NotObliged)
    );
    assert_eq!((report.reading.obliged, report.groups.len()), (0, 0));
}

#[test]
fn the_next_dialogue_is_due_six_months_after_the_last_that_counts() {
    let agencies = ["late", "soon", "well", "none"].map(|code| office(code, Level::District)).to_vec();
    let deputy = Dialogue { chaired_by_head: false, ..held("late", "2023-05-01") };
    let dialogues =
        vec![held("late", "2022-11-30"), deputy, held("soon", "2022-12-31"), held("well", "2023-01-01")];
    let rolling = report(agencies, dialogues, "2023-05-31").rolling;
    assert_eq!((rolling.soon, rolling.overdue, rolling.never), (1, 1, 1));
    let late = &rolling.first_overdue[0];
    assert_eq!(
        (late.code.as_str(), late.next_due, late.days_left),
        ("late", Some(day("2023-05-30")), Some(-1))
    );
    let soon = &rolling.first_soon[0];
    assert_eq!((soon.code.as_str(), soon.days_left), ("soon", Some(30)), "one day more is not soon");
}

#[test]
fn the_calendar_tells_held_planned_and_let_pass_apart() {
    let no_minutes = Dialogue { minutes_no: None, ..held("a", "2023-03-02") };
    let dialogues = vec![
        held("a", "2023-03-01"),
        no_minutes,
        planned("a", "2023-12-01"),
        planned("a", "2023-05-01"),
        planned("a", "2024-01-05"),
        held("a", "2022-03-01"),
    ];
    let calendar = report(vec![office("a", Level::District)], dialogues, "2023-04-30").calendar;
    let march = calendar.months[2];
    assert_eq!((march.held, march.held_without_minutes), (1, 1));
    assert_eq!((calendar.months[4].planned, calendar.months[11].planned, calendar.planned), (1, 1, 3));
    let next: Vec<NaiveDate> = calendar.next.iter().map(|next| next.on).collect();
    assert_eq!(next, [day("2023-05-01"), day("2023-12-01"), day("2024-01-05")]);
}

#[test]
fn an_office_counts_once_in_a_priority_field_however_often_it_talked_of_it() {
    let field = |dialogue: &str, code: &str, is_priority| DialogueField {
        dialogue_code: dialogue.to_owned(),
        field_code: code.to_owned(),
        field_name: code.to_owned(),
        is_priority,
    };
    let facts = Facts {
        agencies: vec![office("a", Level::District), office("b", Level::District)],
        dialogues: vec![
            held("a", "2023-03-01"),
            held("a", "2023-04-01"),
            Dialogue { minutes_no: None, ..held("b", "2023-03-01") },
            held("b", "2022-03-01"),
        ],
        ..Facts::default()
    };
    let details = Details {
        priority_fields: vec![("XD".into(), "Xây dựng".into()), ("QH".into(), "Quy hoạch".into())],
        fields: vec![
            field("a-2023-03-01", "XD", true),
            field("a-2023-04-01", "XD", true),
            field("b-2023-03-01", "XD", true),
            field("b-2022-03-01", "XD", true),
        ],
        ..Details::default()
    };
    let report = report_of(&facts, &details, "2023-06-30", &Address::default());
    let offices: Vec<i64> = report.fields.iter().map(|line| line.offices).collect();
    assert_eq!(offices, [1, 0]);
}

fn issue(code: &str, raised: &str, due: Option<&str>, resolved: Option<&str>) -> IssueDetail {
    IssueDetail {
        issue: Issue {
            code: code.to_owned(),
            dialogue_code: "d".to_owned(),
            owner_agency_code: "a".to_owned(),
            due_on: due.map(day),
            resolved_on: resolved.map(day),
        },
        owner_name: "a".to_owned(),
        summary: Some(format!("about {code}")),
        raised_on: Some(day(raised)),
    }
}

#[test]
fn issues_are_cleared_in_time_or_late_or_open_and_the_oldest_stands_first() {
    let issues = vec![
        issue("in time", "2023-02-01", Some("2023-03-10"), Some("2023-03-10")),
        issue("late", "2023-02-01", Some("2023-03-10"), Some("2023-03-11")),
        issue("open", "2023-02-01", Some("2023-04-20"), None),
        issue("old", "2022-02-01", Some("2022-04-20"), None),
        issue("today", "2023-02-01", Some("2023-05-01"), None),
        issue("cleared tomorrow", "2023-02-01", Some("2023-04-30"), Some("2023-05-02")),
        issue("without", "2023-02-01", None, None),
        issue("ahead", "2023-05-02", Some("2023-06-01"), None),
    ];
    let facts = Facts {
        agencies: vec![office("a", Level::District)],
        issues: issues.iter().map(|detail| detail.issue.clone()).collect(),
        ..Facts::default()
    };
    let details = Details { issues, ..Details::default() };
    let report = report_of(&facts, &details, "2023-05-01", &Address::default());
    let counts: Vec<(&str, i64)> = report.issues.iter().map(|(of, count)| (of.as_str(), *count)).collect();
    assert_eq!(
        counts,
        [
            ("raised", 6),
            ("due", 5),
            ("cleared_in_time", 1),
            ("cleared_late", 1),
            ("due_open", 3),
            ("open_within", 1),
            ("open_overdue", 3),
            ("open_without_deadline", 1),
        ]
    );
    for figure in IssueFigure::ALL {
        let address = Address { issue_list: Some(figure), ..Address::default() };
        let listed = report_of(&facts, &details, "2023-05-01", &address).issue_list;
        assert_eq!((listed.lines.total, listed.is_asked), (report.issues_of(figure), true), "{figure:?}");
    }
    let read = &report.reading.issues;
    assert_eq!((read.due, read.cleared_in_time, read.open_overdue), (5, 1, 3), "the reading agrees");
    let listed = report.issue_list.lines.lines.iter().map(|line| (line.code.as_str(), line.days_late));
    assert_eq!(
        listed.collect::<Vec<_>>(),
        [("old", Some(376)), ("open", Some(11)), ("cleared tomorrow", Some(1))]
    );
}

#[test]
fn communes_of_a_city_are_summed_by_district_until_someone_asks_for_them() {
    let commune = |code: &str, above: &str| Agency {
        parent_code: Some(above.to_owned()),
        ..office(code, Level::Commune)
    };
    let facts = Facts {
        agencies: vec![
            office("1", Level::District),
            office("2", Level::District),
            commune("11", "1"),
            commune("12", "1"),
            commune("21", "2"),
        ],
        dialogues: vec![held("11", "2023-03-01"), held("2", "2023-03-01")],
        ..Facts::default()
    };
    let ask = |address: Address| report_of(&facts, &Details::default(), "2023-06-30", &address);
    let whole = ask(Address::default());
    assert_eq!((whole.rows.total, whole.districts.len()), (2, 2));
    let first = whole.districts[0].halves.last().copied().expect("a half-year");
    assert_eq!((first.held, first.obliged), (1, 2));
    let level = Filter { level: Some(Level::Commune), ..Filter::default() };
    assert!(ask(Address { filter: level, ..Address::default() }).districts.is_empty());
    let missing = ask(Address { only: Some(Only::Missing), ..Address::default() });
    assert_eq!(
        (missing.rows.total, missing.figure(Only::Missing, &Address::default())),
        (3, Some(3)),
        "communes are listed too"
    );
    assert!(missing.reminder.is_some_and(|letter| letter.contains("Kính gửi: 1; 12; 21.")));
    assert_eq!(whole.reminder, None);
    let beyond = ask(Address { only: Some(Only::Missing), page: Some(99), ..Address::default() });
    assert_eq!(
        (beyond.rows.page, beyond.rows.lines.len()),
        (1, 3),
        "beyond the last page stands the last page"
    );
}

#[test]
fn the_finding_is_said_in_both_languages() {
    let say = |lang, as_of| {
        let facts = Facts {
            agencies: vec![office("a", Level::District), office("b", Level::District)],
            dialogues: vec![held("a", "2023-03-01")],
            ..Facts::default()
        };
        report_of(&facts, &Details::default(), as_of, &Address { lang, ..Address::default() }).sentence
    };
    assert_eq!(
        say(Lang::Vi, "2023-06-30"),
        "1 trong 2 người đứng đầu không có đối thoại hợp lệ trong 6 tháng đầu năm 2023"
    );
    assert_eq!(
        say(Lang::En, "2023-06-30"),
        "1 of 2 heads held no dialogue that counts in the first half of 2023"
    );
    assert_eq!(
        say(Lang::En, "2023-06-29"),
        "1 of 2 heads held a dialogue in the first half of 2023; 1 day left for the other 1, until 30 Jun 2023"
    );
}

#[test]
fn every_word_of_an_address_names_the_rows_it_was_written_from() {
    let states = State::ALL.map(Only::In);
    let others = [Only::Missing, Only::Soon, Only::Overdue, Only::Never, Only::Priority, Only::InField];
    for only in others.iter().chain(&states) {
        assert_eq!(only.as_str().parse(), Ok(*only));
    }
    assert!("nobody".parse::<Only>().is_err());
}

prop_compose! {
    fn any_dialogue()(
        agency in 0..8usize,
        planned in proptest::option::of(0..1_100i64),
        held in proptest::option::of(0..1_100i64),
        chaired_by_head in any::<bool>(),
        has_minutes in any::<bool>(),
    ) -> Dialogue {
        let on = |n| day("2021-06-01") + chrono::Duration::days(n);
        Dialogue {
            code: format!("{agency}-{planned:?}-{held:?}"),
            agency_code: agency.to_string(),
            planned_on: planned.map(on),
            held_on: held.map(on),
            chaired_by_head,
            is_priority: false,
            minutes_no: has_minutes.then(|| "1".to_owned()),
        }
    }
}

prop_compose! {
    fn any_office()(level in 0..4usize, from in proptest::option::of(0..1_100i64), to in proptest::option::of(0..1_100i64)) -> Agency {
        let on = |n| day("2021-06-01") + chrono::Duration::days(n);
        Agency { dialogue_from: from.map(on), dialogue_to: to.map(on), ..office("", Level::ALL[level]) }
    }
}

proptest! {
    #[test]
    fn cells_count_to_the_reading_and_groups_add_up_to_it(
        offices in proptest::collection::vec(any_office(), 8),
        dialogues in proptest::collection::vec(any_dialogue(), 0..30),
        at in 0..1_100i64,
    ) {
        let as_of = day("2021-06-01") + chrono::Duration::days(at);
        let agencies = offices.into_iter().enumerate();
        let agencies = agencies.map(|(n, office)| Agency { code: n.to_string(), ..office }).collect();
        let report = report(agencies, dialogues, &as_of.to_string());
        let read = &report.reading;
        let count = |state| report.legend.iter().find(|(of, _)| *of == state).map_or(0, |(_, n)| *n);
        prop_assert_eq!(count(State::Held), read.held);
        prop_assert_eq!(count(State::HeldWithoutMinutes), read.held_without_minutes);
        prop_assert_eq!(count(State::Planned), read.planned);
        let over = report.day == report.half_year.to(Cycle::Calendar);
        prop_assert_eq!(if over { count(State::Missed) + count(State::HeldWithoutMinutes) } else { 0 }, read.missed);
        let owing: i64 = report.legend.iter().filter(|(of, _)| *of != State::NotObliged).map(|(_, n)| n).sum();
        prop_assert_eq!(owing, read.obliged);
        let sums = report.groups.iter().fold((0, 0), |(obliged, held), group| {
            (obliged + group.tally.obliged, held + group.tally.held)
        });
        prop_assert_eq!(sums, (read.obliged, read.held));
    }

    /// Recounted without the report's own code: one office, walked through day by day.
    #[test]
    fn a_cell_says_what_a_walk_through_the_days_finds(
        dialogues in proptest::collection::vec(any_dialogue(), 0..6),
        at in 0..1_100i64,
    ) {
        let dialogues: Vec<Dialogue> =
            dialogues.into_iter().map(|d| Dialogue { agency_code: "a".to_owned(), ..d }).collect();
        let as_of = day("2021-06-01") + chrono::Duration::days(at);
        let (state, _) = cell(dialogues.clone(), &as_of.to_string());
        let same_half = |d: NaiveDate| {
            use chrono::Datelike as _;
            d.year() == as_of.year() && (d.month() <= 6) == (as_of.month() <= 6)
        };
        let (mut valid, mut held, mut ahead, mut left) = (false, false, false, 0);
        for d in day("2021-01-01").iter_days().take(1_500).filter(|d| same_half(*d)) {
            for dialogue in &dialogues {
                let today = dialogue.held_on == Some(d) && d <= as_of;
                held |= today;
                valid |= today && dialogue.chaired_by_head && dialogue.minutes_no.is_some();
                ahead |= dialogue.planned_on == Some(d) && d > as_of;
            }
            left += i32::from(d > as_of);
        }
        let expected = match (valid, held, ahead, left) {
            (true, ..) => State::Held,
            (_, true, ..) => State::HeldWithoutMinutes,
            (_, _, true, _) => State::Planned,
            (.., 0) => State::Missed,
            (.., 1..30) => State::DueSoon,
            _ => State::NotYetDue,
        };
        prop_assert_eq!(state, expected);
    }
}
