//! The program while it serves, as those who run it meet it: its addresses, its log, its signals.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use reqwest::{Client, header, redirect::Policy};

use crate::helpers::Program;

/// A running server; killed when the test is over.
pub struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    /// `http://127.0.0.1:PORT`.
    pub root: String,
}

impl Served {
    /// Starts it with more arguments, and these environment variables; its log goes into `log.txt`.
    pub fn start(program: &Program, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let log = File::create(program.folder.path().join("log.txt")).expect("a file");
        let mut child = program
            .command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat())
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("runs");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut served = Self { child, out, root: String::new() };
        served.root = served.address();
        served
    }

    /// The address in the next line it says.
    pub fn address(&mut self) -> String {
        let line = self.line();
        let root = line.split_whitespace().find(|word| word.starts_with("http://"));
        root.unwrap_or_else(|| panic!("an address: {line}")).trim_end_matches('/').to_owned()
    }

    /// The next line it says, but for the link of the first administrator.
    pub fn line(&mut self) -> String {
        loop {
            let mut line = String::new();
            self.out.read_line(&mut line).expect("says something");
            if !line.starts_with("Chưa ai có tài khoản") && !line.contains("/dang-nhap/lien-ket") {
                return line;
            }
        }
    }

    /// A connection to it.
    pub fn connect(&self) -> std::io::Result<TcpStream> {
        let stream = TcpStream::connect(self.root.trim_start_matches("http://"))?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(stream)
    }

    /// Says stop, politely.
    pub fn terminate(&self) {
        let killed = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(killed.expect("runs").success());
    }

    /// Waits for its end: how it ended, and after how long.
    pub fn ends(&mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return (status, begun.elapsed());
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "it does not end");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Hands a file of case files in and starts its import: the number of the file.
    pub async fn import(&self, rows: &str) -> String {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        let sent = client
            .post(format!("{}/du-lieu/tep", self.root))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
            .body(form(rows))
            .send()
            .await
            .expect("answers");
        let to = sent.headers()[header::LOCATION].to_str().expect("an address").to_owned();
        let id = to.rsplit('=').next().expect("a number").to_owned();
        let started = client
            .post(format!("{}/du-lieu/tep/{id}/nhap", self.root))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body("reading=case-files")
            .send()
            .await
            .expect("answers");
        assert!(started.status().is_redirection(), "{}", started.status());
        id
    }

    /// Waits until the page of a file says something.
    pub async fn says(&self, id: &str, words: &str) {
        for _ in 0..1_200 {
            let page = reqwest::get(format!("{}/du-lieu?upload={id}", self.root)).await.expect("answers");
            if page.text().await.expect("a page").contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it never says {words}");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file in a form.
pub fn form(rows: &str) -> String {
    format!(
        "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.csv\"\r\n\r\n{rows}\r\n--part--\r\n"
    )
}

/// The head of a request that hands in so many bytes.
pub fn head(root: &str, length: usize) -> String {
    let host = root.trim_start_matches("http://");
    format!(
        "POST /du-lieu/tep HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=part\r\nContent-Length: {length}\r\n\r\n"
    )
}

/// Everything that comes until the other side hangs up.
pub fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A side that hangs up rudely has said what it had to say.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn every_line_of_the_log_is_json_with_the_number_of_its_request_and_without_secrets() {
    let program = Program::new();
    let served = Served::start(&program, &["--log-format", "json"], &[("RUST_LOG", "trace")]);
    let client = Client::new();
    let ask = async |path: &str, id: &str| {
        let response = client
            .get(format!("{}{path}", served.root))
            .header("x-request-id", id)
            .header(header::AUTHORIZATION, "Bearer s3cret-token")
            .header(header::COOKIE, "session=s3cret-cookie")
            .send()
            .await
            .expect("answers");
        response.headers()["x-request-id"].to_str().expect("a number").to_owned()
    };
    assert_eq!(ask("/?period=2023&token=s3cret-a&ma=s3cret-b", "proxy-1").await, "proxy-1");
    assert_eq!(ask("/api/v1/imports/7?code=s3cret-c&state=s3cret-d", "proxy-2").await, "proxy-2");
    let made = ask("/healthz", "no good: ' or 1=1").await;
    assert!(made.len() == 24 && made.bytes().all(|byte| byte.is_ascii_hexdigit()), "{made}");
    drop(served);
    let log = std::fs::read_to_string(program.folder.path().join("log.txt")).expect("a log");
    assert!(!log.contains("s3cret"), "{}", log.lines().find(|line| line.contains("s3cret")).unwrap_or(""));
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    let answered: Vec<_> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), 3);
    let first = answered[0];
    assert_eq!((&first["status"], &first["level"]), (&200.into(), &"INFO".into()));
    assert!(first["milliseconds"].is_u64(), "{first}");
    let span = &first["span"];
    assert_eq!(
        (&span["request_id"], &span["method"], &span["path"], &span["query"]),
        (&"proxy-1".into(), &"GET".into(), &"/".into(), &"period=2023&token=…&ma=…".into())
    );
    assert_eq!(answered[2]["span"]["request_id"], made.as_str());
}

