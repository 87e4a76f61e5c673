//! A real city's year, with that city's own verdicts, on both engines.
//!
//! The file is looked for in `$THUOCDO_DATA`; where it is absent the test says so.

use std::path::PathBuf;

use intake::{Kind, Mapping};
use store::testing::Cluster;

use crate::helpers::Server;

const CASE_FILES: &str = include_str!("../../mappings/boston-311-case-files.toml");
pub const PETITIONS: &str = include_str!("../../mappings/boston-311-petitions.toml");

pub fn requests() -> Option<PathBuf> {
    let folder = std::env::var_os("THUOCDO_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
        PathBuf::from,
    );
    let file = folder.join("boston311/requests-2015.csv");
    if file.exists() {
        return Some(file);
    }
    println!("left out: {} is not there; set THUOCDO_DATA", file.display());
    None
}

#[tokio::test]
async fn boston_2015_reads_as_counted_on_sqlite() {
    let Some(file) = requests() else { return };
    tell(&Server::empty().await, &file).await;
}

#[tokio::test]
async fn boston_2015_reads_as_counted_on_postgresql() {
    let Some(file) = requests() else { return };
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::over(&cluster.database("boston"), folder).await;
    println!("read on {}", server.store.engine_name().await.expect("a name"));
    tell(&server, &file).await;
    server.store.close().await;
}

async fn tell(server: &Server, file: &std::path::Path) {
    let mapping = Mapping::parse(CASE_FILES).expect("a mapping");
    let outcome = server.take_in_file(Kind::CaseFiles, file, Some(&mapping)).await;
    assert_eq!((outcome.receipt.rows_in, outcome.receipt.added, outcome.set_aside), (42_516, 42_516, 0));
    assert_eq!(outcome.dropped, ["OnTime_Status", "CASE_STATUS", "SUBJECT", "neighborhood"]);

    let end = server.readings("?as_of=2016-01-31").await;
    let figures = |readings: &serde_json::Value, names: &[&str]| -> Vec<i64> {
        names.iter().map(|name| readings["on_time_returns"][*name].as_i64().expect("a number")).collect()
    };
    let states =
        ["early", "on_time", "late", "undetermined", "open_within_due", "open_overdue", "open_undetermined"];
    assert_eq!(figures(&end, &states), [19_834, 1_994, 5_983, 7_796, 1_044, 4_174, 1_691]);
    assert_eq!(end["on_time_returns"]["rate"], "78.48");

    let half = server.readings("?as_of=2015-06-30").await;
    assert_eq!(figures(&half, &states), [8_316, 876, 2_417, 4_018, 1_675, 2_001, 1_064]);
    assert_eq!(half["on_time_returns"]["rate"], "79.17");

    let quarter = server.readings("?period=2015-Q2&as_of=2015-06-30").await;
    let flows = ["received", "carried_over", "early", "on_time", "late", "undetermined"];
    assert_eq!(figures(&quarter, &flows), [10_977, 2_849, 5_226, 614, 1_528, 1_718]);

    let again = server.take_in_file(Kind::CaseFiles, file, Some(&mapping)).await;
    assert_eq!((again.receipt.added, again.receipt.changed, again.receipt.unchanged), (0, 0, 42_516));
    assert_eq!(server.readings("?as_of=2016-01-31").await, end);

    let mapping = Mapping::parse(PETITIONS).expect("a mapping");
    let outcome = server.take_in_file(Kind::Petitions, file, Some(&mapping)).await;
    assert_eq!((outcome.receipt.rows_in, outcome.set_aside), (42_516, 0));
    let petitions = &server.readings("?as_of=2016-01-31").await["petitions_in_time"];
    assert_eq!(petitions["received"]["rate"], serde_json::Value::Null, "Boston does not record it");
    assert_eq!(petitions["handled"]["in_time"], petitions["in_time"], "one recorded step is the whole");

    assert_eq!(server.store.verify().await.expect("verifies"), []);
}

#[test]
fn what_boston_calls_overdue_and_we_do_not_was_closed_later_on_its_deadline_day() {
    let Some(file) = requests() else { return };
    let mut reader = csv::Reader::from_path(file).expect("the file");
    let headers = reader.headers().expect("a header").clone();
    let column = |name: &str| headers.iter().position(|header| header == name).expect("the column");
    let (target, closed, verdict) = (column("TARGET_DT"), column("CLOSED_DT"), column("OnTime_Status"));
    let parse = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%m/%d/%Y %I:%M:%S %p").ok();
    let mut ours_alone = 0;
    for record in reader.records() {
        let record = record.expect("a record");
        let (Some(due), Some(done)) = (parse(&record[target]), parse(&record[closed])) else { continue };
        if &record[verdict] == "OVERDUE" && done.date() <= due.date() {
            assert!(done > due && done.date() == due.date(), "{record:?}");
            ours_alone += 1;
        }
    }
    assert_eq!(ours_alone, 669);
}
