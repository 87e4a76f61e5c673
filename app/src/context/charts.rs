//! The charts of the pages under addresses of their own: the same chart as on its page.

use thuocdo::{address::Address, agency::Scope, charts::Chart};

use super::{Context, public};
use crate::{
    error::AppError,
    links::{self, ChartName},
    pages::case_files::api::CaseFiles,
};

/// A chart with where it is shown.
#[derive(Debug, Clone)]
pub struct Charted {
    /// The chart.
    pub chart: Chart,
    /// Its place: the page's path, the query and the figure's name. The day is written out, so that it stays the same view.
    pub view: String,
    /// The query alone.
    pub query: String,
}

impl Context {
    /// A chart of the pages with the address of the view it is from.
    ///
    /// # Errors
    /// When the address says nothing sensible, the page has no such chart, or the database fails.
    pub async fn charted(
        &self,
        scope: &Scope,
        name: ChartName,
        address: &Address,
    ) -> Result<Charted, AppError> {
        let question = address.question(self.today(), self.freshness().await?.last())?;
        let fixed = Address { as_of: Some(question.as_of), period: question.period, ..address.bare() };
        let mut chart = self.chart(scope, name, &fixed).await?;
        chart.source = public::noted(scope, chart.source, address.lang);
        Ok(Charted { chart, view: links::figure(name, &fixed), query: fixed.query() })
    }

    /// A chart of the pages, by its name.
    ///
    /// # Errors
    /// When the address says nothing sensible, the page has no such chart, or the database fails.
    pub async fn chart(&self, scope: &Scope, name: ChartName, address: &Address) -> Result<Chart, AppError> {
        match name {
            ChartName::Months
            | ChartName::Gap
            | ChartName::HeatMap
            | ChartName::Funnel
            | ChartName::Signal => {
                let CaseFiles { report, outlook, .. } = self.case_files(scope, address).await?.body;
                match name {
                    ChartName::Gap => Ok(report.gap),
                    ChartName::HeatMap => Ok(report.heat_map),
                    ChartName::Funnel => Ok(report.funnel),
                    ChartName::Signal => {
                        outlook.map(|outlook| outlook.months.chart).ok_or(AppError::NotFound)
                    }
                    _ => Ok(report.months),
                }
            }
            ChartName::PetitionMonths | ChartName::PetitionCounts | ChartName::PetitionSignal => {
                let report = self.petitions(scope, address).await?.body.report;
                Ok(match name {
                    ChartName::PetitionCounts => report.counts,
                    ChartName::PetitionSignal => report.signal.chart,
                    _ => report.months,
                })
            }
            ChartName::DialogueMonths => Ok(self.dialogues(scope, address).await?.body.months),
            ChartName::ParIndexYears => Ok(self.indexes(scope, address).await?.body.par_index.trend),
            ChartName::SipasYears => Ok(self.indexes(scope, address).await?.body.sipas.trend),
            ChartName::OwnSurveys => Ok(self.indexes(scope, address).await?.body.surveys.chart),
            ChartName::Spark(of) => {
                let cards = self.overview(scope, address).await?.body.cards;
                let spark = cards.into_iter().find(|card| card.indicator == of).and_then(|card| card.spark);
                spark.map(Chart::unfolded).ok_or(AppError::NotFound)
            }
        }
    }
}
