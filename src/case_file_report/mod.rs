//! What the page on case files shows, made from daily counts: the tally, the months against the target, and the
//! agencies: who makes up the gap, when, and whether chance explains it.

mod funnel;
mod gap;
mod heat_map;
mod months;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::months::{late_of, month_tick};
use crate::{
    agency::Level,
    case_file::{CaseFileDay, Measure},
    charts::{About, Chart},
    collate,
    compared::{self, Compared, months_of_year},
    counts::Read,
    disclosure::{Told, is_few},
    filter::Measured,
    indicator::{
        OnTimeReturns, Question, Standing,
        on_time_returns::{CaseFileRead, Tally},
    },
    lang::Lang,
    period::Window,
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
    /// Its rate in each of the [`month_windows`].
    pub months: Vec<Rate>,
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
    /// The rate in each of the [`month_windows`].
    #[serde(skip)]
    pub months: Vec<Rate>,
}

impl CaseFileReport {
    /// The figure whose files a list shows; zero for what is no part of a tally.
    #[must_use]
    pub fn figure(&self, measured: Measured) -> i64 {
        match measured {
            Measured::StrictLate => self.strict.late,
            of_tally => self.official.figure(of_tally),
        }
    }
}

impl CaseFileReport {
    /// What of the page a reader is told. The lines of agencies are those that the store gave out.
    #[must_use]
    pub fn told(mut self, told: Told) -> Self {
        if told == Told::EVERYTHING {
            return self;
        }
        // Agencies by month would tell of each other's gaps.
        self.heat_map = self.heat_map.held_back();
        if !told.agencies {
            self.agencies.clear();
            self.gap = self.gap.held_back();
            self.funnel = self.funnel.held_back();
        }
        self.months = by_month(self.months, told);
        self.compared = compared_as(self.compared, told);
        self
    }
}

/// A chart of months as a reader is told.
#[must_use]
pub fn by_month(months: Chart, told: Told) -> Chart {
    match told {
        Told { months: false, .. } => months.held_back(),
        Told { before: false, .. } => months.without_before(),
        _ => months,
    }
}

/// Other periods beside this one as a reader is told.
#[must_use]
pub fn compared_as(compared: Vec<Compared>, told: Told) -> Vec<Compared> {
    // The whole city on the same days is told whatever its part.
    compared.into_iter().filter(|other| (told.before || other.is_city) && !is_few(other.rate.all)).collect()
}

impl AgencyLine {
    /// What a mark of this line is about.
    fn about(&self) -> About {
        let own_desk = self.is_own_desk.then_some(self.level);
        About { agency: Some(self.code.clone()), own_desk, period: None }
    }
}

/// The months of the year that holds the period, each as far as it has gone: what agencies are read by beside the window.
#[must_use]
pub fn month_windows(question: &Question) -> Vec<Window> {
    let window = |month: crate::period::Period| Window::of(month, question.cycle, question.as_of);
    months_of_year(question).map(window).collect()
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
    /// The period before, the same period a year before and the whole city, with their dates.
    pub compared: Vec<Compared>,
    /// By month against the target.
    #[serde(skip)]
    pub months: Chart,
    /// Who makes up the gap.
    #[serde(skip)]
    pub gap: Chart,
    /// The agencies by month.
    #[serde(skip)]
    pub heat_map: Chart,
    /// The agencies by the number of their files.
    #[serde(skip)]
    pub funnel: Chart,
    /// The agencies, worst first.
    pub agencies: Vec<AgencyLine>,
}

/// Makes the page from days in order. `city` are the days of the whole city, where the question is about a part of it.
#[must_use]
pub fn assemble(
    days: &[CaseFileDay],
    city: Option<&[CaseFileDay]>,
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
    let (now, lang) = (official.timed(), origin.lang);
    let mut compared = compared::periods(question, now, lang, |from, to| timed(days, from, to));
    compared
        .extend(city.and_then(|city| compared::city(question, now, lang, |from, to| timed(city, from, to))));
    let standing = question.not_begun(lang).unwrap_or_else(|| official.standing(target, lang));
    CaseFileReport {
        period: window_label(question, lang),
        target,
        compared,
        months: months::chart(days, plan, &standing, question, origin),
        gap: gap::chart(&lines, question, origin),
        heat_map: heat_map::heat_map(&lines, target, question, origin),
        funnel: funnel::funnel(&lines, question, origin),
        standing,
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
        months: read.months,
    })
}

/// Most late files first, then most open overdue ones: those make up the gap, not the lowest percentage of a few.
pub fn worst_first(lines: &mut [AgencyLine]) {
    lines.sort_by(|a, b| {
        let key = |line: &AgencyLine| (line.official.late, line.official.open_overdue);
        key(b).cmp(&key(a)).then_with(|| collate::names(&a.name, &b.name))
    });
}

