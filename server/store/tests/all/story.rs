//! The store's story: one city's year, told the same way to SQLite and to PostgreSQL.

use chrono::{Days, NaiveDate};
use store::{Remark, Store, testing::Cluster};
use thuocdo::{
    agency::{self, Level, Scope},
    case_file::{self, Channel, Status},
    counts::{Given, Read},
    criterion, dialogue,
    filter::{Filter, Measured},
    indicator::{
        OnTimeReturns, Question,
        on_time_returns::{CaseFileRead, Tally},
    },
    period::{Cycle, Window},
    petition,
    procedure::{self, FieldRow},
    survey,
    working_days::{HolidayKind, HolidayRow, LimitUnit},
};

use crate::helpers::{begin, day, end, file, numbered, remarks, today};

#[tokio::test]
async fn the_story_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}/story.db", folder.path().display());
    tell(&url).await;
}

#[tokio::test]
async fn the_story_on_postgresql() {
    let cluster = Cluster::start();
    tell(&cluster.database("story")).await;
}

async fn tell(url: &str) {
    let store = Store::open(url).await.expect("opens");
    println!("the story is told on {}", store.engine_name().await.expect("a name"));
    agencies_come_in_any_order_and_make_a_tree(&store).await;
    case_files_come_in_and_are_counted_by_day(&store).await;
    importing_the_same_again_changes_nothing(&store).await;
    a_changed_file_takes_its_old_events_back(&store).await;
    the_last_row_of_a_code_wins_whole(&store).await;
    a_due_date_is_computed_from_the_limit_and_follows_the_calendar(&store).await;
    a_dropped_import_leaves_nothing_behind(&store).await;
    figures_equal_the_lists_behind_them(&store).await;
    letters_and_doubtful_dates_have_lists_of_their_own(&store).await;
    the_table_of_agencies_adds_up_to_the_whole_under_every_filter(&store).await;
    a_finished_file_needs_a_date_from_the_row_or_from_before(&store).await;
    importing_a_file_with_repeated_codes_again_changes_nothing(&store).await;
    agencies_may_change_places_in_the_tree(&store).await;
    contradicting_figures_of_one_source_are_both_kept(&store).await;
    a_narrow_scope_sees_only_what_is_below_it(&store).await;
    petitions_are_counted_by_day(&store).await;
    petitions_recounted_one_by_one_come_to_the_counters(&store).await;
    dialogues_and_their_issues_are_kept(&store).await;
    surveys_and_criteria_are_read_within_the_scope(&store).await;
    the_counters_prove_right_and_can_be_made_anew(&store).await;
    store.close().await;
    let again = Store::open(url).await.expect("opens again, with nothing to migrate");
    assert_eq!(again.verify().await.expect("verifies"), []);
    again.close().await;
}

/// The first quarter's files: every state there is.
fn files() -> Vec<case_file::Row> {
    let plain = [
        file("1", "271", "2023-01-09", Some("2023-01-16"), Some("2023-01-13")),
        file("2", "271", "2023-01-09", Some("2023-01-16"), Some("2023-01-16")),
        file("3", "271-01", "2023-01-09", Some("2023-01-16"), Some("2023-01-17")),
        file("4", "271-01", "2023-02-01", None, Some("2023-02-03")),
        file("5", "SO-01", "2023-03-01", Some("2023-03-08"), None),
        file("6", "SO-01", "2023-03-30", Some("2023-04-06"), None),
        file("7", "SO-01", "2023-03-30", None, None),
    ];
    let paused = case_file::Row {
        paused_on: Given::Value(day("2023-03-03")),
        ..file("8", "271", "2023-03-01", Some("2023-03-08"), None)
    };
    let withdrawn = case_file::Row {
        status: Given::Value(Status::Withdrawn),
        status_on: Given::Value(day("2023-03-06")),
        ..file("9", "271", "2023-03-01", Some("2023-03-08"), None)
    };
    let refused = case_file::Row {
        status: Given::Value(Status::NotAccepted),
        ..file("10", "271", "2023-03-01", Some("2023-03-08"), None)
    };
    plain.into_iter().chain([paused, withdrawn, refused]).collect()
}

async fn tally(store: &Store, filter: &Filter, as_of: &str) -> Tally {
    let days = store.case_file_days(&Scope::All, filter).await.expect("reads");
    OnTimeReturns::read(&days, Window::up_to(day(as_of)), 10_000).official
}

