//! The yardsticks: other tools over the same file. One that is not installed is left out, and said to be.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use intake::{Kind, template};

use crate::{files::Files, path, say};

/// `sqlite3 .import` into a table with the same key and an index on agency and receipt.
pub fn sqlite_import(folder: &Path, files: &Files, ours: f64) -> anyhow::Result<()> {
    let columns: Vec<String> =
        template(Kind::CaseFiles).into_iter().map(|column| format!("{column} text")).collect();
    let database = folder.join("beside.db");
    let script = format!(
        "create table f ({}, primary key (case_code));\ncreate index f_by_agency on f (agency_code, received_on);\n\
         .mode csv\n.import --skip 1 {} f\n",
        columns.join(", "),
        path(&files.first)?
    );
    let begun = Instant::now();
    let Some(()) = fed("sqlite3", &[path(&database)?], &script)? else {
        say("  against sqlite3 .import", "left out: sqlite3 is not installed");
        return Ok(());
    };
    let theirs = files.rows as f64 / begun.elapsed().as_secs_f64();
    say("  against sqlite3 .import of the same file", &format!("{:.2} ({theirs:.0})", ours / theirs));
    std::fs::remove_file(database)?;
    Ok(())
}

/// PostgreSQL's `COPY`, the same indexes built after it.
pub fn postgres_copy(url: &str, files: &Files, ours: f64) -> anyhow::Result<()> {
    let columns: Vec<String> = template(Kind::CaseFiles)
        .into_iter()
        .map(|column| format!("{column} {}", if column.ends_with("_on") { "date" } else { "text" }))
        .collect();
    let script = format!(
        "create table f ({});\n\\copy f from '{}' with (format csv, header)\n\
         create unique index on f (case_code);\ncreate index on f (agency_code, received_on);\n\
         create index on f (procedure_code, received_on);\n",
        columns.join(", "),
        path(&files.first)?
    );
    let begun = Instant::now();
    let Some(()) = fed("psql", &["-q", "-v", "ON_ERROR_STOP=1", url], &script)? else {
        say("  against COPY", "left out: psql is not installed");
        return Ok(());
    };
    let theirs = files.rows as f64 / begun.elapsed().as_secs_f64();
    say("  against COPY and the same indexes after it", &format!("{:.2} ({theirs:.0})", ours / theirs));
    Ok(())
}

/// The four questions asked of the rows: by plain SQL of our own table, and by DuckDB of the same file.
pub fn four_questions(database: &Path, files: &Files) -> anyhow::Result<()> {
    let begun = Instant::now();
    match fed("sqlite3", &[path(database)?], PLAIN)? {
        Some(()) => say("  plain SQL over the rows", &format!("{:.1?}", begun.elapsed())),
        None => say("  plain SQL over the rows", "left out: sqlite3 is not installed"),
    }
    let output = Command::new("python3").args(["-c", DUCKDB, path(&files.first)?]).output();
    match output {
        Ok(output) if output.status.success() => {
            say("  DuckDB over the same rows, loaded", String::from_utf8_lossy(&output.stdout).trim());
        }
        _ => say("  DuckDB over the same rows", "left out: the Python package duckdb is not installed"),
    }
    Ok(())
}

const PLAIN: &str = "
.output /dev/null
select ended_on / 30, sum(outcome in (1, 2)), sum(outcome = 3) from case_files where outcome between 1 and 3 group by 1;
select agency_id, sum(outcome in (1, 2)), sum(outcome = 3) from case_files
  where ended_on between 19539 and 19630 and outcome between 1 and 3 group by 1;
select agency_id, ended_on / 30, sum(outcome in (1, 2)), sum(outcome = 3) from case_files
  where ended_on between 19358 and 19722 and outcome between 1 and 3 group by 1, 2;
select sum(due_on < 19737), sum(due_on between 19737 and 19744) from case_files where outcome = 0;
";

/// Loads the file, then prints the median of five times that the four answers take together.
const DUCKDB: &str = r#"
import sys, time, statistics, duckdb
db = duckdb.connect()
db.execute("create table f as select * from read_csv(?, header = true, nullstr = '')", [sys.argv[1]])
questions = [
    "select date_trunc('month', completed_on), count(*) filter (completed_on <= due_on), count(*) filter (completed_on > due_on) from f group by 1",
    "select agency_code, count(*) filter (completed_on <= due_on), count(*) filter (completed_on > due_on) from f where completed_on between '2023-07-01' and '2023-09-30' group by 1",
    "select agency_code, date_trunc('month', completed_on), count(*) filter (completed_on <= due_on), count(*) filter (completed_on > due_on) from f where completed_on between '2023-01-01' and '2023-12-31' group by 1, 2",
    "select count(*) filter (due_on < '2024-01-15'), count(*) filter (due_on between '2024-01-15' and '2024-01-22') from f where completed_on is null",
]
def once():
    begun = time.perf_counter()
    for question in questions:
        db.execute(question).fetchall()
    return time.perf_counter() - begun
print(f"{statistics.median(once() for _ in range(5)) * 1000:.0f} ms")
"#;

/// Runs a program with a script; `None` when it is not installed.
fn fed(program: &str, arguments: &[&str], script: &str) -> anyhow::Result<Option<()>> {
    let child = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
    let Ok(mut child) = child else { return Ok(None) };
    child.stdin.take().expect("a pipe").write_all(script.as_bytes())?;
    anyhow::ensure!(child.wait()?.success(), "{program} did not do what was asked");
    Ok(Some(()))
}
