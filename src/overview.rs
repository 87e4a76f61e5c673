//! What the overview shows: the finding, the five targets, what can still be saved, and who makes up the gap.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    agency::Level,
    case_file::Measure,
    case_file_report::{self, AgencyLine, AgencyRead, Origin},
    charts::{Chart, Kind, Point, Spark, Tone, Trend, Unit as Value, Words},
    counts::Read,
    indicator::{self, DialoguesHeld, Facts, Question, Readings, Standing, Yearly},
    period::{Cycle, Period, Unit},
    petition::PetitionDay,
    plan::{Indicator, Plan},
    rate::Rate,
    status::Status,
    text::{self, number, percent},
    yearly_index::{self, HANOI, Index},
};

/// How many agencies the overview names as making up the gap.
const NAMED: usize = 7;

/// The whole page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The finding in one sentence: the page's heading.
    pub heading: String,
    /// Two or three sentences on what happened last and what can be done.
    pub summary: String,
    /// The five targets.
    pub cards: Vec<Card>,
    /// Open files by the working days left.
    pub rescue: Rescue,
    /// Who makes up the gap, the first few.
    pub gap: Vec<GapLine>,
    /// All late files of the window.
    pub late: i64,
    /// The rate by month against the target.
    pub months: Chart,
}

/// One target: its value, its gap, its status, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Of what.
    pub indicator: Indicator,
    /// The target with the decision that set it: `Chỉ tiêu 100 %`.
    pub target: String,
    /// The decision.
    pub decision: Option<String>,
    /// The figure, without its unit; `None` where there is none.
    pub value: Option<String>,
    /// What stands after the figure.
    pub unit: String,
    /// Its numerator and denominator, or its year and publication.
    pub detail: String,
    /// How it stands and why.
    pub standing: Standing,
    /// What stands under the status: the gap, the days left, the month of publication.
    pub gap: String,
    /// Against the same period a year before, with its label.
    pub compared: Option<String>,
    /// The small trend; dialogues have bars instead.
    pub spark: Option<Chart>,
    /// Held and obliged by half-year.
    pub half_years: Vec<HalfYear>,
    /// What is open, and what can be done.
    pub next: String,
}

/// One half-year's bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfYear {
    /// `6 tháng đầu`.
    pub label: String,
    /// Offices with a dialogue that counts.
    pub held: i64,
    /// Offices that owe one.
    pub obliged: i64,
}

/// Open files by working days left, and those past their due date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescue {
    /// No working day left after this one.
    pub today: i64,
    /// One.
    pub one: i64,
    /// Two or three.
    pub three: i64,
    /// Four or five.
    pub five: i64,
    /// Past the due date already.
    pub overdue: i64,
}

/// An agency's part of the gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapLine {
    /// The agency's code.
    pub code: String,
    /// The agency's name.
    pub name: String,
    /// Its level, where these are the files at its own desk alone.
    pub own_desk: Option<Level>,
    /// Its late files.
    pub late: i64,
    /// The share of it and all before it in the whole, in hundredths of a percent, floored.
    pub cumulated: i64,
}

/// Makes the page.
#[must_use]
pub fn assemble(facts: &Facts, agencies: Vec<AgencyRead>, question: &Question, origin: &Origin) -> Overview {
    let readings = indicator::read(facts, question);
    let report = case_file_report::assemble(&facts.case_files, agencies, &facts.plan, question, origin);
    let rescue = rescue(facts, question);
    let late = report.official.late;
    let gap = gap(&report.agencies, late);
    let cards = vec![
        returns_card(facts, question, &readings, &report),
        petitions_card(facts, question, origin, &readings),
        dialogues_card(facts, question, &readings.dialogues_held),
        yearly_card(facts, question, origin, Index::ParIndex, &readings.par_index),
        yearly_card(facts, question, origin, Index::Sipas, &readings.sipas),
    ];
    Overview {
        heading: heading(&cards, question),
        summary: summary(&report.months, &gap, late, &rescue),
        cards,
        rescue,
        gap,
        late,
        months: report.months,
    }
}

