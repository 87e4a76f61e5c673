//! `make bench`: what the product promises, measured on invented data. Prints one line for each promise.
//!
//! `ROWS` is the number of case files (default 1 000 000). Figures depend on the machine; ratios made in one run do not,
//! or not much.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use app::context::Context;
use chrono::NaiveDate;
use intake::{Kind, Reader, take_in, template};
use reqwest::Client;
use server::{commands::demo, export, seed};
use store::Store;
use thuocdo::{
    charts::{Theme, picture, svg},
    counts::Given,
    filter::Filter,
    period::Window,
};
use tokio::{net::TcpListener, task::JoinHandle};

const FEW: u64 = 10_000;

/// Every page, and those that ask most.
const PAGES: [(&str, &str); 12] = [
    ("overview", "/?period=2023"),
    ("overview of a district", "/?period=2023&agency=271"),
    ("case files", "/ho-so?period=2023"),
    ("case files of a quarter", "/ho-so?period=2023-Q3"),
    ("case files of a district", "/ho-so?period=2023&agency=271"),
    ("case files of a field", "/ho-so?period=2023&field=TNMT"),
    ("communes, case files", "/ho-so?period=2023&level=commune"),
    ("a list of late files", "/ho-so?period=2023&list=late"),
    ("petitions", "/phan-anh?period=2023"),
    ("dialogues", "/doi-thoai?period=2023"),
    ("indexes", "/chi-so?period=2023"),
    ("search", "/tim-kiem?q=ung%20hoa"),
];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir()?;
    println!("{rows} case files against {FEW}");

    let (few, few_took) = city(folder.path(), FEW).await?;
    let (many, many_took) = city(folder.path(), rows).await?;
    let a_second = rows as f64 / many_took.as_secs_f64();
    say("import, counted and indexed, rows a second", &format!("{a_second:.0}"));
    say("  the same for the small one", &format!("{:.0}", FEW as f64 / few_took.as_secs_f64()));
    say("memory at its highest, MB", &format!("{}", peak_memory() / 1_024));
    sqlite_import(folder.path(), rows, a_second)?;

    println!("pages over a socket, warm, median; against the small one at most 1.5, or 2 ms more");
    for (name, address) in PAGES {
        let (small, large) = (warm(&few, address).await?, warm(&many, address).await?);
        say(&format!("  {name}"), &format!("{large:?}, {}", ratio(large, small)));
    }
    println!("the same asked for the first time after an import: nothing is cached");
    for (name, address) in PAGES {
        let (small, large) = (cold(&few, address).await?, cold(&many, address).await?);
        say(&format!("  {name}"), &format!("{large:?}, {}", ratio(large, small)));
    }

    let context = Context::new(many, clock());
    let scope = thuocdo::agency::Scope::All;
    let begun = Instant::now();
    context.store.case_file_days(&scope, &Filter::default()).await?;
    say("months and what is due soon, from the counters", &format!("{:?}", begun.elapsed()));
    let begun = Instant::now();
    let window = Window { from: "2023-07-01".parse().ok(), last: "2023-09-30".parse()? };
    context.store.agency_reads(&scope, &Filter::default(), window, &[]).await?;
    say("agencies in a quarter, from the counters", &format!("{:?}", begun.elapsed()));

    let address = app::context::address("?period=2023").map_err(|error| anyhow::anyhow!("{error}"))?;
    let chart = context
        .chart(&scope, app::links::ChartName::Months, &address)
        .await
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let size = chart.fit(850);
    say("one chart as SVG", &format!("{:?}", each(1_000, || drop(svg(&chart, size)))));
    let drawn = picture(&chart, size, Theme::Light);
    say("one chart as PNG, 1 700 px", &format!("{:?}", each(20, || drop(export::png::render(&drawn, 2)))));
    Ok(())
}

fn say(what: &str, figure: &str) {
    println!("{what:<52} {figure}");
}

fn ratio(many: Duration, few: Duration) -> String {
    format!("{:.2} ({few:?})", many.as_secs_f64() / few.as_secs_f64())
}

fn clock() -> app::context::Clock {
    let day = "2024-01-15".parse().expect("a date");
    Arc::new(move || day)
}

async fn open(folder: &Path, rows: u64) -> anyhow::Result<Store> {
    Ok(Store::open(&format!("sqlite://{}/{rows}.db", folder.display())).await?)
}

