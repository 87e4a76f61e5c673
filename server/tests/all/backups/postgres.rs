//! The same with PostgreSQL, by its own programs.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::Value;
use sha2::Digest as _;
use store::testing::Cluster;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::zip;
use crate::{helpers::Program, kills::rows};

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
