//! The pages, one folder each: `mod.rs` is the page, `api.rs` its server function and what that answers with.

pub mod case_files;
pub mod data;
pub mod dialogues;
pub mod indexes;
pub mod not_found;
pub mod overview;
pub mod petitions;
pub mod reports;
pub mod search;

use std::pin::Pin;

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};
use serde::{Deserialize, Serialize};
use thuocdo::{address::Address, lang::Lang, period::Period, wire};

use crate::{
    answer::Answer,
    components::{filters::Filters, frame::InventedBand, problem::Problem},
    error::AppError,
    figures::BesideDocument,
    links,
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
    /// What else the numbers are narrowed to: level, field, procedure, kind, channel.
    pub narrowed: Vec<String>,
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
    /// The chosen agency's name, or that of the whole, as a sentence begins with it, and what it is narrowed to. `period`
    /// stands there too where the sentence goes out alone.
    #[must_use]
    pub fn whom(&self, lang: Lang, period: Option<&str>) -> String {
        let whole = || lang.of("Toàn thành phố", "The whole city").to_owned();
        let name = self.crumbs.last().map_or_else(whole, |choice| choice.name.clone());
        let narrowed: Vec<&str> = self.narrowed.iter().map(String::as_str).chain(period).collect();
        if narrowed.is_empty() { name } else { format!("{name} ({})", narrowed.join("; ")) }
    }

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

/// What a page is made of.
pub struct Page {
    /// Its name in both languages.
    pub title: (&'static str, &'static str),
    /// Where it stands.
    pub path: &'static str,
    /// What it asks the server for: at once when it is rendered there, anew when its address changes.
    pub load: fn(String) -> Loading,
    /// How it shows the answer.
    pub body: fn(Answer, Address) -> Result<AnyView, AppError>,
}

/// An answer on its way.
pub type Loading = Pin<Box<dyn Future<Output = Result<Answer, AppError>> + Send>>;

/// A page: what its address asks for in the frame of every page, or what is wrong with the address.
///
/// While another answer is on its way the one before stays, so that nothing jumps.
pub fn framed_page(page: Page) -> impl IntoView {
    let Page { title, path, load, body } = page;
    let asked = use_asked();
    let query = use_query_map();
    // A change of language loads the document anew, so the title need not follow.
    let title = address_now().lang.of(title.0, title.1);
    let answer: Resource<Result<Answer, AppError>, BesideDocument> =
        Resource::new_with_options(move || asked.get(), load, false);
    follow_hash(answer);
    let wrong = move |error: AppError| {
        let lang = query.with_untracked(address_of).lang;
        let same_page = match &error {
            AppError::Invalid(wrong) => Some(query.with_untracked(|map| without(path, map, &wrong.field))),
            AppError::NotFound | AppError::Unavailable | AppError::SignIn | AppError::Forbidden => None,
        };
        view! {
            <main id="main" tabindex="-1">
                <Problem error=error lang=lang same_page=same_page />
            </main>
        }
        .into_any()
    };
    let shown = move |answer: Answer| {
        let address = query.with_untracked(address_of);
        let frame = answer.frame.clone();
        let body = match body(answer, address.clone()) {
            Ok(body) => body,
            Err(error) => return wrong(error),
        };
        // Names are found wherever they are, and data come for all of it: the controls have nothing to narrow.
        let filters = (path != links::SEARCH && path != links::DATA)
            .then(|| view! { <Filters frame=frame.clone() address=address.clone() path=path /> });
        view! {
            <InventedBand is_invented=frame.is_invented lang=address.lang />
            {filters}
            <main id="main" tabindex="-1">
                {body}
            </main>
        }
        .into_any()
    };
    let content = move || Suspend::new(async move { answer.await.map_or_else(wrong, shown) });
    let is_waiting = RwSignal::new(false);
    // A document that is being written never waits for another; and what sets the signal does so from another thread, while
    // this one may be reading it.
    #[cfg(feature = "ssr")]
    let content = view! { <Transition fallback=Bones>{content}</Transition> };
    #[cfg(not(feature = "ssr"))]
    let content = view! {
        <Transition set_pending=is_waiting.write_only() fallback=Bones>
            {content}
        </Transition>
    };
    let announced = address_now().lang.of("Đang tải", "Loading");
    view! {
        <Title text=title />
        <p class="waiting" class:on=move || is_waiting.get() role="status">
            {move || is_waiting.get().then_some(announced)}
        </p>
        {content}
    }
}

/// Goes to the section that the address names as soon as it is there. The router looks for it at once, when the answer
/// that holds it is still on its way; a document that was loaded whole has shown it already.
fn follow_hash(answer: Resource<Result<Answer, AppError>, BesideDocument>) {
    let hash = use_location().hash;
    let is_taken_over = Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    Effect::new(move |before: Option<()>| {
        let has_come = answer.with(Option::is_some);
        let place = hash.get_untracked();
        if has_come && !place.is_empty() && (before.is_some() || !is_taken_over) {
            request_animation_frame(move || {
                let section = document().get_element_by_id(place.trim_start_matches('#'));
                if let Some(section) = section {
                    section.scroll_into_view();
                }
            });
        }
    });
}

/// What stands where a page will be: as high as a page, with the places of its head and its figures.
#[component]
fn Bones() -> impl IntoView {
    view! {
        <main id="main" tabindex="-1" class="loading" aria-busy="true">
            <div class="bone filters"></div>
            <div class="bone head"></div>
            <div class="bone"></div>
            <div class="bone"></div>
        </main>
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
///
/// Who asks may look once more when the page is gone, and with it the router's answer: then nothing has changed.
fn use_asked() -> ArcMemo<String> {
    let query = use_query_map();
    ArcMemo::new(move |before: Option<&String>| {
        query.try_with(ParamsMap::to_query_string).or_else(|| before.cloned()).unwrap_or_default()
    })
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
