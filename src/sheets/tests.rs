//! What tables are handed out as.

use super::*;
use crate::{agency::Level, case_file_report::AgencyLine, indicator::on_time_returns::Tally};

#[test]
fn an_agency_keeps_its_code_beside_its_name_and_a_rate_without_files_is_no_zero() {
    let line = |late| AgencyLine {
        code: "001".to_owned(),
        name: "Quận Ba Đình".to_owned(),
        level: Level::District,
        is_own_desk: false,
        official: Tally { early: 3 * late, late, ..Tally::default() },
        strict_rate: None,
        months: Vec::new(),
    };
    let table = agencies(&[line(1), line(0)], Lang::Vi);
    let at = |row: usize, head: &str| {
        let column = table.head.iter().position(|known| known == head).expect("a column");
        table.rows[row][column].clone()
    };
    assert_eq!(at(0, "Mã đơn vị"), Value::Text("001".to_owned()));
    assert_eq!(at(0, "Tỷ lệ (%)"), Value::Of(Unit::Percent, 7_500));
    assert_eq!(at(1, "Tỷ lệ (%)"), Value::Empty);
    assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
}

#[test]
fn every_table_has_a_word_of_its_own() {
    for name in TableName::ALL {
        assert_eq!(TableName::parse(name.as_str()), Some(name));
    }
}