async fn agencies_come_in_any_order_and_make_a_tree(store: &Store) {
    let row = |code: &str, level, parent: Option<&str>| agency::Row {
        agency_code: code.to_owned(),
        name: Given::Value(format!("Đơn vị {code}")),
        level: Given::Value(level),
        parent_code: parent.map_or(Given::Empty, |parent| Given::Value(parent.to_owned())),
        ..agency::Row::default()
    };
    let mut import = begin(store, "agencies").await;
    let rows = vec![
        row("271-01", Level::Commune, Some("271")),
        row("271", Level::District, Some("HN")),
        row("SO-01", Level::Department, Some("HN")),
        row("HN", Level::City, None),
    ];
    import.write_agencies(numbered(rows)).await.expect("writes");
    let receipt = end(import).await;
    assert_eq!((receipt.rows_in, receipt.added), (4, 4));

    let mut import = begin(store, "agencies").await;
    import.write_agencies(numbered(vec![row("HN", Level::City, Some("271-01"))])).await.expect("writes");
    let remarked = import.settle().await.expect("settles");
    assert_eq!(remarks(&remarked), [&Remark::ParentCycle("HN".to_owned())]);
    import.finish(0, 1, &[]).await.expect("finishes");

    let below = Filter { agency: Some("271".to_owned()), ..Filter::default() };
    let codes: Vec<String> =
        store.agencies(&Scope::All, &below).await.expect("reads").into_iter().map(|a| a.code).collect();
    assert_eq!(codes, ["271", "271-01"]);
}

async fn case_files_come_in_and_are_counted_by_day(store: &Store) {
    let mut import = begin(store, "case-files").await;
    let remarked = import.write_case_files(numbered(files())).await.expect("writes");
    assert_eq!(remarks(&remarked), [&Remark::UnknownField("LAND".to_owned())]);
    let receipt = end(import).await;
    assert_eq!((receipt.rows_in, receipt.added, receipt.changed, receipt.unchanged), (10, 10, 0, 0));

    let end = tally(store, &Filter::default(), "2023-03-31").await;
    let expected = Tally {
        received: 9,
        carried_over: 0,
        early: 1,
        on_time: 1,
        late: 1,
        undetermined: 1,
        withdrawn: 1,
        open_within_due: 1,
        open_overdue: 1,
        open_undetermined: 1,
        paused: 1,
        rate: Some("66.66".to_owned()),
        status: Some(thuocdo::status::Status::Missed),
    };
    assert_eq!(end, expected);
    let january = tally(store, &Filter::default(), "2023-01-16").await;
    assert_eq!((january.received, january.early, january.on_time, january.late), (3, 1, 1, 0));
    assert_eq!((january.open_within_due, january.open_overdue), (1, 0), "due that day is within");
}

async fn importing_the_same_again_changes_nothing(store: &Store) {
    let versions = store.versions().await.expect("versions");
    let mut import = begin(store, "case-files").await;
    import.write_case_files(numbered(files())).await.expect("writes");
    let receipt = end(import).await;
    assert_eq!((receipt.rows_in, receipt.added, receipt.changed, receipt.unchanged), (10, 0, 0, 10));
    assert_eq!(store.versions().await.expect("versions"), versions);
}

async fn a_changed_file_takes_its_old_events_back(store: &Store) {
    let mut import = begin(store, "case-files").await;
    let moved = file("5", "271", "2023-03-01", Some("2023-03-20"), Some("2023-03-15"));
    let remarked = import.write_case_files(numbered(vec![moved])).await.expect("writes");
    assert!(matches!(remarks(&remarked)[..], [Remark::Moved { .. }]));
    assert_eq!(end(import).await.changed, 1);
    let now = tally(store, &Filter::default(), "2023-03-31").await;
    assert_eq!((now.early, now.open_overdue), (2, 0));
    let days = store.case_file_days(&Scope::All, &Filter::default()).await.expect("reads");
    let strict = OnTimeReturns::read(&days, Window::up_to(day("2023-03-31")), 10_000).strict;
    assert_eq!((strict.early, strict.late), (1, 2), "the first due date is kept");
    let left =
        tally(store, &Filter { agency: Some("SO-01".to_owned()), ..Filter::default() }, "2023-03-31").await;
    assert_eq!((left.received, left.early), (2, 0), "nothing stays behind at the agency it came from");
}

async fn the_last_row_of_a_code_wins_whole(store: &Store) {
    let mut import = begin(store, "case-files").await;
    let first = file("11", "271", "2023-03-01", Some("2023-03-08"), Some("2023-03-07"));
    let last = file("11", "271", "2023-03-01", Some("2023-03-20"), None);
    let changed_first = file("6", "SO-01", "2023-03-30", Some("2023-05-01"), None);
    let changed_last = file("6", "SO-01", "2023-03-30", Some("2023-04-06"), Some("2023-04-05"));
    // Once inside one call, and once across two.
    let remarked =
        import.write_case_files(numbered(vec![first, last.clone(), changed_first])).await.expect("writes");
    assert_eq!(remarks(&remarked), [&Remark::Duplicate("11".to_owned())]);
    let remarked = import.write_case_files(numbered(vec![last, changed_last])).await.expect("writes");
    assert_eq!(remarked.len(), 2);
    end(import).await;
    let on = |when| async move { tally(store, &Filter::default(), when).await };
    assert_eq!(on("2023-03-31").await.open_overdue, 1);
    assert_eq!(on("2023-04-05").await.early, 3);
    let days = store.case_file_days(&Scope::All, &Filter::default()).await.expect("reads");
    let strict = OnTimeReturns::read(&days, Window::up_to(day("2023-03-15")), 10_000).strict;
    assert_eq!(strict.open_overdue, 0, "the first row's due date left no trace as the original one");
    assert_eq!(store.verify().await.expect("verifies"), []);
}

