//! A chart's numbers as a table: beside the drawing for those who read.

use serde::{Deserialize, Serialize};

use super::{
    Chart,
    values::{Value, Values},
};

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
        let Values { head, rows } = Values::of(chart);
        let write = |row: Vec<Value>| row.iter().map(|value| value.written(chart.words.lang)).collect();
        Self { head, rows: rows.into_iter().map(write).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{
        Bar, Bars, Columns, HeatCell, HeatMap, HeatRow, Kind, Layer, Point, Stack, Trend, Words,
    };

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
