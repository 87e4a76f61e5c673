//! Who and what makes up the gap: petitions by agency, by kind, by channel. Each grouping adds up to the whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    figure::{KindChoice, PetitionFigure},
    records::{Judged, PetitionRecords},
};
use crate::{
    agency::Level, case_file::Channel, collate, filter::Filter, lang::Lang, period::Window, rate::Rate,
};

/// An agency's place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The code of the agency above it.
    pub parent_code: Option<String>,
}

/// Which petitions a line adds up: what its list is asked for with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Group {
    /// Those of an agency with all below it; with a level, those at its own desk alone.
    Agency {
        /// Its code.
        code: String,
        /// Its level, where its own desk is meant.
        own_desk: Option<Level>,
    },
    /// Those of a kind.
    Kind(KindChoice),
    /// Those that came one way.
    Channel(Channel),
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLine {
    /// Which petitions.
    pub group: Group,
    /// As people call it.
    pub name: String,
    /// Decided in the window without a failed step.
    pub in_time: i64,
    /// Decided in the window by a failed step.
    pub late: i64,
    /// Not decided at its end.
    pub open: i64,
}

impl GroupLine {
    /// How many petitions it adds up.
    #[must_use]
    pub fn all(&self) -> i64 {
        self.in_time + self.late + self.open
    }

    /// Decided without a failed step, of all decided.
    #[must_use]
    pub fn rate(&self) -> Rate {
        Rate::new(self.in_time, self.in_time + self.late)
    }
}

/// Adds petitions up under the key of each, most late ones first; those with nothing to show are left out.
fn grouped<K: Ord>(
    records: &PetitionRecords,
    kind: Option<KindChoice>,
    window: Window,
    key: impl Fn(&Judged) -> Option<K>,
    line: impl Fn(K) -> (Group, String),
) -> Vec<GroupLine> {
    let at = records.at(window);
    let mut sums: BTreeMap<K, [i64; 3]> = BTreeMap::new();
    for petition in records.of(kind) {
        let figures = [PetitionFigure::InTime, PetitionFigure::Late, PetitionFigure::Open];
        let counted = figures.map(|figure| i64::from(figure.counts(petition, &at)));
        if counted == [0; 3] {
            continue;
        }
        if let Some(key) = key(petition) {
            let sum = sums.entry(key).or_default();
            for (sum, one) in sum.iter_mut().zip(counted) {
                *sum += one;
            }
        }
    }
    let mut lines: Vec<GroupLine> = sums
        .into_iter()
        .map(|(key, [in_time, late, open])| {
            let (group, name) = line(key);
            GroupLine { group, name, in_time, late, open }
        })
        .collect();
    lines.sort_by(|a, b| {
        (b.late, b.open).cmp(&(a.late, a.open)).then_with(|| collate::names(&a.name, &b.name))
    });
    lines
}

/// By what a petition is about.
#[must_use]
pub fn by_kind(
    records: &PetitionRecords,
    kind: Option<KindChoice>,
    window: Window,
    lang: Lang,
) -> Vec<GroupLine> {
    grouped(
        records,
        kind,
        window,
        |petition| Some(KindChoice::of(petition.record.kind)),
        |kind| (Group::Kind(kind), kind.label(lang).to_owned()),
    )
}

/// By the way it came.
#[must_use]
pub fn by_channel(
    records: &PetitionRecords,
    kind: Option<KindChoice>,
    window: Window,
    lang: Lang,
) -> Vec<GroupLine> {
    grouped(
        records,
        kind,
        window,
        |petition| Some(petition.record.channel.number()),
        |number| {
            let channel = Channel::from_number(number).unwrap_or(Channel::Other);
            (Group::Channel(channel), channel.label(lang).to_owned())
        },
    )
}

/// By agency: the children of the one asked for, or what hangs below the city or below nothing; with a level, every
/// agency of it; and a line for the own desk of the agency or city.
#[must_use]
pub fn by_agency(
    records: &PetitionRecords,
    kind: Option<KindChoice>,
    window: Window,
    places: &[Place],
    filter: &Filter,
    lang: Lang,
) -> Vec<GroupLine> {
    let tree: BTreeMap<&str, &Place> = places.iter().map(|place| (place.code.as_str(), place)).collect();
    let below = filter.agency.as_deref();
    grouped(
        records,
        kind,
        window,
        |petition| row_of(&tree, &petition.record.agency_code, below, filter.level),
        |(code, is_own_desk)| {
            let place = tree.get(code.as_str());
            let name = place.map_or_else(|| code.clone(), |place| place.name.clone());
            let name = if is_own_desk {
                match lang {
                    Lang::Vi => format!("Trực tiếp tại {name}"),
                    Lang::En => format!("{name} itself"),
                }
            } else {
                name
            };
            let own_desk = place.filter(|_| is_own_desk).map(|place| place.level);
            (Group::Agency { code, own_desk }, name)
        },
    )
}

/// The line an agency is added to, and whether it is somebody's own desk.
fn row_of(
    tree: &BTreeMap<&str, &Place>,
    code: &str,
    below: Option<&str>,
    level: Option<Level>,
) -> Option<(String, bool)> {
    // One that the tree does not hold stands for itself, so that the lines still add up.
    let Some(mut at) = tree.get(code).copied() else { return Some((code.to_owned(), false)) };
    if level.is_some() {
        return Some((code.to_owned(), false));
    }
    if Some(code) == below || (below.is_none() && at.level == Level::City) {
        return Some((code.to_owned(), true));
    }
    // A tree has no circles, but a wrong one must not hang the page.
    for _ in 0..tree.len() {
        let parent = at.parent_code.as_deref().and_then(|parent| tree.get(parent)).copied();
        match parent {
            Some(parent) if Some(parent.code.as_str()) == below => break,
            Some(parent) if below.is_none() && parent.level == Level::City => break,
            Some(parent) => at = parent,
            None => break,
        }
    }
    Some((at.code.clone(), false))
}
