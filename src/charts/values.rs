//! A chart's numbers with what each of them is: for files that compute, in which a count stays a count.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Chart, Columns, Control, Funnel, HeatMap, Intervals, Kind, Trend, Unit};
use crate::funnel;
use crate::lang::Lang;

/// One cell.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Not known: never zero.
    #[default]
    Empty,
    /// Words, names and codes.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// A whole number.
    Count(i64),
    /// What a chart measures.
    Of(Unit, i64),
    /// Hundredths of a percent under a head that says so.
    Share(i64),
}

impl Value {
    /// As people read it.
    #[must_use]
    pub fn written(&self, lang: Lang) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Day(day) => lang.date(*day),
            Self::Count(count) => lang.number(*count),
            Self::Of(unit, value) => unit.write(*value, lang),
            Self::Share(share) => lang.hundredths(*share),
        }
    }

    /// The words, where it is words.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn count(count: Option<i64>) -> Self {
        count.map_or(Self::Empty, Self::Count)
    }

    fn of(unit: Unit, value: Option<i64>) -> Self {
        value.map_or(Self::Empty, |value| Self::Of(unit, value))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.clone()) }
    }
}

/// Rows of values under a head; the first value of a row is its name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Values {
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
}

impl Values {
    /// The numbers of a chart.
    #[must_use]
    pub fn of(chart: &Chart) -> Self {
        match &chart.kind {
            Kind::Trend(trend) => trend_values(chart, trend),
            Kind::Spark(spark) => trend_values(chart, &spark.trend),
            Kind::HeatMap(map) => heat_values(map),
            Kind::Columns(columns) => columns_values(chart, columns),
            Kind::Funnel(funnel) => funnel_values(chart, funnel),
            Kind::Control(control) => control_values(chart, control),
            Kind::Intervals(intervals) => intervals_values(chart, intervals),
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
                        let share = row.cumulated.map_or(Value::Empty, Value::Share);
                        vec![(&row.name).into(), Value::Count(row.value), share]
                    })
                    .collect(),
            },
        }
    }
}

fn trend_values(chart: &Chart, trend: &Trend) -> Values {
    let has_before = !trend.before.is_empty();
    let has_detail = trend.points.iter().any(|point| !point.detail.is_empty());
    let words = &chart.words.table;
    let mut head = vec![words.period.clone(), words.value.clone(), chart.words.target.clone()];
    head.extend(has_before.then(|| trend.before.clone()));
    head.extend(has_detail.then(|| words.detail.clone()));
    let of = |value| Value::of(trend.unit, value);
    let rows = trend.points.iter().map(|point| {
        let mut row = vec![(&point.name).into(), of(point.value), of(point.target)];
        row.extend(has_before.then(|| of(point.before)));
        let detail = if point.value.is_some() { (&point.detail).into() } else { Value::Empty };
        row.extend(has_detail.then_some(detail));
        row
    });
    Values { head, rows: rows.collect() }
}

/// One row for each agency, one column for each month.
fn heat_values(map: &HeatMap) -> Values {
    let names = (0..map.columns.len()).map(|i| map.column_names.get(i).unwrap_or(&map.columns[i]).clone());
    let rows = map.rows.iter().map(|row| {
        let value = |i: usize| Value::of(map.unit, row.cells.get(i).and_then(|cell| cell.value));
        std::iter::once((&row.name).into()).chain((0..map.columns.len()).map(value)).collect()
    });
    Values { head: std::iter::once(map.row_head.clone()).chain(names).collect(), rows: rows.collect() }
}

/// One row for each stack, one column for each layer, and their sum.
fn columns_values(chart: &Chart, columns: &Columns) -> Values {
    let words = &chart.words.table;
    let has_detail = columns.stacks.iter().any(|stack| !stack.detail.is_empty());
    let mut head = vec![words.period.clone()];
    head.extend(columns.layers.iter().map(|layer| capital(&layer.name)));
    head.push(words.total.clone());
    head.extend(has_detail.then(|| words.detail.clone()));
    let rows = columns.stacks.iter().map(|stack| {
        let mut row = vec![(&stack.name).into()];
        row.extend((0..columns.layers.len()).map(|layer| Value::count(stack.value(layer))));
        row.push(Value::count(stack.total(columns.layers.len())));
        row.extend(has_detail.then(|| (&stack.detail).into()));
        row
    });
    Values { head, rows: rows.collect() }
}

fn funnel_values(chart: &Chart, funnel: &Funnel) -> Values {
    let words = &chart.words.marks;
    let head = vec![
        words.name.clone(),
        capital(&funnel.counted),
        chart.words.table.value.clone(),
        words.compared.clone(),
    ];
    let rows = funnel.dots.iter().map(|dot| {
        let standing = funnel::standing(dot.rate(), funnel.mean).map(|standing| words.standing(standing));
        vec![
            (&dot.name).into(),
            Value::Count(dot.volume),
            Value::of(Unit::Percent, dot.rate().floored()),
            standing.map_or(Value::Empty, |standing| Value::Text(standing.to_owned())),
        ]
    });
    Values { head, rows: rows.collect() }
}

