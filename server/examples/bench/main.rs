//! `make bench`: what the product promises, measured on invented data beside the yardsticks of the same run.
//!
//! The product is measured as it ships: the release binary imports, serves and undoes in processes of its own. `ROWS` is
//! the number of case files (default 1 000 000), `FOLDER` a place where its files and databases stay, to look into them: `STEP=pages`
//! asks them again without importing, `STEP=door` measures the door alone. Figures depend on the machine; ratios made in one run do not, or not much.

mod beside;
mod city;
mod door;
mod files;
mod handed_out;
mod pages;
mod program;
mod readers;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use store::{Store, testing::Cluster};
use thuocdo::{agency::Scope, filter::Filter, period::Window};

use self::{
    city::City,
    files::Files,
    program::{Program, Server},
};

const FEW: u64 = 10_000;
/// What a run leaves on the disk at its fullest: the files, three databases with their logs, sorts on the way.
const BYTES_A_ROW: u64 = 3_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let temporary = tempfile::tempdir()?;
    let kept = std::env::args().nth(2).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let folder = kept.as_deref().unwrap_or(temporary.path());
    std::fs::create_dir_all(folder)?;
    has_room(folder, rows)?;
    println!("{rows} case files against {FEW}");
    let program = Program::beside_this_one()?;
    let few = Files::write(folder, FEW)?;
    let many = Files::write(folder, rows)?;

    let step = std::env::args().nth(3).unwrap_or_default();
    if step == "door" {
        return door::measure(&program, &City::in_place(folder, &many), rows).await;
    }
    let (small, city) = if step == "pages" {
        (City::in_place(folder, &few), City::in_place(folder, &many))
    } else {
        println!("import");
        let small = City::new(&program, folder, &few).await?;
        let city = City::new(&program, folder, &many).await?;
        say("  into an empty SQLite, rows a second", &format!("{:.0}", city.pace));
        say("  memory of it at its highest, MB", &city.peak.to_string());
        beside::sqlite_import(folder, &many, city.pace)?;
        second_file(&program, &city, &many)?;
        postgres(&program, &many).await?;
        (small, city)
    };

    println!("pages over a socket, warm, median; against the small one at most 1.5, or 2 ms more");
    pages::warm(&program, &small, &city).await?;
    pages::narrowed(&program, &city).await?;
    println!("the same asked for the first time after an import: nothing is cached");
    pages::cold(&program, &small, &city).await?;
    println!("many readers, each asking for a page every 5 s");
    readers::measure(&program, &city, &many).await?;

    println!("four questions: months, agencies in a quarter, agency × month, open and due soon");
    let store = Store::open(&city.url).await?;
    let ours = four_questions(&store).await?;
    say("  from the counters, nothing cached", &format!("{ours:?}"));
    beside::four_questions(&city.path, &many)?;
    store.close().await;
    handed_out::measure(&program, &city, folder).await?;
    door::measure(&program, &city, rows).await
}

fn say(what: &str, figure: &str) {
    println!("{what:<52} {figure}");
}

fn has_room(folder: &Path, rows: u64) -> anyhow::Result<()> {
    let disk = rustix::fs::statvfs(folder)?;
    let (free, needed) = (disk.f_bavail * disk.f_frsize, rows * BYTES_A_ROW);
    anyhow::ensure!(
        free > needed,
        "{} has {} MB left, and {rows} case files need {} MB: set TMPDIR to a larger disk, or ROWS to fewer rows",
        folder.display(),
        free >> 20,
        needed >> 20
    );
    Ok(())
}

/// A second file: half of its rows change what is there. Then it is undone, and every figure has to be as before.
fn second_file(program: &Program, city: &City, files: &Files) -> anyhow::Result<()> {
    let before = program.output(&city.url, &["readings", "--json", "--period", "2023"])?;
    let import = |what: &str, file: &Path| -> anyhow::Result<()> {
        let ran = program.timed(&city.url, &["import", "case-files", path(file)?, "--json"])?;
        let pace = files.second_rows as f64 / ran.took.as_secs_f64();
        say(what, &format!("{pace:.0}, {:.2} of that, {} MB", pace / city.pace, ran.peak));
        Ok(())
    };
    let undo = |batch: i64| -> anyhow::Result<()> {
        let ran = program.timed(&city.url, &["undo", "--json", &batch.to_string()])?;
        say("  undoing it", &format!("{:.1?}, {} MB", ran.took, ran.peak));
        let after = program.output(&city.url, &["readings", "--json", "--period", "2023"])?;
        anyhow::ensure!(before == after, "the figures after undoing are not those before the import");
        Ok(())
    };
    import("  what comes next, half updates, rows a second", &files.second)?;
    undo(city.next_batch)?;
    import("  the same scattered over all years, rows a second", &files.scattered)?;
    undo(city.next_batch + 1)?;
    let ran = program.timed(&city.url, &["verify"])?;
    say("  recounting everything: no difference", &format!("{:.1?}, {} MB", ran.took, ran.peak));
    Ok(())
}

async fn postgres(program: &Program, files: &Files) -> anyhow::Result<()> {
    let cluster = Cluster::start();
    let (ours, theirs) = (cluster.database("ours"), cluster.database("theirs"));
    let pace = City::at(program, &ours, files).await?;
    say("  into an empty PostgreSQL, rows a second", &format!("{:.0}", pace.pace));
    beside::postgres_copy(&theirs, files, pace.pace)
}

async fn four_questions(store: &Store) -> anyhow::Result<Duration> {
    let (scope, filter) = (Scope::All, Filter::default());
    let month = |month: u32| -> anyhow::Result<Window> {
        let first: chrono::NaiveDate = format!("2023-{month:02}-01").parse()?;
        let last = first + chrono::Months::new(1) - chrono::Days::new(1);
        Ok(Window { from: Some(first), last })
    };
    let months: Vec<Window> = (1..=12).map(month).collect::<anyhow::Result<_>>()?;
    let quarter = Window { from: "2023-07-01".parse().ok(), last: "2023-09-30".parse()? };
    let year = Window { from: "2023-01-01".parse().ok(), last: "2023-12-31".parse()? };
    let mut times = Vec::new();
    for _ in 0..9 {
        let begun = Instant::now();
        // The months, and what is open and due soon: the days hold both.
        store.case_file_days(&scope, &filter).await?;
        store.agency_reads(&scope, &filter, quarter, &[]).await?;
        store.agency_reads(&scope, &filter, year, &months).await?;
        times.push(begun.elapsed());
    }
    Ok(median(times))
}

fn path(path: &Path) -> anyhow::Result<&str> {
    path.to_str().context("a path in UTF-8")
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The time that so many percent stay below.
fn percentile(mut times: Vec<Duration>, percent: usize) -> Duration {
    times.sort_unstable();
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// The mean time of something done often.
fn each(times: u32, mut something: impl FnMut()) -> Duration {
    let begun = Instant::now();
    for _ in 0..times {
        something();
    }
    begun.elapsed() / times
}
