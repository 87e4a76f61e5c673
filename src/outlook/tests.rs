//! The arithmetic of the rest of the year, by hand and on any numbers.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::{
    case_file::{CaseFileCounts, CaseFileDay, Measure},
    case_file_report::Origin,
    indicator::Question,
    lang::Lang,
    period::Cycle,
    plan::Plan,
    working_days::WorkingDays,
};

fn on(text: &str) -> NaiveDate {
    text.parse().expect("a test date")
}

fn day(text: &str, ok: i64, late: i64, overdue: i64) -> CaseFileDay {
    let mut counts = CaseFileCounts::default();
    counts[Measure::Early] = ok;
    counts[Measure::Late] = late;
    counts[Measure::OpenOverdue] = overdue;
    CaseFileDay { day: on(text), counts }
}

fn year(last: &str, days: &[CaseFileDay]) -> Expected {
    expected(days, &WorkingDays::default(), "2023".parse().expect("a year"), Cycle::Calendar, on(last))
}

#[test]
fn a_target_of_99_percent_bears_one_late_file_in_a_hundred() {
    let basis = Basis::new(Rate::new(497, 500), 2, 500, false, 9_900);
    assert_eq!((basis.expected(), basis.allowance(), basis.late_budget()), (1_000, 10, 5));
    assert_eq!(basis.best(), Rate::new(995, 1_000));
    assert_eq!(basis.needed(), Needed::Rate(9_860), "493 of the 500 to come");
    let overspent = Basis { late: 12, ..basis };
    assert_eq!(overspent.late_budget(), -4);
    assert_eq!(overspent.needed(), Needed::NotReachable);
}

#[test]
fn an_overdue_file_is_still_to_come_until_the_year_is_over() {
    assert_eq!(Basis::new(Rate::new(5, 5), 3, 0, false, 10_000).rest, 3);
    let over = Basis::new(Rate::new(5, 5), 3, 0, true, 10_000);
    assert_eq!((over.rest, over.open_overdue, over.late_budget()), (0, 0, 0));
}

#[test]
fn the_rest_of_last_year_is_scaled_by_this_year_against_it() {
    let days = [
        day("2022-01-03", 100, 0, 0),
        day("2022-06-30", 100, 0, 0),
        day("2022-07-01", 299, 1, 0),
        day("2023-03-01", 100, 0, 0),
    ];
    assert_eq!(year("2023-06-30", &days), Expected { rest: 150, source: Source::LastYear });
    assert_eq!(year("2023-12-31", &days), Expected { rest: 0, source: Source::Nothing });
}

#[test]
fn a_last_year_that_began_in_the_middle_is_not_scaled() {
    let days = [day("2022-01-04", 100, 0, 0), day("2022-07-01", 300, 0, 0), day("2023-03-01", 129, 0, 0)];
    // From 1 January to 30 June 2023 there are 130 weekdays, and 130 are left.
    assert_eq!(year("2023-06-30", &days), Expected { rest: 129, source: Source::RunRate });
}

#[test]
fn the_first_late_file_ends_the_hope_for_100_percent_and_others_when_the_allowance_is_spent() {
    let days = [
        day("2022-12-30", 1, 1, 1),
        day("2023-02-01", 9, 1, -1),
        day("2023-03-01", 9, 0, 2),
        day("2023-04-01", 9, 0, -2),
        day("2023-05-02", 9, 2, 0),
    ];
    let lost = |allowance| lost_on(&days, on("2023-01-01"), on("2023-12-31"), allowance);
    assert_eq!(lost(0), Some(on("2023-02-01")));
    assert_eq!(lost(1), Some(on("2023-05-02")), "two overdue files in March were withdrawn again");
    assert_eq!(lost(3), None);
}

#[test]
fn agencies_above_the_median_share_have_something_to_learn() {
    let agencies = [Rate::new(90, 100), Rate::new(99, 100), Rate::new(50, 100), Rate::new(0, 0)];
    let basis = Basis::new(Rate::new(239, 300), 0, 300, false, 10_000).with_agencies(&agencies);
    assert_eq!((basis.excess.clone(), basis.agencies_late), (vec![40], 61));
    let assumption = Assumption { rest: 300, rest_rate: 8_000, improved: 1 };
    // Sixty late files to come, of which 40/61 would not be late.
    assert_eq!(what_if(&basis, &assumption), Rate::new(239 + 240 + 39, 600));
}

fn outlook(lang: Lang, as_of: &str, days: &[CaseFileDay], asked: &Asked) -> Option<CaseFileOutlook> {
    let question =
        Question { as_of: on(as_of), cycle: Cycle::Calendar, period: "2023".parse().ok(), agency: None };
    let origin = Origin { is_invented: false, whom: String::new(), lang };
    assemble_outlook(days, &Plan::default(), &WorkingDays::default(), &question, &[], asked, &origin)
}

#[test]
fn the_section_says_the_same_in_both_languages() {
    let days: Vec<CaseFileDay> = (1..=9).map(|month| day(&format!("2023-0{month}-02"), 98, 2, 0)).collect();
    let [vi, en] =
        Lang::ALL.map(|lang| outlook(lang, "2023-09-30", &days, &Asked::default()).expect("a year"));
    assert!(vi.sentence.contains("98,00\u{a0}%") && vi.sentence.contains("2,00 điểm"), "{}", vi.sentence);
    assert!(en.sentence.contains("2023 ends at 98.00%, 2.00 points below"), "{}", en.sentence);
    assert_eq!(vi.lost.as_deref(), Some("Mức 100\u{a0}% của năm 2023 không thể đạt nữa từ ngày 02/01/2023."));
    assert_eq!(en.lost.as_deref(), Some("100% for 2023 has been out of reach since 2 Jan 2023."));
    assert!(vi.months.sentence.starts_with("Biến động bình thường"), "{}", vi.months.sentence);
    assert!(en.months.sentence.starts_with("Ordinary variation"), "{}", en.months.sentence);
    assert_eq!(vi.basis, en.basis);
}

