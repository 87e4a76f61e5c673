//! Changes of the daily signed-event counters: gathered while rows come in, written with the facts.
//!
//! Column lists come from the core's table of measures and are pasted into the text; nothing else ever is.

use foldhash::HashMap;
use sqlx::AssertSqlSafe;
use thuocdo::{
    case_file::{CaseFileCounts, Change},
    counts::Counts,
    petition::{PetitionCounts, PetitionDay},
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
    pub(crate) fn case_file(&mut self, cell: Cell, changes: &[Change], is_taken_back: bool) {
        let files = if is_taken_back { -1 } else { 1 };
        for change in changes {
            let day = days::number(change.day);
            let field = cell.field_id.unwrap_or(0);
            change.add_to(self.agencies.entry((cell.agency_id, day)).or_default(), files);
            change.add_to(self.slices.entry((cell.level, field, cell.channel, day)).or_default(), files);
            let part = (cell.agency_id, field, cell.channel, days::half(day));
            change.add_to(self.agency_slice_halves.entry(part).or_default(), files);
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
        let mut levels = HashMap::default();
        for ((level, _, _, day), counts) in &self.slices {
            *levels.entry((*level, *day)).or_default() += *counts;
        }
        levels
    }

    /// By agency and half of a month: the sums of its days.
    fn agency_halves(&self) -> HashMap<AgencyKey, CaseFileCounts> {
        let mut halves = HashMap::default();
        for ((agency, day), counts) in &self.agencies {
            *halves.entry((*agency, days::half(*day))).or_default() += *counts;
        }
        halves
    }

    /// By level, field, channel and half of a month: the sums of the slices' days.
    fn slice_halves(&self) -> HashMap<SliceKey, CaseFileCounts> {
        let mut halves = HashMap::default();
        for ((level, field, channel, day), counts) in &self.slices {
            *halves.entry((*level, *field, *channel, days::half(*day))).or_default() += *counts;
        }
        halves
    }
}

/// A table of counters.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    pub name: &'static str,
    /// The columns that tell one cell from another; the day is the last.
    pub keys: &'static str,
    pub columns: fn() -> Vec<&'static str>,
    /// Whether each cell knows the version that changed it last.
    knows_version: bool,
}

impl Table {
    const LEVELS: Self = Self::of("case_file_level_days", "level, day").that_knows_its_version();
    const AGENCIES: Self = Self::of("case_file_agency_days", "agency_id, day");
    const AGENCY_HALVES: Self =
        Self::of("case_file_agency_halves", "agency_id, day").that_knows_its_version();
    const SLICES: Self = Self::of("case_file_slice_days", "level, field_id, channel, day");
    const SLICE_HALVES: Self =
        Self::of("case_file_slice_halves", "level, field_id, channel, day").that_knows_its_version();
    const AGENCY_SLICE_HALVES: Self =
        Self::of("case_file_agency_slice_halves", "agency_id, field_id, channel, day")
            .that_knows_its_version();
    const PETITIONS: Self =
        Self { columns: petition_columns, ..Self::of("petition_days", "agency_id, field_id, channel, day") };

    /// All of them.
    pub(crate) const ALL: [Self; 7] = [
        Self::LEVELS,
        Self::AGENCIES,
        Self::AGENCY_HALVES,
        Self::SLICES,
        Self::SLICE_HALVES,
        Self::AGENCY_SLICE_HALVES,
        Self::PETITIONS,
    ];

    const fn of(name: &'static str, keys: &'static str) -> Self {
        Self { name, keys, columns: case_file_columns, knows_version: false }
    }

    const fn that_knows_its_version(self) -> Self {
        Self { knows_version: true, ..self }
    }

    /// The names of all columns.
    fn names(&self) -> String {
        let version = if self.knows_version { ", version" } else { "" };
        format!("{}, {}{version}", self.keys, (self.columns)().join(", "))
    }

    /// The end of an insert under a name that adds to what is there.
    fn add(&self, name: &str) -> String {
        let adds: Vec<String> =
            (self.columns)().iter().map(|c| format!("{c} = {name}.{c} + excluded.{c}")).collect();
        let version = if self.knows_version { ", version = excluded.version" } else { "" };
        format!(" on conflict ({}) do update set {}{version}", self.keys, adds.join(", "))
    }
}

/// Cells of one table, in the order of their keys, which are written as one row of numbers.
struct Cells<const K: usize, const N: usize>(Vec<([i64; K], Counts<N>)>);

impl<const K: usize, const N: usize> Cells<K, N> {
    fn of<Key>(cells: HashMap<Key, Counts<N>>, key: impl Fn(Key) -> [i64; K]) -> Self {
        let cells = cells.into_iter().filter(|(_, counts)| !counts.is_zero());
        let mut cells: Vec<_> = cells.map(|(of, counts)| (key(of), counts)).collect();
        // In key order, so that the engine's tree grows at its end.
        cells.sort_unstable_by_key(|(key, _)| *key);
        Self(cells)
    }
}

