//! What the page on case files shows, made from daily counts: the tally, the months against the target, and the
//! agencies that make up the gap.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    agency::Level,
    case_file::{CaseFileDay, Measure},
    charts::{Bar, Bars, Chart, Kind, Point, Tone, Trend, Unit as Value, Words},
    counts::Read,
    indicator::{
        OnTimeReturns, Question, Standing,
        on_time_returns::{CaseFileRead, Tally},
    },
    lang::{self, Lang},
    period::{Period, Unit, Window},
    plan::{Indicator, Plan},
    rate::Rate,
};

/// The definition in force, printed under every figure.
#[must_use]
pub fn definition(lang: Lang) -> &'static str {
    lang.of(
        "theo ngày hẹn trả hiện hành, so theo ngày; không tính hồ sơ rút và hồ sơ không rõ hạn",
        "by the current due date, compared by day; without withdrawn case files and those without a due date",
    )
}

/// How many agencies a chart names before the rest is summed up.
const NAMED: usize = 10;

/// An agency with its sums for a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyRead {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Whether these are the files at its own desk alone, without the agencies below it.
    pub is_own_desk: bool,
    /// Its sums.
    pub read: CaseFileRead,
}

/// One line of the table of agencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyLine {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Whether these are the files at its own desk alone.
    pub is_own_desk: bool,
    /// Where its files went, by today's due dates.
    pub official: Tally,
    /// The rate by the first due dates, in hundredths of a percent, floored.
    pub strict_rate: Option<i64>,
}

/// Where the data stand: what every figure is printed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Whether the data were made up.
    pub is_invented: bool,
    /// The agency's name, or that of the whole.
    pub whom: String,
    /// The language of its words.
    pub lang: Lang,
}

/// The page on case files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFileReport {
    /// The window, as people say it.
    pub period: String,
    /// The tally by today's due dates.
    pub official: Tally,
    /// The tally by the first due dates.
    pub strict: Tally,
    /// How it stands and why.
    pub standing: Standing,
    /// The target in hundredths of a percent.
    pub target: i64,
    /// The period before and the same period a year before, with their dates.
    pub compared: Vec<Compared>,
    /// By month against the target.
    pub months: Chart,
    /// Who makes up the gap.
    pub gap: Chart,
    /// The agencies, worst first.
    pub agencies: Vec<AgencyLine>,
}

/// Another period's rate beside this one's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// `Quý IV/2022 (01/10/2022–31/12/2022)`.
    pub label: String,
    /// Its rate.
    pub rate: Rate,
    /// This rate less that one, in hundredths of a point; `None` where either has no data.
    pub change: Option<i64>,
}

/// Makes the page.
#[must_use]
pub fn assemble(
    days: &[CaseFileDay],
    agencies: Vec<AgencyRead>,
    plan: &Plan,
    question: &Question,
    origin: &Origin,
) -> CaseFileReport {
    let window = question.window();
    let target = question.target(plan, Indicator::OnTimeReturns);
    let OnTimeReturns { official, strict } = OnTimeReturns::read(days, window, target);
    let mut lines: Vec<AgencyLine> =
        agencies.into_iter().filter_map(|read| line(read, target, origin.lang)).collect();
    worst_first(&mut lines);
    CaseFileReport {
        period: window_label(question, origin.lang),
        standing: official.standing(target, origin.lang),
        target,
        compared: compared(days, question, official.timed(), origin.lang),
        months: months_chart(days, plan, question, origin),
        gap: gap_chart(&lines, question, origin),
        official,
        strict,
        agencies: lines,
    }
}

fn line(read: AgencyRead, target: i64, lang: Lang) -> Option<AgencyLine> {
    let returns = OnTimeReturns::of(&read.read, target);
    let tally = &returns.official;
    let is_silent = tally.received + tally.carried_over + tally.open() + tally.timed().all == 0;
    (!is_silent).then(|| AgencyLine {
        code: read.code,
        name: match (read.is_own_desk, lang) {
            (false, _) => read.name,
            (true, Lang::Vi) => format!("Trực tiếp tại {}", read.name),
            (true, Lang::En) => format!("At {} itself", read.name),
        },
        is_own_desk: read.is_own_desk,
        level: read.level,
        strict_rate: returns.strict.timed().floored(),
        official: returns.official,
    })
}

/// Most late files first, then most open overdue ones: those make up the gap, not the lowest percentage of a few.
pub fn worst_first(lines: &mut [AgencyLine]) {
    lines.sort_by(|a, b| {
        let key = |line: &AgencyLine| (line.official.late, line.official.open_overdue);
        key(b).cmp(&key(a)).then_with(|| a.name.cmp(&b.name))
    });
}

/// `Năm 2023, 01/01/2023–30/09/2023`.
#[must_use]
pub fn window_label(question: &Question, lang: Lang) -> String {
    let window = question.window();
    match (question.period, window.from) {
        (Some(period), Some(from)) => {
            format!("{}, {}–{}", period.label(lang), lang.date(from), lang.date(window.last.max(from)))
        }
        _ => format!("{} {}", lang.of("Đến", "Up to"), lang.date(window.last)),
    }
}

