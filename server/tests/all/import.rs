//! Files in, from the reader to the readings.

use std::{
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use intake::Kind;
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

#[test]
fn a_second_import_of_the_same_file_says_that_nothing_changed() {
    let program = Program::new();
    let file = program.file("files.csv", CASE_FILES);
    let path = file.to_str().expect("a path");
    program.run(&["import", "case-files", path]);
    let (code, said) = program.run(&["import", "case-files", path]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("7 dòng đã vào: 0 mới, 0 thay đổi, 7 như cũ"), "{said}");
}

/// The rows that were set aside, the header first.
fn aside(program: &Program, name: &str) -> Vec<Vec<String>> {
    let path = program.folder.path().join(format!("{name}.set-aside.csv"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("the file");
    let rows = reader.records().map(|row| row.expect("a row as long as the header"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_finished_file_without_dates_goes_in_when_the_stored_one_has_a_date_and_is_set_aside_whole_otherwise() {
    let program = Program::new();
    let dated = "case_code,agency_code,received_on,completed_on\n1,A,2023-03-01,2023-03-07\n";
    let (code, said) =
        program.run(&["import", "case-files", program.file("dated.csv", dated).to_str().expect("a path")]);
    assert_eq!(code, 0, "{said}");
    let later = "Ghi chú,Mã hồ sơ,Mã đơn vị,Ngày tiếp nhận,Trạng thái\n\
                 x,1,A,2023-03-01,9\n\"y, z\",2,A,2023-03-02,10\n";
    let (code, said) =
        program.run(&["import", "case-files", program.file("later.csv", later).to_str().expect("a path")]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("1 dòng đã vào") && said.contains("1 để riêng"), "{said}");
    let aside = aside(&program, "later.csv");
    assert_eq!(
        aside[0],
        ["Ghi chú", "Mã hồ sơ", "Mã đơn vị", "Ngày tiếp nhận", "Trạng thái", "line", "problem"]
    );
    assert_eq!(aside[1][..6], ["y, z", "2", "A", "2023-03-02", "10", "3"]);
    assert!(aside[1][6].contains("completed_on"), "{aside:?}");
    assert_eq!(aside.len(), 2);
}

#[test]
fn an_issue_of_an_unknown_dialogue_is_set_aside_with_all_its_cells_under_their_headers() {
    let program = Program::new();
    let dialogues = program.file("dialogues.csv", crate::helpers::DIALOGUES);
    program.run(&["import", "dialogues", dialogues.to_str().expect("a path")]);
    // More rows than go in at a time, so that the cells must be those of their own batch.
    let mut issues = "Nội dung;Mã vướng mắc;Mã đối thoại;Hạn xử lý\n".to_owned();
    for at in 0..4_500 {
        let dialogue = if at % 1_500 == 1_499 { "d9" } else { "d1" };
        issues.push_str(&format!("Việc {at};v{at};{dialogue};01/03/2023\n"));
    }
    let issues = program.file("issues.csv", issues);
    let (code, said) = program.run(&["import", "dialogue-issues", issues.to_str().expect("a path")]);
    assert_eq!(code, 2, "{said}");
    let aside = aside(&program, "issues.csv");
    assert_eq!(aside[0][..4], ["Nội dung", "Mã vướng mắc", "Mã đối thoại", "Hạn xử lý"]);
    let cells: Vec<String> = aside[1..].iter().map(|row| row[..5].join(";")).collect();
    assert_eq!(
        cells,
        [
            "Việc 1499;v1499;d9;01/03/2023;1501",
            "Việc 2999;v2999;d9;01/03/2023;3001",
            "Việc 4499;v4499;d9;01/03/2023;4501",
        ]
    );
    assert!(aside[1][5].contains("d9"), "{aside:?}");
}

#[test]
fn an_output_nobody_reads_to_its_end_does_not_stop_the_import() {
    let program = Program::new();
    let mut text = "case_code,agency_code,received_on,due_on\n".to_owned();
    // So many warnings that they cannot all wait in the pipe.
    for at in 0..5_000 {
        text.push_str(&format!("h{at},A,2023-03-02,2023-03-01\n"));
    }
    let path = program.file("a.csv", text);
    let mut command = program.command(&["import", "case-files", path.to_str().expect("a path"), "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    let mut first = String::new();
    BufReader::with_capacity(64, child.stdout.take().expect("its output"))
        .read_line(&mut first)
        .expect("a line");
    assert!(first.contains("\"line\":2"), "{first}");
    let output = child.wait_with_output().expect("ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""));
    let (_, readings) = program.run(&["readings", "--json"]);
    assert!(readings.contains("\"received\": 5000"), "{readings}");
}

#[test]
fn every_line_of_json_is_json_whatever_comes_of_the_import() {
    let program = Program::new();
    let good = program.file("good.csv", CASE_FILES);
    let some = program.file("some.csv", "case_code,agency_code,received_on\n1,A,x\n2,A,2023-03-01\n");
    let bad = program.file("bad.csv", "Tên / Name,b\n1,2\n");
    let long = program.file("long.csv", "case_code,agency_code,received_on\n1,A,2023-03-01\n2,A,\"\n");
    let path = |path: &std::path::Path| path.to_str().expect("a path").to_owned();
    for (arguments, expected) in [
        (vec![path(&good)], 0),
        (vec![path(&some)], 2),
        (vec![path(&some), "--all-or-nothing".to_owned()], 1),
        (vec![path(&bad)], 1),
        (vec![path(&long)], 1),
        (vec!["no-such-file.csv".to_owned()], 1),
        (vec![path(&good), "--mapping".to_owned(), "nothing".to_owned()], 1),
        (vec![path(&some), "--set-aside".to_owned(), "/proc/nope/x.csv".to_owned()], 1),
    ] {
        let mut all = vec!["import", "case-files", "--json"];
        all.extend(arguments.iter().map(String::as_str));
        let output = program.command(&all).output().expect("runs");
        assert_eq!(output.status.code(), Some(expected), "{arguments:?}");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        let lines: Vec<serde_json::Value> =
            said.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
        let last = lines.last().expect("a last word");
        if expected == 1 {
            let (vi, en) = (last["error"]["vi"].as_str(), last["error"]["en"].as_str());
            assert!(vi.is_some() && en.is_some() && vi != en, "{arguments:?}: {last}");
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(error.contains(vi.unwrap_or_default()), "people read the same: {error}");
        } else {
            assert!(last["in"].is_number(), "{arguments:?}: {last}");
        }
        if arguments[0].ends_with("bad.csv") {
            let en = last["error"]["en"].as_str().unwrap_or_default();
            assert!(
                en.starts_with("columns needed"),
                "a header with a stroke does not part the message: {en}"
            );
        }
    }
}
