//! The city's own surveys of a year, summed: never averaged, and never called SIPAS.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::{Sources, surveys_chart};
use crate::{
    agency::Level,
    case_file_report::Origin,
    charts::Chart,
    disclosure::{is_few, keep},
    indicator::Question,
    plan::Indicator,
    rate::Rate,
    survey::{Assurance, Interval, Survey, wilson},
};

/// A sum of answers and what it says of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    /// Satisfied of answered.
    pub satisfied: Rate,
    /// Where the rate of all people lies; `None` where nobody answered.
    pub interval: Option<Interval>,
    /// How surely the target is met.
    pub assurance: Assurance,
}

impl Sampled {
    fn of<'a>(surveys: impl IntoIterator<Item = &'a Survey>, target: i64) -> Self {
        let satisfied: Rate = surveys.into_iter().map(|survey| survey.satisfied).sum();
        Self { satisfied, interval: wilson(satisfied), assurance: Assurance::of(satisfied, target) }
    }
}

/// The surveys of one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelSurvey {
    /// Which level.
    pub level: Level,
    /// How many of its agencies asked.
    pub agencies: i64,
    /// Their answers.
    pub sampled: Sampled,
}

/// The surveys of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencySurvey {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Its answers.
    pub sampled: Sampled,
}

/// The surveys of the year asked about, or of the last year before it that has any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyReport {
    /// The target they are held against, hundredths of a percent.
    pub target: i64,
    /// Which year is shown; `None` where there is no survey.
    pub year: Option<i32>,
    /// All answers of that year.
    pub whole: Sampled,
    /// By level, the highest first.
    pub levels: Vec<LevelSurvey>,
    /// By agency, those with the lowest rate first; too few answers last.
    pub agencies: Vec<AgencySurvey>,
    /// The sums of every year, the newest first.
    pub rounds: Vec<(i32, Sampled)>,
    /// The year's answers with their intervals.
    #[serde(skip)]
    pub chart: Chart,
}

pub(super) fn assemble(sources: Sources, question: &Question, origin: &Origin) -> SurveyReport {
    let target = question.target(sources.plan, Indicator::Sipas);
    let last = question.window().last;
    let known: Vec<&Survey> = sources.surveys.iter().filter(|survey| survey.surveyed_on <= last).collect();
    let mut years: Vec<i32> = known.iter().map(|survey| survey.surveyed_on.year()).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let of_year = |year: i32| known.iter().copied().filter(move |survey| survey.surveyed_on.year() == year);
    let shown: Vec<&Survey> = years.first().map_or_else(Vec::new, |year| of_year(*year).collect());
    let mut report = SurveyReport {
        target,
        year: years.first().copied(),
        whole: Sampled::of(shown.iter().copied(), target),
        levels: levels(&shown, target),
        agencies: agencies(&shown, target),
        rounds: years.iter().map(|year| (*year, Sampled::of(of_year(*year), target))).collect(),
        chart: Chart::default(),
    };
    report.chart = surveys_chart::chart(&report, question, origin);
    report
}

impl SurveyReport {
    /// The same for the public: without the agencies and years of a few answers. Levels and agencies are two cuts of the
    /// same answers, so that only one of them is told.
    pub(super) fn held_back(mut self, question: &Question, origin: &Origin) -> Self {
        self.agencies = keep(self.agencies, |line| line.sampled.satisfied.all);
        self.levels.clear();
        self.rounds.retain(|(_, sampled)| !is_few(sampled.satisfied.all));
        if is_few(self.whole.satisfied.all) {
            self.year = None;
            self.whole = Sampled::of([], self.target);
        }
        self.chart = surveys_chart::chart(&self, question, origin);
        self
    }
}

fn agencies(surveys: &[&Survey], target: i64) -> Vec<AgencySurvey> {
    let mut surveys = surveys.to_vec();
    surveys.sort_by(|a, b| a.agency_code.cmp(&b.agency_code));
    let mut lines: Vec<AgencySurvey> = surveys
        .chunk_by(|a, b| a.agency_code == b.agency_code)
        .map(|of_agency| AgencySurvey {
            code: of_agency[0].agency_code.clone(),
            name: of_agency[0].agency_name.clone(),
            level: of_agency[0].level,
            sampled: Sampled::of(of_agency.iter().copied(), target),
        })
        .collect();
    let floored = |line: &AgencySurvey| line.sampled.satisfied.floored();
    lines.sort_by_key(|line| (line.sampled.assurance == Assurance::TooFew, floored(line), line.code.clone()));
    lines
}

fn levels(surveys: &[&Survey], target: i64) -> Vec<LevelSurvey> {
    let of_level = |level: Level| -> Option<LevelSurvey> {
        let surveys: Vec<&Survey> = surveys.iter().copied().filter(|survey| survey.level == level).collect();
        let mut codes: Vec<&str> = surveys.iter().map(|survey| survey.agency_code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        let agencies = i64::try_from(codes.len()).unwrap_or(i64::MAX);
        (!surveys.is_empty()).then(|| LevelSurvey { level, agencies, sampled: Sampled::of(surveys, target) })
    };
    Level::ALL.into_iter().filter_map(of_level).collect()
}