async fn a_due_date_is_computed_from_the_limit_and_follows_the_calendar(store: &Store) {
    let mut import = begin(store, "procedures").await;
    let procedure = procedure::Row {
        procedure_code: "TT-1".to_owned(),
        field_code: Given::Value("BUILD".to_owned()),
        limit: Given::Value(5),
        limit_unit: Given::Value(LimitUnit::WorkingDay),
        ..procedure::Row::default()
    };
    import.write_procedures(numbered(vec![procedure])).await.expect("writes");
    end(import).await;
    let mut import = begin(store, "case-files").await;
    let file = case_file::Row {
        procedure_code: Given::Value("TT-1".to_owned()),
        field_code: Given::Absent,
        due_on: Given::Absent,
        ..file("12", "271", "2023-08-28", None, Some("2023-09-06"))
    };
    import.write_case_files(numbered(vec![file])).await.expect("writes");
    end(import).await;
    let construction = Filter { field: Some("BUILD".to_owned()), ..Filter::default() };
    assert_eq!(
        tally(store, &construction, "2023-12-31").await.late,
        1,
        "five days without a holiday end on 4 September"
    );

    let mut import = begin(store, "holidays").await;
    let off = |date: &str| HolidayRow { date: day(date), name: None, kind: HolidayKind::DayOff };
    import.write_holidays(numbered(vec![off("2023-09-01"), off("2023-09-04")])).await.expect("writes");
    end(import).await;
    let now = tally(store, &construction, "2023-12-31").await;
    assert_eq!((now.late, now.on_time), (0, 1), "with the National Day holiday they end on 6 September");
    assert_eq!(store.verify().await.expect("verifies"), []);
}

async fn a_dropped_import_leaves_nothing_behind(store: &Store) {
    let before = tally(store, &Filter::default(), "2023-12-31").await;
    let mut import = begin(store, "case-files").await;
    import
        .write_case_files(numbered(vec![file("99", "new", "2023-01-02", None, None)]))
        .await
        .expect("writes");
    drop(import);
    assert_eq!(tally(store, &Filter::default(), "2023-12-31").await, before);
    let names = store.agency_names(&Scope::All).await.expect("reads");
    assert!(names.iter().all(|agency| agency.code != "new"));
}

async fn figures_equal_the_lists_behind_them(store: &Store) {
    let filters = [
        Filter::default(),
        Filter { agency: Some("271".to_owned()), ..Filter::default() },
        Filter { level: Some(Level::Department), ..Filter::default() },
        Filter { field: Some("LAND".to_owned()), channel: Some(Channel::Online), ..Filter::default() },
        Filter { agency: Some("271".to_owned()), field: Some("LAND".to_owned()), ..Filter::default() },
        Filter { agency: Some("nowhere".to_owned()), ..Filter::default() },
        Filter { procedure: Some("TT-1".to_owned()), ..Filter::default() },
    ];
    for filter in filters {
        for offset in [0, 6, 8, 16, 31, 58, 64, 88, 89, 95, 250] {
            let last = day("2023-01-01") + Days::new(offset);
            for from in [None, Some(day("2023-02-01")), Some(day("2023-03-01"))] {
                let window = Window { from, last };
                let days = store.case_file_days(&Scope::All, &filter).await.expect("reads");
                let tally = OnTimeReturns::read(&days, window, 10_000).official;
                let read = Read::of(&days, window);
                let tallied = Measured::TALLY.map(|measured| (measured, tally.figure(measured)));
                let by_days = Measured::RESCUE.into_iter().chain(Measured::AGES);
                let by_days =
                    by_days.map(|measured| (measured, read.at_end(measured.urgency().expect("a counter"))));
                for (measured, figure) in tallied.into_iter().chain(by_days) {
                    if window.from.is_some_and(|from| from > last) {
                        continue;
                    }
                    let list = store
                        .case_file_list(&Scope::All, &filter, window, measured, None, (50, 0))
                        .await
                        .expect("reads");
                    assert_eq!(list.total, figure, "{measured:?} {filter:?} {window:?}");
                    assert_eq!(list.lines.len() as i64, figure, "{measured:?} {filter:?} {window:?}");
                }
            }
        }
    }
}