/// `Đến 30/09/2023: hai chỉ tiêu không đạt, một chưa đến hạn, hai chưa công bố`.
fn heading(cards: &[Card], question: &Question) -> String {
    let window = question.window();
    if let (Some(period), Some(from)) = (question.period, window.from)
        && from > window.last
    {
        return format!(
            "{} chưa có số liệu; số liệu gần nhất đến {}",
            period.label(),
            text::date(window.last)
        );
    }
    let order = [
        (Status::Missed, "không đạt"),
        (Status::AtRisk, "có nguy cơ"),
        (Status::Met, "đạt"),
        (Status::NotDue, "chưa đến hạn"),
        (Status::NotPublished, "chưa công bố"),
        (Status::NoData, "chưa có số liệu"),
        (Status::NotApplicable, "không áp dụng"),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (status, words) in order {
        let count = cards.iter().filter(|card| card.standing.status == status).count();
        if count > 0 {
            let noun = if parts.is_empty() { " chỉ tiêu" } else { "" };
            parts.push(format!("{}{noun} {words}", in_words(count)));
        }
    }
    format!("Đến {}: {}", text::date(question.window().last), parts.join(", "))
}

fn in_words(count: usize) -> &'static str {
    ["không", "một", "hai", "ba", "bốn", "cả năm"][count.min(5)]
}

fn summary(months: &Chart, gap: &[GapLine], late: i64, rescue: &Rescue) -> String {
    let mut said = Vec::new();
    if let Kind::Trend(trend) = &months.kind
        && let Some(last) = trend.points.iter().rfind(|point| point.value.is_some())
    {
        said.push(format!("{}: {}.", last.name, last.detail));
    }
    if let (Some(last), true) = (gap.last(), late > 0) {
        said.push(match gap.len() {
            1 => format!("{} có {}\u{a0}% số hồ sơ trễ.", last.name, last.cumulated / 100),
            n => format!("{n} đơn vị chiếm {}\u{a0}% số hồ sơ trễ.", last.cumulated / 100),
        });
    }
    let soon = rescue.today + rescue.one + rescue.three + rescue.five;
    if soon > 0 {
        said.push(format!("{} hồ sơ tới hạn trong 5 ngày làm việc còn cứu được.", number(soon)));
    }
    said.join(" ")
}

fn rescue(facts: &Facts, question: &Question) -> Rescue {
    let read = Read::of(&facts.case_files, question.window());
    Rescue {
        today: read.at_end(Measure::DueIn0),
        one: read.at_end(Measure::DueIn1),
        three: read.at_end(Measure::DueIn3),
        five: read.at_end(Measure::DueIn5),
        overdue: read.at_end(Measure::OpenOverdue),
    }
}

fn gap(agencies: &[AgencyLine], late: i64) -> Vec<GapLine> {
    let mut so_far = 0;
    agencies
        .iter()
        .filter(|line| line.official.late > 0)
        .take(NAMED)
        .map(|line| {
            so_far += line.official.late;
            let cumulated = Rate::new(so_far.min(late), late).floored().unwrap_or(0);
            GapLine {
                code: line.code.clone(),
                name: line.name.clone(),
                own_desk: line.is_own_desk.then_some(line.level),
                late: line.official.late,
                cumulated,
            }
        })
        .collect()
}

/// `thiếu 0,20 điểm`, or nothing where the target is reached.
fn short_by(rate: Rate, target: i64) -> String {
    match rate.floored() {
        Some(value) if !rate.reaches(target) => format!("thiếu {} điểm", text::hundredths(target - value)),
        _ => String::new(),
    }
}

fn rate_target(target: i64) -> String {
    format!("Chỉ tiêu {}\u{a0}%", text::hundredths_short(target))
}

fn decision(plan: &Plan, indicator: Indicator, question: &Question) -> Option<String> {
    let target = plan.in_force(indicator, question.window().last, question.agency.as_deref())?;
    Some(target.source.clone())
}

fn change(change: Option<i64>) -> String {
    match change {
        Some(0) => "không đổi".to_owned(),
        Some(up) if up > 0 => format!("tăng {} điểm", text::hundredths(up)),
        Some(down) => format!("giảm {} điểm", text::hundredths(-down)),
        None => String::new(),
    }
}

