//! The page on case files below its tally: what the store counts for it, kept by the version of the data.

use std::sync::Arc;

use thuocdo::{
    address::{Address, AddressError},
    agency::{Level, Scope},
    case_file::CaseFileDay,
    case_file_depth::{self, Depth, Step, Sums},
    disclosure::Told,
    filter::{Filter, Measured},
    indicator::{Question, on_time_returns::CaseFileRead},
    period::Window,
    plan::Plan,
};

use super::Context;
use crate::error::AppError;

impl Context {
    pub(super) async fn depth(
        &self,
        told: Told,
        scope: &Scope,
        address: &Address,
        question: &Question,
        days: &[CaseFileDay],
        plan: &Plan,
    ) -> Result<Depth, AppError> {
        let sums = self.sums(scope, &address.filter, question.window()).await?;
        let calendar = self.store.calendar().await?;
        let sums = Sums::clone(&sums).told(told);
        Ok(case_file_depth::assemble(days, sums, plan, &calendar, question, address.lang))
    }

    pub(super) async fn sums(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
    ) -> Result<Arc<Sums>, AppError> {
        let version = self.store.versions().await?.case_files;
        let key = (version, scope.clone(), filter.clone(), window);
        let load = async { self.sums_once(scope, filter, window).await.map(Arc::new) };
        Ok(self.depths.try_get_with(key, load).await?)
    }

    async fn sums_once(&self, scope: &Scope, filter: &Filter, window: Window) -> Result<Sums, store::Error> {
        let files = [Measured::DueInMonth].into_iter().chain(Measured::LETTERS).chain(Measured::DOUBTS);
        let files: Vec<Measured> = files.collect();
        let counts = self.store.case_file_counts(scope, filter, window, &files).await?;
        let counted =
            files.into_iter().zip(counts).map(|(measured, count)| Step { measured, count }).collect();
        let names = self.store.field_names().await?;
        let field_name = names.into_iter().find(|(code, _)| Some(code) == filter.field.as_ref());
        let procedure_name = match &filter.procedure {
            Some(code) => self.store.procedure_name(code).await?,
            None => None,
        };
        Ok(Sums {
            counted,
            fields: self.store.field_reads(scope, filter, window).await?,
            procedures: self.store.late_by_procedure(scope, filter, window).await?,
            levels: self.levels(scope, filter, window).await?,
            silent: self.store.silent_agencies(scope, filter, window).await?,
            field_name: field_name.map(|(_, name)| name),
            procedure_name,
        })
    }

    /// The sums by level, while the whole city is asked for and counters answer.
    async fn levels(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
    ) -> Result<Vec<(Level, CaseFileRead)>, store::Error> {
        if filter.agency.is_some() || filter.level.is_some() || filter.procedure.is_some() {
            return Ok(Vec::new());
        }
        self.store.level_reads(scope, filter, window).await
    }

    /// The name of the procedure asked for. Refuses one nobody knows: a page of zeros would look like an answer.
    pub(super) async fn known_procedure(&self, filter: &Filter) -> Result<Option<String>, AppError> {
        let Some(code) = &filter.procedure else { return Ok(None) };
        let name = self.store.procedure_name(code).await?;
        let why = || format!("không có mã «{code}» / there is no code “{code}”");
        let wrong = || AddressError { field: "procedure".to_owned(), why: why() };
        name.map(Some).ok_or_else(|| wrong().into())
    }
}
