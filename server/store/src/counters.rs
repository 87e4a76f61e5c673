//! The daily signed-event counters, as every page reads them.
//!
//! Column lists come from the core's table of measures and are pasted into the text; nothing else ever is.

use std::collections::{BTreeMap, HashMap};

use sqlx::AssertSqlSafe;
use thuocdo::{
    agency::Scope,
    case_file::{self, CaseFileCounts, CaseFileDay},
    case_file_report::AgencyRead,
    counts::{Counts, Day, Measure},
    disclosure,
    filter::Filter,
    period::Window,
    petition::{self, PetitionDay},
};

use crate::{
    Error, Store,
    agency_tree::OwnSums,
    case_files::Part,
    days,
    facts::level_number,
    half_changes::Place,
    held::Halves,
    held_parts::PartKey,
    on_read,
    packed::{Packed, Unpack, number, packed},
};

fn names<M: Measure>(column: fn(M) -> &'static str) -> Vec<&'static str> {
    M::ALL.iter().map(|measure| column(*measure)).collect()
}

pub(crate) fn case_file_columns() -> Vec<&'static str> {
    names(case_file::Measure::column)
}

pub(crate) fn petition_columns() -> Vec<&'static str> {
    names(petition::Measure::column)
}

/// A day and the sums of some columns, packed.
fn day_sums(columns: &[&str]) -> String {
    packed(["f.day".to_owned()].into_iter().chain(sums(columns)))
}

/// `sum(f.a)`, …
fn sums(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|column| format!("sum(f.{column})")).collect()
}

/// A day number followed by the sums of all measures, packed.
struct DayRow<const N: usize>(Day<N>);

impl<const N: usize> Unpack for DayRow<N> {
    fn unpack(pieces: &mut dyn Iterator<Item = &str>) -> Option<Self> {
        let day = days::day(number(pieces)?);
        Some(Self(Day { day, counts: counts(pieces)? }))
    }
}

/// The next pieces as counts.
fn counts<const N: usize>(pieces: &mut dyn Iterator<Item = &str>) -> Option<Counts<N>> {
    let mut counts = Counts::default();
    for count in &mut counts.0 {
        *count = number(pieces)?;
    }
    Some(counts)
}

/// The key of a counter as one row of numbers, then its counts, packed.
pub(crate) struct CellRow<const K: usize, const N: usize>(pub [i64; K], pub Counts<N>);

impl<const K: usize, const N: usize> Unpack for CellRow<K, N> {
    fn unpack(pieces: &mut dyn Iterator<Item = &str>) -> Option<Self> {
        let mut key = [0; K];
        for part in &mut key {
            *part = number(pieces)?;
        }
        Some(Self(key, counts(pieces)?))
    }
}