fn returns_card(
    facts: &Facts,
    question: &Question,
    readings: &Readings,
    report: &case_file_report::CaseFileReport,
) -> Card {
    let tally = &readings.on_time_returns.official;
    let timed = tally.timed();
    let compared = report.compared.last().filter(|other| other.rate.all > 0).map(|other| {
        let rate = other.rate.floored().map_or_else(String::new, percent);
        format!("{}: {rate}, {}", other.label, change(other.change))
    });
    let mut next = Vec::new();
    if tally.open_overdue > 0 {
        next.push(format!("{} hồ sơ quá hạn chưa giải quyết.", number(tally.open_overdue)));
    }
    if let Some(strict) = readings.on_time_returns.strict.timed().shown() {
        next.push(format!("Theo ngày hẹn trả ban đầu: {strict}\u{a0}%."));
    }
    if let Some(lost) = lost_on(facts, question, report.target) {
        let period = question.period.map_or_else(|| "kỳ này".to_owned(), |p| p.label().to_lowercase());
        next.push(format!("Mức 100\u{a0}% của {period} không thể đạt nữa từ {}.", text::date(lost)));
    }
    Card {
        indicator: Indicator::OnTimeReturns,
        target: rate_target(report.target),
        decision: decision(&facts.plan, Indicator::OnTimeReturns, question),
        value: timed.shown(),
        unit: "%".to_owned(),
        detail: format!("{} trễ trong {}", number(timed.misses()), number(timed.all)),
        standing: report.standing.clone(),
        gap: short_by(timed, report.target),
        compared,
        spark: Some(spark(&report.months)),
        half_years: Vec::new(),
        next: next.join(" "),
    }
}

/// The first day of the window with a late file, where the target is 100 %: from then on the target is out of reach.
fn lost_on(facts: &Facts, question: &Question, target: i64) -> Option<NaiveDate> {
    let window = question.window();
    let late =
        facts.case_files.iter().filter(|day| window.contains(day.day) && day.counts[Measure::Late] > 0);
    late.map(|day| day.day).min().filter(|_| target == 10_000)
}

/// The months of a chart, small.
fn spark(months: &Chart) -> Chart {
    match &months.kind {
        Kind::Trend(trend) => {
            Chart { kind: Kind::Spark(Spark { trend: trend.clone(), labelled: false }), ..months.clone() }
        }
        Kind::Bars(_) | Kind::Spark(_) => months.clone(),
    }
}

fn petitions_card(facts: &Facts, question: &Question, origin: &Origin, readings: &Readings) -> Card {
    let reading = &readings.petitions_in_time;
    let target = question.target(&facts.plan, Indicator::PetitionsInTime);
    let decided = reading.decided();
    let mut next = Vec::new();
    if reading.late > 0 {
        let (step, late) = reading.weakest();
        next.push(format!("Chậm nhiều nhất ở bước {step}: {}.", number(late)));
    }
    if reading.open_within_limits > 0 {
        next.push(format!("{} đang xử lý trong hạn.", number(reading.open_within_limits)));
    }
    Card {
        indicator: Indicator::PetitionsInTime,
        target: rate_target(target),
        decision: decision(&facts.plan, Indicator::PetitionsInTime, question),
        value: decided.shown(),
        unit: "%".to_owned(),
        detail: format!("{} trễ trong {}", number(decided.misses()), number(decided.all)),
        standing: reading.standing(target),
        gap: short_by(decided, target),
        compared: None,
        spark: Some(petitions_spark(&facts.petitions, question, origin, target)),
        half_years: Vec::new(),
        next: next.join(" "),
    }
}

fn petitions_spark(days: &[PetitionDay], question: &Question, origin: &Origin, target: i64) -> Chart {
    let year = question.period.map_or(question.as_of.year(), Period::year);
    let months = year.to_string().parse::<Period>().map(|year| year.split(Unit::Month).collect::<Vec<_>>());
    let points = months
        .unwrap_or_default()
        .into_iter()
        .map(|month| {
            let window = Question { period: Some(month), ..question.clone() }.window();
            let decided = indicator::PetitionsInTime::read(days, window, target).decided();
            Point {
                tick: format!("T{}", month.index()),
                name: month.label(),
                value: decided.floored(),
                target: Some(target),
                open: month.to(question.cycle) > question.as_of,
                detail: format!("{} trễ trong {}", number(decided.misses()), number(decided.all)),
                ..Point::default()
            }
        })
        .collect();
    let title = "Phản ánh, kiến nghị xử lý kịp thời theo tháng".to_owned();
    let subtitle =
        format!("Tỷ lệ tiếp nhận, xử lý và thông báo kết quả trong hạn, năm {year}, {}", origin.whom);
    Chart { subtitle, ..spark_of(title, Value::Percent, points, Tone::Miss, false, question, origin) }
}

