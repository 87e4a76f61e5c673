//! The page on the yearly indexes, put together from one state of the data.

use thuocdo::{
    address::Address,
    agency::Scope,
    charts::Chart,
    index_report::{self, IndexReport, Sources},
    yearly_index::Index,
};

use super::{Context, TRIES};
use crate::{error::AppError, pages::Framed};

impl Context {
    /// The page on the yearly indexes, the city's own surveys and its own scores.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn indexes(&self, scope: &Scope, address: &Address) -> Result<Framed<IndexReport>, AppError> {
        for _ in 0..TRIES {
            let version = self.store.data_version().await?;
            let page = self.indexes_once(scope, address).await?;
            if self.store.data_version().await? == version {
                return Ok(page);
            }
        }
        self.indexes_once(scope, address).await
    }

    async fn indexes_once(&self, scope: &Scope, address: &Address) -> Result<Framed<IndexReport>, AppError> {
        let (frame, question, origin) = self.frame(scope, address).await?;
        let sources = Sources {
            editions: &self.store.editions().await?,
            surveys: &self.store.surveys(scope, &address.filter).await?,
            criteria: &self.store.criteria(scope).await?,
            criteria_are_whole: *scope == Scope::All,
            plan: &self.store.plan().await?,
        };
        let body = index_report::assemble(sources, &question, &origin);
        Ok(Framed { frame, body })
    }

    /// The chart of an index by year.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub(super) async fn index_chart(
        &self,
        scope: &Scope,
        index: Index,
        address: &Address,
    ) -> Result<Chart, AppError> {
        let report = self.indexes(scope, address).await?.body;
        Ok(match index {
            Index::ParIndex => report.par_index.trend,
            Index::Sipas => report.sipas.trend,
        })
    }
}
