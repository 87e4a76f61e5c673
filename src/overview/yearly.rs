//! The cards of PAR INDEX and SIPAS: the last official value, its year, and what is not known yet.

use chrono::Datelike;

use super::{
    Card, Remark,
    cards::{decision, points_short},
    sparks::spark_of,
};
use crate::{
    case_file_report::Origin,
    charts::{Chart, Point, Tone, Unit as Value},
    indicator::{Facts, Question, Standing, Yearly},
    lang::Lang,
    plan::Indicator,
    status::Status,
    yearly_index::{self, HANOI, Index},
};

pub(super) fn yearly_card(
    facts: &Facts,
    question: &Question,
    origin: &Origin,
    index: Index,
    reading: &Yearly,
) -> Card {
    let lang = origin.lang;
    let (indicator, target_text) = match index {
        Index::ParIndex => (
            Indicator::ParIndex,
            lang.of("Chỉ tiêu nhóm {} tỉnh, thành phố đứng đầu", "Target: among the first {} provinces"),
        ),
        Index::Sipas => (Indicator::Sipas, lang.of("Chỉ tiêu tối thiểu {}\u{a0}%", "Target: at least {}%")),
    };
    let target = question.target(&facts.plan, indicator);
    let year = question.window().last.year();
    let known = yearly_index::known(&facts.editions, index, HANOI, question.as_of);
    let latest = reading.year.and_then(|year| known.iter().find(|value| value.year == year));
    // The target of SIPAS is a score: a later edition of which only the rank is held is named beside the last score.
    let scored = known.iter().rfind(|value| value.score.is_some() && Some(value.year) <= reading.year);
    let shown = if index == Index::Sipas { scored.or(latest) } else { latest };
    let score = shown.and_then(|value| value.score).map(|score| lang.hundredths(score));
    let place = shown.and_then(|value| Some((value.rank?, value.of)));
    let of = |of: Option<i32>| of.map_or_else(String::new, |of| format!("/\u{a0}{of}"));
    let (value, unit) = match (index, &score, place) {
        (Index::Sipas, Some(score), _) => (Some(score.clone()), "%".to_owned()),
        (_, _, Some((rank, among))) => (Some(rank.to_string()), of(among)),
        (Index::ParIndex, Some(score), None) => (Some(score.clone()), lang.of("điểm", "points").to_owned()),
        _ => (None, String::new()),
    };
    let standing = reading.standing(index, year, question.as_of, target, lang);
    let gap = match (index, standing.status, shown.and_then(|value| value.score)) {
        (Index::Sipas, Status::Missed, Some(score)) => points_short(target - score, lang),
        (_, Status::NotPublished, _) => match lang {
            Lang::Vi => format!("kết quả {year}: khoảng tháng 4/{}", year + 1),
            Lang::En => format!("result of {year}: around April {}", year + 1),
        },
        _ => String::new(),
    };
    Card {
        indicator,
        target: target_text.replace("{}", &lang.hundredths_short(target)),
        decision: decision(&facts.plan, indicator, question),
        value,
        unit,
        detail: shown.map_or_else(
            || lang.of("chưa có số liệu", "no data").to_owned(),
            |value| {
                let when = value.published_on.map_or_else(
                    || lang.of("không rõ ngày công bố", "day of publication unknown").to_owned(),
                    |day| format!("{} {}", lang.of("công bố", "published"), lang.date(day)),
                );
                let is_older = Some(value.year) < reading.year;
                let last = if is_older { lang.of(", gần nhất có được", ", the latest") } else { "" };
                format!("{} {}{last}, {when}", lang.of("kết quả", "result of"), value.year)
            },
        ),
        next: vec![Remark::plain(yearly_next(index, shown, latest, &standing, lang))],
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
    lang: Lang,
) -> String {
    let mut next = Vec::new();
    if let Some(value) = shown {
        let year = value.year;
        match (index, value.score.map(|score| lang.hundredths(score)), value.rank, lang) {
            (Index::ParIndex, Some(score), _, Lang::Vi) => next.push(format!("{score} điểm năm {year}.")),
            (Index::ParIndex, Some(score), _, Lang::En) => next.push(format!("{score} points in {year}.")),
            (Index::Sipas, Some(_), Some(rank), Lang::Vi) => next.push(format!("Hạng {rank} năm {year}.")),
            (Index::Sipas, Some(_), Some(rank), Lang::En) => next.push(format!("Rank {rank} in {year}.")),
            _ => {}
        }
        if let [(a, _), (b, _), ..] = value.conflicts.as_slice() {
            let (a, b) = (lang.hundredths(*a), lang.hundredths(*b));
            next.push(match lang {
                Lang::Vi => format!("Hai nguồn nói khác nhau về điểm: {a} và {b}."),
                Lang::En => format!("Two sources differ on the score: {a} and {b}."),
            });
        }
    }
    if let Some(later) = latest.filter(|later| shown.is_some_and(|shown| shown.year < later.year)) {
        let place = match (later.rank, later.of) {
            (Some(rank), Some(of)) => format!("{} {rank}/{of}, ", lang.of("hạng", "rank")),
            _ => String::new(),
        };
        let changed = shown.is_some_and(|shown| shown.method != later.method);
        let changed = if changed { lang.of(" (đổi phương pháp)", " (another method)") } else { "" };
        let no_score = lang.of("chưa có điểm số", "no score held");
        next.push(format!("{}{changed}: {place}{no_score}.", later.year));
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
    let lang = origin.lang;
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
                (Some(was), Some(now)) if was != now => {
                    Some(lang.of("đổi phương pháp", "another method").to_owned())
                }
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
        Index::ParIndex => lang.of("Thứ hạng PAR INDEX theo năm", "PAR INDEX rank by year"),
        Index::Sipas => lang.of("Chỉ số SIPAS theo năm", "SIPAS by year"),
    };
    let mut sources: Vec<&str> = with_value.iter().map(|value| value.source.as_str()).collect();
    sources.dedup();
    let as_of = lang.date(question.window().last);
    Chart {
        // Published by others: never invented, whatever the rest of the page shows.
        invented: false,
        subtitle: lang
            .of(
                "Hà Nội, theo năm được đánh giá; chỉ gồm số đã công bố",
                "Hanoi, by the year assessed; published values only",
            )
            .to_owned(),
        source: match lang {
            Lang::Vi => format!("Nguồn: {}; tính đến {as_of}", sources.join("; ")),
            Lang::En => format!("Source: {}; as of {as_of}", sources.join("; ")),
        },
        ..spark_of(title.to_owned(), unit, points, Tone::Plain, true, question, origin)
    }
}
