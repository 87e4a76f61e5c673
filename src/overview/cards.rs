//! The cards of the targets the city's own data speak of: case files, petitions, dialogues.

use chrono::NaiveDate;

use super::{
    Card, HalfYear,
    sparks::{petitions_spark, spark},
};
use crate::{
    case_file::Measure,
    case_file_report::{CaseFileReport, Origin},
    indicator::{DialoguesHeld, Facts, Question, Readings},
    period::{Cycle, Period, Unit},
    plan::{Indicator, Plan},
    rate::Rate,
    status::Status,
    text::{self, number, percent},
};

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

pub(super) fn decision(plan: &Plan, indicator: Indicator, question: &Question) -> Option<String> {
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

pub(super) fn returns_card(
    facts: &Facts,
    question: &Question,
    readings: &Readings,
    report: &CaseFileReport,
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

pub(super) fn petitions_card(
    facts: &Facts,
    question: &Question,
    origin: &Origin,
    readings: &Readings,
) -> Card {
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

pub(super) fn dialogues_card(facts: &Facts, question: &Question, reading: &DialoguesHeld) -> Card {
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
