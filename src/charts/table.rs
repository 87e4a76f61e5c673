//! A chart's numbers as a table: beside the drawing for those who read, and as the file for those who compute.

use serde::{Deserialize, Serialize};

use super::{Chart, Columns, Control, Funnel, HeatMap, Intervals, Kind, Trend, Unit};
use crate::funnel;
use crate::lang::Lang;

/// Rows of cells under a head; the first cell of a row is its name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
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
            Kind::HeatMap(map) => heat_table(map, chart.words.lang),
            Kind::Columns(columns) => columns_table(chart, columns),
            Kind::Funnel(funnel) => funnel_table(chart, funnel),
            Kind::Control(control) => control_table(chart, control),
            Kind::Intervals(intervals) => intervals_table(chart, intervals),
            Kind::Bars(bars) => Self {
                head: vec![
                    chart.words.table.agency.clone(),
                    capital(&bars.counted),
                    format!("{} (%)", capital(&chart.words.cumulated)),
                ],
                rows: bars
                    .rows
                    .iter()
                    .map(|row| {
                        let share =
                            row.cumulated.map(|share| chart.words.lang.hundredths(share)).unwrap_or_default();
                        vec![row.name.clone(), chart.words.lang.number(row.value), share]
                    })
                    .collect(),
            },
        }
    }
}

fn trend_table(chart: &Chart, trend: &Trend) -> Table {
    let has_before = !trend.before.is_empty();
    let has_detail = trend.points.iter().any(|point| !point.detail.is_empty());
    let words = &chart.words.table;
    let mut head = vec![words.period.clone(), words.value.clone(), chart.words.target.clone()];
    head.extend(has_before.then(|| trend.before.clone()));
    head.extend(has_detail.then(|| words.detail.clone()));
    let write =
        |value: Option<i64>| value.map(|value| trend.unit.write(value, chart.words.lang)).unwrap_or_default();
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

/// One row for each agency, one column for each month.
fn heat_table(map: &HeatMap, lang: Lang) -> Table {
    let names = (0..map.columns.len()).map(|i| map.column_names.get(i).unwrap_or(&map.columns[i]).clone());
    let rows = map.rows.iter().map(|row| {
        let value = |i: usize| row.cells.get(i).and_then(|cell| cell.value);
        let cells =
            (0..map.columns.len()).map(|i| value(i).map(|v| map.unit.write(v, lang)).unwrap_or_default());
        std::iter::once(row.name.clone()).chain(cells).collect()
    });
    Table { head: std::iter::once(map.row_head.clone()).chain(names).collect(), rows: rows.collect() }
}

/// One row for each stack, one column for each layer, and their sum.
fn columns_table(chart: &Chart, columns: &Columns) -> Table {
    let words = &chart.words.table;
    let has_detail = columns.stacks.iter().any(|stack| !stack.detail.is_empty());
    let mut head = vec![words.period.clone()];
    head.extend(columns.layers.iter().map(|layer| capital(&layer.name)));
    head.push(words.total.clone());
    head.extend(has_detail.then(|| words.detail.clone()));
    let write = |value: Option<i64>| value.map(|n| chart.words.lang.number(n)).unwrap_or_default();
    let rows = columns.stacks.iter().map(|stack| {
        let mut row = vec![stack.name.clone()];
        row.extend((0..columns.layers.len()).map(|layer| write(stack.value(layer))));
        row.push(write(stack.total(columns.layers.len())));
        row.extend(has_detail.then(|| stack.detail.clone()));
        row
    });
    Table { head, rows: rows.collect() }
}

fn funnel_table(chart: &Chart, funnel: &Funnel) -> Table {
    let words = &chart.words.marks;
    let head = vec![
        words.name.clone(),
        capital(&funnel.counted),
        chart.words.table.value.clone(),
        words.compared.clone(),
    ];
    let rows = funnel.dots.iter().map(|dot| {
        let rate =
            dot.rate().floored().map(|rate| Unit::Percent.write(rate, chart.words.lang)).unwrap_or_default();
        let standing = funnel::standing(dot.rate(), funnel.mean).map(|standing| words.standing(standing));
        vec![
            dot.name.clone(),
            chart.words.lang.number(dot.volume),
            rate,
            standing.unwrap_or_default().to_owned(),
        ]
    });
    Table { head, rows: rows.collect() }
}

/// The limits stand in every row, so that a row alone can be judged.
fn control_table(chart: &Chart, control: &Control) -> Table {
    let (words, heads) = (&chart.words.marks, &chart.words.table);
    let head = [&heads.period, &heads.value, &words.mean, &words.lower, &words.upper].map(String::clone);
    let write = |value: Option<i64>| {
        value.map(|value| control.unit.write(value, chart.words.lang)).unwrap_or_default()
    };
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
    let head = [&words.name, &chart.words.table.value, &words.lower, &words.upper, &chart.words.target]
        .map(String::clone);
    let write = |value: Option<i64>| {
        value.map(|value| intervals.unit.write(value, chart.words.lang)).unwrap_or_default()
    };
    let rows = intervals.rows.iter().map(|row| {
        let end = |end| row.value.map(|_| end);
        let mut cells = vec![row.name.clone()];
        cells.extend([row.value, end(row.low), end(row.high), intervals.target].map(write));
        cells.push(chart.words.lang.number(row.n));
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
    use crate::charts::{Bar, Bars, HeatCell, HeatRow, Layer, Point, Stack, Words};

    fn chart(kind: Kind) -> Chart {
        Chart {
            title: String::new(),
            subtitle: String::new(),
            description: String::new(),
            source: String::new(),
            invented: false,
            words: Words::default(),
            about: Vec::new(),
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
    fn a_heat_map_is_a_row_for_each_agency_and_columns_end_in_their_sum() {
        let cell = |value| HeatCell { value, ..HeatCell::default() };
        let table = Table::of(&chart(Kind::HeatMap(HeatMap {
            row_head: "Cơ quan".to_owned(),
            rows: vec![HeatRow {
                name: "Sở Y tế".to_owned(), cells: vec![cell(Some(9_978)), cell(None)]
            }],
            columns: vec!["T1".to_owned(), "T2".to_owned(), "T3".to_owned()],
            column_names: vec!["Tháng 1".to_owned(), "Tháng 2".to_owned(), "Tháng 3".to_owned()],
            ..HeatMap::default()
        })));
        assert_eq!(table.head, ["Cơ quan", "Tháng 1", "Tháng 2", "Tháng 3"]);
        assert_eq!(table.rows, [["Sở Y tế", "99,78\u{a0}%", "", ""]]);

        let layer = |name: &str| Layer { name: name.to_owned(), ..Layer::default() };
        let stack = |name: &str, values: &[Option<i64>]| Stack {
            name: name.to_owned(),
            values: values.to_vec(),
            ..Stack::default()
        };
        let mut columns = chart(Kind::Columns(Columns {
            layers: vec![layer("đúng hạn"), layer("trễ hạn")],
            stacks: vec![stack("Tháng 1", &[Some(1_200), Some(0)]), stack("Tháng 2", &[Some(3)])],
            ..Columns::default()
        }));
        columns.words = Words::english();
        let table = Table::of(&columns);
        assert_eq!(table.head, ["Period", "Đúng hạn", "Trễ hạn", "Total"]);
        assert_eq!(table.rows, [["Tháng 1", "1,200", "0", "1,200"], ["Tháng 2", "3", "", ""]]);
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
