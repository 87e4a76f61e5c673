//! Changes of the daily signed-event counters: gathered while rows come in, written with the facts.
//!
//! Column lists come from the core's table of measures and are pasted into the text; nothing else ever is.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;
use thuocdo::{
    case_file::{self, CaseFileCounts, CaseFileDay},
    counts::Counts,
    petition::{self, PetitionCounts, PetitionDay},
};

use crate::{
    Error, Tx,
    copy::copy,
    counters::{case_file_columns, petition_columns},
    days, on_tx,
    placeholders::placeholders,
};

/// Rows of one insert: a row has up to 30 values, and SQLite binds at most 32 766.
const ROWS_AT_ONCE: usize = 1_000;
/// Cells kept in memory before they are written: some 240 bytes each. A file in order of receipt touches the days of two
/// months at a time; with room for them all each cell is written once or twice, and not with every few thousand rows.
const CELLS_AT_MOST: usize = 100_000;

/// By level and day.
type LevelKey = (i32, i32);
/// By agency and day.
type AgencyKey = (i64, i32);
/// By level, field, channel and day.
type SliceKey = (i32, i64, i32, i32);
/// By agency, field, channel and day or half of a month.
type AgencySliceKey = (i64, i64, i32, i32);

/// Changes of counters not yet written: the finest ones, from which the others follow.
#[derive(Default)]
pub(crate) struct Deltas {
    agencies: HashMap<AgencyKey, CaseFileCounts>,
    slices: HashMap<SliceKey, CaseFileCounts>,
    agency_slice_halves: HashMap<AgencySliceKey, CaseFileCounts>,
    petitions: HashMap<AgencySliceKey, PetitionCounts>,
}

/// Where a file's events are counted.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    pub agency_id: i64,
    pub level: i32,
    pub field_id: Option<i64>,
    pub channel: i32,
}

impl Deltas {
    pub(crate) fn case_file(&mut self, cell: Cell, events: &[CaseFileDay], is_taken_back: bool) {
        for event in events {
            let counts = if is_taken_back { -event.counts } else { event.counts };
            let day = days::number(event.day);
            let field = cell.field_id.unwrap_or(0);
            *self.agencies.entry((cell.agency_id, day)).or_default() += counts;
            *self.slices.entry((cell.level, field, cell.channel, day)).or_default() += counts;
            let part = (cell.agency_id, field, cell.channel, days::half(day));
            *self.agency_slice_halves.entry(part).or_default() += counts;
        }
    }

    pub(crate) fn petition(&mut self, cell: Cell, events: &[PetitionDay], is_taken_back: bool) {
        for event in events {
            let counts = if is_taken_back { -event.counts } else { event.counts };
            let key = (cell.agency_id, cell.field_id.unwrap_or(0), cell.channel, days::number(event.day));
            *self.petitions.entry(key).or_default() += counts;
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        let slices = self.slices.len() + self.agency_slice_halves.len();
        self.agencies.len() + slices + self.petitions.len() > CELLS_AT_MOST
    }

    /// By level and day: the sums of the slices.
    fn levels(&self) -> HashMap<LevelKey, CaseFileCounts> {
        let mut levels = HashMap::new();
        for ((level, _, _, day), counts) in &self.slices {
            *levels.entry((*level, *day)).or_default() += *counts;
        }
        levels
    }

    /// By agency and half of a month: the sums of its days.
    fn agency_halves(&self) -> HashMap<AgencyKey, CaseFileCounts> {
        let mut halves = HashMap::new();
        for ((agency, day), counts) in &self.agencies {
            *halves.entry((*agency, days::half(*day))).or_default() += *counts;
        }
        halves
    }

    /// By level, field, channel and half of a month: the sums of the slices' days.
    fn slice_halves(&self) -> HashMap<SliceKey, CaseFileCounts> {
        let mut halves = HashMap::new();
        for ((level, field, channel, day), counts) in &self.slices {
            *halves.entry((*level, *field, *channel, days::half(*day))).or_default() += *counts;
        }
        halves
    }
}

/// Cells of one table: each its key as one row of numbers, then what it adds.
pub(crate) struct Cells<const K: usize, const N: usize> {
    pub table: &'static str,
    pub keys: &'static str,
    pub columns: Vec<&'static str>,
    /// The version that the cells are of, where the table keeps it.
    version: Option<i64>,
    /// In the order of their keys.
    pub cells: Vec<([i64; K], Counts<N>)>,
}

/// The cells of every table.
pub(crate) struct Tables {
    pub levels: Cells<2, { case_file::Measure::COUNT }>,
    pub agencies: Cells<2, { case_file::Measure::COUNT }>,
    pub agency_halves: Cells<2, { case_file::Measure::COUNT }>,
    pub agency_slice_halves: Cells<4, { case_file::Measure::COUNT }>,
    pub slices: Cells<4, { case_file::Measure::COUNT }>,
    pub slice_halves: Cells<4, { case_file::Measure::COUNT }>,
    pub petitions: Cells<4, { petition::Measure::COUNT }>,
}

impl Deltas {
    /// The cells of every table, those of the coarser ones added up from the finest.
    pub(crate) fn tables(self, version: i64) -> Tables {
        const BY_SLICE: &str = "level, field_id, channel, day";
        let files = case_file_columns;
        let level = |(level, day): LevelKey| [level.into(), day.into()];
        let agency = |(agency, day): AgencyKey| [agency, day.into()];
        let slice =
            |(level, field, channel, day): SliceKey| [level.into(), field, channel.into(), day.into()];
        let agency_slice =
            |(agency, field, channel, day): AgencySliceKey| [agency, field, channel.into(), day.into()];
        let version = Some(version);
        Tables {
            levels: Cells::of(("case_file_level_days", "level, day"), files(), version, self.levels(), level),
            agency_halves: Cells::of(
                ("case_file_agency_halves", "agency_id, day"),
                files(),
                version,
                self.agency_halves(),
                agency,
            ),
            slice_halves: Cells::of(
                ("case_file_slice_halves", BY_SLICE),
                files(),
                version,
                self.slice_halves(),
                slice,
            ),
            agencies: Cells::of(
                ("case_file_agency_days", "agency_id, day"),
                files(),
                None,
                self.agencies,
                agency,
            ),
            slices: Cells::of(("case_file_slice_days", BY_SLICE), files(), None, self.slices, slice),
            agency_slice_halves: Cells::of(
                ("case_file_agency_slice_halves", "agency_id, field_id, channel, day"),
                files(),
                None,
                self.agency_slice_halves,
                agency_slice,
            ),
            petitions: Cells::of(
                ("petition_days", "agency_id, field_id, channel, day"),
                petition_columns(),
                None,
                self.petitions,
                agency_slice,
            ),
        }
    }
}

impl<const K: usize, const N: usize> Cells<K, N> {
    fn of<Key>(
        (table, keys): (&'static str, &'static str),
        columns: Vec<&'static str>,
        version: Option<i64>,
        cells: HashMap<Key, Counts<N>>,
        key: impl Fn(Key) -> [i64; K],
    ) -> Self {
        let cells = cells.into_iter().filter(|(_, counts)| !counts.is_zero());
        let mut cells: Vec<_> = cells.map(|(of, counts)| (key(of), counts)).collect();
        // In key order, so that the engine's tree grows at its end.
        cells.sort_unstable_by_key(|(key, _)| *key);
        Self { table, keys, columns, version, cells }
    }

