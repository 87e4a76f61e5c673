//! The database copied away while it is worked on, and put back: of one moment, whole, or refused with nothing changed.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use store::testing::Cluster;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    helpers::{Program, TODAY},
    kills::{is_whole, readings, rows, serve},
};

fn city() -> Program {
    let program = Program::new();
    program.file("first.csv", rows(0, 1_000, "2023-10-15"));
    program.file("second.csv", rows(500, 30_000, "2023-10-12"));
    succeeds(&program, &["import", "case-files", "first.csv"]);
    program
}

fn succeeds(program: &Program, arguments: &[&str]) -> String {
    let (code, said) = program.run(arguments);
    assert_eq!(code, 0, "{arguments:?}: {said}");
    said
}

/// What is said in both languages when it is refused.
fn refused(program: &Program, arguments: &[&str]) -> String {
    let (code, said) = program.run(arguments);
    assert_eq!(code, 1, "{arguments:?}: {said}");
    assert!(said.contains(" / "), "in both languages: {said}");
    said
}

/// A program in a folder of its own, with a backup put into its empty place.
fn restored(program: &Program, backup: &str) -> Program {
    let other = Program::new();
    let backup = program.folder.path().join(backup);
    succeeds(&other, &["restore", backup.to_str().expect("a path")]);
    other
}

