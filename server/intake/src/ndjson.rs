//! Rows of a file with one JSON object a line: its keys are columns, `null` is an empty cell, and a key left out says
//! nothing, so that what is stored stays.

use std::io::{BufRead, BufReader, Cursor, Read};

use serde_json::{Map, Value};
use thuocdo::text::fold;

use super::{
    columns::{Wanted, best_of},
    csv::push_composed,
    encoding::unmarked,
    file_error::{FileError, shown},
    problem::Code,
    record::Record,
};

/// A file of JSON objects, read line by line.
pub(super) struct NdJson {
    lines: BufReader<Box<dyn Read + Send>>,
    header: Vec<String>,
    line: u64,
    limit: usize,
    text: Vec<u8>,
}

/// Whether a file begins as JSON objects do.
pub(super) fn is_ndjson(sample: &[u8]) -> bool {
    unmarked(sample).trim_ascii_start().starts_with(b"{")
}

impl NdJson {
    /// Opens a file whose first bytes are known. Its header is made of the keys met there, and of the columns that a row
    /// further on may have.
    pub(super) fn open(
        sample: Vec<u8>,
        rest: impl Read + Send + 'static,
        wanted: &[Wanted],
        limit: usize,
    ) -> Result<(Self, Record, usize), FileError> {
        let marks = sample.len() - unmarked(&sample).len();
        let mut header = keys(&sample[marks..]);
        let cells: Vec<&str> = header.iter().map(String::as_str).collect();
        let (_, reading) = best_of(wanted, &cells);
        let folded: Vec<String> = header.iter().map(|key| fold(key)).collect();
        let later = wanted.get(reading).map(|wanted| wanted.kind.columns()).unwrap_or_default();
        let is_new = |name: &&str| !folded.contains(&fold(name));
        // A needed one that no row has is better missed at once.
        let later = later
            .iter()
            .filter(|column| !column.is_needed && !folded.iter().any(|key| column.is_called(key)));
        header.extend(later.map(|column| column.name).filter(is_new).map(str::to_owned));
        let mut bytes = Cursor::new(sample);
        bytes.set_position(marks as u64);
        let lines = BufReader::new(Box::new(bytes.chain(rest)) as Box<dyn Read + Send>);
        let mut record = Record::default();
        record.clear(1);
        header.iter().for_each(|key| record.push(key));
        Ok((Self { lines, header, line: 0, limit, text: Vec::new() }, record, reading))
    }

    /// Reads the next row; `false` at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<bool, FileError> {
        loop {
            self.text.clear();
            let most = self.limit as u64 + 1;
            let read = self.lines.by_ref().take(most).read_until(b'\n', &mut self.text);
            if read.map_err(FileError::Read)? == 0 {
                return Ok(false);
            }
            self.line += 1;
            if self.text.len() > self.limit {
                return Err(FileError::RecordTooLong { line: self.line, limit: self.limit });
            }
            if self.text.trim_ascii().is_empty() {
                continue;
            }
            record.clear(self.line);
            self.put(record);
            return Ok(true);
        }
    }

    fn put(&self, record: &mut Record) {
        let row: Result<Map<String, Value>, _> = serde_json::from_slice(&self.text);
        let Ok(mut row) = row else {
            let text = String::from_utf8_lossy(&self.text);
            record.fault = Some((Code::BadJson, shown(&text)));
            // The whole line in the first cell, so that nothing of it is lost.
            record.push(text.trim());
            return record.fill(self.header.len());
        };
        for key in &self.header {
            match row.remove(key) {
                None => record.push_absent(),
                Some(value) => match text_of(&value) {
                    Some(text) => push_composed(record, &text),
                    None => {
                        record.fault.get_or_insert_with(|| (Code::BadJson, shown(key)));
                        record.push(&value.to_string());
                    }
                },
            }
        }
    }
}

/// The keys of the objects at the beginning of a file, each once, as they are met.
fn keys(sample: &[u8]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for line in sample.split(|byte| *byte == b'\n') {
        // The last line may be cut.
        let Ok(row) = serde_json::from_slice::<Map<String, Value>>(line) else { continue };
        for key in row.into_iter().map(|(key, _)| key) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// A value as a cell would say it; `None` for what no cell can hold.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(is) => Some(is.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(text_of).collect();
            parts.map(|parts| parts.join(";"))
        }
        Value::Object(_) => None,
    }
}
