//! The brief of a month: all that its pages show, put together once; the one that was signed; what is another since.

use chrono::NaiveDate;
use store::{Batch, CaseFileLine};
use thuocdo::{
    address::{Address, AddressError},
    agency::Scope,
    brief::{self, Brief, Frozen, LateFile, ROWS_AT_MOST, Since, Sources, Span, since},
    case_file_report,
    charts::Chart,
    filter::{Filter, Measured},
    indicator,
    lang::Lang,
    period::{Cycle, Period, Unit},
    plan::Indicator,
};

use super::{Context, frame::Follows};
use crate::error::AppError;

/// Batches that are named as what may have changed a signed brief.
const BATCHES_AT_MOST: i64 = 200;

/// A month with its brief, the signed one where there is one.
#[derive(Debug, Clone)]
pub struct Adjusted {
    /// As it was signed.
    pub frozen: Frozen,
    /// What is another now.
    pub since: Since,
    /// What came in or was taken back since, the newest first.
    pub batches: Vec<Batch>,
}

/// The month an address asks for.
///
/// # Errors
/// When it names none.
pub fn month_of(address: &Address) -> Result<Period, AppError> {
    address.period.filter(|period| period.unit() == Unit::Month).ok_or_else(|| {
        let why = "viết một tháng, như period=2023-09 / write a month, such as period=2023-09";
        AppError::Invalid(AddressError { field: "period".to_owned(), why: why.to_owned() })
    })
}

impl Context {
    /// The brief of the month that an address asks for, from the data as they are.
    ///
    /// # Errors
    /// When the address names no month or says nothing sensible, or the database fails.
    pub async fn brief(&self, scope: &Scope, address: &Address) -> Result<Brief, AppError> {
        let month = month_of(address)?;
        // What a brief is about is a month and an office; a day in the address would make two briefs of one month.
        let filter = Filter { agency: address.filter.agency.clone(), ..Filter::default() };
        let in_month = Address { period: Some(month), filter, lang: address.lang, ..Address::default() };
        self.of_one_state(|| self.brief_once(scope, month, &in_month)).await
    }

    async fn brief_once(&self, scope: &Scope, month: Period, in_month: &Address) -> Result<Brief, AppError> {
        let (frame, question, origin) = self.frame(scope, in_month, Follows::CaseFiles).await?;
        let window = question.window();
        let year = Period::containing(month.from(Cycle::Calendar), Unit::Year, Cycle::Calendar);
        let in_year = Address { period: Some(year), as_of: Some(window.last), ..in_month.clone() };
        let (_, of_year, _) = self.frame(scope, &in_year, Follows::CaseFiles).await?;
        let month_overview = self.overview_once(scope, in_month).await?.body;
        let year_overview = self.overview_once(scope, &in_year).await?.body;
        let facts = self.facts(scope, &in_month.filter).await?;
        let (month_readings, year_readings) =
            (indicator::read(&facts, &question), indicator::read(&facts, &of_year));
        let petitions = self.petitions_once(scope, in_month).await?.body.report;
        let dialogues = self.dialogues_once(scope, in_month).await?.body;
        let list = async |measured| {
            let place = (ROWS_AT_MOST, 0);
            let list = self.store.case_file_list(scope, &in_month.filter, window, measured, None, place);
            let list = list.await?;
            let files: Vec<LateFile> =
                list.lines.into_iter().map(|line| late_file(line, window.last)).collect();
            Ok::<_, AppError>((list.total, files))
        };
        let (late, overdue) = (list(Measured::Late).await?, list(Measured::OpenOverdue).await?);
        // What was concluded speaks of the whole city.
        let conclusions = if *scope == Scope::All { self.store.conclusions().await? } else { Vec::new() };
        // The yearly indexes have their series in the overview.
        let yearly = month_overview
            .cards
            .iter()
            .filter(|card| matches!(card.indicator, Indicator::ParIndex | Indicator::Sipas));
        let yearly: Vec<Chart> = yearly.filter_map(|card| card.spark.clone()).map(Chart::unfolded).collect();
        let monthly = [&month_overview.months, &petitions.months, &dialogues.months];
        let charts: Vec<&Chart> = monthly.into_iter().chain(&yearly).collect();
        let source = case_file_report::source(&question, &origin);
        let sources = Sources {
            month: Span { overview: &month_overview, readings: &month_readings },
            year: Span { overview: &year_overview, readings: &year_readings },
            petitions: &petitions.agencies,
            dialogues: &dialogues.groups,
            charts: &charts,
            late: (late.0, &late.1),
            overdue: (overdue.0, &overdue.1),
            conclusions: &conclusions,
            until: [frame.case_files_until, frame.petitions_until, frame.dialogues_until],
            source: &source,
        };
        Ok(brief::assemble(month, window.last, &sources, &origin))
    }

