//! The five indicators: each reads facts in a window and says how it stands.

pub mod dialogues_held;
pub mod on_time_returns;
pub mod petitions_in_time;
pub mod yearly;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use dialogues_held::DialoguesHeld;
pub use on_time_returns::OnTimeReturns;
pub use petitions_in_time::PetitionsInTime;
pub use yearly::Yearly;

use crate::{
    agency::Agency,
    case_file::CaseFileDay,
    dialogue::{Dialogue, Issue},
    lang::Lang,
    period::{Cycle, Period, Window},
    petition::PetitionDay,
    plan::{Indicator, Plan},
    status::Status,
    yearly_index::{Edition, Index},
};

/// A status with the sentence that explains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The word.
    pub status: Status,
    /// Why, in one Vietnamese sentence made from the numbers.
    pub sentence: String,
}

/// All that readings of a scope are made from.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What each day adds to the case files' counts.
    pub case_files: Vec<CaseFileDay>,
    /// What each day adds to the petitions' counts.
    pub petitions: Vec<PetitionDay>,
    /// The agencies of the scope.
    pub agencies: Vec<Agency>,
    /// Their dialogues.
    pub dialogues: Vec<Dialogue>,
    /// The issues they have to clear.
    pub issues: Vec<Issue>,
    /// Every value of the yearly indexes; they are the city's, whatever the scope.
    pub editions: Vec<Edition>,
    /// Every target.
    pub plan: Plan,
}

/// Which edition of the definitions in force the indicators follow: raised when a formula changes, so that an exported
/// figure tells what it was counted by.
pub const DEFINITIONS: u32 = 1;

/// What is asked: for which days, seen from which day, for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The last day whose events have happened.
    pub as_of: NaiveDate,
    /// How periods are cut.
    pub cycle: Cycle,
    /// The period; `None` is everything up to `as_of`.
    pub period: Option<Period>,
    /// The agency, with all below it; `None` is the city.
    pub agency: Option<String>,
}

impl Question {
    /// The days the reading covers.
    #[must_use]
    pub fn window(&self) -> Window {
        match self.period {
            Some(period) => Window::of(period, self.cycle, self.as_of),
            None => Window::up_to(self.as_of),
        }
    }

    /// The period's last day, or `as_of`.
    #[must_use]
    pub fn to(&self) -> NaiveDate {
        self.period.map_or(self.as_of, |period| period.to(self.cycle))
    }

    /// How everything stands while the period is yet to begin: nothing has happened in it. `None` from its first day on.
    #[must_use]
    pub fn not_begun(&self, lang: Lang) -> Option<Standing> {
        let window = self.window();
        let (period, from) = self.period.zip(window.from)?;
        let (period, day) = (period.label(lang), lang.date(window.last));
        (from > window.last).then(|| Standing {
            status: Status::NoData,
            sentence: match lang {
                Lang::Vi => format!("{period} chưa có số liệu; số liệu gần nhất đến {day}"),
                Lang::En => format!("No data for {period} yet; the last are of {day}"),
            },
        })
    }

    /// The target value this question is judged by, in hundredths.
    #[must_use]
    pub fn target(&self, plan: &Plan, indicator: Indicator) -> i64 {
        plan.value_for(indicator, self.window().last, self.agency.as_deref())
    }
}

/// The five readings, as `thuocdo readings` and `GET /api/v1/readings` give them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readings {
    /// The last day whose events have happened.
    pub as_of: NaiveDate,
    /// The first day covered; null is the beginning of all data.
    pub from: Option<NaiveDate>,
    /// The period's last day; never read beyond `as_of`.
    pub to: NaiveDate,
    /// How the period is cut.
    pub cycle: Cycle,
    /// The agency, with all below it; null is the city.
    pub agency: Option<String>,
    /// Case files.
    pub on_time_returns: OnTimeReturns,
    /// Petitions.
    pub petitions_in_time: PetitionsInTime,
    /// Dialogues.
    pub dialogues_held: DialoguesHeld,
    /// PAR INDEX.
    pub par_index: Yearly,
    /// SIPAS.
    pub sipas: Yearly,
}

/// Reads all five indicators.
#[must_use]
pub fn read(facts: &Facts, question: &Question) -> Readings {
    let window = question.window();
    let target = |indicator| question.target(&facts.plan, indicator);
    let yearly = |index, target| Yearly::read(&facts.editions, index, question, target);
    Readings {
        as_of: question.as_of,
        from: window.from,
        to: question.to(),
        cycle: question.cycle,
        agency: question.agency.clone(),
        on_time_returns: OnTimeReturns::read(&facts.case_files, window, target(Indicator::OnTimeReturns)),
        petitions_in_time: PetitionsInTime::read(
            &facts.petitions,
            window,
            target(Indicator::PetitionsInTime),
        ),
        dialogues_held: DialoguesHeld::read(facts, question),
        par_index: yearly(Index::ParIndex, target(Indicator::ParIndex)),
        sipas: yearly(Index::Sipas, target(Indicator::Sipas)),
    }
}
