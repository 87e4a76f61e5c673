//! A rate beside others: the period before, the same one a year before, and the whole city, each with its dates.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    indicator::Question,
    lang::Lang,
    period::{Period, Unit},
    rate::Rate,
};

/// Another rate beside this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// `Quý IV/2022 (01/10/2022–31/12/2022)`.
    pub label: String,
    /// Its rate.
    pub rate: Rate,
    /// This rate less that one, in hundredths of a point; `None` where either has no data.
    pub change: Option<i64>,
    /// Whether it is the whole city on the same days.
    #[serde(skip)]
    pub is_city: bool,
}

impl Compared {
    fn new(label: String, now: Rate, rate: Rate) -> Self {
        let change = now.floored().zip(rate.floored()).map(|(now, then)| now - then);
        Self { label, rate, change, is_city: false }
    }
}

/// The period before and the same one a year before, each as long into its days as this one is. A year has one before it
/// and no other.
pub fn periods(
    question: &Question,
    now: Rate,
    lang: Lang,
    rate_of: impl Fn(NaiveDate, NaiveDate) -> Rate,
) -> Vec<Compared> {
    let Some(period) = question.period else { return Vec::new() };
    let cycle = question.cycle;
    let gone = (question.window().last - period.from(cycle)).num_days();
    let Ok(gone) = u64::try_from(gone) else { return Vec::new() };
    let is_over = question.as_of >= period.to(cycle);
    let mut others = vec![period.previous()];
    if period.unit() != Unit::Year {
        others.push(period.same_last_year());
    }
    others
        .into_iter()
        .map(|other| {
            let from = other.from(cycle);
            let to = if is_over { other.to(cycle) } else { (from + Days::new(gone)).min(other.to(cycle)) };
            Compared::new(dated(&other.label(lang), from, to, lang), now, rate_of(from, to))
        })
        .collect()
}

/// The whole city on the same days; nothing where no period is asked for.
pub fn city(
    question: &Question,
    now: Rate,
    lang: Lang,
    rate_of: impl Fn(NaiveDate, NaiveDate) -> Rate,
) -> Option<Compared> {
    let window = question.window();
    let from = window.from.filter(|from| *from <= window.last)?;
    let name = lang.of("Toàn thành phố", "The whole city");
    let label = dated(name, from, window.last, lang);
    Some(Compared { is_city: true, ..Compared::new(label, now, rate_of(from, window.last)) })
}

fn dated(name: &str, from: NaiveDate, to: NaiveDate, lang: Lang) -> String {
    format!("{name} ({}–{})", lang.date(from), lang.date(to))
}

/// The months of the year that holds the period asked for.
pub fn months_of_year(question: &Question) -> impl Iterator<Item = Period> {
    use chrono::Datelike as _;
    let year = question.period.map_or(question.as_of.year(), Period::year);
    let year = year.to_string().parse::<Period>();
    year.into_iter().flat_map(|year| year.split(Unit::Month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Cycle;

    fn question(period: &str, as_of: &str) -> Question {
        let as_of = as_of.parse().expect("a date");
        Question { as_of, cycle: Cycle::Calendar, period: period.parse().ok(), agency: None }
    }

    #[test]
    fn a_running_quarter_is_held_against_as_many_days_of_the_others() {
        let others = periods(&question("2023-Q2", "2023-05-10"), Rate::new(9, 10), Lang::Vi, |from, to| {
            Rate::new((to - from).num_days(), 100)
        });
        let labels: Vec<&str> = others.iter().map(|other| other.label.as_str()).collect();
        assert_eq!(labels, ["Quý I/2023 (01/01/2023–09/02/2023)", "Quý II/2022 (01/04/2022–10/05/2022)"]);
        assert_eq!(others[0].change, Some(9_000 - 3_900));
    }

    #[test]
    fn the_city_is_read_on_the_same_days() {
        let city = city(&question("2023-Q2", "2023-05-10"), Rate::new(1, 2), Lang::En, |from, to| {
            assert_eq!((from.to_string().as_str(), to.to_string().as_str()), ("2023-04-01", "2023-05-10"));
            Rate::new(3, 4)
        });
        let city = city.expect("a period");
        assert_eq!(
            (city.label.as_str(), city.change),
            ("The whole city (1 Apr 2023–10 May 2023)", Some(-2_500))
        );
    }
}
