//! Rows of an XLSX workbook, streamed by a thread of its own: the sheet's reader borrows the workbook, and a workbook
//! that makes the library panic ends that thread only.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread, vec,
};

use calamine::{Reader as _, XlsxError};
use chrono::{Days, NaiveDate};
use thuocdo::text::in_bounds;

use super::{
    columns::{Wanted, best_of},
    file_error::FileError,
    reader::Limits,
    record::Record,
    sheet::Sheet,
    source::HEADER_WITHIN,
    unpack,
};

pub(super) type Workbook = calamine::Xlsx<BufReader<File>>;

/// How many rows, or how many bytes of them, go through the channel at once.
const BATCH_ROWS: usize = 256;
const BATCH_BYTES: usize = 1 << 20;
/// How many batches wait in it.
const WAITING: usize = 4;

/// A workbook, read row by row.
pub(super) struct Xlsx {
    messages: Receiver<Message>,
    batch: vec::IntoIter<Record>,
    is_1904: bool,
    is_over: bool,
    /// The line read last, and the last one there is.
    position: (u64, u64),
}

enum Message {
    Header { header: Record, is_1904: bool, reading: usize, rows: u64 },
    Rows(Vec<Record>),
    End,
    Failed(FileError),
}

impl Xlsx {
    /// Opens a workbook and reads up to the header of the first sheet that has one.
    pub(super) fn open(
        path: &Path,
        wanted: &[Wanted],
        limits: Limits,
    ) -> Result<(Self, Record, usize), FileError> {
        let (sender, messages) = sync_channel(WAITING);
        let job = Job { path: path.to_owned(), wanted: wanted.to_vec(), limits, sender };
        thread::Builder::new().name("workbook".to_owned()).spawn(|| job.run()).map_err(FileError::Read)?;
        match messages.recv() {
            Ok(Message::Header { header, is_1904, reading, rows }) => {
                let position = (header.line, rows);
                let xlsx =
                    Self { messages, batch: Vec::new().into_iter(), is_1904, is_over: false, position };
                Ok((xlsx, header, reading))
            }
            Ok(Message::Failed(error)) => Err(error),
            Ok(Message::End | Message::Rows(_)) => Err(FileError::Empty),
            Err(_) => Err(broken()),
        }
    }

    pub(super) fn is_1904(&self) -> bool {
        self.is_1904
    }

    pub(super) fn position(&self) -> (u64, u64) {
        self.position
    }

    /// Reads the next row; `false` at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<bool, FileError> {
        while !self.is_over {
            if let Some(row) = self.batch.next() {
                self.position.0 = row.line;
                *record = row;
                return Ok(true);
            }
            match self.messages.recv() {
                Ok(Message::Rows(rows)) => self.batch = rows.into_iter(),
                Ok(Message::End | Message::Header { .. }) => self.is_over = true,
                Ok(Message::Failed(error)) => {
                    self.is_over = true;
                    return Err(error);
                }
                Err(_) => {
                    self.is_over = true;
                    return Err(broken());
                }
            }
        }
        Ok(false)
    }
}

/// The thread ended without a word: the library panicked.
fn broken() -> FileError {
    FileError::Damaged("the workbook cannot be understood".to_owned())
}

pub(super) fn damaged(error: XlsxError) -> FileError {
    FileError::Damaged(error.to_string())
}

/// What the thread does. A channel nobody listens to any more ends it without a word.
struct Job {
    path: PathBuf,
    wanted: Vec<Wanted>,
    limits: Limits,
    sender: SyncSender<Message>,
}

impl Job {
    fn run(self) {
        let end = match self.stream() {
            Ok(()) => Message::End,
            Err(error) => Message::Failed(error),
        };
        let _ = self.sender.send(end);
    }

    fn stream(&self) -> Result<(), FileError> {
        let open = || File::open(&self.path).map_err(FileError::Open);
        let is_1904 = unpack::check(open()?, self.limits.unpacked)?.is_1904;
        let mut book = Workbook::new(BufReader::new(open()?)).map_err(damaged)?;
        let place = self.header_place(&mut book, is_1904)?.ok_or(FileError::Empty)?;
        let HeaderPlace { sheet: name, line: header_line, reading } = place;
        let mut sheet =
            Sheet::open(&mut book, &name, is_1904, self.limits.record)?.ok_or(FileError::Empty)?;
        let mut record = Record::default();
        while sheet.next(&mut record)? && record.line < header_line {}
        sheet.set_width(record.len());
        let rows = sheet.rows().max(record.line);
        if self.sender.send(Message::Header { header: record, is_1904, reading, rows }).is_err() {
            return Ok(());
        }
        loop {
            let mut batch = Vec::with_capacity(BATCH_ROWS);
            let mut bytes = 0;
            let mut more = Ok(true);
            while batch.len() < BATCH_ROWS && bytes < BATCH_BYTES && matches!(more, Ok(true)) {
                let mut record = Record::default();
                more = sheet.next(&mut record);
                if matches!(more, Ok(true)) {
                    bytes += record.size();
                    batch.push(record);
                }
            }
            // Rows read before a failure go out before it.
            if self.sender.send(Message::Rows(batch)).is_err() || !more? {
                return Ok(());
            }
        }
    }

