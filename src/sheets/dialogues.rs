//! The tables of the page on dialogues.

use super::{day, heads, text};
use crate::{
    charts::values::{Value, Values},
    dialogue_report::{IssueLine, Row},
    lang::Lang,
    period::Period,
};

/// Every office by half-year.
#[must_use]
pub fn offices(rows: &[Row], half_years: &[Period], lang: Lang) -> Values {
    let mut head = heads(lang, [("Đơn vị", "Office"), ("Mã đơn vị", "Office code"), ("Cấp", "Level")]);
    head.extend(half_years.iter().map(|half| half.label(lang)));
    head.extend(heads(lang, [("Đối thoại gần nhất", "Last dialogue"), ("Hạn tiếp theo", "Next due")]));
    let rows = rows.iter().map(|row| {
        let mut cells = vec![text(&row.name), text(&row.code), text(row.level.label(lang))];
        cells.extend(row.cells.iter().map(|cell| text(cell.state.label(lang))));
        cells.extend([day(row.last_valid), day(row.next_due)]);
        cells
    });
    Values { head, rows: rows.collect() }
}

/// The issues behind a figure.
#[must_use]
pub fn issues(lines: &[IssueLine], lang: Lang) -> Values {
    let head = [
        ("Mã vướng mắc", "Issue code"),
        ("Nội dung", "Summary"),
        ("Đơn vị tháo gỡ", "Owner"),
        ("Nêu ngày", "Raised"),
        ("Hạn", "Deadline"),
        ("Tháo gỡ ngày", "Cleared"),
        ("Số ngày quá hạn", "Days late"),
    ];
    let rows = lines.iter().map(|line| {
        vec![
            text(&line.code),
            text(line.summary.clone().unwrap_or_default()),
            text(&line.owner_name),
            day(line.raised_on),
            day(line.due_on),
            day(line.resolved_on),
            line.days_late.map_or(Value::Empty, Value::Count),
        ]
    });
    Values { head: heads(lang, head), rows: rows.collect() }
}