/// `Năm 2023, 01/01/2023–30/09/2023`.
#[must_use]
pub fn window_label(question: &Question, lang: Lang) -> String {
    let window = question.window();
    match (question.period, window.from) {
        (Some(period), Some(from)) if from > window.last => period.label(lang),
        (Some(period), Some(from)) => {
            format!("{}, {}–{}", period.label(lang), lang.date(from), lang.date(window.last))
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

/// Early or on time, of all that was timed from one day to another, from days in order.
#[must_use]
pub fn timed(days: &[CaseFileDay], from: NaiveDate, to: NaiveDate) -> Rate {
    let read = inside(days, from, to).inside;
    let hits = read[Measure::Early] + read[Measure::OnTime];
    Rate::new(hits, hits + read[Measure::Late])
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{charts::Kind, counts::Counts, period::Cycle};

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
            months: vec![Rate::new(10, 10 + late)],
        }
    }

    #[test]
    fn a_month_without_results_is_a_gap_and_a_month_to_come_has_no_value() {
        let days = [day("2023-01-10", 99, 1), day("2023-03-10", 50, 0)];
        let question = question("2023", "2023-03-20");
        let chart = assemble(&days, None, Vec::new(), &Plan::default(), &question, &origin()).months;
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
            assemble(&days, None, Vec::new(), &Plan::default(), &question("2023", "2023-02-01"), &origin());
        assert_eq!(report.compared.len(), 1);
        assert_eq!(report.compared[0].rate, Rate::new(9, 10));
        assert_eq!(report.compared[0].change, Some(800));
        assert_eq!(report.compared[0].label, "Năm 2022 (01/01/2022–01/02/2022)");
    }

    #[test]
    fn the_agencies_with_most_late_files_come_first_and_the_rest_is_summed_up() {
        let agencies: Vec<AgencyRead> = (0..14).map(|n| agency(&format!("a{n:02}"), n)).collect();
        let report =
            assemble(&[], None, agencies, &Plan::default(), &question("2023", "2023-12-31"), &origin());
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
            None,
            vec![silent, agency("a", 0)],
            &Plan::default(),
            &question("2023", "2023-12-31"),
            &origin(),
        );
        assert_eq!(report.agencies.len(), 1);
    }

    #[test]
    fn the_heat_map_names_the_agencies_with_most_late_files_and_says_what_each_cell_is_about() {
        let agencies: Vec<AgencyRead> = (0..30).map(|n| agency(&format!("a{n:02}"), n)).collect();
        let question = question("2023-Q3", "2023-09-30");
        let chart = assemble(&[], None, agencies, &Plan::default(), &question, &origin()).heat_map;
        let Kind::HeatMap(map) = chart.kind else { panic!("a heat map") };
        assert_eq!((map.rows.len(), map.columns.len()), (20, 12), "{}", chart.subtitle);
        assert_eq!(map.rows[0].name, "a29");
        assert_eq!(map.rows[0].cells[0].value, Some(2_564), "10 of 39");
        assert_eq!(chart.about.len(), 20 * 12);
        assert_eq!(chart.about[12].agency.as_deref(), Some("a28"));
        assert_eq!(chart.about[13].period.map(|month| month.to_string()).as_deref(), Some("2023-02"));
        assert_eq!(chart.title, "1 trong 30 đơn vị chưa trễ tháng nào trong năm");
    }

    #[test]
    fn one_late_file_of_few_is_not_called_later_than_chance_explains() {
        let small = |code: &str, early, late| {
            let read =
                CaseFileRead { inside: day("2023-01-01", early, late).counts, ..CaseFileRead::default() };
            AgencyRead { read, ..agency(code, 0) }
        };
        let funnel = |agencies| {
            assemble(&[], None, agencies, &Plan::default(), &question("2023", "2023-12-31"), &origin()).funnel
        };
        let calm = funnel(vec![small("a", 11, 1), small("b", 9_950, 50)]);
        assert_eq!(calm.title, "Không đơn vị nào trễ nhiều hơn mức ngẫu nhiên giải thích được");
        let loud = funnel(vec![small("a", 900, 100), small("b", 9_950, 50)]);
        assert_eq!(loud.title, "1 đơn vị trễ nhiều hơn mức ngẫu nhiên giải thích được");
        assert!(loud.description.contains("(tin cậy 99,8\u{a0}%): a."), "{}", loud.description);
    }

    #[test]
    fn a_part_of_the_city_is_held_against_the_whole() {
        let (part, whole) = ([day("2023-01-05", 9, 1)], [day("2023-01-05", 99, 1)]);
        let question = question("2023", "2023-02-01");
        let report = assemble(&part, Some(&whole), Vec::new(), &Plan::default(), &question, &origin());
        let city = report.compared.last().expect("the city");
        assert_eq!(
            (city.label.as_str(), city.rate),
            ("Toàn thành phố (01/01/2023–01/02/2023)", Rate::new(99, 100))
        );
        assert_eq!(city.change, Some(-900));
    }
}
