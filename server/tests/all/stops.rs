//! A server that is told to stop: what has begun is finished, for a while; what is not finished leaves nothing behind.

use std::{fs, io::Write as _, thread, time::Duration};

use serde_json::Value;

use crate::{
    helpers::Program,
    kills::{is_whole, readings, rows},
    served::{Served, form, head, rest},
};

#[test]
fn a_request_that_has_begun_is_answered_and_a_new_one_is_not_taken() {
    let program = Program::new();
    let mut served = Served::start(&program, &[], &[]);
    let form = form(&rows(0, 100, "2023-10-15"));
    let (begun, end) = form.split_at(form.len() / 2);
    let mut stream = served.connect().expect("connects");
    stream.write_all(head(&served.root, form.len()).as_bytes()).expect("sends");
    stream.write_all(begun.as_bytes()).expect("sends");
    thread::sleep(Duration::from_millis(300));
    served.terminate();
    thread::sleep(Duration::from_millis(500));
    assert!(served.connect().is_err(), "nobody takes a new one");
    stream.write_all(end.as_bytes()).expect("sends the rest");
    let answer = rest(stream);
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let (status, _) = served.ends();
    assert!(status.success(), "{status}");
    let said = served.line();
    assert!(said.contains("Đang dừng") && said.contains("Stopping"), "{said}");
    assert!(program.folder.path().join("data/uploads/1/source").exists(), "it is there");
}

#[test]
fn a_request_that_never_ends_does_not_keep_the_server() {
    let program = Program::new();
    let mut served = Served::start(&program, &["--stop-within", "1"], &[]);
    let mut stream = served.connect().expect("connects");
    stream.write_all(head(&served.root, 1_000_000).as_bytes()).expect("sends");
    stream
        .write_all(b"--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\na")
        .expect("sends");
    thread::sleep(Duration::from_millis(300));
    served.terminate();
    let (status, took) = served.ends();
    assert!(status.success() && took < Duration::from_secs(8), "{status} after {took:?}");
    let left: Vec<_> = fs::read_dir(program.folder.path().join("data/uploads")).expect("a folder").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn who_says_stop_twice_does_not_wait() {
    let program = Program::new();
    let mut served = Served::start(&program, &[], &[]);
    let mut stream = served.connect().expect("connects");
    stream.write_all(head(&served.root, 1_000_000).as_bytes()).expect("sends");
    thread::sleep(Duration::from_millis(300));
    served.terminate();
    assert!(served.line().contains("Đang dừng"));
    thread::sleep(Duration::from_millis(300));
    served.terminate();
    let (status, took) = served.ends();
    assert!(!status.success() && took < Duration::from_secs(5), "{status} after {took:?}");
}

/// A program with a first file in, a second one to come, and the readings before and after it.
fn city() -> (Program, String, String, String) {
    let program = Program::new();
    program.file("first.csv", rows(0, 1_000, "2023-10-15"));
    let second = rows(500, 40_000, "2023-10-12");
    program.file("second.csv", &second);
    let (code, said) = program.run(&["import", "case-files", "first.csv"]);
    assert_eq!(code, 0, "{said}");
    let before = readings(&program);
    let kept = fs::read(program.folder.path().join("city.db")).expect("reads");
    let (code, said) = program.run(&["import", "case-files", "second.csv"]);
    assert_eq!(code, 0, "{said}");
    let after = readings(&program);
    program.file("city.db", kept);
    assert_eq!(readings(&program), before);
    (program, second, before, after)
}

fn written_of(program: &Program, id: &str) -> Value {
    let path = program.folder.path().join(format!("data/uploads/{id}/upload.json"));
    serde_json::from_slice(&fs::read(path).expect("reads")).expect("JSON")
}

#[tokio::test]
async fn an_import_without_time_to_end_is_stopped_with_nothing_of_it_in_and_begun_again() {
    let (program, second, before, after) = city();
    let mut served = Served::start(&program, &["--stop-within", "0"], &[]);
    let id = served.import(&second).await;
    served.says(&id, "Đang nhập. Đóng trang này").await;
    served.terminate();
    let (status, took) = served.ends();
    assert!(status.success() && took < Duration::from_secs(20), "{status} after {took:?}");
    let now = readings(&program);
    assert_eq!(now, before, "nothing of it is in");
    is_whole(&program).await;
    let written = written_of(&program, &id);
    assert_eq!(written["attempts"], 0, "the end of the server is no fault of the file: {written}");
    let served = Served::start(&program, &[], &[]);
    served.says(&id, "Đã nhập xong.").await;
    drop(served);
    assert_eq!(readings(&program), after);
    is_whole(&program).await;
}

#[tokio::test]
async fn an_import_with_time_to_end_is_in_when_the_server_has_stopped() {
    let (program, second, _, after) = city();
    let mut served = Served::start(&program, &[], &[]);
    let id = served.import(&second).await;
    served.says(&id, "Đang nhập. Đóng trang này").await;
    served.terminate();
    let (status, _) = served.ends();
    assert!(status.success(), "{status}");
    assert_eq!(readings(&program), after);
    is_whole(&program).await;
}
