//! What the page on the yearly indexes shows: PAR INDEX and SIPAS as others published them, and beside them, never in
//! their place, the city's own surveys and its own scores.

mod criteria;
mod provinces;
mod series;
mod surveys;
mod surveys_chart;
#[cfg(test)]
mod tests;
mod trend;

use chrono::Datelike;
use serde::{Deserialize, Serialize};

pub use criteria::{CriterionLine, Deadline, FRAME, OwnerLine, Risk, Tracker};
pub use provinces::{Provinces, province_name};
pub use series::{Conflict, IndexSeries, Leader, YearLine, name as index_name};
pub use surveys::{AgencySurvey, LevelSurvey, Sampled, SurveyReport};
pub use trend::host;

use crate::{
    case_file_report::Origin,
    criterion::Criterion,
    disclosure::Told,
    indicator::Question,
    plan::Plan,
    survey::Survey,
    yearly_index::{Edition, Index},
};

/// What the page is made from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// Every value of the yearly indexes.
    pub editions: &'a [Edition],
    /// The surveys of the agencies asked about.
    pub surveys: &'a [Survey],
    /// The criteria of the scope.
    pub criteria: &'a [Criterion],
    /// Whether these are the criteria of the whole city, so that their points must add up to the frame.
    pub criteria_are_whole: bool,
    /// Every target.
    pub plan: &'a Plan,
}

/// The page on the yearly indexes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexReport {
    /// The year asked about.
    pub year: i32,
    /// PAR INDEX.
    pub par_index: IndexSeries,
    /// SIPAS.
    pub sipas: IndexSeries,
    /// The city's own surveys.
    pub surveys: SurveyReport,
    /// The city's own scores.
    pub criteria: Tracker,
}

impl IndexReport {
    /// What of the page a reader is told: surveys of a few answers are held back, and the words of evidence are not
    /// shown.
    #[must_use]
    pub fn told(mut self, told: Told, question: &Question, origin: &Origin) -> Self {
        if told != Told::EVERYTHING {
            self.surveys = self.surveys.held_back(question, origin);
            let there = origin.lang.of("có", "there");
            let evidence = self.criteria.lines.iter_mut().filter_map(|line| line.evidence.as_mut());
            evidence.for_each(|words| there.clone_into(words));
        }
        self
    }
}

/// Makes the page.
#[must_use]
pub fn assemble(sources: Sources, question: &Question, origin: &Origin) -> IndexReport {
    IndexReport {
        year: question.window().last.year(),
        par_index: series::assemble(sources, Index::ParIndex, question, origin),
        sipas: series::assemble(sources, Index::Sipas, question, origin),
        surveys: surveys::assemble(sources, question, origin),
        criteria: criteria::assemble(sources, question.as_of, origin.lang),
    }
}
