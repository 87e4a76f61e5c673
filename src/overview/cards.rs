//! The cards of the targets the city's own data speak of: case files, petitions, dialogues.

use chrono::NaiveDate;

use super::{
    Card, HalfYear, Opens, Remark,
    sparks::{petitions_spark, spark},
};
use crate::{
    case_file::Measure,
    case_file_report::{CaseFileReport, Origin, late_of},
    compared::{self, Compared},
    dialogue_report::{IssueFigure, Only, State},
    filter::Measured,
    indicator::{DialoguesHeld, Facts, PetitionsInTime, Question, Readings},
    lang::Lang,
    outlook::CaseFileOutlook,
    period::{Cycle, Period, Unit, Window},
    petition_report::PetitionFigure,
    plan::{Indicator, Plan},
    rate::Rate,
    status::Status,
};

/// `thiếu 0,20 điểm`, or nothing where the target is reached.
fn short_by(rate: Rate, target: i64, lang: Lang) -> String {
    match rate.floored() {
        Some(value) if !rate.reaches(target) => points_short(target - value, lang),
        _ => String::new(),
    }
}

/// `thiếu 0,20 điểm`, `0.20 points short`.
pub(super) fn points_short(points: i64, lang: Lang) -> String {
    let points = lang.hundredths(points);
    match lang {
        Lang::Vi => format!("thiếu {points} điểm"),
        Lang::En => format!("{points} points short"),
    }
}

fn rate_target(target: i64, lang: Lang) -> String {
    format!("{} {}", lang.of("Chỉ tiêu", "Target"), lang.percent_short(target))
}

pub(super) fn decision(plan: &Plan, indicator: Indicator, question: &Question) -> Option<String> {
    let target = plan.in_force(indicator, question.window().last, question.agency.as_deref())?;
    Some(target.source.clone())
}

fn change(change: Option<i64>, lang: Lang) -> String {
    let Some(points) = change else { return String::new() };
    let size = lang.hundredths(points.abs());
    match (points.signum(), lang) {
        (0, _) => lang.of("không đổi", "unchanged").to_owned(),
        (1, Lang::Vi) => format!("tăng {size} điểm"),
        (1, Lang::En) => format!("up {size} points"),
        (_, Lang::Vi) => format!("giảm {size} điểm"),
        (_, Lang::En) => format!("down {size} points"),
    }
}

/// `Năm 2022 (01/01/2022–30/09/2022): 99,76 %, tăng 0,02 điểm`.
fn compared_with(other: Option<&Compared>, lang: Lang) -> Option<String> {
    let other = other.filter(|other| other.rate.all > 0)?;
    let rate = lang.percent(other.rate.floored()?);
    Some(format!("{}: {rate}, {}", other.label, change(other.change, lang)))
}

