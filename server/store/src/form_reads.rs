//! What the lines of form II.06a are made from: sums by level and field or by agency, what came online apart.

use std::collections::HashMap;

use thuocdo::{
    agency::{Level, Scope},
    case_file::Channel,
    filter::Filter,
    forms::ii_06a::By,
    indicator::on_time_returns::CaseFileRead,
    period::Window,
};

use crate::{Error, Store, held::Halves, on_read};

/// The sums of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRead {
    /// The level of the agencies.
    pub level: Level,
    /// The field's or the agency's name; `None` for files without a field.
    pub name: Option<String>,
    /// What came online.
    pub online: CaseFileRead,
    /// What came in any other way.
    pub others: CaseFileRead,
}

impl Store {
    /// The sums of a window by line of the form. Invariant: they add up to what
    /// [`case_file_days`](Self::case_file_days) says under the same filter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn form_reads(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
        by: By,
    ) -> Result<Vec<FormRead>, Error> {
        const AGENCIES: &str = "select agency_id, level, name from agencies";
        const FIELDS: &str = "select field_id, name from fields";
        // A form has a line for everybody; the public is given none.
        if *scope == Scope::Public {
            return Ok(Vec::new());
        }
        let Some(part) = self.part_of(scope, filter).await? else { return Ok(Vec::new()) };
        let agencies: Vec<(i64, i32, String)> =
            on_read!(self, pool => sqlx::query_as(AGENCIES).fetch_all(pool).await)?;
        let levels: HashMap<i64, i32> = agencies.iter().map(|(id, level, _)| (*id, *level)).collect();
        let names: Vec<(i64, String)> = match by {
            By::Unit => agencies.into_iter().map(|(id, _, name)| (id, name)).collect(),
            By::Field => on_read!(self, pool => sqlx::query_as(FIELDS).fetch_all(pool).await)?,
        };
        let names: HashMap<i64, String> = names.into_iter().collect();
        let halves = Halves::of(window, &[]);
        let mut lines: HashMap<(i32, i64), [CaseFileRead; 2]> = HashMap::new();
        self.each_part_cell(&part, &halves, |(agency, field, channel), day, counts| {
            let level = levels.get(&agency).copied().unwrap_or(Level::Unclassified.number());
            let line = if by == By::Unit { agency } else { field };
            let [online, others] = lines.entry((level, line)).or_default();
            let is_online = channel == Channel::Online.number();
            halves.add(if is_online { online } else { others }, day, counts);
        })
        .await?;
        let read = |((level, line), [online, others]): ((i32, i64), [CaseFileRead; 2])| FormRead {
            level: Level::from_number(level).unwrap_or(Level::Unclassified),
            name: names.get(&line).cloned(),
            online,
            others,
        };
        Ok(lines.into_iter().map(read).collect())
    }
}