/// An invented city over a database of its own, its case files imported from a file, and how long that took.
async fn city(folder: &Path, rows: u64) -> anyhow::Result<(Store, Duration)> {
    let store = open(folder, rows).await?;
    let today = clock()();
    seed::plant(&store, today).await?;
    demo::fill(&store, 0, today).await?;
    let file = case_files(folder, rows)?;
    let begun = Instant::now();
    let reader = Reader::open(&file, Kind::CaseFiles, None, today)?;
    let import = store.import(Kind::CaseFiles.as_str(), "case-files.csv", today).await?;
    take_in(import, reader, false, |_| Ok(())).await?;
    Ok((store, begun.elapsed()))
}

/// A file of invented case files, with every column.
fn case_files(folder: &Path, rows: u64) -> anyhow::Result<PathBuf> {
    let file = folder.join(format!("{rows}.csv"));
    let mut writer = csv::Writer::from_path(&file)?;
    writer.write_record(template(Kind::CaseFiles))?;
    for row in server::demo::case_files(rows) {
        let text = |given: &Given<String>| given.value().cloned().unwrap_or_default();
        let day = |given: &Given<NaiveDate>| given.value().map(ToString::to_string).unwrap_or_default();
        let channel = row.channel.value().map_or("", |channel| channel.as_str());
        let status = row.status.value().map_or(String::new(), |status| status.code().to_string());
        let reschedules = row.reschedules.value().map_or(String::new(), ToString::to_string);
        writer.write_record([
            row.case_code.clone(),
            row.agency_code.clone(),
            text(&row.field_code),
            text(&row.procedure_code),
            channel.to_owned(),
            row.received_on.to_string(),
            day(&row.due_on),
            day(&row.original_due_on),
            day(&row.completed_on),
            day(&row.returned_on),
            status,
            day(&row.status_on),
            day(&row.paused_on),
            day(&row.resumed_on),
            day(&row.apology_on),
            reschedules,
        ])?;
    }
    writer.flush()?;
    Ok(file)
}

/// A server over a store, its caches empty, and the reader of its pages: a real socket, so that what a reader waits
/// for is measured.
struct Served {
    client: Client,
    root: String,
    server: JoinHandle<std::io::Result<()>>,
}

impl Served {
    async fn fresh(store: &Store) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let root = format!("http://{}", listener.local_addr()?);
        let context = Context::new(store.clone(), clock());
        let server = tokio::spawn(server::serve(listener, context, std::future::pending()));
        Ok(Self { client: Client::new(), root, server })
    }

    /// How long a page takes, from asking to its last byte.
    async fn ask(&self, address: &str) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let response = self.client.get(format!("{}{address}", self.root)).send().await?.error_for_status()?;
        response.bytes().await?;
        Ok(begun.elapsed())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// The median time of a page after the first.
async fn warm(store: &Store, address: &str) -> anyhow::Result<Duration> {
    let served = Served::fresh(store).await?;
    served.ask(address).await?;
    let mut times = Vec::new();
    for _ in 0..40 {
        times.push(served.ask(address).await?);
    }
    Ok(median(times))
}

/// The median time of a page whose answer no cache holds.
async fn cold(store: &Store, address: &str) -> anyhow::Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..3 {
        times.push(Served::fresh(store).await?.ask(address).await?);
    }
    Ok(median(times))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The mean time of something done often.
fn each(times: u32, mut something: impl FnMut()) -> Duration {
    let begun = Instant::now();
    for _ in 0..times {
        something();
    }
    begun.elapsed() / times
}

/// The most memory this process ever had, in kB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(0)
}

/// How `sqlite3 .import` fares with the same file, into a table with the same key and an index on agency and receipt:
/// what our import is measured against.
fn sqlite_import(folder: &Path, rows: u64, ours: f64) -> anyhow::Result<()> {
    let columns: Vec<String> =
        template(Kind::CaseFiles).into_iter().map(|column| format!("{column} text")).collect();
    let script = format!(
        "create table f ({}, primary key (case_code));\ncreate index f_by_agency on f (agency_code, received_on);\n\
         .mode csv\n.import --skip 1 {} f\n",
        columns.join(", "),
        folder.join(format!("{rows}.csv")).display()
    );
    let begun = Instant::now();
    let child = Command::new("sqlite3")
        .arg(folder.join("beside.db"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        say("  against sqlite3 .import", "left out: sqlite3 is not installed");
        return Ok(());
    };
    child.stdin.take().expect("a pipe").write_all(script.as_bytes())?;
    anyhow::ensure!(child.wait()?.success(), "sqlite3 did not take the file");
    let theirs = rows as f64 / begun.elapsed().as_secs_f64();
    say("  against sqlite3 .import of the same file", &format!("{:.2} ({theirs:.0})", ours / theirs));
    Ok(())
}
