//! Undoing a batch leaves the database as if the batch had never been: every row, every counter.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};
use store::{
    Store, UndoError,
    testing::{Cluster, dump},
};
use thuocdo::{
    agency::{self, Level, Scope},
    case_file,
    counts::Given,
    criterion, dialogue, petition,
    procedure::{self, FieldRow},
    survey,
    working_days::{HolidayKind, HolidayRow, LimitUnit},
};

use crate::helpers::{begin, day, end, file, numbered, today};

#[tokio::test]
async fn undo_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    tell(&format!("sqlite://{}/undo.db", folder.path().display())).await;
}

#[tokio::test]
async fn undo_on_postgresql() {
    let cluster = Cluster::start();
    tell(&cluster.database("undo")).await;
}

async fn tell(url: &str) {
    let store = Store::open(url).await.expect("opens");
    what_a_batch_made_goes_and_what_it_changed_comes_back(&store).await;
    an_earlier_batch_waits_for_the_later_ones_on_its_rows(&store).await;
    a_code_that_others_use_stays_without_what_the_batch_said_of_it(&store).await;
    lists_come_back_row_by_row(&store).await;
    a_dialogue_stays_as_long_as_issues_lean_on_it(&store).await;
    batches_in_any_mixture_are_undone_the_other_way_round(&store).await;
    store.close().await;
}

async fn undo(store: &Store, batch_id: i64) {
    store.undo(batch_id, today()).await.unwrap_or_else(|error| panic!("batch {batch_id}: {error}"));
    assert_eq!(store.verify().await.expect("verifies"), [], "after batch {batch_id}");
}

async fn files(store: &Store, rows: Vec<case_file::Row>) -> i64 {
    let mut import = begin(store, "case-files").await;
    import.write_case_files(numbered(rows)).await.expect("writes");
    end(import).await.batch_id
}

fn agency(code: &str, level: Level, parent: Option<&str>) -> agency::Row {
    agency::Row {
        agency_code: code.to_owned(),
        name: Given::Value(format!("Đơn vị {code}")),
        level: Given::Value(level),
        parent_code: parent.map_or(Given::Empty, |parent| Given::Value(parent.to_owned())),
        ..agency::Row::default()
    }
}

async fn agencies(store: &Store, rows: Vec<agency::Row>) -> i64 {
    let mut import = begin(store, "agencies").await;
    import.write_agencies(numbered(rows)).await.expect("writes");
    end(import).await.batch_id
}

async fn what_a_batch_made_goes_and_what_it_changed_comes_back(store: &Store) {
    let empty = dump(store).await;
    let first = files(
        store,
        vec![
            file("1", "A", "2023-03-01", Some("2023-03-08"), None),
            file("2", "B", "2023-03-01", Some("2023-03-08"), Some("2023-03-09")),
        ],
    )
    .await;
    let before = dump(store).await;
    let version = store.versions().await.expect("versions").all;
    let second = files(
        store,
        vec![
            file("1", "C", "2023-03-01", Some("2023-03-20"), Some("2023-03-07")),
            file("3", "A", "2023-03-02", None, None),
            case_file::Row {
                procedure_code: Given::Value("TT-9".to_owned()),
                field_code: Given::Value("NEW".to_owned()),
                ..file("4", "D", "2023-03-02", None, None)
            },
            // Twice in one file: kept once, as it was before the file.
            file("2", "B", "2023-03-01", Some("2023-03-09"), None),
            file("2", "B", "2023-03-01", Some("2023-03-10"), Some("2023-03-09")),
        ],
    )
    .await;
    assert_ne!(dump(store).await, before);
    undo(store, second).await;
    assert_eq!(
        dump(store).await,
        before,
        "agencies, fields and procedures made from their codes are gone, too"
    );
    assert!(store.versions().await.expect("versions").all > version + 1, "caches are told");
    assert!(
        matches!(store.undo(second, today()).await, Err(UndoError::AlreadyUndone(batch)) if batch == second)
    );
    undo(store, first).await;
    assert_eq!(dump(store).await, empty);
    assert!(matches!(store.undo(9_999, today()).await, Err(UndoError::Unknown(9_999))));
    let undone: Vec<_> = store.batches(2).await.expect("reads").iter().map(|batch| batch.undone_on).collect();
    assert_eq!(undone, [Some(today()), Some(today())]);
}

