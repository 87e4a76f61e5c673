//! The door under strain: ten thousand passwords guessed within a minute while others read; then many pages and charts, of
//! which one in five is hung up on before it has come.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use reqwest::{Client, StatusCode, header, redirect::Policy};
use tokio::{sync::Semaphore, task::JoinSet, time};

use crate::{City, Program, Server, pages::PAGES, percentile, say};

const READERS: usize = 20;
const GUESSES: usize = 10_000;
/// The time over which they are spread.
const WITHIN: Duration = Duration::from_secs(50);
/// Names that are tried: most are nobody's.
const NAMES: usize = 500;
/// Requests under way of whoever strains the server.
const AT_ONCE: usize = 100;
const PASSWORD: &str = "một câu dài của phép đo";

pub async fn measure(program: &Program, city: &City, rows: u64) -> anyhow::Result<()> {
    println!("at the door, with {READERS} signed in who ask for a page every second");
    city.forget_people();
    for at in 0..READERS {
        let add = ["user", "add", &name(at), "--role", "leader", "--password-stdin"];
        program.told(&city.url, &add, PASSWORD)?;
    }
    let done = strained(program, city, rows).await;
    // Every other step asks without signing in.
    city.forget_people();
    done
}

async fn strained(program: &Program, city: &City, rows: u64) -> anyhow::Result<()> {
    let server = Arc::new(program.serve(&city.url)?);
    let mut readers = Vec::new();
    for at in 0..READERS {
        let (status, cookie) = sign_in(&client(None)?, &server, &name(at), PASSWORD).await?;
        let cookie = cookie.with_context(|| format!("{} is not let in: {status}", name(at)))?;
        readers.push(client(Some(&cookie))?);
    }
    for (_, address) in PAGES {
        asked(&readers[0], &server, address).await?;
    }
    let until = Instant::now() + WITHIN / 3;
    tell("  nobody guesses", read(&server, &readers, || Instant::now() < until).await?);
    guessed(&server, &readers).await?;
    drop(server);
    let requests = if rows < 1_000_000 { rows / 10 } else { 100_000 };
    hung_up_on(program, city, &readers[0], requests).await
}

fn name(at: usize) -> String {
    format!("reader{at}")
}

/// A client that sends a session's cookie along; over plain HTTP none would keep it.
fn client(cookie: Option<&str>) -> anyhow::Result<Client> {
    let mut headers = header::HeaderMap::new();
    if let Some(cookie) = cookie {
        headers.insert(header::COOKIE, cookie.parse()?);
    }
    Ok(Client::builder().default_headers(headers).redirect(Policy::none()).build()?)
}

/// Tries to sign in: the status, and the cookie of who is let in.
async fn sign_in(
    client: &Client,
    server: &Server,
    name: &str,
    password: &str,
) -> anyhow::Result<(StatusCode, Option<String>)> {
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("name", name), ("password", password), ("back", "/")])
        .finish();
    let request = client
        .post(format!("{}/dang-nhap", server.root))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form);
    let response = request.send().await?;
    let status = response.status();
    let set = response.headers().get(header::SET_COOKIE).and_then(|set| set.to_str().ok());
    let cookie = set.and_then(|set| set.split(';').next()).map(str::to_owned);
    response.bytes().await?;
    Ok((status, cookie.filter(|_| status == StatusCode::SEE_OTHER)))
}

/// How long a page takes of somebody who is in, and who is neither turned away nor led to the way in.
async fn asked(client: &Client, server: &Server, address: &str) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let response = client.get(format!("{}{address}", server.root)).send().await?;
    anyhow::ensure!(response.status() == StatusCode::OK, "{address}: {}", response.status());
    response.bytes().await?;
    Ok(begun.elapsed())
}

/// Each asks for one page a second, for as long as it goes on.
async fn read(
    server: &Arc<Server>,
    readers: &[Client],
    goes_on: impl Fn() -> bool,
) -> anyhow::Result<Vec<Duration>> {
    let (mut pages, mut times) = (JoinSet::new(), Vec::new());
    let mut tick = time::interval(Duration::from_secs(1) / READERS as u32);
    let mut at = 0;
    while goes_on() {
        tick.tick().await;
        let (client, server) = (readers[at % READERS].clone(), server.clone());
        let (_, address) = PAGES[(at + at / READERS) % PAGES.len()];
        pages.spawn(async move { asked(&client, &server, address).await });
        at += 1;
        while let Some(time) = pages.try_join_next() {
            times.push(time??);
        }
    }
    while let Some(time) = pages.join_next().await {
        times.push(time??);
    }
    Ok(times)
}

fn tell(what: &str, times: Vec<Duration>) {
    let slowest = times.iter().max().copied().unwrap_or_default();
    let (count, most) = (times.len(), percentile(times, 95));
    say(what, &format!("{count} pages, p95 {most:.1?}, slowest {slowest:.1?}, no error"));
}

