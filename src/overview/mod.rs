//! What the overview shows: the finding, the five targets, what can still be saved, and who makes up the gap.

mod cards;
mod sparks;
mod yearly;

use serde::{Deserialize, Serialize};

use self::{
    cards::{dialogues_card, petitions_card, returns_card},
    yearly::yearly_card,
};
use crate::{
    agency::Level,
    case_file::Measure,
    case_file_report::{self, AgencyLine, AgencyRead, Origin},
    charts::{Chart, Kind},
    counts::Read,
    dialogue_report::{IssueFigure, Only},
    disclosure::{self, Told},
    filter::Measured,
    indicator::{self, Facts, Question, Standing},
    lang::Lang,
    outlook::{Asked, assemble_outlook},
    period::Period,
    petition_report::PetitionFigure,
    plan::Indicator,
    rate::Rate,
    status::Status,
    working_days::WorkingDays,
    yearly_index::Index,
};

/// How many agencies the overview names as making up the gap.
const NAMED: usize = 7;

/// The whole page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The finding in one sentence: the page's heading.
    pub heading: String,
    /// Two or three sentences on what happened last and what can be done.
    pub summary: String,
    /// The five targets.
    pub cards: Vec<Card>,
    /// Open files by the working days left.
    pub rescue: Rescue,
    /// Who makes up the gap, the first few.
    pub gap: Vec<GapLine>,
    /// All late files of the window.
    pub late: i64,
    /// The rate by month against the target.
    #[serde(skip)]
    pub months: Chart,
}

/// One target: its value, its gap, its status, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Of what.
    pub indicator: Indicator,
    /// The target with the decision that set it: `Chỉ tiêu 100 %`.
    pub target: String,
    /// The decision.
    pub decision: Option<String>,
    /// The figure, without its unit; `None` where there is none.
    pub value: Option<String>,
    /// What stands after the figure.
    pub unit: String,
    /// Its numerator and denominator, or its year and publication.
    pub detail: String,
    /// How it stands and why.
    pub standing: Standing,
    /// What stands under the status: the gap, the days left, the month of publication.
    pub gap: String,
    /// Against the same period a year before, with its label.
    pub compared: Option<String>,
    /// The small trend; dialogues have bars instead.
    #[serde(skip)]
    pub spark: Option<Chart>,
    /// Held and obliged by half-year.
    pub half_years: Vec<HalfYear>,
    /// What is open, and what can be done.
    pub next: Vec<Remark>,
}

/// A sentence about a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The sentence.
    pub said: String,
    /// The rows it counts, where it counts any.
    #[serde(skip)]
    pub opens: Option<Opens>,
    /// Where those stand; filled in by who knows the addresses of pages.
    pub rows: Option<String>,
}

/// The rows behind a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// Case files.
    CaseFiles(Measured),
    /// Petitions.
    Petitions(PetitionFigure),
    /// Offices by their dialogues, in a half-year.
    Offices(Only, Period),
    /// Issues of dialogues.
    Issues(IssueFigure),
}

impl Remark {
    fn plain(said: impl Into<String>) -> Self {
        Self { said: said.into(), opens: None, rows: None }
    }

    fn opening(opens: Opens, said: impl Into<String>) -> Self {
        Self { said: said.into(), opens: Some(opens), rows: None }
    }
}

/// One half-year's bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfYear {
    /// Which.
    pub period: Period,
    /// `6 tháng đầu`.
    pub label: String,
    /// Offices with a dialogue that counts.
    pub held: i64,
    /// Offices that owe one.
    pub obliged: i64,
}

/// Open files by working days left, and those past their due date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescue {
    /// No working day left after this one.
    pub today: i64,
    /// One.
    pub one: i64,
    /// Two or three.
    pub three: i64,
    /// Four or five.
    pub five: i64,
    /// Past the due date already.
    pub overdue: i64,
}

/// An agency's part of the gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapLine {
    /// The agency's code.
    pub code: String,
    /// The agency's name.
    pub name: String,
    /// Its level, where these are the files at its own desk alone.
    pub own_desk: Option<Level>,
    /// Its late files.
    pub late: i64,
    /// The share of it and all before it in the whole, in hundredths of a percent, floored.
    pub cumulated: i64,
}

/// Makes the page.
#[must_use]
pub fn assemble(
    facts: &Facts,
    agencies: Vec<AgencyRead>,
    calendar: &WorkingDays,
    question: &Question,
    origin: &Origin,
) -> Overview {
    let outlook = assemble_outlook(
        &facts.case_files,
        &facts.plan,
        calendar,
        question,
        &agencies,
        &Asked::default(),
        origin,
    );
    let readings = indicator::read(facts, question);
    let report = case_file_report::assemble(&facts.case_files, None, agencies, &facts.plan, question, origin);
    let rescue = rescue(facts, question);
    let late = report.official.late;
    let gap = gap(&report.agencies, late);
    let cards = vec![
        returns_card(facts, question, &readings, &report, outlook.as_ref(), origin.lang),
        petitions_card(facts, question, origin, &readings),
        dialogues_card(facts, question, &readings.dialogues_held, origin.lang),
        yearly_card(facts, question, origin, Index::ParIndex, &readings.par_index),
        yearly_card(facts, question, origin, Index::Sipas, &readings.sipas),
    ];
    Overview {
        heading: heading(&cards, question, origin.lang),
        summary: summary(&report.months, &gap, late, &rescue, question, origin.lang),
        cards,
        rescue,
        gap,
        late,
        months: report.months,
    }
}

