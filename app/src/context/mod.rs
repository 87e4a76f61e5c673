//! What pages and routes of the server work with: the store, the day, and the facts already loaded. Only in `ssr`.

mod briefs;
mod charts;
mod data;
mod depth;
mod dialogues;
mod forms;
mod frame;
mod indexes;
mod lists;
mod outlook;
mod people;
mod petitions;
mod public;
mod reports;
mod search;
mod tables;

use std::{hash::Hash, sync::Arc, time::Duration};

use chrono::NaiveDate;
use intake::desk::Desk;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use moka::future::Cache;
use serde::Serialize;
use store::{AgencyName, CaseFileList, Freshness, Store};
use thuocdo::{
    access::Actor,
    address::{Address, AddressError},
    agency::Scope,
    case_file::CaseFileDay,
    case_file_depth::{Depth, Sums},
    case_file_report::{self, AgencyRead, CaseFileReport, month_windows},
    disclosure::Subject,
    filter::{Filter, Measured},
    indicator::{self, Facts, Question, Readings},
    overview::{self, Overview},
    period::Window,
    petition::PetitionDay,
    petition_report::PetitionRecords,
    search::Named,
};

use self::frame::Follows;
pub use self::{
    briefs::{Adjusted, month_of},
    charts::Charted,
    forms::{Form06a, Form07b},
    lists::Listing,
    tables::Tabulated,
};
use crate::{
    answer::{Answer, Framed},
    error::AppError,
    figures::Figures,
    links::{self, ChartName},
    pages::case_files::api::{CaseFiles, LISTED, Line, Listed},
};

/// Days, one after the other; the server's clock or a test's.
pub type Clock = Arc<dyn Fn() -> NaiveDate + Send + Sync>;

/// How often a page is put together before it is shown although imports keep being committed.
const TRIES: u32 = 3;

/// Files of the longest list that anybody goes through.
const GONE_THROUGH: i64 = 20_000;

/// What was read for one question, by the version of the data it was read from.
type FactsKey = (i64, Scope, Filter);
type AgenciesKey = (i64, Scope, Filter, Window, Vec<Window>);
type SumsKey = (i64, Scope, Filter, Window);
type ListKey = (i64, Scope, Filter, Window, Measured, u32);

/// The server's side of every page.
#[derive(Clone)]
pub struct Context {
    /// Where the data are.
    pub store: Store,
    clock: Clock,
    case_file_days: Cache<FactsKey, Arc<Vec<CaseFileDay>>>,
    petition_days: Cache<FactsKey, Arc<Vec<PetitionDay>>>,
    /// Without the days.
    facts: Cache<FactsKey, Arc<Facts>>,
    agencies: Cache<AgenciesKey, Arc<Vec<AgencyRead>>>,
    petitions: Cache<FactsKey, Arc<PetitionRecords>>,
    depths: Cache<SumsKey, Arc<Sums>>,
    places: Cache<(i64, Scope), Arc<Places>>,
    petitions_until: Cache<(i64, NaiveDate), Option<NaiveDate>>,
    names: Cache<(i64, Scope), Arc<Vec<Named>>>,
    lists: Cache<ListKey, Arc<CaseFileList>>,
    desk: Option<Desk>,
}

/// What every page needs to know of the whole: names for the controls, and how fresh the sources are.
struct Places {
    agencies: Vec<AgencyName>,
    fields: Vec<(String, String)>,
    is_invented: bool,
    plan_years: Vec<(i32, String)>,
}

fn cache<K, V>(most: u64) -> Cache<K, V>
where
    K: Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Cache::builder().max_capacity(most).time_to_idle(Duration::from_secs(3_600)).build()
}

