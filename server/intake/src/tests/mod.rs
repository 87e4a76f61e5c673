//! The importer as others see it: a file goes in, lines come out.

mod anything;
mod boston;
mod case_files;
mod mappings;
mod ndjson;
mod other_kinds;
mod refusals;
mod text_files;
mod workbooks;

use std::io::Write as _;

use chrono::NaiveDate;
use tempfile::NamedTempFile;
use thuocdo::case_file;

use super::{Code, FileError, Kind, Line, Mapping, Reader, Row};

/// The day all tests are run on.
const TODAY: NaiveDate = match NaiveDate::from_ymd_opt(2023, 6, 30) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test date")
}

fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("room on the disk");
    file
}

fn open(kind: Kind, bytes: &[u8]) -> Result<Reader, FileError> {
    Reader::open(file(bytes).path(), kind, None, TODAY)
}

fn lines(kind: Kind, bytes: &[u8]) -> Vec<Line> {
    open(kind, bytes).expect("the file opens").map(|line| line.expect("the file reads")).collect()
}

fn mapped(kind: Kind, mapping: &str, bytes: &[u8]) -> Result<Vec<Line>, FileError> {
    let mapping = Mapping::parse(mapping).expect("a mapping");
    Reader::open(file(bytes).path(), kind, Some(&mapping), TODAY)?.collect()
}

/// The problems of the only row, as column and code.
fn problems(kind: Kind, text: &str) -> Vec<(String, Code)> {
    let mut lines = lines(kind, text.as_bytes());
    assert_eq!(lines.len(), 1, "{text}");
    let found = lines.remove(0).problems.into_iter();
    found.map(|problem| (problem.column.unwrap_or_default(), problem.code)).collect()
}

fn named(pairs: &[(&str, Code)]) -> Vec<(String, Code)> {
    pairs.iter().map(|(column, code)| ((*column).to_owned(), *code)).collect()
}

fn case_file(line: &Line) -> &case_file::Row {
    match &line.row {
        Some(Row::CaseFile(row)) => row,
        other => panic!("no case file but {other:?}: {:?}", line.problems),
    }
}

#[test]
fn a_reader_may_be_moved_to_another_thread() {
    fn is_send<T: Send>() {}
    is_send::<Reader>();
}
