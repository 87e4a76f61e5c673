//! One index by year: what was known of each year, where the method changed, what is not held, and the target.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    Sources,
    provinces::{self, Provinces, province_name},
    trend,
};
use crate::{
    case_file_report::Origin,
    charts::Chart,
    indicator::{Question, Standing, Yearly},
    lang::Lang,
    plan::Indicator,
    status::Status,
    wire,
    yearly_index::{self, Edition, HANOI, Index, Mark, NATION, Value},
};

/// One index as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexSeries {
    /// Which.
    pub index: Index,
    /// The target in hundredths: a rank, or a percentage.
    pub target: i64,
    /// The target in words.
    pub aim: String,
    /// The decision that set it, where one is in force.
    pub decision: Option<String>,
    /// How the year asked about stands and why.
    pub standing: Standing,
    /// How far the last known value is from the target, in words.
    pub gap: Option<String>,
    /// Every year from the first known one, the newest first; years that are not held too.
    pub years: Vec<YearLine>,
    /// The years whose edition was out and is not held, in words.
    pub missing: Option<String>,
    /// By year against the target.
    #[serde(skip)]
    pub trend: Chart,
    /// The provinces of the newest year of which anything is held.
    pub provinces: Option<Provinces>,
}

/// One year of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearLine {
    /// Which year.
    pub year: i32,
    /// Whether anything is held of it.
    pub is_held: bool,
    /// The rank, unless in conflict.
    pub rank: Option<i32>,
    /// Of how many.
    pub of: Option<i32>,
    /// The score in hundredths, unless in conflict.
    pub score: Option<i64>,
    /// The day it was published, where known.
    #[serde(with = "wire::maybe_day")]
    pub published_on: Option<NaiveDate>,
    /// Who says so, each once.
    pub sources: Vec<String>,
    /// The method's name.
    pub method: Option<String>,
    /// Whether a part was computed rather than read.
    pub is_derived: bool,
    /// What contradicts each other.
    pub conflicts: Vec<Conflict>,
    /// The method before, where this year is the first of another one.
    pub broke_with: Option<String>,
    /// Against the target in force at the year's end; `None` where there was none or the figure is not known.
    pub status: Option<Status>,
    /// The national mean, in hundredths, where published.
    pub nation: Option<i64>,
    /// The first of the ranking, where held and another one.
    pub leader: Option<Leader>,
}

/// What one source says against another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Its rank.
    pub rank: Option<i32>,
    /// Its score in hundredths.
    pub score: Option<i64>,
    /// Who says so.
    pub source: String,
}

/// The province that came first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leader {
    /// Its name.
    pub name: String,
    /// Its score in hundredths, where known.
    pub score: Option<i64>,
}

impl YearLine {
    /// The figure that the target is about: the rank of PAR INDEX, the score of SIPAS.
    #[must_use]
    pub fn judged(&self, index: Index) -> Option<i64> {
        match index {
            Index::ParIndex => self.rank.map(i64::from),
            Index::Sipas => self.score,
        }
    }
}

/// The index's name.
#[must_use]
pub fn name(index: Index) -> &'static str {
    match index {
        Index::ParIndex => "PAR INDEX",
        Index::Sipas => "SIPAS",
    }
}

pub(super) fn assemble(sources: Sources, index: Index, question: &Question, origin: &Origin) -> IndexSeries {
    let lang = origin.lang;
    let indicator = match index {
        Index::ParIndex => Indicator::ParIndex,
        Index::Sipas => Indicator::Sipas,
    };
    let target = question.target(sources.plan, indicator);
    let reading = Yearly::read(sources.editions, index, question, target);
    let oldest_first = years(sources, index, indicator, question.as_of);
    let not_held: Vec<i32> = oldest_first.iter().filter(|line| !line.is_held).map(|line| line.year).collect();
    let newest = oldest_first.iter().rfind(|line| line.is_held).map(|line| line.year);
    let decision = sources.plan.in_force(indicator, question.window().last, None).map(|t| t.source.clone());
    IndexSeries {
        index,
        target,
        aim: aim(index, target, lang),
        decision,
        standing: standing(&reading, &oldest_first, index, question, target, lang),
        gap: gap(&oldest_first, index, target, lang),
        missing: missing(&not_held, lang),
        trend: trend::chart(&oldest_first, index, question, target, lang),
        provinces: newest.map(|year| provinces::table(sources.editions, index, year, question.as_of)),
        years: oldest_first.into_iter().rev().collect(),
    }
}

