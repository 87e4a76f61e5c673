//! Which cell of a row is which column: the columns of a kind, matched against a file's header and a mapping.

use std::collections::HashMap;

use thuocdo::text::fold;

use super::{
    dates::First,
    file_error::{FileError, shown},
    kind::Kind,
    mapping::{Mapping, Translation},
};

/// A column of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in files, mappings and templates.
    pub name: &'static str,
    /// What a Vietnamese header calls it, the usual word first.
    pub labels: &'static [&'static str],
    /// Whether a file without it is refused.
    pub is_needed: bool,
}

impl Column {
    pub(super) const fn needed(name: &'static str, labels: &'static [&'static str]) -> Self {
        Self { name, labels, is_needed: true }
    }

    pub(super) const fn optional(name: &'static str, labels: &'static [&'static str]) -> Self {
        Self { name, labels, is_needed: false }
    }

    /// The usual Vietnamese word.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.labels.first().copied().unwrap_or(self.name)
    }

    /// Whether it holds dates.
    pub(super) fn is_date(&self) -> bool {
        let is_date =
            ["date", "from", "to", "valid_from", "valid_to", "dialogue_from", "dialogue_to", "head_since"];
        self.name.ends_with("_on") || is_date.contains(&self.name)
    }

    /// Whether a folded header means this column.
    pub(super) fn is_called(&self, folded: &str) -> bool {
        self.names().any(|name| fold(name) == folded)
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.labels.iter().copied())
    }
}

/// The header of an empty file of a kind.
#[must_use]
pub fn template(kind: Kind) -> Vec<&'static str> {
    kind.columns().iter().map(|column| column.name).collect()
}

/// Where a column's value comes from.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    /// The file does not have it: what is stored stays.
    Absent,
    /// The mapping gives every row this value.
    Constant(String),
    /// The cell at `index`, translated where the mapping says so.
    Cell { index: usize, translation: Option<Translation> },
}

/// What a file is read as.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) kind: Kind,
    pub(super) mapping: Option<Mapping>,
}

impl Wanted {
    /// How good a header a row would be: whether every needed column is there, and how many are. The best row of the
    /// first ones is the header, so that titles above it do no harm.
    pub(super) fn score(&self, cells: &[&str]) -> (bool, usize) {
        let mapping = self.mapping.as_ref();
        let found = candidates(self.kind, mapping, cells);
        let is_there = |(column, indexes): (&Column, &Vec<usize>)| {
            !indexes.is_empty() || mapping.is_some_and(|mapping| mapping.constant(column).is_some())
        };
        let is_whole = self.kind.columns().iter().zip(&found).all(|pair| !pair.0.is_needed || is_there(pair));
        let count = found.iter().filter(|indexes| !indexes.is_empty()).count();
        (is_whole && count > 0, count)
    }
}

/// How good a header a row would be for the best of several readings, and which one that is: the first of equals.
pub(super) fn best_of(wanted: &[Wanted], cells: &[&str]) -> ((bool, usize), usize) {
    let scores = wanted.iter().map(|wanted| wanted.score(cells)).zip(0..);
    scores.reduce(|a, b| if b.0 > a.0 { b } else { a }).unwrap_or_default()
}

/// A kind's columns laid over one file.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) columns: &'static [Column],
    pub(super) slots: Vec<Slot>,
    pub(super) date_first: First,
    pub(super) header: Vec<String>,
    pub(super) dropped: Vec<String>,
    pub(super) not_found: Vec<String>,
}

impl Layout {
    /// Lays the columns over the header, or says which needed ones are missing and what was found instead.
    pub(super) fn new(wanted: &Wanted, header: Vec<String>, line: u64) -> Result<Self, FileError> {
        let (kind, mapping) = (wanted.kind, wanted.mapping.as_ref());
        let columns = kind.columns();
        let cells: Vec<&str> = header.iter().map(String::as_str).collect();
        let mut slots = Vec::with_capacity(columns.len());
        let mut missing = Vec::new();
        let mut not_found = Vec::new();
        for (column, indexes) in columns.iter().zip(candidates(kind, mapping, &cells)) {
            let source = mapping.and_then(|mapping| mapping.source_of(column));
            slots.push(match (mapping.and_then(|mapping| mapping.constant(column)), &indexes[..]) {
                (Some(constant), _) => Slot::Constant(constant.to_owned()),
                (None, []) => {
                    not_found.extend(source.map(str::to_owned));
                    if column.is_needed {
                        missing.push(wanted_column(column, source));
                    }
                    Slot::Absent
                }
                (None, [index]) => Slot::Cell {
                    index: *index,
                    translation: mapping.and_then(|mapping| mapping.translation(column)).cloned(),
                },
                (None, [first, second, ..]) => {
                    return Err(FileError::ColumnTwice {
                        column: column.name,
                        label: column.label(),
                        first: shown(&header[*first]),
                        second: shown(&header[*second]),
                    });
                }
            });
        }
        if !missing.is_empty() {
            return Err(FileError::MissingColumns { kind, line, missing, found: named(&header) });
        }
        let taken =
            |at: usize| slots.iter().any(|slot| matches!(slot, Slot::Cell { index, .. } if *index == at));
        let dropped =
            (0..header.len()).filter(|at| !taken(*at)).map(|at| header[at].clone()).filter(|h| !h.is_empty());
        let dropped = dropped.collect();
        let date_first = mapping.map(Mapping::date_first).unwrap_or_default();
        Ok(Self { columns, slots, date_first, header, dropped, not_found })
    }