async fn letters_and_doubtful_dates_have_lists_of_their_own(store: &Store) {
    let letter = |code: &str, completed, apology: Option<&str>, times| case_file::Row {
        apology_on: apology.map_or(Given::Empty, |date| Given::Value(day(date))),
        reschedules: Given::Value(times),
        // Only for these files: the figures of the year before tell no other.
        ..file(code, "SO-01", "2022-10-03", Some("2022-10-10"), completed)
    };
    let mut import = begin(store, "case-files").await;
    let rows = vec![
        letter("L1", Some("2022-10-12"), Some("2022-10-07"), 1),
        letter("L2", Some("2022-10-12"), Some("2022-10-10"), 2),
        letter("L3", Some("2022-10-12"), None, 0),
        letter("L4", Some("2022-10-07"), None, 0),
        file("L5", "SO-01", "2022-10-03", Some("2022-09-30"), Some("2022-10-02")),
        file("L6", "SO-01", "2022-10-03", None, Some("2022-10-05")),
    ];
    import.write_case_files(numbered(rows)).await.expect("writes");
    end(import).await;
    let found = async |from: &str, last: &str, measured| {
        let window = Window { from: Some(day(from)), last: day(last) };
        let filter = Filter { agency: Some("SO-01".to_owned()), ..Filter::default() };
        let list =
            store.case_file_list(&Scope::All, &filter, window, measured, None, (50, 0)).await.expect("reads");
        let count =
            store.case_file_counts(&Scope::All, &filter, window, &[measured]).await.expect("reads")[0];
        assert_eq!((list.total, list.lines.len() as i64), (count, count), "{measured:?}");
        let mut codes: Vec<String> = list.lines.into_iter().map(|line| line.case_code).collect();
        codes.sort_unstable();
        codes.join(" ")
    };
    let (from, to) = ("2022-10-01", "2022-10-31");
    for (measured, codes) in [
        (Measured::LetterSent, "L1 L2"),
        (Measured::LetterLate, "L2"),
        (Measured::LetterMissing, "L3 L5"),
        (Measured::RescheduledTwice, "L2"),
        (Measured::WithoutDue, "L6"),
        (Measured::CompletedBeforeReceived, "L5"),
        (Measured::DueBeforeReceived, "L5"),
    ] {
        assert_eq!(found(from, to, measured).await, codes, "{measured:?}");
    }
    assert_eq!(found(from, "2022-10-06", Measured::LetterDue).await, "");
    assert_eq!(found(from, "2022-10-07", Measured::LetterDue).await, "L2 L3", "the due date is a Monday");
    assert_eq!(found(from, "2022-10-08", Measured::LetterDue).await, "");
    assert_eq!(found(from, to, Measured::DueMovedAfter).await, "");

    // An import of 31 December moves a due date of October.
    let mut import = begin(store, "case-files").await;
    let moved = case_file::Row {
        due_on: Given::Value(day("2022-10-20")),
        ..letter("L3", Some("2022-10-12"), None, 0)
    };
    import.write_case_files(numbered(vec![moved])).await.expect("writes");
    end(import).await;
    assert_eq!(found("2023-12-01", "2023-12-31", Measured::DueMovedAfter).await, "L3");
    assert_eq!(found(from, to, Measured::LetterMissing).await, "L3 L5", "a moved date is no letter");
    let silent = async |last: &str| {
        let window = Window { from: None, last: day(last) };
        let silent = store.silent_agencies(&Scope::All, &Filter::default(), window).await.expect("reads");
        silent.into_iter().map(|agency| agency.code).collect::<Vec<_>>()
    };
    assert_eq!(silent("2022-11-01").await, [""; 0], "the last file came on 3 October");
    assert_eq!(silent("2022-11-02").await, ["SO-01"]);
}

/// The rows of a table by field or procedure add up to the whole.
async fn the_parts_add_up_to_the_whole(store: &Store, filter: &Filter, window: Window, whole: &CaseFileRead) {
    let mut sum = Read::default();
    for row in store.field_reads(&Scope::All, filter, window).await.expect("reads") {
        sum += row.read;
    }
    assert_eq!(sum, *whole, "{filter:?}");
    let late = store.late_by_procedure(&Scope::All, filter, window).await.expect("reads");
    let late: i64 = late.iter().map(|count| count.late).sum();
    assert_eq!(late, whole.inside[case_file::Measure::Late], "{filter:?}");
}

