//! The overview, put together from the facts.

use thuocdo::{
    address::Address,
    agency::Scope,
    disclosure::Subject,
    overview::{self, Overview},
};

use super::{Context, frame::Follows};
use crate::{
    answer::Framed,
    error::AppError,
    figures::Figures,
    links::{self, ChartName},
};

impl Context {
    /// The overview.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn overview(&self, scope: &Scope, address: &Address) -> Result<Framed<Overview>, AppError> {
        self.of_one_state(|| self.overview_once(scope, address)).await
    }

    pub(super) async fn overview_once(
        &self,
        scope: &Scope,
        address: &Address,
    ) -> Result<Framed<Overview>, AppError> {
        let (frame, question, origin) = self.frame(scope, address, Follows::CaseFiles).await?;
        let told = self.told(scope, address, &question, Subject::CaseFiles).await?;
        let of_petitions = self.petitions_beside(scope, address, &question).await?;
        let mut facts = self.facts(scope, &address.filter).await?;
        if of_petitions.is_none() {
            facts.petitions.clear();
        }
        let agencies = self.agencies_as(told, scope, &address.filter, &question).await?;
        let calendar = self.store.calendar().await?;
        let mut body = overview::assemble(&facts, agencies.to_vec(), &calendar, &question, &origin).told(
            told,
            of_petitions,
            address.lang,
        );
        for remark in body.cards.iter_mut().flat_map(|card| &mut card.next).filter(|_| told.rows) {
            remark.rows = remark.opens.map(|opens| links::behind(opens, address));
        }
        let sparks = body
            .cards
            .iter()
            .filter_map(|card| Some((ChartName::Spark(card.indicator), card.spark.as_ref()?)));
        let figures = Figures::of(sparks.chain([(ChartName::Months, &body.months)]), address);
        Ok(Framed { frame, body, figures })
    }
}
