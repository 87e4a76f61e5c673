//! The rest of the year on the page of case files.

use thuocdo::{
    address::Address,
    case_file::CaseFileDay,
    case_file_report::{AgencyRead, Origin},
    indicator::Question,
    outlook::{CaseFileOutlook, assemble_outlook},
    plan::Plan,
};

use super::Context;
use crate::error::AppError;

impl Context {
    /// What the year ends at; `None` where nothing was timed in it.
    pub(super) async fn outlook(
        &self,
        address: &Address,
        question: &Question,
        days: &[CaseFileDay],
        plan: &Plan,
        agencies: &[AgencyRead],
        origin: &Origin,
    ) -> Result<Option<CaseFileOutlook>, AppError> {
        let calendar = self.store.calendar().await?;
        Ok(assemble_outlook(days, plan, &calendar, question, agencies, &address.what_if, origin))
    }
}
