//! Agencies by months: where and when case files were late.

use super::{AgencyLine, Origin, late_of, month_tick, source};
use crate::{
    charts::{About, Chart, HeatCell, HeatMap, HeatRow, Kind, Unit, Words},
    compared::months_of_year,
    indicator::Question,
    lang::Lang,
    period::Period,
    rate::Rate,
};

/// More rows than this nobody reads.
const ROWS: usize = 20;

/// The rate of each agency by month of the year that holds the period; those with most late files of the year.
#[must_use]
pub(super) fn heat_map(lines: &[AgencyLine], target: i64, question: &Question, origin: &Origin) -> Chart {
    let lang = origin.lang;
    let months: Vec<Period> = months_of_year(question).collect();
    let year = months.first().map_or(0, |month| month.year());
    let mut agencies: Vec<(&AgencyLine, Rate)> = lines
        .iter()
        .map(|line| (line, line.months.iter().copied().sum::<Rate>()))
        .filter(|(_, year)| year.all > 0)
        .collect();
    let title = finding(&agencies, lang);
    let all = agencies.len();
    // Stable: agencies with as many late files stay as the table has them.
    agencies.sort_by_key(|(_, year)| std::cmp::Reverse(year.misses()));
    agencies.truncate(ROWS);
    let is_open = |month: Period| month.to(question.cycle) > question.as_of;
    let rows = agencies.iter().map(|(line, _)| HeatRow {
        name: line.name.clone(),
        cells: months
            .iter()
            .zip(&line.months)
            .map(|(month, rate)| HeatCell {
                value: rate.floored(),
                detail: late_of(*rate, lang),
                open: is_open(*month) && rate.all > 0,
            })
            .collect(),
    });
    let map = HeatMap {
        row_head: lang.of("Đơn vị", "Office").to_owned(),
        rows: rows.collect(),
        columns: months.iter().map(|month| month_tick(*month, lang)).collect(),
        column_names: months.iter().map(|month| month.label(lang)).collect(),
        unit: Unit::Percent,
        target: Some(target),
    };
    let about = agencies
        .iter()
        .flat_map(|(line, _)| months.iter().map(|month| About { period: Some(*month), ..line.about() }));
    let (shown, all) = (lang.number(agencies.len() as i64), lang.number(all as i64));
    Chart {
        title,
        subtitle: match lang {
            Lang::Vi => format!(
                "Tỷ lệ đúng hạn và trước hạn theo tháng có kết quả, năm {year}; {shown} trong {all} đơn vị, nhiều hồ sơ trễ nhất ở trên"
            ),
            Lang::En => format!(
                "Share early or on time by month of completion, {year}; {shown} of {all} offices, most late case files first"
            ),
        },
        description: described(&agencies, &months, lang),
        source: source(question, origin),
        invented: origin.is_invented,
        words: Words::of(lang),
        about: about.collect(),
        kind: Kind::HeatMap(map),
    }
}

/// How many agencies were late in every month, and how many in none.
fn finding(agencies: &[(&AgencyLine, Rate)], lang: Lang) -> String {
    let with_results = |line: &AgencyLine| line.months.iter().filter(|rate| rate.all > 0).count();
    let with_late = |line: &AgencyLine| line.months.iter().filter(|rate| rate.misses() > 0).count();
    let always = agencies
        .iter()
        .filter(|(line, _)| with_late(line) > 1 && with_late(line) == with_results(line))
        .count();
    let never = agencies.iter().filter(|(_, year)| year.misses() == 0).count();
    let offices = |n: usize| lang.count(n as i64, "đơn vị", "office", "offices");
    match (agencies.len(), always, never, lang) {
        (0, _, _, _) => lang
            .of("Chưa có hồ sơ nào có kết quả trong năm", "No case file was completed in the year so far")
            .to_owned(),
        (all, _, never, _) if all == never => {
            lang.of("Cả năm không đơn vị nào có hồ sơ trễ", "No office was late in the year").to_owned()
        }
        (all, 0, never, Lang::Vi) => {
            format!("{never} trong {} chưa trễ tháng nào trong năm", offices(all))
        }
        (all, 0, never, Lang::En) => format!("{never} of {} were late in no month of the year", offices(all)),
        (_, always, never, Lang::Vi) => {
            format!("{} trễ ở mọi tháng có kết quả; {} chưa trễ tháng nào", offices(always), offices(never))
        }
        (_, always, never, Lang::En) => {
            format!("{} late in every month with results; {} never late", offices(always), offices(never))
        }
    }
}

/// Each agency's lowest month.
fn described(agencies: &[(&AgencyLine, Rate)], months: &[Period], lang: Lang) -> String {
    let lowest = |line: &AgencyLine| {
        let (month, rate) = months
            .iter()
            .zip(&line.months)
            .filter(|(_, rate)| rate.all > 0)
            .min_by_key(|(_, rate)| rate.floored())?;
        let rate = lang.percent(rate.floored()?);
        Some(format!("{}: {} {rate}", line.name, month.label(lang).to_lowercase()))
    };
    let said: Vec<String> = agencies.iter().filter_map(|(line, _)| lowest(line)).collect();
    match said.as_slice() {
        [] => lang.of("Chưa có số liệu.", "No data yet.").to_owned(),
        _ => format!("{} {}.", lang.of("Tháng thấp nhất:", "Lowest months:"), said.join("; ")),
    }
}
