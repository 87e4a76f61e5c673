//! Rows of a CSV file: comma, semicolon or tab, in any of the encodings, letters composed (NFC).

use std::io::{self, Read};

use ::csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder, StringRecord};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{
    columns::{Wanted, best_of},
    encoding::{Encoding, unmarked, windows_1258},
    file_error::FileError,
    guard::{Guard, Refused},
    problem::Code,
    record::Record,
    source::HEADER_WITHIN,
};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
const BUFFER: usize = 64 << 10;

/// A CSV file, read row by row.
pub(super) struct Csv {
    reader: Reader<Guard<Box<dyn Read + Send>>>,
    raw: ByteRecord,
    encoding: Encoding,
    limit: usize,
}

impl Csv {
    /// Opens a file whose first bytes are known, and reads up to its header.
    pub(super) fn open(
        sample: Vec<u8>,
        rest: impl Read + Send + 'static,
        wanted: &[Wanted],
        limit: usize,
    ) -> Result<(Self, Record, usize), FileError> {
        let encoding = Encoding::of(&sample);
        let place = header_place(&encoding.text(&sample), wanted).ok_or(FileError::Empty)?;
        let HeaderPlace { delimiter, titles, reading } = place;
        let marks = sample.len() - unmarked(&sample).len();
        let mut bytes = io::Cursor::new(sample);
        bytes.set_position(marks as u64);
        let bytes = bytes.chain(rest);
        let bytes: Box<dyn Read + Send> = match encoding.utf16() {
            Some(utf16) => {
                let mut decoder = encoding_rs_io::DecodeReaderBytesBuilder::new();
                Box::new(decoder.encoding(Some(utf16)).strip_bom(true).build(bytes))
            }
            None => Box::new(bytes),
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(BUFFER)
            .from_reader(Guard::new(bytes, delimiter, limit));
        let encoding = if encoding.utf16().is_some() { Encoding::Utf8 } else { encoding };
        let mut csv = Self { reader, raw: ByteRecord::new(), encoding, limit };
        let mut header = Record::default();
        for _ in 0..=titles {
            if !csv.next(&mut header)? {
                return Err(FileError::Empty);
            }
        }
        Ok((csv, header, reading))
    }

    /// Reads the next row; `false` at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<bool, FileError> {
        if !self.reader.read_byte_record(&mut self.raw).map_err(|error| self.refusal(error))? {
            return Ok(false);
        }
        let parser_line = self.raw.position().map_or(0, ::csv::Position::line);
        record.clear(self.reader.get_mut().next_start().unwrap_or(parser_line));
        if self.raw.as_slice().is_ascii() {
            for cell in &self.raw {
                record.push(std::str::from_utf8(cell).unwrap_or_default());
            }
            return Ok(true);
        }
        if self.encoding == Encoding::Undecided {
            let is_utf8 = self.raw.iter().all(|cell| std::str::from_utf8(cell).is_ok());
            self.encoding = if is_utf8 { Encoding::Utf8 } else { Encoding::Windows1258 };
        }
        for cell in &self.raw {
            match (self.encoding, std::str::from_utf8(cell)) {
                (Encoding::Windows1258, _) => push_composed(record, &windows_1258(cell)),
                (_, Ok(cell)) => push_composed(record, cell),
                (_, Err(_)) => {
                    let cell = String::from_utf8_lossy(cell);
                    record.fault.get_or_insert_with(|| (Code::BadEncoding, cell.clone().into_owned()));
                    push_composed(record, &cell);
                }
            }
        }
        Ok(true)
    }

    fn refusal(&self, error: ::csv::Error) -> FileError {
        let error = match error.into_kind() {
            ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        };
        match error.downcast::<Refused>() {
            Ok(Refused::TooLong { line }) => FileError::RecordTooLong { line, limit: self.limit },
            Ok(Refused::OpenQuote { line }) => FileError::OpenQuote { line },
            Err(error) => FileError::Read(error),
        }
    }
}

/// Adds a cell with its letters composed: `e` and a mark of its own become `é`. Marks that turn the direction of writing go:
/// nobody sees them, a code with one is another code, and a name can hide behind them what it is.
pub(super) fn push_composed(record: &mut Record, cell: &str) {
    // What such a mark begins with in UTF-8; no letter of Vietnamese does.
    let may_turn = || cell.bytes().any(|byte| matches!(byte, 0xd8 | 0xe2 | 0xef));
    if cell.is_ascii() {
        record.push(cell);
    } else if may_turn() && cell.contains(turns) {
        record.extend(cell.chars().filter(|c| !turns(*c)).nfc());
    } else if is_nfc_quick(cell.chars()) == IsNormalized::Yes {
        record.push(cell);
    } else {
        record.extend(cell.nfc());
    }
}

/// Whether a sign turns the direction of writing, or marks the order of bytes (Unicode Standard Annex 9, section 2).
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Where a file's header is, and how it is best read.
struct HeaderPlace {
    delimiter: u8,
    /// How many rows stand before it.
    titles: usize,
    /// Which of the readings fits best.
    reading: usize,
}

/// Looks for the header; `None` where there is no row at all.
fn header_place(sample: &str, wanted: &[Wanted]) -> Option<HeaderPlace> {
    let mut best: Option<(Rank, HeaderPlace)> = None;
    for delimiter in DELIMITERS {
        let mut builder = ReaderBuilder::new();
        let builder = builder.has_headers(false).flexible(true).delimiter(delimiter);
        let mut rows = builder.from_reader(sample.as_bytes());
        let first = rows.records().take(HEADER_WITHIN).map_while(Result::ok).enumerate();
        // The first of the best, so that a row below the header cannot take its place.
        let row =
            first.map(|(at, row)| (rank(&row, wanted), at)).reduce(|a, b| if b.0.0 > a.0.0 { b } else { a });
        let Some(((rank, reading), titles)) = row else { continue };
        if best.as_ref().is_none_or(|(best, _)| rank > *best) {
            best = Some((rank, HeaderPlace { delimiter, titles, reading }));
        }
    }
    best.map(|(_, place)| place)
}

/// How good a header a row would be, and among equals how many cells it has.
type Rank = ((bool, usize), usize);

fn rank(row: &StringRecord, wanted: &[Wanted]) -> (Rank, usize) {
    let cells: Vec<String> = row.iter().map(|cell| cell.trim().nfc().collect()).collect();
    let (score, reading) = best_of(wanted, &cells.iter().map(String::as_str).collect::<Vec<_>>());
    ((score, cells.len()), reading)
}