impl Overview {
    /// What of the page a reader is told: `files` of case files, `petitions` of petitions; `None` where those are too few.
    #[must_use]
    pub fn told(mut self, files: Told, petitions: Option<Told>, lang: Lang) -> Self {
        if files == Told::EVERYTHING {
            return self;
        }
        if !files.agencies {
            self.gap.clear();
        }
        if !files.months {
            self.summary = disclosure::note(lang).to_owned();
        }
        self.months = case_file_report::by_month(self.months, files);
        for card in &mut self.cards {
            match (card.indicator, petitions) {
                (Indicator::OnTimeReturns, _) => card.hold_back(files),
                (Indicator::PetitionsInTime, Some(told)) => card.hold_back(told),
                (Indicator::PetitionsInTime, None) => {
                    let said = lang.of(
                        "Dưới 5 phản ánh, kiến nghị: không công khai",
                        "Fewer than 5 petitions: not public",
                    );
                    card.hold_back(Told { months: false, before: false, ..files });
                    card.standing.sentence = said.to_owned();
                    card.detail = said.to_owned();
                }
                _ => {}
            }
        }
        self
    }
}

impl Card {
    /// Takes away what the public is not told.
    fn hold_back(&mut self, told: Told) {
        if !told.before {
            self.compared = None;
        }
        if !told.months {
            self.spark = None;
        }
        // What opens rows counts them; the other remarks name a day, or reckon with other periods.
        self.next.retain(|remark| remark.opens.is_some());
    }
}

/// `Đến 30/09/2023: hai chỉ tiêu không đạt, một chưa đến hạn, hai chưa công bố`.
fn heading(cards: &[Card], question: &Question, lang: Lang) -> String {
    let window = question.window();
    let day = lang.date(window.last);
    if let Some(standing) = question.not_begun(lang) {
        return standing.sentence;
    }
    let standings = standings(cards, lang);
    match lang {
        Lang::Vi => format!("Đến {day}: {standings}"),
        Lang::En => format!("By {day}: {standings}"),
    }
}

impl Overview {
    /// How many targets stand how: `hai chỉ tiêu không đạt, một chưa đến hạn`.
    #[must_use]
    pub fn standings(&self, lang: Lang) -> String {
        standings(&self.cards, lang)
    }
}

fn standings(cards: &[Card], lang: Lang) -> String {
    let order = [
        Status::Missed,
        Status::AtRisk,
        Status::Met,
        Status::NotDue,
        Status::NotPublished,
        Status::NoData,
        Status::NotApplicable,
    ];
    let mut parts: Vec<String> = Vec::new();
    for status in order {
        let count = cards.iter().filter(|card| card.standing.status == status).count();
        if count > 0 {
            let is_first = parts.is_empty();
            let words = status.label(lang).to_lowercase();
            let count_words = in_words(count, lang);
            parts.push(match lang {
                Lang::Vi if is_first => format!("{count_words} chỉ tiêu {words}"),
                Lang::En if is_first && count == 1 => format!("{count_words} target {words}"),
                Lang::En if is_first => format!("{count_words} targets {words}"),
                _ => format!("{count_words} {words}"),
            });
        }
    }
    parts.join(", ")
}

fn in_words(count: usize, lang: Lang) -> &'static str {
    lang.of(["không", "một", "hai", "ba", "bốn", "cả năm"], ["no", "one", "two", "three", "four", "all five"])
        [count.min(5)]
}

fn summary(
    months: &Chart,
    gap: &[GapLine],
    late: i64,
    rescue: &Rescue,
    question: &Question,
    lang: Lang,
) -> String {
    let mut said = Vec::new();
    if let Kind::Trend(trend) = &months.kind
        && let Some(last) = trend.points.iter().rfind(|point| point.value.is_some())
    {
        said.push(format!("{}: {}.", last.name, last.detail));
    }
    if let (Some(last), true) = (gap.last(), late > 0) {
        let share = last.cumulated / 100;
        let share = match (gap.len(), last.cumulated, lang) {
            (1, _, Lang::Vi) => format!("{} có {share}\u{a0}% số hồ sơ trễ.", last.name),
            (1, _, Lang::En) => format!("{} has {share}% of the late case files.", last.name),
            (n, 10_000, Lang::Vi) => format!("{n} đơn vị có hồ sơ trễ."),
            (n, 10_000, Lang::En) => format!("{n} offices have late case files."),
            (n, _, Lang::Vi) => format!("{n} đơn vị chiếm {share}\u{a0}% số hồ sơ trễ."),
            (n, _, Lang::En) => format!("{n} offices make up {share}% of the late case files."),
        };
        // The sentence before is about a month.
        let period = question.period.map(|period| format!("{}: ", period.label(lang))).unwrap_or_default();
        said.push(format!("{period}{share}"));
    }
    let soon = rescue.today + rescue.one + rescue.three + rescue.five;
    if soon > 0 {
        let files = lang.count(soon, "hồ sơ", "case file", "case files");
        said.push(match lang {
            Lang::Vi => format!("{files} tới hạn trong 5 ngày làm việc còn cứu được."),
            Lang::En => format!("{files} due within 5 working days can still be saved."),
        });
    }
    said.join(" ")
}

