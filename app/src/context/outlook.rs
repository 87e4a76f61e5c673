//! The rest of the year on the page of case files.

use thuocdo::{
    address::Address,
    agency::Scope,
    case_file_report::{AgencyRead, Origin},
    indicator::Question,
    outlook::{CaseFileOutlook, assemble_outlook},
};

use super::Context;
use crate::error::AppError;

impl Context {
    /// What the year ends at; `None` where nothing was timed in it.
    pub(super) async fn outlook(
        &self,
        scope: &Scope,
        address: &Address,
        question: &Question,
        agencies: &[AgencyRead],
        origin: &Origin,
    ) -> Result<Option<CaseFileOutlook>, AppError> {
        let facts = self.facts(scope, &address.filter).await?;
        let calendar = self.store.calendar().await?;
        let (days, plan) = (&facts.case_files, &facts.plan);
        Ok(assemble_outlook(days, plan, &calendar, question, agencies, &address.what_if, origin))
    }
}
