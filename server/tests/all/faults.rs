//! What goes wrong around an import: a full disk, a database that another program holds or that goes away, the same file
//! twice at once, a sender that hangs up, a clock that jumps. Afterwards the figures are those before or those after it.

use std::{
    io::Write as _,
    net::TcpStream,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use intake::Kind;
use sqlx::{Connection as _, SqliteConnection};
use store::{
    Numbered, Store,
    testing::{Cluster, fill_disk},
};
use thuocdo::{agency::Scope, case_file, counts::Given, filter::Filter};

use crate::{
    helpers::{Program, Server},
    kills::{is_whole, readings, rows, serve},
};

fn url(program: &Program) -> String {
    format!("sqlite://{}/city.db", program.folder.path().display())
}

/// A row that is open.
fn row(n: u64) -> Numbered<case_file::Row> {
    Numbered {
        line: n,
        row: case_file::Row {
            case_code: format!("h{n}"),
            agency_code: format!("A{}", n % 7),
            received_on: "2023-10-02".parse().expect("a date"),
            due_on: Given::Value("2023-10-09".parse().expect("a date")),
            ..case_file::Row::default()
        },
    }
}

/// Imports a file that has to go in.
fn goes_in(program: &Program, file: &str) -> String {
    let (code, said) = program.run(&["import", "case-files", file]);
    assert_eq!(code, 0, "{said}");
    readings(program)
}

/// A program with a first file in, and the readings then.
fn city() -> (Program, String) {
    let program = Program::new();
    program.file("first.csv", rows(0, 1_000, "2023-10-15"));
    program.file("second.csv", rows(500, 4_000, "2023-10-12"));
    let before = goes_in(&program, "first.csv");
    (program, before)
}

#[tokio::test]
async fn a_disk_that_is_full_costs_the_import_and_nothing_else() {
    let (program, before) = city();
    // Files may not grow beyond so many blocks: what a shell can do to a program, and a full disk to all of them.
    let limited = |command: &str| {
        let script = format!("trap '' XFSZ; ulimit -f 300; exec \"$0\" {command}");
        let mut shell = std::process::Command::new("sh");
        shell
            .args(["-c", &script, env!("CARGO_BIN_EXE_thuocdo")])
            .current_dir(program.folder.path())
            .env("DATABASE_URL", "sqlite://city.db")
            .env("THUOCDO_TODAY", crate::helpers::TODAY);
        shell
    };
    let output = limited("import case-files second.csv").output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("đĩa") && said.contains("disk"), "it says what to do: {said}");
    assert_eq!(readings(&program), before);
    is_whole(&program).await;
    assert_ne!(goes_in(&program, "second.csv"), before, "with room again it goes in");
    is_whole(&program).await;
}

#[tokio::test]
async fn a_database_without_room_takes_nothing_of_a_file_and_the_next_one_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&format!("sqlite://{}/city.db", folder.path().display())).await.expect("opens");
    let day: NaiveDate = "2024-01-15".parse().expect("a date");
    let days = async || store.case_file_days(&Scope::All, &Filter::default()).await.expect("reads");
    for (first, count) in [(0, 300), (0, 9_000)] {
        fill_disk(&store, true).await;
        let mut import = store.import("case-files", "a.csv", day).await.expect("begins");
        let mut failed = None;
        for some in (first..first + count).collect::<Vec<_>>().chunks(2_500) {
            let rows = some.iter().copied().map(row).collect();
            if let Err(error) = import.write_case_files(rows).await {
                failed = Some(error);
                break;
            }
        }
        let error = match failed {
            Some(error) => error,
            None => import.settle().await.expect_err("there is no room"),
        };
        assert!(error.is_full(), "{error}");
        drop(import);
        fill_disk(&store, false).await;
        assert_eq!(days().await, []);
        assert_eq!(store.verify().await.expect("verifies"), []);
    }
    let mut import = store.import("case-files", "a.csv", day).await.expect("begins");
    import.write_case_files((0..9_000).map(row).collect()).await.expect("writes");
    import.settle().await.expect("settles");
    import.finish(0, 0, &[]).await.expect("commits");
    assert_eq!(store.verify().await.expect("verifies"), []);
}

