//! Every setting, with its default and meaning; the table of the README is made from this file. Flags and environment
//! variables are read here and nowhere else.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::Args;
use store::Store;

use crate::log::LogFormat;

/// Settings of every command.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Cơ sở dữ liệu: sqlite://đường/dẫn.db hoặc postgres://… / the database
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Coi hôm nay là ngày này, để thử / pretend that today is this day, for trying out
    #[arg(long, env = "THUOCDO_TODAY", global = true, value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Nhật ký dạng dòng chữ hay JSON / the log as lines of text or of JSON
    #[arg(long, env = "THUOCDO_LOG_FORMAT", global = true, value_enum, default_value_t)]
    pub log_format: LogFormat,
}

/// Where the server listens, and where it keeps what is handed in.
#[derive(Debug, Clone, Args)]
pub struct Listen {
    /// Thư mục giữ các tệp nộp qua trang Dữ liệu / the folder of files handed in on the page on data
    #[arg(long, env = "THUOCDO_UPLOADS", default_value = "data/uploads")]
    pub uploads: PathBuf,
    /// Mẫu báo cáo tháng của cơ quan, xem `thuocdo template brief` / the office's own template of the monthly brief
    #[arg(long, env = "THUOCDO_BRIEF_TEMPLATE")]
    pub brief_template: Option<PathBuf>,
    /// Địa chỉ phục vụ / the address to serve on
    #[arg(long, env = "THUOCDO_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// How the server is run.
    #[command(flatten)]
    pub operation: Operation,
}

/// How the server is run: what it says of itself, and what it bears.
#[derive(Debug, Clone, Args)]
pub struct Operation {
    /// Chỗ trống tối thiểu trên đĩa, tính bằng MB; ít hơn thì /readyz báo chưa sẵn sàng / free space in MB, below which
    /// /readyz says no
    #[arg(long, env = "THUOCDO_LEAST_FREE", default_value_t = 512)]
    pub least_free: u64,
}

/// The database of real data, unless the settings name another.
pub const DATABASE: &str = "sqlite://data/thuocdo.db";
/// The database of invented data: the two never mix by accident.
pub const DEMO_DATABASE: &str = "sqlite://data/demo.db";

impl Settings {
    /// Opens the database named by the settings, else the one given, with the published facts in it.
    ///
    /// # Errors
    /// When it cannot be opened or written.
    pub async fn open(&self, unless_set: &str) -> anyhow::Result<Store> {
        let url = self.database_url.as_deref().unwrap_or(unless_set);
        if let Some(folder) = folder_of(url) {
            std::fs::create_dir_all(folder).with_context(|| {
                let folder = folder.display();
                format!("không tạo được thư mục {folder}: kiểm tra quyền ghi / the folder {folder} cannot be made: check rights")
            })?;
        }
        let store = Store::open(url).await?;
        crate::seed::plant(&store, self.today()).await?;
        Ok(store)
    }

    /// The folder of the database that [`open`](Self::open) opens, if it is a file.
    #[must_use]
    pub fn database_folder(&self, unless_set: &str) -> Option<PathBuf> {
        let url = self.database_url.as_deref().unwrap_or(unless_set);
        let path =
            url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?.split('?').next()?;
        let folder = Path::new(path).parent()?;
        Some(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
    }

    /// Today in Hanoi, or the day one pretends it is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        crate::clock::clock(self.today)()
    }
}

/// The folder that a SQLite file needs.
fn folder_of(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    let path = path.split('?').next()?;
    Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty())
}

/// A day on the command line: `2023-03-31` or `31/03/2023`.
///
/// # Errors
/// When the text is no day between 1900 and 2200.
pub fn day(value: &str) -> anyhow::Result<NaiveDate> {
    match thuocdo::address::day(value) {
        Some(day) => Ok(day),
        None => bail!("viết 2023-03-31 hoặc 31/03/2023 / write 2023-03-31 or 31/03/2023"),
    }
}
