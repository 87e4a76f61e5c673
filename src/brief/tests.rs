//! What a brief says of a small city.

use super::*;
use crate::{
    case_file::{CaseFileCounts, CaseFileDay, Measure},
    indicator::{self, Facts, Question},
    overview,
    period::Unit,
    working_days::WorkingDays,
};

fn on(text: &str) -> NaiveDate {
    text.parse().expect("a test date")
}

fn city() -> Facts {
    let mut counts = CaseFileCounts::default();
    counts[Measure::Early] = 999;
    counts[Measure::Late] = 1;
    Facts { case_files: vec![CaseFileDay { day: on("2023-09-04"), counts }], ..Facts::default() }
}

fn brief_of(facts: &Facts, lang: Lang, conclusions: &[Conclusion]) -> Brief {
    let month: Period = "2023-09".parse().expect("a month");
    let origin = Origin { is_invented: true, whom: "toàn thành phố".to_owned(), lang };
    let question = |period| Question {
        as_of: on("2023-09-30"),
        cycle: Cycle::Calendar,
        period: Some(period),
        agency: None,
    };
    let year = Period::containing(on("2023-09-30"), Unit::Year, Cycle::Calendar);
    let overview =
        |period| overview::assemble(facts, Vec::new(), &WorkingDays::default(), &question(period), &origin);
    let (in_month, in_year) = (overview(month), overview(year));
    let [readings, year_readings] = [month, year].map(|period| indicator::read(facts, &question(period)));
    let late = [LateFile {
        case_code: "000.00.01.H26-230901-0001".to_owned(),
        agency: "UBND quận Ba Đình".to_owned(),
        received_on: on("2023-08-21"),
        due_on: Some(on("2023-09-01")),
        ended_on: Some(on("2023-09-04")),
    }];
    let sources = Sources {
        month: Span { overview: &in_month, readings: &readings },
        year: Span { overview: &in_year, readings: &year_readings },
        petitions: &[],
        dialogues: &[],
        charts: &[&in_month.months],
        late: (1_500, &late),
        overdue: (0, &[]),
        conclusions,
        until: [Some(on("2023-09-30")), None, None],
        source: "Nguồn: số liệu mô phỏng",
    };
    assemble(month, on("2023-09-30"), &sources, &origin)
}

#[test]
fn a_brief_tells_the_month_the_year_and_who_has_to_explain() {
    let brief = brief_of(&city(), Lang::Vi, &[]);
    assert_eq!(brief.title, "Tiến độ thực hiện các chỉ tiêu cải cách hành chính tháng 9 năm 2023");
    assert!(
        brief.said[0].starts_with(
            "Trong tháng 9/2023 (01/09/2023–30/09/2023), toàn thành phố có một chỉ tiêu không đạt"
        ),
        "{:?}",
        brief.said
    );
    assert!(
        brief.said[1].starts_with("Lũy kế năm 2023 đến 30/09/2023: một chỉ tiêu không đạt"),
        "{:?}",
        brief.said
    );
    let off: Vec<_> = brief.off_track.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(off, ["Hồ sơ trả đúng hạn và trước hạn: 99,90\u{a0}%, thiếu 0,10 điểm (Không đạt)"]);
    assert_eq!(brief.others.len(), 4);
    assert_eq!(brief.targets.values.rows.len(), 5);
    let english = brief_of(&city(), Lang::En, &[]);
    let words = serde_json::to_string(&english.said).expect("JSON");
    assert!(words.contains("In Sep 2023") && words.contains("one target missed"), "{words}");
}

#[test]
fn a_list_too_long_to_print_says_how_many_are_left_out_and_where_they_are() {
    let brief = brief_of(&city(), Lang::Vi, &[]);
    let note = brief.annexes[0].note.as_deref().expect("a note");
    assert!(
        note.contains("1.499") && note.contains("1.500") && note.contains("danh-sach.xlsx?list=late"),
        "{note}"
    );
    assert_eq!(brief.annexes[1].note.as_deref(), Some("Không có hồ sơ nào."));
}

#[test]
fn what_was_promised_before_stands_under_its_target() {
    let promise = Conclusion {
        month: "2023-08".parse().expect("a month"),
        indicator: Indicator::OnTimeReturns,
        conclusion: "Rà soát hồ sơ đất đai".to_owned(),
        owner: "Sở Tài nguyên và Môi trường".to_owned(),
        deadline: Some(on("2023-09-15")),
    };
    let brief = brief_of(&city(), Lang::Vi, &[promise]);
    assert_eq!(
        brief.off_track[0].promised,
        [
            "Kết luận về tháng 8/2023: Rà soát hồ sơ đất đai. Chủ trì: Sở Tài nguyên và Môi trường. Hạn: 15/09/2023."
        ]
    );
}

#[test]
fn a_number_corrected_after_signing_is_told_with_both_values_and_a_flipped_target_too() {
    let signed = brief_of(&city(), Lang::Vi, &[]);
    assert!(since(&signed, &signed).is_nothing());
    let mut corrected = city();
    corrected.case_files[0].counts[Measure::Late] = 0;
    corrected.case_files[0].counts[Measure::OnTime] = 1;
    let since = since(&signed, &brief_of(&corrected, Lang::Vi, &[]));
    assert_eq!(since.flipped, [(Indicator::OnTimeReturns, Status::Missed, Status::Met)]);
    let late = since.moved.iter().find(|moved| moved.row == "Hồ sơ trả quá hạn").expect("late ones moved");
    assert_eq!((late.was.written(Lang::Vi), late.is.written(Lang::Vi)), ("1".to_owned(), "0".to_owned()));
    // What was signed is read back as it was.
    let kept: Brief = serde_json::from_str(&serde_json::to_string(&signed).expect("JSON")).expect("a brief");
    assert_eq!(kept, signed);
}

#[test]
fn a_letterhead_line_that_would_not_fit_is_refused_and_empty_lines_are_dropped() {
    let long = Letterhead { issuer: "a".repeat(LONGEST + 1), ..Letterhead::default() };
    assert_eq!(long.checked(), Err(LetterheadError::TooLong));
    let lines =
        Letterhead { copies: vec!["  Như  trên ".to_owned(), String::new()], ..Letterhead::default() };
    assert_eq!(lines.checked().expect("fits").copies, ["Như trên"]);
    let alone = Conclusion {
        month: "2023-08".parse().expect("a month"),
        indicator: Indicator::Sipas,
        conclusion: " ".to_owned(),
        owner: "Sở Nội vụ".to_owned(),
        deadline: None,
    };
    assert_eq!(alone.checked(), Err(ConclusionError::Missing));
}
