//! Taking rows in: read in a blocking thread, written in batches, one transaction from the first row to the receipt.

use store::{Error, Import, Numbered, Receipt, Remarked, Store};
use tokio::sync::mpsc;

use chrono::NaiveDate;

use crate::import::{FileError, Kind, Line, Problem, Reader, Row, Severity};

/// Rows handed over at a time.
const ROWS_AT_ONCE: usize = 2_000;

/// What there is to say while an import runs.
pub enum News<'a> {
    /// A problem of a row, found while reading.
    Problem(&'a Problem),
    /// A remark on a row, found while storing.
    Remark(&'a Remarked),
    /// A row that was set aside, with its cells and the reasons.
    SetAside(&'a Line),
    /// So many rows are in.
    Rows(i64),
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
    /// Rows would have to be set aside, and all or nothing was asked for.
    #[error(
        "{0} dòng có lỗi nên không nhập dòng nào (--all-or-nothing): sửa các dòng đã nêu rồi nhập lại / \
         {0} rows have problems, so nothing was imported: correct them and import again"
    )]
    SomeSetAside(i64),
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

/// Takes a file in.
///
/// # Errors
/// When the file cannot be taken, the database fails, or rows are set aside though all or nothing was asked for.
/// Nothing is stored then.
pub async fn take_in(
    store: &Store,
    reader: Reader,
    kind: Kind,
    source_name: &str,
    today: NaiveDate,
    all_or_nothing: bool,
    mut tell: impl FnMut(News<'_>),
) -> Result<Outcome, IntakeError> {
    let dropped = reader.dropped().to_vec();
    let mut import = store.import(kind.as_str(), source_name, today).await?;
    let (mut set_aside, mut warnings) = (0, 0);
    let mut batches = read(reader);
    while let Some(batch) = batches.recv().await {
        let mut rows = Vec::with_capacity(ROWS_AT_ONCE);
        for line in batch? {
            for problem in &line.problems {
                warnings += i64::from(problem.severity() == Severity::Warning);
                tell(News::Problem(problem));
            }
            match line.row {
                Some(row) => rows.push(Numbered { line: line.line, row }),
                None => {
                    set_aside += 1;
                    tell(News::SetAside(&line));
                }
            }
        }
        let remarks = write(&mut import, kind, rows).await?;
        (set_aside, warnings) = told(&remarks, set_aside, warnings, &mut tell);
        tell(News::Rows(import.receipt().rows_in));
    }
    let remarks = import.settle().await?;
    (set_aside, warnings) = told(&remarks, set_aside, warnings, &mut tell);
    if all_or_nothing && set_aside > 0 {
        return Err(IntakeError::SomeSetAside(set_aside));
    }
    let receipt = import.finish(set_aside, warnings, &dropped).await?;
    Ok(Outcome { receipt, set_aside, warnings, dropped })
}

fn told(remarks: &[Remarked], set_aside: i64, warnings: i64, tell: &mut impl FnMut(News<'_>)) -> (i64, i64) {
    let mut counts = (set_aside, warnings);
    for remark in remarks {
        if remark.is_set_aside {
            counts.0 += 1;
        } else {
            counts.1 += 1;
        }
        tell(News::Remark(remark));
    }
    counts
}

/// Reads in a thread of its own, a few batches ahead.
fn read(mut reader: Reader) -> mpsc::Receiver<Result<Vec<Line>, IntakeError>> {
    let (send, receive) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut batch = Vec::with_capacity(ROWS_AT_ONCE);
            let mut failed = None;
            for line in reader.by_ref().take(ROWS_AT_ONCE) {
                match line {
                    Ok(line) => batch.push(line),
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            }
            let is_over = batch.len() < ROWS_AT_ONCE;
            // A closed channel means that nobody waits any more.
            if send.blocking_send(Ok(batch)).is_err() {
                return;
            }
            if let Some(error) = failed {
                let _ = send.blocking_send(Err(error.into()));
                return;
            }
            if is_over {
                return;
            }
        }
    });
    receive
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
