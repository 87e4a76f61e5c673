//! The command line.

use std::{path::PathBuf, str::FromStr};

use clap::{Parser, Subcommand};

use intake::Kind;

use crate::{
    commands::{export, token, user},
    config::{Listen, Settings},
};

/// Thước Đo: how far each target of the year's administrative-reform plan is, why, and what can still be done.
#[derive(Debug, Parser)]
#[command(name = "thuocdo", version, about, propagate_version = true)]
pub struct Cli {
    /// Settings of every command.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What there is to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Phục vụ các trang / serve the pages
    Serve {
        /// Where to listen.
        #[command(flatten)]
        listen: Listen,
        /// Dùng số liệu mô phỏng trong data/demo.db, tạo khi chưa có / use invented data, made when absent
        #[arg(long)]
        demo: bool,
    },
    /// Nhập một tệp CSV hoặc XLSX / import a CSV or XLSX file
    Import {
        /// Loại: agencies, fields, procedures, holidays, targets, case-files, petitions, dialogues, dialogue-issues,
        /// surveys, yearly-indexes, criteria
        kind: Kind,
        /// Tệp CSV hoặc XLSX / the file
        file: PathBuf,
        /// Ánh xạ: tên đã lưu hoặc tệp TOML / a mapping: a stored name or a TOML file
        #[arg(long)]
        mapping: Option<String>,
        /// Nơi ghi các dòng bị để riêng / where rows that were set aside go [default: the name of the file with .set-aside.csv, here]
        #[arg(long)]
        set_aside: Option<PathBuf>,
        /// Không nhập gì nếu có dòng bị để riêng / import nothing when a row has to be set aside
        #[arg(long)]
        all_or_nothing: bool,
        /// In từng dòng JSON / print lines of JSON
        #[arg(long)]
        json: bool,
    },
    /// Đọc năm chỉ tiêu / read the five targets
    Readings {
        /// Kỳ: 2023, 2023-H1, 2023-Q1, 2023-03 / the period; without it everything up to the day
        #[arg(long)]
        period: Option<String>,
        /// calendar hoặc reporting (15–14)
        #[arg(long)]
        cycle: Option<String>,
        /// Tính đến cuối ngày này / as of the end of this day
        #[arg(long)]
        as_of: Option<String>,
        /// Đơn vị và các đơn vị bên dưới / an agency with all below it
        #[arg(long)]
        agency: Option<String>,
        /// city, department, district, commune, unclassified
        #[arg(long)]
        level: Option<String>,
        /// Lĩnh vực / a field
        #[arg(long)]
        field: Option<String>,
        /// in_person, online, postal, other
        #[arg(long)]
        channel: Option<String>,
        /// In JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// Đếm lại mọi con số từ hồ sơ và nêu từng chỗ khác / recount everything and name each difference
    Verify {
        /// In JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// Lập lại mọi bộ đếm từ hồ sơ / make every counter anew from the files
    Rebuild,
    /// Liệt kê các lần nhập, mới nhất ở trên / list the imports, the newest first
    Batches {
        /// Số lần nhập nhiều nhất / at most so many
        #[arg(long, default_value_t = 50)]
        most: u32,
        /// In từng dòng JSON / print lines of JSON
        #[arg(long)]
        json: bool,
    },
    /// Hoàn tác một lần nhập: mọi con số trở lại như trước / undo an import: every figure goes back
    Undo {
        /// Số của lần nhập / the number of the batch
        batch: i64,
        /// In JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// Sao lưu cả cơ sở dữ liệu vào một tệp, không cần dừng máy chủ / back the whole database up, while the server runs
    Backup {
        /// Tệp ZIP để ghi, chưa có / the ZIP file to write, not there yet
        file: PathBuf,
        /// In JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// Khôi phục cơ sở dữ liệu từ một bản sao lưu; dừng máy chủ trước / restore the database; stop the server before
    Restore {
        /// Tệp do «thuocdo backup» ghi / the file that `thuocdo backup` wrote
        file: PathBuf,
        /// Thay dữ liệu đang có / replace the data that is there
        #[arg(long)]
        replace: bool,
        /// In JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// Mã của các hệ thống gửi dữ liệu vào / tokens of the systems that push data in
    Token {
        /// What to do.
        #[command(subcommand)]
        action: token::Action,
    },
    /// Ai được đăng nhập, với vai trò nào / who may sign in, and as what
    User {
        /// What to do.
        #[command(subcommand)]
        action: user::Action,
    },
    /// Ghi báo cáo tháng hoặc một tệp tải về của trang / write the monthly brief or a file that the pages hand out
    Export {
        /// What.
        #[command(subcommand)]
        what: export::What,
    },
    /// Tạo số liệu mô phỏng / make invented data
    Demo {
        /// Số hồ sơ / how many case files
        #[arg(long, default_value_t = crate::demo::CASE_FILES)]
        rows: u64,
    },
    /// In dòng tiêu đề của một loại tệp, hoặc mẫu báo cáo tháng / print the header of a kind of file, or the brief's template
    Template {
        /// Loại tệp, hoặc brief / the kind, or `brief`
        of: TemplateOf,
    },
}

/// What has a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateOf {
    /// A kind of file that is imported.
    File(Kind),
    /// The monthly brief.
    Brief,
}

impl FromStr for TemplateOf {
    type Err = <Kind as FromStr>::Err;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "brief" { Ok(Self::Brief) } else { text.parse().map(Self::File) }
    }
}
