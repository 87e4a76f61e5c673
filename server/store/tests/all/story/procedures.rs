//! The list of procedures, and who sees what of it.

use thuocdo::forms::ii_07b;

use super::*;

async fn take_in(store: &Store, row: procedure::Row) -> Vec<Remark> {
    let mut import = begin(store, "procedures").await;
    let remarked = import.write_procedures(numbered(vec![row])).await.expect("writes");
    end(import).await;
    remarked.into_iter().map(|remarked| remarked.remark).collect()
}

/// What the form counts of procedures in the charge of an agency.
async fn of(store: &Store, scope: &Scope, agency: &str) -> Vec<ii_07b::Row> {
    let mut rows = store.procedure_reads(scope, None).await.expect("reads");
    rows.retain(|row| row.unit.as_ref().is_some_and(|unit| unit.code == agency));
    rows
}

pub async fn what_a_list_of_procedures_does_not_say_stays_and_what_it_leaves_empty_goes(store: &Store) {
    let all = Scope::All;
    let row = procedure::Row {
        procedure_code: "TT-7B".to_owned(),
        level: Given::Value(procedure::Level::District),
        agency_code: Given::Value("SO-7B".to_owned()),
        one_stop: Given::Value(false),
        internal_process: Given::Value(true),
        ..procedure::Row::default()
    };
    assert_eq!(take_in(store, row.clone()).await, [Remark::UnknownAgency("SO-7B".to_owned())]);
    let said = |rows: &[ii_07b::Row]| {
        let row = rows.first().expect("a procedure");
        (row.level, row.one_stop, row.internal_process)
    };
    let whole = (Some(procedure::Level::District), Some(false), Some(true));
    assert_eq!(said(&of(store, &all, "SO-7B").await), whole);

    // A list without these columns says nothing of them.
    let silent = procedure::Row { procedure_code: "TT-7B".to_owned(), ..procedure::Row::default() };
    let named = procedure::Row { name: Given::Value("Thủ tục".to_owned()), ..silent.clone() };
    assert_eq!(take_in(store, named).await, []);
    assert_eq!(said(&of(store, &all, "SO-7B").await), whole);
    let cleared = procedure::Row { one_stop: Given::Empty, level: Given::Empty, ..silent.clone() };
    assert_eq!(take_in(store, cleared).await, []);
    assert_eq!(said(&of(store, &all, "SO-7B").await), (None, None, Some(true)));

    // Who is bound to an agency sees the procedures in its charge, and none that nobody is in charge of.
    let bound = Scope::Below("SO-7B".to_owned());
    assert_eq!(store.procedure_reads(&bound, None).await.expect("reads").len(), 1);
    let other = Scope::Below("271".to_owned());
    assert_eq!(store.procedure_reads(&other, None).await.expect("reads"), []);
    assert_eq!(store.procedure_reads(&bound, Some("271")).await.expect("reads"), []);
    let orphaned = procedure::Row { agency_code: Given::Empty, ..silent };
    assert_eq!(take_in(store, orphaned).await, []);
    assert_eq!(of(store, &all, "SO-7B").await, []);
    let everything = store.procedure_reads(&all, None).await.expect("reads");
    assert!(everything.iter().any(|row| row.unit.is_none() && row.internal_process == Some(true)));
    // What nobody is in charge of is the city's.
    let city = store.procedure_reads(&all, Some("HN")).await.expect("reads");
    assert!(city.iter().any(|row| row.unit.is_none() && row.internal_process == Some(true)));
}