impl Store {
    /// What each day adds to the case files' counts, for the agencies, level, field and channel of a filter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_file_days(&self, scope: &Scope, filter: &Filter) -> Result<Vec<CaseFileDay>, Error> {
        const AGENCIES: &str = "from case_file_agency_days f join agencies_below b on b.agency_id = f.agency_id \
                                join agencies a on a.agency_id = f.agency_id \
                                where b.above_id = $1 and ($2 is null or a.level = $2) group by f.day order by f.day";
        let Some(part) = self.part_of(scope, filter).await? else { return Ok(Vec::new()) };
        let Part { above, level, field, channel, procedure } = part;
        let is_sliced = field.is_some() || channel.is_some();
        if procedure.is_some() || (is_sliced && above.is_some()) {
            // No counter answers this one; the files do.
            return self.case_file_days_from_files(&part).await;
        }
        let Some(above) = above else {
            return if is_sliced {
                self.slice_days(level, field, channel).await
            } else {
                self.level_days(level).await
            };
        };
        let select = AssertSqlSafe(format!("select {} {AGENCIES}", day_sums(&case_file_columns())));
        let rows: Vec<Packed<DayRow<{ case_file::Measure::COUNT }>>> =
            on_read!(self, pool => sqlx::query_as(select).bind(above).bind(level).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|Packed(DayRow(day))| day).collect())
    }

    /// The days of one level, or of all.
    async fn level_days(&self, level: Option<i32>) -> Result<Vec<CaseFileDay>, Error> {
        let mut by_day: BTreeMap<i32, CaseFileCounts> = BTreeMap::new();
        for (_, day, counts) in self
            .held()
            .await?
            .levels
            .up_to(i32::MAX)
            .filter(|(of, ..)| level.is_none_or(|level| level == *of))
        {
            *by_day.entry(day).or_default() += *counts;
        }
        Ok(by_day.into_iter().map(|(day, counts)| CaseFileDay { day: days::day(day), counts }).collect())
    }

    /// The days of a level, a field and a channel, or of all of them.
    async fn slice_days(
        &self,
        level: Option<i32>,
        field: Option<i64>,
        channel: Option<i32>,
    ) -> Result<Vec<CaseFileDay>, Error> {
        // The key begins with level and field: where one is not asked for, every value it has is named, so that the
        // rows are found by it.
        let level_is = if level.is_some() { "= $1" } else { "in (select level from agencies)" };
        let field_is =
            if field.is_some() { "= $2" } else { "in (select field_id from fields union select 0)" };
        let channel_is = if channel.is_some() { "= $3" } else { "is not null" };
        let select = AssertSqlSafe(format!(
            "select {} from case_file_slice_days f where f.level {level_is} and f.field_id {field_is} \
             and f.channel {channel_is} and coalesce(cast($1 as integer), 0) is not null \
             and coalesce(cast($2 as bigint), 0) is not null and coalesce(cast($3 as integer), 0) is not null \
             group by f.day order by f.day",
            day_sums(&case_file_columns())
        ));
        let rows: Vec<Packed<DayRow<{ case_file::Measure::COUNT }>>> = on_read!(self, pool =>
            sqlx::query_as(select).bind(level).bind(field).bind(channel).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|Packed(DayRow(day))| day).collect())
    }

    /// What each day adds to the petitions' counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn petition_days(&self, scope: &Scope, filter: &Filter) -> Result<Vec<PetitionDay>, Error> {
        const FROM: &str = "from petition_days f join agencies a on a.agency_id = f.agency_id \
                            where ($1 is null or f.agency_id in (select agency_id from agencies_below where above_id = $1)) \
                            and ($2 is null or a.level = $2) and ($3 is null or f.field_id = $3) \
                            and ($4 is null or f.channel = $4) group by f.day order by f.day";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let Some(field) = self.field_of(filter).await? else { return Ok(Vec::new()) };
        let select = AssertSqlSafe(format!("select {} {FROM}", day_sums(&petition_columns())));
        let channel = filter.channel.map(case_file::Channel::number);
        let rows: Vec<Packed<DayRow<{ petition::Measure::COUNT }>>> = on_read!(self, pool => sqlx::query_as(select)
            .bind(below).bind(level_number(filter)).bind(field).bind(channel).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|Packed(DayRow(day))| day).collect())
    }

    /// The sums of a window for each agency directly below the one asked for, with all below them, and for that one's
    /// own desk; or with a level given, for each agency of that level by itself. Beside them its rate in each of some
    /// months.
    ///
    /// Invariant: the rows add up to what [`case_file_days`](Self::case_file_days) says under the same filter. The public
    /// is given the large ones without their months, and none of a field, a channel, a procedure or a level: those cut the
    /// same files a second time.
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
        let Some(part) = self.part_of(scope, filter).await? else { return Ok(Vec::new()) };
        let is_cut = part.procedure.is_some() || part.field.is_some() || part.channel.is_some();
        let is_public = *scope == Scope::Public;
        if is_public && (is_cut || part.level.is_some()) {
            return Ok(Vec::new());
        }
        let months: &[Window] = if is_public { &[] } else { months };
        let own = if is_cut {
            self.own_part_reads(&part, window, months).await?
        } else {
            self.own_reads(part.above, window, months).await?
        };
        let reads = self.tree().await?.roll_up(own, below, filter.level);
        Ok(if is_public { disclosure::keep(reads, |agency| disclosure::files(&agency.read)) } else { reads })
    }

    /// Each agency's own sums, without those below it.
    async fn own_reads(
        &self,
        below: Option<i64>,
        window: Window,
        months: &[Window],
    ) -> Result<HashMap<i64, OwnSums>, Error> {
        const DAYS: &str = "from agencies a join case_file_agency_days c on c.agency_id = a.agency_id \
                            and c.day between $1 and $2";
        let halves = Halves::of(window, months);
        let among = match below {
            Some(above) => Some(self.ids_below(above).await?),
            None => None,
        };
        let is_asked = |agency: &i64| among.as_ref().is_none_or(|among| among.contains(agency));
        let mut sums: HashMap<i64, OwnSums> = HashMap::new();
        let mut add = |agency: i64, day: i32, counts: &CaseFileCounts| {
            if is_asked(&agency) {
                sums.entry(agency).or_default().add_cell(&halves, day, counts);
            }
        };
        for (agency, half, counts) in self.held().await?.agencies.up_to(halves.last) {
            if !halves.cuts(half) {
                add(agency, half, counts);
            }
        }
        for half in &halves.cut {
            let columns = ["c.agency_id", "c.day"].into_iter().chain(case_file_columns());
            let select = AssertSqlSafe(format!("select {} {DAYS}", packed(columns)));
            let last = days::half_end(*half).min(halves.last);
            let rows: Vec<Packed<CellRow<2, { case_file::Measure::COUNT }>>> = on_read!(self, pool =>
                sqlx::query_as(select).bind(half).bind(last).fetch_all(pool).await)?;
            for Packed(CellRow([agency, day], counts)) in rows {
                add(agency, i32::try_from(day).unwrap_or(*half), &counts);
            }
        }
        Ok(sums)
    }

    /// Each agency's own sums of a field, a channel or a procedure.
    async fn own_part_reads(
        &self,
        part: &Part,
        window: Window,
        months: &[Window],
    ) -> Result<HashMap<i64, OwnSums>, Error> {
        let halves = Halves::of(window, months);
        let mut sums: HashMap<i64, OwnSums> = HashMap::new();
        self.each_part_cell(part, &halves, |(agency, ..), day, counts| {
            sums.entry(agency).or_default().add_cell(&halves, day, counts);
        })
        .await?;
        Ok(sums)
    }

    /// Hands over the cells of a part of the city: whole halves of months from the counters, or for a procedure from its
    /// files, and the days of halves that a window cuts from what happened in them.
    pub(crate) async fn each_part_cell(
        &self,
        part: &Part,
        halves: &Halves,
        mut take: impl FnMut(PartKey, i32, &CaseFileCounts),
    ) -> Result<(), Error> {
        let among = self.ids_of(part).await?;
        let is_asked = |(agency, field, channel): PartKey| {
            part.is_of(field, channel) && among.as_ref().is_none_or(|among| among.contains(&agency))
        };
        let add = |key: PartKey, half: i32, counts: &CaseFileCounts| {
            if !halves.cuts(half) {
                take(key, half, counts);
            }
        };
        if part.procedure.is_some() {
            self.files_of(part).await?.halves.each(is_asked, halves.last, add);
        } else {
            self.held_parts().await?.each(is_asked, halves.last, add);
        }
        for half in &halves.cut {
            let key = |place: &Place| (place.agency_id, place.field_id, place.channel);
            let is_asked = |place: &Place| {
                part.procedure.is_none_or(|asked| asked == place.procedure_id) && is_asked(key(place))
            };
            let changes = self.half_changes(*half).await?;
            changes.each(is_asked, halves.last, |place, day, counts| take(key(place), day, counts));
        }
        Ok(())
    }

    /// The field to look for: `Some(None)` is any, `None` is one that does not exist.
    pub(crate) async fn field_of(&self, filter: &Filter) -> Result<Option<Option<i64>>, Error> {
        match &filter.field {
            None => Ok(Some(None)),
            Some(code) => Ok(self.field_id(code).await?.map(Some)),
        }
    }
}
