//! Dialogues with the issues raised in them.

use super::*;

pub async fn dialogues_and_their_issues_are_kept(store: &Store) {
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