/// Which tables of counters are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counters {
    /// Those that every page reads.
    InForce,
    /// Those that a recount makes beside them and forgets.
    Recounted,
}

impl Counters {
    /// The table's name.
    pub(crate) fn table(self, name: &str) -> String {
        match self {
            Self::InForce => name.to_owned(),
            Self::Recounted => format!("recounted_{name}"),
        }
    }
}

/// From so many cells on PostgreSQL takes them by COPY.
const WORTH_COPYING: usize = 200;

impl Tx {
    async fn add_cells<const K: usize, const N: usize>(
        &mut self,
        to: Counters,
        table: Table,
        version: i64,
        cells: Cells<K, N>,
    ) -> Result<(), Error> {
        let name = to.table(table.name);
        let (names, add) = (table.names(), table.add(&name));
        let version = table.knows_version.then_some(version);
        if let Self::Postgres(tx) = self
            && cells.0.len() >= WORTH_COPYING
        {
            let coming = format!("{name}_coming");
            sqlx::query(AssertSqlSafe(format!("create temp table {coming} (like {name}) on commit drop")))
                .execute(&mut **tx)
                .await?;
            let rows = cells.0.iter().map(|(key, counts)| {
                key.iter().copied().chain(counts.0).chain(version).collect::<Vec<i64>>()
            });
            copy(tx, &coming, &names, rows).await?;
            let insert = format!("insert into {name} ({names}) select {names} from {coming}{add}");
            sqlx::query(AssertSqlSafe(insert)).persistent(false).execute(&mut **tx).await?;
            sqlx::query(AssertSqlSafe(format!("drop table {coming}"))).execute(&mut **tx).await?;
            return Ok(());
        }
        let width = names.split(',').count();
        let is_numbered = matches!(self, Self::Postgres(_));
        let text = |rows: usize| {
            format!("insert into {name} ({names}) values {}{add}", placeholders(rows, width, is_numbered))
        };
        let full = text(ROWS_AT_ONCE.min(cells.0.len()));
        for some in cells.0.chunks(ROWS_AT_ONCE) {
            let rest;
            let text = if some.len() == ROWS_AT_ONCE.min(cells.0.len()) {
                &full
            } else {
                rest = text(some.len());
                &rest
            };
            on_tx!(self, conn => {
                let is_full = some.len() == ROWS_AT_ONCE;
                let mut query = sqlx::query(AssertSqlSafe(text.as_str())).persistent(is_full);
                for (key, counts) in some {
                    for value in key.iter().copied().chain(counts.0).chain(version) {
                        query = query.bind(value);
                    }
                }
                query.execute(conn).await.map(drop)
            })?;
        }
        Ok(())
    }

    /// Writes the changes and forgets them.
    pub(crate) async fn flush(&mut self, deltas: &mut Deltas) -> Result<(), Error> {
        self.flush_to(Counters::InForce, deltas).await
    }

    /// Adds the changes to these counters and forgets them. The coarser cells are the sums of the finest.
    pub(crate) async fn flush_to(&mut self, to: Counters, deltas: &mut Deltas) -> Result<(), Error> {
        let version = self.next_version().await?;
        let by_agency = |(agency, day): AgencyKey| [agency, day.into()];
        let by_slice =
            |(level, field, channel, day): SliceKey| [level.into(), field, channel.into(), day.into()];
        let by_agency_slice =
            |(agency, field, channel, day): AgencySliceKey| [agency, field, channel.into(), day.into()];
        let levels = Cells::of(deltas.levels(), |(level, day)| [level.into(), day.into()]);
        self.add_cells(to, Table::LEVELS, version, levels).await?;
        let halves = Cells::of(deltas.agency_halves(), by_agency);
        self.add_cells(to, Table::AGENCY_HALVES, version, halves).await?;
        let halves = Cells::of(deltas.slice_halves(), by_slice);
        self.add_cells(to, Table::SLICE_HALVES, version, halves).await?;
        let Deltas { agencies, slices, agency_slice_halves, petitions } = std::mem::take(deltas);
        self.add_cells(to, Table::AGENCIES, version, Cells::of(agencies, by_agency)).await?;
        self.add_cells(to, Table::SLICES, version, Cells::of(slices, by_slice)).await?;
        let halves = Cells::of(agency_slice_halves, by_agency_slice);
        self.add_cells(to, Table::AGENCY_SLICE_HALVES, version, halves).await?;
        self.add_cells(to, Table::PETITIONS, version, Cells::of(petitions, by_agency_slice)).await
    }
}
