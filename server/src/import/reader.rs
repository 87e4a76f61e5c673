//! The way in: a file, the kind of its rows and perhaps a mapping; out come lines, one after another.

use std::path::Path;

use chrono::NaiveDate;

use super::{
    Line, Row,
    cells::{Cells, Serials},
    columns::{Layout, Slot, Wanted},
    file_error::FileError,
    kind::Kind,
    mapping::Mapping,
    problem::{Code, Problem, Severity},
    record::Record,
    source::Source,
};

/// How much of a file is taken into memory, or believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record.
    pub record: usize,
    /// Bytes of a workbook, unpacked.
    pub unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record: 1 << 20, unpacked: 512 << 20 }
    }
}

/// A file being read. It is an iterator over its lines; after an error it ends.
pub struct Reader {
    source: Source,
    kind: Kind,
    layout: Layout,
    serials: Serials,
    today: NaiveDate,
    record: Record,
    is_over: bool,
}

impl Reader {
    /// Opens a file and reads its header. `today` decides which dates lie in the future.
    pub fn open(
        path: &Path,
        kind: Kind,
        mapping: Option<&Mapping>,
        today: NaiveDate,
    ) -> Result<Self, FileError> {
        Self::open_within(Limits::default(), path, kind, mapping, today)
    }

    /// The same with limits of one's own.
    pub fn open_within(
        limits: Limits,
        path: &Path,
        kind: Kind,
        mapping: Option<&Mapping>,
        today: NaiveDate,
    ) -> Result<Self, FileError> {
        if let Some(mapping) = mapping.filter(|mapping| mapping.kind() != kind) {
            return Err(FileError::OtherKind { mapping: mapping.kind(), asked: kind });
        }
        let wanted = Wanted { kind, mapping: mapping.cloned() };
        let (source, header) = Source::open(path, &wanted, limits)?;
        let layout = Layout::new(&wanted, header.iter().map(str::to_owned).collect(), header.line)?;
        let serials = source.serials();
        let reader = Self { source, kind, layout, serials, today, record: Record::default(), is_over: false };
        reader.check_constants()?;
        Ok(reader)
    }

    /// The header as the file has it.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.layout.header
    }

    /// The headers of the columns that are not taken: nothing of them is kept. Names, phones and addresses are here.
    #[must_use]
    pub fn dropped(&self) -> &[String] {
        &self.layout.dropped
    }

    /// The headers that the mapping names and the file does not have.
    #[must_use]
    pub fn not_found(&self) -> &[String] {
        &self.layout.not_found
    }

    /// Our names of the columns the file carries, by a cell or by a constant.
    pub fn carried(&self) -> impl Iterator<Item = &'static str> {
        let slots = self.layout.columns.iter().zip(&self.layout.slots);
        slots.filter(|(_, slot)| !matches!(slot, Slot::Absent)).map(|(column, _)| column.name)
    }

    fn next_line(&mut self) -> Result<Option<Line>, FileError> {
        loop {
            if !self.source.next(&mut self.record)? {
                return Ok(None);
            }
            // Rows of nothing but separators end many an exported table.
            if !self.record.is_blank() {
                return Ok(Some(self.line()));
            }
        }
    }

    fn line(&self) -> Line {
        let Self { record, layout, .. } = self;
        let line = record.line;
        let (row, problems) = match self.fault() {
            Some((code, shown)) => (None, vec![Problem::new(line, None, &shown, code)]),
            None => {
                let mut cells = Cells::new(layout, record, self.serials, self.today);
                let row = self.kind.read(&mut cells);
                (row.filter(|_| !cells.is_set_aside()), cells.into_problems())
            }
        };
        let may_be_set_aside = row.as_ref().is_none_or(Row::may_be_set_aside_later);
        let cells = if may_be_set_aside { record.iter().map(str::to_owned).collect() } else { Vec::new() };
        Line { line, row, problems, cells }
    }

    /// What is wrong with the row as a whole: then its cells are not looked at, since they may stand in wrong columns.
    fn fault(&self) -> Option<(Code, String)> {
        let Self { record, layout, .. } = self;
        let (cells, columns) = (record.len(), layout.header.len());
        // Empty cells too many do no harm.
        let is_ragged = cells < columns || record.iter().skip(columns).any(|cell| !cell.is_empty());
        if is_ragged {
            return Some((Code::WrongCellCount, format!("{cells} ≠ {columns}")));
        }
        record.fault.clone()
    }

    /// A constant no row can take is the mapping's mistake, told once instead of in every row.
    fn check_constants(&self) -> Result<(), FileError> {
        let mut empty = Record::default();
        empty.fill(self.layout.header.len());
        let mut cells = Cells::new(&self.layout, &empty, self.serials, self.today);
        let _ = self.kind.read(&mut cells);
        let constants: Vec<&str> = self.layout.constants().collect();
        let is_mistake = |problem: &Problem| {
            let is_constant = problem.column.as_deref().is_some_and(|column| constants.contains(&column));
            // These speak of the row, not of the constant.
            let is_of_row = matches!(problem.code, Code::NoCompletionDate | Code::NothingPublished);
            is_constant && !is_of_row && problem.severity() == Severity::Hard
        };
        match cells.into_problems().into_iter().find(is_mistake) {
            None => Ok(()),
            Some(Problem { column, value, code, .. }) => {
                Err(FileError::BadConstant { column: column.unwrap_or_default(), value, code })
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Line, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let next = self.next_line().transpose();
        self.is_over = !matches!(next, Some(Ok(_)));
        next
    }
}
