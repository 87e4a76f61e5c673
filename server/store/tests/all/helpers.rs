//! What the tests of the store share: a day, an import from begin to end, a case file.

use chrono::NaiveDate;
use store::{Import, Numbered, Remark, Remarked, Store};
use thuocdo::{
    case_file::{self, Channel},
    counts::Given,
};

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test date")
}

pub fn today() -> NaiveDate {
    day("2023-12-31")
}

pub fn numbered<T>(rows: Vec<T>) -> Vec<Numbered<T>> {
    rows.into_iter().zip(2..).map(|(row, line)| Numbered { line, row }).collect()
}

pub async fn begin(store: &Store, kind: &str) -> Import {
    store.import(kind, "story.csv", today()).await.expect("begins")
}

pub async fn end(mut import: Import) -> store::Receipt {
    import.settle().await.expect("settles");
    import.finish(0, 0, &[]).await.expect("finishes")
}

pub fn remarks(remarked: &[Remarked]) -> Vec<&Remark> {
    remarked.iter().map(|remarked| &remarked.remark).collect()
}

pub fn file(
    code: &str,
    agency: &str,
    received: &str,
    due: Option<&str>,
    completed: Option<&str>,
) -> case_file::Row {
    let given = |date: Option<&str>| date.map_or(Given::Empty, |date| Given::Value(day(date)));
    case_file::Row {
        case_code: code.to_owned(),
        agency_code: agency.to_owned(),
        field_code: Given::Value("LAND".to_owned()),
        channel: Given::Value(Channel::Online),
        received_on: day(received),
        due_on: given(due),
        completed_on: given(completed),
        ..case_file::Row::default()
    }
}
