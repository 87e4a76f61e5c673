//! To year end: how many late files the target still bears, what can still be reached, and what the year ends at under
//! an assumption. Closed formulas on whole numbers; rates are in hundredths of a percent.

mod expected;
mod page;
#[cfg(test)]
mod tests;
mod words;

use serde::{Deserialize, Serialize};

pub use self::{
    expected::{Expected, Source, expected, lost_on},
    page::{Asked, CaseFileOutlook, Figure, assemble_outlook},
    words::what_if_sentence,
};
use crate::rate::Rate;

/// All of a hundred percent.
const WHOLE: i64 = 10_000;

/// Where the year stands, and how much of it is still to come.
///
/// Invariant: nothing is negative, and `open_overdue <= rest`: what is overdue will be done this year, and late.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Done in time this year.
    pub ok: i64,
    /// Done late this year.
    pub late: i64,
    /// Open past their due date: late when done.
    pub open_overdue: i64,
    /// Timed files still to come this year, the overdue ones among them.
    pub rest: i64,
    /// The target.
    pub target: i64,
    /// Late files that agencies have beyond the median share, most first; only those that have some.
    pub excess: Vec<i64>,
    /// The late files of all these agencies.
    pub agencies_late: i64,
}

/// What is assumed of the rest of the year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumption {
    /// How many timed files are still to come.
    pub rest: i64,
    /// The rate of those.
    pub rest_rate: i64,
    /// How many agencies, worst first, come down to the median share of late files.
    pub improved: usize,
}

/// What the rest of the year has to be like for the year to reach the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Needed {
    /// At least this rate; zero is any.
    Rate(i64),
    /// No rate is enough.
    NotReachable,
}

impl Basis {
    /// Where a year stands. While it runs, the overdue files are still to come; when it is over, they are next year's.
    #[must_use]
    pub fn new(timed: Rate, open_overdue: i64, rest: i64, is_over: bool, target: i64) -> Self {
        let open_overdue = if is_over { 0 } else { open_overdue.max(0) };
        Self {
            ok: timed.hits,
            late: timed.misses(),
            open_overdue,
            rest: if is_over { 0 } else { rest.max(open_overdue) },
            target,
            ..Self::default()
        }
    }

    /// The same with its agencies, each as (done, of them late).
    #[must_use]
    pub fn with_agencies(self, agencies: &[Rate]) -> Self {
        Self {
            excess: excess(agencies),
            agencies_late: agencies.iter().map(|rate| rate.misses()).sum(),
            ..self
        }
    }

    /// The timed files of the whole year.
    #[must_use]
    pub fn expected(&self) -> i64 {
        self.ok + self.late + self.rest
    }

    /// How many files may be late in the whole year.
    #[must_use]
    pub fn allowance(&self) -> i64 {
        part(self.expected(), WHOLE - self.target)
    }

    /// How many more files may become late; negative is overspent.
    #[must_use]
    pub fn late_budget(&self) -> i64 {
        self.allowance() - self.late - self.open_overdue
    }

    /// The best the year can still end at: all that is to come in time, but for what is overdue already.
    #[must_use]
    pub fn best(&self) -> Rate {
        Rate::new(self.ok + self.rest - self.open_overdue, self.expected())
    }

    /// What the rest has to be like.
    #[must_use]
    pub fn needed(&self) -> Needed {
        let hits = part_up(self.expected(), self.target) - self.ok;
        if hits > self.rest - self.open_overdue {
            Needed::NotReachable
        } else if hits <= 0 {
            Needed::Rate(0)
        } else {
            let rate =
                (i128::from(hits) * i128::from(WHOLE) + i128::from(self.rest) - 1) / i128::from(self.rest);
            Needed::Rate(i64::try_from(rate).unwrap_or(WHOLE))
        }
    }
}

/// What the year ends at under an assumption. No assumption brings back what is overdue already.
#[must_use]
pub fn what_if(basis: &Basis, assumption: &Assumption) -> Rate {
    let rest = assumption.rest.max(basis.open_overdue);
    let late = rest - part(rest, assumption.rest_rate.clamp(0, WHOLE));
    let excess: i64 = basis.excess.iter().take(assumption.improved).sum();
    let saved = if basis.agencies_late > 0 { scaled(late, excess, basis.agencies_late) } else { 0 };
    let late = (late - saved).max(basis.open_overdue);
    Rate::new(basis.ok + rest - late, basis.ok + basis.late + rest)
}

/// What each agency has beyond the median share of late files, most first. Of two in the middle the better is the
/// median, so that with two agencies the worse has something to learn.
fn excess(agencies: &[Rate]) -> Vec<i64> {
    let mut judged: Vec<Rate> = agencies.iter().copied().filter(|rate| rate.all > 0).collect();
    judged.sort_by(|a, b| {
        let (left, right) =
            (i128::from(a.misses()) * i128::from(b.all), i128::from(b.misses()) * i128::from(a.all));
        left.cmp(&right)
    });
    let Some(median) = judged.get(judged.len().saturating_sub(1) / 2).copied() else { return Vec::new() };
    let usual = |rate: &Rate| rate.all - scaled(rate.all, median.hits, median.all);
    let mut excess: Vec<i64> =
        judged.iter().map(|rate| rate.misses() - usual(rate)).filter(|more| *more > 0).collect();
    excess.sort_unstable_by(|a, b| b.cmp(a));
    excess
}

/// `n * share / whole`, floored.
fn scaled(n: i64, share: i64, whole: i64) -> i64 {
    i64::try_from(i128::from(n) * i128::from(share) / i128::from(whole)).unwrap_or(i64::MAX)
}

/// A share of a number in hundredths of a percent, floored.
fn part(n: i64, rate: i64) -> i64 {
    scaled(n, rate, WHOLE)
}

/// The same, rounded up.
fn part_up(n: i64, rate: i64) -> i64 {
    n - part(n, WHOLE - rate)
}
