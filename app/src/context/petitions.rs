//! The page on petitions: counters for the figures, the petitions themselves for kinds, ages and lists.

use std::sync::Arc;

use store::AgencyName;
use thuocdo::{
    address::Address,
    agency::Scope,
    disclosure::Subject,
    filter::Filter,
    petition_report::{self, PetitionRecords, Place},
};

use super::{Context, case_files::of_the_city, frame::Follows};
use crate::{
    answer::Framed, error::AppError, figures::Figures, links::ChartName, pages::petitions::api::Petitions,
};

impl Context {
    /// The page on petitions, with the list behind a figure where one is asked for.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn petitions(&self, scope: &Scope, address: &Address) -> Result<Framed<Petitions>, AppError> {
        self.of_one_state(|| self.petitions_once(scope, address)).await
    }

    pub(super) async fn petitions_once(
        &self,
        scope: &Scope,
        address: &Address,
    ) -> Result<Framed<Petitions>, AppError> {
        let (frame, question, origin) = self.frame(scope, address, Follows::Petitions).await?;
        let told = self.told(scope, address, &question, Subject::Petitions).await?;
        let days = self.petition_days(scope, &address.filter).await?;
        let plan = self.store.plan().await?;
        let records = self.petition_records(scope, &address.filter).await?;
        let places: Vec<Place> = self.places(scope).await?.agencies.iter().map(place).collect();
        // Of one kind the counters of the city know nothing.
        let city = match of_the_city(scope, &address.filter).filter(|_| address.kind.is_none()) {
            Some(whole) => Some(self.petition_days(scope, &whole).await?),
            None => None,
        };
        let city = city.as_ref().map(|days| days.as_slice());
        let asked = petition_report::Asked { filter: &address.filter, kind: address.kind, city };
        let report =
            petition_report::assemble(&records, &days, asked, &places, &plan, &question, &origin).told(told);
        let list = address.petition_list.map(|figure| {
            let window = question.window();
            petition_report::list(&report, &records, address.kind, window, figure, address.page, &places)
        });
        let figures = Figures::of(
            [
                (ChartName::PetitionMonths, &report.months),
                (ChartName::PetitionCounts, &report.counts),
                (ChartName::PetitionSignal, &report.signal.chart),
            ],
            address,
        );
        Ok(Framed { frame, body: Petitions { report, list }, figures })
    }

    pub(super) async fn petition_records(
        &self,
        scope: &Scope,
        filter: &Filter,
    ) -> Result<Arc<PetitionRecords>, AppError> {
        let version = self.store.versions().await?.petitions;
        let load = async { self.store.petition_records(scope, filter).await.map(Arc::new) };
        Ok(self.petitions.try_get_with((version, scope.clone(), filter.clone()), load).await?)
    }
}

pub(super) fn place(agency: &AgencyName) -> Place {
    Place {
        code: agency.code.clone(),
        name: agency.name.clone(),
        level: agency.level,
        parent_code: agency.parent_code.clone(),
    }
}
