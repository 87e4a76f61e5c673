//! The way in: a file, the kind of its rows and perhaps a mapping; out come lines, one after another.

use std::path::Path;

use chrono::NaiveDate;

use super::{
    Line, Row,
    cells::{Cells, Serials},
    columns::{Column, Layout, Slot, Wanted},
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

/// A row as it is understood, for looking at before anything is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peeked {
    /// Its line.
    pub line: u64,
    /// What each column of the kind says, dates as dates; `None` where the file does not carry it.
    pub cells: Vec<Option<String>>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
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
    keeps_cells: bool,
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
        Ok(Self::open_as(limits, path, &[wanted], today)?.0)
    }

    /// Opens a file nobody said the kind of: as what its header fits best, by itself or through one of some mappings.
    /// With it comes which mapping that was.
    pub fn recognise(
        path: &Path,
        mappings: &[Mapping],
        today: NaiveDate,
    ) -> Result<(Self, Option<usize>), FileError> {
        let plain = Kind::ALL.map(|kind| Wanted { kind, mapping: None });
        let mapped = mappings.iter().map(|m| Wanted { kind: m.kind(), mapping: Some(m.clone()) });
        let wanted: Vec<Wanted> = plain.into_iter().chain(mapped).collect();
        let (reader, reading) = Self::open_as(Limits::default(), path, &wanted, today)?;
        Ok((reader, reading.checked_sub(Kind::ALL.len())))
    }

    fn open_as(
        limits: Limits,
        path: &Path,
        wanted: &[Wanted],
        today: NaiveDate,
    ) -> Result<(Self, usize), FileError> {
        let (source, header, reading) = Source::open(path, wanted, limits)?;
        let wanted = wanted[reading].clone();
        let kind = wanted.kind;
        let layout = Layout::new(&wanted, header.iter().map(str::to_owned).collect(), header.line)?;
        let serials = source.serials();
        let record = Record::default();
        let reader =
            Self { source, kind, layout, serials, today, record, is_over: false, keeps_cells: false };
        reader.check_constants()?;
        Ok((reader, reading))
    }

    /// What its rows are.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// How much of the file has been read, of how much: bytes of a text, rows of a sheet.
    #[must_use]
    pub fn position(&self) -> (u64, u64) {
        self.source.position()
    }

    /// The best header of a file for a kind, whatever is missing in it.
    pub fn header_of(path: &Path, kind: Kind) -> Result<Vec<String>, FileError> {
        let (_, header, _) = Source::open(path, &[Wanted { kind, mapping: None }], Limits::default())?;
        Ok(header.iter().map(str::to_owned).collect())
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

    /// For each column of the kind the header it is read from, or the value that the mapping gives every row.
    pub fn sources(&self) -> impl Iterator<Item = (&'static Column, Option<&str>, Option<&str>)> {
        self.layout.columns.iter().zip(&self.layout.slots).map(|(column, slot)| match slot {
            Slot::Absent => (column, None, None),
            Slot::Constant(value) => (column, None, Some(value.as_str())),
            Slot::Cell { index, .. } => (column, Some(self.layout.header[*index].as_str()), None),
        })
    }

    /// The same, keeping the cells of every row: any of them may be set aside by whoever takes them in.
    #[must_use]
    pub fn keeping_cells(self) -> Self {
        Self { keeps_cells: true, ..self }
    }

    /// The next rows as they are understood.
    pub fn peek(&mut self, most: usize) -> Result<Vec<Peeked>, FileError> {
        let mut peeked = Vec::new();
        while peeked.len() < most {
            let Some(line) = self.next_line()? else { break };
            let cells = Cells::new(&self.layout, &self.record, self.serials, self.today).shown();
            peeked.push(Peeked { line: line.line, cells, problems: line.problems });
        }
        Ok(peeked)
    }

    fn next_line(&mut self) -> Result<Option<Line>, FileError> {
        loop {
            if !self.source.next(&mut self.record)? {
                return Ok(None);
            }
            // Rows of nothing but separators end many an exported table.
            if !self.record.is_blank() || self.record.fault.is_some() {
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
        let may_be_set_aside = self.keeps_cells || row.as_ref().is_none_or(Row::may_be_set_aside_later);
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
