//! What holds of the invented data as a whole.

use std::collections::{HashMap, HashSet};

use chrono::Datelike;
use thuocdo::{
    agency::Level,
    case_file::{CaseFile, Row, State, Status, Verdict, Yardstick},
    counts::Given,
    petition,
};

use super::*;

/// Enough for every shape to show, few enough for a build without optimisation.
const SOME: u64 = 40_000;

fn codes() -> HashSet<String> {
    agencies().into_iter().map(|agency| agency.agency_code).collect()
}

/// The facts of a row whose dates are all written.
fn facts(row: &Row, immediate: &HashMap<String, bool>) -> CaseFile {
    let procedure = row.procedure_code.value().expect("every file names its procedure");
    let date = |cell: &Given<NaiveDate>| cell.value().copied();
    CaseFile {
        received_on: row.received_on,
        due_on: date(&row.due_on),
        original_due_on: date(&row.original_due_on),
        completed_on: date(&row.completed_on),
        returned_on: date(&row.returned_on),
        status: row.status.value().copied(),
        status_on: date(&row.status_on),
        paused_on: date(&row.paused_on),
        resumed_on: date(&row.resumed_on),
        immediate: immediate[procedure],
    }
}

fn immediate() -> HashMap<String, bool> {
    let of = |row: thuocdo::procedure::Row| (row.procedure_code, row.immediate == Given::Value(true));
    procedures().into_iter().map(of).collect()
}

/// FNV-1a of what the rows say: a hash that no release of Rust changes.
fn fingerprint(rows: impl Iterator<Item = impl std::fmt::Debug>) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    rows.fold(0xcbf2_9ce4_8422_2325, |hash, row| format!("{row:?}").bytes().fold(hash, step))
}

#[test]
fn the_same_seed_gives_the_same_rows_on_every_machine() {
    let files = case_files(CASE_FILES).take(10_000);
    let files = files.map(|f| (f.case_code, f.procedure_code, f.channel, f.due_on, f.returned_on, f.status));
    assert_eq!(fingerprint(files), 16_198_801_249_233_087_696);
    let petitions = petitions(PETITIONS);
    let petitions = petitions.map(|p| (p.petition_code, p.agency_code, p.answered_on, p.published_on));
    assert_eq!(fingerprint(petitions), 12_093_178_671_535_992_030);
    assert_eq!(
        fingerprint(dialogues().map(|d| (d.dialogue_code, d.held_on, d.fields, d.minutes_no))),
        2_362_169_143_713_906_793
    );
    assert_eq!(
        fingerprint(dialogue_issues().map(|i| (i.issue_code, i.due_on, i.resolved_on))),
        5_673_151_525_542_095_458
    );
    assert_eq!(
        fingerprint(surveys().map(|s| (s.agency_code, s.surveyed_on, s.answered, s.satisfied))),
        9_989_373_027_082_940_673
    );
}

#[test]
fn every_procedure_names_its_level_and_a_department_of_the_city() {
    let departments: HashSet<String> = agencies()
        .into_iter()
        .filter(|a| a.level == Given::Value(Level::Department))
        .map(|a| a.agency_code)
        .collect();
    let rows = procedures();
    for row in &rows {
        assert!(row.agency_code.value().is_some_and(|code| departments.contains(code)), "{row:?}");
    }
    let at = |level| rows.iter().filter(|row| row.level == Given::Value(level)).count();
    assert_eq!(thuocdo::procedure::Level::ALL.map(at), [25, 20, 21]);
    let with_process = rows.iter().filter(|row| row.internal_process == Given::Value(true)).count();
    assert!(with_process > 50 && with_process < rows.len(), "{with_process}: most, not all");
}

#[test]
fn the_city_has_22_departments_30_districts_and_579_numbered_communes() {
    let rows = agencies();
    let count = |level| rows.iter().filter(|row| row.level == Given::Value(level)).count();
    let levels = [Level::City, Level::Department, Level::District, Level::Commune].map(count);
    assert_eq!(levels, [1, 22, 30, 579]);
    assert_eq!(codes().len(), 632, "codes are unique");
    let name = |code: &str| rows.iter().find(|row| row.agency_code == code).map(|row| row.name.clone());
    assert_eq!(name("271-03"), Some(Given::Value("Xã số 3, Huyện Ba Vì".to_owned())));
    assert_eq!(name("271-31"), Some(Given::Value("Thị trấn số 1, Huyện Ba Vì".to_owned())));
    assert_eq!(name("269-10"), Some(Given::Value("Xã số 1, Thị xã Sơn Tây".to_owned())));
    for row in rows.iter().filter(|row| row.level == Given::Value(Level::Commune)) {
        assert!(row.name.value().is_some_and(|name| name.contains(" số ")), "{row:?}");
    }
}

