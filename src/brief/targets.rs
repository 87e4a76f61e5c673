//! The five targets in a brief: the table, and a section for each with what makes up its gap.

use serde::{Deserialize, Serialize};

use super::{Conclusion, Sources, Tabled};
use crate::{
    charts::values::{Value, Values},
    dialogue_report::matrix::Group,
    lang::Lang,
    overview::Card,
    period::{Cycle, Period},
    petition_report::GroupLine,
    plan::Indicator,
    rate::Rate,
    status::Status,
};

/// Lines of a table that says who makes up a gap.
const NAMED: usize = 10;

/// A target in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Of what.
    pub indicator: Indicator,
    /// Its name, its value and how it stands.
    pub heading: String,
    /// Whether it is missed or at risk, so that somebody has to explain it.
    pub is_off_track: bool,
    /// Sentences made from the numbers.
    pub said: Vec<String>,
    /// What makes up the gap, where something does.
    pub gap: Option<Tabled>,
    /// What was concluded about it: in the month before, and about this month.
    pub promised: Vec<String>,
}

/// The table of the five targets.
pub(super) fn table(month: Period, sources: &Sources<'_>, lang: Lang) -> Tabled {
    let (of_month, of_year) = (&sources.month.overview.cards, &sources.year.overview.cards);
    let rows = of_month.iter().zip(of_year).map(|(in_month, in_year)| {
        [
            in_month.indicator.label(lang).to_owned(),
            in_month.target.clone(),
            figure(in_month, lang),
            standing(in_month, lang),
            figure(in_year, lang),
            standing(in_year, lang),
        ]
        .map(Value::Text)
        .to_vec()
    });
    let standing = lang.of("Trạng thái", "Standing");
    let head = [
        lang.of("Chỉ tiêu", "Target").to_owned(),
        lang.of("Mức kế hoạch", "Planned").to_owned(),
        month.label(lang),
        format!("{standing}, {}", lang.of("tháng", "month")),
        lang.of("Lũy kế năm", "Year to date").to_owned(),
        format!("{standing}, {}", lang.of("năm", "year")),
    ];
    Tabled {
        caption: lang.of("Kết quả thực hiện các chỉ tiêu", "The targets and where they stand").to_owned(),
        values: Values { head: head.to_vec(), rows: rows.collect() },
    }
}

/// The figure with its unit, as one does not break it: `99,78 %`, `3 / 63`.
fn figure(card: &Card, lang: Lang) -> String {
    match (&card.value, card.unit.as_str()) {
        (Some(value), "%") => format!("{value}{}%", lang.of("\u{a0}", "")),
        (Some(value), "") => value.clone(),
        (Some(value), unit) => format!("{value}\u{a0}{unit}"),
        (None, _) => "—".to_owned(),
    }
}

/// In a word alone: on paper there is no colour to tell apart, and few typefaces have the shapes.
fn standing(card: &Card, lang: Lang) -> String {
    card.standing.status.label(lang).to_owned()
}

/// A section for each target, in the order of the overview.
pub(super) fn sections(month: Period, sources: &Sources<'_>, lang: Lang) -> Vec<Section> {
    let (of_month, of_year) = (&sources.month.overview.cards, &sources.year.overview.cards);
    of_month
        .iter()
        .zip(of_year)
        .map(|(card, in_year)| {
            let is_off = |card: &Card| matches!(card.standing.status, Status::Missed | Status::AtRisk);
            Section {
                indicator: card.indicator,
                heading: heading(card, lang),
                is_off_track: is_off(card) || is_off(in_year),
                said: said(month, card, in_year, lang),
                gap: match card.indicator {
                    Indicator::OnTimeReturns => of_agencies(sources, lang),
                    Indicator::PetitionsInTime => of_petitions(sources.petitions, lang),
                    Indicator::DialoguesHeld => of_levels(sources.dialogues, lang),
                    Indicator::ParIndex | Indicator::Sipas => None,
                },
                promised: promised(month, card.indicator, sources.conclusions, lang),
            }
        })
        .collect()
}

/// `Hồ sơ trả đúng hạn và trước hạn: 99,91 %, thiếu 0,09 điểm (Không đạt)`.
fn heading(card: &Card, lang: Lang) -> String {
    let mut heading = format!("{}: {}", card.indicator.label(lang), figure(card, lang));
    if !card.gap.is_empty() {
        heading.push_str(", ");
        heading.push_str(&card.gap);
    }
    format!("{heading} ({})", card.standing.status.label(lang))
}

