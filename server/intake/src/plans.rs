//! Rows of the plan: targets, and the criteria the office scores itself by.

use std::sync::LazyLock;

use thuocdo::{
    counts::Given,
    criterion,
    lang::Lang,
    plan::{Indicator, Target},
};

use super::{cells::Cells, columns::Column, lists::note_backwards, problem::Code, words::Words};

pub(super) const TARGET_COLUMNS: &[Column] = &[
    Column::needed("indicator", &["Chỉ tiêu"]),
    Column::needed("value", &["Giá trị"]),
    Column::needed("from", &["Từ ngày"]),
    Column::optional("to", &["Đến ngày"]),
    Column::optional("agency_code", &["Mã đơn vị"]),
    Column::optional("source", &["Căn cứ"]),
];

pub(super) const CRITERION_COLUMNS: &[Column] = &[
    Column::needed("code", &["Mã tiêu chí"]),
    Column::optional("name", &["Tên tiêu chí"]),
    Column::optional("max_points", &["Điểm tối đa"]),
    Column::optional("planned", &["Điểm kế hoạch"]),
    Column::optional("achieved", &["Điểm tự chấm"]),
    Column::optional("owner_agency_code", &["Đơn vị chủ trì"]),
    Column::optional("due_on", &["Hạn hoàn thành"]),
    Column::optional("evidence", &["Tài liệu kiểm chứng"]),
];

static INDICATORS: LazyLock<Words<Indicator>> = LazyLock::new(|| {
    let names = Indicator::ALL.into_iter();
    Words::new(
        names.flat_map(|indicator| [(indicator, indicator.as_str()), (indicator, indicator.label(Lang::Vi))]),
    )
});

pub(super) fn target(cells: &mut Cells<'_>) -> Option<Target> {
    let indicator = cells.needed_word("indicator", &INDICATORS, Code::UnknownIndicator);
    let value = cells.needed_hundredths("value");
    let from = cells.needed_date("from");
    let to = cells.date("to");
    let agency_code = cells.code("agency_code").over(None);
    let source = source(cells);
    note_backwards(cells, "to", &from.map_or(Given::Absent, Given::Value), &to);
    Some(Target { indicator: indicator?, value: value?, from: from?, to: to.over(None), agency_code, source })
}

pub(super) fn criterion(cells: &mut Cells<'_>) -> Option<criterion::Row> {
    let code = cells.needed_code("code");
    let row = criterion::Row {
        name: cells.text("name"),
        max_points: cells.hundredths("max_points"),
        planned: cells.hundredths("planned"),
        achieved: cells.hundredths("achieved"),
        owner_agency_code: cells.code("owner_agency_code"),
        due_on: cells.date("due_on"),
        evidence: cells.text("evidence"),
        ..criterion::Row::default()
    };
    for (name, points) in [("planned", &row.planned), ("achieved", &row.achieved)] {
        let is_more =
            matches!((points.value(), row.max_points.value()), (Some(points), Some(most)) if points > most);
        cells.note_if(name, is_more, Code::MorePointsThanMaximum);
    }
    Some(criterion::Row { code: code?, ..row })
}

/// Who says so. A figure without a source goes in, but its importer hears of it.
pub(super) fn source(cells: &mut Cells<'_>) -> String {
    let source = cells.text("source");
    cells.note_if("source", source.value().is_none(), Code::NoSource);
    source.over(None).unwrap_or_default()
}