async fn the_table_of_agencies_adds_up_to_the_whole_under_every_filter(store: &Store) {
    let mut import = begin(store, "case-files").await;
    let city = file("20", "HN", "2023-03-01", Some("2023-03-08"), Some("2023-03-10"));
    let unplaced = file("21", "nobody", "2023-03-01", Some("2023-03-08"), Some("2023-03-10"));
    import.write_case_files(numbered(vec![city, unplaced])).await.expect("writes");
    end(import).await;
    let window = Window { from: Some(day("2023-02-01")), last: day("2023-03-31") };
    for agency in [None, Some("HN"), Some("271")] {
        for field in [None, Some("LAND")] {
            for level in [None, Some(Level::Commune), Some(Level::City)] {
                let filter = Filter {
                    agency: agency.map(str::to_owned),
                    field: field.map(str::to_owned),
                    level,
                    ..Filter::default()
                };
                let whole =
                    Read::of(&store.case_file_days(&Scope::All, &filter).await.expect("reads"), window);
                let mut sum = Read::default();
                for row in store.agency_reads(&Scope::All, &filter, window, &[]).await.expect("reads") {
                    sum += row.read;
                }
                assert_eq!(sum, whole, "{filter:?}");
                the_parts_add_up_to_the_whole(store, &filter, window, &whole).await;
            }
        }
    }
    let rows = store.agency_reads(&Scope::All, &Filter::default(), window, &[]).await.expect("reads");
    let rows: Vec<_> = rows.iter().map(|row| (row.code.as_str(), row.is_own_desk)).collect();
    assert_eq!(rows, [("271", false), ("HN", true), ("SO-01", false), ("nobody", false)]);
}

async fn a_finished_file_needs_a_date_from_the_row_or_from_before(store: &Store) {
    let finished = |code: &str, completed: Given<NaiveDate>| case_file::Row {
        status: Given::Value(Status::Completed),
        completed_on: completed,
        due_on: Given::Absent,
        ..file(code, "271", "2023-01-09", None, None)
    };
    let mut import = begin(store, "case-files").await;
    let rows = vec![finished("1", Given::Absent), finished("30", Given::Absent), finished("2", Given::Empty)];
    let remarked = import.write_case_files(numbered(rows)).await.expect("writes");
    let aside: Vec<_> = remarked.iter().filter(|r| r.is_set_aside).map(|r| r.remark.value()).collect();
    assert_eq!(aside, ["30", "2"], "the first has its date from before");
    let lost = case_file::Row { agency_code: "made by nothing".to_owned(), ..finished("31", Given::Empty) };
    import.write_case_files(numbered(vec![lost])).await.expect("writes");
    let receipt = end(import).await;
    let names = store.agency_names(&Scope::All).await.expect("reads");
    assert!(names.iter().all(|agency| agency.code != "made by nothing"), "a row set aside makes no agency");
    assert_eq!((receipt.rows_in, receipt.changed), (1, 1));
}

async fn importing_a_file_with_repeated_codes_again_changes_nothing(store: &Store) {
    let rows = || {
        let first = file("40", "271", "2023-03-01", Some("2023-03-08"), None);
        let last = file("40", "271", "2023-03-01", Some("2023-03-20"), None);
        (numbered(vec![first]), numbered(vec![last]))
    };
    let twice = async || {
        let mut import = begin(store, "case-files").await;
        let (first, last) = rows();
        import.write_case_files(first).await.expect("writes");
        import.write_case_files(last).await.expect("writes");
        end(import).await
    };
    assert_eq!(twice().await.added, 1);
    let again = twice().await;
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 2));
    assert_eq!(store.verify().await.expect("verifies"), []);
    // A third row, after the second has put back what stood there.
    let mut import = begin(store, "case-files").await;
    for due in ["2023-03-08", "2023-03-20", "2023-03-22"] {
        let row = file("40", "271", "2023-03-01", Some(due), None);
        import.write_case_files(numbered(vec![row])).await.expect("writes");
    }
    let receipt = end(import).await;
    assert_eq!((receipt.rows_in, receipt.changed, receipt.unchanged), (3, 1, 2));
    let field = |name: &str| FieldRow {
        field_code: "X".to_owned(),
        name: Given::Value(name.to_owned()),
        priority: Given::Empty,
    };
    for expected in [1, 0] {
        let mut import = begin(store, "fields").await;
        import.write_fields(numbered(vec![field("a"), field("b")])).await.expect("writes");
        assert_eq!(end(import).await.added, expected);
    }
}

async fn agencies_may_change_places_in_the_tree(store: &Store) {
    let row = |code: &str, parent: Option<&str>| agency::Row {
        agency_code: code.to_owned(),
        parent_code: parent.map_or(Given::Empty, |parent| Given::Value(parent.to_owned())),
        ..agency::Row::default()
    };
    for rows in [
        vec![row("above", None), row("below", Some("above"))],
        vec![row("below", None), row("above", Some("below"))],
    ] {
        let mut import = begin(store, "agencies").await;
        import.write_agencies(numbered(rows)).await.expect("writes");
        assert_eq!(import.settle().await.expect("settles"), []);
        import.finish(0, 0, &[]).await.expect("finishes");
    }
    let below = Filter { agency: Some("below".to_owned()), ..Filter::default() };
    assert_eq!(store.agencies(&Scope::All, &below).await.expect("reads").len(), 2);
}