async fn an_earlier_batch_waits_for_the_later_ones_on_its_rows(store: &Store) {
    let open = |due| vec![file("1", "A", "2023-03-01", Some(due), None)];
    let first = files(store, open("2023-03-08")).await;
    let other = files(store, vec![file("2", "A", "2023-03-01", None, None)]).await;
    let second = files(store, open("2023-03-09")).await;
    let third = files(store, open("2023-03-10")).await;
    let refused = store.undo(first, today()).await;
    assert!(matches!(&refused, Err(UndoError::ChangedSince(later)) if *later == [second]), "{refused:?}");
    let refused = store.undo(second, today()).await;
    assert!(matches!(&refused, Err(UndoError::ChangedSince(later)) if *later == [third]), "{refused:?}");
    for batch in [other, third, second, first] {
        undo(store, batch).await;
    }
}

async fn a_code_that_others_use_stays_without_what_the_batch_said_of_it(store: &Store) {
    let empty = dump(store).await;
    let described =
        agencies(store, vec![agency("HN", Level::City, None), agency("A", Level::District, Some("HN"))])
            .await;
    let used = files(store, vec![file("1", "A", "2023-03-01", Some("2023-03-08"), None)]).await;
    undo(store, described).await;
    let left = store.agencies(&Scope::All, &thuocdo::filter::Filter::default()).await.expect("reads");
    assert_eq!(left, [thuocdo::agency::Agency::unclassified("A")], "as if the file had come first");
    undo(store, used).await;
    // A was described by the batch that is gone: nobody made it from its code, and nobody uses it any more.
    let rest: Vec<_> = dump(store).await.into_iter().filter(|line| !empty.contains(line)).collect();
    assert!(rest.iter().all(|line| line.starts_with("agencies")), "{rest:?}");

    let first = files(store, vec![file("1", "X", "2023-03-01", Some("2023-03-08"), None)]).await;
    let before = dump(store).await;
    let described = agencies(store, vec![agency("X", Level::Department, None)]).await;
    undo(store, described).await;
    assert_eq!(dump(store).await, before, "the level's counters moved there and back");
    undo(store, first).await;
}

async fn lists_come_back_row_by_row(store: &Store) {
    let fields = async |name: &str, priority| {
        let mut import = begin(store, "fields").await;
        let row = FieldRow {
            field_code: "LAND".to_owned(),
            name: Given::Value(name.to_owned()),
            priority: Given::Value(priority),
        };
        import.write_fields(numbered(vec![row])).await.expect("writes");
        end(import).await.batch_id
    };
    let procedures = async |limit| {
        let mut import = begin(store, "procedures").await;
        let row = procedure::Row {
            procedure_code: "TT-1".to_owned(),
            limit: Given::Value(limit),
            limit_unit: Given::Value(LimitUnit::WorkingDay),
            ..procedure::Row::default()
        };
        import.write_procedures(numbered(vec![row])).await.expect("writes");
        end(import).await.batch_id
    };
    // Who is in charge of the procedure, at which level, and how: columns of form II.07b.
    let in_charge = async |agency: &str, yes| {
        let mut import = begin(store, "procedures").await;
        let row = procedure::Row {
            procedure_code: "TT-1".to_owned(),
            level: Given::Value(if yes { procedure::Level::City } else { procedure::Level::Commune }),
            agency_code: Given::Value(agency.to_owned()),
            one_stop: Given::Value(yes),
            internal_process: if yes { Given::Value(true) } else { Given::Empty },
            ..procedure::Row::default()
        };
        import.write_procedures(numbered(vec![row])).await.expect("writes");
        end(import).await.batch_id
    };
    let holidays = async |date: &str| {
        let mut import = begin(store, "holidays").await;
        let row = HolidayRow { date: day(date), name: None, kind: HolidayKind::DayOff };
        import.write_holidays(numbered(vec![row])).await.expect("writes");
        end(import).await.batch_id
    };
    let surveys = async |satisfied| {
        let mut import = begin(store, "surveys").await;
        let row = survey::Row {
            agency_code: "A".to_owned(),
            surveyed_on: day("2023-06-01"),
            asked: Given::Absent,
            answered: 40,
            satisfied,
        };
        import.write_surveys(numbered(vec![row])).await.expect("writes");
        end(import).await.batch_id
    };
    let criteria = async |achieved| {
        let mut import = begin(store, "criteria").await;
        let row = criterion::Row {
            code: "1.1".to_owned(),
            achieved: Given::Value(achieved),
            ..criterion::Row::default()
        };
        import.write_criteria(numbered(vec![row])).await.expect("writes");
        end(import).await.batch_id
    };
    let computed = || {
        vec![case_file::Row {
            procedure_code: Given::Value("TT-1".to_owned()),
            ..file("1", "A", "2023-03-01", None, Some("2023-03-09"))
        }]
    };
    let mut states = vec![dump(store).await];
    let mut batches = Vec::new();
    let mut note = async |batch| {
        batches.push(batch);
        states.push(dump(store).await);
    };
    note(fields("Đất đai", true).await).await;
    note(procedures(5).await).await;
    note(files(store, computed()).await).await;
    note(procedures(6).await).await;
    note(in_charge("A", true).await).await;
    note(in_charge("NEW", false).await).await;
    note(holidays("2023-03-06").await).await;
    note(fields("Đất", false).await).await;
    note(surveys(30).await).await;
    note(surveys(31).await).await;
    note(criteria(150).await).await;
    note(criteria(200).await).await;
    for batch in batches.into_iter().rev() {
        let after = states.pop().expect("a state");
        assert_eq!(dump(store).await, after);
        undo(store, batch).await;
    }
    assert_eq!(Some(dump(store).await), states.pop());
}

