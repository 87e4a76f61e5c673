//! Taking rows in: read in a blocking thread, written in batches, one transaction from the first row to the receipt.

use std::collections::HashMap;

use store::{Error, Import, Numbered, Receipt, Remarked, Whose};
use tokio::{sync::mpsc, task::JoinHandle};

use crate::{FileError, Kind, Line, Problem, Reader, Row, SetAsideError, Severity};

/// Rows handed over at a time.
const ROWS_AT_ONCE: usize = 2_000;
/// Fewer, when so many bytes of cells are kept for the file of rows set aside.
const CELLS_AT_ONCE: usize = 4 << 20;

/// What there is to say while an import runs.
pub enum News<'a> {
    /// A problem of a row, found while reading.
    Problem(&'a Problem),
    /// A remark on a row, found while storing.
    Remark(&'a Remarked),
    /// A row that was set aside: its line, its cells as the file has them, and why.
    SetAside { line: u64, cells: &'a [String], why: &'a str },
    /// So many rows are in, and so much of the file is read: see [`Reader::position`].
    Rows { rows: i64, position: (u64, u64) },
    /// Everything is in and is committed next: what has to be safe by then is made safe now.
    Complete,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The file as a whole.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database.
    #[error(transparent)]
    Store(#[from] Error),
    /// The rows set aside found no place: imported without them, they would be lost.
    #[error(transparent)]
    SetAside(#[from] SetAsideError),
    /// Rows would have to be set aside, and all or nothing was asked for.
    #[error(
        "{0} dòng có lỗi nên không nhập dòng nào (--all-or-nothing): sửa các dòng đã nêu rồi nhập lại / \
         {0} rows have problems, so nothing was imported: correct them and import again"
    )]
    SomeSetAside(i64),
    /// Somebody said stop.
    #[error("đã dừng theo yêu cầu; không nhập dòng nào / stopped as asked; nothing was imported")]
    Cancelled,
    /// The list of problems found no place.
    #[error(
        "không ghi được danh sách vấn đề nên không nhập dòng nào: kiểm tra đĩa ({0}) / the list of problems cannot be written, so nothing was imported: check the disk ({0})"
    )]
    Notes(String),
    /// The reader gave up.
    #[error("việc đọc tệp bị dừng; hãy nhập lại / reading stopped; import again")]
    Stopped,
}

/// What an import came to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What went in.
    pub receipt: Receipt,
    /// Rows set aside.
    pub set_aside: i64,
    /// Warnings given.
    pub warnings: i64,
    /// Columns that were not taken.
    pub dropped: Vec<String>,
}