    /// The brief that was signed, or the one of the data as they are; and whether it was signed.
    ///
    /// # Errors
    /// When the address names no month or says nothing sensible, or the database fails.
    pub async fn brief_as_signed(
        &self,
        scope: &Scope,
        address: &Address,
    ) -> Result<(Brief, Option<Frozen>), AppError> {
        let month = month_of(address)?;
        let frozen = match address.filter.agency {
            None => self.store.frozen_brief(month).await?,
            Some(_) => None,
        };
        match frozen {
            Some(frozen) => Ok((frozen.brief(address.lang).clone(), Some(frozen))),
            None => Ok((self.brief(scope, address).await?, None)),
        }
    }

    /// Freezes the figures of a month; gives what is frozen, and `false` when somebody did so before.
    ///
    /// # Errors
    /// When the month is not over or has no data, or the database fails.
    pub async fn freeze(&self, scope: &Scope, month: Period) -> Result<(Frozen, bool), AppError> {
        let today = self.today();
        if month.to(Cycle::Calendar) >= today {
            let day = month.to(Cycle::Calendar);
            let why = format!(
                "tháng này hết ngày {}: chỉ chốt khi đã hết tháng / the month ends on {}: it can be frozen once it is over",
                Lang::Vi.date(day),
                Lang::En.date(day)
            );
            return Err(AppError::Invalid(AddressError { field: "period".to_owned(), why }));
        }
        let last_batch = self.store.batches(1).await?.first().map_or(0, |batch| batch.batch_id);
        let brief = async |lang| {
            self.brief(scope, &Address { period: Some(month), lang, ..Address::default() }).await
        };
        let briefs = [brief(Lang::Vi).await?, brief(Lang::En).await?];
        let letterhead = self.store.letterhead().await?;
        let frozen = Frozen { on: today, last_batch, letterhead, briefs };
        let is_first = self.store.freeze_brief(month, &frozen).await?;
        Ok((frozen, is_first))
    }

    /// What is another since the brief of a month was signed; `None` when it was not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn adjusted(
        &self,
        scope: &Scope,
        month: Period,
        lang: Lang,
    ) -> Result<Option<Adjusted>, AppError> {
        let Some(frozen) = self.store.frozen_brief(month).await? else { return Ok(None) };
        let now = self.brief(scope, &Address { period: Some(month), lang, ..Address::default() }).await?;
        let since = since(frozen.brief(lang), &now);
        let mut batches = self.store.batches(BATCHES_AT_MOST).await?;
        batches.retain(|batch| {
            batch.batch_id > frozen.last_batch || batch.undone_on.is_some_and(|undone| undone >= frozen.on)
        });
        Ok(Some(Adjusted { frozen, since, batches }))
    }
}

fn late_file(line: CaseFileLine, last: NaiveDate) -> LateFile {
    LateFile {
        case_code: line.case_code,
        agency: line.agency_name,
        received_on: line.received_on,
        due_on: line.due_on,
        // What ended after the day asked for was open then.
        ended_on: line.ended_on.filter(|ended| *ended <= last),
    }
}
