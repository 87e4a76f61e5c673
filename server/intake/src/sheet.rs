//! Rows of one sheet of a workbook: its cells, gathered by row and written as text.

use std::fmt::Write as _;

use calamine::{Cell, DataRef, XlsxCellReader, XlsxError};

use super::{
    csv::push_composed,
    file_error::FileError,
    record::Record,
    xlsx::{Workbook, damaged, moment},
};

/// What a sheet can hold at most; a file that claims more was not written by a spreadsheet program.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;
/// From here on a workbook's numbers are no longer whole: what was a code of 16 digits is spoilt.
const EXACT: f64 = 1e15;

/// A sheet, read row by row.
pub(super) struct Sheet<'a> {
    name: String,
    cells: XlsxCellReader<'a, std::io::BufReader<std::fs::File>>,
    pending: Option<Cell<DataRef<'a>>>,
    /// The library fails when asked for a cell after the last one.
    is_over: bool,
    /// Cells right of the header's last one are notes, not data.
    width: usize,
    rows: u64,
    is_1904: bool,
    limit: usize,
    text: String,
}

impl<'a> Sheet<'a> {
    /// Opens a sheet; `None` when it holds a chart instead of cells.
    pub(super) fn open(
        book: &'a mut Workbook,
        name: &str,
        is_1904: bool,
        limit: usize,
    ) -> Result<Option<Self>, FileError> {
        let cells = match book.worksheet_cells_reader(name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(None),
            Err(error) => return Err(damaged(error)),
        };
        let end = cells.dimensions().end;
        let width = MOST_COLUMNS as usize;
        let sheet = Self {
            name: name.to_owned(),
            cells,
            pending: None,
            is_over: false,
            width,
            rows: u64::from(end.0) + 1,
            is_1904,
            limit,
            text: String::new(),
        };
        sheet.possible(end)?;
        Ok(Some(sheet))
    }

    /// How many rows the sheet says it has.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn set_width(&mut self, width: usize) {
        self.width = width;
    }

    /// Reads the next row that says anything; `false` at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<bool, FileError> {
        loop {
            let Some(first) = self.next_cell()? else { return Ok(false) };
            let row = first.get_position().0;
            record.clear(u64::from(row) + 1);
            self.put(record, &first)?;
            while let Some(cell) = self.next_cell()? {
                if cell.get_position().0 != row {
                    self.pending = Some(cell);
                    break;
                }
                self.put(record, &cell)?;
            }
            if !record.is_blank() {
                if self.width < MOST_COLUMNS as usize {
                    record.fill(self.width);
                }
                return Ok(true);
            }
        }
    }

    fn next_cell(&mut self) -> Result<Option<Cell<DataRef<'a>>>, FileError> {
        if self.pending.is_some() || self.is_over {
            return Ok(self.pending.take());
        }
        let cell = self.cells.next_cell().map_err(damaged)?;
        self.is_over = cell.is_none();
        Ok(cell)
    }

    fn put(&mut self, record: &mut Record, cell: &Cell<DataRef<'a>>) -> Result<(), FileError> {
        let position = cell.get_position();
        self.possible(position)?;
        let column = position.1 as usize;
        // A cell given twice, or out of order: the first one stands.
        if column >= self.width || column < record.len() {
            return Ok(());
        }
        let text = match cell.get_value() {
            DataRef::Empty => return Ok(()),
            DataRef::SharedString(text) => text,
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.as_str(),
            other => {
                self.text.clear();
                write(&mut self.text, other, self.is_1904);
                &self.text
            }
        };
        // A shared string costs nothing to repeat, so it is the row that must be bounded.
        if record.size().saturating_add(text.len()) > self.limit {
            return Err(FileError::RecordTooLong { line: record.line, limit: self.limit });
        }
        record.fill(column);
        push_composed(record, text);
        Ok(())
    }

    fn possible(&self, (row, column): (u32, u32)) -> Result<(), FileError> {
        if row < MOST_ROWS && column < MOST_COLUMNS {
            Ok(())
        } else {
            Err(FileError::AbsurdSheet { sheet: self.name.clone() })
        }
    }
}

/// Writes a cell that is no text as one: dates ISO, whole numbers without exponent.
fn write(text: &mut String, value: &DataRef<'_>, is_1904: bool) {
    let written = match value {
        DataRef::Int(number) => write!(text, "{number}"),
        DataRef::Float(number) => write_number(text, *number),
        DataRef::Bool(yes) => write!(text, "{yes}"),
        DataRef::Error(error) => write!(text, "{error}"),
        DataRef::DateTime(date) => match moment(date.as_f64(), is_1904).filter(|_| date.is_datetime()) {
            Some((day, 0)) => write!(text, "{day}"),
            Some((day, second)) => {
                write!(text, "{day} {:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)
            }
            None => write_number(text, date.as_f64()),
        },
        DataRef::Empty
        | DataRef::String(_)
        | DataRef::SharedString(_)
        | DataRef::DateTimeIso(_)
        | DataRef::DurationIso(_) => Ok(()),
    };
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
}

fn write_number(text: &mut String, number: f64) -> std::fmt::Result {
    if !number.is_finite() {
        return write!(text, "#NUM!");
    }
    if number.abs() >= EXACT {
        // Written with an exponent, a spoilt code is told apart from a whole one.
        let digits = format!("{number:.14e}");
        let (digits, exponent) = digits.split_once('e').unwrap_or((&digits, "0"));
        return write!(text, "{digits}E+{exponent}");
    }
    // Fifteen significant digits are what a workbook shows: 89.57999999999999 is 89.58.
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    write!(text, "{rounded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_see_them() {
        let written = |number| {
            let mut text = String::new();
            write_number(&mut text, number).unwrap();
            text
        };
        assert_eq!(written(101_001_240_735.0), "101001240735");
        assert_eq!(written(1.0), "1");
        assert_eq!(written(89.579_999_999_999_99), "89.58");
        assert_eq!(written(-0.5), "-0.5");
        assert_eq!(written(123_456_789_012_345_678.0), "1.23456789012346E+17");
    }
}
