//! Databases for tests: a SQLite file and a PostgreSQL cluster of its own, both gone when the test is over.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use sqlx::AssertSqlSafe;

use crate::{Engine, Import, Store, on_read};

/// A PostgreSQL cluster that lives as long as this value.
pub struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts a cluster on a free port of this machine.
    ///
    /// # Panics
    /// When there is no PostgreSQL: a test that needs one must fail rather than be left out.
    #[must_use]
    pub fn start() -> Self {
        let bin = programs().expect("PostgreSQL is not installed: run `.ci/tools postgres`");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let folder = std::env::temp_dir().join(format!("thuocdo-postgres-{}-{port}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for the cluster");
        if is_root() {
            // PostgreSQL refuses to run as root.
            succeed(Command::new("chown").arg("postgres").arg(&folder));
        }
        let cluster = Self { folder, bin, port };
        let data = cluster.folder.join("data");
        let data = data.to_str().expect("a path in UTF-8");
        succeed(
            &mut cluster
                .program("initdb", &["-D", data, "-U", "thuocdo", "-A", "trust", "-E", "UTF8", "--no-sync"]),
        );
        let options = cluster.options();
        let log = cluster.folder.join("log");
        let log = log.to_str().expect("a path in UTF-8");
        succeed(&mut cluster.program("pg_ctl", &["-D", data, "-w", "-l", log, "-o", &options, "start"]));
        cluster
    }

    /// The address of a new, empty database.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn database(&self, name: &str) -> String {
        let port = self.port.to_string();
        succeed(&mut self.program("createdb", &["-h", "127.0.0.1", "-p", &port, "-U", "thuocdo", name]));
        format!("postgres://thuocdo@127.0.0.1:{port}/{name}")
    }

    /// Stops the cluster at once, as a machine that loses its power does, and starts it again.
    ///
    /// # Panics
    /// When it does not start.
    pub fn restart(&self) {
        let data = self.folder.join("data");
        let data = data.to_str().expect("a path in UTF-8");
        let log = self.folder.join("log");
        let log = log.to_str().expect("a path in UTF-8");
        succeed(&mut self.program("pg_ctl", &["-D", data, "-w", "-m", "immediate", "stop"]));
        succeed(&mut self.program("pg_ctl", &["-D", data, "-w", "-l", log, "-o", &self.options(), "start"]));
    }

    fn options(&self) -> String {
        let socket = self.folder.to_str().expect("a path in UTF-8");
        format!("-p {} -k {socket} -c fsync=off -c listen_addresses=127.0.0.1", self.port)
    }

    fn program(&self, name: &str, arguments: &[&str]) -> Command {
        let path = self.bin.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.args(arguments).current_dir(&self.folder).env("LC_ALL", "C.UTF-8");
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        let _ = self.program("pg_ctl", &["-D", &data.to_string_lossy(), "-m", "immediate", "stop"]).output();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Debian keeps the server's programs in a folder of their version, off the path.
fn programs() -> Option<PathBuf> {
    let debian =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path().join("bin"));
    let named = Command::new("pg_config").arg("--bindir").output().ok().filter(|o| o.status.success());
    let named = named.map(|o| PathBuf::from(String::from_utf8_lossy(&o.stdout).trim()));
    let mut found: Vec<PathBuf> = debian.chain(named).filter(|bin| bin.join("initdb").exists()).collect();
    found.sort();
    found.pop()
}

fn is_root() -> bool {
    Path::new("/proc/self").metadata().is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0)
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Leaves a SQLite database no room for one page more, or gives the room back.
///
/// # Panics
/// On PostgreSQL, and when the database fails.
pub async fn fill_disk(store: &Store, is_full: bool) {
    let Engine::Sqlite { write, .. } = &store.engine else { panic!("only a SQLite can be filled") };
    let pages: i64 = sqlx::query_scalar("pragma page_count").fetch_one(write).await.expect("pages");
    let most = if is_full { pages } else { 0x7fff_fffe };
    let limit = AssertSqlSafe(format!("pragma max_page_count = {most}"));
    sqlx::query(limit).execute(write).await.expect("a limit");
}

/// Does to the tables of people what nobody should.
///
/// # Panics
/// When the database fails.
pub async fn tamper(store: &Store, sql: &'static str) {
    let done = match &store.people().engine {
        Engine::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(drop),
        Engine::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(drop),
    };
    done.expect("is done");
}

/// Lets fewer rows of an import wait than usual, so that a test need not bring as many.
pub fn let_wait(import: &mut Import, at_most: usize) {
    import.waiting_at_most = at_most;
}

/// Everything a database holds, a line for each row: to see that two states are the same. Left out are the batches
/// themselves, counters of nothing, the numbers of batches in the small kinds, and the versions of counters.
///
/// # Panics
/// When the database fails.
pub async fn dump(store: &Store) -> Vec<String> {
    const TABLES: [&str; 22] = [
        "agencies",
        "agencies_below",
        "fields",
        "procedures",
        "targets",
        "holidays",
        "yearly_indexes",
        "case_files",
        "case_file_before",
        "due_changes",
        "case_file_level_days",
        "case_file_agency_days",
        "case_file_agency_halves",
        "case_file_slice_days",
        "case_file_slice_halves",
        "case_file_agency_slice_halves",
        "petitions",
        "petition_before",
        "petition_days",
        "dialogues",
        "dialogue_fields",
        "dialogue_issues",
    ];
    let mut lines = Vec::new();
    for table in TABLES.into_iter().chain(["surveys", "criteria", "rows_before"]) {
        let columns = columns(store, table).await;
        let cells: Vec<String> =
            columns.iter().map(|column| format!("coalesce(cast({column} as text), '-')")).collect();
        let some = if table.ends_with("_days") || table.ends_with("_halves") {
            let counts: Vec<String> =
                columns.iter().filter(|c| is_count(c)).map(|c| format!("{c} <> 0")).collect();
            format!("where {}", counts.join(" or "))
        } else {
            String::new()
        };
        let select = AssertSqlSafe(format!(
            "select {} as line from {table} {some} order by 1",
            cells.join(" || ' ' || ")
        ));
        let rows: Vec<String> =
            on_read!(store, pool => sqlx::query_scalar(select).fetch_all(pool).await).expect("a dump");
        lines.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    lines
}

fn is_count(column: &str) -> bool {
    !matches!(column, "level" | "agency_id" | "field_id" | "channel" | "day")
}

async fn columns(store: &Store, table: &'static str) -> Vec<String> {
    const SQLITE: &str = "select name from pragma_table_info($1)";
    const POSTGRES: &str =
        "select column_name from information_schema.columns where table_name = $1 order by ordinal_position";
    let names: Result<Vec<String>, _> = match &store.engine {
        Engine::Sqlite { read, .. } => sqlx::query_scalar(SQLITE).bind(table).fetch_all(read).await,
        Engine::Postgres(pool) => sqlx::query_scalar(POSTGRES).bind(table).fetch_all(pool).await,
    };
    let is_small = matches!(table, "dialogues" | "dialogue_issues" | "surveys" | "criteria");
    let is_left_out = |name: &String| name == "version" || (is_small && name == "batch_id");
    names.expect("columns").into_iter().filter(|name| !is_left_out(name)).collect()
}
