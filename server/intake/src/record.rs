//! The cells of one row, one after another in one buffer that is used again for the next row.

use super::problem::Code;

/// The cells of one row.
#[derive(Debug, Default, Clone)]
pub(super) struct Record {
    /// The line it begins on.
    pub(super) line: u64,
    /// What is wrong with the row as a whole, and what to show of it.
    pub(super) fault: Option<(Code, String)>,
    text: String,
    ends: Vec<usize>,
    /// Cells that the row does not have, though the file does: in the order of the columns.
    absent: Vec<usize>,
}

impl Record {
    pub(super) fn clear(&mut self, line: u64) {
        self.line = line;
        self.fault = None;
        self.text.clear();
        self.ends.clear();
        self.absent.clear();
    }

    /// Adds a cell that the row does not have.
    pub(super) fn push_absent(&mut self) {
        self.absent.push(self.ends.len());
        self.push("");
    }

    /// Whether the row has the cell, empty or not.
    pub(super) fn carries(&self, index: usize) -> bool {
        self.absent.is_empty() || self.absent.binary_search(&index).is_err()
    }

    pub(super) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    pub(super) fn extend(&mut self, cell: impl Iterator<Item = char>) {
        self.text.extend(cell);
        self.ends.push(self.text.len());
    }

    /// Adds empty cells until there are `count`.
    pub(super) fn fill(&mut self, count: usize) {
        if self.ends.len() < count {
            self.ends.resize(count, self.text.len());
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes its cells hold.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// The cell without the spaces around it; empty where there is none.
    pub(super) fn get(&self, index: usize) -> &str {
        let from = match index.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).copied().unwrap_or(self.text.len()),
        };
        let to = self.ends.get(index).copied().unwrap_or(self.text.len());
        self.text.get(from..to).unwrap_or_default().trim()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Whether no cell says anything.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_trimmed_and_a_missing_one_is_empty() {
        let mut record = Record::default();
        record.push(" a ");
        record.push("");
        record.extend("bc".chars());
        record.fill(4);
        assert_eq!(record.iter().collect::<Vec<_>>(), ["a", "", "bc", ""]);
        assert_eq!(record.get(9), "");
        record.clear(2);
        assert!(record.is_blank() && record.len() == 0);
    }
}
