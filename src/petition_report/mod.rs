//! What the page on petitions shows: the three steps against their limits, the months against the target, who makes up
//! the gap, what is open and for how long, and the petitions behind each figure.

pub mod figure;
pub mod groups;
pub mod list;
pub mod months;
pub mod records;
#[cfg(test)]
mod tests;
pub mod words;

use serde::{Deserialize, Serialize};

pub use self::{
    figure::{KindChoice, PetitionFigure},
    groups::{Group, GroupLine, Place},
    list::{PetitionLine, PetitionList, lines, list},
    records::{PetitionRecord, PetitionRecords, StepName},
};
use crate::{
    case_file_report::{Origin, by_month, compared_as, window_label},
    charts::Chart,
    compared::{self, Compared},
    counts::Read,
    disclosure::{Told, keep},
    filter::Filter,
    indicator::{PetitionsInTime, Question, Standing, petitions_in_time::Step},
    lang::Lang,
    petition::{Measure, PetitionDay, Recorded},
    plan::{Indicator, Plan},
    signal::{self, Series},
};

/// The page on petitions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionReport {
    /// The window, as people say it.
    pub period: String,
    /// The three steps and the headline.
    pub reading: PetitionsInTime,
    /// Petitions whose clock started in the window.
    pub started: i64,
    /// How it stands and why.
    pub standing: Standing,
    /// The target in hundredths of a percent.
    pub target: i64,
    /// The steps with their limits.
    pub steps: Vec<StepLine>,
    /// The period before, the same period a year before and the whole city, with their dates.
    pub compared: Vec<Compared>,
    /// The headline by month against the target.
    #[serde(skip)]
    pub months: Chart,
    /// How many were decided in each month.
    #[serde(skip)]
    pub counts: Chart,
    /// The finished months: whether they vary as usual.
    pub signal: Series,
    /// By agency, most late ones first.
    pub agencies: Vec<GroupLine>,
    /// By what they are about.
    pub kinds: Vec<GroupLine>,
    /// By the way they came.
    pub channels: Vec<GroupLine>,
    /// Open ones by age in working days.
    pub ages: Vec<AgeLine>,
    /// Open ones with a limit within the next three working days.
    pub due_soon: i64,
}

/// One step with its limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLine {
    /// Which step.
    pub name: StepName,
    /// Its limit, in words.
    pub limit: String,
    /// What was decided in the window.
    pub step: Step,
    /// Whether any source of the petitions records it; one that none records is outside all ratios.
    pub is_recorded: bool,
}

/// Open petitions of one age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeLine {
    /// Which age.
    pub figure: PetitionFigure,
    /// How many.
    pub open: i64,
}

/// Which petitions are asked for, beside the days.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Agency, level, field and channel: what the records and days were loaded with.
    pub filter: &'a Filter,
    /// Of one kind, or of all.
    pub kind: Option<KindChoice>,
    /// The counters of the whole city, where the filter leaves out a part of it.
    pub city: Option<&'a [PetitionDay]>,
}

/// Makes the page. `days` are the counters of the filter; of one kind there are none, so that it is counted from the
/// petitions themselves.
#[must_use]
pub fn assemble(
    records: &PetitionRecords,
    days: &[PetitionDay],
    asked: Asked<'_>,
    places: &[Place],
    plan: &Plan,
    question: &Question,
    origin: &Origin,
) -> PetitionReport {
    let Asked { filter, kind, city } = asked;
    let of_kind = kind.map(|_| records.days(kind));
    let days = of_kind.as_deref().unwrap_or(days);
    let (window, lang) = (question.window(), origin.lang);
    let target = question.target(plan, Indicator::PetitionsInTime);
    let reading = PetitionsInTime::read(days, window, target);
    let standing = question.not_begun(lang).unwrap_or_else(|| reading.standing(target, lang));
    let now = reading.decided();
    let mut compared = compared::periods(question, now, lang, |from, to| months::decided(days, from, to));
    let of_city = |city| compared::city(question, now, lang, |from, to| months::decided(city, from, to));
    compared.extend(city.and_then(of_city));
    let at = records.at(window);
    let count = |figure: PetitionFigure| {
        i64::try_from(records.of(kind).filter(|petition| figure.counts(petition, &at)).count()).unwrap_or(0)
    };
    PetitionReport {
        period: window_label(question, lang),
        started: Read::of(days, window).inside[Measure::Started],
        target,
        steps: steps(&reading, records, kind, origin),
        compared,
        months: months::chart(days, plan, &standing, question, origin),
        counts: months::counts(days, question, origin),
        signal: series(records, days, question, origin),
        standing,
        agencies: groups::by_agency(records, kind, window, places, filter, lang),
        kinds: groups::by_kind(records, kind, window, lang),
        channels: groups::by_channel(records, kind, window, lang),
        ages: PetitionFigure::AGES.map(|figure| AgeLine { figure, open: count(figure) }).to_vec(),
        due_soon: count(PetitionFigure::OpenDueSoon),
        reading,
    }
}