impl Context {
    /// A context over a store. The caches hold what some hundred readers look at.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self {
            store,
            clock,
            case_file_days: cache(100),
            petition_days: cache(100),
            facts: cache(100),
            agencies: cache(200),
            // Whole petitions rather than sums: a few filters of a city are some tens of megabytes.
            petitions: cache(10),
            depths: cache(200),
            places: cache(20),
            petitions_until: cache(20),
            names: cache(20),
            lists: cache(200),
            desk: None,
        }
    }

    /// The same with a desk where files are handed in.
    #[must_use]
    pub fn with_desk(self, desk: Desk) -> Self {
        Self { desk: Some(desk), ..self }
    }

    /// The context of the request being answered.
    ///
    /// # Errors
    /// When the request was given up meanwhile.
    pub fn of_request() -> Result<Self, AppError> {
        use_context::<Self>().ok_or(AppError::Unavailable)
    }

    /// Today, in Hanoi.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        (self.clock)()
    }

    /// The five readings of an address, as machines get them: no period is everything up to the day.
    ///
    /// # Errors
    /// When the day has not come, the agency is unknown, or the database fails.
    pub async fn readings(&self, scope: &Scope, address: &Address) -> Result<Readings, AppError> {
        // Integers by day and by any filter are for who has signed in, and for programs with a token.
        if *scope == Scope::Public {
            return Err(AppError::Forbidden);
        }
        let today = self.today();
        let day = address.as_of.unwrap_or(today);
        if day > today {
            let why = thuocdo::address::future_day(day, today);
            return Err(AddressError { field: "as_of".to_owned(), why }.into());
        }
        let places = self.places(scope).await?;
        self.known(&places, &address.filter)?;
        self.known_procedure(&address.filter).await?;
        let question = Question {
            as_of: day,
            cycle: address.cycle,
            period: address.period.or_else(|| address.plan.and_then(|plan| plan.to_string().parse().ok())),
            agency: address.filter.agency.clone(),
        };
        let facts = self.facts(scope, &address.filter).await?;
        Ok(indicator::read(&facts, &question))
    }

    /// The overview.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn overview(&self, scope: &Scope, address: &Address) -> Result<Framed<Overview>, AppError> {
        self.of_one_state(|| self.overview_once(scope, address)).await
    }

    /// Puts a page together anew when an import was committed meanwhile, so that it shows one state of the data.
    async fn of_one_state<T, Fut>(&self, once: impl Fn() -> Fut) -> Result<T, AppError>
    where
        Fut: Future<Output = Result<T, AppError>>,
    {
        for _ in 0..TRIES {
            let versions = self.store.versions().await?;
            let page = once().await?;
            if self.store.versions().await? == versions {
                return Ok(page);
            }
        }
        once().await
    }

    async fn overview_once(&self, scope: &Scope, address: &Address) -> Result<Framed<Overview>, AppError> {
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
        Ok(Some(Listed { measured, figure, total, page, lines }))
    }

    /// The last day of any source.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn freshness(&self) -> Result<Freshness, AppError> {
        let (version, today) = (self.store.versions().await?.petitions, self.today());
        Ok(Freshness {
            case_files: self.store.case_files_until(today).await?,
            petitions: self
                .petitions_until
                .try_get_with((version, today), self.store.petitions_until(today))
                .await?,
            dialogues: self.store.dialogues_until(today).await?,
        })
    }

    async fn facts(&self, scope: &Scope, filter: &Filter) -> Result<Facts, AppError> {
        let version = self.store.versions().await?.rest;
        let load = async { self.store.facts_beside_days(scope, filter).await.map(Arc::new) };
        let key = (version, scope.clone(), filter.clone());
        let facts = self.facts.try_get_with(key, load).await?;
        let case_files = self.case_file_days(scope, filter).await?.to_vec();
        let petitions = self.petition_days(scope, filter).await?.to_vec();
        Ok(Facts { case_files, petitions, ..Facts::clone(&facts) })
    }

    async fn case_file_days(
        &self,
        scope: &Scope,
        filter: &Filter,
    ) -> Result<Arc<Vec<CaseFileDay>>, AppError> {
        let key = (self.store.versions().await?.case_files, scope.clone(), filter.clone());
        let load = async { self.store.case_file_days(scope, filter).await.map(Arc::new) };
        Ok(self.case_file_days.try_get_with(key, load).await?)
    }

    async fn petition_days(&self, scope: &Scope, filter: &Filter) -> Result<Arc<Vec<PetitionDay>>, AppError> {
        let key = (self.store.versions().await?.petitions, scope.clone(), filter.clone());
        let load = async { self.store.petition_days(scope, filter).await.map(Arc::new) };
        Ok(self.petition_days.try_get_with(key, load).await?)
    }

    async fn agencies(
        &self,
        scope: &Scope,
        filter: &Filter,
        question: &Question,
    ) -> Result<Arc<Vec<AgencyRead>>, AppError> {
        let version = self.store.versions().await?.case_files;
        let (window, months) = (question.window(), month_windows(question));
        let key = (version, scope.clone(), filter.clone(), window, months.clone());
        let load = async { self.store.agency_reads(scope, filter, window, &months).await.map(Arc::new) };
        Ok(self.agencies.try_get_with(key, load).await?)
    }

    async fn places(&self, scope: &Scope) -> Result<Arc<Places>, AppError> {
        let version = self.store.versions().await?.rest;
        let load = async {
            let plan = self.store.plan().await?;
            Ok::<_, store::Error>(Arc::new(Places {
                agencies: self.store.agency_names(scope).await?,
                fields: self.store.field_names().await?,
                is_invented: self.store.is_invented().await?,
                plan_years: plan
                    .years()
                    .into_iter()
                    .map(|(year, source)| (year, source.to_owned()))
                    .collect(),
            }))
        };
        Ok(self.places.try_get_with((version, scope.clone()), load).await?)
    }

    /// Refuses an agency or a field nobody knows: a page of zeros would look like an answer.
    fn known(&self, places: &Places, filter: &Filter) -> Result<(), AppError> {
        let unknown = |field: &str, code: &str| {
            let why = format!("không có mã «{code}» / there is no code “{code}”");
            AppError::Invalid(AddressError { field: field.to_owned(), why })
        };
        if let Some(code) = &filter.agency
            && places.agencies.iter().all(|agency| agency.code != *code)
        {
            return Err(unknown("agency", code));
        }
        match &filter.field {
            Some(code) if places.fields.iter().all(|(known, _)| known != code) => Err(unknown("field", code)),
            _ => Ok(()),
        }
    }
}

