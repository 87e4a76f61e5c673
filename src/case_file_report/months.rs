//! The rate by month against the target in force at the end of each, with the year before beside it.

use chrono::Datelike as _;

use super::{Origin, source, timed, window_label};
use crate::{
    case_file::CaseFileDay,
    charts::{About, Chart, Kind, Point, Tone, Trend, Unit as Value, Words},
    compared::months_of_year,
    indicator::{Question, Standing},
    lang::{self, Lang},
    period::Period,
    plan::{Indicator, Plan},
    rate::Rate,
};

/// A month of the year shown.
struct Month {
    period: Period,
    rate: Rate,
    is_open: bool,
}

/// The months of the year that holds the period, as far as they have begun.
fn months(days: &[CaseFileDay], question: &Question) -> Vec<Month> {
    months_of_year(question)
        .map(|period| {
            let (from, to) = (period.from(question.cycle), period.to(question.cycle));
            let rate = timed(days, from, to.min(question.as_of));
            Month { period, rate, is_open: to > question.as_of }
        })
        .collect()
}

#[must_use]
pub(super) fn chart(
    days: &[CaseFileDay],
    plan: &Plan,
    standing: &Standing,
    question: &Question,
    origin: &Origin,
) -> Chart {
    let lang = origin.lang;
    let months = months(days, question);
    let agency = question.agency.as_deref();
    let points: Vec<Point> = months
        .iter()
        .map(|month| {
            let before = month.period.same_last_year();
            let (from, to) = (before.from(question.cycle), before.to(question.cycle));
            Point {
                tick: month_tick(month.period, lang),
                name: month.period.label(lang),
                value: month.rate.floored(),
                target: Some(plan.value_for(
                    Indicator::OnTimeReturns,
                    month.period.to(question.cycle),
                    agency,
                )),
                before: timed(days, from, to.min(question.as_of)).floored(),
                open: month.is_open,
                detail: late_of(month.rate, lang),
                ..Point::default()
            }
        })
        .collect();
    let last = months.iter().rfind(|month| month.rate.all > 0);
    let year = months.first().map_or(question.as_of.year(), |month| month.period.year());
    let tone = match last {
        Some(month) if month.rate.misses() > 0 => Tone::Miss,
        Some(_) => Tone::Met,
        None => Tone::Plain,
    };
    Chart {
        title: finding(&months, lang),
        subtitle: match lang {
            Lang::Vi => format!(
                "Tỷ lệ hồ sơ trả kết quả đúng hạn và trước hạn, theo tháng có kết quả, năm {year}, {}",
                origin.whom
            ),
            Lang::En => format!(
                "Share of case files returned early or on time, by month of completion, {year}, {}",
                origin.whom
            ),
        },
        // The sentence of the page is the chart's text, too: what is read aloud is what can be copied.
        description: format!(
            "{} ({}): {} {}",
            origin.whom,
            window_label(question, lang),
            standing.sentence,
            described(&months, lang)
        ),
        source: source(question, origin),
        invented: origin.is_invented,
        words: Words::of(lang),
        about: months.iter().map(|month| About::of_month(month.period, question)).collect(),
        kind: Kind::Trend(Trend {
            unit: Value::Percent,
            points,
            before: format!("{} {}", lang.of("Cùng kỳ", "Same months"), year - 1),
            tone,
        }),
    }
}

/// `T3`, `Mar`.
#[must_use]
pub fn month_tick(month: Period, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("T{}", month.index()),
        Lang::En => lang::month_name(month.index()).to_owned(),
    }
}

/// `3 trễ trong 1.200`, `3 late of 1,200`.
#[must_use]
pub fn late_of(rate: Rate, lang: Lang) -> String {
    let (late, all) = (lang.number(rate.misses()), lang.number(rate.all));
    match lang {
        Lang::Vi => format!("{late} trễ trong {all}"),
        Lang::En => format!("{late} late of {all}"),
    }
}

/// The title of the months: what the eye should take away.
fn finding(months: &[Month], lang: Lang) -> String {
    let with_data = || months.iter().filter(|month| month.rate.all > 0);
    let name = |month: &Month| match lang {
        Lang::Vi => format!("Tháng {}", month.period.index()),
        Lang::En => lang::month_name(month.period.index()).to_owned(),
    };
    let by_rate = |month: &&Month| month.rate.floored();
    let (Some(best), Some(worst)) = (with_data().max_by_key(by_rate), with_data().min_by_key(by_rate)) else {
        let nothing = lang
            .of("Chưa có hồ sơ nào có kết quả trong năm", "No case file was completed in the year so far");
        return nothing.to_owned();
    };
    let shown = |month: &Month| month.rate.floored().map_or_else(String::new, |rate| lang.percent(rate));
    let clean = with_data().filter(|month| month.rate.misses() == 0).count();
    let is_clean = worst.rate.misses() == 0;
    let (best_name, best) = (name(best), shown(best));
    let (worst_name, worst) = (name(worst), shown(worst));
    match (clean, lang) {
        (_, Lang::Vi) if with_data().count() == 1 => format!("{best_name}: {best} đúng hạn và trước hạn"),
        (_, Lang::En) if with_data().count() == 1 => format!("{best_name}: {best} early or on time"),
        (0, Lang::Vi) => {
            format!("{best_name} gần chỉ tiêu nhất: {best}, nhưng chưa tháng nào không có hồ sơ trễ")
        }
        (0, Lang::En) => {
            format!(
                "{best_name} came closest to the target with {best}, but no month was without late case files"
            )
        }
        (_, Lang::Vi) if is_clean => "Không tháng nào có hồ sơ trễ".to_owned(),
        (_, Lang::En) if is_clean => "No month had a late case file".to_owned(),
        (_, Lang::Vi) => {
            let worst_name = worst_name.to_lowercase();
            format!("{clean} tháng không có hồ sơ trễ; {worst_name} thấp nhất: {worst}")
        }
        (_, Lang::En) => {
            let months = lang.count(clean as i64, "", "month", "months");
            format!("{months} without late case files; {worst_name} lowest with {worst}")
        }
    }
}

fn described(months: &[Month], lang: Lang) -> String {
    let said: Vec<String> = months
        .iter()
        .filter_map(|month| {
            let name = match lang {
                Lang::Vi => format!("tháng {}", month.period.index()),
                Lang::En => lang::month_name(month.period.index()).to_owned(),
            };
            Some(format!("{name}: {}", lang.percent(month.rate.floored()?)))
        })
        .collect();
    match said.as_slice() {
        [] => lang.of("Chưa có số liệu.", "No data yet.").to_owned(),
        _ => format!("{} {}.", lang.of("Tỷ lệ", "Rates:"), said.join("; ")),
    }
}