async fn contradicting_figures_of_one_source_are_both_kept(store: &Store) {
    use thuocdo::yearly_index::{Edition, HANOI, Index, Mark};
    let edition = |score| Edition {
        index: Index::ParIndex,
        year: 2024,
        province_code: HANOI.to_owned(),
        rank: None,
        of: None,
        score: Some(score),
        published_on: None,
        source: "one paper".to_owned(),
        method: None,
        mark: Mark::Conflict,
    };
    for expected in [2, 0] {
        let mut import = begin(store, "yearly-indexes").await;
        import.write_editions(numbered(vec![edition(9_257), edition(9_275)])).await.expect("writes");
        assert_eq!(end(import).await.added, expected);
    }
    assert_eq!(store.editions().await.expect("reads").len(), 2);
}

async fn a_narrow_scope_sees_only_what_is_below_it(store: &Store) {
    let scope = Scope::Below("271".to_owned());
    let all = Filter::default();
    let inside = store.case_file_days(&scope, &all).await.expect("reads");
    let received = Read::of(&inside, Window::up_to(today())).inside[case_file::Measure::Received];
    let district = Filter { agency: Some("271".to_owned()), ..Filter::default() };
    assert_eq!(received, tally(store, &district, "2023-12-31").await.received);
    let elsewhere = Filter { agency: Some("SO-01".to_owned()), ..Filter::default() };
    assert_eq!(store.case_file_days(&scope, &elsewhere).await.expect("reads"), []);
    assert_eq!(store.agency_names(&scope).await.expect("reads").len(), 2);
    let window = Window::up_to(today());
    let list =
        store.case_file_list(&scope, &all, window, Measured::Received, None, (50, 0)).await.expect("reads");
    assert!(list.lines.iter().all(|line| line.agency_code.starts_with("271")));
    let table = store.agency_reads(&scope, &all, window, &[]).await.expect("reads");
    assert_eq!(table.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), ["271", "271-01"]);
    let table = store.agency_reads(&Scope::All, &all, window, &[]).await.expect("reads");
    let rows: Vec<_> = table.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(rows, ["271", "HN", "SO-01", "nobody"], "the city's children and its own desk");
    assert_eq!(table[0].read.inside[case_file::Measure::Received], received);
}

async fn petitions_are_counted_by_day(store: &Store) {
    let row = |code: &str, answered: Option<&str>| petition::Row {
        petition_code: code.to_owned(),
        agency_code: "271".to_owned(),
        sent_on: day("2023-03-06"),
        due_on: Given::Value(day("2023-03-10")),
        answered_on: answered.map_or(Given::Empty, |date| Given::Value(day(date))),
        ..petition::Row::default()
    };
    let mut import = begin(store, "petitions").await;
    let rows = vec![row("p1", Some("2023-03-10")), row("p2", Some("2023-03-13")), row("p3", None)];
    import.write_petitions(numbered(rows)).await.expect("writes");
    end(import).await;
    let mut import = begin(store, "petitions").await;
    import.write_petitions(numbered(vec![row("p3", Some("2023-03-09"))])).await.expect("writes");
    assert_eq!(end(import).await.changed, 1);
    let facts = store.facts(&Scope::All, &Filter::default()).await.expect("reads");
    let question = Question { as_of: day("2023-03-31"), cycle: Cycle::Calendar, period: None, agency: None };
    let reading = thuocdo::indicator::read(&facts, &question).petitions_in_time;
    assert_eq!((reading.in_time, reading.late, reading.open_within_limits), (2, 1, 0));
    assert_eq!(reading.received.rate, None, "the source has no column for it");
}

