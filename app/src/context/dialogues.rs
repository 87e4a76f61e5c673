//! The page on dialogues: facts and details of one state of the data, put together by the core.

use thuocdo::{
    address::Address,
    agency::Scope,
    dialogue_report::{self, Details, DialogueReport},
    disclosure::Subject,
    indicator::DialoguesHeld,
    period::{Cycle, Window},
};

use super::{Context, frame::Follows};
use crate::{answer::Framed, error::AppError, figures::Figures, links::ChartName};

impl Context {
    /// The page on dialogues.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn dialogues(
        &self,
        scope: &Scope,
        address: &Address,
    ) -> Result<Framed<DialogueReport>, AppError> {
        self.of_one_state(|| self.dialogues_once(scope, address)).await
    }

    pub(super) async fn dialogues_once(
        &self,
        scope: &Scope,
        address: &Address,
    ) -> Result<Framed<DialogueReport>, AppError> {
        let (frame, question, origin) = self.frame(scope, address, Follows::Dialogues).await?;
        let told = self.told(scope, address, &question, Subject::Dialogues).await?;
        let facts = self.facts(scope, &address.filter).await?;
        let (half_year, day) = DialoguesHeld::asked(&question);
        let window = Window::of(half_year, Cycle::Calendar, day);
        let details = Details {
            priority_fields: self.store.priority_fields().await?,
            fields: self.store.dialogue_fields(scope, &address.filter, window).await?,
            issues: self.store.issue_details(scope, &address.filter).await?,
        };
        let body = dialogue_report::assemble(&facts, &details, &question, &origin, address).told(told);
        let figures = Figures::of([(ChartName::DialogueMonths, &body.months)], address);
        Ok(Framed { frame, body, figures })
    }
}
