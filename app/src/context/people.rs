//! What is in somebody's sight, counted: for who gives roles.

use thuocdo::{access::Actor, address::Address, filter::Filter};

use super::Context;
use crate::{error::AppError, written::people::Preview};

impl Context {
    /// How much an actor sees of everything up to today.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn preview(&self, actor: &Actor) -> Result<Preview, AppError> {
        let everything = actor.narrowed(Address::default());
        let readings = self.readings(&actor.scope, &everything).await?;
        let petitions = self.store.petitions(&actor.scope, &Filter::default()).await?.len();
        let agencies = self.store.agency_names(&actor.scope).await?.len();
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Ok(Preview {
            agencies: count(agencies),
            case_files: readings.on_time_returns.official.received,
            petitions: count(petitions),
        })
    }
}