    /// The names of all columns.
    fn names(&self) -> String {
        let version = if self.version.is_some() { ", version" } else { "" };
        format!("{}, {}{version}", self.keys, self.columns.join(", "))
    }

    /// The values of a cell, in the order of the names.
    fn values(&self, (key, counts): &([i64; K], Counts<N>)) -> impl Iterator<Item = i64> {
        key.iter().copied().chain(counts.0).chain(self.version).collect::<Vec<_>>().into_iter()
    }

    /// The end of an insert that adds to what is there.
    fn add(&self) -> String {
        let Self { table, keys, columns, .. } = self;
        let adds: Vec<String> = columns.iter().map(|c| format!("{c} = {table}.{c} + excluded.{c}")).collect();
        let version = if self.version.is_some() { ", version = excluded.version" } else { "" };
        format!(" on conflict ({keys}) do update set {}{version}", adds.join(", "))
    }
}

/// From so many cells on PostgreSQL takes them by COPY.
const WORTH_COPYING: usize = 200;

impl Tx {
    async fn add_cells<const K: usize, const N: usize>(&mut self, cells: &Cells<K, N>) -> Result<(), Error> {
        let (table, names, add) = (cells.table, cells.names(), cells.add());
        if let Self::Postgres(tx) = self
            && cells.cells.len() >= WORTH_COPYING
        {
            let coming = format!("{table}_coming");
            let rows = cells.cells.iter().map(|cell| cells.values(cell).collect::<Vec<i64>>());
            sqlx::query(AssertSqlSafe(format!("create temp table {coming} (like {table}) on commit drop")))
                .execute(&mut **tx)
                .await?;
            copy(tx, &coming, &names, rows).await?;
            let insert = format!("insert into {table} ({names}) select {names} from {coming}{add}");
            sqlx::query(AssertSqlSafe(insert)).persistent(false).execute(&mut **tx).await?;
            sqlx::query(AssertSqlSafe(format!("drop table {coming}"))).execute(&mut **tx).await?;
            return Ok(());
        }
        let width = names.split(',').count();
        let is_numbered = matches!(self, Self::Postgres(_));
        let text = |rows: usize| {
            format!("insert into {table} ({names}) values {}{add}", placeholders(rows, width, is_numbered))
        };
        let full = text(ROWS_AT_ONCE.min(cells.cells.len()));
        for some in cells.cells.chunks(ROWS_AT_ONCE) {
            let rest;
            let text = if some.len() == ROWS_AT_ONCE.min(cells.cells.len()) {
                &full
            } else {
                rest = text(some.len());
                &rest
            };
            on_tx!(self, conn => {
                let is_full = some.len() == ROWS_AT_ONCE;
                let mut query = sqlx::query(AssertSqlSafe(text.as_str())).persistent(is_full);
                for value in some.iter().flat_map(|cell| cells.values(cell)) {
                    query = query.bind(value);
                }
                query.execute(conn).await.map(drop)
            })?;
        }
        Ok(())
    }

    /// Writes the changes and forgets them.
    pub(crate) async fn flush(&mut self, deltas: &mut Deltas) -> Result<(), Error> {
        let version = self.next_version().await?;
        let tables = std::mem::take(deltas).tables(version);
        self.add_cells(&tables.levels).await?;
        self.add_cells(&tables.agency_halves).await?;
        self.add_cells(&tables.slice_halves).await?;
        self.add_cells(&tables.agencies).await?;
        self.add_cells(&tables.slices).await?;
        self.add_cells(&tables.agency_slice_halves).await?;
        self.add_cells(&tables.petitions).await
    }
}
