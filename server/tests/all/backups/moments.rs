//! What is in a backup is of one moment, and comes back as it was.

use std::{
    fs,
    io::{Read as _, Write as _},
    process::Stdio,
};

use serde_json::Value;
use sha2::Digest as _;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{city, names, refused, restored, succeeds, zip};
use crate::{
    helpers::Program,
    kills::{is_whole, readings},
};

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
    assert_eq!(manifest["parts"].as_array().expect("parts").len(), 2, "the data, and the people beside them");
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

async fn beside(program: &Program, sql: &'static str) -> Vec<String> {
    let path = program.folder.path().join("city.people.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection = sqlx::ConnectOptions::connect(&options).await.expect("opens");
    let said = sqlx::query_scalar(sql).fetch_all(&mut connection).await.expect("runs");
    sqlx::Connection::close(connection).await.expect("closes");
    said
}

#[tokio::test]
async fn a_database_of_several_files_is_put_back_whole_or_not_at_all() {
    let program = city();
    let names = "select name from guests order by name";
    beside(&program, "create table guests (name text)").await;
    beside(&program, "insert into guests values ('An')").await;
    let before = readings(&program);
    succeeds(&program, &["backup", "both.zip"]);
    beside(&program, "insert into guests values ('Bình')").await;
    succeeds(&program, &["import", "case-files", "second.csv"]);
    let after = readings(&program);
    // Its second file is no database, under a sum that is right.
    let garbage = vec![b'x'; 8_192];
    let mut source = zip(&program, "both.zip");
    let mut bad = ZipWriter::new(fs::File::create(program.folder.path().join("bad.zip")).expect("a file"));
    for index in 0..source.len() {
        let mut part = source.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("reads");
        if name == "people.db" {
            bytes.clone_from(&garbage);
        } else if name == "manifest.json" {
            let mut manifest: Value = serde_json::from_slice(&bytes).expect("JSON");
            assert_eq!(manifest["parts"][1]["name"], "people");
            manifest["parts"][1]["sha256"] = hex::encode(sha2::Sha256::digest(&garbage)).into();
            manifest["parts"][1]["bytes"] = garbage.len().into();
            bytes = serde_json::to_vec(&manifest).expect("JSON");
        }
        bad.start_file(name, SimpleFileOptions::default()).expect("begins");
        bad.write_all(&bytes).expect("writes");
    }
    bad.finish().expect("ends");
    let said = refused(&program, &["restore", "bad.zip", "--replace"]);
    assert!(said.contains("damaged"), "{said}");
    assert_eq!((readings(&program), beside(&program, names).await.len()), (after, 2));
    succeeds(&program, &["restore", "both.zip", "--replace"]);
    assert_eq!((readings(&program), beside(&program, names).await), (before, vec!["An".to_owned()]));
    // A backup from before there were people leaves them.
    fs::rename(program.folder.path().join("city.people.db"), program.folder.path().join("kept"))
        .expect("moved");
    succeeds(&program, &["backup", "main.zip"]);
    fs::rename(program.folder.path().join("kept"), program.folder.path().join("city.people.db"))
        .expect("moved");
    succeeds(&program, &["restore", "main.zip", "--replace"]);
    assert_eq!(beside(&program, names).await, ["An"]);
}
