//! What each parser has to hold, whatever it is given.

use std::{fs, io::Write as _, path::Path};

use chrono::{Datelike as _, NaiveDate};
use intake::{FileError, Kind, Line, Mapping, Reader, Row, Severity};
use rust_xlsxwriter::Workbook;
use thuocdo::counts::Given;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The kinds with the most rows, and one of text.
const KINDS: [Kind; 4] = [Kind::CaseFiles, Kind::Petitions, Kind::Dialogues, Kind::Agencies];

const CASE_FILES: &str = "\
Mã hồ sơ;Mã đơn vị;Lĩnh vực;Kênh tiếp nhận;Ngày tiếp nhận;Ngày hẹn trả;Ngày có kết quả;Trạng thái;Họ tên
a;SO-01;XD;online;02/10/2023;09/10/2023;06/10/2023;9;Nguyễn Văn A
\"b;1\";271;\"HT \"\"x\"\"\";1;2023-10-02;9/10/2023;;Đang xử lý;
c;271;HT;bưu chính;45201;;;;\"hai
dòng\"
";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 15).expect("a date")
}

/// Whether a day is one that a file can speak of.
fn is_of_ours(day: NaiveDate) -> bool {
    (1900..2200).contains(&day.year())
}

/// Every line of a file, read as a kind and as what it is recognised to be.
fn read(path: &Path) {
    for kind in KINDS {
        if let Ok(reader) = Reader::open(path, kind, None, today()) {
            go_through(reader);
        }
    }
    if let Ok((mut reader, _)) = Reader::recognise(path, &[], today()) {
        let _ = reader.peek(5);
    }
}

fn go_through(reader: Reader) {
    for line in reader {
        let line: Result<Line, FileError> = line;
        let Ok(Line { line, row, problems, cells }) = line else { return };
        assert!(line > 0);
        let is_set_aside = problems.iter().any(|problem| problem.severity() == Severity::Hard);
        assert_eq!(row.is_none(), is_set_aside, "a row is in, or it is said why not: {problems:?}");
        assert!(
            row.is_some()
                || !cells.is_empty()
                || problems.iter().any(|p| p.value.is_empty() || p.column.is_none())
        );
        for problem in &problems {
            assert!(!problem.vi().is_empty() && !problem.en().is_empty());
            assert!(problem.value.chars().count() <= 81, "{}", problem.value);
        }
        if let Some(Row::CaseFile(row)) = row {
            assert!(!row.case_code.is_empty() && !row.agency_code.is_empty());
            assert!(is_of_ours(row.received_on), "{}", row.received_on);
        }
    }
}

/// A file of these bytes, for as long as it is looked at.
fn with_file(bytes: &[u8], end: &str, look: impl FnOnce(&Path)) {
    let mut file = tempfile::Builder::new().suffix(end).tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    look(file.path());
}

pub fn csv_seeds() -> Vec<Vec<u8>> {
    let utf16 = CASE_FILES.encode_utf16().flat_map(u16::to_le_bytes);
    vec![
        CASE_FILES.into(),
        [&b"\xef\xbb\xbf"[..], CASE_FILES.as_bytes()].concat(),
        b"\xff\xfe".iter().copied().chain(utf16).collect(),
        CASE_FILES.replace(';', "\t").replace('\n', "\r\n").into(),
        "petition_code,agency_code,kind,sent_on,answered_on\np1,271,conduct,2023-10-02,2023-10-09\n".into(),
        "dialogue_code,agency_code,held_on,fields,participants\nd,271,2023-01-01,\"HT; XD\",12\n".into(),
        b"agency_code,name,level\n1,\xc6\xa0n v\xe0,x\n".to_vec(),
        Vec::new(),
        b"\n\n\n".to_vec(),
        b"\"".to_vec(),
    ]
}

pub fn csv(bytes: &[u8]) {
    with_file(bytes, ".csv", read);
}

pub fn ndjson_seeds() -> Vec<Vec<u8>> {
    vec![
        "{\"case_code\":\"a\",\"agency_code\":\"271\",\"received_on\":\"2023-10-02\",\"status\":9}\n".into(),
        "{\"case_code\":\"b\",\"agency_code\":271,\"received_on\":null}\n[1,2]\n\"x\"\n{}\n".into(),
        "{\"case_code\":\"\\ud800\",\"agency_code\":\"\\u0000\",\"received_on\":{\"a\":[1e400]}}\n".into(),
    ]
}

pub fn ndjson(bytes: &[u8]) {
    with_file(bytes, ".ndjson", read);
}