#[test]
fn every_code_that_is_used_exists() {
    let (agencies, procedures) = (codes(), immediate());
    let fields: HashSet<String> = fields().into_iter().map(|field| field.field_code).collect();
    let is_field = |cell: &Given<String>| cell.value().is_some_and(|code| fields.contains(code));
    assert!(super::procedures().iter().all(|procedure| is_field(&procedure.field_code)));
    assert_eq!(procedures.len(), super::procedures().len(), "codes are unique");
    for file in case_files(SOME) {
        let is_known = file.procedure_code.value().is_some_and(|code| procedures.contains_key(code));
        assert!(is_known && agencies.contains(&file.agency_code) && is_field(&file.field_code), "{file:?}");
    }
    assert!(petitions(PETITIONS).all(|p| agencies.contains(&p.agency_code) && is_field(&p.field_code)));
    let mut held = HashSet::new();
    for dialogue in dialogues() {
        let topics = dialogue.fields.value().map_or(&[][..], Vec::as_slice);
        assert!(agencies.contains(&dialogue.agency_code) && topics.iter().all(|t| fields.contains(t)));
        assert!(held.insert(dialogue.dialogue_code), "codes are unique");
    }
    for issue in dialogue_issues() {
        let owner = issue.owner_agency_code.value();
        assert!(held.contains(&issue.dialogue_code) && owner.is_some_and(|code| agencies.contains(code)));
    }
    assert!(surveys().all(|survey| agencies.contains(&survey.agency_code)));
}

#[test]
fn the_criteria_share_the_68_points_of_the_frame_and_belong_to_offices_that_exist() {
    let agencies = codes();
    let points: i64 = criteria().filter_map(|row| row.max_points.value().copied()).sum();
    assert_eq!((criteria().count(), points), (20, 6_800));
    for row in criteria() {
        let points = |of: &Given<i64>| of.value().copied().unwrap_or(0);
        assert!(row.owner_agency_code.value().is_some_and(|owner| agencies.contains(owner)), "{row:?}");
        assert!(points(&row.planned) <= points(&row.max_points), "{row:?}");
        assert!(points(&row.achieved) <= points(&row.max_points), "{row:?}");
        assert!(row.due_on.value().is_some_and(|due| due.year() == 2023), "{row:?}");
    }
    assert!(criteria().any(|row| row.achieved == Given::Empty), "some are not scored yet");
}

#[test]
fn nothing_has_happened_after_the_last_day() {
    let happened = |cell: &Given<NaiveDate>| cell.value().is_none_or(|day| *day <= LAST_DAY);
    for f in case_files(SOME) {
        let known =
            [&f.completed_on, &f.returned_on, &f.status_on, &f.paused_on, &f.resumed_on, &f.apology_on];
        assert!(f.received_on <= LAST_DAY && known.into_iter().all(happened), "{f:?}");
    }
    for p in petitions(PETITIONS) {
        let known = [
            &p.transferred_on,
            &p.acknowledged_on,
            &p.supplement_requested_on,
            &p.answered_on,
            &p.published_on,
        ];
        assert!(p.sent_on <= LAST_DAY && known.into_iter().all(happened), "{p:?}");
    }
    assert!(dialogues().all(|dialogue| happened(&dialogue.held_on)));
    assert!(dialogue_issues().all(|issue| happened(&issue.resolved_on)));
    assert!(surveys().all(|survey| survey.surveyed_on <= LAST_DAY));
}