fn said(month: Period, card: &Card, in_year: &Card, lang: Lang) -> Vec<String> {
    let mut said = vec![format!("{}.", card.standing.sentence.trim_end_matches('.'))];
    let decision = card.decision.as_ref().map(|decision| format!(" ({decision})")).unwrap_or_default();
    said.push(format!("{}{decision}. {}: {}.", card.target, month.label(lang), card.detail));
    let is_yearly = matches!(card.indicator, Indicator::ParIndex | Indicator::Sipas);
    if !is_yearly && (card.detail != in_year.detail || card.value != in_year.value) {
        let gap = if in_year.gap.is_empty() { String::new() } else { format!(", {}", in_year.gap) };
        said.push(format!(
            "{}: {} ({}{gap}).",
            lang.of("Lũy kế từ đầu năm", "From the beginning of the year"),
            figure(in_year, lang),
            in_year.detail
        ));
    }
    said.extend(card.compared.as_ref().map(|compared| {
        format!("{} {compared}.", lang.of("So với cùng kỳ:", "Compared with the same period:"))
    }));
    said.extend(card.half_years.iter().map(|half| match lang {
        Lang::Vi => format!("{}: {} trên {} đơn vị.", half.label, half.held, half.obliged),
        Lang::En => format!("{}: {} of {} offices.", half.label, half.held, half.obliged),
    }));
    said.extend(card.next.iter().map(|remark| remark.said.clone()));
    said
}

/// The last conclusion before the month, and the one about it.
fn promised(month: Period, of: Indicator, conclusions: &[Conclusion], lang: Lang) -> Vec<String> {
    let about = || conclusions.iter().filter(|conclusion| conclusion.indicator == of);
    let begins = |period: Period| period.from(Cycle::Calendar);
    let before = about().filter(|conclusion| begins(conclusion.month) < begins(month));
    let last = before.max_by_key(|conclusion| begins(conclusion.month));
    let now = about().find(|conclusion| conclusion.month == month);
    last.into_iter().chain(now).map(|conclusion| conclusion.sentence(lang)).collect()
}

/// Whose late files they are, with the shares cumulated.
fn of_agencies(sources: &Sources<'_>, lang: Lang) -> Option<Tabled> {
    let overview = sources.month.overview;
    if overview.late == 0 {
        return None;
    }
    let line =
        |name: &str, late, share| vec![Value::Text(name.to_owned()), Value::Count(late), Value::Share(share)];
    let mut rows: Vec<_> =
        overview.gap.iter().map(|line_| line(&line_.name, line_.late, line_.cumulated)).collect();
    let rest = overview.late - overview.gap.iter().map(|line| line.late).sum::<i64>();
    if rest > 0 {
        rows.push(line(lang.of("Các đơn vị khác", "Other agencies"), rest, 10_000));
    }
    Some(made_up(
        lang.of("Hồ sơ trễ theo đơn vị", "Late case files by agency"),
        [lang.of("Đơn vị", "Agency"), lang.of("Hồ sơ trễ", "Late"), lang.of("Cộng dồn (%)", "Cumulated (%)")],
        rows,
    ))
}

fn of_petitions(lines: &[GroupLine], lang: Lang) -> Option<Tabled> {
    let late: Vec<_> = lines.iter().filter(|line| line.late > 0).collect();
    let all: i64 = late.iter().map(|line| line.late).sum();
    let mut so_far = 0;
    let mut rows: Vec<_> = late
        .iter()
        .take(NAMED)
        .map(|line| {
            so_far += line.late;
            let share = Rate::new(so_far, all).floored().unwrap_or(0);
            vec![Value::Text(line.name.clone()), Value::Count(line.late), Value::Share(share)]
        })
        .collect();
    if all > so_far {
        let others = lang.of("Các đơn vị khác", "Other agencies").to_owned();
        rows.push(vec![Value::Text(others), Value::Count(all - so_far), Value::Share(10_000)]);
    }
    (all > 0).then(|| {
        made_up(
            lang.of("Phản ánh, kiến nghị chậm theo đơn vị", "Late petitions by agency"),
            [lang.of("Đơn vị", "Agency"), lang.of("Chậm", "Late"), lang.of("Cộng dồn (%)", "Cumulated (%)")],
            rows,
        )
    })
}

fn of_levels(groups: &[Group], lang: Lang) -> Option<Tabled> {
    let rows: Vec<_> = groups
        .iter()
        .map(|group| {
            let counts = [group.tally.obliged, group.tally.held, group.tally.without()].map(Value::Count);
            std::iter::once(Value::Text(group.level.label(lang).to_owned())).chain(counts).collect()
        })
        .collect();
    let has_gap = groups.iter().any(|group| group.tally.without() > 0);
    has_gap.then(|| {
        made_up(
            lang.of("Đối thoại trong kỳ 6 tháng theo cấp", "Dialogues of the half-year by level"),
            [
                lang.of("Cấp", "Level"),
                lang.of("Phải đối thoại", "Obliged"),
                lang.of("Đã đối thoại hợp lệ", "Held"),
                lang.of("Còn thiếu", "Without"),
            ],
            rows,
        )
    })
}

fn made_up<const N: usize>(caption: &str, head: [&str; N], rows: Vec<Vec<Value>>) -> Tabled {
    Tabled { caption: caption.to_owned(), values: Values { head: head.map(str::to_owned).to_vec(), rows } }
}