/// A workbook as a spreadsheet program writes it.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in CASE_FILES.lines().take(3).enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            sheet.write(row as u32, column as u16, cell).expect("written");
        }
    }
    sheet.write(4, 4, 45_201.5).expect("written");
    sheet.write(5, 0, true).expect("written");
    book.save_to_buffer().expect("a workbook")
}

pub fn archive_seeds() -> Vec<Vec<u8>> {
    vec![workbook(), b"PK\x03\x04".to_vec(), b"PK\x05\x06".iter().copied().chain([0; 18]).collect()]
}

pub fn archive(bytes: &[u8]) {
    with_file(bytes, ".xlsx", read);
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The sheet inside the workbook: a broken archive is refused at its door, a whole one with a broken sheet is not.
pub fn sheet_seeds() -> Vec<Vec<u8>> {
    let mut archive = ZipArchive::new(std::io::Cursor::new(workbook())).expect("an archive");
    let mut sheet = Vec::new();
    std::io::copy(&mut archive.by_name(SHEET).expect("a sheet"), &mut sheet).expect("read");
    let text = String::from_utf8(sheet.clone()).expect("UTF-8");
    vec![
        sheet,
        text.replace("r=\"A1\"", "r=\"XFD1048576\"").into(),
        text.replace("t=\"s\"", "t=\"inlineStr\"").into(),
        text.replace("<sheetData>", "<sheetData><row r=\"4294967295\"/>").into(),
    ]
}

pub fn sheet(bytes: &[u8]) {
    let mut whole = ZipArchive::new(std::io::Cursor::new(workbook())).expect("an archive");
    let mut changed = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..whole.len() {
        let mut part = whole.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        changed.start_file(name.clone(), SimpleFileOptions::default()).expect("begins");
        if name == SHEET {
            changed.write_all(bytes).expect("written");
        } else {
            std::io::copy(&mut part, &mut changed).expect("copied");
        }
    }
    archive(&changed.finish().expect("an archive").into_inner());
}

pub fn mapping_seeds() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mappings");
    let mut seeds: Vec<Vec<u8>> = fs::read_dir(folder)
        .expect("mappings")
        .map(|entry| fs::read(entry.expect("an entry").path()).expect("a mapping"))
        .collect();
    seeds.push(b"kind = \"case-files\"\n[columns]\ncase_code = \"Ma ho so\"\n".to_vec());
    seeds
}

pub fn mapping(bytes: &[u8]) {
    let Ok(mapping) = Mapping::parse(&String::from_utf8_lossy(bytes)) else { return };
    with_file(CASE_FILES.as_bytes(), ".csv", |path| {
        if let Ok(reader) = Reader::open(path, mapping.kind(), Some(&mapping), today()) {
            go_through(reader);
        }
    });
}

/// One case file with a cell of one's own.
fn case_file(column: &str, cell: &[u8]) -> Option<Line> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["case_code", "agency_code", "received_on", column]).expect("written");
    let record: [&[u8]; 4] = [b"a", b"271", b"2023-10-02", cell];
    writer.write_byte_record(&record.as_slice().into()).expect("written");
    let mut only = None;
    with_file(&writer.into_inner().expect("written"), ".csv", |path| {
        // With bytes that no text holds the file is refused as a whole.
        only = Reader::open(path, Kind::CaseFiles, None, today())
            .ok()
            .and_then(|reader| reader.flatten().next());
    });
    only
}

pub fn date_seeds() -> Vec<Vec<u8>> {
    let seeds = [
        "2023-10-02",
        "2/10/2023",
        "02.10.2023 07:30",
        "45201",
        "2023-10-02T07:30:00+07:00",
        "20231002",
        "",
        " ",
    ];
    seeds.into_iter().map(Into::into).collect()
}

pub fn date(bytes: &[u8]) {
    let Some(Line { row, problems, .. }) = case_file("due_on", bytes) else { return };
    let Some(Row::CaseFile(row)) = row else {
        assert!(!problems.is_empty(), "a row left out says why");
        return;
    };
    if let Given::Value(due) = row.due_on {
        assert!(is_of_ours(due), "{due}");
    }
}

pub fn status_seeds() -> Vec<Vec<u8>> {
    let seeds = ["1", "10", "Đang xử lý", "ĐÃ TRẢ", "đa~ xử lý", "11", "-1", "9.0", "０"];
    seeds.into_iter().map(Into::into).collect()
}

pub fn status(bytes: &[u8]) {
    let Some(Line { row, problems, .. }) = case_file("status", bytes) else { return };
    match row {
        Some(Row::CaseFile(row)) => {
            if let Given::Value(status) = row.status {
                assert!((1..=10).contains(&status.code()));
            }
        }
        _ => assert!(!problems.is_empty(), "a row left out says why"),
    }
}
