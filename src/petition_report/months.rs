//! Petitions over time: the headline rate by month against the target, and how many were decided how.

use chrono::{Datelike, NaiveDate};

use super::words;
use crate::{
    case_file_report::{Origin, late_of, month_tick, window_label},
    charts::{About, Chart, Columns, Kind, Layer, Point, Stack, Tone, Trend, Unit as Value, Words},
    compared::months_of_year,
    counts::Read,
    indicator::{Question, Standing},
    lang::{Lang, month_name},
    period::{Period, Window},
    petition::{Measure, PetitionDay},
    plan::{Indicator, Plan},
    rate::Rate,
};

/// Decided between two days.
pub(super) fn decided(days: &[PetitionDay], from: NaiveDate, to: NaiveDate) -> Rate {
    let read = Read::of(days, Window { from: Some(from), last: to });
    let in_time = read.inside[Measure::InTime];
    Rate::new(in_time, in_time + read.inside[Measure::Late])
}

/// The months of the year that holds the period, as far as they have begun.
fn months(days: &[PetitionDay], question: &Question) -> Vec<(Period, Rate)> {
    let of = |month: Period| {
        let to = month.to(question.cycle).min(question.as_of);
        (month, decided(days, month.from(question.cycle), to))
    };
    months_of_year(question).map(of).collect()
}

fn about(months: &[(Period, Rate)], question: &Question) -> Vec<About> {
    months.iter().map(|(month, _)| About::of_month(*month, question)).collect()
}

/// The headline rate by month of the year that holds the period, with the year before beside it.
pub(super) fn chart(
    days: &[PetitionDay],
    plan: &Plan,
    standing: &Standing,
    question: &Question,
    origin: &Origin,
) -> Chart {
    let lang = origin.lang;
    let year = question.period.map_or(question.as_of.year(), Period::year);
    let months = months(days, question);
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
        // The sentence of the page is the chart's text, too: what is read aloud is what can be copied.
        description: format!(
            "{} ({}): {} {}",
            origin.whom,
            window_label(question, lang),
            standing.sentence,
            described(&months, lang)
        ),
        source: words::source(question, origin.is_invented, lang),
        invented: origin.is_invented,
        words: Words::of(lang),
        about: about(&months, question),
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
    Point {
        tick: month_tick(month, lang),
        name: month.label(lang),
        value: rate.floored(),
        target: Some(target),
        before: decided(days, before.from(cycle), before.to(cycle).min(question.as_of)).floored(),
        open: month.to(cycle) > question.as_of,
        detail: late_of(rate, lang),
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
    let month = match lang {
        Lang::Vi => worst.index().to_string(),
        Lang::En => month_name(worst.index()).to_owned(),
    };
    match (clean, rate.misses(), lang) {
        (_, 0, Lang::Vi) => "Không tháng nào có phản ánh, kiến nghị trễ".to_owned(),
        (_, 0, Lang::En) => "No month has a late petition".to_owned(),
        (0, _, Lang::Vi) => {
            format!("Tháng nào cũng có phản ánh, kiến nghị trễ; tháng {month} thấp nhất: {shown}")
        }
        (0, _, Lang::En) => format!("Every month has late petitions; {month} is lowest: {shown}"),
        (_, _, Lang::Vi) => {
            format!("{clean} tháng không có phản ánh, kiến nghị trễ; tháng {month} thấp nhất: {shown}")
        }
        (1, _, Lang::En) => format!("1 month without a late petition; {month} is lowest: {shown}"),
        (_, _, Lang::En) => {
            format!("{clean} months without a late petition; {month} is lowest: {shown}")
        }
    }
}

fn described(months: &[(Period, Rate)], lang: Lang) -> String {
    let said: Vec<String> = months
        .iter()
        .filter_map(|(month, rate)| {
            let rate = lang.percent(rate.floored()?);
            Some(match lang {
                Lang::Vi => format!("tháng {}: {rate}", month.index()),
                Lang::En => format!("{}: {rate}", month_name(month.index())),
            })
        })
        .collect();
    if said.is_empty() {
        return lang.of("Chưa có số liệu.", "No data.").to_owned();
    }
    format!("{} {}.", lang.of("Tỷ lệ", "Rates:"), said.join("; "))
}

/// How many were decided in each month, in time and late.
pub(super) fn counts(days: &[PetitionDay], question: &Question, origin: &Origin) -> Chart {
    let lang = origin.lang;
    let year = question.period.map_or(question.as_of.year(), Period::year);
    let months = months(days, question);
    let whole: Rate = months.iter().map(|(_, rate)| *rate).sum();
    let stack = |(month, rate): &(Period, Rate)| {
        let has_begun = month.from(question.cycle) <= question.as_of;
        let known = |n: i64| has_begun.then_some(n);
        Stack {
            tick: month_tick(*month, lang),
            name: month.label(lang),
            values: vec![known(rate.hits), known(rate.misses())],
            detail: String::new(),
            open: has_begun && month.to(question.cycle) > question.as_of,
        }
    };
    let layer = |name: &str, tone| Layer { name: name.to_owned(), tone };
    Chart {
        title: counted(&months, whole, year, lang),
        subtitle: match lang {
            Lang::Vi => format!("Số phản ánh, kiến nghị theo tháng ngã ngũ, năm {year}, {}", origin.whom),
            Lang::En => format!("Petitions by month decided, {year}, {}", origin.whom),
        },
        description: format!("{}.", late_of(whole, lang)),
        source: words::source(question, origin.is_invented, lang),
        invented: origin.is_invented,
        words: Words::of(lang),
        about: about(&months, question),
        kind: Kind::Columns(Columns {
            layers: vec![
                layer(lang.of("kịp thời", "in time"), Tone::Plain),
                layer(lang.of("trễ", "late"), Tone::Miss),
            ],
            stacks: months.iter().map(stack).collect(),
            counted: lang.of("phản ánh, kiến nghị", "petitions").to_owned(),
        }),
    }
}

/// The title of the counts: how many were late, and when most.
fn counted(months: &[(Period, Rate)], whole: Rate, year: i32, lang: Lang) -> String {
    let most = months.iter().rev().max_by_key(|(_, rate)| rate.misses());
    let (late, all) = (lang.number(whole.misses()), lang.number(whole.all));
    match (most, whole.misses(), lang) {
        _ if whole.all == 0 => finding(months, lang),
        (_, 0, Lang::Vi) => format!("Cả {all} phản ánh, kiến nghị ngã ngũ năm {year} đều kịp thời"),
        (_, 0, Lang::En) => format!("All {all} petitions decided in {year} were in time"),
        (Some((month, rate)), _, Lang::Vi) => format!(
            "{late} trễ trong {all} ngã ngũ năm {year}; nhiều nhất tháng {}: {}",
            month.index(),
            lang.number(rate.misses())
        ),
        (Some((month, rate)), _, Lang::En) => format!(
            "{late} late of {all} decided in {year}; most in {}: {}",
            month_name(month.index()),
            lang.number(rate.misses())
        ),
        (None, ..) => String::new(),
    }
}