#[tokio::test]
async fn metrics_stand_on_an_address_of_their_own_and_know_no_path_that_somebody_made_up() {
    let program = Program::new();
    let mut served = Served::start(&program, &["--metrics", "127.0.0.1:0"], &[]);
    let metrics = served.address();
    let get = async |address: String| {
        let response = reqwest::get(address).await.expect("answers");
        (response.status().as_u16(), response.text().await.expect("text"))
    };
    for (path, status) in [
        ("/?lang=en", 200),
        ("/?lang=en", 200),
        ("/made-up-path", 404),
        ("/metrics", 404),
        ("/bieu-do/x.svg", 404),
    ] {
        assert_eq!(get(format!("{}{path}", served.root)).await.0, status, "{path}");
    }
    let id = served.import(&crate::kills::rows(0, 300, "2023-10-15")).await;
    served.says(&id, "Đã nhập xong.").await;
    let (status, text) = get(metrics).await;
    assert_eq!(status, 200);
    for line in [
        "thuocdo_http_requests_total{method=\"GET\",path=\"/\",status=\"200\"} 2",
        "thuocdo_http_requests_total{method=\"GET\",path=\"none\",status=\"404\"} 2",
        "thuocdo_http_requests_total{method=\"GET\",path=\"/bieu-do/{file}\",status=\"404\"} 1",
        "thuocdo_http_requests_total{method=\"POST\",path=\"/du-lieu/tep\",status=\"303\"} 1",
        "thuocdo_http_request_duration_seconds_count{method=\"GET\",path=\"/\"} 2",
        "thuocdo_http_requests_in_flight 0",
        "thuocdo_http_turned_away_total 0",
        "thuocdo_pages_total{from=\"written\"} 1",
        "thuocdo_pages_total{from=\"kept\"} 1",
        "thuocdo_imports_running 0",
        "thuocdo_imports_total{outcome=\"finished\"} 1",
        "thuocdo_imports_total{outcome=\"failed\"} 0",
        "thuocdo_import_rows_total 300",
    ] {
        assert!(text.lines().any(|said| said == line), "{line}\n{text}");
    }
    assert!(
        text.contains("thuocdo_http_request_duration_seconds_bucket{method=\"GET\",path=\"/\",le=\"0.01\"}"),
        "{text}"
    );
    assert!(text.contains("thuocdo_build_info{version=\"") && text.contains("engine=\"SQLite 3."), "{text}");
    assert!(!text.contains("made-up") && !text.contains("/x.svg"), "{text}");
}

#[test]
fn a_connection_that_does_not_say_what_it_wants_is_hung_up_on() {
    let program = Program::new();
    let served = Served::start(&program, &["--client-timeout", "1"], &[]);
    let silent = served.connect().expect("connects");
    let mut slow = served.connect().expect("connects");
    slow.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ").expect("sends");
    let begun = Instant::now();
    for stream in [silent, slow] {
        assert!(!rest(stream).contains("200 OK"));
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let mut quick = served.connect().expect("others are answered");
    quick.write_all(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").expect("sends");
    assert!(rest(quick).ends_with("ok\n"));
}