/// Takes a file in, as the batch that was begun for it.
///
/// # Errors
/// When the file cannot be taken, the database or `tell` fails, or rows are set aside though all or nothing was asked
/// for. Nothing is stored then.
pub async fn take_in(
    mut import: Import,
    reader: Reader,
    all_or_nothing: bool,
    mut tell: impl FnMut(News<'_>) -> Result<(), IntakeError>,
) -> Result<Outcome, IntakeError> {
    let (kind, dropped) = (reader.kind(), reader.dropped().to_vec());
    let reader = if import.is_bound() { reader.keeping_cells() } else { reader };
    let (mut set_aside, mut warnings) = (0, 0);
    let (mut batches, reading) = read(reader);
    while let Some(batch) = batches.recv().await {
        let Batch { lines, position } = batch?;
        let mut rows: Vec<Numbered<Row>> = Vec::with_capacity(ROWS_AT_ONCE);
        let mut kept = HashMap::new();
        for line in lines {
            for problem in &line.problems {
                warnings += i64::from(problem.severity() == Severity::Warning);
                tell(News::Problem(problem))?;
            }
            let Line { line, row, problems, cells } = line;
            if let Some(row) = row {
                rows.push(Numbered { line, row });
                if !cells.is_empty() {
                    kept.insert(line, cells);
                }
            } else {
                set_aside += 1;
                let why: Vec<String> = problems.iter().map(ToString::to_string).collect();
                tell(News::SetAside { line, cells: &cells, why: &why.join("; ") })?;
            }
        }
        let outside = outside(&mut import, kind, &mut rows).await?;
        (set_aside, warnings) = told(&outside, &kept, set_aside, warnings, &mut tell)?;
        let remarks = write(&mut import, kind, rows).await?;
        (set_aside, warnings) = told(&remarks, &kept, set_aside, warnings, &mut tell)?;
        tell(News::Rows { rows: import.receipt().rows_in, position })?;
    }
    // A reader that ended without a word would leave half a file behind.
    reading.await.map_err(|_| IntakeError::Stopped)?;
    let remarks = import.settle().await?;
    (set_aside, warnings) = told(&remarks, &HashMap::new(), set_aside, warnings, &mut tell)?;
    if all_or_nothing && set_aside > 0 {
        return Err(IntakeError::SomeSetAside(set_aside));
    }
    tell(News::Complete)?;
    let receipt = import.finish(set_aside, warnings, &dropped).await?;
    Ok(Outcome { receipt, set_aside, warnings, dropped })
}

/// Takes out the rows that who imports may not bring.
async fn outside(
    import: &mut Import,
    kind: Kind,
    rows: &mut Vec<Numbered<Row>>,
) -> Result<Vec<Remarked>, Error> {
    if !import.is_bound() {
        return Ok(Vec::new());
    }
    let whose: Vec<Whose> = rows.iter().map(|numbered| numbered.row.whose(numbered.line)).collect();
    let outside = import.outside(kind.as_str(), &whose).await?;
    rows.retain(|row| outside.iter().all(|remarked| remarked.line != row.line));
    Ok(outside)
}

/// Tells what the store remarked on; `kept` are the cells of the rows it may have set aside, by their lines.
fn told(
    remarks: &[Remarked],
    kept: &HashMap<u64, Vec<String>>,
    set_aside: i64,
    warnings: i64,
    tell: &mut impl FnMut(News<'_>) -> Result<(), IntakeError>,
) -> Result<(i64, i64), IntakeError> {
    let mut counts = (set_aside, warnings);
    for remark in remarks {
        tell(News::Remark(remark))?;
        if remark.is_set_aside {
            counts.0 += 1;
            let cells = kept.get(&remark.line);
            debug_assert!(cells.is_some(), "the reader knows which rows the store may set aside: {remark:?}");
            let cells = cells.map_or(&[][..], Vec::as_slice);
            tell(News::SetAside { line: remark.line, cells, why: &remark.remark.to_string() })?;
        } else {
            counts.1 += 1;
        }
    }
    Ok(counts)
}

/// Lines read, and how much of the file with them.
struct Batch {
    lines: Vec<Line>,
    position: (u64, u64),
}

/// Reads in a thread of its own, a few batches ahead.
fn read(mut reader: Reader) -> (mpsc::Receiver<Result<Batch, IntakeError>>, JoinHandle<()>) {
    let (send, receive) = mpsc::channel(4);
    let reading = tokio::task::spawn_blocking(move || {
        loop {
            let mut lines = Vec::with_capacity(ROWS_AT_ONCE);
            let mut bytes = 0;
            let mut end = None;
            while end.is_none() && lines.len() < ROWS_AT_ONCE && bytes < CELLS_AT_ONCE {
                match reader.next() {
                    Some(Ok(line)) => {
                        bytes += line.cells.iter().map(String::len).sum::<usize>();
                        lines.push(line);
                    }
                    Some(Err(error)) => end = Some(Err(error)),
                    None => end = Some(Ok(())),
                }
            }
            // A closed channel means that nobody waits any more.
            let position = reader.position();
            if send.blocking_send(Ok(Batch { lines, position })).is_err() {
                return;
            }
            match end {
                None => {}
                Some(Ok(())) => return,
                Some(Err(error)) => {
                    let _ = send.blocking_send(Err(error.into()));
                    return;
                }
            }
        }
    });
    (receive, reading)
}

/// The rows of one kind, out of rows that all are of it.
macro_rules! of_kind {
    ($rows:expr, $kind:ident) => {
        $rows
            .into_iter()
            .filter_map(|Numbered { line, row }| match row {
                Row::$kind(row) => Some(Numbered { line, row }),
                _ => None,
            })
            .collect()
    };
}

async fn write(import: &mut Import, kind: Kind, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
    match kind {
        Kind::Agencies => import.write_agencies(of_kind!(rows, Agency)).await,
        Kind::Fields => import.write_fields(of_kind!(rows, Field)).await,
        Kind::Procedures => import.write_procedures(of_kind!(rows, Procedure)).await,
        Kind::Holidays => import.write_holidays(of_kind!(rows, Holiday)).await,
        Kind::Targets => import.write_targets(of_kind!(rows, Target)).await,
        Kind::CaseFiles => import.write_case_files(of_kind!(rows, CaseFile)).await,
        Kind::Petitions => import.write_petitions(of_kind!(rows, Petition)).await,
        Kind::Dialogues => import.write_dialogues(of_kind!(rows, Dialogue)).await,
        Kind::DialogueIssues => import.write_issues(of_kind!(rows, DialogueIssue)).await,
        Kind::Surveys => import.write_surveys(of_kind!(rows, Survey)).await,
        Kind::YearlyIndexes => import.write_editions(of_kind!(rows, YearlyIndex)).await,
        Kind::Criteria => import.write_criteria(of_kind!(rows, Criterion)).await,
    }
}
