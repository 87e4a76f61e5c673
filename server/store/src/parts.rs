//! The files of a SQLite database, for those who copy it away and put it back: a copy of one moment, a look at whether a
//! file is whole and which edition it has, and a hold that keeps every other program out.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    str::FromStr as _,
    time::Duration,
};

use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteLockingMode},
};

use crate::{Error, OpenError, SQLITE_MIGRATIONS, migrations::versions, people};

/// How long a copy waits for another program's write to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// A file of the database.
#[derive(Debug, Clone)]
pub struct Part {
    /// What is in it, as a backup calls it.
    pub name: &'static str,
    /// Where it is.
    pub path: PathBuf,
    /// The editions of its tables.
    migrator: &'static Migrator,
}

/// Why a part cannot be copied, or cannot be put in another's place.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// The file is not whole, or is no database of the product.
    #[error(
        "tệp cơ sở dữ liệu «{0}» bị hỏng hoặc không phải của Thước Đo: dùng bản sao lưu khác / \
         the database file “{0}” is damaged or not one of Thước Đo: use another backup"
    )]
    Damaged(&'static str),
    /// A newer program made it.
    #[error(
        "bản sao lưu do phiên bản thuocdo mới hơn tạo ra: cài phiên bản đó rồi khôi phục / \
         the backup was made by a newer thuocdo: install that version, then restore"
    )]
    Newer,
    /// Another program works on it.
    #[error(
        "một chương trình khác đang mở cơ sở dữ liệu: dừng máy chủ (systemctl stop thuocdo) và các lệnh nhập rồi làm lại / \
         another program has the database open: stop the server (systemctl stop thuocdo) and any import, then try again"
    )]
    InUse,
    /// The database.
    #[error(transparent)]
    Database(#[from] Error),
}

impl From<sqlx::Error> for PartError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// The files of the database of a `sqlite:` address, each of which may be absent: the main one first.
///
/// # Errors
/// When the address says nothing sensible, or names no file.
pub fn parts(url: &str) -> Result<Vec<Part>, OpenError> {
    let options = SqliteConnectOptions::from_str(url).map_err(OpenError::unreachable)?;
    let main = options.get_filename().to_owned();
    if main.as_os_str().is_empty() || main.as_os_str() == ":memory:" {
        return Err(OpenError::Unreachable("memory".to_owned()));
    }
    let people = main.with_extension("people.db");
    Ok(vec![
        Part { name: "main", path: main, migrator: &SQLITE_MIGRATIONS },
        Part { name: "people", path: people, migrator: &people::SQLITE_MIGRATIONS },
    ])
}

impl Part {
    /// Writes the part as it is at this moment, committed and whole, to a file that must not be there yet; whoever writes
    /// to it meanwhile goes on. Returns the editions of its tables.
    ///
    /// # Errors
    /// When the part cannot be read, or the copy cannot be written.
    pub async fn copy_to(&self, file: &Path) -> Result<Vec<i64>, PartError> {
        const COPY: &str = "vacuum into $1";
        let mut connection = self.open(&self.path).await?;
        // An address that is no text could not be told to SQLite.
        let to = file.to_str().ok_or(PartError::Damaged(self.name))?;
        let copied = sqlx::query(COPY).bind(to).execute(&mut connection).await;
        connection.close().await?;
        copied.map_err(|error| self.told(error))?;
        let mut copy = self.open(file).await?;
        let editions = self.editions(&mut copy).await;
        copy.close().await?;
        editions
    }

    /// Looks whether a file can take the place of the part: it is whole, and this program knows its tables. Returns their
    /// editions.
    ///
    /// # Errors
    /// When it is damaged, or made by a newer program.
    pub async fn check(&self, file: &Path) -> Result<Vec<i64>, PartError> {
        const CHECK: &str = "pragma integrity_check(1)";
        let mut connection = self.open(file).await?;
        let says: Result<String, _> = sqlx::query_scalar(CHECK).fetch_one(&mut connection).await;
        let editions = match says {
            Ok(says) if says == "ok" => self.editions(&mut connection).await,
            Ok(says) => {
                tracing::error!(part = self.name, says, "a file is not whole");
                Err(PartError::Damaged(self.name))
            }
            Err(error) => Err(self.told(error)),
        };
        connection.close().await?;
        let editions = editions?;
        self.knows(&editions)?;
        Ok(editions)
    }

