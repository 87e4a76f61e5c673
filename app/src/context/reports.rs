//! The page on reports, and what a file that was downloaded says now.

use thuocdo::{
    access::{Actor, Right},
    address::Address,
    agency::Scope,
    charts::values::{Moved, Values},
};

use super::{Charted, Context, frame::Follows};
use crate::{
    answer::Framed,
    error::AppError,
    figures::Figures,
    links::ChartName,
    written::reports::{self, Reports},
};

impl Context {
    /// The page on reports.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn reports(&self, actor: &Actor, address: &Address) -> Result<Framed<String>, AppError> {
        let (frame, question, _) = self.frame(&actor.scope, address, Follows::CaseFiles).await?;
        let reports = Reports {
            question,
            today: self.today(),
            frozen: self.store.frozen_months().await?,
            letterhead: self.store.letterhead().await?,
            may_take_lists: actor.may(Right::TakeLists),
            may_write: actor.may(Right::WriteNotes) && actor.is_city_wide(),
        };
        Ok(Framed { frame, body: reports::page(address, &reports), figures: Figures::default() })
    }

    /// A figure that was downloaded as it is now, and which of its numbers are others.
    ///
    /// # Errors
    /// When the address says nothing sensible, the page has no such chart any more, or the database fails.
    pub async fn compared(
        &self,
        scope: &Scope,
        name: ChartName,
        address: &Address,
        was: &Values,
    ) -> Result<(Charted, Vec<Moved>), AppError> {
        let charted = self.charted(scope, name, address).await?;
        let moved = was.moved(&Values::of(&charted.chart));
        Ok((charted, moved))
    }
}