fn spark_of(
    title: String,
    unit: Value,
    points: Vec<Point>,
    tone: Tone,
    labelled: bool,
    question: &Question,
    origin: &Origin,
) -> Chart {
    let said: Vec<String> = points
        .iter()
        .filter_map(|point| Some(format!("{} {}", point.name.to_lowercase(), unit.write(point.value?))))
        .collect();
    let falls_short = points
        .iter()
        .rfind(|point| point.value.is_some())
        .and_then(|point| point.value.zip(point.target))
        .is_some_and(|(value, target)| unit.falls_short(value, target));
    Chart {
        description: if said.is_empty() {
            "Chưa có số liệu.".to_owned()
        } else {
            format!("{}.", said.join("; "))
        },
        subtitle: String::new(),
        source: format!(
            "Nguồn: {} · tính đến {}",
            if origin.is_invented { "số liệu mô phỏng" } else { "số liệu đã nhập" },
            text::date(question.window().last)
        ),
        invented: origin.is_invented,
        words: Words::default(),
        kind: Kind::Spark(Spark {
            trend: Trend {
                unit,
                points,
                before: String::new(),
                tone: if falls_short { tone } else { Tone::Plain },
            },
            labelled,
        }),
        title,
    }
}

fn dialogues_card(facts: &Facts, question: &Question, reading: &DialoguesHeld) -> Card {
    let (now, day) = DialoguesHeld::asked(question);
    let left = (now.to(Cycle::Calendar) - day).num_days();
    let first = Period::containing(now.from(Cycle::Calendar), Unit::Year, Cycle::Calendar);
    let half_years: Vec<HalfYear> = first
        .split(Unit::HalfYear)
        .filter(|half| half.from(Cycle::Calendar) <= day)
        .map(|half| {
            let at = Question { period: Some(half), cycle: Cycle::Calendar, ..question.clone() };
            let reading = if half == now { reading.clone() } else { DialoguesHeld::read(facts, &at) };
            HalfYear { label: half.label(), held: reading.held, obliged: reading.obliged }
        })
        .collect();
    let mut next = Vec::new();
    if let Some(short) = half_years.first().filter(|half| half_years.len() > 1 && half.held < half.obliged) {
        next.push(format!("6 tháng đầu thiếu {} đơn vị.", number(short.obliged - short.held)));
    }
    if reading.held_without_minutes > 0 {
        next.push(format!("{} đơn vị đã đối thoại nhưng chưa hợp lệ.", number(reading.held_without_minutes)));
    }
    if reading.planned > 0 {
        next.push(format!("{} đơn vị đã có lịch.", number(reading.planned)));
    }
    next.push(format!("Lĩnh vực trọng tâm: {} đơn vị.", number(reading.priority.held)));
    if reading.issues.open_overdue > 0 {
        next.push(format!("{} vướng mắc quá hạn chưa tháo gỡ.", number(reading.issues.open_overdue)));
    }
    Card {
        indicator: Indicator::DialoguesHeld,
        target: "Ít nhất 6 tháng một lần".to_owned(),
        decision: decision(&facts.plan, Indicator::DialoguesHeld, question),
        value: (reading.obliged > 0).then(|| number(reading.held)),
        unit: format!("/\u{a0}{}", number(reading.obliged)),
        detail: now.label(),
        standing: reading.standing(day),
        gap: match reading.status {
            Status::NotDue | Status::AtRisk => format!("còn {left} ngày"),
            Status::Missed => format!("thiếu {} đơn vị", number(reading.without())),
            _ => String::new(),
        },
        compared: None,
        spark: None,
        half_years,
        next: if reading.obliged > 0 { next.join(" ") } else { String::new() },
    }
}

