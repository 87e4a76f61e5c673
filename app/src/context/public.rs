//! What the public is told of a question: parts that are large enough, by the rules of [`disclosure`].
//!
//! The frame of every page refuses what is not public whatever the data say; here is what follows from the data. Both are
//! on the way of pages, charts and tables alike, so that none of them tells more than another.

use std::sync::Arc;

use store::AgencyName;
use thuocdo::{
    address::{Address, AddressError},
    agency::{Level, Scope},
    case_file::Channel,
    case_file_depth::FieldRead,
    case_file_report::AgencyRead,
    counts::Read,
    disclosure::{self, ByMonth, Subject, Told},
    filter::Filter,
    indicator::Question,
    lang::Lang,
    period::Unit,
    petition_report::{
        Group, GroupLine,
        groups::{by_agency, by_channel, by_kind},
    },
};

use super::{Context, petitions::place};
use crate::error::AppError;

impl Context {
    /// How closely a reader is told of a question.
    ///
    /// # Errors
    /// When the public asks about a part that is held back, or the database fails.
    pub(super) async fn told(
        &self,
        scope: &Scope,
        address: &Address,
        question: &Question,
        subject: Subject,
    ) -> Result<Told, AppError> {
        if *scope != Scope::Public {
            return Ok(Told::EVERYTHING);
        }
        disclosure::may_be_asked(address, subject, self.today(), self.freshness().await?.last())
            .map_err(refusal)?;
        let by_month = match subject {
            Subject::CaseFiles => self.files_are_told(address, question).await?,
            Subject::Petitions => self.petitions_are_told(address, question).await?,
            // Dialogues are public, and indexes are of years.
            Subject::Dialogues | Subject::Indexes => ByMonth { this_year: true, before: true },
        };
        if question.period.is_some_and(|period| period.unit() != Unit::Year) && !by_month.this_year {
            return Err(disclosure::not_by_month(subject).into());
        }
        Ok(Told::public(address, question, by_month))
    }

