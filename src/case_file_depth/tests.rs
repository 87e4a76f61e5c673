//! The figures below the tally, counted by hand.

use chrono::NaiveDate;

use super::*;
use crate::{case_file::CaseFileCounts, period::Cycle};

fn on(text: &str) -> NaiveDate {
    text.parse().expect("a test date")
}

fn day(date: &str, counted: &[(Measure, i64)]) -> CaseFileDay {
    let mut counts = CaseFileCounts::default();
    for (measure, count) in counted {
        counts[*measure] = *count;
    }
    CaseFileDay { day: on(date), counts }
}

fn made(days: &[CaseFileDay], sums: Sums, as_of: &str) -> Depth {
    let question =
        Question { as_of: on(as_of), cycle: Cycle::Calendar, period: "2023".parse().ok(), agency: None };
    assemble(days, sums, &Plan::default(), &WorkingDays::default(), &question, Lang::Vi)
}

#[test]
fn the_month_ends_better_when_what_is_due_is_closed_in_time_and_worse_with_what_is_overdue() {
    let days = [
        day("2023-02-10", &[(Measure::Late, 50), (Measure::OpenOverdue, 10), (Measure::DueIn1, 3)]),
        day("2023-03-01", &[(Measure::Early, 80), (Measure::OnTime, 10), (Measure::Late, 10)]),
        day("2023-03-20", &[(Measure::DueIn1, -1), (Measure::DueIn0, 1), (Measure::Overdue5, 10)]),
    ];
    let counted = vec![Step { measured: Measured::DueInMonth, count: 100 }];
    let depth = made(&days, Sums { counted, ..Sums::default() }, "2023-03-20");
    let month = &depth.rescue.month;
    assert_eq!(month.so_far, Rate::new(90, 100), "February's late files are February's");
    assert_eq!((month.best(), month.with_overdue()), (Rate::new(190, 200), Rate::new(190, 210)));
    assert_eq!(
        month.sentence(Lang::Vi),
        "Nếu 100 hồ sơ đến hạn từ nay đến 31/03/2023 đều xong đúng hạn, tháng kết thúc ở mức 95,00\u{a0}%. \
         10 hồ sơ đã quá hạn khi xong đều tính thêm là trễ; xong hết trong tháng thì còn 90,47\u{a0}%."
    );
    assert_eq!(
        month.sentence(Lang::En),
        "If all 100 case files due by 31 Mar 2023 are closed in time, the month ends at 95.00%. \
         On top, 10 overdue files will count as late when done; all done within the month, it ends at 90.47%."
    );
    let figure = |measured| depth.figure(measured);
    assert_eq!((figure(Measured::DueIn0), figure(Measured::DueIn1)), (Some(1), Some(2)));
    assert_eq!((figure(Measured::Overdue5), figure(Measured::DueInMonth)), (Some(10), Some(100)));
    assert_eq!(figure(Measured::Late), None, "the tally has that one");
}

#[test]
fn a_month_without_files_has_no_rate_rather_than_zero() {
    let depth = made(&[], Sums::default(), "2023-03-20");
    assert_eq!(depth.rescue.month.best().floored(), None);
    assert!(depth.rescue.month.sentence(Lang::En).starts_with("No case file"));
}

#[test]
fn procedures_stand_by_late_files_with_the_share_they_make_up_together() {
    let late = |code: Option<&str>, late| LateCount {
        code: code.map(str::to_owned),
        name: code.unwrap_or_default().to_owned(),
        late,
    };
    let sums =
        Sums { procedures: vec![late(Some("a"), 1), late(None, 2), late(Some("b"), 5)], ..Sums::default() };
    let depth = made(&[day("2023-01-05", &[(Measure::Late, 8)])], sums, "2023-12-31");
    let lines: Vec<_> =
        depth.procedures.iter().map(|line| (line.name.as_str(), line.late, line.cumulated)).collect();
    assert_eq!(lines, [("b", 5, 6_250), ("Không rõ thủ tục", 2, 8_750), ("a", 1, 10_000)]);
}

#[test]
fn the_last_working_day_of_a_whole_month_is_held_against_the_others() {
    // March 2023 has 23 working days; the 31st is a Friday. April has only begun.
    let days = [
        day("2023-03-30", &[(Measure::OnTime, 60)]),
        day("2023-03-31", &[(Measure::OnTime, 40)]),
        day("2023-04-03", &[(Measure::OnTime, 900)]),
    ];
    let bulk = made(&days, Sums::default(), "2023-04-10").quality.bulk.expect("a month is over");
    assert_eq!((bulk.results, bulk.days), (Rate::new(40, 100), Rate::new(1, 23)));
    assert!(bulk.stands_out());
    assert!(bulk.sentence(Lang::Vi).contains("40,00\u{a0}%"), "{}", bulk.sentence(Lang::Vi));
    assert_eq!(made(&days[2..], Sums::default(), "2023-04-10").quality.bulk, None);
}

#[test]
fn a_rate_of_fewer_than_thirty_files_is_marked() {
    assert!(is_few(Rate::new(29, 29)) && !is_few(Rate::new(1, 30)));
}
