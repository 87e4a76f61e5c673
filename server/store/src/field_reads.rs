//! The parts of a question: its sums by field, and its late files by procedure.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;
use thuocdo::{
    agency::{Level, Scope},
    case_file::{CaseFileCounts, Measure},
    case_file_depth::{FieldRead, LateCount},
    counts::Read,
    disclosure,
    filter::Filter,
    indicator::on_time_returns::CaseFileRead,
    period::Window,
};

use crate::{
    Error, Store,
    case_files::Part,
    counters::{CellRow, case_file_columns},
    days,
    held::{Halves, Slice},
    on_read,
    packed::{Packed, packed},
};

impl Store {
    /// The sums of a window by field, under the filter: from the counters for the whole, from the files of an agency or
    /// procedure.
    ///
    /// Invariant: the rows add up to what [`case_file_days`](Self::case_file_days) says under the same filter. The public
    /// is given the large ones of the whole city.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn field_reads(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
    ) -> Result<Vec<FieldRead>, Error> {
        const NAMES: &str = "select field_id, code, name from fields";
        if *scope == Scope::Public && *filter != Filter::default() {
            return Ok(Vec::new());
        }
        let Some(part) = self.part_of(scope, filter).await? else { return Ok(Vec::new()) };
        let sums = if part.procedure.is_some() || part.above.is_some() {
            self.field_reads_from_parts(&part, window).await?
        } else {
            self.reads_from_slices(&part, window, |(_, field, _)| field).await?
        };
        let names: Vec<(i64, String, String)> =
            on_read!(self, pool => sqlx::query_as(NAMES).fetch_all(pool).await)?;
        let mut names: HashMap<i64, (String, String)> =
            names.into_iter().map(|(id, code, name)| (id, (code, name))).collect();
        let named = |(id, read)| match names.remove(&id) {
            Some((code, name)) => FieldRead { code: Some(code), name, read },
            None => FieldRead { code: None, name: String::new(), read },
        };
        let mut reads: Vec<FieldRead> = sums.into_iter().map(named).collect();
        if *scope == Scope::Public {
            // Which of two as large is held back is the same every time.
            reads.sort_by(|a, b| a.code.cmp(&b.code));
            reads = disclosure::keep(reads, |field| disclosure::files(&field.read));
        }
        Ok(reads)
    }

    async fn field_reads_from_parts(
        &self,
        part: &Part,
        window: Window,
    ) -> Result<HashMap<i64, CaseFileRead>, Error> {
        let halves = Halves::of(window, &[]);
        let mut reads: HashMap<i64, CaseFileRead> = HashMap::new();
        self.each_part_cell(part, &halves, |(_, field, _), day, counts| {
            halves.add(reads.entry(field).or_default(), day, counts);
        })
        .await?;
        Ok(reads)
    }

    /// The sums of a window by level, under a filter that names none. The public is given none: with the agencies they would
    /// tell of the own desks that are held back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn level_reads(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
    ) -> Result<Vec<(Level, CaseFileRead)>, Error> {
        if *scope == Scope::Public {
            return Ok(Vec::new());
        }
        let Some(part) = self.part_of(scope, filter).await? else { return Ok(Vec::new()) };
        if part.above.is_some() || part.procedure.is_some() {
            let mut reads = Vec::new();
            for level in Level::ALL {
                let filter = Filter { level: Some(level), ..filter.clone() };
                reads.push((level, Read::of(&self.case_file_days(scope, &filter).await?, window)));
            }
            return Ok(reads);
        }
        let part = Part { level: None, ..part };
        let mut reads = self.reads_from_slices(&part, window, |(level, ..)| level.into()).await?;
        let read = |level: Level| (level, reads.remove(&level.number().into()).unwrap_or_default());
        Ok(Level::ALL.into_iter().map(read).collect())
    }

    /// The sums of a window, from the counters of levels, fields and channels, told apart by one of these.
    async fn reads_from_slices(
        &self,
        part: &Part,
        window: Window,
        told_apart_by: impl Fn(Slice) -> i64,
    ) -> Result<HashMap<i64, CaseFileRead>, Error> {
        const DAYS: &str = "from case_file_slice_days c where c.day between $1 and $2";
        let halves = Halves::of(window, &[]);
        let Part { level, field, channel, .. } = *part;
        let is_asked = |(of_level, of_field, of_channel): Slice| {
            level.is_none_or(|level| level == of_level)
                && field.is_none_or(|field| field == of_field)
                && channel.is_none_or(|channel| channel == of_channel)
        };
        let mut reads: HashMap<i64, CaseFileRead> = HashMap::new();
        let mut add = |slice: Slice, day: i32, counts: CaseFileCounts| {
            if !is_asked(slice) {
                return;
            }
            halves.add(reads.entry(told_apart_by(slice)).or_default(), day, &counts);
        };
        for (slice, half, counts) in self.held().await?.slices.up_to(halves.last) {
            if !halves.cuts(half) {
                add(slice, half, *counts);
            }
        }
        for half in &halves.cut {
            let columns =
                ["c.level", "c.field_id", "c.channel", "c.day"].into_iter().chain(case_file_columns());
            let select = AssertSqlSafe(format!("select {} {DAYS}", packed(columns)));
            let last = days::half_end(*half).min(halves.last);
            let rows: Vec<Packed<CellRow<4, { Measure::COUNT }>>> = on_read!(self, pool =>
                sqlx::query_as(select).bind(half).bind(last).fetch_all(pool).await)?;
            for Packed(CellRow([level, field, channel, day], counts)) in rows {
                let small = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
                add((small(level), field, small(channel)), small(day), counts);
            }
        }
        Ok(reads)
    }

    /// Late files of a window by procedure, under the filter. The public is given those with enough, of the whole city.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn late_by_procedure(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
    ) -> Result<Vec<LateCount>, Error> {
        // The index on late files answers it: outcome 3 is written into the text.
        const LATE: &str = "select f.procedure_id, count(*) as late from case_files f \
                            where f.outcome = 3 and f.ended_on between $6 and $7 and ";
        if *scope == Scope::Public && *filter != Filter::default() {
            return Ok(Vec::new());
        }
        let Some(part) = self.part_of(scope, filter).await? else { return Ok(Vec::new()) };
        let from = window.from.map_or(i32::MIN, days::number);
        let late = AssertSqlSafe(format!(
            "select p.code, p.name, l.late from ({LATE}{} group by f.procedure_id) l \
             left join procedures p on p.procedure_id = l.procedure_id",
            part.condition_on_few()
        ));
        let rows: Vec<(Option<String>, Option<String>, i64)> = on_read!(self, pool => sqlx::query_as(late)
            .bind(part.above).bind(part.level).bind(part.field).bind(part.channel).bind(part.procedure)
            .bind(from).bind(days::number(window.last)).fetch_all(pool).await)?;
        let line = |(code, name, late): (Option<String>, Option<String>, i64)| LateCount {
            code,
            name: name.unwrap_or_default(),
            late,
        };
        let mut counts: Vec<LateCount> = rows.into_iter().map(line).collect();
        if *scope == Scope::Public {
            counts.sort_by(|a, b| a.code.cmp(&b.code));
            counts = disclosure::keep(counts, |procedure| procedure.late);
        }
        Ok(counts)
    }

    /// A procedure's name; `None` where there is no such code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn procedure_name(&self, code: &str) -> Result<Option<String>, Error> {
        const NAME: &str = "select name from procedures where code = $1";
        Ok(on_read!(self, pool => sqlx::query_scalar(NAME).bind(code).fetch_optional(pool).await)?)
    }

    /// The procedure to look for: `Some(None)` is any, `None` is one that does not exist.
    pub(crate) async fn procedure_of(&self, filter: &Filter) -> Result<Option<Option<i64>>, Error> {
        const ID: &str = "select procedure_id from procedures where code = $1";
        let Some(code) = &filter.procedure else { return Ok(Some(None)) };
        let id: Option<i64> =
            on_read!(self, pool => sqlx::query_scalar(ID).bind(code).fetch_optional(pool).await)?;
        Ok(id.map(Some))
    }
}
