//! A chart's numbers as a table: beside the drawing for those who read, and as the file for those who compute.

use super::{Chart, Control, Funnel, Intervals, Kind, Trend, Unit};
use crate::{funnel, text};

/// Rows of cells under a head; the first cell of a row is its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows. A value that is not known is an empty cell.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The numbers of a chart, written for people.
    #[must_use]
    pub fn of(chart: &Chart) -> Self {
        match &chart.kind {
            Kind::Trend(trend) => trend_table(chart, trend),
            Kind::Spark(spark) => trend_table(chart, &spark.trend),
            Kind::Funnel(funnel) => funnel_table(chart, funnel),
            Kind::Control(control) => control_table(chart, control),
            Kind::Intervals(intervals) => intervals_table(chart, intervals),
            Kind::Bars(bars) => Self {
                head: vec![
                    "Đơn vị".to_owned(),
                    capital(&bars.counted),
                    format!("{} (%)", capital(&chart.words.cumulated)),
                ],
                rows: bars
                    .rows
                    .iter()
                    .map(|row| {
                        let share = row.cumulated.map(text::hundredths).unwrap_or_default();
                        vec![row.name.clone(), text::number(row.value), share]
                    })
                    .collect(),
            },
        }
    }
}

fn trend_table(chart: &Chart, trend: &Trend) -> Table {
    let has_before = !trend.before.is_empty();
    let has_detail = trend.points.iter().any(|point| !point.detail.is_empty());
    let mut head = vec!["Kỳ".to_owned(), "Giá trị".to_owned(), chart.words.target.clone()];
    head.extend(has_before.then(|| trend.before.clone()));
    head.extend(has_detail.then(|| "Chi tiết".to_owned()));
    let write = |value: Option<i64>| value.map(|value| trend.unit.write(value)).unwrap_or_default();
    let rows = trend
        .points
        .iter()
        .map(|point| {
            let mut row = vec![point.name.clone(), write(point.value), write(point.target)];
            row.extend(has_before.then(|| write(point.before)));
            let detail = if point.value.is_some() { point.detail.clone() } else { String::new() };
            row.extend(has_detail.then_some(detail));
            row
        })
        .collect();
    Table { head, rows }
}

fn funnel_table(chart: &Chart, funnel: &Funnel) -> Table {
    let words = &chart.words.marks;
    let head =
        vec![words.name.clone(), capital(&funnel.counted), words.value.clone(), words.compared.clone()];
    let rows = funnel.dots.iter().map(|dot| {
        let rate = dot.rate().floored().map(|rate| Unit::Percent.write(rate)).unwrap_or_default();
        let standing = funnel::standing(dot.rate(), funnel.mean).map(|standing| words.standing(standing));
        vec![dot.name.clone(), text::number(dot.volume), rate, standing.unwrap_or_default().to_owned()]
    });
    Table { head, rows: rows.collect() }
}

/// The limits stand in every row, so that a row alone can be judged.
fn control_table(chart: &Chart, control: &Control) -> Table {
    let words = &chart.words.marks;
    let head = [&words.period, &words.value, &words.mean, &words.lower, &words.upper].map(String::clone);
    let write = |value: Option<i64>| value.map(|value| control.unit.write(value)).unwrap_or_default();
    let rows = control.points.iter().enumerate().map(|(i, point)| {
        let (lower, upper) = control.limits.unzip();
        let mut row = vec![point.name.clone()];
        row.extend([point.value, control.mean, lower, upper].map(write));
        row.push(if control.signals.contains(&i) { words.signal.clone() } else { String::new() });
        row
    });
    Table { head: head.into_iter().chain([capital(&words.signal)]).collect(), rows: rows.collect() }
}

fn intervals_table(chart: &Chart, intervals: &Intervals) -> Table {
    let words = &chart.words.marks;
    let head =
        [&words.name, &words.value, &words.lower, &words.upper, &chart.words.target].map(String::clone);
    let write = |value: Option<i64>| value.map(|value| intervals.unit.write(value)).unwrap_or_default();
    let rows = intervals.rows.iter().map(|row| {
        let end = |end| row.value.map(|_| end);
        let mut cells = vec![row.name.clone()];
        cells.extend([row.value, end(row.low), end(row.high), intervals.target].map(write));
        cells.push(text::number(row.n));
        cells
    });
    Table { head: head.into_iter().chain([capital(&intervals.counted)]).collect(), rows: rows.collect() }
}

/// A word as the head of a column.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{Bar, Bars, Point, Words};

    fn chart(kind: Kind) -> Chart {
        Chart {
            title: String::new(),
            subtitle: String::new(),
            description: String::new(),
            source: String::new(),
            invented: false,
            words: Words::default(),
            kind,
        }
    }

    #[test]
    fn a_gap_is_an_empty_cell_rather_than_zero() {
        let point = |value| Point {
            name: "Tháng 1/2023".to_owned(),
            value,
            target: Some(10_000),
            ..Point::default()
        };
        let trend = Trend { points: vec![point(Some(9_978)), point(None)], ..Trend::default() };
        let table = Table::of(&chart(Kind::Trend(trend)));
        assert_eq!(table.head, ["Kỳ", "Giá trị", "Chỉ tiêu"]);
        assert_eq!(table.rows[0], ["Tháng 1/2023", "99,78\u{a0}%", "100,00\u{a0}%"]);
        assert_eq!(table.rows[1], ["Tháng 1/2023", "", "100,00\u{a0}%"]);
    }

    #[test]
    fn bars_are_rows_with_their_share() {
        let row =
            Bar { name: "Quận Hà Đông".to_owned(), value: 1_438, cumulated: Some(1_050), rest: false };
        let table = Table::of(&chart(Kind::Bars(Bars {
            rows: vec![row],
            counted: "hồ sơ trễ".to_owned(),
            ..Bars::default()
        })));
        assert_eq!(table.head, ["Đơn vị", "Hồ sơ trễ", "Cộng dồn (%)"]);
        assert_eq!(table.rows, [["Quận Hà Đông", "1.438", "10,50"]]);
    }
}
