//! Two hundred readers on the same machine, while nothing happens and during an import; and one file changed by another
//! system, until the page says so.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::Client;
use serde_json::Value;
use tokio::{task::JoinSet, time};

use crate::{
    City, Program, Server,
    files::Files,
    median,
    pages::{self, PAGES},
    percentile, say,
};

const READERS: usize = 200;
const EVERY: Duration = Duration::from_secs(5);
/// What one round of them takes when nothing else is going on.
const QUIET: Duration = Duration::from_secs(20);

pub async fn measure(program: &Program, city: &City, files: &Files) -> anyhow::Result<()> {
    let token = program.output(&city.url, &["token", "give", "bench"])?.trim().to_owned();
    let server = Arc::new(program.serve(&city.url)?);
    let client = Client::new();
    for (_, address) in PAGES {
        pages::ask(&client, &server, address).await?;
    }
    let until = Instant::now() + QUIET;
    tell("  nothing else going on", read(&server, || Instant::now() < until).await?);
    say("  memory of the server so far, MB", &server.peak().to_string());

    let status = push(&client, &server, &token, &files.second).await?;
    let done = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (is_done, watched) = (done.clone(), (client.clone(), server.clone(), token.clone()));
    let watch = tokio::spawn(async move {
        let (client, server, token) = watched;
        let ended = is_in(&client, &server, &token, &status, Duration::from_millis(200)).await;
        is_done.store(true, std::sync::atomic::Ordering::Relaxed);
        ended
    });
    let begun = Instant::now();
    let times = read(&server, || !done.load(std::sync::atomic::Ordering::Relaxed)).await?;
    watch.await??;
    tell("  during the import of the second file", times);
    let pace = files.second_rows as f64 / begun.elapsed().as_secs_f64();
    say("  which took in, rows a second", &format!("{pace:.0}"));
    say("  memory of the server with it, MB", &server.peak().to_string());
    one_file(&client, &server, &token, &files.ones).await
}

fn tell(what: &str, times: Vec<Duration>) {
    let count = times.len();
    let median = percentile(times.clone(), 50);
    say(what, &format!("{count} pages, median {median:.1?}, p95 {:.1?}, no error", percentile(times, 95)));
}

/// Everybody asks for one page after the other for as long as it goes on.
async fn read(server: &Arc<Server>, goes_on: impl Fn() -> bool) -> anyhow::Result<Vec<Duration>> {
    let mut asked = JoinSet::new();
    let mut times = Vec::new();
    let clients: Vec<Client> = (0..READERS).map(|_| Client::new()).collect();
    // Spread over the time between two pages of one reader.
    let mut tick = time::interval(EVERY / READERS as u32);
    let mut at = 0;
    while goes_on() {
        tick.tick().await;
        let (client, server) = (clients[at % READERS].clone(), server.clone());
        let (_, address) = PAGES[(at + at / READERS) % PAGES.len()];
        asked.spawn(async move { pages::ask(&client, &server, address).await });
        at += 1;
        while let Some(time) = asked.try_join_next() {
            times.push(time??);
        }
    }
    while let Some(time) = asked.join_next().await {
        times.push(time??);
    }
    Ok(times)
}

async fn push(client: &Client, server: &Server, token: &str, file: &Path) -> anyhow::Result<String> {
    let request = client.post(format!("{}/api/v1/import/case-files", server.root)).bearer_auth(token);
    let request = request.header("content-type", "text/csv").body(tokio::fs::read(file).await?);
    let answer: Value = serde_json::from_str(&request.send().await?.error_for_status()?.text().await?)?;
    Ok(answer["status"].as_str().unwrap_or_default().to_owned())
}

async fn is_in(
    client: &Client,
    server: &Server,
    token: &str,
    status: &str,
    pause: Duration,
) -> anyhow::Result<()> {
    loop {
        let asked = client.get(format!("{}{status}", server.root)).bearer_auth(token).send().await?;
        let answer: Value = serde_json::from_str(&asked.error_for_status()?.text().await?)?;
        match answer["state"].as_str() {
            Some("done") => return Ok(()),
            Some("failed") => anyhow::bail!("the import failed: {answer}"),
            _ => time::sleep(pause).await,
        }
    }
}

/// From the moment another system sends one changed file until the page has been read that counts it.
async fn one_file(client: &Client, server: &Server, token: &str, files: &[PathBuf]) -> anyhow::Result<()> {
    let (mut stored, mut overview, mut case_files) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        for address in ["/?period=2023", "/ho-so?period=2022"] {
            pages::ask(client, server, address).await?;
        }
        let begun = Instant::now();
        let status = push(client, server, token, file).await?;
        is_in(client, server, token, &status, Duration::from_millis(1)).await?;
        stored.push(begun.elapsed());
        pages::ask(client, server, "/?period=2023").await?;
        overview.push(begun.elapsed());
        case_files.push(pages::ask(client, server, "/ho-so?period=2022").await?);
    }
    let told = |times: Vec<Duration>| {
        let slowest = times.iter().max().copied().unwrap_or_default();
        format!("median {:.1?}, slowest {slowest:.1?}", median(times))
    };
    say("one file pushed, stored", &told(stored));
    say("  to the overview that counts it", &told(overview));
    say("  and the case-file page of the year before after it", &told(case_files));
    Ok(())
}