    /// The columns a mapping gives every row the same value in.
    pub(super) fn constants(&self) -> impl Iterator<Item = &'static str> {
        let pairs = self.columns.iter().zip(&self.slots);
        pairs.filter(|(_, slot)| matches!(slot, Slot::Constant(_))).map(|(column, _)| column.name)
    }

    /// The column's place among all of its kind; the search begins where the last one ended, since readers ask in
    /// order.
    pub(super) fn place(&self, name: &str, from: usize) -> Option<usize> {
        let is_it = |place: &usize| self.columns[*place].name == name;
        (from..self.columns.len()).find(is_it).or_else(|| (0..from.min(self.columns.len())).find(is_it))
    }

    /// What the file calls the column.
    pub(super) fn name_in_file(&self, place: usize) -> &str {
        match &self.slots[place] {
            Slot::Cell { index, .. } => &self.header[*index],
            Slot::Absent | Slot::Constant(_) => self.columns[place].name,
        }
    }
}

/// For each column the cells of the header that mean it.
fn candidates(kind: Kind, mapping: Option<&Mapping>, header: &[&str]) -> Vec<Vec<usize>> {
    let columns = kind.columns();
    let folded: Vec<String> = header.iter().map(|cell| fold(cell)).collect();
    let mut found = vec![Vec::new(); columns.len()];
    let mut unmapped: HashMap<String, usize> = HashMap::new();
    for (place, column) in columns.iter().enumerate() {
        if let Some(source) = mapping.and_then(|mapping| mapping.source_of(column)) {
            found[place] = cells_called(source, header, &folded);
        } else if mapping.is_none_or(|mapping| mapping.constant(column).is_none()) {
            unmapped.extend(column.names().map(|name| (fold(name), place)));
        }
    }
    // A cell the mapping speaks of means what the mapping says and nothing else.
    let is_free = |cell: &str| mapping.is_none_or(|mapping| !mapping.speaks_of(cell));
    for (index, cell) in folded.iter().enumerate() {
        if let Some(place) = unmapped.get(cell).filter(|_| is_free(cell)) {
            found[*place].push(index);
        }
    }
    found
}

/// The cells with the name a mapping gives: written exactly so, else the same when folded.
fn cells_called(name: &str, header: &[&str], folded: &[String]) -> Vec<usize> {
    let exact: Vec<usize> = (0..header.len()).filter(|index| header[*index] == name).collect();
    let name = fold(name);
    if !exact.is_empty() || name.is_empty() {
        return exact;
    }
    (0..header.len()).filter(|index| folded[*index] == name).collect()
}

fn wanted_column(column: &Column, source: Option<&str>) -> String {
    let Column { name, .. } = column;
    let label = column.label();
    match source {
        None => format!("{name} ({label})"),
        Some(source) => format!("{name} ({label} ← “{source}”)"),
    }
}

fn named(header: &[String]) -> String {
    const MANY: usize = 40;
    let mut names: Vec<String> =
        header.iter().filter(|cell| !cell.is_empty()).map(|cell| shown(cell)).collect();
    if names.len() > MANY {
        names.truncate(MANY);
        names.push("…".to_owned());
    }
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(kind: Kind, header: &[&str]) -> Result<Layout, FileError> {
        let header = header.iter().map(|&cell| cell.to_owned()).collect();
        Layout::new(&Wanted { kind, mapping: None }, header, 1)
    }

    #[test]
    fn headers_match_whatever_their_case_marks_underscores_and_order() {
        let layout =
            layout(Kind::CaseFiles, &["NGAY TIEP NHAN", "Họ tên", "Mã Hồ Sơ", "AGENCY_CODE", ""]).unwrap();
        let place = |name| match &layout.slots[layout.place(name, 0).unwrap()] {
            Slot::Cell { index, .. } => Some(*index),
            Slot::Absent | Slot::Constant(_) => None,
        };
        assert_eq!(place("received_on"), Some(0));
        assert_eq!(place("case_code"), Some(2));
        assert_eq!(place("agency_code"), Some(3));
        assert_eq!(place("due_on"), None);
        assert_eq!(layout.dropped, ["Họ tên"]);
    }

    #[test]
    fn missing_needed_columns_are_named_with_their_label_beside_the_headers_found() {
        let error = layout(Kind::CaseFiles, &["Mã hồ sơ", "Tên"]).unwrap_err().to_string();
        assert!(error.contains("agency_code (Mã đơn vị), received_on (Ngày tiếp nhận)"), "{error}");
        assert!(error.contains("Mã hồ sơ, Tên"), "{error}");
    }

    #[test]
    fn two_headers_for_one_column_are_refused() {
        let error = layout(Kind::Fields, &["field_code", "Mã lĩnh vực"]).unwrap_err();
        assert!(matches!(error, FileError::ColumnTwice { column: "field_code", .. }), "{error}");
    }

    #[test]
    fn no_two_columns_of_a_kind_answer_to_one_header() {
        for kind in Kind::ALL {
            for cell in kind.columns().iter().flat_map(Column::names) {
                let answering = kind.columns().iter().filter(|column| column.is_called(&fold(cell))).count();
                assert_eq!(answering, 1, "{kind}: {cell}");
            }
            assert!(layout(kind, &template(kind)).unwrap().dropped.is_empty(), "{kind}");
        }
    }
}