/// The filter of the whole city under the same field, channel and procedure, where a filter leaves out a part of it and
/// the reader may see all of it.
fn of_the_city(scope: &Scope, filter: &Filter) -> Option<Filter> {
    let is_narrowed = filter.agency.is_some() || filter.level.is_some();
    let whole = || Filter { agency: None, level: None, ..filter.clone() };
    (!matches!(scope, Scope::Below(_)) && is_narrowed).then(whole)
}

/// The address that a query string says.
///
/// # Errors
/// On the first parameter that says nothing sensible.
pub fn address(query: &str) -> Result<Address, AppError> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    Ok(Address::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))?)
}

/// What a server function answers a page's query with: for whoever asks, and under its status.
///
/// # Errors
/// When nobody is known to ask, the query says nothing sensible, or loading fails.
pub async fn answer<T: Serialize>(
    query: &str,
    load: impl AsyncFnOnce(Context, Actor, Address) -> Result<Framed<T>, AppError>,
) -> Result<Answer, AppError> {
    let answer = async {
        let actor = actor_of_request()?;
        let address = actor.narrowed(address(query)?);
        Answer::of(&load(Context::of_request()?, actor, address).await?)
    };
    answered(answer.await)
}

/// Who asks, as the gate found out.
///
/// # Errors
/// When the request came past the gate, or was given up meanwhile.
fn actor_of_request() -> Result<Actor, AppError> {
    let parts = use_context::<http::request::Parts>().ok_or(AppError::Unavailable)?;
    parts.extensions.get::<Actor>().cloned().ok_or(AppError::SignIn)
}

/// Whether the page being answered is for the public.
#[must_use]
pub fn is_for_the_public() -> bool {
    actor_of_request().is_ok_and(|actor| actor.scope == Scope::Public)
}

/// A query string with one more parameter, with its question mark.
#[must_use]
pub fn query_with(query: &str, name: &str, value: &str) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != name));
    pairs.append_pair(name, value);
    format!("?{}", pairs.finish())
}

/// Gives the answer of a server function its status.
fn answered<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    if let (Err(error), Some(response)) = (&result, use_context::<ResponseOptions>())
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    result
}

impl From<store::Error> for AppError {
    fn from(error: store::Error) -> Self {
        Self::from(&error)
    }
}

impl From<Arc<store::Error>> for AppError {
    fn from(error: Arc<store::Error>) -> Self {
        Self::from(&*error)
    }
}

impl From<&store::Error> for AppError {
    fn from(error: &store::Error) -> Self {
        match error {
            store::Error::Database(cause) | store::Error::Full(cause) => {
                tracing::error!(%cause, "the database failed");
            }
            store::Error::Journal(cause) => tracing::error!(%cause, "an earlier row cannot be kept or read"),
            store::Error::Shared(error) => return Self::from(&**error),
        }
        Self::Unavailable
    }
}