    /// The sheet, and the line of its header: the first sheet with every needed column, else the best there is, so
    /// that the refusal can say what was found.
    fn header_place(&self, book: &mut Workbook, is_1904: bool) -> Result<Option<HeaderPlace>, FileError> {
        let mut best: Option<((bool, usize), HeaderPlace)> = None;
        for name in book.sheet_names() {
            let Some(mut sheet) = Sheet::open(book, &name, is_1904, self.limits.record)? else { continue };
            let mut record = Record::default();
            for _ in 0..HEADER_WITHIN {
                if !sheet.next(&mut record)? {
                    break;
                }
                let (score, reading) = best_of(&self.wanted, &record.iter().collect::<Vec<_>>());
                if best.as_ref().is_none_or(|(best, _)| score > *best) {
                    best = Some((score, HeaderPlace { sheet: name.clone(), line: record.line, reading }));
                }
            }
            if best.as_ref().is_some_and(|((is_whole, _), _)| *is_whole) {
                break;
            }
        }
        Ok(best.map(|(_, place)| place))
    }
}

/// Where a workbook's header is, and how it is best read.
struct HeaderPlace {
    sheet: String,
    line: u64,
    /// Which of the readings fits best.
    reading: usize,
}

/// The day a workbook's number stands for.
pub(super) fn day(serial: f64, is_1904: bool) -> Option<NaiveDate> {
    moment(serial, is_1904).map(|(day, _)| day)
}

/// The day and the second of it; workbooks count days, the first calendar with a 29 February 1900 that never was.
pub(super) fn moment(serial: f64, is_1904: bool) -> Option<(NaiveDate, u32)> {
    // A sum that should be midnight may fall short by the last bit of its number; a time of day never lies so close, and
    // is cut, not rounded up to the next day.
    const LAST_BIT: f64 = 1e-11;
    if !(0.0..1_000_000.0).contains(&serial) {
        return None;
    }
    let midnight = (serial + LAST_BIT).floor();
    let second = ((serial - midnight) * 86_400.0).round().clamp(0.0, 86_399.0) as u32;
    let days = midnight as u64;
    let (year, month, day, days) = match days {
        days if is_1904 => (1904, 1, 1, days),
        0 | 60 => return None,
        days if days < 60 => (1899, 12, 31, days),
        days => (1899, 12, 30, days),
    };
    let day = NaiveDate::from_ymd_opt(year, month, day)?.checked_add_days(Days::new(days))?;
    in_bounds(day).then_some((day, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_days_is_the_day_a_workbook_shows() {
        let shown = |serial, is_1904| day(serial, is_1904).map(|day| day.to_string());
        assert_eq!(shown(45_016.0, false).as_deref(), Some("2023-03-31"));
        assert_eq!(shown(45_016.999_9, false).as_deref(), Some("2023-03-31"));
        assert_eq!(shown(43_554.0, true).as_deref(), Some("2023-03-31"));
        assert_eq!(shown(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(shown(61.0, false).as_deref(), Some("1900-03-01"));
        for serial in [60.0, 0.5, -1.0, 20_230_331.0, f64::NAN, f64::INFINITY] {
            assert_eq!(shown(serial, false), None, "{serial}");
        }
    }

    #[test]
    fn the_last_moment_of_a_day_belongs_to_that_day_and_a_computed_midnight_to_the_next() {
        for part in [0.5, 0.997, 0.999_9, 0.999_999] {
            let serial = 45_016.0 + (86_399.0 + part) / 86_400.0;
            let last = Some((NaiveDate::from_ymd_opt(2023, 3, 31).unwrap(), 86_399));
            assert_eq!(moment(serial, false), last, "{part}");
        }
        assert_eq!(
            moment(45_016.0_f64.next_down(), false).map(|(day, second)| (day.to_string(), second)),
            Some(("2023-03-31".to_owned(), 0))
        );
        assert_eq!(
            moment(45_016.0 + 8.0 / 24.0 + 20.0 / 1_440.0, false).map(|(_, second)| second),
            Some(30_000)
        );
    }
}