fn years(sources: Sources, index: Index, indicator: Indicator, as_of: NaiveDate) -> Vec<YearLine> {
    let known = yearly_index::known(sources.editions, index, HANOI, as_of);
    let nation = yearly_index::known(sources.editions, index, NATION, as_of);
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return Vec::new() };
    let end = yearly_index::missing_after(last.year, as_of).last().copied().unwrap_or(last.year);
    let mut method: Option<String> = None;
    let mut lines = Vec::new();
    for year in first.year..=end {
        let value = known.iter().find(|value| value.year == year);
        let mut line = line(value, year, sources.editions, index, as_of);
        line.nation = nation.iter().find(|value| value.year == year).and_then(|value| value.score);
        line.leader = leader(sources.editions, index, year, as_of);
        let target = NaiveDate::from_ymd_opt(year, 12, 31)
            .and_then(|day| sources.plan.in_force(indicator, day, None))
            .map(|target| target.value);
        line.status = target.zip(line.judged(index)).map(|(target, value)| stands(index, value, target));
        line.broke_with = match (&method, &line.method) {
            (Some(was), Some(now)) if was != now => Some(was.clone()),
            _ => None,
        };
        method = line.method.clone().or(method);
        lines.push(line);
    }
    lines
}

fn line(value: Option<&Value>, year: i32, editions: &[Edition], index: Index, as_of: NaiveDate) -> YearLine {
    let of_year = || {
        let here = |e: &&Edition| e.index == index && e.year == year && e.province_code == HANOI;
        editions.iter().filter(here).filter(|edition| edition.known_from() <= as_of)
    };
    let mut sources: Vec<String> = Vec::new();
    for source in of_year().flat_map(|edition| edition.source.split("; ")) {
        if !sources.iter().any(|known| known == source) {
            sources.push(source.to_owned());
        }
    }
    let conflicts = of_year()
        .filter(|edition| edition.mark == Mark::Conflict)
        .map(|e| Conflict { rank: e.rank, score: e.score, source: e.source.clone() })
        .collect();
    YearLine {
        year,
        is_held: value.is_some(),
        rank: value.and_then(|value| value.rank),
        of: value.and_then(|value| value.of),
        score: value.and_then(|value| value.score),
        published_on: value.and_then(|value| value.published_on),
        sources,
        method: value.and_then(|value| value.method.clone()),
        is_derived: value.is_some_and(|value| value.is_derived),
        conflicts,
        broke_with: None,
        status: None,
        nation: None,
        leader: None,
    }
}

/// The first of the ranking: only a rank of 1 says so, not being the best of the few that are held.
fn leader(editions: &[Edition], index: Index, year: i32, as_of: NaiveDate) -> Option<Leader> {
    let (code, value) = provinces::of_year(editions, index, year, as_of).into_iter().next()?;
    (value.rank == Some(1)).then(|| Leader { name: province_name(&code).to_owned(), score: value.score })
}

fn stands(index: Index, value: i64, target: i64) -> Status {
    let is_met = match index {
        Index::ParIndex => value * 100 <= target,
        Index::Sipas => value >= target,
    };
    if is_met { Status::Met } else { Status::Missed }
}

pub(super) fn aim(index: Index, target: i64, lang: Lang) -> String {
    match (index, lang) {
        (Index::ParIndex, Lang::Vi) => format!("nhóm {} tỉnh, thành phố đứng đầu", target / 100),
        (Index::ParIndex, Lang::En) => format!("among the first {} provinces", target / 100),
        (Index::Sipas, Lang::Vi) => format!("tối thiểu {}", lang.percent_short(target)),
        (Index::Sipas, Lang::En) => format!("at least {}", lang.percent_short(target)),
    }
}

