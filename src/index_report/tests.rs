//! What the page on the yearly indexes says, against values counted by hand.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::{
    agency::Level,
    charts::Kind,
    lang::Lang,
    period::Cycle,
    plan::{Indicator, Target},
    rate::Rate,
    status::Status,
    survey::Assurance,
    yearly_index::{HANOI, Mark, NATION},
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test date")
}

fn edition(
    index: Index,
    year: i32,
    rank: Option<i32>,
    score: Option<i64>,
    method: &str,
    mark: Mark,
) -> Edition {
    Edition {
        index,
        year,
        province_code: HANOI.to_owned(),
        rank,
        of: rank.map(|_| 63),
        score,
        published_on: Some(NaiveDate::from_ymd_opt(year + 1, 4, 17).expect("a date")),
        source: "https://www.a.vn/x; https://b.vn/y".to_owned(),
        method: Some(method.to_owned()),
        mark,
    }
}

/// PAR INDEX of 2018 and 2022 to 2024, the last with two contradicting scores; SIPAS of 2020, 2022 (rank only) and 2024.
fn editions() -> Vec<Edition> {
    use Index::{ParIndex, Sipas};
    let of = |province: &str, edition: Edition| Edition { province_code: province.to_owned(), ..edition };
    let contradicting = |score, source: &str| Edition {
        source: source.to_owned(),
        ..edition(ParIndex, 2024, None, Some(score), "mới", Mark::Conflict)
    };
    vec![
        edition(ParIndex, 2018, Some(2), Some(8_398), "cũ", Mark::Found),
        edition(ParIndex, 2022, Some(3), Some(8_958), "876", Mark::Found),
        edition(ParIndex, 2023, Some(3), Some(9_143), "876", Mark::Found),
        edition(ParIndex, 2024, Some(3), None, "mới", Mark::Found),
        contradicting(9_257, "báo A"),
        contradicting(9_275, "báo B"),
        of("22", edition(ParIndex, 2022, Some(1), Some(9_010), "876", Mark::Found)),
        of(NATION, edition(ParIndex, 2022, None, Some(8_479), "876", Mark::Derived)),
        edition(Sipas, 2020, Some(33), Some(8_515), "cũ", Mark::Found),
        edition(Sipas, 2022, Some(30), None, "876", Mark::Derived),
        edition(Sipas, 2024, Some(11), Some(8_650), "876", Mark::Found),
    ]
}

fn plan() -> Plan {
    let target = |indicator, value| Target {
        indicator,
        value,
        from: day("2023-01-01"),
        to: Some(day("2023-12-31")),
        agency_code: None,
        source: "QĐ 280".to_owned(),
    };
    Plan { targets: vec![target(Indicator::ParIndex, 800), target(Indicator::Sipas, 8_900)] }
}

fn survey(code: &str, level: Level, on: &str, satisfied: i64, answered: i64) -> Survey {
    Survey {
        agency_code: code.to_owned(),
        agency_name: code.to_owned(),
        level,
        surveyed_on: day(on),
        asked: None,
        satisfied: Rate::new(satisfied, answered),
    }
}

fn criterion(
    code: &str,
    planned: i64,
    achieved: Option<i64>,
    due: &str,
    evidence: Option<&str>,
) -> Criterion {
    Criterion {
        code: code.to_owned(),
        max_points: Some(200),
        planned: Some(planned),
        achieved,
        owner_name: Some(if code.starts_with('1') { "Sở A" } else { "Sở B" }.to_owned()),
        due_on: Some(day(due)),
        evidence: evidence.map(str::to_owned),
        ..Criterion::default()
    }
}

fn report_of(
    surveys: &[Survey],
    criteria: &[Criterion],
    period: &str,
    as_of: &str,
    lang: Lang,
) -> IndexReport {
    let (editions, plan) = (editions(), plan());
    let sources = Sources { editions: &editions, surveys, criteria, criteria_are_whole: true, plan: &plan };
    let question = Question {
        as_of: day(as_of),
        cycle: Cycle::Calendar,
        period: Some(period.parse().expect("a period")),
        agency: None,
    };
    assemble(sources, &question, &Origin { is_invented: true, whom: "toàn thành phố".to_owned(), lang })
}

fn report(period: &str, as_of: &str) -> IndexReport {
    report_of(&[], &[], period, as_of, Lang::Vi)
}

fn years(series: &IndexSeries) -> Vec<i32> {
    series.years.iter().map(|line| line.year).collect()
}

#[test]
fn nothing_is_known_before_the_day_it_was_published() {
    assert_eq!(years(&report("2023", "2023-04-16").par_index), [2021, 2020, 2019, 2018]);
    assert_eq!(years(&report("2023", "2023-04-17").par_index)[0], 2022);
    let nothing = report("2018", "2018-12-31");
    assert_eq!(years(&nothing.par_index), [] as [i32; 0]);
    assert!(nothing.sipas.trend.title.contains("Chưa có số liệu nào"), "{}", nothing.sipas.trend.title);
    assert_eq!((nothing.par_index.gap, nothing.par_index.provinces), (None, None));
}

