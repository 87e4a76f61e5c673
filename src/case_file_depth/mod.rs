//! What the page on case files shows below its tally: what can still be saved, what is late already, which parts make up
//! the gap, letters of apology, and which dates are to be doubted.

mod parts;
mod quality;
mod rescue;

use serde::{Deserialize, Serialize};

pub use self::{
    parts::{FieldLine, FieldRead, LateCount, LevelLine, ProcedureLine},
    quality::{Bulk, Quality, SILENT_DAYS, Silent},
    rescue::{MonthEnd, Rescue},
};
use crate::{
    agency::Level,
    case_file::{CaseFileDay, Measure},
    collate,
    counts::Read,
    disclosure::Told,
    filter::Measured,
    indicator::{Question, on_time_returns::CaseFileRead},
    lang::Lang,
    plan::{Indicator, Plan},
    rate::Rate,
    working_days::WorkingDays,
};

/// Fewer timed files than this say nothing about an agency, field or procedure: it is not ranked by its rate.
pub const FEW: i64 = 30;

/// Whether a rate stands on too few files to be compared with others.
#[must_use]
pub fn is_few(rate: Rate) -> bool {
    rate.all < FEW
}

/// What a rate of few files is marked with.
#[must_use]
pub fn few_label(lang: Lang) -> &'static str {
    lang.of("ít hồ sơ", "few files")
}

/// A figure that opens its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which one.
    pub measured: Measured,
    /// How many files.
    pub count: i64,
}

/// What the store counted for one question, besides the daily counters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// Figures counted from the files themselves.
    pub counted: Vec<Step>,
    /// By field.
    pub fields: Vec<FieldRead>,
    /// Late files by procedure.
    pub procedures: Vec<LateCount>,
    /// By level, where the whole city is asked for.
    pub levels: Vec<(Level, CaseFileRead)>,
    /// Agencies that received nothing in the last days, and did before.
    pub silent: Vec<Silent>,
    /// The name of the field asked for.
    pub field_name: Option<String>,
    /// The name of the procedure asked for.
    pub procedure_name: Option<String>,
}

/// The page below its tally.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Depth {
    /// What can still be saved, and what cannot.
    pub rescue: Rescue,
    /// By level, where the whole city is asked for.
    pub levels: Vec<LevelLine>,
    /// By field, most late files first.
    pub fields: Vec<FieldLine>,
    /// Procedures with late files, most first.
    pub procedures: Vec<ProcedureLine>,
    /// Letters of apology.
    pub letters: Vec<Step>,
    /// Which dates are to be doubted.
    pub quality: Quality,
    /// The name of the field asked for.
    pub field_name: Option<String>,
    /// The name of the procedure asked for.
    pub procedure_name: Option<String>,
}

/// Makes it from daily counts and what was counted from the files.
#[must_use]
pub fn assemble(
    days: &[CaseFileDay],
    sums: Sums,
    plan: &Plan,
    calendar: &WorkingDays,
    question: &Question,
    lang: Lang,
) -> Depth {
    let window = question.window();
    let target = question.target(plan, Indicator::OnTimeReturns);
    let read = Read::of(days, window);
    let counted =
        |measured| sums.counted.iter().find(|step| step.measured == measured).map_or(0, |step| step.count);
    let mut silent = sums.silent;
    silent.sort_by(|a, b| collate::names(&a.name, &b.name));
    let steps = |of: &[Measured]| {
        of.iter().map(|measured| Step { measured: *measured, count: counted(*measured) }).collect()
    };
    Depth {
        rescue: Rescue::of(days, &read, counted(Measured::DueInMonth), window.last),
        letters: steps(&Measured::LETTERS),
        quality: Quality {
            doubts: steps(&Measured::DOUBTS),
            bulk: quality::bulk(days, window, calendar),
            silent,
        },
        levels: parts::level_lines(sums.levels, target),
        fields: parts::field_lines(sums.fields, target, lang),
        procedures: parts::procedure_lines(sums.procedures, read.inside[Measure::Late], lang),
        field_name: sums.field_name,
        procedure_name: sums.procedure_name,
    }
}

impl Sums {
    /// What of it a reader is told. The fields and procedures are those that the store gave out.
    #[must_use]
    pub fn told(mut self, told: Told) -> Self {
        if told == Told::EVERYTHING {
            return self;
        }
        if !told.parts {
            self.fields.clear();
            self.procedures.clear();
        }
        // Levels and agencies are two cuts of the same files; and who fell silent says when its last file came.
        self.levels.clear();
        self.silent.clear();
        self
    }
}

impl Depth {
    /// The figure whose files a list shows; `None` where a tally has it.
    #[must_use]
    pub fn figure(&self, measured: Measured) -> Option<i64> {
        let mut steps = self
            .rescue
            .steps
            .iter()
            .chain(&self.rescue.ages)
            .chain([&self.rescue.month.saved])
            .chain(&self.letters)
            .chain(&self.quality.doubts);
        steps.find(|step| step.measured == measured).map(|step| step.count)
    }
}

#[cfg(test)]
mod tests;