/// What happened between two days, from days in order.
#[must_use]
pub fn inside(days: &[CaseFileDay], from: NaiveDate, to: NaiveDate) -> CaseFileRead {
    let begin = days.partition_point(|day| day.day < from);
    let end = days.partition_point(|day| day.day <= to).max(begin);
    Read::of(&days[begin..end], Window { from: Some(from), last: to })
}

fn timed(read: &CaseFileRead) -> Rate {
    let hits = read.inside[Measure::Early] + read.inside[Measure::OnTime];
    Rate::new(hits, hits + read.inside[Measure::Late])
}

/// The period before and the same one a year before, each as long into its days as this one is.
fn compared(days: &[CaseFileDay], question: &Question, now: Rate, lang: Lang) -> Vec<Compared> {
    let Some(period) = question.period else { return Vec::new() };
    let cycle = question.cycle;
    let gone = (question.window().last - period.from(cycle)).num_days();
    let Ok(gone) = u64::try_from(gone) else { return Vec::new() };
    let is_over = question.as_of >= period.to(cycle);
    let others = if period.unit() == Unit::Year {
        vec![period.previous()]
    } else {
        vec![period.previous(), period.same_last_year()]
    };
    others
        .into_iter()
        .map(|other| {
            let from = other.from(cycle);
            let to = if is_over { other.to(cycle) } else { (from + Days::new(gone)).min(other.to(cycle)) };
            let rate = timed(&inside(days, from, to));
            let change = now.floored().zip(rate.floored()).map(|(now, then)| now - then);
            Compared {
                label: format!("{} ({}–{})", other.label(lang), lang.date(from), lang.date(to)),
                rate,
                change,
            }
        })
        .collect()
}

/// A month of the year shown.
struct Month {
    period: Period,
    rate: Rate,
    is_open: bool,
}

/// The months of the year that holds the period, as far as they have begun.
fn months(days: &[CaseFileDay], question: &Question) -> Vec<Month> {
    let year = question.period.map_or(question.as_of.year(), Period::year);
    let Ok(year) = year.to_string().parse::<Period>() else { return Vec::new() };
    year.split(Unit::Month)
        .map(|period| {
            let (from, to) = (period.from(question.cycle), period.to(question.cycle));
            let rate = timed(&inside(days, from, to.min(question.as_of)));
            Month { period, rate, is_open: to > question.as_of }
        })
        .collect()
}