fn yearly_card(facts: &Facts, question: &Question, origin: &Origin, index: Index, reading: &Yearly) -> Card {
    let (indicator, target_text) = match index {
        Index::ParIndex => (Indicator::ParIndex, "Chỉ tiêu nhóm {} tỉnh, thành phố đứng đầu"),
        Index::Sipas => (Indicator::Sipas, "Chỉ tiêu tối thiểu {}\u{a0}%"),
    };
    let target = question.target(&facts.plan, indicator);
    let year = question.window().last.year();
    let known = yearly_index::known(&facts.editions, index, HANOI, question.as_of);
    let latest = reading.year.and_then(|year| known.iter().find(|value| value.year == year));
    // The target of SIPAS is a score: a later edition of which only the rank is held is named beside the last score.
    let scored = known.iter().rfind(|value| value.score.is_some() && Some(value.year) <= reading.year);
    let shown = if index == Index::Sipas { scored.or(latest) } else { latest };
    let score = shown.and_then(|value| value.score).map(text::hundredths);
    let place = shown.and_then(|value| Some((value.rank?, value.of)));
    let of = |of: Option<i32>| of.map_or_else(String::new, |of| format!("/\u{a0}{of}"));
    let (value, unit) = match (index, &score, place) {
        (Index::Sipas, Some(score), _) => (Some(score.clone()), "%".to_owned()),
        (_, _, Some((rank, among))) => (Some(rank.to_string()), of(among)),
        (Index::ParIndex, Some(score), None) => (Some(score.clone()), "điểm".to_owned()),
        _ => (None, String::new()),
    };
    let standing = reading.standing(index, year, question.as_of, target);
    let gap = match (index, standing.status, shown.and_then(|value| value.score)) {
        (Index::Sipas, Status::Missed, Some(score)) => {
            format!("thiếu {} điểm", text::hundredths(target - score))
        }
        (_, Status::NotPublished, _) => format!("kết quả {year}: khoảng tháng 4/{}", year + 1),
        _ => String::new(),
    };
    Card {
        indicator,
        target: target_text.replace("{}", &text::hundredths_short(target)),
        decision: decision(&facts.plan, indicator, question),
        value,
        unit,
        detail: shown.map_or_else(
            || "chưa có số liệu".to_owned(),
            |value| {
                let when = value.published_on.map_or_else(
                    || "không rõ ngày công bố".to_owned(),
                    |day| format!("công bố {}", text::date(day)),
                );
                let last = if Some(value.year) < reading.year { ", gần nhất có được" } else { "" };
                format!("kết quả {}{last}, {when}", value.year)
            },
        ),
        next: yearly_next(index, shown, latest, &standing),
        standing,
        gap,
        compared: None,
        spark: Some(yearly_spark(index, &known, question, origin, target)),
        half_years: Vec::new(),
    }
}

fn yearly_next(
    index: Index,
    shown: Option<&yearly_index::Value>,
    latest: Option<&yearly_index::Value>,
    standing: &Standing,
) -> String {
    let mut next = Vec::new();
    if let Some(value) = shown {
        match (index, value.score.map(text::hundredths), value.rank) {
            (Index::ParIndex, Some(score), _) => next.push(format!("{score} điểm năm {}.", value.year)),
            (Index::Sipas, Some(_), Some(rank)) => next.push(format!("Hạng {rank} năm {}.", value.year)),
            _ => {}
        }
        if let [(a, _), (b, _), ..] = value.conflicts.as_slice() {
            let (a, b) = (text::hundredths(*a), text::hundredths(*b));
            next.push(format!("Hai nguồn nói khác nhau về điểm: {a} và {b}."));
        }
    }
    if let Some(later) = latest.filter(|later| shown.is_some_and(|shown| shown.year < later.year)) {
        let place = match (later.rank, later.of) {
            (Some(rank), Some(of)) => format!("hạng {rank}/{of}, "),
            _ => String::new(),
        };
        let changed = shown.is_some_and(|shown| shown.method != later.method);
        let changed = if changed { " (đổi phương pháp)" } else { "" };
        next.push(format!("{}{changed}: {place}chưa có điểm số.", later.year));
    }
    next.push(standing.sentence.clone());
    next.join(" ")
}