    /// Whether this program knows all of these editions.
    ///
    /// # Errors
    /// When one is newer.
    pub fn knows(&self, editions: &[i64]) -> Result<(), PartError> {
        let known = versions(self.migrator);
        if editions.iter().all(|edition| known.contains(edition)) { Ok(()) } else { Err(PartError::Newer) }
    }

    /// Whether there is something in it that would be lost.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn holds_data(&self) -> Result<bool, PartError> {
        const TABLES: &str = "select exists (select 1 from sqlite_schema where type = 'table')";
        if !self.path.metadata().is_ok_and(|found| found.len() > 0) {
            return Ok(false);
        }
        let mut connection = self.open(&self.path).await?;
        let holds: Result<bool, _> = sqlx::query_scalar(TABLES).fetch_one(&mut connection).await;
        connection.close().await?;
        match holds {
            Ok(holds) => Ok(holds),
            // What cannot be read may still be worth something to somebody.
            Err(error) if is_not_a_database(&error) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps everybody else out of the part, with its log folded into the file; `None` when there is no such file, or one
    /// that is no database and that nobody can have open as one.
    ///
    /// # Errors
    /// When another program has it open.
    pub async fn hold(&self) -> Result<Option<Hold>, PartError> {
        // A connection that has read in the log's mode keeps a lock on the file as long as it lives, so that leaving the mode
        // is refused while there is any other.
        const LEAVE_THE_LOG: &str = "pragma journal_mode = delete";
        const HOLD: &str = "begin exclusive";
        if !self.path.exists() {
            return Ok(None);
        }
        let options = SqliteConnectOptions::new()
            .filename(&self.path)
            .locking_mode(SqliteLockingMode::Exclusive)
            .busy_timeout(Duration::from_millis(200));
        let held = async {
            let mut connection = options.connect().await?;
            let mode: String = sqlx::query_scalar(LEAVE_THE_LOG).fetch_one(&mut connection).await?;
            sqlx::query(HOLD).execute(&mut connection).await?;
            Ok((connection, mode))
        };
        match held.await {
            Ok((connection, mode)) if mode == "delete" => Ok(Some(Hold { connection })),
            Ok(_) => Err(PartError::InUse),
            Err(error) if is_not_a_database(&error) => Ok(None),
            Err(error) => {
                let error = Error::from(error);
                Err(if error.is_locked() { PartError::InUse } else { error.into() })
            }
        }
    }

    /// The files that SQLite keeps beside it.
    #[must_use]
    pub fn beside(&self) -> [PathBuf; 3] {
        ["-wal", "-shm", "-journal"].map(|end| {
            let mut name = OsString::from(&self.path);
            name.push(end);
            name.into()
        })
    }

    async fn open(&self, file: &Path) -> Result<SqliteConnection, PartError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .busy_timeout(PATIENCE)
            // Large files are copied through it.
            .pragma("cache_size", "-65536");
        options.connect().await.map_err(|error| self.told(error))
    }

    async fn editions(&self, connection: &mut SqliteConnection) -> Result<Vec<i64>, PartError> {
        const IS_THERE: &str = "select exists (select 1 from sqlite_schema where name = '_sqlx_migrations')";
        const EDITIONS: &str = "select version from _sqlx_migrations where success order by version";
        let is_there: bool = sqlx::query_scalar(IS_THERE).fetch_one(&mut *connection).await?;
        if !is_there {
            return Err(PartError::Damaged(self.name));
        }
        Ok(sqlx::query_scalar(EDITIONS).fetch_all(connection).await?)
    }

    fn told(&self, error: sqlx::Error) -> PartError {
        if is_not_a_database(&error) { PartError::Damaged(self.name) } else { error.into() }
    }
}

/// Everybody else is kept out of a part, until this is let go.
pub struct Hold {
    connection: SqliteConnection,
}

impl Hold {
    /// Lets the others in again.
    pub async fn let_go(self) {
        // The file may be another's by now, and this connection wrote nothing: what it has to say does not matter.
        let _ = self.connection.close().await;
    }
}

/// Whether SQLite found something else than a database, or one that is not whole.
fn is_not_a_database(error: &sqlx::Error) -> bool {
    const CORRUPT: u32 = 11;
    const NOT_A_DATABASE: u32 = 26;
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    code.is_some_and(|code| [CORRUPT, NOT_A_DATABASE].contains(&(code & 0xff)))
}