pub(super) fn returns_card(
    facts: &Facts,
    question: &Question,
    readings: &Readings,
    report: &CaseFileReport,
    outlook: Option<&CaseFileOutlook>,
    lang: Lang,
) -> Card {
    let tally = &readings.on_time_returns.official;
    let timed = tally.timed();
    let compared = compared_with(report.compared.last(), lang);
    let mut next = Vec::new();
    if tally.open_overdue > 0 {
        let overdue = lang.number(tally.open_overdue);
        let said = match lang {
            Lang::Vi => format!("{overdue} hồ sơ quá hạn chưa giải quyết."),
            Lang::En => format!("{overdue} open and overdue."),
        };
        next.push(Remark::opening(Opens::CaseFiles(Measured::OpenOverdue), said));
    }
    if let Some(strict) = readings.on_time_returns.strict.timed().floored() {
        let strict = lang.percent(strict);
        let said = match lang {
            Lang::Vi => format!("Theo ngày hẹn trả ban đầu: {strict}."),
            Lang::En => format!("By the first due date: {strict}."),
        };
        next.push(Remark::plain(said));
    }
    if let Some(lost) = lost_on(facts, question, report.target) {
        let day = lang.date(lost);
        next.push(Remark::plain(match (question.period, lang) {
            (Some(period), Lang::Vi) => {
                let period = period.label(lang).to_lowercase();
                format!("Mức 100\u{a0}% của {period} không thể đạt nữa từ {day}.")
            }
            (Some(period), Lang::En) => {
                format!("100% for {} has been out of reach since {day}.", period.label(lang))
            }
            (None, Lang::Vi) => format!("Mức 100\u{a0}% của kỳ này không thể đạt nữa từ {day}."),
            (None, Lang::En) => format!("100% for this period has been out of reach since {day}."),
        }));
    }
    if let Some(outlook) = outlook.filter(|outlook| !outlook.is_over)
        && let Some(forecast) = outlook.forecast.floored()
    {
        let (year, forecast) = (outlook.year, lang.percent(forecast));
        next.push(Remark::plain(match lang {
            Lang::Vi => format!("Dự báo cả năm {year}: {forecast}."),
            Lang::En => format!("{year} is heading for {forecast}."),
        }));
    }
    Card {
        indicator: Indicator::OnTimeReturns,
        target: rate_target(report.target, lang),
        decision: decision(&facts.plan, Indicator::OnTimeReturns, question),
        value: timed.floored().map(|rate| lang.hundredths(rate)),
        unit: "%".to_owned(),
        detail: late_of(timed, lang),
        standing: report.standing.clone(),
        gap: short_by(timed, report.target, lang),
        compared,
        spark: Some(spark(&report.months)),
        half_years: Vec::new(),
        next,
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
    let lang = origin.lang;
    let reading = &readings.petitions_in_time;
    let target = question.target(&facts.plan, Indicator::PetitionsInTime);
    let decided = reading.decided();
    let mut next = Vec::new();
    let others = compared::periods(question, decided, lang, |from, to| {
        let window = Window { from: Some(from), last: to };
        PetitionsInTime::read(&facts.petitions, window, target).decided()
    });
    if reading.late > 0 {
        let (step, late) = reading.weakest(lang);
        let figure = match late {
            _ if late == reading.handled.late => PetitionFigure::HandledLate,
            _ if late == reading.received.late => PetitionFigure::ReceivedLate,
            _ => PetitionFigure::NotifiedLate,
        };
        let late = lang.number(late);
        let said = match lang {
            Lang::Vi => format!("Chậm nhiều nhất ở bước {step}: {late}."),
            Lang::En => format!("Late most often at the step of {step}: {late}."),
        };
        next.push(Remark::opening(Opens::Petitions(figure), said));
    }
    if reading.open_within_limits > 0 {
        let open = lang.number(reading.open_within_limits);
        let said = match lang {
            Lang::Vi => format!("{open} đang xử lý trong hạn."),
            Lang::En => format!("{open} open within their limits."),
        };
        next.push(Remark::opening(Opens::Petitions(PetitionFigure::Open), said));
    }
    Card {
        indicator: Indicator::PetitionsInTime,
        target: rate_target(target, lang),
        decision: decision(&facts.plan, Indicator::PetitionsInTime, question),
        value: decided.floored().map(|rate| lang.hundredths(rate)),
        unit: "%".to_owned(),
        detail: late_of(decided, lang),
        standing: reading.standing(target, lang),
        gap: short_by(decided, target, lang),
        compared: compared_with(others.last(), lang),
        spark: Some(petitions_spark(&facts.petitions, question, origin, target)),
        half_years: Vec::new(),
        next,
    }
}

pub(super) fn dialogues_card(
    facts: &Facts,
    question: &Question,
    reading: &DialoguesHeld,
    lang: Lang,
) -> Card {
    let (now, day) = DialoguesHeld::asked(question);
    let left = (now.to(Cycle::Calendar) - day).num_days();
    let first = Period::containing(now.from(Cycle::Calendar), Unit::Year, Cycle::Calendar);
    let half_years: Vec<HalfYear> = first
        .split(Unit::HalfYear)
        .filter(|half| half.from(Cycle::Calendar) <= day)
        .map(|half| {
            let at = Question { period: Some(half), cycle: Cycle::Calendar, ..question.clone() };
            let reading = if half == now { reading.clone() } else { DialoguesHeld::read(facts, &at) };
            HalfYear { period: half, label: half.label(lang), held: reading.held, obliged: reading.obliged }
        })
        .filter(|half| half.obliged > 0)
        .collect();
    let next = if reading.obliged > 0 { dialogues_next(&half_years, now, reading, lang) } else { Vec::new() };
    let without = lang.number(reading.without());
    Card {
        indicator: Indicator::DialoguesHeld,
        target: lang.of("Ít nhất 6 tháng một lần", "At least once in 6 months").to_owned(),
        decision: decision(&facts.plan, Indicator::DialoguesHeld, question),
        value: (reading.obliged > 0).then(|| lang.number(reading.held)),
        unit: format!("/\u{a0}{}", lang.number(reading.obliged)),
        detail: now.label(lang),
        standing: reading.standing(day, lang),
        gap: match (reading.status, lang) {
            (Status::NotDue | Status::AtRisk, Lang::Vi) => format!("còn {left} ngày"),
            (Status::NotDue | Status::AtRisk, Lang::En) => lang.count(left, "", "day left", "days left"),
            (Status::Missed, Lang::Vi) => format!("thiếu {without} đơn vị"),
            (Status::Missed, Lang::En) => format!("{without} offices without one"),
            _ => String::new(),
        },
        compared: None,
        spark: None,
        half_years,
        next,
    }
}

fn dialogues_next(half_years: &[HalfYear], now: Period, reading: &DialoguesHeld, lang: Lang) -> Vec<Remark> {
    let mut next = Vec::new();
    let mut say = |n: i64, opens: Opens, vi: &str, en: &str| {
        if n > 0 {
            next.push(Remark::opening(opens, lang.of(vi, en).replace("{}", &lang.number(n))));
        }
    };
    let offices = |only: Only| Opens::Offices(only, now);
    if let [first, _, ..] = half_years {
        say(
            first.obliged - first.held,
            Opens::Offices(Only::Missing, first.period),
            "Thiếu {} đơn vị trong 6 tháng đầu.",
            "{} offices held none in the first half-year.",
        );
    }
    say(
        reading.held_without_minutes,
        offices(Only::In(State::HeldWithoutMinutes)),
        "{} đơn vị đã đối thoại nhưng chưa hợp lệ.",
        "{} offices held one that does not count.",
    );
    say(
        reading.planned,
        offices(Only::In(State::Planned)),
        "{} đơn vị đã có lịch.",
        "{} offices have a date.",
    );
    say(
        reading.priority.held,
        offices(Only::Priority),
        "Lĩnh vực trọng tâm: {} đơn vị.",
        "Priority fields: {} offices.",
    );
    say(
        reading.issues.open_overdue,
        Opens::Issues(IssueFigure::OpenOverdue),
        "{} vướng mắc quá hạn chưa tháo gỡ.",
        "{} issues are open past their deadline.",
    );
    next
}
