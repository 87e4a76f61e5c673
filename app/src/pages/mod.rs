//! The pages, one folder each: `mod.rs` is the page, `api.rs` its server function and what that answers with.

pub mod case_files;
pub mod dialogues;
pub mod indexes;
pub mod not_found;
pub mod overview;
pub mod petitions;

use chrono::NaiveDate;
use codee::binary::PostcardCodec;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thuocdo::{address::Address, period::Period, wire};

use crate::{
    components::{eager::Eager as _, filters::Filters, frame::InventedBand, problem::Problem},
    error::AppError,
};

/// What every page says around its body: for which days and agencies, from which sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The last day whose events have happened.
    #[serde(with = "wire::day")]
    pub as_of: NaiveDate,
    /// The period shown.
    pub period: Period,
    /// The days it covers, in words.
    pub window: String,
    /// The years that have a plan, with the decision behind it.
    pub plan_years: Vec<(i32, String)>,
    /// Agencies to choose from.
    pub agencies: Vec<Choice>,
    /// The chosen agency and those above it.
    pub crumbs: Vec<Choice>,
    /// Whether the data were made up.
    pub is_invented: bool,
    /// The last day with case files.
    #[serde(with = "wire::maybe_day")]
    pub case_files_until: Option<NaiveDate>,
    /// The last day with petitions.
    #[serde(with = "wire::maybe_day")]
    pub petitions_until: Option<NaiveDate>,
    /// The last day with a dialogue held.
    #[serde(with = "wire::maybe_day")]
    pub dialogues_until: Option<NaiveDate>,
    /// Today, in Hanoi.
    #[serde(with = "wire::day")]
    pub today: NaiveDate,
    /// Whether the address names the day.
    pub is_day_chosen: bool,
}

impl Frame {
    /// The last day with any data, or today while there are none.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        let last =
            [self.case_files_until, self.petitions_until, self.dialogues_until].into_iter().flatten().max();
        last.unwrap_or(self.today)
    }

    /// Whether nothing was imported yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.case_files_until.is_none() && self.petitions_until.is_none() && self.dialogues_until.is_none()
    }
}

/// One agency to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A page's body in its frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framed<T> {
    /// What stands around.
    pub frame: Frame,
    /// The page itself.
    pub body: T,
}

/// What a page asks the server for: at once when it is rendered there, anew when its address changes.
///
/// Answers travel as postcard rather than JSON: no names of fields to tell apart, so the browser needs a fraction of
/// the code to read them.
fn page_resource<T, Fut>(
    asked: impl Fn() -> String + Send + Sync + 'static,
    load: impl Fn(String) -> Fut + Send + Sync + 'static,
) -> Resource<Result<Framed<T>, AppError>, PostcardCodec>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<Framed<T>, AppError>> + Send + 'static,
{
    Resource::new_with_options(asked, load, false)
}

/// A page: what its address asks for in the frame of every page, or what is wrong with the address.
///
/// While another answer is on its way the one before stays, so that nothing jumps.
pub fn framed_page<T, Fut>(
    title: (&'static str, &'static str),
    path: &'static str,
    load: impl Fn(String) -> Fut + Send + Sync + 'static,
    body: fn(Framed<T>, Address) -> AnyView,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<Framed<T>, AppError>> + Send + 'static,
{
    let asked = use_asked();
    let query = use_query_map();
    // A change of language loads the document anew, so the title need not follow.
    let title = address_now().lang.of(title.0, title.1);
    let page = page_resource(move || asked.get(), load);
    let shown = move |framed: Framed<T>| {
        let address = query.with_untracked(address_of);
        let frame = framed.frame.clone();
        view! {
            <InventedBand is_invented=frame.is_invented lang=address.lang />
            <Filters frame=frame address=address.clone() path=path />
            <main id="main" tabindex="-1">
                {body(framed, address)}
            </main>
        }
        .eager()
    };
    let wrong = move |error: AppError| {
        let lang = query.with_untracked(address_of).lang;
        let same_page = match &error {
            AppError::Invalid(wrong) => Some(query.with_untracked(|map| without(path, map, &wrong.field))),
            AppError::NotFound | AppError::Unavailable => None,
        };
        view! {
            <main id="main" tabindex="-1">
                <Problem error=error lang=lang same_page=same_page />
            </main>
        }
        .eager()
    };
    view! {
        <Title text=title />
        <Transition fallback=|| {
            view! { <main id="main" tabindex="-1" class="loading" aria-busy="true"></main> }
        }>{move || Suspend::new(async move { page.await.map_or_else(wrong, shown) })}</Transition>
    }
}

/// The state of the page's address. A parameter that says nothing sensible leaves it all as if nothing were asked for,
/// but for the language; the server names the mistake.
pub fn use_address() -> Memo<Address> {
    let query = use_query_map();
    Memo::new(move |_| query.with(address_of))
}

/// The address as it is now. It reads the router's own memo: one made here may be gone before an answer has come.
pub fn address_now() -> Address {
    use_query_map().with_untracked(address_of)
}

fn address_of(map: &ParamsMap) -> Address {
    let lang = || map.get_str("lang").and_then(|lang| lang.parse().ok()).unwrap_or_default();
    Address::parse(pairs(map)).unwrap_or_else(|_| Address { lang: lang(), ..Address::default() })
}

/// The address as the server is asked: with every parameter, right or wrong.
fn use_asked() -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|map| map.to_query_string()))
}

/// The page at `path` as it was asked for, less one parameter.
fn without(path: &str, map: &ParamsMap, field: &str) -> String {
    let kept: ParamsMap = map
        .latest_values()
        .filter(|(name, _)| *name != field)
        .map(|(name, value)| (name.to_string(), value.to_owned()))
        .collect();
    format!("{path}{}", kept.to_query_string())
}

fn pairs(map: &ParamsMap) -> Vec<(&str, &str)> {
    // The last value of a repeated parameter wins, as in a form.
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for (name, value) in map.latest_values() {
        pairs.push((name, value));
    }
    pairs
}
