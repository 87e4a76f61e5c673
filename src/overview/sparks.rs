//! The small trends of the overview.

use chrono::Datelike;

use crate::{
    case_file_report::{Origin, late_of, month_tick},
    charts::{Chart, Kind, Point, Spark, Tone, Trend, Unit as Value, Words},
    indicator::{self, Question},
    lang::Lang,
    period::{Period, Unit},
    petition::PetitionDay,
};

/// The months of a chart, small.
pub(super) fn spark(months: &Chart) -> Chart {
    match &months.kind {
        Kind::Trend(trend) => {
            Chart { kind: Kind::Spark(Spark { trend: trend.clone(), labelled: false }), ..months.clone() }
        }
        _ => months.clone(),
    }
}

pub(super) fn petitions_spark(
    days: &[PetitionDay],
    question: &Question,
    origin: &Origin,
    target: i64,
) -> Chart {
    let lang = origin.lang;
    let year = question.period.map_or(question.as_of.year(), Period::year);
    let months = year.to_string().parse::<Period>().map(|year| year.split(Unit::Month).collect::<Vec<_>>());
    let points = months
        .unwrap_or_default()
        .into_iter()
        .map(|month| {
            let window = Question { period: Some(month), ..question.clone() }.window();
            let decided = indicator::PetitionsInTime::read(days, window, target).decided();
            Point {
                tick: month_tick(month, lang),
                name: month.label(lang),
                value: decided.floored(),
                target: Some(target),
                open: month.to(question.cycle) > question.as_of,
                detail: late_of(decided, lang),
                ..Point::default()
            }
        })
        .collect();
    let title = lang
        .of("Phản ánh, kiến nghị xử lý kịp thời theo tháng", "Petitions handled in time, by month")
        .to_owned();
    let whom = &origin.whom;
    let subtitle = match lang {
        Lang::Vi => format!("Tỷ lệ tiếp nhận, xử lý và thông báo kết quả trong hạn, năm {year}, {whom}"),
        Lang::En => format!("Share acknowledged, answered and published in time, {year}, {whom}"),
    };
    Chart { subtitle, ..spark_of(title, Value::Percent, points, Tone::Miss, false, question, origin) }
}

pub(super) fn spark_of(
    title: String,
    unit: Value,
    points: Vec<Point>,
    tone: Tone,
    labelled: bool,
    question: &Question,
    origin: &Origin,
) -> Chart {
    let lang = origin.lang;
    let day = lang.date(question.window().last);
    let said: Vec<String> = points
        .iter()
        .filter_map(|point| Some(format!("{} {}", point.name.to_lowercase(), unit.write(point.value?, lang))))
        .collect();
    let falls_short = points
        .iter()
        .rfind(|point| point.value.is_some())
        .and_then(|point| point.value.zip(point.target))
        .is_some_and(|(value, target)| unit.falls_short(value, target));
    Chart {
        description: match said.as_slice() {
            [] => lang.of("Chưa có số liệu.", "No data yet.").to_owned(),
            _ => format!("{}.", said.join("; ")),
        },
        subtitle: String::new(),
        source: match (origin.is_invented, lang) {
            (true, Lang::Vi) => format!("Nguồn: số liệu mô phỏng · tính đến {day}"),
            (true, Lang::En) => format!("Source: invented data · as of {day}"),
            (false, Lang::Vi) => format!("Nguồn: số liệu đã nhập · tính đến {day}"),
            (false, Lang::En) => format!("Source: imported data · as of {day}"),
        },
        invented: origin.is_invented,
        words: Words::of(lang),
        about: Vec::new(),
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
