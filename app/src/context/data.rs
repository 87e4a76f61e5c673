//! The page on data: what is at the desk, what came in, and how fresh the sources are.

use intake::{
    Kind,
    desk::{Desk, DeskError},
};
use store::UndoError;
use thuocdo::{
    access::{Actor, Right},
    address::Address,
    agency::Scope,
    rhythm::Rhythm,
    upload::{Reading, Stage},
};

use super::{Context, frame::Follows};
use crate::{
    answer::Framed,
    error::AppError,
    figures::Figures,
    pages::data::api::Written,
    written::data::{self, Desktop, Shown, Source},
};

/// How many batches the page lists.
const BATCHES: i64 = 50;

impl Context {
    /// The page on data.
    ///
    /// # Errors
    /// When the file or the batch asked for is unknown, or the database fails.
    pub async fn data(&self, actor: &Actor, address: &Address) -> Result<Framed<Written>, AppError> {
        let plain = Address { lang: address.lang, ..Address::default() };
        let (frame, ..) = self.frame(&actor.scope, &plain, Follows::Nothing).await?;
        let desk = self.desk()?;
        let may_import = actor.may(Right::Import);
        if !may_import && (address.upload.is_some() || address.undo.is_some()) {
            return Err(AppError::Forbidden);
        }
        let shown = match address.upload {
            Some(id) if !desk.sees(&actor.scope, id) => return Err(AppError::NotFound),
            Some(id) => Some(self.shown(desk, id, address.reading.as_deref()).await?),
            None => None,
        };
        let undo = match address.undo {
            Some(batch_id) if !self.sees_batch(&actor.scope, batch_id).await? => {
                Some((batch_id, Err(UndoError::Unknown(batch_id))))
            }
            Some(batch_id) => Some((batch_id, self.store.can_undo(batch_id).await)),
            None => None,
        };
        let desktop = Desktop {
            may_import,
            may_map: may_import && actor.is_city_wide(),
            undo,
            uploads: if may_import { desk.uploads(&actor.scope) } else { Vec::new() },
            batches: match &actor.scope {
                Scope::All => self.store.batches(BATCHES).await?,
                Scope::Below(code) => self.store.batches_below(code, BATCHES).await?,
                Scope::Public => Vec::new(),
            },
            sources: self.sources().await?,
            mappings: self.mappings().await?,
            is_invented: frame.is_invented,
        };
        let moving = shown.as_ref().map(|shown| &shown.upload).filter(|upload| upload.stage.is_moving());
        let progress = moving.map(|upload| data::progress(upload, address.lang));
        let head = data::head(&desktop, shown.as_ref(), address);
        let html = data::rest(&desktop, shown.as_ref(), address);
        Ok(Framed { frame, body: Written { head, html, progress }, figures: Figures::default() })
    }

    /// Whether a batch is in sight: of somebody bound to an agency those brought for it or for one below.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sees_batch(&self, scope: &Scope, batch_id: i64) -> Result<bool, store::Error> {
        if !matches!(scope, Scope::Below(_)) {
            return Ok(*scope == Scope::All);
        }
        let of = self.store.batch(batch_id).await?.and_then(|batch| batch.agency_code);
        let Some(of) = of else { return Ok(false) };
        Ok(self.store.agency_names(scope).await?.iter().any(|agency| agency.code == of))
    }

    /// The desk where files are handed in.
    ///
    /// # Errors
    /// When this context has none: a command of the command line.
    pub fn desk(&self) -> Result<&Desk, AppError> {
        self.desk.as_ref().ok_or(AppError::Unavailable)
    }

    async fn shown(&self, desk: &Desk, id: u64, reading: Option<&str>) -> Result<Shown, AppError> {
        let upload = desk.upload(id).ok_or(AppError::NotFound)?;
        let look = match upload.stage {
            Stage::Waiting | Stage::Failed(_) => match desk.look(id, reading.map(data::reading)).await {
                Ok(look) => Some(look),
                Err(DeskError::UnknownReading) => Some(desk.look(id, None).await.map_err(gone)?),
                // Of a file that failed and was thrown away nothing can be shown but what is known of it.
                Err(DeskError::Gone) => None,
                Err(error) => return Err(gone(error)),
            },
            Stage::Queued | Stage::Running(_) | Stage::Done(_) => None,
        };
        let (has_notes, has_set_aside) = (desk.notes_file(id).is_some(), desk.set_aside_file(id).is_some());
        Ok(Shown { upload, look, has_notes, has_set_aside })
    }

    /// Every stored mapping with its kind, as a way to read a file.
    async fn mappings(&self) -> Result<Vec<Reading>, AppError> {
        let mut readings = Vec::new();
        for name in self.store.mapping_names().await? {
            let Some(text) = self.store.mapping(&name).await? else { continue };
            if let Ok(mapping) = intake::Mapping::parse(&text) {
                let kind = mapping.kind().as_str().to_owned();
                readings.push(Reading { kind, mapping: Some(name), all_or_nothing: false });
            }
        }
        Ok(readings)
    }

    async fn sources(&self) -> Result<Vec<Source>, AppError> {
        let today = self.today();
        let days = self.store.import_days().await?;
        let fresh = self.store.freshness(today).await?;
        let of = |kind: Kind| {
            let days: Vec<_> =
                days.iter().filter(|(of, _)| of == kind.as_str()).map(|(_, day)| *day).collect();
            let until = match kind {
                Kind::CaseFiles => fresh.case_files,
                Kind::Petitions => fresh.petitions,
                Kind::Dialogues => fresh.dialogues,
                _ => None,
            };
            Source { kind, last: days.last().copied(), rhythm: Rhythm::of(&days, today), until }
        };
        Ok(Kind::ALL.map(of).into())
    }
}

fn gone(error: DeskError) -> AppError {
    match error {
        DeskError::Store(error) => error.into(),
        DeskError::Gone | DeskError::Busy | DeskError::UnknownReading | DeskError::NotForAgency => {
            AppError::NotFound
        }
        DeskError::File(_) | DeskError::Io(_) => {
            tracing::error!(%error, "a file handed in cannot be read");
            AppError::Unavailable
        }
    }
}