async fn dialogues_and_their_issues_are_kept(store: &Store) {
    let mut import = begin(store, "fields").await;
    let field = FieldRow {
        field_code: "LAND".to_owned(),
        name: Given::Value("Đất đai".to_owned()),
        priority: Given::Value(true),
    };
    import.write_fields(numbered(vec![field])).await.expect("writes");
    end(import).await;
    let mut import = begin(store, "dialogues").await;
    let held = dialogue::Row {
        dialogue_code: "d1".to_owned(),
        agency_code: "271".to_owned(),
        held_on: Given::Value(day("2023-05-10")),
        chaired_by_head: Given::Value(true),
        fields: Given::Value(vec!["LAND".to_owned()]),
        minutes_no: Given::Value("12/BB-UBND".to_owned()),
        ..dialogue::Row::default()
    };
    import.write_dialogues(numbered(vec![held.clone()])).await.expect("writes");
    import.write_dialogues(numbered(vec![held])).await.expect("writes");
    assert_eq!(end(import).await.unchanged, 1);
    let issue = |code: &str, dialogue: &str| dialogue::IssueRow {
        issue_code: code.to_owned(),
        dialogue_code: dialogue.to_owned(),
        summary: Given::Value("Chồng lấn quy hoạch".to_owned()),
        due_on: Given::Value(day("2023-05-20")),
        ..dialogue::IssueRow::default()
    };
    let mut import = begin(store, "dialogue-issues").await;
    let remarked =
        import.write_issues(numbered(vec![issue("i1", "d1"), issue("i2", "d9")])).await.expect("writes");
    assert!(remarked[0].is_set_aside);
    assert_eq!(end(import).await.rows_in, 1);
    let facts = store.facts(&Scope::All, &Filter::default()).await.expect("reads");
    let question = Question { as_of: day("2023-06-30"), cycle: Cycle::Calendar, period: None, agency: None };
    let reading = thuocdo::indicator::read(&facts, &question).dialogues_held;
    assert_eq!((reading.obliged, reading.held, reading.missed, reading.priority.held), (4, 1, 3, 1));
    assert_eq!(reading.issues.open_overdue, 1, "it falls to the agency that held the dialogue");
    dialogues_are_read_with_their_fields_and_issues_with_their_words(store).await;
}

async fn dialogues_are_read_with_their_fields_and_issues_with_their_words(store: &Store) {
    let window = Window::of("2023-H1".parse().expect("a period"), Cycle::Calendar, day("2023-05-10"));
    let all = Filter::default();
    let fields = store.dialogue_fields(&Scope::All, &all, window).await.expect("reads");
    assert_eq!(fields.len(), 1);
    assert_eq!((fields[0].dialogue_code.as_str(), fields[0].field_name.as_str()), ("d1", "Đất đai"));
    assert!(fields[0].is_priority);
    let before = Window { last: day("2023-05-09"), ..window };
    assert_eq!(store.dialogue_fields(&Scope::All, &all, before).await.expect("reads"), []);
    assert_eq!(
        store.dialogue_fields(&Scope::All, &all, Window::up_to(day("2023-12-31"))).await.expect("reads"),
        fields
    );
    let issues = store.issue_details(&Scope::All, &all).await.expect("reads");
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].summary.as_deref(), Some("Chồng lấn quy hoạch"));
    assert_eq!(
        (issues[0].issue.owner_agency_code.as_str(), issues[0].raised_on),
        ("271", Some(day("2023-05-10")))
    );
    let elsewhere = Scope::Below("SO-01".to_owned());
    assert_eq!(store.issue_details(&elsewhere, &all).await.expect("reads"), []);
    assert_eq!(store.dialogue_fields(&elsewhere, &all, window).await.expect("reads"), []);
    let priority = store.priority_fields().await.expect("reads");
    assert!(priority.contains(&("LAND".to_owned(), "Đất đai".to_owned())));
}

async fn surveys_and_criteria_are_read_within_the_scope(store: &Store) {
    let survey = |agency: &str, on: &str, answered, satisfied| survey::Row {
        agency_code: agency.to_owned(),
        surveyed_on: day(on),
        asked: Given::Empty,
        answered,
        satisfied,
    };
    let rows = [survey("SO-01", "2023-10-10", 90, 80), survey("271", "2023-10-09", 200, 180)];
    let mut import = begin(store, "surveys").await;
    import.write_surveys(numbered(rows.to_vec())).await.expect("writes");
    end(import).await;
    let criterion = |code: &str, owner: Option<&str>| criterion::Row {
        code: code.to_owned(),
        max_points: Given::Value(150),
        owner_agency_code: owner.map_or(Given::Empty, |owner| Given::Value(owner.to_owned())),
        ..criterion::Row::default()
    };
    let rows = [criterion("2.1", Some("SO-01")), criterion("1.1", None), criterion("1.2", Some("271"))];
    let mut import = begin(store, "criteria").await;
    import.write_criteria(numbered(rows.to_vec())).await.expect("writes");
    end(import).await;

    let (all, city, district) = (Filter::default(), Scope::All, Scope::Below("271".to_owned()));
    let surveys = store.surveys(&city, &all).await.expect("reads");
    let read: Vec<_> =
        surveys.iter().map(|s| (s.agency_code.as_str(), s.satisfied.hits, s.satisfied.all)).collect();
    assert_eq!(read, [("271", 180, 200), ("SO-01", 80, 90)]);
    let of_level = Filter { level: Some(Level::Department), ..Filter::default() };
    assert_eq!(store.surveys(&city, &of_level).await.expect("reads").len(), 1);
    assert_eq!(store.surveys(&district, &all).await.expect("reads")[..], surveys[..1]);
    let elsewhere = Filter { agency: Some("SO-01".to_owned()), ..Filter::default() };
    assert_eq!(store.surveys(&district, &elsewhere).await.expect("reads"), []);

    let criteria = store.criteria(&city).await.expect("reads");
    let read: Vec<_> = criteria.iter().map(|c| (c.code.as_str(), c.owner_code.as_deref())).collect();
    assert_eq!(read, [("2.1", Some("SO-01")), ("1.1", None), ("1.2", Some("271"))]);
    let own = store.criteria(&district).await.expect("reads");
    assert_eq!(own.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(), ["1.2"], "nobody's is the city's");
}