#[test]
fn files_come_in_order_of_receipt_with_codes_of_their_own() {
    let (mut last, mut seen) = (FIRST_DAY, HashSet::new());
    for file in case_files(SOME) {
        assert!(file.received_on >= last, "{file:?}");
        last = file.received_on;
        let day = file.received_on.format("-%y%m%d-").to_string();
        assert!(file.case_code.starts_with(&file.agency_code) && file.case_code.contains(&day), "{file:?}");
        assert!(seen.insert(file.case_code), "codes are unique");
    }
    assert_eq!(seen.len() as u64, SOME);
}

#[test]
fn each_file_keeps_the_order_of_its_own_dates() {
    for file in case_files(SOME) {
        let date = |cell: &Given<NaiveDate>| cell.value().copied();
        let course =
            [Some(file.received_on), date(&file.paused_on), date(&file.resumed_on), date(&file.completed_on)];
        let course: Vec<NaiveDate> = course.into_iter().chain([date(&file.returned_on)]).flatten().collect();
        assert!(course.is_sorted(), "{file:?}");
        assert!(date(&file.original_due_on) <= date(&file.due_on), "{file:?}");
        let is_moved = file.original_due_on != file.due_on;
        assert_eq!(is_moved, file.apology_on.value().is_some(), "{file:?}");
        assert_eq!(is_moved, file.reschedules.value().is_some_and(|times| *times > 0), "{file:?}");
        let is_ended = file.completed_on.value().is_some() || file.status == Given::Value(Status::Withdrawn);
        let is_open = matches!(
            file.status.value(),
            Some(
                Status::Received | Status::Processing | Status::AwaitingSupplement | Status::AwaitingPayment
            )
        );
        assert_ne!(is_ended, is_open, "{file:?}");
    }
}

#[test]
fn nearly_all_files_are_on_time_and_some_are_not() {
    let immediate = immediate();
    let (mut in_time, mut late, mut strictly_late, mut open, mut paused, mut withdrawn) = (0, 0, 0, 0, 0, 0);
    for row in case_files(SOME) {
        let file = facts(&row, &immediate);
        match file.state_on(LAST_DAY, Yardstick::Official) {
            State::Done(Verdict::Early | Verdict::OnTime) => in_time += 1,
            State::Done(Verdict::Late) => late += 1,
            State::OpenWithinDue | State::OpenOverdue => open += 1,
            State::Paused => paused += 1,
            State::Withdrawn => withdrawn += 1,
            State::Done(Verdict::Undetermined) | State::OpenUndetermined | State::NotReceived => {}
        }
        let strict = file.state_on(LAST_DAY, Yardstick::Strict);
        strictly_late += i32::from(strict == State::Done(Verdict::Late));
    }
    let per_hundred_thousand = i64::from(late) * 100_000 / i64::from(in_time + late);
    assert!((80..400).contains(&per_hundred_thousand), "{late} late of {}", in_time + late);
    assert!(strictly_late > late, "letters move dates, and the first date stays what it was");
    assert!(open > 0 && paused > 0 && withdrawn > 0);
}

#[test]
fn petitions_are_mostly_in_time_and_never_answered_before_they_were_taken_up() {
    let mut statuses = HashSet::new();
    for petition in petitions(PETITIONS) {
        let answered = petition.answered_on.value();
        assert!(answered.is_none() || petition.acknowledged_on.value() <= answered, "{petition:?}");
        statuses.insert(petition.status.value().copied());
    }
    assert_eq!(statuses.len(), petition::Status::ALL.len(), "every status occurs");
    assert_eq!(petitions(PETITIONS).count() as u64, PETITIONS);
}

#[test]
fn one_office_reports_nothing_for_two_months() {
    let mut by_month = [0; 12];
    for file in case_files(CASE_FILES).filter(|file| file.agency_code == "280-09") {
        by_month[file.received_on.month0() as usize] += u32::from(file.received_on.year() == 2023);
    }
    let silent: Vec<usize> = (0..12).filter(|month| by_month[*month] == 0).collect();
    assert_eq!(silent, [6, 7], "July and August");
}

#[test]
fn ten_million_files_are_drawn_one_by_one_and_none_is_kept() {
    let mut files = case_files(10_000_000);
    assert_eq!(files.size_hint(), (10_000_000, Some(10_000_000)));
    assert!(files.next().is_some_and(|file| file.received_on == FIRST_DAY));
    assert_eq!(files.size_hint().0, 9_999_999);
}