fn rescue(facts: &Facts, question: &Question) -> Rescue {
    let read = Read::of(&facts.case_files, question.window());
    Rescue {
        today: read.at_end(Measure::DueIn0),
        one: read.at_end(Measure::DueIn1),
        three: read.at_end(Measure::DueIn3),
        five: read.at_end(Measure::DueIn5),
        overdue: read.at_end(Measure::OpenOverdue),
    }
}

fn gap(agencies: &[AgencyLine], late: i64) -> Vec<GapLine> {
    let mut so_far = 0;
    agencies
        .iter()
        .filter(|line| line.official.late > 0)
        .take(NAMED)
        .map(|line| {
            so_far += line.official.late;
            let cumulated = Rate::new(so_far.min(late), late).floored().unwrap_or(0);
            GapLine {
                code: line.code.clone(),
                name: line.name.clone(),
                own_desk: line.is_own_desk.then_some(line.level),
                late: line.official.late,
                cumulated,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{
        case_file::{CaseFileCounts, CaseFileDay},
        period::Cycle,
        yearly_index::{Edition, HANOI, Mark},
    };

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    fn facts() -> Facts {
        let mut counts = CaseFileCounts::default();
        counts[Measure::Early] = 999;
        counts[Measure::Late] = 1;
        let edition = Edition {
            index: Index::ParIndex,
            year: 2022,
            province_code: HANOI.to_owned(),
            rank: Some(3),
            of: Some(63),
            score: Some(8_958),
            published_on: Some(on("2023-04-19")),
            source: "báo".to_owned(),
            method: None,
            mark: Mark::Found,
        };
        Facts {
            case_files: vec![CaseFileDay { day: on("2023-01-03"), counts }],
            editions: vec![edition],
            ..Facts::default()
        }
    }

    fn overview(as_of: &str) -> Overview {
        let question =
            Question { as_of: on(as_of), cycle: Cycle::Calendar, period: "2023".parse().ok(), agency: None };
        let origin = Origin { is_invented: false, whom: "toàn thành phố".to_owned(), lang: Lang::Vi };
        assemble(&facts(), Vec::new(), &WorkingDays::default(), &question, &origin)
    }

    #[test]
    fn the_heading_counts_the_targets_by_how_they_stand() {
        let page = overview("2023-09-30");
        assert_eq!(
            page.heading,
            "Đến 30/09/2023: một chỉ tiêu không đạt, hai chưa công bố, hai chưa có số liệu"
        );
    }

    #[test]
    fn a_period_that_has_no_data_yet_says_so() {
        let question = Question {
            as_of: on("2023-12-31"),
            cycle: Cycle::Calendar,
            period: "2024".parse().ok(),
            agency: None,
        };
        let origin = Origin { is_invented: false, whom: "toàn thành phố".to_owned(), lang: Lang::Vi };
        let page = assemble(&facts(), Vec::new(), &WorkingDays::default(), &question, &origin);
        assert_eq!(page.heading, "Năm 2024 chưa có số liệu; số liệu gần nhất đến 31/12/2023");
    }

    #[test]
    fn a_value_that_cannot_be_known_yet_is_said_so() {
        let page = overview("2023-09-30");
        let par = &page.cards[3];
        assert_eq!((par.value.as_deref(), par.unit.as_str()), (Some("3"), "/\u{a0}63"));
        assert_eq!(par.detail, "kết quả 2022, công bố 19/04/2023");
        assert_eq!(par.gap, "kết quả 2023: khoảng tháng 4/2024");
        let before = overview("2023-04-18");
        assert_eq!(before.cards[3].value, None);
        assert_eq!(before.cards[3].detail, "chưa có số liệu");
    }

    #[test]
    fn the_first_late_file_of_the_year_ends_the_hope_for_100_percent() {
        let page = overview("2023-09-30");
        let said: Vec<&str> = page.cards[0].next.iter().map(|remark| remark.said.as_str()).collect();
        assert!(
            said.iter().any(|said| said.contains("năm 2023 không thể đạt nữa từ 03/01/2023")),
            "{said:?}"
        );
        assert_eq!(page.cards[0].value.as_deref(), Some("99,90"));
        assert_eq!(page.cards[0].gap, "thiếu 0,10 điểm");
    }
}
