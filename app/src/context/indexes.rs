//! The page on the yearly indexes, put together from one state of the data.

use thuocdo::{
    address::Address,
    agency::Scope,
    disclosure::Subject,
    index_report::{self, IndexReport, Sources},
};

use super::{Context, frame::Follows};
use crate::{answer::Framed, error::AppError, figures::Figures, links::ChartName};

impl Context {
    /// The page on the yearly indexes, the city's own surveys and its own scores.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn indexes(&self, scope: &Scope, address: &Address) -> Result<Framed<IndexReport>, AppError> {
        self.of_one_state(|| self.indexes_once(scope, address)).await
    }

    pub(super) async fn indexes_once(
        &self,
        scope: &Scope,
        address: &Address,
    ) -> Result<Framed<IndexReport>, AppError> {
        let (frame, question, origin) = self.frame(scope, address, Follows::Nothing).await?;
        let told = self.told(scope, address, &question, Subject::Indexes).await?;
        let sources = Sources {
            editions: &self.store.editions().await?,
            surveys: &self.store.surveys(scope, &address.filter).await?,
            criteria: &self.store.criteria(scope).await?,
            criteria_are_whole: !matches!(scope, Scope::Below(_)),
            plan: &self.store.plan().await?,
        };
        let body = index_report::assemble(sources, &question, &origin).told(told, &question, &origin);
        let figures = Figures::of(
            [
                (ChartName::ParIndexYears, &body.par_index.trend),
                (ChartName::SipasYears, &body.sipas.trend),
                (ChartName::OwnSurveys, &body.surveys.chart),
            ],
            address,
        );
        Ok(Framed { frame, body, figures })
    }
}