fn standing(
    reading: &Yearly,
    years: &[YearLine],
    index: Index,
    question: &Question,
    target: i64,
    lang: Lang,
) -> Standing {
    let year = question.window().last.year();
    let aim = aim(index, target, lang);
    let is_contested = years.iter().any(|line| line.year == year && !line.conflicts.is_empty());
    let sentence = match (reading.status, reading.year) {
        (Status::Met, _) => lang.of(
            format!("Kết quả {year} đạt chỉ tiêu {aim}."),
            format!("The result of {year} meets the target: {aim}."),
        ),
        (Status::Missed, _) => lang.of(
            format!("Kết quả {year} không đạt chỉ tiêu {aim}."),
            format!("The result of {year} misses the target: {aim}."),
        ),
        (_, Some(last)) if last == year && is_contested => lang.of(
            format!("Các nguồn nói khác nhau về kết quả {year}: chưa kết luận được."),
            format!("Sources contradict each other on the result of {year}: nothing can be concluded."),
        ),
        (_, Some(last)) if last == year => lang.of(
            format!("Kết quả {year} mới có hạng, chưa có điểm số."),
            format!("Of the result of {year} only the rank is held, not the score."),
        ),
        (Status::NotPublished, _) => lang.of(
            format!("Kết quả {year} sẽ được công bố vào khoảng tháng 4/{}.", year + 1),
            format!("The result of {year} will be published around April {}.", year + 1),
        ),
        (_, Some(last)) => lang.of(
            format!("Chưa có kết quả {year}; số liệu gần nhất có được: {last}."),
            format!("The result of {year} is not held; the latest is that of {last}."),
        ),
        (_, None) => nothing_known(question.as_of, lang),
    };
    Standing { status: reading.status, sentence }
}

pub(super) fn nothing_known(as_of: NaiveDate, lang: Lang) -> String {
    let day = lang.date(as_of);
    lang.of(
        format!("Chưa có số liệu nào được công bố tính đến {day}."),
        format!("Nothing had been published by {day}."),
    )
}

/// The distance of the last judged year from the target.
fn gap(years: &[YearLine], index: Index, target: i64, lang: Lang) -> Option<String> {
    let line = years.iter().rfind(|line| line.judged(index).is_some())?;
    let (year, value) = (line.year, line.judged(index)?);
    let said = match index {
        Index::ParIndex => {
            let places = target / 100 - value;
            let count = lang.count(places.abs(), "bậc", "place", "places");
            match (places >= 0, lang) {
                (true, Lang::Vi) => format!("{year}: trong chỉ tiêu, còn cách ngưỡng {count}"),
                (true, Lang::En) => format!("{year}: within the target, {count} to spare"),
                (false, Lang::Vi) => format!("{year}: còn thiếu {count}"),
                (false, Lang::En) => format!("{year}: {count} short"),
            }
        }
        Index::Sipas => {
            let points = lang.hundredths((value - target).abs());
            match (value >= target, lang) {
                (true, Lang::Vi) => format!("{year}: cao hơn chỉ tiêu {points} điểm"),
                (true, Lang::En) => format!("{year}: {points} points above the target"),
                (false, Lang::Vi) => format!("{year}: thiếu {points} điểm"),
                (false, Lang::En) => format!("{year}: {points} points short"),
            }
        }
    };
    Some(said)
}

/// Years in a row are named by the first and the last.
fn missing(years: &[i32], lang: Lang) -> Option<String> {
    let runs: Vec<String> = years
        .chunk_by(|a, b| a + 1 == *b)
        .map(|run| match run {
            [only] => only.to_string(),
            [first, .., last] => format!("{first}–{last}"),
            [] => String::new(),
        })
        .collect();
    (!runs.is_empty()).then(|| {
        let runs = runs.join(", ");
        lang.of(
            format!("Đã công bố nhưng chưa có số liệu: {runs}."),
            format!("Published, but not held here: {runs}."),
        )
    })
}