/// Guesses passwords of many names from one address while the others read.
async fn guessed(server: &Arc<Server>, readers: &[Client]) -> anyhow::Result<()> {
    let is_done = Arc::new(AtomicBool::new(false));
    let (done, target) = (is_done.clone(), server.clone());
    let guessing = tokio::spawn(async move {
        let said = guesses(&target).await;
        done.store(true, Ordering::Relaxed);
        said
    });
    let times = read(server, readers, || !is_done.load(Ordering::Relaxed)).await?;
    let (took, said) = guessing.await??;
    tell("  while somebody guesses", times);
    let count = |status: StatusCode| said.get(&status.as_u16()).copied().unwrap_or_default();
    let looked_at = count(StatusCode::UNAUTHORIZED);
    let (wait, busy) = (count(StatusCode::TOO_MANY_REQUESTS), count(StatusCode::SERVICE_UNAVAILABLE));
    anyhow::ensure!(looked_at + wait + busy == GUESSES, "a guess was answered otherwise: {said:?}");
    say("  passwords guessed", &format!("{GUESSES} in {took:.0?}"));
    say("  looked at, told to wait, told to come again", &format!("{looked_at}, {wait}, {busy}"));
    let (status, _) = sign_in(&client(None)?, server, &name(0), PASSWORD).await?;
    anyhow::ensure!(status == StatusCode::TOO_MANY_REQUESTS, "who guessed is answered with {status}");
    Ok(())
}

/// How long they took, and how many were answered under each status.
async fn guesses(server: &Arc<Server>) -> anyhow::Result<(Duration, BTreeMap<u16, usize>)> {
    let (client, room) = (client(None)?, Arc::new(Semaphore::new(AT_ONCE)));
    let mut tick = time::interval(WITHIN / GUESSES as u32);
    let (mut guesses, mut said) = (JoinSet::new(), BTreeMap::new());
    let begun = Instant::now();
    for at in 0..GUESSES {
        tick.tick().await;
        let place = room.clone().acquire_owned().await?;
        let (client, server) = (client.clone(), server.clone());
        guesses.spawn(async move {
            let _place = place;
            sign_in(&client, &server, &name(at % NAMES), &format!("a wrong password {at}")).await
        });
    }
    while let Some(guess) = guesses.join_next().await {
        *said.entry(guess??.0.as_u16()).or_default() += 1;
    }
    Ok((begun.elapsed(), said))
}

/// Asks for many pages, charts and lists, and hangs up on one in five of them.
async fn hung_up_on(program: &Program, city: &City, reader: &Client, requests: u64) -> anyhow::Result<()> {
    let mut server = program.serve_with(&city.url, &["--metrics", "127.0.0.1:0"])?;
    let metrics = server.address()?;
    let server = Arc::new(server);
    for at in 0..KINDS {
        asked(reader, &server, &address(at)).await?;
    }
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut pages = JoinSet::new();
    let (before, mut half) = (server.memory(), 0);
    let begun = Instant::now();
    for at in 0..requests {
        let place = room.clone().acquire_owned().await?;
        let (reader, asked_of) = (reader.clone(), server.clone());
        pages.spawn(async move {
            let (_place, address) = (place, address(at));
            let asked = asked(&reader, &asked_of, &address);
            if at % 5 != 4 {
                return asked.await.map(drop);
            }
            // A request that is dropped takes its connection along.
            let _ = time::timeout(Duration::from_millis(at % 13), asked).await;
            Ok(())
        });
        while let Some(page) = pages.try_join_next() {
            page??;
        }
        if at == requests / 2 {
            half = server.memory();
        }
    }
    while let Some(page) = pages.join_next().await {
        page??;
    }
    say("pages and charts, one in five hung up on", &format!("{requests} in {:.0?}", begun.elapsed()));
    say("  memory before, at half and after, MB", &format!("{before}, {half}, {}", server.memory()));
    nothing_in_flight(&metrics).await?;
    let log = server.log();
    anyhow::ensure!(!log.contains("ERROR"), "there are errors in the log: {log}");
    say("  still in flight at the end; errors in the log", "none; none");
    Ok(())
}

/// The kinds of addresses below.
const KINDS: u64 = 6;

/// One of many addresses, so that many of the pages have to be written anew.
fn address(at: u64) -> String {
    const AGENCIES: [&str; 4] = ["271", "272", "271-01", "HN"];
    let (year, month) = (2022 + at / KINDS % 2, at / 11 % 12 + 1);
    let (period, agency) = (format!("period={year}-{month:02}"), AGENCIES[(at / 7 % 4) as usize]);
    match at % KINDS {
        0 => format!("/?{period}"),
        1 => format!("/ho-so?{period}&agency={agency}"),
        2 => format!("/bieu-do/ho-so-theo-thang.svg?{period}&agency={agency}"),
        3 => format!("/ho-so?{period}&list=late&agency={agency}"),
        4 => format!("/bieu-do/ho-so-theo-thang.png?{period}&scale=1"),
        _ => format!("/phan-anh?{period}"),
    }
}

/// Waits a little until the server answers nobody any more.
async fn nothing_in_flight(metrics: &str) -> anyhow::Result<()> {
    const GAUGE: &str = "thuocdo_http_requests_in_flight ";
    let (client, begun) = (Client::new(), Instant::now());
    loop {
        let text = client.get(metrics).send().await?.error_for_status()?.text().await?;
        let gauge = text.lines().find_map(|line| line.strip_prefix(GAUGE)).context("the gauge is there")?;
        if gauge.trim() == "0" {
            return Ok(());
        }
        anyhow::ensure!(begun.elapsed() < Duration::from_secs(10), "still in flight: {gauge}");
        time::sleep(Duration::from_millis(200)).await;
    }
}
