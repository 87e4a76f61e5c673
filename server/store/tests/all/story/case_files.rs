//! Case files come in, again and again, and the counters follow.

use super::*;

pub async fn case_files_come_in_and_are_counted_by_day(store: &Store) {
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

pub async fn importing_the_same_again_changes_nothing(store: &Store) {
    let versions = store.versions().await.expect("versions");
    let mut import = begin(store, "case-files").await;
    import.write_case_files(numbered(files())).await.expect("writes");
    let receipt = end(import).await;
    assert_eq!((receipt.rows_in, receipt.added, receipt.changed, receipt.unchanged), (10, 0, 0, 10));
    assert_eq!(store.versions().await.expect("versions"), versions);
}

pub async fn a_changed_file_takes_its_old_events_back(store: &Store) {
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

pub async fn the_last_row_of_a_code_wins_whole(store: &Store) {
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

pub async fn a_due_date_is_computed_from_the_limit_and_follows_the_calendar(store: &Store) {
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

pub async fn a_dropped_import_leaves_nothing_behind(store: &Store) {
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

pub async fn a_finished_file_needs_a_date_from_the_row_or_from_before(store: &Store) {
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

pub async fn importing_a_file_with_repeated_codes_again_changes_nothing(store: &Store) {
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

pub async fn the_counters_prove_right_and_can_be_made_anew(store: &Store) {
    assert_eq!(store.verify().await.expect("verifies"), []);
    let before = tally(store, &Filter::default(), "2023-12-31").await;
    store.rebuild().await.expect("rebuilds");
    assert_eq!(store.verify().await.expect("verifies"), []);
    assert_eq!(tally(store, &Filter::default(), "2023-12-31").await, before);
}
