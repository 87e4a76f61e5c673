//! A chart's numbers as a table: beside the drawing for those who read, and as the file for those who compute.

use super::{Chart, Kind, Trend};
use crate::text;

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

fn capital(word: &str) -> String {
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