#[test]
fn a_year_that_is_over_or_has_not_begun_leaves_nothing_to_assume() {
    let days = [day("2022-12-01", 1, 0, 0), day("2023-03-01", 3, 1, 0), day("2023-05-01", 0, 0, 1)];
    let over = outlook(Lang::En, "2024-01-10", &days, &Asked::default()).expect("a year");
    assert_eq!(over.sentence, "2023 has ended at 75.00%, 25.00 points below the target of 100%.");
    assert_eq!((over.is_over, over.basis.rest), (true, 0));
    assert_eq!(outlook(Lang::En, "2022-12-31", &days, &Asked::default()), None);
}

#[test]
fn a_month_that_is_not_over_is_no_point_of_the_series() {
    let mut days: Vec<CaseFileDay> =
        (1..=8).map(|month| day(&format!("2023-0{month}-02"), 98, 2, 0)).collect();
    days.push(day("2023-09-02", 0, 100, 0));
    let open = outlook(Lang::En, "2023-09-15", &days, &Asked::default()).expect("a year");
    assert!(open.months.sentence.starts_with("Ordinary variation"), "{}", open.months.sentence);
    let closed = outlook(Lang::En, "2023-09-30", &days, &Asked::default()).expect("a year");
    assert!(closed.months.sentence.contains("Sep 2023 lies below"), "{}", closed.months.sentence);
}

#[test]
fn what_is_asked_is_laid_over_what_is_expected() {
    let days = [day("2023-03-01", 3, 1, 0)];
    let asked = Asked { rest: Some(96), rest_rate: Some(10_000), improved: Some(7) };
    let outlook = outlook(Lang::Vi, "2023-06-30", &days, &asked).expect("a year");
    assert_eq!(outlook.assumption, Assumption { rest: 96, rest_rate: 10_000, improved: 0 });
    assert!(
        what_if_sentence(&outlook.basis, &outlook.assumption, Lang::Vi)
            .starts_with("Khi đó cả năm là 99,00\u{a0}%: 1 trễ trong 100"),
    );
}

prop_compose! {
    fn any_basis()(
        ok in 0_i64..5_000_000,
        late in 0_i64..50_000,
        overdue in 0_i64..5_000,
        rest in 0_i64..5_000_000,
        target in 8_000_i64..=10_000,
        agencies in prop::collection::vec((0_i64..500, 0_i64..50), 0..20),
    ) -> Basis {
        let agencies: Vec<Rate> = agencies.into_iter().map(|(ok, late)| Rate::new(ok, ok + late)).collect();
        Basis::new(Rate::new(ok, ok + late), overdue, rest, false, target).with_agencies(&agencies)
    }
}

proptest! {
    #[test]
    fn spending_the_whole_budget_reaches_the_target_and_one_more_late_file_does_not(basis in any_basis()) {
        let budget = basis.late_budget();
        let bad = basis.late + basis.open_overdue + budget;
        prop_assume!((0..basis.expected()).contains(&bad));
        let at = |bad: i64| Rate::new(basis.expected() - bad, basis.expected());
        prop_assert!(at(bad).reaches(basis.target));
        prop_assert!(!at(bad + 1).reaches(basis.target));
    }

    #[test]
    fn the_target_is_reachable_exactly_while_the_budget_is_not_overspent(basis in any_basis()) {
        let is_reachable = basis.best().reaches(basis.target);
        prop_assert_eq!(is_reachable, basis.late_budget() >= 0);
        prop_assert_eq!(is_reachable, basis.needed() != Needed::NotReachable);
        if let Needed::Rate(rest_rate) = basis.needed() {
            let enough = Assumption { rest: basis.rest, rest_rate, improved: 0 };
            prop_assert!(what_if(&basis, &enough).reaches(basis.target));
        }
    }

    #[test]
    fn no_assumption_on_the_files_expected_beats_the_best(basis in any_basis(), rest_rate in 0_i64..=10_000, improved in 0_usize..25) {
        let year = what_if(&basis, &Assumption { rest: basis.rest, rest_rate, improved });
        prop_assert_eq!(year.all, basis.expected());
        prop_assert!(year.hits <= basis.best().hits);
    }

    #[test]
    fn a_better_rest_more_agencies_improved_or_fewer_files_never_mean_more_late(
        basis in any_basis(), rest in 0_i64..1_000_000, rest_rate in 0_i64..10_000, improved in 0_usize..20,
    ) {
        let given = Assumption { rest, rest_rate, improved };
        let late = |assumption: Assumption| what_if(&basis, &assumption).misses();
        let better = late(Assumption { rest_rate: rest_rate + 1, ..given });
        let improved = late(Assumption { improved: improved + 1, ..given });
        let more = late(Assumption { rest: rest + 1, ..given });
        prop_assert!(better <= late(given) && improved <= late(given) && late(given) <= more);
    }

    #[test]
    fn a_target_of_100_percent_bears_no_late_and_no_overdue_file(basis in any_basis()) {
        let whole = Basis { target: 10_000, ..basis };
        prop_assume!(whole.late + whole.open_overdue > 0);
        prop_assert!(whole.late_budget() < 0);
        prop_assert_eq!(whole.needed(), Needed::NotReachable);
    }
}