async fn a_dialogue_stays_as_long_as_issues_lean_on_it(store: &Store) {
    let empty = dump(store).await;
    let mut import = begin(store, "dialogues").await;
    let row = dialogue::Row {
        dialogue_code: "d".to_owned(),
        agency_code: "A".to_owned(),
        held_on: Given::Value(day("2023-03-01")),
        fields: Given::Value(vec!["LAND".to_owned()]),
        ..dialogue::Row::default()
    };
    import.write_dialogues(numbered(vec![row])).await.expect("writes");
    let held = end(import).await.batch_id;
    let mut import = begin(store, "dialogue-issues").await;
    let row = dialogue::IssueRow {
        issue_code: "i".to_owned(),
        dialogue_code: "d".to_owned(),
        ..dialogue::IssueRow::default()
    };
    import.write_issues(numbered(vec![row])).await.expect("writes");
    let raised = end(import).await.batch_id;
    let both = dump(store).await;
    assert!(matches!(store.undo(held, today()).await, Err(UndoError::LeantOn(code)) if code == "d"));
    assert_eq!(dump(store).await, both, "a refusal changes nothing");
    undo(store, raised).await;
    undo(store, held).await;
    assert_eq!(dump(store).await, empty);
}

async fn batches_in_any_mixture_are_undone_the_other_way_round(store: &Store) {
    for seed in 0..12 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut below = move |n: u32| random.next_u32() % n;
        let mut states = Vec::new();
        for _ in 0..4 {
            states.push((dump(store).await, batch(store, &mut below).await));
        }
        for (before, batch) in states.into_iter().rev() {
            undo(store, batch).await;
            assert_eq!(dump(store).await, before, "seed {seed}, batch {batch}");
        }
    }
}

/// A batch of case files or petitions over few codes, so that batches meet on them.
async fn batch(store: &Store, below: &mut impl FnMut(u32) -> u32) -> i64 {
    let n = 1 + below(12);
    if below(3) == 0 {
        let mut import = begin(store, "petitions").await;
        let rows = (0..n).map(|_| some_petition(below)).collect();
        import.write_petitions(numbered(rows)).await.expect("writes");
        return end(import).await.batch_id;
    }
    let rows = (0..n).map(|_| some_file(below)).collect();
    files(store, rows).await
}

fn some_date(below: &mut impl FnMut(u32) -> u32) -> String {
    format!("2023-03-{:02}", 1 + below(28))
}

fn some_file(below: &mut impl FnMut(u32) -> u32) -> case_file::Row {
    let received = some_date(below);
    let due = (below(4) > 0).then(|| some_date(below));
    let completed = (below(3) > 0).then(|| some_date(below));
    let (code, agency) = (below(10).to_string(), format!("A{}", below(4)));
    case_file::Row {
        field_code: if below(2) == 0 { Given::Absent } else { Given::Value(format!("F{}", below(3))) },
        procedure_code: if below(3) == 0 { Given::Value(format!("P{}", below(3))) } else { Given::Absent },
        ..file(&code, &agency, &received, due.as_deref(), completed.as_deref())
    }
}

fn some_petition(below: &mut impl FnMut(u32) -> u32) -> petition::Row {
    let given = |below: &mut dyn FnMut(u32) -> u32| match below(3) {
        0 => Given::Absent,
        1 => Given::Empty,
        _ => Given::Value(day(&format!("2023-03-{:02}", 1 + below(28)))),
    };
    petition::Row {
        petition_code: below(6).to_string(),
        agency_code: format!("A{}", below(4)),
        sent_on: day(&some_date(below)),
        acknowledged_on: given(below),
        answered_on: given(below),
        ..petition::Row::default()
    }
}
