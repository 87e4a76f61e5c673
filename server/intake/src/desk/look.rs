//! A file as it would be read: its kind, its columns, its first rows.

use std::path::Path;

use chrono::NaiveDate;
use thuocdo::upload::{Look, LookedAt, Noted, Reading, Said, Understood};

use super::{DeskError, said};
use crate::{FileError, Kind, Mapping, Problem, Reader, Severity};

/// Rows shown.
const ROWS: usize = 8;

/// Looks at a file under a reading, or finds one.
pub(super) fn look(
    path: &Path,
    reading: Option<Reading>,
    mappings: &[(String, Mapping)],
    today: NaiveDate,
) -> Result<(Reading, Look), DeskError> {
    if !path.exists() {
        return Err(DeskError::Gone);
    }
    let Some(reading) = reading else { return Ok(recognised(path, mappings, today)) };
    let kind: Kind = reading.kind.parse().map_err(|_| DeskError::UnknownReading)?;
    let mapping = match &reading.mapping {
        None => None,
        Some(name) => {
            let known = mappings.iter().find(|(known, _)| known == name);
            Some(&known.ok_or(DeskError::UnknownReading)?.1)
        }
    };
    let look = match Reader::open(path, kind, mapping, today) {
        Ok(reader) => seen(reader),
        Err(error) => refused(path, kind, &error),
    };
    Ok((reading, look))
}

fn recognised(path: &Path, mappings: &[(String, Mapping)], today: NaiveDate) -> (Reading, Look) {
    let plain: Vec<Mapping> = mappings.iter().map(|(_, mapping)| mapping.clone()).collect();
    let of = |kind: Kind, mapping: Option<String>| Reading {
        kind: kind.as_str().to_owned(),
        mapping,
        all_or_nothing: false,
    };
    match Reader::recognise(path, &plain, today) {
        Ok((reader, mapping)) => {
            let mapping = mapping.and_then(|at| mappings.get(at)).map(|(name, _)| name.clone());
            (of(reader.kind(), mapping), seen(reader))
        }
        Err(error) => {
            let kind = match &error {
                FileError::MissingColumns { kind, .. } => *kind,
                _ => Kind::CaseFiles,
            };
            (of(kind, None), refused(path, kind, &error))
        }
    }
}

fn seen(mut reader: Reader) -> Look {
    let peeked = reader.peek(ROWS);
    let text = |value: Option<&str>| value.map(str::to_owned);
    let columns = reader.sources().map(|(column, from, constant)| Understood {
        name: column.name.to_owned(),
        label: column.label().to_owned(),
        is_needed: column.is_needed,
        from: text(from),
        constant: text(constant),
    });
    let mut look = Look {
        header: reader.header().to_vec(),
        columns: columns.collect(),
        dropped: reader.dropped().to_vec(),
        not_found: reader.not_found().to_vec(),
        ..Look::default()
    };
    match peeked {
        Ok(rows) => {
            look.rows = rows
                .into_iter()
                .map(|row| LookedAt {
                    line: row.line,
                    cells: row.cells,
                    notes: row.problems.iter().map(noted).collect(),
                })
                .collect();
        }
        Err(error) => look.refusal = Some(said(&error.to_string())),
    }
    look
}

/// A file that cannot be read like this still shows its header, so that a mapping can be made for it.
fn refused(path: &Path, kind: Kind, error: &FileError) -> Look {
    let columns = kind.columns().iter().map(|column| Understood {
        name: column.name.to_owned(),
        label: column.label().to_owned(),
        is_needed: column.is_needed,
        from: None,
        constant: None,
    });
    Look {
        header: Reader::header_of(path, kind).unwrap_or_default(),
        columns: columns.collect(),
        refusal: Some(said(&error.to_string())),
        ..Look::default()
    }
}

pub(super) fn noted(problem: &Problem) -> Noted {
    Noted {
        line: problem.line,
        is_hard: problem.severity() == Severity::Hard,
        said: Said { vi: problem.vi(), en: problem.en() },
    }
}
