//! What pages and routes of the server work with: the store, the day, and the facts already loaded. Only in `ssr`.

mod briefs;
mod case_files;
mod charts;
mod data;
mod depth;
mod dialogues;
mod forms;
mod frame;
mod indexes;
mod lists;
mod outlook;
mod overview;
mod people;
mod petitions;
mod public;
mod reports;
mod request;
mod search;
mod tables;

use std::{hash::Hash, sync::Arc, time::Duration};

use chrono::NaiveDate;
use intake::desk::Desk;
use moka::future::Cache;
use store::{AgencyName, CaseFileList, Freshness, Store};
use thuocdo::{
    address::{Address, AddressError},
    agency::Scope,
    case_file::CaseFileDay,
    case_file_depth::Sums,
    case_file_report::{AgencyRead, month_windows},
    filter::{Filter, Measured},
    indicator::{self, Facts, Question, Readings},
    period::Window,
    petition::PetitionDay,
    petition_report::PetitionRecords,
    search::Named,
};

pub use self::{
    briefs::{Adjusted, month_of},
    charts::Charted,
    forms::{Form06a, Form07b},
    lists::Listing,
    request::{address, answer, is_for_the_public, query_with},
    tables::Tabulated,
};
use crate::error::AppError;

/// Days, one after the other; the server's clock or a test's.
pub type Clock = Arc<dyn Fn() -> NaiveDate + Send + Sync>;

/// How often a page is put together before it is shown although imports keep being committed.
const TRIES: u32 = 3;

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
