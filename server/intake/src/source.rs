//! Opening a file by what it holds, not by its name: CSV, XLSX or NDJSON, or a clear word on what it is instead.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    cells::Serials,
    columns::Wanted,
    csv::Csv,
    encoding::{Encoding, unmarked},
    file_error::{FileError, Foreign},
    ndjson::{NdJson, is_ndjson},
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
    Csv { csv: Box<Csv>, passed: Arc<AtomicU64>, all: u64 },
    Xlsx(Xlsx),
    NdJson { rows: Box<NdJson>, passed: Arc<AtomicU64>, all: u64 },
}

impl Source {
    /// Opens a file and reads up to its header; which of several readings fits it best.
    pub(super) fn open(
        path: &Path,
        wanted: &[Wanted],
        limits: Limits,
    ) -> Result<(Self, Record, usize), FileError> {
        let mut file = File::open(path).map_err(FileError::Open)?;
        let mut sample = Vec::new();
        file.by_ref().take(SAMPLE).read_to_end(&mut sample).map_err(FileError::Open)?;
        if sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"PK\x05\x06") {
            let (xlsx, header, reading) = Xlsx::open(path, wanted, limits)?;
            return Ok((Self::Xlsx(xlsx), header, reading));
        }
        if let Some(foreign) = foreign(&sample) {
            return Err(FileError::Foreign(foreign));
        }
        let all = file.metadata().map_err(FileError::Open)?.len();
        let passed = Arc::new(AtomicU64::new(0));
        let file = Counting { inner: file, passed: Arc::clone(&passed) };
        if is_ndjson(&sample) {
            let (rows, header, reading) = NdJson::open(sample, file, wanted, limits.record)?;
            return Ok((Self::NdJson { rows: Box::new(rows), passed, all }, header, reading));
        }
        let (csv, header, reading) = Csv::open(sample, file, wanted, limits.record)?;
        Ok((Self::Csv { csv: Box::new(csv), passed, all }, header, reading))
    }

    /// Reads the next row; `false` at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<bool, FileError> {
        match self {
            Self::Csv { csv, .. } => csv.next(record),
            Self::Xlsx(xlsx) => xlsx.next(record),
            Self::NdJson { rows, .. } => rows.next(record),
        }
    }

    /// How much of the file has been read, of how much: bytes of a text, rows of a sheet.
    pub(super) fn position(&self) -> (u64, u64) {
        match self {
            Self::Csv { passed, all, .. } | Self::NdJson { passed, all, .. } => {
                (passed.load(Ordering::Relaxed).min(*all), *all)
            }
            Self::Xlsx(xlsx) => xlsx.position(),
        }
    }

    pub(super) fn serials(&self) -> Serials {
        match self {
            Self::Csv { .. } | Self::NdJson { .. } => Serials::Never,
            Self::Xlsx(xlsx) => Serials::Days { is_1904: xlsx.is_1904() },
        }
    }
}

/// Counts the bytes that pass.
struct Counting<R> {
    inner: R,
    passed: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.passed.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
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
