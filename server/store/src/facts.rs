//! Everything the readings of one question are made from, loaded at once.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thuocdo::{
    agency::{Level, Scope},
    case_file::Measure,
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
            ..self.facts_beside_days(scope, filter).await?
        })
    }

    /// The facts of a filter within a scope, without the days of case files and petitions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn facts_beside_days(&self, scope: &Scope, filter: &Filter) -> Result<Facts, Error> {
        Ok(Facts {
            case_files: Vec::new(),
            petitions: Vec::new(),
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
        Ok(Freshness {
            case_files: self.case_files_until(today).await?,
            petitions: self.petitions_until(today).await?,
            dialogues: self.dialogues_until(today).await?,
        })
    }

    /// The last day, not after `today`, on which a case file came in or ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_files_until(&self, today: NaiveDate) -> Result<Option<NaiveDate>, Error> {
        const TELLING: [Measure; 5] =
            [Measure::Received, Measure::Early, Measure::OnTime, Measure::Late, Measure::Undetermined];
        let held = self.held().await?;
        let cells = held.levels.up_to(days::number(today));
        let telling = cells.filter(|(.., counts)| TELLING.iter().any(|measure| counts[*measure] != 0));
        Ok(telling.map(|(_, day, _)| day).max().map(days::day))
    }

    /// The last day, not after `today`, on which a petition came in or was answered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn petitions_until(&self, today: NaiveDate) -> Result<Option<NaiveDate>, Error> {
        const UNTIL: &str = "select max(day) from petition_days where day <= $1 \
                             and (started <> 0 or received_in_time <> 0 or handled_in_time <> 0 or notified_in_time <> 0)";
        let number = days::number(today);
        let until: Option<i32> =
            on_read!(self, pool => sqlx::query_scalar(UNTIL).bind(number).fetch_one(pool).await)?;
        Ok(until.map(days::day))
    }

    /// The last day, not after `today`, of a dialogue.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dialogues_until(&self, today: NaiveDate) -> Result<Option<NaiveDate>, Error> {
        const UNTIL: &str = "select max(held_on) from dialogues where held_on <= $1";
        Ok(on_read!(self, pool => sqlx::query_scalar(UNTIL).bind(today).fetch_one(pool).await)?)
    }
}

/// The number the tables keep a filter's level under.
pub(crate) fn level_number(filter: &Filter) -> Option<i32> {
    filter.level.map(Level::number)
}
