//! The worker: one file after the other, from the queue into the database.

use std::{
    mem,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use store::Remarked;
use thuocdo::upload::{Done, Noted, Progress, Reading, Said, Stage};
use tokio::sync::mpsc;

use super::{
    Desk, DeskError,
    look::noted,
    metrics,
    notes::{Notes, Tally},
    said,
};
use crate::{IntakeError, Kind, Mapping, News, Outcome, Reader, SetAside, take_in};

/// How long an import waits for another program that holds the database.
const PATIENCE: Duration = Duration::from_secs(1_800);
/// Between two tries.
const PAUSE: Duration = Duration::from_secs(2);

/// Works until nobody can put anything in the queue any more.
pub(super) async fn run(desk: Desk, mut turns: mpsc::UnboundedReceiver<u64>) {
    while let Some(id) = turns.recv().await {
        if !desk.closing.begin() {
            return;
        }
        one(&desk, id).await;
        desk.closing.end();
    }
}

/// Imports one file, and writes down what came of it.
async fn one(desk: &Desk, id: u64) {
    let begun = desk.change(id, |entry| {
        if entry.kept.upload.stage != Stage::Queued {
            return Err(DeskError::Busy);
        }
        entry.kept.upload.stage = Stage::Running(Progress::default());
        entry.kept.attempts += 1;
        Ok(())
    });
    match begun {
        Ok(()) => {}
        // Stopped or thrown away while it waited.
        Err(DeskError::Busy | DeskError::Gone) => return,
        Err(error) => {
            tracing::error!(%error, id, "an import was not begun");
            desk.show(id, Stage::Failed(said(&error.to_string())));
            return;
        }
    }
    metrics::begun();
    // In a task of its own, so that a panic in it ends this file's import and not the desk.
    let import = tokio::spawn(import(desk.clone(), id)).await;
    let stage = match import {
        Ok(Ok(done)) => Stage::Done(done),
        Ok(Err(WorkError::Intake(IntakeError::Cancelled))) if desk.closing.has_interrupted(id) => {
            Stage::Queued
        }
        Ok(Err(error)) => Stage::Failed(said(&error.to_string())),
        Err(error) => {
            tracing::error!(%error, id, "an import panicked");
            Stage::Failed(said(&IntakeError::Stopped.to_string()))
        }
    };
    let (outcome, rows) = match &stage {
        Stage::Done(done) => (metrics::Outcome::Finished, done.rows_in),
        Stage::Failed(why) if *why != said(&IntakeError::Cancelled.to_string()) => {
            (metrics::Outcome::Failed, 0)
        }
        _ => (metrics::Outcome::Stopped, 0),
    };
    metrics::ended(outcome, rows);
    let is_done = matches!(stage, Stage::Done(_));
    let ended = desk.change(id, |entry| {
        if stage == Stage::Queued {
            // The end of the server is no fault of the file.
            entry.kept.attempts = entry.kept.attempts.saturating_sub(1);
        }
        entry.kept.upload.stage = stage.clone();
        Ok(())
    });
    match ended {
        Ok(()) if is_done => desk.folder.forget_source(id),
        Ok(()) => {}
        Err(error) => {
            // It is shown as it is. At the next start the import is begun again and changes nothing, for which the
            // file has to stay.
            tracing::error!(%error, id, "what came of an import was not written down");
            desk.show(id, stage);
        }
    }
}

async fn import(desk: Desk, id: u64) -> Result<Done, WorkError> {
    let begun = Instant::now();
    let entry = desk.entry(id)?;
    let reading = entry.kept.upload.reading.clone().ok_or(DeskError::UnknownReading)?;
    let reader = open(&desk, id, &reading).await?;
    let kind = reader.kind();
    let name = entry.kept.upload.name.clone();
    let set_aside = SetAside::at(desk.folder.set_aside(id), &desk.folder.source(id));
    let mut set_aside = set_aside.map_err(IntakeError::from)?.under(reader.header());
    let mut notes = Notes::at(desk.folder.notes(id)).map_err(DeskError::from)?;
    let mut tally = Tally::default();
    let mut progress = Progress::default();
    let is_stopped = Arc::clone(&entry.is_stopped);
    let today = (desk.clock)();
    let mut import = wait_for(&desk, id, kind, &name, today, &is_stopped).await?;
    import
        .on_behalf_of(entry.brought_by(), entry.agency().map(String::as_str))
        .await
        .map_err(IntakeError::from)?;
    let taken = take_in(import, reader, reading.all_or_nothing, |news| {
        if is_stopped.load(Ordering::Relaxed) {
            return Err(IntakeError::Cancelled);
        }
        let mut note = |what: String, noted: &Noted| {
            tally.count(what, noted);
            notes.put(noted).map_err(|error| IntakeError::Notes(error.to_string()))
        };
        match news {
            News::Problem(problem) => {
                let noted = noted(problem);
                progress.warnings += i64::from(!noted.is_hard);
                note(format!("{:?} {:?}", problem.column, problem.code), &noted)?;
            }
            News::Remark(remarked) => {
                progress.warnings += i64::from(!remarked.is_set_aside);
                let what = format!("{:?}", mem::discriminant(&remarked.remark));
                note(what, &remark(remarked))?;
            }
            News::SetAside { line, cells, why } => {
                progress.set_aside += 1;
                set_aside.put(line, cells, why)?;
            }
            News::Rows { rows, position: (done, all) } => {
                let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                progress = Progress { rows, done, all, milliseconds, ..progress };
                desk.show(id, Stage::Running(progress));
            }
            News::Complete => {
                notes.flush().map_err(|error| IntakeError::Notes(error.to_string()))?;
                set_aside.complete()?;
            }
        }
        Ok(())
    })
    .await;
    // Of a file that was refused, what was said of its rows is what its owner needs.
    let _ = notes.flush();
    desk.tell(id, tally.sorted());
    let Outcome { receipt, set_aside: aside, warnings, dropped } = taken?;
    let _ = set_aside.keep();
    Ok(Done {
        batch_id: receipt.batch_id,
        rows_in: receipt.rows_in,
        added: receipt.added,
        changed: receipt.changed,
        unchanged: receipt.unchanged,
        set_aside: aside,
        warnings,
        dropped,
        milliseconds: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    })
}

fn remark(remarked: &Remarked) -> Noted {
    let Remarked { line, is_set_aside, remark } = remarked;
    let Said { vi, en } = said(&remark.to_string());
    let said = Said { vi: format!("Dòng {line}: {vi}"), en: format!("Line {line}: {en}") };
    Noted { line: *line, is_hard: *is_set_aside, said }
}

/// Why an import failed.
#[derive(Debug, thiserror::Error)]
enum WorkError {
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Intake(#[from] IntakeError),
}

async fn open(desk: &Desk, id: u64, reading: &Reading) -> Result<Reader, DeskError> {
    let kind: Kind = reading.kind.parse().map_err(|_| DeskError::UnknownReading)?;
    let mapping = match &reading.mapping {
        None => None,
        Some(name) => {
            let text = desk.store.mapping(name).await?.ok_or(DeskError::UnknownReading)?;
            Some(Mapping::parse(&text).map_err(|_| DeskError::UnknownReading)?)
        }
    };
    let (path, today) = (desk.folder.source(id), (desk.clock)());
    let opened =
        tokio::task::spawn_blocking(move || Reader::open(&path, kind, mapping.as_ref(), today)).await;
    Ok(opened.map_err(|_| DeskError::Gone)??)
}

/// Begins the import, once no other program holds the database.
async fn wait_for(
    desk: &Desk,
    id: u64,
    kind: Kind,
    name: &str,
    today: NaiveDate,
    is_stopped: &AtomicBool,
) -> Result<store::Import, WorkError> {
    let begun = Instant::now();
    loop {
        match desk.store.import(kind.as_str(), name, today).await {
            Err(error) if error.is_locked() && begun.elapsed() < PATIENCE => {
                if is_stopped.load(Ordering::Relaxed) {
                    return Err(IntakeError::Cancelled.into());
                }
                desk.show(id, Stage::Running(Progress { is_waiting: true, ..Progress::default() }));
                tokio::time::sleep(PAUSE).await;
            }
            begun => return Ok(begun.map_err(IntakeError::from)?),
        }
    }
}
