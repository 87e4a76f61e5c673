//! The small trends of the overview.

use chrono::Datelike;

use crate::{
    case_file_report::Origin,
    charts::{Chart, Kind, Point, Spark, Tone, Trend, Unit as Value, Words},
    indicator::{self, Question},
    period::{Period, Unit},
    petition::PetitionDay,
    text::{self, number},
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

pub(super) fn spark_of(
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
