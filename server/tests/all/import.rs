//! Files in, from the reader to the readings.

use server::import::Kind;
use thuocdo::{agency::Scope, filter::Filter};

use crate::helpers::{CASE_FILES, Program, Server};

#[tokio::test]
async fn columns_with_names_of_people_are_dropped_and_the_receipt_says_so() {
    let server = Server::empty().await;
    let outcome = server.take_in(Kind::CaseFiles, CASE_FILES, None).await;
    assert_eq!(outcome.dropped, ["Họ tên"]);
    assert_eq!(outcome.receipt.rows_in, 7);
}

#[tokio::test]
async fn readings_count_what_the_files_say() {
    let server = Server::city().await;
    let year = server.readings("?period=2023&as_of=2023-12-31").await;
    let returns = &year["on_time_returns"];
    let figure = |name: &str| returns[name].as_i64();
    assert_eq!(figure("received"), Some(6));
    assert_eq!(figure("early"), Some(3));
    assert_eq!(figure("on_time"), Some(1));
    assert_eq!(figure("late"), Some(1));
    assert_eq!(figure("open_overdue"), Some(1));
    assert_eq!(returns["rate"], "80.00");
    assert_eq!(returns["status"], "missed");
    assert_eq!(year["petitions_in_time"]["rate"], "50.00");
    assert_eq!(year["petitions_in_time"]["handled"]["late"], 1);
    let dialogues = &year["dialogues_held"];
    assert_eq!((&dialogues["obliged"], &dialogues["held"]), (&5.into(), &1.into()));
    assert_eq!(dialogues["held_without_minutes"], 1);
    assert_eq!(year["par_index"]["year"], 2022);
    assert_eq!(year["par_index"]["status"], "not_published");
}

#[tokio::test]
async fn readings_of_an_agency_a_level_a_field_and_a_channel_are_parts_of_the_whole() {
    let server = Server::city().await;
    let received = async |query: &str| {
        let readings = server.readings(&format!("?as_of=2023-12-31{query}")).await;
        readings["on_time_returns"]["received"].as_i64().expect("a number")
    };
    let all = received("").await;
    assert_eq!(all, 7);
    assert_eq!(received("&agency=271").await, 5);
    assert_eq!(received("&agency=271&level=commune").await, 3);
    assert_eq!(
        received("&level=department").await
            + received("&level=district").await
            + received("&level=commune").await,
        all
    );
    assert_eq!(received("&field=XD").await + received("&field=HT").await, all);
    assert_eq!(received("&channel=online").await, 4);
    assert_eq!(received("&agency=271&channel=online").await, 2);
}

#[tokio::test]
async fn an_unknown_agency_is_made_with_a_warning_and_placed_later() {
    let server = Server::empty().await;
    let outcome = server.take_in(Kind::CaseFiles, CASE_FILES, None).await;
    assert!(outcome.warnings >= 4, "one for each agency");
    server.take_in(Kind::Agencies, crate::helpers::AGENCIES, None).await;
    let readings = server.readings("?as_of=2023-12-31&level=district").await;
    assert_eq!(readings["on_time_returns"]["received"], 2);
    assert_eq!(server.store.verify().await.expect("verifies"), []);
    let places = server.store.agencies(&Scope::All, &Filter::default()).await.expect("reads");
    assert_eq!(places.len(), 5);
}

#[test]
fn the_program_tells_what_went_in_and_does_it_only_once() {
    let program = Program::new();
    let file = program.file("files.csv", CASE_FILES);
    let path = file.to_str().expect("a path");
    let (code, said) = program.run(&["import", "case-files", path]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("7 dòng đã vào: 7 mới"), "{said}");
    let (code, said) = program.run(&["import", "case-files", path, "--json"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("\"unchanged\":7"), "{said}");
    let (code, said) = program.run(&["verify"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = program.run(&["readings", "--period", "2023", "--as-of", "2023-12-31", "--json"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("\"rate\": \"80.00\""), "{said}");
    let (code, said) = program.run(&["template", "case-files"]);
    assert_eq!(code, 0);
    assert!(said.starts_with("case_code,agency_code"), "{said}");
}

#[test]
fn invented_data_are_called_so_and_never_poured_over_real_ones() {
    let program = Program::new();
    let (code, said) = program.run(&["demo", "--rows", "500"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = program.run(&["verify"]);
    assert_eq!(code, 0, "{said}");
    let other = Program::new();
    let file = other.file("files.csv", CASE_FILES);
    other.run(&["import", "case-files", file.to_str().expect("a path")]);
    let (code, said) = other.run(&["demo", "--rows", "500"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("số liệu thật"), "{said}");
}
