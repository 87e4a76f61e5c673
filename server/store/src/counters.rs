//! The daily signed-event counters: written with the facts, read by every page.
//!
//! Column lists come from the core's table of measures and are pasted into the text; nothing else ever is.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, ColumnIndex, Decode, FromRow, Row, Type};
use thuocdo::{
    agency::Scope,
    case_file::{self, CaseFileCounts, CaseFileDay},
    case_file_report::AgencyRead,
    counts::{Counts, Day, Measure, Read},
    filter::Filter,
    period::Window,
    petition::{self, PetitionCounts, PetitionDay},
    rate::Rate,
};

use crate::{
    Error, Store, Tx, agencies::OwnSums, case_files::Part, days, facts::level_number, on_read, on_tx,
    placeholders::placeholders,
};

/// Rows of one insert: a row has up to 29 values, and SQLite binds at most 32 766.
const ROWS_AT_ONCE: usize = 1_000;
/// Cells kept in memory before they are written: some 240 bytes each. A file in order of receipt touches the days of two
/// months at a time; with room for them all each cell is written once or twice, and not with every few thousand rows.
const CELLS_AT_MOST: usize = 150_000;

/// By level and day.
type LevelKey = (i32, i32);
/// By agency and day.
type AgencyKey = (i64, i32);
/// By level, field, channel and day.
type SliceKey = (i32, i64, i32, i32);
/// By agency, field, channel and day.
type PetitionKey = (i64, i64, i32, i32);

/// Changes of counters not yet written.
#[derive(Default)]
pub(crate) struct Deltas {
    pub levels: HashMap<LevelKey, CaseFileCounts>,
    pub agencies: HashMap<AgencyKey, CaseFileCounts>,
    pub halves: HashMap<AgencyKey, CaseFileCounts>,
    pub slices: HashMap<SliceKey, CaseFileCounts>,
    pub petitions: HashMap<PetitionKey, PetitionCounts>,
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
            *self.levels.entry((cell.level, day)).or_default() += counts;
            *self.agencies.entry((cell.agency_id, day)).or_default() += counts;
            *self.halves.entry((cell.agency_id, days::half(day))).or_default() += counts;
            *self.slices.entry((cell.level, field, cell.channel, day)).or_default() += counts;
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
        self.agencies.len() + self.halves.len() + self.slices.len() + self.petitions.len() > CELLS_AT_MOST
    }
}

fn names<M: Measure>(column: fn(M) -> &'static str) -> Vec<&'static str> {
    M::ALL.iter().map(|measure| column(*measure)).collect()
}

pub(crate) fn case_file_columns() -> Vec<&'static str> {
    names(case_file::Measure::column)
}

pub(crate) fn petition_columns() -> Vec<&'static str> {
    names(petition::Measure::column)
}

/// `cast(sum(a) as bigint), …`: PostgreSQL sums whole numbers into decimals.
fn sums(columns: &[&str]) -> String {
    let sums: Vec<String> = columns.iter().map(|column| format!("cast(sum(c.{column}) as bigint)")).collect();
    sums.join(", ")
}

/// The end of an insert that adds to what is there.
fn add_to(table: &str, keys: &str, columns: &[&str]) -> String {
    let adds: Vec<String> = columns.iter().map(|c| format!("{c} = {table}.{c} + excluded.{c}")).collect();
    format!(" on conflict ({keys}) do update set {}", adds.join(", "))
}

/// Writes the cells of one table. `$bind` binds a cell's key.
macro_rules! write_cells {
    ($tx:expr, $table:literal, $keys:literal, $columns:expr, $cells:expr, |$query:ident, $key:ident| $bind:expr) => {{
        let columns = $columns;
        let width = $keys.split(',').count() + columns.len();
        let is_numbered = matches!($tx, $crate::Tx::Postgres(_));
        let head = format!(concat!("insert into ", $table, " (", $keys, ", {}) values "), columns.join(", "));
        let tail = add_to($table, $keys, &columns);
        let text = |rows: usize| format!("{head}{}{tail}", placeholders(rows, width, is_numbered));
        let mut cells: Vec<_> = $cells.drain().filter(|(_, counts)| !counts.is_zero()).collect();
        // In key order, so that the engine's tree grows at its end.
        cells.sort_unstable_by_key(|(key, _)| *key);
        let full = text(ROWS_AT_ONCE.min(cells.len()));
        for some in cells.chunks(ROWS_AT_ONCE) {
            let rest;
            let text = if some.len() == ROWS_AT_ONCE.min(cells.len()) {
                &full
            } else {
                rest = text(some.len());
                &rest
            };
            on_tx!($tx, conn => {
                let mut $query = sqlx::query(AssertSqlSafe(text.as_str()));
                for ($key, counts) in some {
                    $query = $bind;
                    for count in counts.0 {
                        $query = $query.bind(count);
                    }
                }
                $query.execute(conn).await.map(drop)
            })?;
        }
    }};
}

