//! A city small enough to count by hand, the router over it, and the program.

use std::{
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
    time::Duration,
};

use app::context::Context;
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Request, StatusCode, header},
};
use intake::{Kind, Mapping, Reader, desk::Desk};
use server::{Serving, router, seed};
use store::Store;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// Today, in every test.
pub const TODAY: &str = "2024-01-15";

/// How long a test waits for an answer: far longer than any takes, so that one that never comes fails a test by name.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server over a new SQLite database.
pub struct Server {
    pub store: Store,
    pub router: Router,
    pub desk: Desk,
    pub folder: TempDir,
}

impl Server {
    /// One with the published facts alone.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}/city.db", folder.path().display());
        Self::over(&url, folder).await
    }

    /// One over a database of its own.
    pub async fn over(url: &str, folder: TempDir) -> Self {
        let store = Store::open(url).await.expect("opens");
        let today = TODAY.parse().expect("a date");
        seed::plant(&store, today).await.expect("the published facts");
        let desk = Desk::open(store.clone(), folder.path().join("uploads"), Arc::new(move || today))
            .expect("a desk");
        let context = Context::new(store.clone(), Arc::new(move || today)).with_desk(desk.clone());
        Self { router: router(context, Serving::default()), store, desk, folder }
    }

    /// One with the small city of this file.
    pub async fn city() -> Self {
        let server = Self::empty().await;
        server.take_in(Kind::Agencies, AGENCIES, None).await;
        server.take_in(Kind::Fields, FIELDS, None).await;
        server.take_in(Kind::CaseFiles, CASE_FILES, None).await;
        server.take_in(Kind::Petitions, PETITIONS, None).await;
        server.take_in(Kind::Dialogues, DIALOGUES, None).await;
        server
    }

    /// Imports a file.
    pub async fn take_in(&self, kind: Kind, text: &str, mapping: Option<&Mapping>) -> intake::Outcome {
        let path = self.folder.path().join(format!("{kind}.csv"));
        std::fs::File::create(&path).and_then(|mut file| file.write_all(text.as_bytes())).expect("a file");
        self.take_in_file(kind, &path, mapping).await
    }

    /// Imports a file that is there.
    pub async fn take_in_file(&self, kind: Kind, path: &Path, mapping: Option<&Mapping>) -> intake::Outcome {
        let today = TODAY.parse().expect("a date");
        let reader = Reader::open(path, kind, mapping, today).expect("a readable file");
        let import = self.store.import(kind.as_str(), "test.csv", today).await.expect("begins");
        let taken = intake::take_in(import, reader, false, |_| Ok(())).await;
        taken.expect("goes in")
    }

    /// Asks for an address: status, type and body.
    pub async fn get(&self, address: &str) -> (StatusCode, String, Vec<u8>) {
        let request = here(Request::get(address).body(Body::empty()).expect("a request"));
        let answer = tokio::time::timeout(PATIENCE, self.router.clone().oneshot(request));
        let response = answer.await.expect("an answer before one loses patience").expect("an answer");
        let status = response.status();
        let kind =
            response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let kind = kind.to_owned();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, kind, body.to_vec())
    }

    /// Sends a request as a browser on this machine does: status, where it leads, and the text.
    pub async fn send(&self, request: Request<Body>) -> (StatusCode, String, String) {
        let answer = tokio::time::timeout(PATIENCE, self.router.clone().oneshot(here(request)));
        let response = answer.await.expect("an answer before one loses patience").expect("an answer");
        let status = response.status();
        let to =
            response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or("").to_owned();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, to, String::from_utf8_lossy(&body).into_owned())
    }

    /// A page as people read it: its text without tags, and the status.
    pub async fn page(&self, address: &str) -> (StatusCode, String) {
        let (status, _, body) = self.get(address).await;
        (status, visible(&String::from_utf8(body).expect("UTF-8")))
    }

    /// The readings of an address.
    pub async fn readings(&self, query: &str) -> serde_json::Value {
        let (status, _, body) = self.get(&format!("/api/v1/readings{query}")).await;
        assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).expect("JSON")
    }
}

/// A request as it comes from this machine, unless it says where it comes from.
pub fn here(mut request: Request<Body>) -> Request<Body> {
    let here = SocketAddr::from(([127, 0, 0, 1], 50_000));
    if request.extensions().get::<ConnectInfo<SocketAddr>>().is_none() {
        request.extensions_mut().insert(ConnectInfo(here));
    }
    request.headers_mut().entry(header::HOST).or_insert(HeaderValue::from_static("127.0.0.1:3000"));
    request
}

/// The text of a page: tags, scripts, comments and entities taken out, white space folded.
pub fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<script") {
            rest.find("</script>").map(|end| end + 9)
        } else {
            // A marker between two texts parts nothing that the eye sees.
            if !rest.starts_with("<!") {
                text.push(' ');
            }
            rest.find('>').map(|end| end + 1)
        };
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    text.push_str(rest);
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The program, in a folder of its own, against a database in it.
pub struct Program {
    pub folder: TempDir,
}

impl Program {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// Writes a file beside it.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// Runs it: the exit code and everything it said.
    pub fn run(&self, arguments: &[&str]) -> (i32, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().expect("runs");
        let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        (status.code().unwrap_or(-1), said)
    }

    /// The command, ready to run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thuocdo"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("DATABASE_URL", "sqlite://city.db")
            .env("THUOCDO_TODAY", TODAY);
        command
    }
}

/// One city, one department, one district with two communes.
pub const AGENCIES: &str = "\
agency_code,name,level,parent_code
HN,UBND thành phố,city,
SO-01,Sở Xây dựng,department,HN
271,Huyện Ba Vì,district,HN
271-01,\"Xã số 1, Huyện Ba Vì\",commune,271
271-02,\"Xã số 2, Huyện Ba Vì\",commune,271
";

pub const FIELDS: &str = "field_code,name,priority\nXD,Xây dựng,có\nHT,Hộ tịch,không\n";

/// In 2023: five timed files, one of them late; one open and overdue; in 2022 one on time.
pub const CASE_FILES: &str = "\
Mã hồ sơ;Mã đơn vị;Lĩnh vực;Kênh tiếp nhận;Ngày tiếp nhận;Ngày hẹn trả;Ngày có kết quả;Họ tên
a;SO-01;XD;online;02/10/2023;09/10/2023;06/10/2023;Nguyễn Văn A
b;SO-01;XD;online;02/10/2023;09/10/2023;10/10/2023;Nguyễn Văn B
c;271;HT;1;02/10/2023;09/10/2023;09/10/2023;Trần Thị C
d;271-01;HT;2;02/11/2023;09/11/2023;08/11/2023;Lê Văn D
e;271-02;HT;2;02/11/2023;09/11/2023;08/11/2023;Phạm Văn E
f;271-02;HT;3;01/12/2023;08/12/2023;;Phạm Văn F
g;271;HT;1;03/10/2022;10/10/2022;07/10/2022;Vũ Thị G
";

pub const PETITIONS: &str = "\
petition_code,agency_code,kind,sent_on,acknowledged_on,answered_on,published_on
p1,271,procedure,2023-10-02,2023-10-03,2023-10-10,2023-10-11
p2,271,conduct,2023-10-02,2023-10-03,2023-11-10,
";

pub const DIALOGUES: &str = "\
dialogue_code,agency_code,planned_on,held_on,chaired_by_head,fields,participants,minutes_no
d1,SO-01,,2023-09-15,có,XD,40,12/BB-SXD
d2,271,,2023-10-15,có,HT,55,
";