impl PetitionReport {
    /// What of the page a reader is told.
    #[must_use]
    pub fn told(mut self, told: Told) -> Self {
        if told == Told::EVERYTHING {
            return self;
        }
        let large = |lines: Vec<GroupLine>, is_told: bool| {
            if is_told { keep(lines, GroupLine::all) } else { Vec::new() }
        };
        self.agencies = large(self.agencies, told.agencies);
        self.kinds = large(self.kinds, told.parts);
        self.channels = large(self.channels, told.parts);
        self.months = by_month(self.months, told);
        self.compared = compared_as(self.compared, told);
        if !told.months {
            self.counts = self.counts.held_back();
        }
        if !told.before {
            self.signal = self.signal.held_back();
        }
        self
    }
}

/// The finished months of the petitions asked for.
fn series(records: &PetitionRecords, days: &[PetitionDay], question: &Question, origin: &Origin) -> Series {
    let subtitle = match origin.lang {
        Lang::Vi => {
            format!("Tỷ lệ phản ánh, kiến nghị kịp thời mọi bước, theo tháng ngã ngũ, {}", origin.whom)
        }
        Lang::En => format!("Petitions in time in every step, by month decided, {}", origin.whom),
    };
    let source = words::source(question, origin.is_invented, origin.lang);
    let subject = signal::Subject { subtitle: &subtitle, source };
    let first = days.iter().map(|day| day.day).min();
    signal::series(first, &records.calendar, question, origin, &subject, |from, to| {
        months::decided(days, from, to)
    })
}

fn steps(
    reading: &PetitionsInTime,
    records: &PetitionRecords,
    kind: Option<KindChoice>,
    origin: &Origin,
) -> Vec<StepLine> {
    let is_empty = records.of(kind).next().is_none();
    let line = |name: StepName, step: &Step, records_it: fn(&Recorded) -> bool| StepLine {
        name,
        limit: name.limit(records.limits, origin.lang),
        step: step.clone(),
        is_recorded: is_empty || records.of(kind).any(|of| records_it(&of.record.petition.recorded)),
    };
    vec![
        line(StepName::Received, &reading.received, |recorded| recorded.received),
        line(StepName::Handled, &reading.handled, |recorded| recorded.handled),
        line(StepName::Notified, &reading.notified, |recorded| recorded.notified),
    ]
}

impl PetitionReport {
    /// What a figure of the page says.
    #[must_use]
    pub fn figure(&self, figure: PetitionFigure) -> i64 {
        let reading = &self.reading;
        match figure {
            PetitionFigure::Started => self.started,
            PetitionFigure::InTime => reading.in_time,
            PetitionFigure::Late => reading.late,
            PetitionFigure::Open => reading.open_within_limits,
            PetitionFigure::ReceivedInTime => reading.received.in_time,
            PetitionFigure::ReceivedLate => reading.received.late,
            PetitionFigure::HandledInTime => reading.handled.in_time,
            PetitionFigure::HandledLate => reading.handled.late,
            PetitionFigure::NotifiedInTime => reading.notified.in_time,
            PetitionFigure::NotifiedLate => reading.notified.late,
            PetitionFigure::OpenDueSoon => self.due_soon,
            age => self.ages.iter().find(|line| line.figure == age).map_or(0, |line| line.open),
        }
    }
}