fn names(program: &Program) -> Vec<String> {
    let folder = fs::read_dir(program.folder.path()).expect("a folder");
    let mut names: Vec<_> =
        folder.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_backup_taken_while_an_import_is_written_is_of_one_moment() {
    let program = city();
    let before = readings(&program);
    let mut import = program
        .command(&["import", "case-files", "second.csv"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("runs");
    let mut meanwhile = Vec::new();
    while import.try_wait().expect("a child").is_none() {
        let name = format!("backup-{}.zip", meanwhile.len());
        succeeds(&program, &["backup", &name]);
        meanwhile.push(name);
    }
    succeeds(&program, &["backup", "after.zip"]);
    let after = readings(&program);
    assert_ne!(before, after);
    assert!(meanwhile.len() >= 2, "none was taken during the import");
    for name in &meanwhile {
        let other = restored(&program, name);
        let now = readings(&other);
        assert!(now == before || now == after, "{name}: {now}");
        is_whole(&other).await;
    }
    let first = restored(&program, &meanwhile[0]);
    assert_eq!(readings(&first), before, "what is not committed is not in it");
    // What was put back can be worked with.
    fs::copy(program.folder.path().join("second.csv"), first.folder.path().join("second.csv"))
        .expect("copied");
    succeeds(&first, &["import", "case-files", "second.csv"]);
    assert_eq!(readings(&first), after);
    assert_eq!(readings(&restored(&program, "after.zip")), after);
    is_whole(&program).await;
}

#[test]
fn a_backup_says_what_is_in_it_and_a_script_can_read_that() {
    let program = city();
    let said = succeeds(&program, &["backup", "a.zip", "--json"]);
    let said: Value = serde_json::from_str(said.trim()).expect("one line of JSON");
    assert_eq!(said["file"], "a.zip");
    assert_eq!(said["bytes"], fs::metadata(program.folder.path().join("a.zip")).expect("there").len());
    let manifest = &said["manifest"];
    assert_eq!((&manifest["product"], &manifest["engine"]), (&"thuocdo".into(), &"sqlite".into()));
    assert_eq!(manifest["parts"].as_array().expect("parts").len(), 1, "a part that is absent is left out");
    let mut zip = zip(&program, "a.zip");
    let mut text = String::new();
    zip.by_name("manifest.json").expect("there").read_to_string(&mut text).expect("reads");
    assert_eq!(&serde_json::from_str::<Value>(&text).expect("JSON"), manifest);
    let part = &manifest["parts"][0];
    let mut main = Vec::new();
    zip.by_name("main.db").expect("there").read_to_end(&mut main).expect("reads");
    assert_eq!(part["bytes"], main.len());
    assert!(!part["migrations"].as_array().expect("editions").is_empty());
    let leftovers: Vec<_> = names(&program).into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(leftovers, Vec::<String>::new());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(program.folder.path().join("a.zip")).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else may read it");
    }
}

fn zip(program: &Program, name: &str) -> ZipArchive<fs::File> {
    ZipArchive::new(fs::File::open(program.folder.path().join(name)).expect("a file")).expect("a ZIP")
}

/// The same backup with its manifest changed.
fn changed(program: &Program, from: &str, to: &str, change: impl FnOnce(&mut Value)) {
    let mut source = zip(program, from);
    let mut target = ZipWriter::new(fs::File::create(program.folder.path().join(to)).expect("a file"));
    let mut change = Some(change);
    for index in 0..source.len() {
        let mut part = source.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("reads");
        if name == "manifest.json" {
            let mut manifest: Value = serde_json::from_slice(&bytes).expect("JSON");
            change.take().expect("one manifest")(&mut manifest);
            bytes = serde_json::to_vec(&manifest).expect("JSON");
        }
        target.start_file(name, SimpleFileOptions::default()).expect("begins");
        target.write_all(&bytes).expect("writes");
    }
    target.finish().expect("ends");
}

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

/// The program against a PostgreSQL database.
fn over(program: &Program, url: &str, arguments: &[&str]) -> (i32, String) {
    let output = program.command(arguments).env("DATABASE_URL", url).output().expect("runs");
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap_or(-1), said)
}

#[tokio::test]
async fn a_postgresql_is_backed_up_during_an_import_and_put_back_whole_or_not_at_all() {
    let cluster = Cluster::start();
    let (url, other) = (cluster.database("city"), cluster.database("other"));
    let program = Program::new();
    program.file("first.csv", rows(0, 1_000, "2023-10-15"));
    program.file("second.csv", rows(500, 8_000, "2023-10-12"));
    let done = |url: &str, arguments: &[&str]| {
        let (code, said) = over(&program, url, arguments);
        assert_eq!(code, 0, "{arguments:?}: {said}");
        said
    };
    done(&url, &["import", "case-files", "first.csv"]);
    let before = done(&url, &["readings", "--json"]);
    let mut import = program
        .command(&["import", "case-files", "second.csv"])
        .env("DATABASE_URL", &url)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("runs");
    done(&url, &["backup", "during.zip"]);
    assert!(import.wait().expect("ends").success());
    let after = done(&url, &["readings", "--json"]);
    done(&other, &["restore", "during.zip"]);
    let now = done(&other, &["readings", "--json"]);
    assert!(now == before || now == after, "{now}");
    done(&other, &["verify"]);

    done(&url, &["backup", "after.zip"]);
    let (code, said) = over(&program, &other, &["restore", "after.zip"]);
    assert!(code == 1 && said.contains("--replace"), "{said}");
    // A file that pg_restore does not understand, under sums that are right.
    let bytes = b"no archive".to_vec();
    use sha2::Digest as _;
    let sum = hex::encode(sha2::Sha256::digest(&bytes));
    let mut manifest: Value = {
        let mut text = String::new();
        zip(&program, "after.zip")
            .by_name("manifest.json")
            .expect("there")
            .read_to_string(&mut text)
            .expect("reads");
        serde_json::from_str(&text).expect("JSON")
    };
    manifest["parts"][0]["sha256"] = sum.into();
    manifest["parts"][0]["bytes"] = bytes.len().into();
    let mut bad = ZipWriter::new(fs::File::create(program.folder.path().join("bad.zip")).expect("a file"));
    for (name, content) in [("main.pgdump", bytes), ("manifest.json", manifest.to_string().into_bytes())] {
        bad.start_file(name, SimpleFileOptions::default()).expect("begins");
        bad.write_all(&content).expect("writes");
    }
    bad.finish().expect("ends");
    let (code, said) = over(&program, &other, &["restore", "bad.zip", "--replace"]);
    assert!(code == 1 && said.contains("nothing was changed"), "{said}");
    assert_eq!(done(&other, &["readings", "--json"]), now);
    // Somebody is connected.
    let mut somebody = <sqlx::PgConnection as sqlx::Connection>::connect(&other).await.expect("connects");
    let (code, said) = over(&program, &other, &["restore", "after.zip", "--replace"]);
    assert!(code == 1 && said.contains("another program has the database open"), "{said}");
    sqlx::query("select 1").execute(&mut somebody).await.expect("is connected still");
    sqlx::Connection::close(somebody).await.expect("closes");
    wait_until_alone(&other).await;
    done(&other, &["restore", "after.zip", "--replace"]);
    assert_eq!(done(&other, &["readings", "--json"]), after);
    done(&other, &["verify"]);
    // The other kind of database.
    let (code, said) = over(&program, "sqlite://new.db", &["restore", "after.zip"]);
    assert!(code == 1 && said.contains("PostgreSQL"), "{said}");
    // PostgreSQL's programs are not installed, and a password is nobody's business.
    let output = program
        .command(&["backup", "none.zip"])
        .env("DATABASE_URL", url.replace("thuocdo@", "thuocdo:s3cret@"))
        .env("PATH", PathBuf::from("/nonexistent"))
        .output()
        .expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("postgresql-client") && said.contains("pg_dump"), "{said}");
    assert!(!said.contains("s3cret"), "{said}");
}

/// PostgreSQL notices a little later that somebody hung up.
async fn wait_until_alone(url: &str) {
    let begun = Instant::now();
    let mut schema = store::Schema::open(url).await.expect("connects");
    while schema.is_in_use().await.expect("answers") {
        assert!(begun.elapsed() < Duration::from_secs(10), "somebody stays connected");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    schema.close().await;
}