/// The rate by month against the target in force at the end of each, with the year before beside it.
#[must_use]
pub fn months_chart(days: &[CaseFileDay], plan: &Plan, question: &Question, origin: &Origin) -> Chart {
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
                before: timed(&inside(days, from, to.min(question.as_of))).floored(),
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
        description: described(&months, lang),
        source: source(question, origin),
        invented: origin.is_invented,
        words: Words::of(lang),
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

/// `Nguồn: … · tính đến … · định nghĩa: …`.
#[must_use]
pub fn source(question: &Question, origin: &Origin) -> String {
    let lang = origin.lang;
    let from = match (origin.is_invented, lang) {
        (true, Lang::Vi) => "số liệu mô phỏng",
        (true, Lang::En) => "invented data",
        (false, Lang::Vi) => "hồ sơ đã nhập từ hệ thống một cửa",
        (false, Lang::En) => "case files imported from the one-stop system",
    };
    let day = lang.date(question.window().last);
    let definition = definition(lang);
    match lang {
        Lang::Vi => format!("Nguồn: {from} · tính đến {day} · {definition}"),
        Lang::En => format!("Source: {from} · as of {day} · {definition}"),
    }
}

/// Who makes up the gap: agencies by late files, with the share they make up together.
#[must_use]
pub fn gap_chart(lines: &[AgencyLine], question: &Question, origin: &Origin) -> Chart {
    let lang = origin.lang;
    let late: i64 = lines.iter().map(|line| line.official.late).sum();
    let with_late: Vec<&AgencyLine> = lines.iter().filter(|line| line.official.late > 0).collect();
    let (named, rest) = with_late.split_at(with_late.len().min(NAMED));
    let mut so_far = 0;
    let mut rows: Vec<Bar> = named
        .iter()
        .map(|line| {
            so_far += line.official.late;
            let cumulated = Rate::new(so_far, late).floored();
            Bar { name: line.name.clone(), value: line.official.late, cumulated, rest: false }
        })
        .collect();
    let named_share = Rate::new(so_far, late).floored().unwrap_or(0) / 100;
    if !rest.is_empty() {
        let others = lang.count(i64::try_from(rest.len()).unwrap_or(0), "đơn vị", "office", "offices");
        let name = match lang {
            Lang::Vi => format!("{others} khác"),
            Lang::En => format!("{others} more"),
        };
        rows.push(Bar { name, value: late - so_far, cumulated: Some(10_000), rest: true });
    }
    let (all, window) = (lang.number(late), window_label(question, lang));
    let title = match (with_late.len(), lang) {
        (0, _) => lang.of("Không đơn vị nào có hồ sơ trễ", "No office has a late case file").to_owned(),
        (1, Lang::Vi) => format!("{} có toàn bộ {all} hồ sơ trễ", named[0].name),
        (1, Lang::En) => match late {
            1 => format!("{} has the one late case file", named[0].name),
            _ => format!("{} has all {all} late case files", named[0].name),
        },
        (n, Lang::Vi) if rest.is_empty() => format!("{n} đơn vị có {all} hồ sơ trễ"),
        (n, Lang::En) if rest.is_empty() => format!("{n} offices have {all} late case files"),
        (_, Lang::Vi) => format!("{} đơn vị chiếm {named_share}\u{a0}% số hồ sơ trễ", named.len()),
        (_, Lang::En) => format!("{} offices make up {named_share}% of the late case files", named.len()),
    };
    let said: Vec<String> =
        named.iter().map(|line| format!("{} {}", line.name, lang.number(line.official.late))).collect();
    Chart {
        title,
        subtitle: match lang {
            Lang::Vi => format!("Số hồ sơ trễ và phần cộng dồn trong {all}, {window}"),
            Lang::En => format!("Late case files and their cumulated share of {all}, {window}"),
        },
        description: match said.as_slice() {
            [] => lang.of("Không có hồ sơ trễ.", "There are no late case files.").to_owned(),
            _ => format!("{}.", said.join("; ")),
        },
        source: source(question, origin),
        invented: origin.is_invented,
        words: Words::of(lang),
        kind: Kind::Bars(Bars {
            rows,
            counted: lang.of("hồ sơ trễ", "late case files").to_owned(),
            tone: Tone::Miss,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{counts::Counts, period::Cycle};

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    fn day(date: &str, early: i64, late: i64) -> CaseFileDay {
        let mut counts = Counts::default();
        counts[Measure::Received] = early + late;
        counts[Measure::Early] = early;
        counts[Measure::Late] = late;
        CaseFileDay { day: on(date), counts }
    }

    fn question(period: &str, as_of: &str) -> Question {
        Question { as_of: on(as_of), cycle: Cycle::Calendar, period: period.parse().ok(), agency: None }
    }

    fn origin() -> Origin {
        Origin { is_invented: false, whom: "toàn thành phố".to_owned(), lang: Lang::Vi }
    }

    fn agency(code: &str, late: i64) -> AgencyRead {
        let read = CaseFileRead { inside: day("2023-01-01", 10, late).counts, ..CaseFileRead::default() };
        AgencyRead {
            code: code.to_owned(),
            name: code.to_owned(),
            level: Level::District,
            is_own_desk: false,
            read,
        }
    }

    #[test]
    fn a_month_without_results_is_a_gap_and_a_month_to_come_has_no_value() {
        let days = [day("2023-01-10", 99, 1), day("2023-03-10", 50, 0)];
        let chart = months_chart(&days, &Plan::default(), &question("2023", "2023-03-20"), &origin());
        let Kind::Trend(trend) = chart.kind else { panic!("a trend") };
        let values: Vec<Option<i64>> = trend.points.iter().map(|point| point.value).collect();
        assert_eq!(values[..4], [Some(9_900), None, Some(10_000), None]);
        assert!(trend.points[2].open, "March is not over");
        assert_eq!(chart.title, "1 tháng không có hồ sơ trễ; tháng 1 thấp nhất: 99,00\u{a0}%");
    }

    #[test]
    fn a_running_period_is_compared_with_as_many_days_of_the_others() {
        let days = [day("2022-01-05", 9, 1), day("2022-03-30", 0, 90), day("2023-01-05", 98, 2)];
        let report =
            assemble(&days, Vec::new(), &Plan::default(), &question("2023", "2023-02-01"), &origin());
        assert_eq!(report.compared.len(), 1);
        assert_eq!(report.compared[0].rate, Rate::new(9, 10));
        assert_eq!(report.compared[0].change, Some(800));
        assert_eq!(report.compared[0].label, "Năm 2022 (01/01/2022–01/02/2022)");
    }

    #[test]
    fn the_agencies_with_most_late_files_come_first_and_the_rest_is_summed_up() {
        let agencies: Vec<AgencyRead> = (0..14).map(|n| agency(&format!("a{n:02}"), n)).collect();
        let report = assemble(&[], agencies, &Plan::default(), &question("2023", "2023-12-31"), &origin());
        assert_eq!(report.agencies[0].code, "a13");
        let Kind::Bars(bars) = report.gap.kind else { panic!("bars") };
        assert_eq!(bars.rows.len(), 11);
        assert_eq!(bars.rows.iter().map(|row| row.value).sum::<i64>(), 91);
        assert_eq!(bars.rows[10].name, "3 đơn vị khác");
    }

    #[test]
    fn an_agency_without_any_file_is_left_out_of_the_table() {
        let silent = AgencyRead { read: CaseFileRead::default(), ..agency("b", 0) };
        let report = assemble(
            &[],
            vec![silent, agency("a", 0)],
            &Plan::default(),
            &question("2023", "2023-12-31"),
            &origin(),
        );
        assert_eq!(report.agencies.len(), 1);
    }
}
