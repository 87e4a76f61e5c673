//! The files that were open at the end of a day, in memory: some ten thousand out of millions, of which every page asks
//! the same things for one part of the city after the other.
//!
//! A few days are held, and none longer than until case files change.

use std::sync::Arc;

use futures::TryStreamExt as _;
use sqlx::AssertSqlSafe;
use thuocdo::filter::Measured;

use crate::{
    Error, Store,
    case_file_lists::open_files,
    case_files::Part,
    on_read,
    packed::{Packed, Unpack, maybe, number, packed, yes},
};

/// Days held at a time: a person who compares a year, a quarter and a month asks for three.
pub(crate) const DAYS_AT_MOST: u64 = 4;

/// A file that was open. Identifiers are small: agencies, fields and procedures are few.
pub(crate) struct OpenFile {
    agency_id: u32,
    /// 0 is none.
    field_id: u32,
    /// 0 is none.
    procedure_id: u32,
    channel: i8,
    is_paused: bool,
    due_on: Option<i32>,
    original_due_on: Option<i32>,
    apology_on: Option<i32>,
}

impl Unpack for OpenFile {
    fn unpack(pieces: &mut dyn Iterator<Item = &str>) -> Option<Self> {
        Some(Self {
            agency_id: number(pieces)?,
            field_id: number(pieces)?,
            procedure_id: number(pieces)?,
            channel: number(pieces)?,
            is_paused: yes(pieces)?,
            due_on: maybe(pieces)?,
            original_due_on: maybe(pieces)?,
            apology_on: maybe(pieces)?,
        })
    }
}

impl OpenFile {
    /// Whether a figure of open files counts it at the end of a day; `due` are the first and the last due date asked for.
    /// The same rules as those of the lists, which are in SQL.
    fn counts_as(&self, measured: Measured, last: i32, due: (i32, i32)) -> bool {
        let is_due = |day: Option<i32>| day.is_some_and(|day| (due.0..=due.1).contains(&day));
        let has_letter = self.apology_on.is_some_and(|day| day <= last);
        match measured {
            Measured::Open => true,
            Measured::Paused => self.is_paused,
            _ if self.is_paused => false,
            Measured::OpenWithinDue => self.due_on.is_some_and(|day| day >= last),
            Measured::OpenOverdue => self.due_on.is_some_and(|day| day < last),
            Measured::OpenUndetermined => self.due_on.is_none(),
            Measured::LetterDue => is_due(self.original_due_on) && !has_letter,
            Measured::LetterMissing => self.original_due_on.is_some_and(|day| day < last) && !has_letter,
            _ => is_due(self.due_on),
        }
    }
}

impl Store {
    /// How many of the files that were open at the end of a day a figure counts.
    pub(crate) async fn count_open(
        &self,
        part: &Part,
        measured: Measured,
        last: i32,
        due: (i32, i32),
    ) -> Result<i64, Error> {
        let among = self.ids_of(part).await?;
        let is = |asked: Option<i64>, own: u32| asked.is_none_or(|asked| asked == i64::from(own));
        let files = self.open_on(last).await?;
        let counted = files.iter().filter(|file| {
            among.as_ref().is_none_or(|among| among.contains(&i64::from(file.agency_id)))
                && is(part.field, file.field_id)
                && is(part.procedure, file.procedure_id)
                && part.channel.is_none_or(|channel| channel == i32::from(file.channel))
                && file.counts_as(measured, last, due)
        });
        Ok(i64::try_from(counted.count()).unwrap_or(i64::MAX))
    }

    /// The files open at the end of a day, as of the last commit.
    async fn open_on(&self, last: i32) -> Result<Arc<[OpenFile]>, Error> {
        // Asked before the files: what is committed meanwhile is read once more next time.
        let version = self.versions().await?.case_files;
        let read = async { self.read_open(last).await.map(Arc::from) };
        self.recent.open.get(version, last, read).await
    }

    async fn read_open(&self, last: i32) -> Result<Vec<OpenFile>, Error> {
        let is_paused = format!(
            "case when f.pause_from <= {last} and (f.pause_until is null or f.pause_until > {last}) then 1 else 0 end"
        );
        let columns = [
            "f.agency_id",
            "coalesce(f.field_id, 0)",
            "coalesce(f.procedure_id, 0)",
            "f.channel",
            &is_paused,
            "f.due_on",
            "f.original_due_on",
            "f.apology_on",
        ];
        let open = open_files(&format!("{last} + 1"), &last.to_string());
        let select = AssertSqlSafe(format!("select {} from ({open}) f", packed(columns)));
        Ok(on_read!(self, pool => sqlx::query_as::<_, Packed<OpenFile>>(select)
            .fetch(pool)
            .map_ok(|Packed(file)| file)
            .try_collect()
            .await)?)
    }
}
