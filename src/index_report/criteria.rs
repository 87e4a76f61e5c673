//! How the city scores itself by the criteria of the PAR INDEX: points, evidence, deadlines, and what is at risk.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Sources;
use crate::{criterion::Criterion, lang::Lang, wire};

/// What the criteria bring in all, hundredths of a point: the other 32 of 100 are a survey (QĐ 876/QĐ-BNV).
pub const FRAME: i64 = 6_800;
/// So many days before its deadline a criterion without evidence is at risk.
const SOON: i64 = 30;

/// The criteria and their sums. Points in hundredths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracker {
    /// The day from which deadlines are seen.
    #[serde(with = "wire::day")]
    pub as_of: NaiveDate,
    /// The most they can bring.
    pub max_points: i64,
    /// What the plan counts on.
    pub planned: i64,
    /// What the city gives itself.
    pub achieved: i64,
    /// How many are not scored yet.
    pub unscored: i64,
    /// How many are at risk.
    pub at_risk: i64,
    /// Said where the points do not add up to the frame.
    pub warning: Option<String>,
    /// In the order of the form.
    pub lines: Vec<CriterionLine>,
    /// By agency in charge, most at risk first.
    pub owners: Vec<OwnerLine>,
}

/// One criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionLine {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Option<String>,
    /// The most it can bring.
    pub max_points: Option<i64>,
    /// What the plan counts on.
    pub planned: Option<i64>,
    /// What the city gives itself.
    pub achieved: Option<i64>,
    /// The document that proves it.
    pub evidence: Option<String>,
    /// The agency in charge.
    pub owner: Option<String>,
    /// When it has to be done.
    #[serde(with = "wire::maybe_day")]
    pub due_on: Option<NaiveDate>,
    /// How far that is.
    pub deadline: Deadline,
    /// Why it is at risk.
    pub risk: Option<Risk>,
}

/// How far a deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deadline {
    /// Nobody set one.
    None,
    /// The points are reached and the evidence is there.
    Done,
    /// So many days are left; none on the day itself.
    Left(i64),
    /// So many days over.
    Overdue(i64),
}

/// Why a criterion is at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Risk {
    /// The deadline is over and the planned points are not reached.
    Behind,
    /// The deadline is near or over and there is no evidence.
    NoEvidence,
}

/// The criteria of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerLine {
    /// Its name; `None` where nobody is in charge.
    pub owner: Option<String>,
    /// How many criteria.
    pub criteria: i64,
    /// The most they can bring.
    pub max_points: i64,
    /// What the plan counts on.
    pub planned: i64,
    /// What it gives itself.
    pub achieved: i64,
    /// How many are at risk.
    pub at_risk: i64,
}

pub(super) fn assemble(sources: Sources, as_of: NaiveDate, lang: Lang) -> Tracker {
    let lines: Vec<CriterionLine> = sources.criteria.iter().map(|of| line(of, as_of)).collect();
    let all = sum_of(None, &lines.iter().collect::<Vec<_>>());
    Tracker {
        as_of,
        max_points: all.max_points,
        planned: all.planned,
        achieved: all.achieved,
        unscored: count(lines.iter().filter(|line| line.achieved.is_none())),
        at_risk: all.at_risk,
        warning: warning(sources, all.max_points, lang),
        owners: owners(&lines),
        lines,
    }
}

fn line(criterion: &Criterion, as_of: NaiveDate) -> CriterionLine {
    // Where nothing was planned, all there is counts as the plan.
    let aim = criterion.planned.or(criterion.max_points).unwrap_or(0);
    let is_reached = criterion.achieved.is_some_and(|achieved| achieved >= aim);
    let has_evidence = criterion.evidence.as_ref().is_some_and(|evidence| !evidence.trim().is_empty());
    let left = criterion.due_on.map(|due| due.signed_duration_since(as_of).num_days());
    let risk = match left {
        Some(left) if left < 0 && !is_reached => Some(Risk::Behind),
        Some(left) if left <= SOON && !has_evidence => Some(Risk::NoEvidence),
        _ => None,
    };
    let deadline = match left {
        _ if is_reached && has_evidence => Deadline::Done,
        None => Deadline::None,
        Some(left) if left < 0 => Deadline::Overdue(-left),
        Some(left) => Deadline::Left(left),
    };
    CriterionLine {
        code: criterion.code.clone(),
        name: criterion.name.clone(),
        max_points: criterion.max_points,
        planned: criterion.planned,
        achieved: criterion.achieved,
        evidence: criterion.evidence.clone().filter(|_| has_evidence),
        owner: criterion.owner_name.clone().or_else(|| criterion.owner_code.clone()),
        due_on: criterion.due_on,
        deadline,
        risk,
    }
}

fn count<T>(all: impl Iterator<Item = T>) -> i64 {
    i64::try_from(all.count()).unwrap_or(i64::MAX)
}

fn sum_of(owner: Option<String>, lines: &[&CriterionLine]) -> OwnerLine {
    let sum = |points: fn(&CriterionLine) -> Option<i64>| lines.iter().filter_map(|line| points(line)).sum();
    OwnerLine {
        owner,
        criteria: count(lines.iter()),
        max_points: sum(|line| line.max_points),
        planned: sum(|line| line.planned),
        achieved: sum(|line| line.achieved),
        at_risk: count(lines.iter().filter(|line| line.risk.is_some())),
    }
}

fn owners(lines: &[CriterionLine]) -> Vec<OwnerLine> {
    let mut names: Vec<Option<String>> = lines.iter().map(|line| line.owner.clone()).collect();
    names.sort_unstable();
    names.dedup();
    let of_owner = |owner: Option<String>| {
        let own: Vec<&CriterionLine> = lines.iter().filter(|line| line.owner == owner).collect();
        sum_of(owner, &own)
    };
    let mut owners: Vec<OwnerLine> = names.into_iter().map(of_owner).collect();
    owners.sort_by_key(|line| (-line.at_risk, line.achieved - line.planned));
    owners
}

fn warning(sources: Sources, max_points: i64, lang: Lang) -> Option<String> {
    let is_off = sources.criteria_are_whole && !sources.criteria.is_empty() && max_points != FRAME;
    is_off.then(|| {
        let (entered, frame) = (lang.hundredths_short(max_points), lang.hundredths_short(FRAME));
        lang.of(
            format!("Tổng điểm tối đa nhập vào là {entered}, khung là {frame}."),
            format!("The points entered add up to {entered}, the frame has {frame}."),
        )
    })
}