impl Tx {
    /// Writes the changes and forgets them.
    pub(crate) async fn flush(&mut self, deltas: &mut Deltas) -> Result<(), Error> {
        write_cells!(
            self,
            "case_file_level_days",
            "level, day",
            case_file_columns(),
            deltas.levels,
            |query, key| query.bind(key.0).bind(key.1)
        );
        write_cells!(
            self,
            "case_file_agency_days",
            "agency_id, day",
            case_file_columns(),
            deltas.agencies,
            |query, key| query.bind(key.0).bind(key.1)
        );
        write_cells!(
            self,
            "case_file_agency_halves",
            "agency_id, day",
            case_file_columns(),
            deltas.halves,
            |query, key| query.bind(key.0).bind(key.1)
        );
        write_cells!(
            self,
            "case_file_slice_days",
            "level, field_id, channel, day",
            case_file_columns(),
            deltas.slices,
            |query, key| query.bind(key.0).bind(key.1).bind(key.2).bind(key.3)
        );
        write_cells!(
            self,
            "petition_days",
            "agency_id, field_id, channel, day",
            petition_columns(),
            deltas.petitions,
            |query, key| query.bind(key.0).bind(key.1).bind(key.2).bind(key.3)
        );
        Ok(())
    }
}

/// The halves of months that windows begin or end in the middle of, each once.
fn cut_halves<'a>(windows: impl Iterator<Item = &'a Window>) -> Vec<i32> {
    let mut cut = Vec::new();
    for window in windows {
        let first = window.from.map(days::number).filter(|first| days::half(*first) != *first);
        let last = Some(days::number(window.last)).filter(|last| days::half_end(*last) != *last);
        cut.extend([first, last].into_iter().flatten().map(days::half));
    }
    cut.sort_unstable();
    cut.dedup();
    cut
}

/// A day number followed by the sums of all measures.
struct DayRow<const N: usize>(Day<N>);

impl<'r, R: Row, const N: usize> FromRow<'r, R> for DayRow<N>
where
    usize: ColumnIndex<R>,
    i32: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        Ok(Self(Day { day: days::day(row.try_get(0)?), counts: counts_from(row, 1)? }))
    }
}

/// Reads `N` sums that begin at a column; a sum over nothing is zero.
pub(crate) fn counts_from<'r, R: Row, const N: usize>(
    row: &'r R,
    from: usize,
) -> Result<Counts<N>, sqlx::Error>
where
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    let mut counts = Counts::default();
    for (place, count) in counts.0.iter_mut().enumerate() {
        *count = row.try_get::<Option<i64>, _>(from + place)?.unwrap_or(0);
    }
    Ok(counts)
}

/// An agency's number and its own sums: before and inside the window, then in time and all for each month.
struct OwnRow(i64, OwnSums);

impl<'r, R: Row> FromRow<'r, R> for OwnRow
where
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let read =
            Read { before: counts_from(row, 1)?, inside: counts_from(row, 1 + case_file::Measure::COUNT)? };
        let first = 1 + 2 * case_file::Measure::COUNT;
        let sum = |column: usize| Ok::<i64, sqlx::Error>(row.try_get::<Option<i64>, _>(column)?.unwrap_or(0));
        let months = (first..row.len())
            .step_by(2)
            .map(|column| Ok(Rate::new(sum(column)?, sum(column)? + sum(column + 1)?)))
            .collect::<Result<_, sqlx::Error>>()?;
        Ok(Self(row.try_get(0)?, OwnSums { read, months }))
    }
}

