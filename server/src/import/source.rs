//! Opening a file by what it holds, not by its name: CSV or XLSX, or a clear word on what it is instead.

use std::{fs::File, io::Read, path::Path};

use super::{
    cells::Serials,
    columns::Wanted,
    csv::Csv,
    encoding::{Encoding, unmarked},
    file_error::{FileError, Foreign},
    reader::Limits,
    record::Record,
    xlsx::Xlsx,
};

/// The header is one of this many rows; above it may stand titles.
pub(super) const HEADER_WITHIN: usize = 20;
/// How much of a file decides what it is.
const SAMPLE: u64 = 64 << 10;

/// Rows of a file.
pub(super) enum Source {
    Csv(Box<Csv>),
    Xlsx(Xlsx),
}

impl Source {
    /// Opens a file and reads up to its header.
    pub(super) fn open(path: &Path, wanted: &Wanted, limits: Limits) -> Result<(Self, Record), FileError> {
        let mut file = File::open(path).map_err(FileError::Open)?;
        let mut sample = Vec::new();
        file.by_ref().take(SAMPLE).read_to_end(&mut sample).map_err(FileError::Open)?;
        if sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"PK\x05\x06") {
            let (xlsx, header) = Xlsx::open(path, wanted, limits)?;
            return Ok((Self::Xlsx(xlsx), header));
        }
        if let Some(foreign) = foreign(&sample) {
            return Err(FileError::Foreign(foreign));
        }
        let (csv, header) = Csv::open(sample, file, wanted, limits.record)?;
        Ok((Self::Csv(Box::new(csv)), header))
    }

    /// Reads the next row; `false` at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<bool, FileError> {
        match self {
            Self::Csv(csv) => csv.next(record),
            Self::Xlsx(xlsx) => xlsx.next(record),
        }
    }

    pub(super) fn serials(&self) -> Serials {
        match self {
            Self::Csv(_) => Serials::Never,
            Self::Xlsx(xlsx) => Serials::Days { is_1904: xlsx.is_1904() },
        }
    }
}

/// What a file is that is neither a workbook nor text.
fn foreign(sample: &[u8]) -> Option<Foreign> {
    const BEGINNINGS: [(&[u8], Foreign); 13] = [
        (b"%PDF", Foreign::Pdf),
        (b"\xd0\xcf\x11\xe0", Foreign::OldExcel),
        (b"\x1f\x8b", Foreign::Archive),
        (b"7z\xbc\xaf\x27\x1c", Foreign::Archive),
        (b"Rar!\x1a", Foreign::Archive),
        (b"BZh9", Foreign::Archive),
        (b"\xfd7zXZ", Foreign::Archive),
        (b"\x28\xb5\x2f\xfd", Foreign::Archive),
        (b"\x89PNG", Foreign::Image),
        (b"\xff\xd8\xff", Foreign::Image),
        (b"GIF8", Foreign::Image),
        (b"II*\0", Foreign::Image),
        (b"MM\0*", Foreign::Image),
    ];
    if let Some((_, foreign)) = BEGINNINGS.iter().find(|(beginning, _)| sample.starts_with(beginning)) {
        return Some(*foreign);
    }
    let encoding = Encoding::of(sample);
    let beginning = encoding.text(&sample[..sample.len().min(512)]).trim_start().to_ascii_lowercase();
    if ["<!doctype html", "<html", "<table", "<meta", "<head"].iter().any(|tag| beginning.starts_with(tag)) {
        return Some(Foreign::Html);
    }
    if beginning.starts_with("<?xml") {
        return Some(if beginning.contains("<html") { Foreign::Html } else { Foreign::Xml });
    }
    (encoding.utf16().is_none() && is_binary(unmarked(sample))).then_some(Foreign::Binary)
}

/// Text has no zero bytes and hardly any control characters.
fn is_binary(sample: &[u8]) -> bool {
    let is_control = |byte: &&u8| **byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    sample.contains(&0) || sample.iter().filter(is_control).count() > sample.len() / 100
}
