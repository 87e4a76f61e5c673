//! The page on case files: the report, what can be saved, the list behind a figure, where the year ends.

use std::sync::Arc;

use store::CaseFileList;
use thuocdo::{
    address::Address,
    agency::Scope,
    case_file_depth::Depth,
    case_file_report::{self, CaseFileReport},
    disclosure::Subject,
    filter::Filter,
    indicator::Question,
};

use super::{Context, frame::Follows};
use crate::{
    answer::Framed,
    error::AppError,
    figures::Figures,
    links::ChartName,
    pages::case_files::api::{CaseFiles, LISTED, Line, Listed},
};

/// Files of the longest list that anybody goes through.
const GONE_THROUGH: i64 = 20_000;

impl Context {
    /// The page on case files, with the list behind a figure where one is asked for.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn case_files(&self, scope: &Scope, address: &Address) -> Result<Framed<CaseFiles>, AppError> {
        self.of_one_state(|| self.case_files_once(scope, address)).await
    }

    pub(super) async fn case_files_once(
        &self,
        scope: &Scope,
        address: &Address,
    ) -> Result<Framed<CaseFiles>, AppError> {
        let (frame, question, origin) = self.frame(scope, address, Follows::CaseFiles).await?;
        let told = self.told(scope, address, &question, Subject::CaseFiles).await?;
        let days = self.case_file_days(scope, &address.filter).await?;
        let plan = self.store.plan().await?;
        let agencies = self.agencies_as(told, scope, &address.filter, &question).await?;
        let city = match of_the_city(scope, &address.filter) {
            Some(whole) => Some(self.case_file_days(scope, &whole).await?),
            None => None,
        };
        let report = case_file_report::assemble(
            &days,
            city.as_ref().map(|days| days.as_slice()),
            agencies.to_vec(),
            &plan,
            &question,
            &origin,
        )
        .told(told);
        let depth = self.depth(told, scope, address, &question, &days, &plan).await?;
        let list = self.list(scope, address, &question, &report, &depth).await?;
        let outlook = self.outlook(address, &question, &days, &plan, &agencies, &origin).await?;
        let outlook = outlook.and_then(|outlook| outlook.told(told));
        let signal = outlook.as_ref().map(|outlook| (ChartName::Signal, &outlook.months.chart));
        let charts = [
            (ChartName::Months, &report.months),
            (ChartName::Gap, &report.gap),
            (ChartName::HeatMap, &report.heat_map),
            (ChartName::Funnel, &report.funnel),
        ];
        let figures = Figures::of(charts.into_iter().chain(signal), address);
        Ok(Framed { frame, body: CaseFiles { report, depth, list, outlook }, figures })
    }

    async fn list(
        &self,
        scope: &Scope,
        address: &Address,
        question: &Question,
        report: &CaseFileReport,
        depth: &Depth,
    ) -> Result<Option<Listed>, AppError> {
        let Some(measured) = address.list else { return Ok(None) };
        let window = question.window();
        let version = self.store.versions().await?.case_files;
        let of_depth = depth.figure(measured);
        let figure = of_depth.unwrap_or_else(|| report.figure(measured));
        // A list that can be gone through proves its figure by its length; of millions the counters are believed.
        let known = Some(figure).filter(|figure| of_depth.is_none() && *figure > GONE_THROUGH);
        let list = async |page: u32| {
            let offset = i64::from(page - 1) * LISTED;
            let filter = &address.filter;
            let load = async {
                let list = self
                    .store
                    .case_file_list(scope, filter, window, measured, known, (LISTED, offset))
                    .await?;
                Ok::<_, store::Error>(Arc::new(list))
            };
            let key = (version, scope.clone(), filter.clone(), window, measured, page);
            self.lists.try_get_with(key, load).await
        };
        let mut page = address.page.unwrap_or(1).max(1);
        let mut listed = list(page).await?;
        if listed.lines.is_empty() && listed.total > 0 {
            // Beyond the last page stands the last page.
            page = u32::try_from((listed.total + LISTED - 1) / LISTED).unwrap_or(1);
            listed = list(page).await?;
        }
        let CaseFileList { total, lines } = listed.as_ref().clone();
        let lines = lines
            .into_iter()
            .map(|line| Line {
                case_code: line.case_code,
                agency_code: line.agency_code,
                agency_name: line.agency_name,
                field_name: line.field_name,
                procedure_name: line.procedure_name,
                received_on: line.received_on,
                due_on: line.due_on,
                ended_on: line.ended_on.filter(|ended| *ended <= question.window().last),
            })
            .collect();
        Ok(Some(Listed { measured, figure, total, page, lines, may_be_taken: false }))
    }
}

/// The filter of the whole city under the same field, channel and procedure, where a filter leaves out a part of it and
/// the reader may see all of it.
pub(super) fn of_the_city(scope: &Scope, filter: &Filter) -> Option<Filter> {
    let is_narrowed = filter.agency.is_some() || filter.level.is_some();
    let whole = || Filter { agency: None, level: None, ..filter.clone() };
    (!matches!(scope, Scope::Below(_)) && is_narrowed).then(whole)
}
