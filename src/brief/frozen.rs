//! A brief that was signed keeps its figures; what came in later shows as an adjustment, with both values.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Brief, Letterhead};
use crate::{charts::values::Moved, lang::Lang, plan::Indicator, status::Status};

/// A brief as it was when it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// The day.
    pub on: NaiveDate,
    /// The last batch that had come in by then.
    pub last_batch: i64,
    /// What stood around it.
    pub letterhead: Letterhead,
    /// The brief in each language, Vietnamese first.
    pub briefs: [Brief; 2],
}

impl Frozen {
    /// The brief in a language.
    #[must_use]
    pub fn brief(&self, lang: Lang) -> &Brief {
        let [vi, en] = &self.briefs;
        lang.of(vi, en)
    }
}

/// What is another since a brief was frozen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since {
    /// Targets that stand otherwise: what they were and are.
    pub flipped: Vec<(Indicator, Status, Status)>,
    /// Numbers that are others.
    pub moved: Vec<Moved>,
}

impl Since {
    /// Whether everything is as it was.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.flipped.is_empty() && self.moved.is_empty()
    }
}

/// What is another in the same month, asked for today.
#[must_use]
pub fn since(was: &Brief, now: &Brief) -> Since {
    let flipped = was.standings.iter().zip(&now.standings).filter_map(|((indicator, was), (other, is))| {
        (indicator == other && was != is).then_some((*indicator, *was, *is))
    });
    Since { flipped: flipped.collect(), moved: was.figures.values.moved(&now.figures.values) }
}
