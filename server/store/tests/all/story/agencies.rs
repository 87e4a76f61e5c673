//! The tree of agencies, and who sees what of it.

use super::*;

pub async fn agencies_come_in_any_order_and_make_a_tree(store: &Store) {
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

pub async fn agencies_may_change_places_in_the_tree(store: &Store) {
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

pub async fn a_narrow_scope_sees_only_what_is_below_it(store: &Store) {
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
