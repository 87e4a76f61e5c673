//! Everything the readings of one question are made from, loaded at once.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thuocdo::{
    agency::{Level, Scope},
    filter::Filter,
    indicator::Facts,
};

use crate::{Error, Store, days, on_read};

/// The last day each source has something to say of, not after a given day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freshness {
    /// Case files.
    pub case_files: Option<NaiveDate>,
    /// Petitions.
    pub petitions: Option<NaiveDate>,
    /// Dialogues.
    pub dialogues: Option<NaiveDate>,
}

impl Freshness {
    /// The last day of any source.
    #[must_use]
    pub fn last(self) -> Option<NaiveDate> {
        [self.case_files, self.petitions, self.dialogues].into_iter().flatten().max()
    }
}

impl Store {
    /// All facts of a filter within a scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn facts(&self, scope: &Scope, filter: &Filter) -> Result<Facts, Error> {
        Ok(Facts {
            case_files: self.case_file_days(scope, filter).await?,
            petitions: self.petition_days(scope, filter).await?,
            agencies: self.agencies(scope, filter).await?,
            dialogues: self.dialogues(scope, filter).await?,
            issues: self.issues(scope, filter).await?,
            editions: self.editions().await?,
            plan: self.plan().await?,
        })
    }

    /// The last days of the sources, not after `today`: a typing error in a far year makes nothing fresh.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn freshness(&self, today: NaiveDate) -> Result<Freshness, Error> {
        const CASE_FILES: &str = "select max(day) from case_file_level_days where day <= $1 \
                                  and (received <> 0 or early <> 0 or on_time <> 0 or late <> 0 or undetermined <> 0)";
        const PETITIONS: &str = "select max(day) from petition_days where day <= $1 \
                                 and (started <> 0 or received_in_time <> 0 or handled_in_time <> 0 or notified_in_time <> 0)";
        const DIALOGUES: &str = "select max(held_on) from dialogues where held_on <= $1";
        let number = days::number(today);
        let case_files: Option<i32> =
            on_read!(self, pool => sqlx::query_scalar(CASE_FILES).bind(number).fetch_one(pool).await)?;
        let petitions: Option<i32> =
            on_read!(self, pool => sqlx::query_scalar(PETITIONS).bind(number).fetch_one(pool).await)?;
        let dialogues: Option<NaiveDate> =
            on_read!(self, pool => sqlx::query_scalar(DIALOGUES).bind(today).fetch_one(pool).await)?;
        Ok(Freshness {
            case_files: case_files.map(days::day),
            petitions: petitions.map(days::day),
            dialogues,
        })
    }
}

/// The number the tables keep a filter's level under.
pub(crate) fn level_number(filter: &Filter) -> Option<i32> {
    filter.level.map(Level::number)
}
