//! The lists and tables behind the figures of case files.

use futures::TryStreamExt as _;

use super::*;

pub async fn figures_equal_the_lists_behind_them(store: &Store) {
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
                    let whole = store.each_case_file(&Scope::All, &filter, window, measured);
                    let whole: Result<Vec<_>, _> = whole.await.expect("reads").try_collect().await;
                    assert_eq!(whole.expect("to its end"), list.lines, "{measured:?} {filter:?} {window:?}");
                }
            }
        }
    }
}

pub async fn letters_and_doubtful_dates_have_lists_of_their_own(store: &Store) {
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

pub async fn the_table_of_agencies_adds_up_to_the_whole_under_every_filter(store: &Store) {
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