fn yearly_spark(
    index: Index,
    known: &[yearly_index::Value],
    question: &Question,
    origin: &Origin,
    target: i64,
) -> Chart {
    let (unit, target) = match index {
        Index::ParIndex => (Value::Rank, target / 100),
        Index::Sipas => (Value::Percent, target),
    };
    let of = |value: &yearly_index::Value| match index {
        Index::ParIndex => value.rank.map(i64::from),
        Index::Sipas => value.score,
    };
    let with_value: Vec<&yearly_index::Value> = known.iter().filter(|value| of(value).is_some()).collect();
    let years = with_value.first().zip(with_value.last()).map_or(0..0, |(a, b)| a.year..b.year + 1);
    let mut method = None;
    let points = years
        .map(|year| {
            let value = known.iter().find(|value| value.year == year);
            let now = value.and_then(|value| value.method.clone());
            let series_break = match (&method, &now) {
                (Some(was), Some(now)) if was != now => Some("đổi phương pháp".to_owned()),
                _ => None,
            };
            method = now.or(method.take());
            Point {
                tick: year.to_string(),
                name: year.to_string(),
                value: value.and_then(&of),
                target: Some(target),
                series_break,
                ..Point::default()
            }
        })
        .collect();
    let title = match index {
        Index::ParIndex => "Thứ hạng PAR INDEX theo năm",
        Index::Sipas => "Chỉ số SIPAS theo năm",
    };
    let mut sources: Vec<&str> = with_value.iter().map(|value| value.source.as_str()).collect();
    sources.dedup();
    let as_of = text::date(question.window().last);
    Chart {
        // Published by others: never invented, whatever the rest of the page shows.
        invented: false,
        subtitle: "Hà Nội, theo năm được đánh giá; chỉ gồm số đã công bố".to_owned(),
        source: format!("Nguồn: {}; tính đến {as_of}", sources.join("; ")),
        ..spark_of(title.to_owned(), unit, points, Tone::Plain, true, question, origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        case_file::{CaseFileCounts, CaseFileDay},
        yearly_index::{Edition, Mark},
    };

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    fn facts() -> Facts {
        let mut counts = CaseFileCounts::default();
        counts[Measure::Early] = 999;
        counts[Measure::Late] = 1;
        let edition = Edition {
            index: Index::ParIndex,
            year: 2022,
            province_code: HANOI.to_owned(),
            rank: Some(3),
            of: Some(63),
            score: Some(8_958),
            published_on: Some(on("2023-04-19")),
            source: "báo".to_owned(),
            method: None,
            mark: Mark::Found,
        };
        Facts {
            case_files: vec![CaseFileDay { day: on("2023-01-03"), counts }],
            editions: vec![edition],
            ..Facts::default()
        }
    }

    fn overview(as_of: &str) -> Overview {
        let question =
            Question { as_of: on(as_of), cycle: Cycle::Calendar, period: "2023".parse().ok(), agency: None };
        let origin = Origin { is_invented: false, whom: "toàn thành phố".to_owned() };
        assemble(&facts(), Vec::new(), &question, &origin)
    }

    #[test]
    fn the_heading_counts_the_targets_by_how_they_stand() {
        let page = overview("2023-09-30");
        assert_eq!(
            page.heading,
            "Đến 30/09/2023: một chỉ tiêu không đạt, hai chưa công bố, hai chưa có số liệu"
        );
    }

    #[test]
    fn a_period_that_has_no_data_yet_says_so() {
        let question = Question {
            as_of: on("2023-12-31"),
            cycle: Cycle::Calendar,
            period: "2024".parse().ok(),
            agency: None,
        };
        let origin = Origin { is_invented: false, whom: "toàn thành phố".to_owned() };
        let page = assemble(&facts(), Vec::new(), &question, &origin);
        assert_eq!(page.heading, "Năm 2024 chưa có số liệu; số liệu gần nhất đến 31/12/2023");
    }

    #[test]
    fn a_value_that_cannot_be_known_yet_is_said_so() {
        let page = overview("2023-09-30");
        let par = &page.cards[3];
        assert_eq!((par.value.as_deref(), par.unit.as_str()), (Some("3"), "/\u{a0}63"));
        assert_eq!(par.detail, "kết quả 2022, công bố 19/04/2023");
        assert_eq!(par.gap, "kết quả 2023: khoảng tháng 4/2024");
        let before = overview("2023-04-18");
        assert_eq!(before.cards[3].value, None);
        assert_eq!(before.cards[3].detail, "chưa có số liệu");
    }

    #[test]
    fn the_first_late_file_of_the_year_ends_the_hope_for_100_percent() {
        let page = overview("2023-09-30");
        assert!(
            page.cards[0].next.contains("năm 2023 không thể đạt nữa từ 03/01/2023"),
            "{}",
            page.cards[0].next
        );
        assert_eq!(page.cards[0].value.as_deref(), Some("99,90"));
        assert_eq!(page.cards[0].gap, "thiếu 0,10 điểm");
    }
}
