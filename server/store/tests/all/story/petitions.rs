//! Petitions, by day and one by one.

use super::*;

pub async fn petitions_are_counted_by_day(store: &Store) {
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

/// Petitions of every outcome at several agencies, looped over one by one.
pub async fn petitions_recounted_one_by_one_come_to_the_counters(store: &Store) {
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