#[tokio::test]
async fn an_import_waits_for_another_program_that_holds_the_database() {
    let (program, before) = city();
    let mut other = SqliteConnection::connect(&url(&program)).await.expect("opens");
    sqlx::query("begin immediate").execute(&mut other).await.expect("holds");
    let mut import = program
        .command(&["import", "case-files", "second.csv"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("runs");
    thread::sleep(Duration::from_millis(700));
    assert!(import.try_wait().expect("a child").is_none(), "it waits");
    assert_eq!(readings(&program), before, "readers do not");
    sqlx::query("rollback").execute(&mut other).await.expect("lets go");
    other.close().await.expect("closes");
    assert!(import.wait().expect("ends").success());
    assert_ne!(readings(&program), before);
    is_whole(&program).await;
}

#[tokio::test]
async fn the_same_file_twice_at_once_goes_in_once() {
    let (program, before) = city();
    let import = || {
        let mut command = program.command(&["import", "case-files", "second.csv"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs")
    };
    let (mut one, mut other) = (import(), import());
    assert!(one.wait().expect("ends").success());
    assert!(other.wait().expect("ends").success());
    let after = readings(&program);
    assert_ne!(after, before);
    is_whole(&program).await;
    let (_, said) = program.run(&["batches", "--json"]);
    assert_eq!(goes_in(&program, "second.csv"), after, "a third time changes nothing: {said}");
}

#[tokio::test]
async fn a_postgresql_that_restarts_during_an_import_has_taken_nothing_of_it() {
    let cluster = Cluster::start();
    let store = Store::open(&cluster.database("city")).await.expect("opens");
    let day: NaiveDate = "2024-01-15".parse().expect("a date");
    let rows = |from: u64, count: u64| (from..from + count).map(row).collect::<Vec<_>>();
    // Once into an empty table, once into one with files in it: they go different ways.
    for (committed, sizes) in [(0, [2_500, 2_500]), (100, [500, 500])] {
        if committed > 0 {
            let mut import = store.import("case-files", "first.csv", day).await.expect("begins");
            import.write_case_files(rows(0, committed)).await.expect("writes");
            import.settle().await.expect("settles");
            import.finish(0, 0, &[]).await.expect("commits");
        }
        let before = store.case_file_days(&Scope::All, &Filter::default()).await.expect("reads");
        let mut import = store.import("case-files", "second.csv", day).await.expect("begins");
        import.write_case_files(rows(50, sizes[0])).await.expect("writes");
        cluster.restart();
        let ended = match import.write_case_files(rows(50 + sizes[0], sizes[1])).await {
            Ok(_) => import.settle().await.map(drop),
            Err(error) => Err(error),
        };
        assert!(ended.is_err(), "the connection is gone");
        drop(import);
        // The pool notices that its connections are gone one after the other.
        let begun = Instant::now();
        let after = loop {
            match store.case_file_days(&Scope::All, &Filter::default()).await {
                Ok(days) => break days,
                Err(error) => assert!(begun.elapsed() < Duration::from_secs(20), "{error}"),
            }
        };
        assert_eq!(after, before);
        assert_eq!(store.verify().await.expect("verifies"), []);
    }
    let mut import = store.import("case-files", "second.csv", day).await.expect("begins again");
    import.write_case_files(rows(50, 500)).await.expect("writes");
    import.settle().await.expect("settles");
    assert_eq!(import.finish(0, 0, &[]).await.expect("commits").added, 450);
    assert_eq!(store.verify().await.expect("verifies"), []);
}

#[tokio::test]
async fn a_sender_that_hangs_up_leaves_nothing_on_the_desk() {
    let (program, before) = city();
    let (mut server, root) = serve(&program);
    let address = root.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut connection = TcpStream::connect(&address).expect("connects");
    let half = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"half.csv\"\r\n\r\ncase_code,agency_code\r\nx,";
    let head = format!(
        "POST /du-lieu/tep HTTP/1.1\r\nHost: {address}\r\nContent-Type: multipart/form-data; boundary=part\r\n\
         Content-Length: 1000000\r\n\r\n{half}"
    );
    connection.write_all(head.as_bytes()).expect("sends");
    thread::sleep(Duration::from_millis(300));
    drop(connection);
    thread::sleep(Duration::from_millis(300));
    let page = reqwest::get(format!("{root}/du-lieu")).await.expect("answers").text().await.expect("a page");
    assert!(!page.contains("half.csv"), "half a file is no file");
    server.kill().expect("killed");
    server.wait().expect("ended");
    let left: Vec<_> = std::fs::read_dir(program.folder.path().join("data/uploads"))
        .map(|folder| folder.flatten().map(|entry| entry.file_name()).collect())
        .unwrap_or_default();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(readings(&program), before);
}

#[tokio::test]
async fn an_import_that_is_interrupted_leaves_nothing_behind() {
    let (program, before) = city();
    let mut text = rows(0, 30_000, "2023-10-12");
    text.insert_str(text.find('\n').expect("a header") + 1, "bad,A1,F1,hôm qua,,\n");
    program.file("large.csv", text);
    let import = program
        .command(&["import", "case-files", "large.csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let names = || -> Vec<String> {
        let folder = std::fs::read_dir(program.folder.path()).expect("a folder");
        folder.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    let is_begun = |name: &String| name.starts_with(".thuocdo-");
    let begun = Instant::now();
    while !names().iter().any(is_begun) {
        assert!(begun.elapsed() < Duration::from_secs(20), "no row was set aside");
        thread::sleep(Duration::from_millis(5));
    }
    let interrupted = std::process::Command::new("kill").args(["-INT", &import.id().to_string()]).status();
    assert!(interrupted.expect("runs").success());
    let output = import.wait_with_output().expect("ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("stopped as asked; nothing was imported"), "{said}");
    assert!(!names().iter().any(|name| is_begun(name) || name.contains("set-aside")), "{:?}", names());
    assert_eq!(readings(&program), before);
    is_whole(&program).await;
}

#[tokio::test]
async fn a_clock_that_jumps_is_warned_of_and_changes_no_figure() {
    let (program, before) = city();
    let imported_on = |day: &str| {
        let output = program
            .command(&["import", "case-files", "second.csv"])
            .env("THUOCDO_TODAY", day)
            .output()
            .expect("runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    // On that day none of it has happened yet. The rows go in, and each says so.
    let (code, said) = imported_on("2020-01-01");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("the date is after today"), "{said}");
    let after = readings(&program);
    assert_ne!(after, before);
    // The clock is right again, then ahead: the same rows change nothing.
    assert_eq!(goes_in(&program, "second.csv"), after);
    let (code, said) = imported_on("2030-01-01");
    assert_eq!((code, readings(&program)), (Some(0), after), "{said}");
    is_whole(&program).await;
    // The first three batches are the published facts.
    let (code, said) = program.run(&["undo", "5"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(readings(&program), before);
    is_whole(&program).await;
}

#[tokio::test]
async fn sources_whose_imports_bear_days_in_no_order_still_have_a_rhythm() {
    let server = Server::empty().await;
    for day in ["2024-01-10", "2023-06-01", "2024-01-12", "2031-01-01", "2024-01-11"] {
        let today = day.parse().expect("a date");
        let import = server.store.import(Kind::CaseFiles.as_str(), "a.csv", today).await.expect("begins");
        import.finish(0, 0, &[]).await.expect("commits");
    }
    let (status, text) = server.page("/du-lieu").await;
    assert_eq!(status, 200, "{text}");
}
