//! Everything said of a file's rows, as a CSV that a spreadsheet opens; each thing once for the page.

use std::{collections::HashMap, fs::File, io, path::PathBuf};

use thuocdo::upload::{Noted, Often, Said};

/// How many different things are told apart on the page; the file has them all.
const KINDS: usize = 100;
/// Excel takes a CSV for UTF-8 only with this before it.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The notes of an import being made. Made with the first note, so that an import without any makes no file.
pub(super) struct Notes {
    path: PathBuf,
    writer: Option<csv::Writer<File>>,
}

impl Notes {
    /// Begins anew: what an earlier try said is gone.
    pub(super) fn at(path: PathBuf) -> io::Result<Self> {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        Ok(Self { path, writer: None })
    }

    pub(super) fn put(&mut self, noted: &Noted) -> io::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => {
                use io::Write as _;
                let mut file = File::create(&self.path)?;
                file.write_all(MARK)?;
                let mut writer = csv::Writer::from_writer(file);
                writer.write_record(["line", "severity", "vi", "en"])?;
                self.writer.insert(writer)
            }
        };
        let severity = if noted.is_hard { "set_aside" } else { "warning" };
        let Said { vi, en } = &noted.said;
        Ok(writer.write_record([noted.line.to_string().as_str(), severity, vi, en])?)
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), csv::Writer::flush)
    }
}

/// What was said, each thing once with how often.
#[derive(Default)]
pub(super) struct Tally(HashMap<String, Often>);

impl Tally {
    /// Counts something said; `what` is the same for all that say the same of different rows.
    pub(super) fn count(&mut self, what: String, noted: &Noted) {
        if let Some(often) = self.0.get_mut(&what) {
            often.times += 1;
        } else if self.0.len() < KINDS {
            self.0.insert(what, Often { times: 1, first: noted.clone() });
        }
    }

    /// The most frequent first; rows set aside before warnings.
    pub(super) fn sorted(self) -> Vec<Often> {
        let mut said: Vec<Often> = self.0.into_values().collect();
        said.sort_by_key(|often| (!often.first.is_hard, -often.times, often.first.line));
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_rows_out_stands_above_warnings_and_the_most_frequent_first() {
        let noted = |line, is_hard| Noted { line, is_hard, said: Said::default() };
        let mut tally = Tally::default();
        for (what, line, is_hard) in [
            ("w", 1, false),
            ("w", 2, false),
            ("w", 3, false),
            ("a", 4, true),
            ("b", 5, true),
            ("b", 6, true),
        ] {
            tally.count(what.to_owned(), &noted(line, is_hard));
        }
        let said: Vec<_> = tally.sorted().into_iter().map(|often| (often.times, often.first.line)).collect();
        assert_eq!(said, [(2, 5), (1, 4), (3, 1)]);
    }
}