#[test]
fn years_that_were_published_but_are_not_held_are_named_and_are_gaps_in_the_chart() {
    let series = report("2023", "2023-12-31").par_index;
    assert_eq!(series.missing.as_deref(), Some("Đã công bố nhưng chưa có số liệu: 2019–2021."));
    let Kind::Trend(trend) = &series.trend.kind else { panic!("a trend") };
    let values: Vec<_> = trend.points.iter().map(|point| point.value).collect();
    assert_eq!(values, [Some(2), None, None, None, Some(3)]);
    let sipas = report("2024", "2025-12-31").sipas;
    assert_eq!(sipas.missing.as_deref(), Some("Đã công bố nhưng chưa có số liệu: 2021, 2023."));
}

#[test]
fn a_change_of_method_breaks_the_series_across_years_that_are_not_held() {
    let series = report("2024", "2025-12-31").par_index;
    let broken: Vec<_> =
        series.years.iter().filter_map(|line| Some((line.year, line.broke_with.as_deref()?))).collect();
    assert_eq!(broken, [(2024, "876"), (2022, "cũ")]);
    let Kind::Trend(trend) = &series.trend.kind else { panic!("a trend") };
    let marked: Vec<_> = trend
        .points
        .iter()
        .filter(|point| point.series_break.is_some())
        .map(|point| point.tick.as_str())
        .collect();
    assert_eq!(marked, ["2022", "2024"]);
}

#[test]
fn contradicting_scores_are_shown_with_both_sources_and_are_no_value() {
    let series = report("2024", "2025-12-31").par_index;
    let line = &series.years[0];
    let said: Vec<_> = line.conflicts.iter().map(|c| (c.score, c.source.as_str())).collect();
    assert_eq!(said, [(Some(9_257), "báo A"), (Some(9_275), "báo B")]);
    assert_eq!((line.year, line.score, line.rank), (2024, None, Some(3)), "the rank is not in conflict");
    let Kind::Trend(trend) = &series.trend.kind else { panic!("a trend") };
    assert!(trend.points[6].detail.contains("mâu thuẫn") && !trend.points[6].detail.contains("92"));
    assert_eq!(report("2024", "2025-04-16").par_index.years[0].conflicts, [], "and not known before its day");
}

#[test]
fn a_year_is_judged_by_the_target_of_its_own_time() {
    let series = report("2024", "2025-12-31").par_index;
    let judged: Vec<_> = series.years.iter().filter_map(|line| Some((line.year, line.status?))).collect();
    assert_eq!(judged, [(2023, Status::Met)], "no target is known of other years");
    assert_eq!(series.decision, None);
    let during = report("2023", "2023-12-31");
    assert_eq!(during.par_index.decision.as_deref(), Some("QĐ 280"));
    assert_eq!(during.par_index.gap.as_deref(), Some("2022: trong chỉ tiêu, còn cách ngưỡng 5 bậc"));
    assert_eq!(during.sipas.gap.as_deref(), Some("2020: thiếu 3,85 điểm"), "2022 has a rank and no score");
    assert_eq!(during.sipas.trend.title, "SIPAS 2020: 85,15\u{a0}%, chưa đạt mức tối thiểu 89\u{a0}%");
}

#[test]
fn the_standing_is_said_in_both_languages() {
    let said = |period, as_of, lang| report_of(&[], &[], period, as_of, lang).sipas.standing.sentence;
    assert_eq!(said("2023", "2023-12-31", Lang::Vi), "Kết quả 2023 sẽ được công bố vào khoảng tháng 4/2024.");
    assert_eq!(
        said("2023", "2023-12-31", Lang::En),
        "The result of 2023 will be published around April 2024."
    );
    assert_eq!(said("2024", "2025-12-31", Lang::En), "The result of 2024 misses the target: at least 89%.");
    assert_eq!(
        said("2022", "2023-12-31", Lang::En),
        "Of the result of 2022 only the rank is held, not the score."
    );
    assert_eq!(said("2023", "2025-03-31", Lang::Vi), "Chưa có kết quả 2023; số liệu gần nhất có được: 2022.");
}

#[test]
fn published_values_are_never_called_invented() {
    let report = report("2023", "2023-12-31");
    assert!(!report.par_index.trend.invented && !report.sipas.trend.invented);
    assert_eq!(report.par_index.trend.source, "Nguồn: a.vn, b.vn; tính đến 31/12/2023");
}

#[test]
fn other_provinces_and_the_national_mean_stand_beside_where_published() {
    let series = report("2022", "2023-12-31").par_index;
    let provinces = series.provinces.expect("2022 is held");
    assert_eq!((provinces.year, provinces.of), (2022, 63));
    let lines =
        [("Quảng Ninh".to_owned(), Some(1), Some(9_010)), ("Hà Nội".to_owned(), Some(3), Some(8_958))];
    assert_eq!(provinces.lines, lines);
    assert_eq!(series.years[0].nation, Some(8_479));
    assert_eq!(series.years[0].leader, Some(Leader { name: "Quảng Ninh".to_owned(), score: Some(9_010) }));
    assert_eq!(series.years.last().map(|line| (line.nation, line.leader.clone())), Some((None, None)));
}