async fn the_counters_prove_right_and_can_be_made_anew(store: &Store) {
    assert_eq!(store.verify().await.expect("verifies"), []);
    let before = tally(store, &Filter::default(), "2023-12-31").await;
    store.rebuild().await.expect("rebuilds");
    assert_eq!(store.verify().await.expect("verifies"), []);
    assert_eq!(tally(store, &Filter::default(), "2023-12-31").await, before);
}

/// Petitions of every outcome at several agencies, looped over one by one.
async fn petitions_recounted_one_by_one_come_to_the_counters(store: &Store) {
    let given = |date: &str| if date.is_empty() { Given::Empty } else { Given::Value(day(date)) };
    let row = |code: &str, agency: &str, dates: [&str; 4], status: petition::Status| petition::Row {
        petition_code: code.to_owned(),
        agency_code: agency.to_owned(),
        kind: Given::Value(petition::Kind::Conduct),
        channel: Given::Value(Channel::Postal),
        sent_on: day(dates[0]),
        acknowledged_on: given(dates[1]),
        answered_on: given(dates[2]),
        published_on: given(dates[3]),
        status: Given::Value(status),
        ..petition::Row::default()
    };
    let rows = vec![
        row(
            "r1",
            "271",
            ["2023-05-08", "2023-05-09", "2023-05-16", "2023-05-17"],
            petition::Status::Published,
        ),
        row(
            "r2",
            "271-01",
            ["2023-05-08", "2023-05-12", "2023-05-16", "2023-05-17"],
            petition::Status::Published,
        ),
        row("r3", "SO-01", ["2023-05-08", "2023-05-09", "", ""], petition::Status::Processing),
        row("r4", "SO-01", ["2023-05-08", "2023-05-10", "", ""], petition::Status::Refused),
        row("r5", "271", ["2023-06-26", "2023-06-27", "", ""], petition::Status::Accepted),
    ];
    let mut import = begin(store, "petitions").await;
    import.write_petitions(numbered(rows)).await.expect("writes");
    end(import).await;
    let filters = [
        Filter::default(),
        Filter { agency: Some("271".to_owned()), ..Filter::default() },
        Filter { level: Some(Level::Department), ..Filter::default() },
        Filter { channel: Some(Channel::Postal), ..Filter::default() },
        Filter { field: Some("LAND".to_owned()), ..Filter::default() },
    ];
    for filter in &filters {
        let counted = store.facts(&Scope::All, filter).await.expect("facts").petitions;
        let records = store.petition_records(&Scope::All, filter).await.expect("petitions");
        for (from, last) in
            [("2023-01-01", "2023-12-31"), ("2023-05-01", "2023-05-10"), ("2023-06-01", "2023-06-30")]
        {
            let window = Window { from: Some(day(from)), last: day(last) };
            let read = Read::of(&counted, window);
            let (mut in_time, mut late, mut open, mut received_late) = (0, 0, 0, 0);
            for petition in records.of(None) {
                let decided = petition.steps.headline;
                let is_inside = decided.is_some_and(|step| step.on >= day(from) && step.on <= day(last));
                in_time += i64::from(is_inside && decided.is_some_and(|step| step.in_time));
                late += i64::from(is_inside && decided.is_some_and(|step| !step.in_time));
                let has_begun = petition.starts_on <= day(last);
                open += i64::from(has_begun && decided.is_none_or(|step| step.on > day(last)));
                let is_late = petition.steps.received.filter(|step| !step.in_time);
                received_late +=
                    i64::from(is_late.is_some_and(|step| step.on >= day(from) && step.on <= day(last)));
            }
            let counters = (
                read.inside[petition::Measure::InTime],
                read.inside[petition::Measure::Late],
                read.at_end(petition::Measure::OpenWithinLimits),
                read.inside[petition::Measure::ReceivedLate],
            );
            assert_eq!((in_time, late, open, received_late), counters, "{filter:?} {from}–{last}");
        }
    }
    let all = store.petitions(&Scope::All, &Filter::default()).await.expect("petitions");
    assert!(all.iter().any(|one| one.code == "r2" && one.kind == Some(petition::Kind::Conduct)));
    let narrow =
        store.petitions(&Scope::Below("SO-01".to_owned()), &Filter::default()).await.expect("petitions");
    assert!(!narrow.is_empty() && narrow.iter().all(|one| one.agency_code == "SO-01"), "{narrow:?}");
}
