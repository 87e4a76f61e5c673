//! Every setting, with its default and meaning; the table of the README is made from this file. Flags and environment
//! variables are read here and nowhere else.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use app::written::people::OPENID_BACK;
use chrono::NaiveDate;
use clap::{Args, builder::RangedU64ValueParser};
use store::Store;
use tokio::sync::Semaphore;

use crate::{
    access::{NameClaim, OpenId, OpenIdSettings, SettingError, is_safe},
    limits::Limits,
    log::LogFormat,
    routes::health::Places,
};

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
    /// Số ngày giữ tệp đã nộp, kể cả dòng để riêng; số liệu đã nhập thì ở lại / days after which files handed in are thrown
    /// away, rows set aside among them; what they brought in stays in
    #[arg(long, env = "THUOCDO_UPLOADS_KEPT", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3_650))]
    pub uploads_kept: u64,
    /// Mẫu báo cáo tháng của cơ quan, xem `thuocdo template brief` / the office's own template of the monthly brief
    #[arg(long, env = "THUOCDO_BRIEF_TEMPLATE")]
    pub brief_template: Option<PathBuf>,
    /// Cho khách chưa đăng nhập xem; chỉ với số liệu mô phỏng, trừ khi nói thêm --visitors-see-real-data (bản công khai) /
    /// let who has not signed in read; with invented data alone, unless --visitors-see-real-data is said too (public view)
    #[arg(long, env = "THUOCDO_VISITORS")]
    pub visitors: bool,
    /// Chế độ công khai: cùng --visitors, khách xem số tổng hợp của số liệu thật, nhóm dưới 5 không hiển thị riêng, không có
    /// từng hồ sơ / the public mode: with --visitors, who has not signed in reads figures of real data, groups of fewer than 5
    /// not by themselves and no single case files
    #[arg(long, env = "THUOCDO_VISITORS_SEE_REAL_DATA")]
    pub visitors_see_real_data: bool,
    /// Địa chỉ IP của các proxy được tin, cách nhau bằng dấu phẩy / addresses of trusted proxies, with commas between
    #[arg(long, env = "THUOCDO_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// Phiên kết thúc sau bao nhiêu phút không dùng / minutes without use after which a session ends
    #[arg(long, env = "THUOCDO_SESSION_IDLE", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=1_440))]
    pub session_idle: u64,
    /// Phiên kết thúc sau bao nhiêu giờ, dù vẫn dùng / hours after which a session ends although it is used
    #[arg(long, env = "THUOCDO_SESSION_LONGEST", default_value_t = 12, value_parser = clap::value_parser!(u64).range(1..=720))]
    pub session_longest: u64,
    /// Địa chỉ phục vụ / the address to serve on
    #[arg(long, env = "THUOCDO_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Địa chỉ mà mọi người mở Thước Đo, https://…; liên kết gửi đi bắt đầu bằng nó / the address people open Thước Đo by,
    /// https://…; links that are handed over begin with it
    #[arg(long, env = "THUOCDO_PUBLIC_ADDRESS")]
    pub public_address: Option<String>,
    /// The single sign-on.
    #[command(flatten)]
    pub single_sign_on: SingleSignOn,
    /// How the server is run.
    #[command(flatten)]
    pub operation: Operation,
}

/// A provider of OpenID Connect that people may sign in at.
#[derive(Debug, Clone, Args)]
pub struct SingleSignOn {
    /// Hệ thống đăng nhập chung (OpenID Connect): địa chỉ issuer / the single sign-on (OpenID Connect): its issuer
    #[arg(long, env = "THUOCDO_OIDC_ISSUER", requires_all = ["oidc_client_id", "public_address"])]
    pub oidc_issuer: Option<String>,
    /// Tên của Thước Đo ở đó (client_id) / what Thước Đo is called there (client_id)
    #[arg(long, env = "THUOCDO_OIDC_CLIENT_ID", requires = "oidc_issuer")]
    pub oidc_client_id: Option<String>,
    /// Tệp chứa mật khẩu của Thước Đo ở đó (client_secret) / the file that holds its secret there (client_secret)
    #[arg(long, env = "THUOCDO_OIDC_SECRET_FILE", requires = "oidc_issuer")]
    pub oidc_secret_file: Option<PathBuf>,
    /// Tài khoản được tìm lần đầu theo thông tin nào / what an account is found by at the first time
    #[arg(long, env = "THUOCDO_OIDC_NAME_CLAIM", value_enum, default_value_t)]
    pub oidc_name_claim: NameClaim,
    /// Tên trên nút đăng nhập, ví dụ “tài khoản công vụ” / what the button calls it
    #[arg(long, env = "THUOCDO_OIDC_LABEL", requires = "oidc_issuer")]
    pub oidc_label: Option<String>,
}