#[test]
fn surveys_are_summed_and_never_averaged() {
    use Level::{Department, District};
    let surveys = [
        survey("SO-01", Department, "2023-10-09", 20, 25),
        survey("SO-01", Department, "2023-11-09", 5, 5),
        survey("271", District, "2023-10-10", 9_700, 10_000),
        survey("272", District, "2023-10-10", 8_000, 10_000),
        survey("273", District, "2023-10-10", 10, 29),
        survey("271", District, "2022-10-10", 221, 240),
    ];
    let read = |as_of| report_of(&surveys, &[], "2023", as_of, Lang::Vi).surveys;
    let report = read("2023-12-31");
    assert_eq!((report.year, report.whole.satisfied), (Some(2023), Rate::new(17_735, 20_059)));
    assert_eq!(report.whole.assurance, Assurance::SurelyNot);
    let levels: Vec<_> =
        report.levels.iter().map(|l| (l.level, l.agencies, l.sampled.satisfied.all)).collect();
    assert_eq!(levels, [(Department, 1, 30), (District, 3, 20_029)]);
    let agencies: Vec<_> = report.agencies.iter().map(|a| (a.code.as_str(), a.sampled.assurance)).collect();
    let expected = [
        ("272", Assurance::SurelyNot),
        ("SO-01", Assurance::Maybe),
        ("271", Assurance::Surely),
        ("273", Assurance::TooFew),
    ];
    assert_eq!(agencies, expected);
    let before = read("2023-09-30");
    assert_eq!((before.year, before.whole.assurance), (Some(2022), Assurance::Maybe), "the last round");
    assert_eq!(report.rounds.iter().map(|(year, _)| *year).collect::<Vec<_>>(), [2023, 2022]);
    assert_eq!(report_of(&[], &[], "2023", "2023-12-31", Lang::Vi).surveys.year, None);
}

#[test]
fn a_criterion_is_at_risk_when_it_is_late_or_lacks_its_evidence() {
    let criteria = [
        criterion("1.1", 150, Some(150), "2023-06-30", Some("BC 1")),
        criterion("1.2", 150, Some(100), "2023-06-30", Some("BC 2")),
        criterion("1.3", 150, None, "2023-11-30", None),
        criterion("2.1", 150, Some(150), "2023-10-30", Some("  ")),
        criterion("2.2", 150, None, "2023-10-31", None),
        criterion("2.3", 150, None, "2023-09-29", Some("BC 3")),
    ];
    let report = report_of(&[], &criteria, "2023", "2023-09-30", Lang::En).criteria;
    let read: Vec<_> = report.lines.iter().map(|line| (line.deadline, line.risk)).collect();
    let expected = [
        (Deadline::Done, None),
        (Deadline::Overdue(92), Some(Risk::Behind)),
        (Deadline::Left(61), None),
        (Deadline::Left(30), Some(Risk::NoEvidence)),
        (Deadline::Left(31), None),
        (Deadline::Overdue(1), Some(Risk::Behind)),
    ];
    assert_eq!(read, expected);
    assert_eq!((report.max_points, report.planned, report.achieved), (1_200, 900, 400));
    assert_eq!((report.unscored, report.at_risk), (3, 3), "not scored is not zero");
    let owners: Vec<_> = report.owners.iter().map(|o| (o.owner.as_deref(), o.criteria, o.at_risk)).collect();
    assert_eq!(owners, [(Some("Sở B"), 3, 2), (Some("Sở A"), 3, 1)]);
    assert_eq!(report.warning.as_deref(), Some("The points entered add up to 12, the frame has 68."));
    let none = report_of(&[], &[], "2023", "2023-09-30", Lang::Vi).criteria;
    assert_eq!((none.lines.len(), none.warning), (0, None));
}

proptest! {
    #[test]
    fn the_parts_of_the_surveys_add_up_to_the_whole(parts in prop::collection::vec((0..4usize, 0..3usize, 0..500i64, 0..500i64), 0..30)) {
        let surveys: Vec<Survey> = parts
            .iter()
            .map(|(agency, level, a, b)| survey(&format!("{agency}-{level}"), Level::ALL[*level], "2023-05-05", *a.min(b), *a.max(b)))
            .collect();
        let report = report_of(&surveys, &[], "2023", "2023-12-31", Lang::Vi).surveys;
        let naive: Rate = surveys.iter().map(|survey| survey.satisfied).sum();
        prop_assert_eq!(report.whole.satisfied, naive);
        prop_assert_eq!(report.levels.iter().map(|level| level.sampled.satisfied).sum::<Rate>(), naive);
        prop_assert_eq!(report.agencies.iter().map(|agency| agency.sampled.satisfied).sum::<Rate>(), naive);
    }
}