impl Store {
    /// What each day adds to the case files' counts, for the agencies, level, field and channel of a filter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_file_days(&self, scope: &Scope, filter: &Filter) -> Result<Vec<CaseFileDay>, Error> {
        const LEVELS: &str = "from case_file_level_days c where ($1 is null or c.level = $1) \
                              group by c.day order by c.day";
        const AGENCIES: &str = "from case_file_agency_days c join agencies_below b on b.agency_id = c.agency_id \
                                join agencies a on a.agency_id = c.agency_id \
                                where b.above_id = $1 and ($2 is null or a.level = $2) group by c.day order by c.day";
        const SLICES: &str = "from case_file_slice_days c where ($1 is null or c.level = $1) \
                              and ($2 is null or c.field_id = $2) and ($3 is null or c.channel = $3) \
                              group by c.day order by c.day";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let Some(field) = self.field_of(filter).await? else { return Ok(Vec::new()) };
        let level = level_number(filter);
        let channel = filter.channel.map(case_file::Channel::number);
        let Some(procedure) = self.procedure_of(filter).await? else { return Ok(Vec::new()) };
        if procedure.is_some() {
            let part = Part { above: below, level, field, channel, procedure };
            return self.case_file_days_from_files(&part).await;
        }
        let select =
            |from: &str| AssertSqlSafe(format!("select c.day, {} {from}", sums(&case_file_columns())));
        let rows: Vec<DayRow<{ case_file::Measure::COUNT }>> =
            match (below, field.is_some() || channel.is_some()) {
                (None, false) => on_read!(self, pool =>
                sqlx::query_as(select(LEVELS)).bind(level).fetch_all(pool).await)?,
                (Some(above), false) => on_read!(self, pool =>
                sqlx::query_as(select(AGENCIES)).bind(above).bind(level).fetch_all(pool).await)?,
                (None, true) => on_read!(self, pool =>
                sqlx::query_as(select(SLICES)).bind(level).bind(field).bind(channel).fetch_all(pool).await)?,
                // No counter answers this one; the agency's own files do.
                (Some(above), true) => {
                    let part = Part { above: Some(above), level, field, channel, procedure: None };
                    return self.case_file_days_from_files(&part).await;
                }
            };
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// What each day adds to the petitions' counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn petition_days(&self, scope: &Scope, filter: &Filter) -> Result<Vec<PetitionDay>, Error> {
        const FROM: &str = "from petition_days c join agencies a on a.agency_id = c.agency_id \
                            where ($1 is null or c.agency_id in (select agency_id from agencies_below where above_id = $1)) \
                            and ($2 is null or a.level = $2) and ($3 is null or c.field_id = $3) \
                            and ($4 is null or c.channel = $4) group by c.day order by c.day";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let Some(field) = self.field_of(filter).await? else { return Ok(Vec::new()) };
        let select = AssertSqlSafe(format!("select c.day, {} {FROM}", sums(&petition_columns())));
        let channel = filter.channel.map(case_file::Channel::number);
        let rows: Vec<DayRow<{ petition::Measure::COUNT }>> = on_read!(self, pool => sqlx::query_as(select)
            .bind(below).bind(level_number(filter)).bind(field).bind(channel).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// The sums of a window for each agency directly below the one asked for, with all below them, and for that one's
    /// own desk; or with a level given, for each agency of that level by itself. Beside them its rate in each of some
    /// months.
    ///
    /// Invariant: the rows add up to what [`case_file_days`](Self::case_file_days) says under the same filter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn agency_reads(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
        months: &[Window],
    ) -> Result<Vec<AgencyRead>, Error> {
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let Some(field) = self.field_of(filter).await? else { return Ok(Vec::new()) };
        let channel = filter.channel.map(case_file::Channel::number);
        let Some(procedure) = self.procedure_of(filter).await? else { return Ok(Vec::new()) };
        let own = if field.is_some() || channel.is_some() || procedure.is_some() {
            // No counter answers this one; the files do.
            let part = Part { above: below, level: level_number(filter), field, channel, procedure };
            self.agency_reads_from_files(&part, window, months).await?
        } else {
            self.own_reads(below, window, months).await?
        };
        Ok(self.tree().await?.roll_up(own, below, filter.level))
    }

    /// Each agency's own sums, without those below it.
    async fn own_reads(
        &self,
        below: Option<i64>,
        window: Window,
        months: &[Window],
    ) -> Result<HashMap<i64, OwnSums>, Error> {
        // Whole halves of months, and the days of those that a window begins or ends in the middle of.
        let cut = cut_halves(months.iter().chain([&window]));
        let whole: String = cut.iter().map(|half| format!(" and day <> {half}")).collect();
        let parts: Vec<String> = cut
            .iter()
            .map(|half| {
                format!(
                    " union all select * from case_file_agency_days where day between {half} and {}",
                    days::half_end(*half)
                )
            })
            .collect();
        let from = format!(
            "from (select * from case_file_agency_halves where day <= $4{whole}{}) c \
             where c.day <= $4 and ($1 is null or c.agency_id in \
             (select agency_id from agencies_below where above_id = $1)) group by c.agency_id",
            parts.concat()
        );
        let sum =
            |what: &str, when: &str| format!("cast(sum(case when {when} then {what} else 0 end) as bigint)");
        let mut sums = Vec::new();
        for when in ["c.day < $2", "c.day between $2 and $3"] {
            sums.extend(case_file_columns().into_iter().map(|column| sum(&format!("c.{column}"), when)));
        }
        for place in 0..months.len() {
            let when = format!("c.day between ${} and ${}", 5 + 2 * place, 6 + 2 * place);
            sums.extend([sum("c.early + c.on_time", &when), sum("c.late", &when)]);
        }
        let select = AssertSqlSafe(format!("select c.agency_id, {} {from}", sums.join(", ")));
        let from = |window: &Window| window.from.map_or(i32::MIN, days::number);
        let last = days::number(window.last);
        let last_of_all = months.iter().map(|month| days::number(month.last)).max().unwrap_or(last).max(last);
        let rows: Vec<OwnRow> = on_read!(self, pool => {
            let mut query = sqlx::query_as(select).bind(below).bind(from(&window)).bind(last).bind(last_of_all);
            for month in months {
                query = query.bind(from(month)).bind(days::number(month.last));
            }
            query.fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|row| (row.0, row.1)).collect())
    }

    /// The field to look for: `Some(None)` is any, `None` is one that does not exist.
    pub(crate) async fn field_of(&self, filter: &Filter) -> Result<Option<Option<i64>>, Error> {
        match &filter.field {
            None => Ok(Some(None)),
            Some(code) => Ok(self.field_id(code).await?.map(Some)),
        }
    }
}
