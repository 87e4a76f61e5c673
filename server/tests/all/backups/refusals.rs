//! What cannot be backed up or put back is refused in words, and nothing is changed by it.

use std::{fs, process::Command};

use serde_json::Value;

use super::{changed, city, names, refused, succeeds};
use crate::{
    helpers::{Program, TODAY},
    kills::{is_whole, readings, serve},
};

#[tokio::test]
async fn a_backup_that_is_damaged_foreign_or_too_new_is_refused_and_nothing_is_changed() {
    let program = city();
    succeeds(&program, &["backup", "good.zip"]);
    succeeds(&program, &["import", "case-files", "second.csv"]);
    let now = readings(&program);
    let good = fs::read(program.folder.path().join("good.zip")).expect("reads");
    let mut flipped = good.clone();
    flipped[good.len() / 2] ^= 0x55;
    program.file("flipped.zip", &flipped);
    program.file("cut.zip", &good[..good.len() / 2]);
    program.file("no.zip", "no ZIP at all");
    changed(&program, "good.zip", "sum.zip", |manifest| {
        manifest["parts"][0]["sha256"] = "00".repeat(32).into();
    });
    changed(&program, "good.zip", "format.zip", |manifest| manifest["format"] = 2.into());
    changed(&program, "good.zip", "tables.zip", |manifest| {
        manifest["parts"][0]["migrations"].as_array_mut().expect("editions").push(9_999.into());
    });
    changed(&program, "good.zip", "part.zip", |manifest| manifest["parts"][0]["name"] = "weather".into());
    changed(&program, "good.zip", "foreign.zip", |manifest| manifest["product"] = "weather".into());
    for (backup, why) in [
        ("flipped.zip", "is damaged, nothing was changed"),
        ("cut.zip", "is damaged, nothing was changed"),
        ("no.zip", "is damaged, nothing was changed"),
        ("sum.zip", "is damaged, nothing was changed"),
        ("format.zip", "made by a newer thuocdo"),
        ("tables.zip", "made by a newer thuocdo"),
        ("part.zip", "made by a newer thuocdo"),
        ("foreign.zip", "no backup of Thước Đo"),
        ("absent.zip", "cannot be read"),
    ] {
        let said = refused(&program, &["restore", backup, "--replace"]);
        assert!(said.contains(why), "{backup}: {said}");
        assert_eq!(readings(&program), now, "{backup}");
    }
    // In its manifest one cannot see that a newer program made the file itself.
    let url = format!("sqlite://{}/city.db", program.folder.path().display());
    let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.expect("opens");
    sqlx::query(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
         values (9999, 'of tomorrow', true, x'00', 0)",
    )
    .execute(&mut connection)
    .await
    .expect("writes");
    sqlx::Connection::close(connection).await.expect("closes");
    succeeds(&program, &["backup", "newer.zip"]);
    changed(&program, "newer.zip", "hidden.zip", |manifest| {
        manifest["parts"][0]["migrations"].as_array_mut().expect("editions").pop();
    });
    let empty = Program::new();
    for backup in ["newer.zip", "hidden.zip"] {
        let path = program.folder.path().join(backup);
        let said = refused(&empty, &["restore", path.to_str().expect("a path")]);
        assert!(said.contains("made by a newer thuocdo"), "{said}");
        assert_eq!(names(&empty), Vec::<String>::new(), "nothing is left behind");
    }
    succeeds(&program, &["restore", "good.zip", "--replace"]);
    is_whole(&program).await;
    assert_ne!(readings(&program), now);
    let left: Vec<_> =
        names(&program).into_iter().filter(|n| n.starts_with('.') || n.contains("before-restore")).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn a_database_that_holds_data_is_replaced_only_when_told_so() {
    let program = city();
    succeeds(&program, &["backup", "a.zip"]);
    let before = readings(&program);
    succeeds(&program, &["import", "case-files", "second.csv"]);
    let after = readings(&program);
    let said = refused(&program, &["restore", "a.zip"]);
    assert!(said.contains("--replace"), "{said}");
    assert_eq!(readings(&program), after);
    succeeds(&program, &["restore", "a.zip", "--replace"]);
    assert_eq!(readings(&program), before);
}

#[test]
fn a_database_that_a_server_has_open_is_not_replaced_under_it() {
    let program = city();
    succeeds(&program, &["backup", "a.zip"]);
    let before = readings(&program);
    let (mut server, _) = serve(&program);
    let said = refused(&program, &["restore", "a.zip", "--replace"]);
    assert!(said.contains("another program has the database open"), "{said}");
    server.kill().expect("killed");
    server.wait().expect("ended");
    assert_eq!(readings(&program), before);
    succeeds(&program, &["restore", "a.zip", "--replace"]);
    assert_eq!(readings(&program), before);
}

#[test]
fn a_backup_that_cannot_be_written_says_why_and_leaves_nothing() {
    let program = city();
    program.file("there.zip", "the only other backup");
    let said = refused(&program, &["backup", "there.zip"]);
    assert!(said.contains("not overwritten"), "{said}");
    assert_eq!(fs::read(program.folder.path().join("there.zip")).expect("reads"), b"the only other backup");
    let said = refused(&program, &["backup", "nowhere/a.zip"]);
    assert!(said.contains("make it first"), "{said}");
    let all = names(&program);
    // Files may not grow beyond so many blocks: a full disk.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" backup full.zip --json"])
        .arg(env!("CARGO_BIN_EXE_thuocdo"))
        .current_dir(program.folder.path())
        .env("DATABASE_URL", "sqlite://city.db")
        .env("THUOCDO_TODAY", TODAY)
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(1));
    let said: Value = serde_json::from_slice(&output.stdout).expect("a line of JSON");
    assert!(said["error"]["vi"].as_str().expect("words").contains("đĩa"), "{said}");
    assert!(said["error"]["en"].as_str().expect("words").contains("disk"), "{said}");
    assert_eq!(names(&program), all, "nothing is left behind");
    let nothing = Program::new();
    let said = refused(&nothing, &["backup", "a.zip"]);
    assert!(said.contains("there is no database"), "{said}");
    assert_eq!(names(&nothing), Vec::<String>::new(), "no database is made by backing it up");
}

#[test]
fn a_disk_without_room_for_what_is_restored_keeps_what_it_has() {
    let program = city();
    succeeds(&program, &["backup", "a.zip"]);
    let before = readings(&program);
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" restore a.zip --replace"])
        .arg(env!("CARGO_BIN_EXE_thuocdo"))
        .current_dir(program.folder.path())
        .env("DATABASE_URL", "sqlite://city.db")
        .env("THUOCDO_TODAY", TODAY)
        .output()
        .expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("disk"), "{said}");
    assert_eq!(readings(&program), before);
}
