//! The cases of the statistical charts among the snapshots: funnel, control chart, intervals.

use super::snapshots::chart;
use super::{Chart, Control, ControlPoint, Funnel, FunnelDot, IntervalRow, Intervals, Kind, Tone, Unit};
use crate::rate::Rate;

/// Every case by its name.
pub fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("funnel-normal", funnel(offices())),
        ("funnel-empty", funnel(Vec::new())),
        ("funnel-one", funnel(offices()[..1].to_vec())),
        (
            "funnel-without-mean",
            Chart { kind: Kind::Funnel(Funnel { mean: Rate::default(), ..dots(offices()) }), ..chart() },
        ),
        ("control-normal", control(&NOISE.map(Some), Some((9_958, 9_992)), &[])),
        ("control-signals", control(&SIGNALS.map(Some), Some((9_953, 9_997)), &[4, 10])),
        ("control-gap", control(&with_gap(), Some((9_958, 9_992)), &[])),
        ("control-too-short", control(&NOISE.map(Some)[..5], None, &[])),
        ("control-one-point", control(&NOISE.map(Some)[..1], None, &[])),
        ("control-empty", control(&[], None, &[])),
        ("intervals-normal", intervals(surveys())),
        ("intervals-gap", intervals(surveys_with_gap())),
        ("intervals-one", intervals(surveys()[..1].to_vec())),
        ("intervals-empty", intervals(Vec::new())),
    ]
}

const NOISE: [i64; 15] =
    [9_971, 9_969, 9_979, 9_982, 9_976, 9_981, 9_978, 9_973, 9_970, 9_974, 9_978, 9_972, 9_980, 9_975, 9_977];
const SIGNALS: [i64; 15] =
    [9_971, 9_969, 9_979, 9_982, 9_941, 9_981, 9_978, 9_973, 9_970, 9_974, 9_999, 9_972, 9_980, 9_975, 9_977];

fn with_gap() -> Vec<Option<i64>> {
    let mut values = NOISE.map(Some).to_vec();
    values[3] = None;
    values[4] = None;
    values[12] = None;
    values
}

/// Made-up offices: many communes with few case files, some districts, two that chance does not explain.
fn offices() -> Vec<FunnelDot> {
    let dot = |name: &str, volume, late| FunnelDot { name: name.to_owned(), volume, hits: volume - late };
    let mut dots = vec![
        dot("Quận Hà Đông", 21_438, 118),
        dot("Huyện Ứng Hòa", 9_120, 61),
        dot("Sở Tài nguyên và Môi trường", 31_772, 74),
        dot("Phường Thượng Đình", 1_204, 16),
        dot("Xã Ỷ Lan", 12, 1),
        dot("Sở Xây dựng", 48_210, 52),
        dot("Huyện Sóc Sơn", 14_800, 38),
    ];
    let commune = |i: i64| {
        let volume = 20 + i * i * 7 % 4_001;
        dot(&format!("Xã {i}"), volume, volume * (i % 5) / 1_400)
    };
    dots.extend((1..=48).map(commune));
    dots
}

fn dots(dots: Vec<FunnelDot>) -> Funnel {
    Funnel {
        mean: dots.iter().map(FunnelDot::rate).sum(), dots, counted: "hồ sơ đã trả kết quả".to_owned()
    }
}

fn funnel(offices: Vec<FunnelDot>) -> Chart {
    let title = "Bốn cơ quan trễ nhiều hơn mức ngẫu nhiên giải thích được".to_owned();
    Chart { title, kind: Kind::Funnel(dots(offices)), ..chart() }
}

/// The months from January 2022 on.
fn control(values: &[Option<i64>], limits: Option<(i64, i64)>, signals: &[usize]) -> Chart {
    let points = (1..).zip(values).map(|(i, &value)| {
        let (year, month) = (2022 + (i - 1) / 12, (i - 1) % 12 + 1);
        ControlPoint {
            tick: crate::text::month_tick(year, month.unsigned_abs()),
            name: format!("Tháng {month}/{year}"),
            value,
            open: i == 15,
            detail: String::new(),
        }
    });
    let (points, signals) = (points.collect(), signals.to_vec());
    let mean = limits.map(|(low, high)| i64::midpoint(low, high));
    let title = "Hai tháng khác thường trong mười lăm tháng".to_owned();
    Chart {
        title,
        kind: Kind::Control(Control { unit: Unit::Percent, points, mean, limits, signals }),
        ..chart()
    }
}

fn surveys() -> Vec<IntervalRow> {
    let row = |name: &str, value, low, high, n, tone| IntervalRow {
        name: name.to_owned(),
        value: Some(value),
        low,
        high,
        n,
        few: false,
        tone,
    };
    vec![
        row("Bộ phận Một cửa quận Hà Đông", 9_310, 9_124, 9_459, 912, Tone::Met),
        row("Sở Tài nguyên và Môi trường", 8_850, 8_497, 9_129, 401, Tone::Risk),
        row("Huyện Ứng Hòa", 8_120, 7_702, 8_476, 388, Tone::Miss),
        IntervalRow { few: true, ..row("Xã Ỷ Lan", 8_333, 5_520, 9_530, 12, Tone::Plain) },
    ]
}

fn surveys_with_gap() -> Vec<IntervalRow> {
    let gap = IntervalRow { name: "Phường Thượng Đình".to_owned(), ..IntervalRow::default() };
    let mut rows = surveys();
    rows.insert(2, gap);
    rows
}

fn intervals(rows: Vec<IntervalRow>) -> Chart {
    let title = "Một nơi chắc chắn đạt 89 %, một nơi chắc chắn chưa".to_owned();
    let data = Intervals { unit: Unit::Percent, rows, target: Some(8_900), counted: "phiếu".to_owned() };
    Chart { title, kind: Kind::Intervals(data), ..chart() }
}
