//! Yearly indexes, surveys and criteria.

use super::*;

pub async fn contradicting_figures_of_one_source_are_both_kept(store: &Store) {
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

pub async fn surveys_and_criteria_are_read_within_the_scope(store: &Store) {
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
