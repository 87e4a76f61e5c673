//! The tables of the page on case files.

use super::{heads, percent, text};
use crate::{
    case_file_depth::{FieldLine, LevelLine, ProcedureLine},
    case_file_report::AgencyLine,
    charts::{
        Unit,
        values::{Value, Values},
    },
    indicator::on_time_returns::Tally,
    lang::Lang,
};

/// What every table says of a part.
const COUNTS: [(&str, &str); 10] = [
    ("Tiếp nhận", "Received"),
    ("Từ kỳ trước", "Carried over"),
    ("Trước hạn", "Early"),
    ("Đúng hạn", "On time"),
    ("Trễ hạn", "Late"),
    ("Tỷ lệ (%)", "Rate (%)"),
    ("Đang giải quyết trong hạn", "Open within due"),
    ("Đang giải quyết quá hạn", "Open and overdue"),
    ("Tạm dừng", "Paused"),
    ("Rút", "Withdrawn"),
];

fn counts(tally: &Tally) -> [Value; COUNTS.len()] {
    [
        Value::Count(tally.received),
        Value::Count(tally.carried_over),
        Value::Count(tally.early),
        Value::Count(tally.on_time),
        Value::Count(tally.late),
        percent(tally.timed()),
        Value::Count(tally.open_within_due),
        Value::Count(tally.open_overdue),
        Value::Count(tally.paused),
        Value::Count(tally.withdrawn),
    ]
}

fn table<const N: usize>(
    lang: Lang,
    first: [(&str, &str); N],
    rows: impl Iterator<Item = (Vec<Value>, Tally)>,
) -> Values {
    let mut head = heads(lang, first);
    head.extend(heads(lang, COUNTS));
    let rows = rows.map(|(mut row, tally)| {
        row.extend(counts(&tally));
        row
    });
    Values { head, rows: rows.collect() }
}

/// Agencies, most late files first.
#[must_use]
pub fn agencies(lines: &[AgencyLine], lang: Lang) -> Values {
    let rows = lines.iter().map(|line| {
        let strict = line.strict_rate.map_or(Value::Empty, |rate| Value::Of(Unit::Percent, rate));
        let row = vec![text(&line.name), text(&line.code), text(line.level.label(lang)), strict];
        (row, line.official.clone())
    });
    let first = [
        ("Đơn vị", "Agency"),
        ("Mã đơn vị", "Agency code"),
        ("Cấp", "Level"),
        ("Tỷ lệ theo hạn ban đầu (%)", "Rate by the first due date (%)"),
    ];
    table(lang, first, rows)
}

/// Fields, most late files first.
#[must_use]
pub fn fields(lines: &[FieldLine], lang: Lang) -> Values {
    let rows = lines.iter().map(|line| {
        let code = text(line.code.clone().unwrap_or_default());
        (vec![text(&line.name), code, percent(line.strict)], line.official.clone())
    });
    let first = [
        ("Lĩnh vực", "Field"),
        ("Mã lĩnh vực", "Field code"),
        ("Tỷ lệ theo hạn ban đầu (%)", "Rate by the first due date (%)"),
    ];
    table(lang, first, rows)
}

/// Levels.
#[must_use]
pub fn levels(lines: &[LevelLine], lang: Lang) -> Values {
    let rows = lines.iter().map(|line| (vec![text(line.level.label(lang))], line.official.clone()));
    table(lang, [("Cấp", "Level")], rows)
}

/// Procedures with late files, most first.
#[must_use]
pub fn procedures(lines: &[ProcedureLine], lang: Lang) -> Values {
    let head = [
        ("Thủ tục", "Procedure"),
        ("Mã thủ tục", "Procedure code"),
        ("Trễ hạn", "Late"),
        ("Cộng dồn (%)", "Cumulated (%)"),
    ];
    let rows = lines.iter().map(|line| {
        let code = text(line.code.clone().unwrap_or_default());
        vec![text(&line.name), code, Value::Count(line.late), Value::Share(line.cumulated)]
    });
    Values { head: heads(lang, head), rows: rows.collect() }
}
