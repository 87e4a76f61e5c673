//! The parts of a question: its sums by field, and its late files by procedure.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, ColumnIndex, Decode, FromRow, Row, Type};
use thuocdo::{
    agency::Scope,
    case_file::{Channel, Measure},
    case_file_depth::{FieldRead, LateCount},
    counts::Read,
    filter::Filter,
    indicator::on_time_returns::CaseFileRead,
    period::Window,
};

use crate::{
    Error, Store,
    case_files::Part,
    counters::{case_file_columns, counts_from},
    days,
    facts::level_number,
    on_read,
};

/// A field's number and its sums before and inside a window.
struct FieldRow(i64, CaseFileRead);

impl<'r, R: Row> FromRow<'r, R> for FieldRow
where
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let read = Read { before: counts_from(row, 1)?, inside: counts_from(row, 1 + Measure::COUNT)? };
        Ok(Self(row.try_get(0)?, read))
    }
}

impl Store {
    /// The sums of a window by field, under the filter: from the counters for the whole, from the files of an agency or
    /// procedure.
    ///
    /// Invariant: the rows add up to what [`case_file_days`](Self::case_file_days) says under the same filter.
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
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let Some(field) = self.field_of(filter).await? else { return Ok(Vec::new()) };
        let Some(procedure) = self.procedure_of(filter).await? else { return Ok(Vec::new()) };
        let level = level_number(filter);
        let channel = filter.channel.map(Channel::number);
        let part = Part { above: below, level, field, channel, procedure };
        let sums = if below.is_some() || procedure.is_some() {
            self.field_reads_from_files(&part, window).await?
        } else {
            self.field_reads_from_slices(&part, window).await?
        };
        let names: Vec<(i64, String, String)> =
            on_read!(self, pool => sqlx::query_as(NAMES).fetch_all(pool).await)?;
        let mut names: HashMap<i64, (String, String)> =
            names.into_iter().map(|(id, code, name)| (id, (code, name))).collect();
        let named = |(id, read)| match names.remove(&id) {
            Some((code, name)) => FieldRead { code: Some(code), name, read },
            None => FieldRead { code: None, name: String::new(), read },
        };
        Ok(sums.into_iter().map(named).collect())
    }

    async fn field_reads_from_slices(
        &self,
        part: &Part,
        window: Window,
    ) -> Result<HashMap<i64, CaseFileRead>, Error> {
        const FROM: &str = "from case_file_slice_days c where c.day <= $2 and ($3 is null or c.level = $3) \
                            and ($4 is null or c.field_id = $4) and ($5 is null or c.channel = $5) \
                            group by c.field_id";
        let sums = |is: &str| {
            let sum = |c| format!("cast(sum(case when c.day {is} $1 then c.{c} else 0 end) as bigint)");
            case_file_columns().into_iter().map(sum).collect::<Vec<_>>().join(", ")
        };
        let select = AssertSqlSafe(format!("select c.field_id, {}, {} {FROM}", sums("<"), sums(">=")));
        let from = window.from.map_or(i32::MIN, days::number);
        let rows: Vec<FieldRow> = on_read!(self, pool => sqlx::query_as(select)
            .bind(from).bind(days::number(window.last)).bind(part.level).bind(part.field).bind(part.channel)
            .fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|row| (row.0, row.1)).collect())
    }

    /// Late files of a window by procedure, under the filter.
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
        const LATE: &str = "select p.code, p.name, count(*) from case_files f \
            join agencies a on a.agency_id = f.agency_id left join procedures p on p.procedure_id = f.procedure_id \
            where f.outcome = 3 and f.ended_on between $6 and $7 \
            and ($1 is null or f.agency_id in (select agency_id from agencies_below where above_id = $1)) \
            and ($2 is null or a.level = $2) and ($3 is null or f.field_id = $3) \
            and ($4 is null or f.channel = $4) and ($5 is null or f.procedure_id = $5) group by p.code, p.name";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let Some(field) = self.field_of(filter).await? else { return Ok(Vec::new()) };
        let Some(procedure) = self.procedure_of(filter).await? else { return Ok(Vec::new()) };
        let from = window.from.map_or(i32::MIN, days::number);
        let rows: Vec<(Option<String>, Option<String>, i64)> = on_read!(self, pool => sqlx::query_as(LATE)
            .bind(below).bind(level_number(filter)).bind(field).bind(filter.channel.map(Channel::number))
            .bind(procedure).bind(from).bind(days::number(window.last)).fetch_all(pool).await)?;
        let line = |(code, name, late): (Option<String>, Option<String>, i64)| LateCount {
            code,
            name: name.unwrap_or_default(),
            late,
        };
        Ok(rows.into_iter().map(line).collect())
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
