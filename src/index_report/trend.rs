//! The chart of an index: each year against the target, gaps where nothing is held, breaks where the method changed.

use super::series::{YearLine, aim, name, nothing_known};
use crate::{
    charts::{Chart, Kind, Point, Tone, Trend, Unit, Words},
    indicator::Question,
    lang::Lang,
    yearly_index::Index,
};

pub(super) fn chart(years: &[YearLine], index: Index, question: &Question, target: i64, lang: Lang) -> Chart {
    let (unit, target_drawn) = match index {
        Index::ParIndex => (Unit::Rank, target / 100),
        Index::Sipas => (Unit::Percent, target),
    };
    let points: Vec<Point> = years
        .iter()
        .map(|line| Point {
            tick: line.year.to_string(),
            name: line.year.to_string(),
            value: line.judged(index),
            target: Some(target_drawn),
            detail: detail(line, index, lang),
            series_break: line
                .broke_with
                .as_ref()
                .map(|_| lang.of("đổi phương pháp", "new method").to_owned()),
            ..Point::default()
        })
        .collect();
    let last = years.iter().rfind(|line| line.judged(index).is_some());
    let falls_short =
        last.and_then(|line| line.judged(index)).is_some_and(|value| unit.falls_short(value, target_drawn));
    let mut sources: Vec<&str> =
        years.iter().flat_map(|line| &line.sources).map(|source| host(source)).collect();
    sources.sort_unstable();
    sources.dedup();
    let sources =
        if sources.is_empty() { lang.of("chưa có", "none").to_owned() } else { sources.join(", ") };
    let as_of = lang.date(question.window().last);
    Chart {
        title: last.map_or_else(
            || format!("{}: {}", name(index), nothing_known(question.as_of, lang)),
            |line| finding(line, index, target, lang),
        ),
        subtitle: match index {
            Index::ParIndex => lang.of(
                "Thứ hạng của Hà Nội theo năm được đánh giá, hạng 1 ở trên; chỉ gồm số đã công bố",
                "Hanoi's rank by the year assessed, rank 1 on top; published figures only",
            ),
            Index::Sipas => lang.of(
                "Chỉ số hài lòng của Hà Nội theo năm được đánh giá; chỉ gồm số đã công bố",
                "Hanoi's satisfaction index by the year assessed; published figures only",
            ),
        }
        .to_owned(),
        description: description(years, index, lang),
        source: match lang {
            Lang::Vi => format!("Nguồn: {sources}; tính đến {as_of}"),
            Lang::En => format!("Source: {sources}; as of {as_of}"),
        },
        // Published by others: never invented, whatever the rest of the page shows.
        invented: false,
        words: Words::of(lang),
        about: Vec::new(),
        kind: Kind::Trend(Trend {
            unit,
            points,
            before: String::new(),
            tone: if falls_short { Tone::Miss } else { Tone::Plain },
        }),
    }
}

/// The site of a source that is an address, else the source itself.
#[must_use]
pub fn host(source: &str) -> &str {
    let Some((_, rest)) = source.split_once("://") else { return source };
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// A value as the reader's language writes it.
fn written(value: i64, index: Index, lang: Lang) -> String {
    match index {
        Index::ParIndex => format!("{} {value}", lang.of("hạng", "rank")),
        Index::Sipas => lang.percent(value),
    }
}

fn finding(line: &YearLine, index: Index, target: i64, lang: Lang) -> String {
    let value = line.judged(index).unwrap_or_default();
    let (name, year, written, aim) =
        (name(index), line.year, written(value, index, lang), aim(index, target, lang));
    let place = line.of.filter(|_| index == Index::ParIndex).map(|of| format!("/{of}")).unwrap_or_default();
    let is_met = match index {
        Index::ParIndex => value * 100 <= target,
        Index::Sipas => value >= target,
    };
    let verdict = match (is_met, lang) {
        (true, Lang::Vi) => "đạt mức",
        (true, Lang::En) => "in line with the target,",
        (false, Lang::Vi) => "chưa đạt mức",
        (false, Lang::En) => "short of the target,",
    };
    format!("{name} {year}: {written}{place}, {verdict} {aim}")
}

fn detail(line: &YearLine, index: Index, lang: Lang) -> String {
    let mut said = Vec::new();
    match index {
        Index::ParIndex => {
            said.extend(
                line.score.map(|score| format!("{} {}", lang.hundredths(score), lang.of("điểm", "points"))),
            );
        }
        Index::Sipas => said.extend(line.rank.map(|rank| match line.of {
            Some(of) => format!("{} {rank}/{of}", lang.of("hạng", "rank")),
            None => format!("{} {rank}", lang.of("hạng", "rank")),
        })),
    }
    if !line.conflicts.is_empty() {
        said.push(lang.of("các nguồn mâu thuẫn", "sources contradict each other").to_owned());
    }
    said.extend(
        line.published_on.map(|day| format!("{} {}", lang.of("công bố", "published"), lang.date(day))),
    );
    said.join(", ")
}

fn description(years: &[YearLine], index: Index, lang: Lang) -> String {
    let said: Vec<String> = years
        .iter()
        .filter_map(|line| Some(format!("{}: {}", line.year, written(line.judged(index)?, index, lang))))
        .collect();
    if said.is_empty() {
        return lang.of("Chưa có số liệu.", "No data.").to_owned();
    }
    format!("{}.", said.join("; "))
}
