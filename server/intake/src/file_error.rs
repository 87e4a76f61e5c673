//! Why a whole file is refused: what, where and what to do, in Vietnamese and then in English.

use std::{fmt, io};

use super::{kind::Kind, problem::Code};

/// A file that cannot be taken at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error(
        "không mở được tệp; kiểm tra đường dẫn và quyền đọc / the file cannot be opened; check its path and rights: {0}"
    )]
    Open(io::Error),
    #[error("đọc tệp bị gián đoạn; thử lại / reading the file was interrupted; try again: {0}")]
    Read(io::Error),
    #[error(
        "tệp trống; chọn tệp có dòng tiêu đề và dữ liệu / the file is empty; choose one with a header and rows"
    )]
    Empty,
    #[error("{0}")]
    Foreign(Foreign),
    #[error(
        "dòng {line}: một bản ghi dài hơn {limit} byte, thường do dấu ngoặc kép mở mà không đóng; sửa dòng này / \
         line {line}: a record is longer than {limit} bytes, mostly a quote that is never closed; correct the line"
    )]
    RecordTooLong { line: u64, limit: usize },
    #[error(
        "dòng {line}: dấu ngoặc kép mở mà không đóng cho đến hết tệp; sửa dòng này / \
         line {line}: a quote is opened and never closed; correct the line"
    )]
    OpenQuote { line: u64 },
    #[error(
        "sổ tính giải nén ra hơn {limit} byte; chia nhỏ tệp hoặc lưu thành CSV / \
         the workbook unpacks to more than {limit} bytes; split it or save it as CSV"
    )]
    TooLarge { limit: u64 },
    #[error(
        "sổ tính có quá nhiều phần ({parts}); lưu lại bằng chương trình bảng tính hoặc thành CSV / \
         the workbook has too many parts ({parts}); save it again with a spreadsheet program or as CSV"
    )]
    TooManyParts { parts: usize },
    #[error(
        "trang tính “{sheet}” khai kích thước không thể có; lưu lại hoặc lưu thành CSV / \
         sheet “{sheet}” claims an impossible size; save it again or as CSV"
    )]
    AbsurdSheet { sheet: String },
    #[error(
        "sổ tính hỏng hoặc có mật khẩu; mở bằng chương trình bảng tính, bỏ mật khẩu rồi lưu lại / \
         the workbook is damaged or has a password; open it, remove the password and save it again: {0}"
    )]
    Damaged(String),
    #[error(
        "thiếu cột cần có cho {kind}: {missing}. Dòng tiêu đề (dòng {line}) có: {found}. \
         Đổi tên cột trong tệp hoặc dùng ánh xạ. / \
         columns needed for {kind} are missing: {missing}. The header (line {line}) has: {found}. \
         Rename the file's columns or use a mapping.",
        missing = missing.join(", ")
    )]
    MissingColumns { kind: Kind, line: u64, missing: Vec<String>, found: String },
    #[error(
        "hai cột cùng là {column} ({label}): “{first}” và “{second}”; bỏ một cột hoặc ghi một cột vào ignore của ánh xạ / \
         two columns are {column}: “{first}” and “{second}”; remove one, or list one under ignore in a mapping"
    )]
    ColumnTwice { column: &'static str, label: &'static str, first: String, second: String },
    #[error(
        "ánh xạ này dành cho {mapping}, không phải {asked} / the mapping is for {mapping}, not for {asked}"
    )]
    OtherKind { mapping: Kind, asked: Kind },
    #[error(
        "ánh xạ, [constants] {column} = “{value}”: {vi} / the mapping's [constants] {column} = “{value}”: {en}",
        vi = code.vi(), en = code.en()
    )]
    BadConstant { column: String, value: String, code: Code },
}

/// What a file is instead of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    Pdf,
    OldExcel,
    BinaryExcel,
    OpenDocument,
    Document,
    Zip,
    Archive,
    Image,
    Html,
    Xml,
    Binary,
}

impl Foreign {
    /// What it is and what to do, in Vietnamese and in English.
    fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::Pdf => (
                "tệp là PDF; xuất lại dữ liệu thành CSV hoặc XLSX",
                "the file is a PDF; export the data as CSV or XLSX",
            ),
            Self::OldExcel => (
                "tệp là Excel đời cũ (.xls) hoặc có mật khẩu; mở ra và lưu thành .xlsx không mật khẩu",
                "the file is an old Excel file (.xls) or has a password; save it as .xlsx without a password",
            ),
            Self::BinaryExcel => (
                "tệp là .xlsb; mở ra và lưu thành .xlsx",
                "the file is an .xlsb; open it and save it as .xlsx",
            ),
            Self::OpenDocument => (
                "tệp là OpenDocument (.ods); mở ra và lưu thành .xlsx hoặc CSV",
                "the file is an OpenDocument file (.ods); save it as .xlsx or CSV",
            ),
            Self::Document => (
                "tệp là văn bản hoặc trình chiếu, không phải bảng tính; chép bảng sang .xlsx hoặc CSV",
                "the file is a text document or slides; copy the table into .xlsx or CSV",
            ),
            Self::Zip => (
                "tệp nén ZIP không phải sổ tính; giải nén rồi chọn tệp CSV hoặc XLSX bên trong",
                "the ZIP file is no workbook; unpack it and choose the CSV or XLSX inside",
            ),
            Self::Archive => (
                "tệp nén; giải nén rồi chọn tệp CSV hoặc XLSX bên trong",
                "the file is compressed; unpack it and choose the CSV or XLSX inside",
            ),
            Self::Image => (
                "tệp là hình ảnh; xuất dữ liệu thành CSV hoặc XLSX",
                "the file is a picture; export the data as CSV or XLSX",
            ),
            Self::Html => (
                "tệp là trang HTML (nhiều hệ thống xuất HTML dưới tên .xls); mở bằng Excel và lưu thành .xlsx",
                "the file is an HTML page (some systems name it .xls); open it in Excel and save it as .xlsx",
            ),
            Self::Xml => (
                "tệp là XML; xuất lại thành CSV hoặc .xlsx",
                "the file is XML; export the data as CSV or .xlsx",
            ),
            Self::Binary => (
                "tệp nhị phân, không phải bảng; chọn tệp CSV (UTF-8) hoặc XLSX",
                "the file is binary and no table; choose a CSV (UTF-8) or XLSX file",
            ),
        }
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (vi, en) = self.sentences();
        write!(f, "{vi} / {en}")
    }
}

/// A header as messages repeat it: short, on one line.
pub(super) fn shown(header: &str) -> String {
    let line: String = header.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 60 { line.chars().take(59).chain(['…']).collect() } else { line }
}