/// The limits stand in every row, so that a row alone can be judged.
fn control_values(chart: &Chart, control: &Control) -> Values {
    let (words, heads) = (&chart.words.marks, &chart.words.table);
    let head = [&heads.period, &heads.value, &words.mean, &words.lower, &words.upper].map(String::clone);
    let rows = control.points.iter().enumerate().map(|(i, point)| {
        let (lower, upper) = control.limits.unzip();
        let mut row = vec![(&point.name).into()];
        row.extend([point.value, control.mean, lower, upper].map(|value| Value::of(control.unit, value)));
        row.push(if control.signals.contains(&i) { (&words.signal).into() } else { Value::Empty });
        row
    });
    Values { head: head.into_iter().chain([capital(&words.signal)]).collect(), rows: rows.collect() }
}

fn intervals_values(chart: &Chart, intervals: &Intervals) -> Values {
    let words = &chart.words.marks;
    let head = [&words.name, &chart.words.table.value, &words.lower, &words.upper, &chart.words.target]
        .map(String::clone);
    let rows = intervals.rows.iter().map(|row| {
        let end = |end| row.value.map(|_| end);
        let mut values = vec![(&row.name).into()];
        let measured = [row.value, end(row.low), end(row.high), intervals.target];
        values.extend(measured.map(|value| Value::of(intervals.unit, value)));
        values.push(Value::Count(row.n));
        values
    });
    Values { head: head.into_iter().chain([capital(&intervals.counted)]).collect(), rows: rows.collect() }
}

/// A word as the head of a column.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A number that is not what it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    /// The name of its row.
    pub row: String,
    /// The name of its column.
    pub column: String,
    /// What it was.
    pub was: Value,
    /// What it is now.
    pub is: Value,
}

impl Values {
    /// What a row and a column of these names hold; nothing where there is none.
    fn at(&self, row: &str, column: &str) -> Value {
        let Some(place) = self.head.iter().position(|head| head == column) else { return Value::Empty };
        let named = |cells: &&Vec<Value>| cells.first().and_then(Value::name) == Some(row);
        self.rows.iter().find(named).and_then(|cells| cells.get(place)).cloned().unwrap_or_default()
    }

    /// The numbers that are others now, by the names of their rows and columns; words are not compared.
    #[must_use]
    pub fn moved(&self, now: &Self) -> Vec<Moved> {
        let mut moved = Vec::new();
        let mut compare = |row: &str, column: &String, was: Value, is: Value| {
            let is_word = |value: &Value| matches!(value, Value::Text(_));
            if was != is && !is_word(&was) && !is_word(&is) {
                moved.push(Moved { row: row.to_owned(), column: column.clone(), was, is });
            }
        };
        for (cells, name) in self.rows.iter().filter_map(|cells| Some((cells, cells.first()?.name()?))) {
            for (column, was) in self.head.iter().zip(cells).skip(1) {
                compare(name, column, was.clone(), now.at(name, column));
            }
        }
        let has =
            |name: &str| self.rows.iter().any(|cells| cells.first().and_then(Value::name) == Some(name));
        let added = now.rows.iter().filter_map(|cells| Some((cells, cells.first()?.name()?)));
        for (cells, name) in added.filter(|(_, name)| !has(name)) {
            for (column, is) in now.head.iter().zip(cells).skip(1) {
                compare(name, column, Value::Empty, is.clone());
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(rows: &[(&str, Option<i64>)]) -> Values {
        let row = |(name, value): &(&str, Option<i64>)| {
            vec![
                Value::Text((*name).to_owned()),
                Value::of(Unit::Percent, *value),
                Value::Text("262 trễ".to_owned()),
            ]
        };
        let head = ["Kỳ", "Giá trị", "Chi tiết"].map(str::to_owned).to_vec();
        Values { head, rows: rows.iter().map(row).collect() }
    }

    #[test]
    fn a_number_that_is_another_now_is_told_with_both_and_the_rest_is_not() {
        let was = values(&[("Tháng 1", Some(9_978)), ("Tháng 2", Some(9_900)), ("Tháng 3", None)]);
        let now = values(&[("Tháng 1", Some(9_978)), ("Tháng 2", Some(9_850)), ("Tháng 4", Some(9_000))]);
        let moved = was.moved(&now);
        let told: Vec<_> = moved
            .iter()
            .map(|moved| (moved.row.as_str(), moved.was.written(Lang::Vi), moved.is.written(Lang::Vi)))
            .collect();
        assert_eq!(
            told,
            [
                ("Tháng 2", "99,00\u{a0}%".to_owned(), "98,50\u{a0}%".to_owned()),
                ("Tháng 4", String::new(), "90,00\u{a0}%".to_owned()),
            ]
        );
        assert!(was.moved(&was).is_empty());
    }
}
