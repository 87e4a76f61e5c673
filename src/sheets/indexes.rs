//! The tables of the page on the yearly indexes.

use super::{day, heads, text};
use crate::{
    charts::{
        Unit,
        values::{Value, Values},
    },
    index_report::CriterionLine,
    lang::Lang,
};

/// The criteria of the city's own score.
#[must_use]
pub fn criteria(lines: &[CriterionLine], lang: Lang) -> Values {
    let head = [
        ("Tiêu chí", "Criterion"),
        ("Mã", "Code"),
        ("Điểm tối đa", "Most points"),
        ("Kế hoạch", "Planned"),
        ("Tự chấm", "Own score"),
        ("Đơn vị phụ trách", "Owner"),
        ("Hạn", "Deadline"),
        ("Minh chứng", "Evidence"),
    ];
    let points = |points: Option<i64>| points.map_or(Value::Empty, |points| Value::Of(Unit::Score, points));
    let rows = lines.iter().map(|line| {
        vec![
            text(line.name.clone().unwrap_or_default()),
            text(&line.code),
            points(line.max_points),
            points(line.planned),
            points(line.achieved),
            text(line.owner.clone().unwrap_or_default()),
            day(line.due_on),
            text(line.evidence.clone().unwrap_or_default()),
        ]
    });
    Values { head: heads(lang, head), rows: rows.collect() }
}
