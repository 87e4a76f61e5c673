//! What the store refuses. "Not found" is an answer, not an error.

use std::sync::Arc;

use sqlx::migrate::MigrateError;

/// The database failed. Its own words are for the log, never for a person.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The engine's error.
    #[error("cơ sở dữ liệu báo lỗi; xem nhật ký / the database failed; see the log")]
    Database(#[source] sqlx::Error),
    /// There is no room for what is to be written.
    #[error(
        "đĩa chứa cơ sở dữ liệu đã đầy: dọn chỗ rồi làm lại / the database's disk is full: make room and try again"
    )]
    Full(#[source] sqlx::Error),
    /// What was kept of a row before a batch changed it cannot be written or read.
    #[error(
        "không ghi hoặc đọc được bản cũ của một dòng; xem nhật ký / an earlier row cannot be kept or read; see the log"
    )]
    Journal(#[source] serde_json::Error),
    /// What several asked for at once failed for all of them.
    #[error("{0}")]
    Shared(Arc<Self>),
}

impl From<Arc<Self>> for Error {
    fn from(error: Arc<Self>) -> Self {
        Arc::try_unwrap(error).unwrap_or_else(Self::Shared)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        // SQLite: full, or the file may not grow; PostgreSQL: disk full.
        const FULL: [&str; 3] = ["13", "778", "53100"];
        let code = error.as_database_error().and_then(|error| error.code());
        if code.is_some_and(|code| FULL.contains(&code.as_ref())) {
            Self::Full(error)
        } else {
            Self::Database(error)
        }
    }
}

impl Error {
    /// Whether another program holds the database, so that trying again later may help.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        const BUSY: [&str; 4] = ["5", "261", "517", "773"];
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| BUSY.contains(&code.as_ref()))
            }
            Self::Shared(error) => error.is_locked(),
            Self::Database(_) | Self::Full(_) | Self::Journal(_) => false,
        }
    }

    /// Whether the disk is full.
    #[must_use]
    pub fn is_full(&self) -> bool {
        match self {
            Self::Full(_) => true,
            Self::Shared(error) => error.is_full(),
            Self::Database(_) | Self::Journal(_) => false,
        }
    }

    pub(crate) fn journal(cause: serde_json::Error) -> Self {
        Self::Journal(cause)
    }
}

/// Why a database could not be opened, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither `sqlite:` nor `postgres:`.
    #[error(
        "DATABASE_URL phải bắt đầu bằng sqlite:// hoặc postgres:// / \
         DATABASE_URL must begin with sqlite:// or postgres://"
    )]
    UnknownScheme,
    /// It does not answer, or the folder cannot be written.
    #[error(
        "không mở được cơ sở dữ liệu: kiểm tra địa chỉ, quyền ghi của thư mục và dung lượng đĩa ({0}) / \
         the database cannot be opened: check its address, that the folder can be written, and the disk ({0})"
    )]
    Unreachable(String),
    /// A newer program made it.
    #[error(
        "cơ sở dữ liệu do phiên bản thuocdo mới hơn tạo ra: hãy dùng phiên bản đó, hoặc khôi phục bản sao lưu cũ / \
         the database was made by a newer thuocdo: use that version, or restore an older backup"
    )]
    Newer,
    /// Its tables could not be brought up to date.
    #[error(
        "không nâng cấp được bảng của cơ sở dữ liệu: khôi phục bản sao lưu và báo cho người quản trị ({0}) / \
         its tables could not be brought up to date: restore a backup and tell the administrator ({0})"
    )]
    Migration(String),
    /// The SQLite in use may corrupt data.
    #[error("cần SQLite từ 3.51.3, đang có {0} / SQLite 3.51.3 or newer is needed, this is {0}")]
    OldSqlite(String),
}

impl OpenError {
    /// Keeps the kind of failure and drops what may hold an address with a password.
    pub(crate) fn unreachable(error: sqlx::Error) -> Self {
        tracing::debug!(%error, "opening the database");
        Self::Unreachable(match error {
            sqlx::Error::Io(error) => error.kind().to_string(),
            sqlx::Error::Database(error) => error.message().to_owned(),
            sqlx::Error::PoolTimedOut => "timed out".to_owned(),
            _ => "configuration".to_owned(),
        })
    }
}

impl From<MigrateError> for OpenError {
    fn from(error: MigrateError) -> Self {
        tracing::debug!(%error, "bringing the tables up to date");
        match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => Self::Newer,
            MigrateError::VersionMismatch(version) => Self::Migration(format!("{version}")),
            MigrateError::Execute(sqlx::Error::Database(error))
            | MigrateError::ExecuteMigration(sqlx::Error::Database(error), _) => {
                Self::Unreachable(error.message().to_owned())
            }
            _ => Self::Migration("migrate".to_owned()),
        }
    }
}
