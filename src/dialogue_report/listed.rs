//! The dialogues behind a number of the calendar: held and counting, held and not, planned, let pass.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    dialogue::Dialogue,
    indicator::Facts,
    lang::{self, Lang},
    period::Window,
    wire,
};

/// What became of a dialogue by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Became {
    /// Held, chaired by the head, with minutes.
    Held,
    /// Held otherwise.
    HeldWithoutMinutes,
    /// Planned for a day still to come.
    Planned,
    /// Planned for a day that has passed, and not held.
    Passed,
}

impl Became {
    /// All of them, in the order of the calendar's columns.
    pub const ALL: [Self; 4] = [Self::Held, Self::HeldWithoutMinutes, Self::Planned, Self::Passed];

    /// The word in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::HeldWithoutMinutes => "held_without_minutes",
            Self::Planned => "planned",
            Self::Passed => "passed",
        }
    }

    /// The words on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Held => lang.of("Hợp lệ", "Counts"),
            Self::HeldWithoutMinutes => lang.of("Chưa hợp lệ", "Does not count"),
            Self::Planned => lang.of("Sắp tới", "To come"),
            Self::Passed => lang.of("Qua ngày, chưa tổ chức", "Date passed, not held"),
        }
    }

    /// The shape that stands before the words.
    #[must_use]
    pub fn shape(self) -> &'static str {
        match self {
            Self::Held => "●",
            Self::HeldWithoutMinutes => "◐",
            Self::Planned => "◇",
            Self::Passed => "■",
        }
    }
}

/// What became of a dialogue as seen at the end of a day, and the day it belongs to: the one it was held on, else the one
/// it was planned for. `None` without either.
#[must_use]
pub fn became(dialogue: &Dialogue, day: NaiveDate) -> Option<(Became, NaiveDate)> {
    let so_far = Window::up_to(day);
    let held = dialogue.held_on.filter(|held| so_far.contains(*held));
    let on = held.or(dialogue.planned_on)?;
    let became = match held {
        Some(_) if dialogue.counts_in(so_far) => Became::Held,
        Some(_) => Became::HeldWithoutMinutes,
        None if on > day => Became::Planned,
        None => Became::Passed,
    };
    Some((became, on))
}

/// Which dialogues of the calendar's year are listed. In addresses `held`, or `held-9` for September.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DialogueFigure {
    /// Those that became this.
    pub became: Became,
    /// Of one month, from one; else of the whole year.
    pub month: Option<u32>,
}

impl DialogueFigure {
    /// The figure of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (word, month) = match text.split_once('-') {
            Some((word, month)) => (word, Some(month.parse().ok().filter(|month| (1..=12).contains(month))?)),
            None => (text, None),
        };
        let became = Became::ALL.into_iter().find(|became| became.as_str() == word)?;
        Some(Self { became, month })
    }

    /// The word in addresses.
    #[must_use]
    pub fn word(self) -> String {
        let word = self.became.as_str();
        self.month.map_or_else(|| word.to_owned(), |month| format!("{word}-{month}"))
    }

    /// Whether it counts a dialogue, as seen at the end of `day`, whose year is the calendar's.
    #[must_use]
    pub fn counts(self, dialogue: &Dialogue, day: NaiveDate) -> bool {
        became(dialogue, day).is_some_and(|(became, on)| {
            became == self.became
                && on.year() == day.year()
                && self.month.is_none_or(|month| on.month() == month)
        })
    }

    /// What is listed, in words: `Hợp lệ, tháng 9/2023`.
    #[must_use]
    pub fn label(self, year: i32, lang: Lang) -> String {
        let name = self.became.label(lang);
        match (self.month, lang) {
            (Some(month), Lang::Vi) => format!("{name}, tháng {month}/{year}"),
            (Some(month), Lang::En) => format!("{name}, {} {year}", lang::month_name(month)),
            (None, Lang::Vi) => format!("{name}, năm {year}"),
            (None, Lang::En) => format!("{name}, {year}"),
        }
    }
}

/// One dialogue of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueLine {
    /// Its code in the source.
    pub code: String,
    /// The code of the office whose head owes it.
    pub agency_code: String,
    /// The office's name.
    pub agency_name: String,
    /// The day it was planned for.
    #[serde(with = "wire::maybe_day")]
    pub planned_on: Option<NaiveDate>,
    /// The day it was held, by the day asked for.
    #[serde(with = "wire::maybe_day")]
    pub held_on: Option<NaiveDate>,
    /// Whether the head was in the chair.
    pub chaired_by_head: bool,
    /// The number of its minutes.
    pub minutes_no: Option<String>,
}

/// The dialogues of a figure, in the order of their days.
#[must_use]
pub fn lines(facts: &Facts, figure: DialogueFigure, day: NaiveDate) -> Vec<DialogueLine> {
    let mut counted: Vec<(NaiveDate, &Dialogue)> = facts
        .dialogues
        .iter()
        .filter(|dialogue| figure.counts(dialogue, day))
        .filter_map(|dialogue| Some((became(dialogue, day)?.1, dialogue)))
        .collect();
    counted.sort_by(|a, b| (a.0, &a.1.code).cmp(&(b.0, &b.1.code)));
    let name_of = |code: &str| facts.agencies.iter().find(|agency| agency.code == code);
    counted
        .into_iter()
        .map(|(_, dialogue)| DialogueLine {
            code: dialogue.code.clone(),
            agency_code: dialogue.agency_code.clone(),
            agency_name: name_of(&dialogue.agency_code)
                .map_or_else(|| dialogue.agency_code.clone(), |agency| agency.name.clone()),
            planned_on: dialogue.planned_on,
            held_on: dialogue.held_on.filter(|held| *held <= day),
            chaired_by_head: dialogue.chaired_by_head,
            minutes_no: dialogue.minutes_no.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_survives_being_written_and_read_again() {
        for became in Became::ALL {
            for month in [None, Some(1), Some(12)] {
                let figure = DialogueFigure { became, month };
                assert_eq!(DialogueFigure::parse(&figure.word()), Some(figure));
            }
        }
        for wrong in ["", "held-0", "held-13", "held-", "lazy", "held-1-2"] {
            assert_eq!(DialogueFigure::parse(wrong), None, "{wrong}");
        }
    }
}
