//! Which files have dates that cannot be right, and which agencies fell silent.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use thuocdo::{
    agency::Scope,
    case_file_depth::{SILENT_DAYS, Silent},
    filter::{Filter, Measured},
    period::Window,
};

use crate::{Error, Store, days, facts::level_number, on_read};

/// The condition of a figure.
pub(crate) fn condition(measured: Measured) -> &'static str {
    match measured {
        Measured::WithoutDue => {
            "f.outcome <> 6 and f.due_on is null and not f.is_immediate and f.received_on between $6 and $7"
        }
        Measured::CompletedBeforeReceived => {
            "f.outcome in (1, 2, 3, 4) and f.ended_on between $6 and $7 \
             and (f.completed_on < f.received_on or f.completed_on is null and f.returned_on < f.received_on)"
        }
        Measured::DueBeforeReceived => {
            "f.outcome <> 6 and f.due_on < f.received_on and f.received_on between $6 and $7"
        }
        _ => "1 = 0",
    }
}

impl Store {
    /// The condition for files whose due date an import of the window moved after it had passed.
    ///
    /// Days are numbers with the files and dates with the batches, and the two engines have no common word that turns
    /// one into the other: the few batches are numbered here.
    pub(crate) async fn moved_after(&self, window: Window) -> Result<String, Error> {
        const BATCHES: &str = "select distinct b.batch_id, b.imported_on from batches b \
                               join due_changes c on c.batch_id = b.batch_id";
        let batches: Vec<(i64, NaiveDate)> =
            on_read!(self, pool => sqlx::query_as(BATCHES).fetch_all(pool).await)?;
        let mut values = String::new();
        for (batch, day) in batches.into_iter().filter(|(_, day)| window.contains(*day)) {
            let comma = if values.is_empty() { "" } else { ", " };
            // Two whole numbers: nothing that anybody wrote gets into the text.
            let _ = write!(values, "{comma}({batch}, {})", days::number(day));
        }
        if values.is_empty() {
            return Ok("1 = 0".to_owned());
        }
        Ok(format!(
            "f.outcome <> 6 and f.case_file_id in (with b (batch_id, day) as (values {values}) \
             select c.case_file_id from due_changes c join b on b.batch_id = c.batch_id \
             where c.old_due_on < b.day and c.new_due_on > c.old_due_on)"
        ))
    }

    /// Agencies of a filter that are still there, received something before, and nothing in the last days of a window.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn silent_agencies(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
    ) -> Result<Vec<Silent>, Error> {
        const SILENT: &str = "select a.code, a.name from agencies a \
            where ($1 is null or a.agency_id in (select agency_id from agencies_below where above_id = $1)) \
            and ($2 is null or a.level = $2) and (a.valid_to is null or a.valid_to >= $5) \
            and not exists (select 1 from case_file_agency_days c where c.agency_id = a.agency_id \
            and c.day > $3 and c.day <= $4 and c.received <> 0) \
            and exists (select 1 from case_file_agency_days c where c.agency_id = a.agency_id \
            and c.day <= $3 and c.received > 0) order by a.code";
        // It tells when the last file of an agency came, however few it has.
        if *scope == Scope::Public {
            return Ok(Vec::new());
        }
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let last = days::number(window.last);
        let before = days::number(window.last - Days::new(SILENT_DAYS));
        let rows: Vec<(String, String)> = on_read!(self, pool => sqlx::query_as(SILENT)
            .bind(below).bind(level_number(filter)).bind(before).bind(last).bind(window.last)
            .fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|(code, name)| Silent { code, name }).collect())
    }
}
