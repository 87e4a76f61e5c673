//! Whatever moment the program is killed at: the figures are those before the import or those after it, the counters
//! prove right, the database is whole, and the next import works.
//!
//! `THUOCDO_KILLS=200 cargo test -p server kills -- --nocapture` kills more often and tells how it went.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};
use reqwest::{Client, header};
use sqlx::{Connection as _, SqliteConnection};

use crate::helpers::Program;

/// Kills in a run of all tests.
const KILLS: u32 = 6;

#[expect(clippy::disallowed_methods, reason = "how often a test kills is no setting of the product")]
fn kills() -> u32 {
    env::var("THUOCDO_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS)
}

/// Case files under codes from `from` on: half of the second file are the first one's, changed.
pub fn rows(from: u32, count: u32, due: &str) -> String {
    let mut text = "case_code,agency_code,field_code,received_on,due_on,completed_on\n".to_owned();
    for n in from..from + count {
        text += &format!(
            "k{n},A{},F{},2023-10-{:02},{due},2023-10-{:02}\n",
            n % 7,
            n % 3,
            1 + n % 20,
            2 + n % 25
        );
    }
    text
}

/// What the figures are made of.
pub fn readings(program: &Program) -> String {
    let (code, said) = program.run(&["readings", "--json"]);
    assert_eq!(code, 0, "{said}");
    said
}

pub async fn is_whole(program: &Program) {
    let (code, said) = program.run(&["verify"]);
    assert_eq!(code, 0, "{said}");
    let url = format!("sqlite://{}/city.db", program.folder.path().display());
    let mut connection = SqliteConnection::connect(&url).await.expect("opens");
    let says: String =
        sqlx::query_scalar("pragma integrity_check").fetch_one(&mut connection).await.expect("checks");
    assert_eq!(says, "ok");
    connection.close().await.expect("closes");
}

/// Puts the database back as it was kept.
fn put_back(folder: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(folder.join(format!("city.db{end}")));
    }
    fs::copy(folder.join("kept.db"), folder.join("city.db")).expect("copied");
}

/// A program with one file in, the readings before and after a second one, and how long that takes.
struct City {
    program: Program,
    before: String,
    after: String,
    took: Duration,
}

impl City {
    /// A moment while the second file is being imported, or a little after.
    fn moment(&self, random: &mut ChaCha8Rng) -> Duration {
        self.took.mul_f64(f64::from(random.next_u32() % 1_000) / 900.0)
    }
}

fn city() -> City {
    let program = Program::new();
    program.file("first.csv", rows(0, 1_000, "2023-10-15"));
    program.file("second.csv", rows(500, 4_000, "2023-10-12"));
    let (code, said) = program.run(&["import", "case-files", "first.csv"]);
    assert_eq!(code, 0, "{said}");
    before_and_after(program)
}

/// A program with nothing in: its first file goes in on a way of its own.
fn empty_city() -> City {
    let program = Program::new();
    program.file("second.csv", rows(0, 6_000, "2023-10-12"));
    before_and_after(program)
}

fn before_and_after(program: Program) -> City {
    let before = readings(&program);
    fs::copy(program.folder.path().join("city.db"), program.folder.path().join("kept.db")).expect("kept");
    let begun = Instant::now();
    let (code, said) = program.run(&["import", "case-files", "second.csv"]);
    let took = begun.elapsed();
    assert_eq!(code, 0, "{said}");
    let after = readings(&program);
    assert_ne!(before, after);
    City { program, before, after, took }
}

#[tokio::test]
async fn an_import_killed_at_any_moment_is_in_or_is_not() {
    is_in_or_is_not(&city()).await;
}

#[tokio::test]
async fn a_first_import_killed_at_any_moment_is_in_or_is_not() {
    is_in_or_is_not(&empty_city()).await;
}

async fn is_in_or_is_not(city: &City) {
    let City { program, before, after, .. } = city;
    let mut random = ChaCha8Rng::seed_from_u64(280);
    let mut was_in = 0;
    for kill in 0..kills() {
        put_back(program.folder.path());
        let mut import = program
            .command(&["import", "case-files", "second.csv"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("runs");
        thread::sleep(city.moment(&mut random));
        import.kill().expect("killed");
        import.wait().expect("ended");
        let now = readings(program);
        assert!(now == *before || now == *after, "kill {kill}: {now}");
        was_in += u32::from(now == *after);
        is_whole(program).await;
        let (code, said) = program.run(&["import", "case-files", "second.csv"]);
        assert_eq!(
            (code, readings(program)),
            (0, after.clone()),
            "kill {kill}: the next import works: {said}"
        );
    }
    println!("{} kills of the command: {} before, {was_in} after", kills(), kills() - was_in);
}

/// The server, and where it answers.
pub fn serve(program: &Program) -> (Child, String) {
    let mut server = program
        .command(&["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("runs");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("a pipe")).read_line(&mut line).expect("says where");
    let root = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
    (server, root.to_owned())
}

/// Waits until a file handed in is in.
async fn is_in(client: &Client, root: &str, id: &str) {
    for _ in 0..600 {
        let page = client.get(format!("{root}/du-lieu?upload={id}")).send().await.expect("answers");
        if page.text().await.expect("a page").contains("Đã nhập xong.") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import does not end");
}

#[tokio::test]
async fn a_server_killed_at_any_moment_of_an_import_ends_it_at_its_next_start() {
    let city = city();
    let City { program, before, after, .. } = &city;
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let mut random = ChaCha8Rng::seed_from_u64(281);
    let mut was_in = 0;
    let kills = kills().div_ceil(2);
    for kill in 0..kills {
        put_back(program.folder.path());
        let (mut server, root) = serve(program);
        let rows = rows(500, 4_000, "2023-10-12");
        let form = format!(
            "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.csv\"\r\n\r\n{rows}\r\n--part--\r\n"
        );
        let sent = client
            .post(format!("{root}/du-lieu/tep"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
            .body(form)
            .send()
            .await
            .expect("answers");
        let to = sent.headers()[header::LOCATION].to_str().expect("an address").to_owned();
        let id = to.rsplit('=').next().expect("a number").to_owned();
        let started = client
            .post(format!("{root}/du-lieu/tep/{id}/nhap"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body("reading=case-files")
            .send()
            .await
            .expect("answers");
        assert!(started.status().is_redirection(), "{}", started.status());
        tokio::time::sleep(city.moment(&mut random)).await;
        server.kill().expect("killed");
        server.wait().expect("ended");
        let now = readings(program);
        assert!(now == *before || now == *after, "kill {kill}: {now}");
        was_in += u32::from(now == *after);
        is_whole(program).await;
        let (mut server, root) = serve(program);
        is_in(&client, &root, &id).await;
        server.kill().expect("killed");
        server.wait().expect("ended");
        assert_eq!(&readings(program), after, "kill {kill}");
        is_whole(program).await;
    }
    println!("{kills} kills of the server: {} before, {was_in} after", kills - was_in);
}
