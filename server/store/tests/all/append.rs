//! A large file into an empty database goes a quicker way, and comes to the same.

use store::{
    Receipt, Store,
    testing::{Cluster, dump, let_wait},
};
use thuocdo::case_file::{self, Status};
use thuocdo::counts::Given;

use crate::helpers::{begin, file, numbered};

/// So many rows together take the quick way.
const MANY: usize = 2_000;
/// So few do not.
const FEW: usize = 500;

/// A file with every hundredth code a second time, some of them changed, and rows that do not go in.
fn rows() -> Vec<case_file::Row> {
    let row = |n: usize| {
        let (received, due) = (format!("2023-03-{:02}", 1 + n % 9), format!("2023-03-{}", 10 + n % 9));
        let completed = (!n.is_multiple_of(7)).then(|| format!("2023-03-{}", 10 + n % 17));
        file(&format!("h{n}"), &format!("A{}", n % 5), &received, Some(&due), completed.as_deref())
    };
    let mut rows: Vec<_> = (0..2_400).map(row).collect();
    rows.extend((0..2_000).step_by(100).map(|n| {
        let again = row(n);
        let completed_on = if n.is_multiple_of(200) { Given::Empty } else { again.completed_on.clone() };
        case_file::Row { completed_on, ..again }
    }));
    // Finished, and nobody says when: set aside, and of an earlier row nothing is lost.
    rows.extend((0..2_400).step_by(600).map(|n| case_file::Row {
        status: Given::Value(Status::Returned),
        completed_on: Given::Empty,
        ..row(n)
    }));
    rows
}

async fn imported(url: &str, at_once: usize, waiting: usize) -> (Receipt, Vec<String>) {
    let store = Store::open(url).await.expect("opens");
    let mut import = begin(&store, "case-files").await;
    let_wait(&mut import, waiting);
    let (mut set_aside, mut warnings) = (0, 0);
    let mut rows = numbered(rows());
    while !rows.is_empty() {
        let rest = rows.split_off(at_once.min(rows.len()));
        for remarked in import.write_case_files(rows).await.expect("writes") {
            set_aside += i64::from(remarked.is_set_aside);
            warnings += i64::from(!remarked.is_set_aside);
        }
        rows = rest;
    }
    for remarked in import.settle().await.expect("settles") {
        set_aside += i64::from(remarked.is_set_aside);
        warnings += i64::from(!remarked.is_set_aside);
    }
    assert_eq!(
        (set_aside, warnings),
        (4, 20 + 6),
        "four without a date, 20 repeated, five agencies and a field unknown"
    );
    let receipt = import.finish(set_aside, warnings, &[]).await.expect("commits");
    assert_eq!(store.verify().await.expect("verifies"), []);
    let dumped = dump(&store).await;
    // The next file finds every index where it was.
    let mut import = begin(&store, "case-files").await;
    import.write_case_files(numbered(self::rows())).await.expect("writes");
    import.settle().await.expect("settles");
    let again = import.finish(0, 0, &[]).await.expect("commits");
    assert_eq!((again.added, again.changed), (0, 0));
    store.close().await;
    (receipt, dumped)
}

async fn tell(urls: [String; 3]) {
    let [usual, quick, given_up] = &urls;
    let usual = imported(usual, FEW, 0).await;
    // The quick way, and the quick way given up in the middle.
    for (url, waiting) in [(quick, 100), (given_up, 3)] {
        let (receipt, dumped) = imported(url, MANY, waiting).await;
        assert_eq!(receipt, usual.0);
        let other = dumped.iter().zip(&usual.1).find(|(quick, usual)| quick != usual);
        assert_eq!((other, dumped.len()), (None, usual.1.len()));
    }
}

#[tokio::test]
async fn a_large_file_goes_into_an_empty_sqlite_as_it_does_in_small_parts() {
    let folder = tempfile::tempdir().expect("a folder");
    tell(
        ["usual", "quick", "given_up"].map(|name| format!("sqlite://{}/{name}.db", folder.path().display())),
    )
    .await;
}

#[tokio::test]
async fn a_large_file_goes_into_an_empty_postgresql_as_it_does_in_small_parts() {
    let cluster = Cluster::start();
    tell(["usual", "quick", "given_up"].map(|name| cluster.database(name))).await;
}