impl Listen {
    /// The address people open the product by, without a slash at its end.
    ///
    /// # Errors
    /// When it is no address of a host alone, or one that others could listen to.
    pub fn public_address(&self) -> anyhow::Result<Option<String>> {
        let Some(said) = &self.public_address else { return Ok(None) };
        let address = said.trim_end_matches('/');
        let is_host_alone = address.matches('/').count() == 2 && !address.contains(['?', '#', '@', ' ']);
        if !is_host_alone || !is_safe(address) {
            return Err(SettingError::PublicAddress(said.clone()).into());
        }
        Ok(Some(address.to_owned()))
    }

    /// The provider that people may sign in at.
    ///
    /// # Errors
    /// When a setting says nothing sensible, or the file of the secret cannot be read.
    pub fn openid(&self) -> anyhow::Result<Option<OpenId>> {
        let said = &self.single_sign_on;
        let (Some(issuer), Some(client_id)) = (&said.oidc_issuer, &said.oidc_client_id) else {
            return Ok(None);
        };
        let client_secret = match &said.oidc_secret_file {
            Some(file) => {
                let secret = std::fs::read_to_string(file).with_context(|| {
                    let file = file.display();
                    format!("không đọc được tệp {file} / the file {file} cannot be read")
                })?;
                Some(secret.trim_end_matches(['\r', '\n']).to_owned())
            }
            None => None,
        };
        let openid = OpenId::new(OpenIdSettings {
            issuer: issuer.clone(),
            client_id: client_id.clone(),
            client_secret,
            name_claim: said.oidc_name_claim,
            label: said.oidc_label.clone(),
            comes_back_to: format!("{}{OPENID_BACK}", self.public_address()?.unwrap_or_default()),
        })?;
        Ok(Some(openid))
    }
}

/// How the server is run: what it says of itself, and what it bears.
#[derive(Debug, Clone, Args)]
pub struct Operation {
    /// Địa chỉ riêng của số liệu giám sát cho Prometheus; không đặt thì tắt / an address of its own for Prometheus; off
    /// unless set
    #[arg(long, env = "THUOCDO_METRICS")]
    pub metrics: Option<SocketAddr>,
    /// Chỗ trống tối thiểu trên đĩa, tính bằng MB; ít hơn thì /readyz báo chưa sẵn sàng / free space in MB, below which
    /// /readyz says no
    #[arg(long, env = "THUOCDO_LEAST_FREE", default_value_t = 512)]
    pub least_free: u64,
    /// Tệp nộp lớn nhất, tính bằng MB / the largest file that may be handed in or pushed, in MB
    #[arg(long, env = "THUOCDO_LARGEST_UPLOAD", default_value_t = 4_096, value_parser = from_one())]
    pub largest_upload: u64,
    /// Số yêu cầu được trả lời cùng lúc; thêm nữa bị báo bận ngay / requests answered at once; one more is told at once that
    /// the server is busy
    #[arg(long, env = "THUOCDO_MOST_REQUESTS", default_value_t = 512, value_parser = from_one())]
    pub most_requests: u64,
    /// Số giây chờ phần đầu của yêu cầu, và chờ phần thân đến tiếp / seconds for the head of a request to come, and for its
    /// body to come on
    #[arg(long, env = "THUOCDO_CLIENT_TIMEOUT", default_value_t = 30, value_parser = from_one())]
    pub client_timeout: u64,
    /// Số giây chờ yêu cầu và lần nhập đang chạy xong khi dừng máy chủ / seconds for requests and an import to end when the
    /// server is stopped
    #[arg(long, env = "THUOCDO_STOP_WITHIN", default_value_t = 30)]
    pub stop_within: u64,
}

fn from_one() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..)
}

impl Operation {
    /// What the server bears.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            most_requests: usize::try_from(self.most_requests)
                .unwrap_or(usize::MAX)
                .min(Semaphore::MAX_PERMITS),
            largest_upload: self.largest_upload.saturating_mul(MB),
            client_timeout: Duration::from_secs(self.client_timeout),
            stop_within: Duration::from_secs(self.stop_within),
        }
    }

    /// Where it writes, and how much room it wants there.
    #[must_use]
    pub fn places(&self, folders: impl IntoIterator<Item = PathBuf>) -> Places {
        Places { folders: folders.into_iter().collect(), least_free: self.least_free.saturating_mul(MB) }
    }
}

const MB: u64 = 1 << 20;

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
