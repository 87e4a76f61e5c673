//! The headline rate over time: by month against the target, and beside the periods to compare with.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::words;
use crate::{
    case_file_report::Origin,
    charts::{Chart, Kind, Point, Tone, Trend, Unit as Value, Words},
    counts::Read,
    indicator::Question,
    lang::Lang,
    period::{Period, Unit, Window},
    petition::{Measure, PetitionDay},
    plan::{Indicator, Plan},
    rate::Rate,
};

/// Another period's rate beside this one's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedPeriod {
    /// `Quý IV/2022 (01/10/2022–31/12/2022)`.
    pub label: String,
    /// Its rate.
    pub rate: Rate,
    /// This rate less that one, in hundredths of a point; `None` where either has no data.
    pub change: Option<i64>,
}

/// Decided between two days.
fn decided(days: &[PetitionDay], from: NaiveDate, to: NaiveDate) -> Rate {
    let read = Read::of(days, Window { from: Some(from), last: to });
    let in_time = read.inside[Measure::InTime];
    Rate::new(in_time, in_time + read.inside[Measure::Late])
}

/// The period before and the same one a year before, each as long into its days as this one is.
pub(super) fn compared(
    days: &[PetitionDay],
    question: &Question,
    now: Rate,
    lang: Lang,
) -> Vec<ComparedPeriod> {
    let Some(period) = question.period else { return Vec::new() };
    let cycle = question.cycle;
    let Ok(gone) = u64::try_from((question.window().last - period.from(cycle)).num_days()) else {
        return Vec::new();
    };
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
            let rate = decided(days, from, to);
            ComparedPeriod {
                label: format!("{} ({}–{})", other.label(lang), lang.date(from), lang.date(to)),
                rate,
                change: now.floored().zip(rate.floored()).map(|(now, then)| now - then),
            }
        })
        .collect()
}

/// The headline rate by month of the year that holds the period, with the year before beside it.
pub(super) fn chart(days: &[PetitionDay], plan: &Plan, question: &Question, origin: &Origin) -> Chart {
    let lang = origin.lang;
    let year = question.period.map_or(question.as_of.year(), Period::year);
    let months: Vec<(Period, Rate)> = year
        .to_string()
        .parse::<Period>()
        .into_iter()
        .flat_map(|year| year.split(Unit::Month))
        .map(|month| {
            let to = month.to(question.cycle).min(question.as_of);
            (month, decided(days, month.from(question.cycle), to))
        })
        .collect();
    let points = months.iter().map(|month| point(*month, days, plan, question, lang)).collect();
    let tone = match months.iter().rfind(|(_, rate)| rate.all > 0) {
        Some((_, rate)) if rate.misses() > 0 => Tone::Miss,
        Some(_) => Tone::Met,
        None => Tone::Plain,
    };
    let whom = &origin.whom;
    Chart {
        title: finding(&months, lang),
        subtitle: match lang {
            Lang::Vi => {
                format!("Tỷ lệ phản ánh, kiến nghị kịp thời mọi bước, theo tháng ngã ngũ, năm {year}, {whom}")
            }
            Lang::En => format!("Petitions in time in every step, by month decided, {year}, {whom}"),
        },
        description: described(&months, lang),
        source: words::source(question, origin.is_invented, lang),
        invented: origin.is_invented,
        words: lang.of(Words::default(), Words::english()),
        kind: Kind::Trend(Trend {
            unit: Value::Percent,
            points,
            before: match lang {
                Lang::Vi => format!("Cùng kỳ {}", year - 1),
                Lang::En => format!("Same period {}", year - 1),
            },
            tone,
        }),
    }
}

fn point(
    (month, rate): (Period, Rate),
    days: &[PetitionDay],
    plan: &Plan,
    question: &Question,
    lang: Lang,
) -> Point {
    let cycle = question.cycle;
    let before = month.same_last_year();
    let target = plan.value_for(Indicator::PetitionsInTime, month.to(cycle), question.agency.as_deref());
    let (late, all) = (lang.number(rate.misses()), lang.number(rate.all));
    Point {
        tick: format!("{}{}", lang.of("T", "M"), month.index()),
        name: month.label(lang),
        value: rate.floored(),
        target: Some(target),
        before: decided(days, before.from(cycle), before.to(cycle).min(question.as_of)).floored(),
        open: month.to(cycle) > question.as_of,
        detail: match lang {
            Lang::Vi => format!("{late} trễ trong {all}"),
            Lang::En => format!("{late} late of {all}"),
        },
        ..Point::default()
    }
}

/// The title of the months: what the eye should take away.
fn finding(months: &[(Period, Rate)], lang: Lang) -> String {
    let with_data = || months.iter().filter(|(_, rate)| rate.all > 0);
    let Some((worst, rate)) = with_data().min_by_key(|(_, rate)| rate.floored()) else {
        return lang
            .of("Chưa có phản ánh, kiến nghị nào ngã ngũ trong năm", "No petition was decided in the year")
            .to_owned();
    };
    let clean = with_data().filter(|(_, rate)| rate.misses() == 0).count();
    let shown = rate.floored().map_or_else(String::new, |rate| lang.percent(rate));
    let month = worst.index();
    match (clean, rate.misses(), lang) {
        (_, 0, Lang::Vi) => "Không tháng nào có phản ánh, kiến nghị trễ".to_owned(),
        (_, 0, Lang::En) => "No month has a late petition".to_owned(),
        (0, _, Lang::Vi) => {
            format!("Tháng nào cũng có phản ánh, kiến nghị trễ; tháng {month} thấp nhất: {shown}")
        }
        (0, _, Lang::En) => format!("Every month has late petitions; month {month} is lowest: {shown}"),
        (_, _, Lang::Vi) => {
            format!("{clean} tháng không có phản ánh, kiến nghị trễ; tháng {month} thấp nhất: {shown}")
        }
        (1, _, Lang::En) => format!("1 month without a late petition; month {month} is lowest: {shown}"),
        (_, _, Lang::En) => {
            format!("{clean} months without a late petition; month {month} is lowest: {shown}")
        }
    }
}

fn described(months: &[(Period, Rate)], lang: Lang) -> String {
    let said: Vec<String> = months
        .iter()
        .filter_map(|(month, rate)| {
            let (month, rate) = (month.index(), lang.percent(rate.floored()?));
            Some(format!("{} {month}: {rate}", lang.of("tháng", "month")))
        })
        .collect();
    if said.is_empty() {
        return lang.of("Chưa có số liệu.", "No data.").to_owned();
    }
    format!("{} {}.", lang.of("Tỷ lệ", "Rates:"), said.join("; "))
}