    /// The same of the petitions that stand beside case files; `None` where they are held back.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn petitions_beside(
        &self,
        scope: &Scope,
        address: &Address,
        question: &Question,
    ) -> Result<Option<Told>, AppError> {
        match self.told(scope, address, question, Subject::Petitions).await {
            Ok(told) => Ok(Some(told)),
            Err(AppError::Invalid(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The agencies below, for who is told them apart.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn agencies_as(
        &self,
        told: Told,
        scope: &Scope,
        filter: &Filter,
        question: &Question,
    ) -> Result<Arc<Vec<AgencyRead>>, AppError> {
        if told.agencies { self.agencies(scope, filter, question).await } else { Ok(Arc::default()) }
    }

    /// Refuses a part of the case files that is held back: because it is small itself, or because it hides a small one
    /// beside it. Else how the part can be told by month.
    async fn files_are_told(&self, address: &Address, question: &Question) -> Result<ByMonth, AppError> {
        let (filter, window) = (&address.filter, question.window());
        let held_back = || Err(AppError::from(disclosure::too_few(address, Subject::CaseFiles)));
        let days = self.case_file_days(&Scope::All, filter).await?;
        if disclosure::is_few(disclosure::files(&Read::of(days.iter(), window))) {
            return held_back();
        }
        if let Some(code) = &filter.agency {
            let places = self.places(&Scope::All).await?;
            for (above, code) in way_up(&places.agencies, code)? {
                let beside = Filter { agency: above, ..Filter::default() };
                let agencies = self.agencies(&Scope::All, &beside, question).await?;
                let of = |agency: &&AgencyRead| agency.code == code && !agency.is_own_desk;
                if is_held_back(agencies.iter(), |agency| disclosure::files(&agency.read), of) {
                    return held_back();
                }
            }
        }
        if let Some(code) = &filter.field {
            let sums = self.sums(&Scope::All, &Filter::default(), window).await?;
            let mut fields: Vec<_> = sums.fields.iter().collect();
            // In the order in which the store holds them back.
            fields.sort_by(|a, b| a.code.cmp(&b.code));
            if is_held_back(fields, files_of, |field| field.code.as_ref() == Some(code)) {
                return held_back();
            }
        }
        if let Some(asked) = filter.channel {
            let mut channels = Vec::with_capacity(Channel::ALL.len());
            for channel in Channel::ALL {
                let beside = Filter { channel: Some(channel), ..Filter::default() };
                let days = self.case_file_days(&Scope::All, &beside).await?;
                channels.push((channel, disclosure::files(&Read::of(days.iter(), window))));
            }
            if is_held_back(&channels, |(_, files)| *files, |(channel, _)| *channel == asked) {
                return held_back();
            }
        }
        Ok(disclosure::files_by_month(&days, question))
    }

    /// The same of petitions.
    async fn petitions_are_told(&self, address: &Address, question: &Question) -> Result<ByMonth, AppError> {
        let (filter, kind, window, lang) = (&address.filter, address.kind, question.window(), Lang::Vi);
        let held_back = || Err(AppError::from(disclosure::too_few(address, Subject::Petitions)));
        let places = self.places(&Scope::All).await?;
        let whole = self.petition_records(&Scope::All, &Filter::default()).await?;
        if let Some(code) = &filter.agency {
            let tree: Vec<_> = places.agencies.iter().map(place).collect();
            for (above, code) in way_up(&places.agencies, code)? {
                let beside = Filter { agency: above, ..Filter::default() };
                let records = self.petition_records(&Scope::All, &beside).await?;
                let lines = by_agency(&records, None, window, &tree, &beside, lang);
                let asked = Group::Agency { code, own_desk: None };
                if is_held_back(&lines, GroupLine::all, |line| line.group == asked) {
                    return held_back();
                }
            }
        }
        if let Some(asked) = kind {
            let lines = by_kind(&whole, None, window, lang);
            if is_held_back(&lines, GroupLine::all, |line| line.group == Group::Kind(asked)) {
                return held_back();
            }
        }
        if let Some(asked) = filter.channel {
            let lines = by_channel(&whole, None, window, lang);
            if is_held_back(&lines, GroupLine::all, |line| line.group == Group::Channel(asked)) {
                return held_back();
            }
        }
        // Of one kind the counters know nothing: its petitions are counted.
        let days = match kind {
            Some(_) => whole.days(kind),
            None => self.petition_days(&Scope::All, filter).await?.to_vec(),
        };
        if disclosure::is_few(disclosure::petitions(&days, window)) {
            return held_back();
        }
        Ok(disclosure::petitions_by_month(&days, question))
    }
}

fn files_of(field: &FieldRead) -> i64 {
    disclosure::files(&field.read)
}

/// Whether the group asked for is held back among those beside it. One that counts nothing is not among them, and tells
/// of nobody.
fn is_held_back<'a, T: 'a>(
    groups: impl IntoIterator<Item = &'a T>,
    base: impl Fn(&T) -> i64,
    is_asked: impl Fn(&&T) -> bool,
) -> bool {
    let groups: Vec<&T> = groups.into_iter().collect();
    let is_there = |groups: &[&T]| groups.iter().any(&is_asked);
    is_there(&groups) && !is_there(&disclosure::keep(groups.clone(), |group| base(group)))
}

/// The tables that an agency stands in, from its own upwards: below whom, and as whom.
///
/// # Errors
/// When it is the city itself, which is asked about without an agency: what hangs below nobody would be the difference.
fn way_up(agencies: &[AgencyName], code: &str) -> Result<Vec<(Option<String>, String)>, AppError> {
    let find = |code: &str| agencies.iter().find(|agency| agency.code == code);
    let mut way = Vec::new();
    let mut at = find(code);
    if at.is_some_and(|agency| agency.level == Level::City) {
        let why = "bỏ agency để xem toàn thành phố / leave agency out to see the whole city";
        return Err(AddressError { field: "agency".to_owned(), why: why.to_owned() }.into());
    }
    // A tree has no circles, but a wrong one must not hang the page.
    while let Some(agency) = at.filter(|_| way.len() < agencies.len()) {
        let above = agency.parent_code.as_deref().and_then(find).filter(|above| above.level != Level::City);
        way.push((above.map(|above| above.code.clone()), agency.code.clone()));
        at = above;
    }
    Ok(way)
}

/// What the public is not told, in the words of a page: single rows are shown to whoever signs in.
pub(super) fn refusal(error: AddressError) -> AppError {
    if disclosure::ROWS.contains(&error.field.as_str()) { AppError::SignIn } else { error.into() }
}

/// The line under a figure or table in a file, with what holds for the public.
pub(super) fn noted(scope: &Scope, source: String, lang: Lang) -> String {
    if *scope == Scope::Public { format!("{source} · {}", disclosure::note(lang)) } else { source }
}
