//! Rows of dialogues (đối thoại) and of the issues raised in them.

use thuocdo::dialogue::{IssueRow, Row};

use super::{cells::Cells, columns::Column};

pub(super) const COLUMNS: &[Column] = &[
    Column::needed("dialogue_code", &["Mã đối thoại"]),
    Column::needed("agency_code", &["Mã đơn vị"]),
    Column::optional("planned_on", &["Ngày dự kiến"]),
    Column::optional("held_on", &["Ngày tổ chức"]),
    Column::optional("chaired_by_head", &["Người đứng đầu chủ trì"]),
    Column::optional("fields", &["Lĩnh vực"]),
    Column::optional("participants", &["Số người tham dự"]),
    Column::optional("minutes_no", &["Số biên bản"]),
];

pub(super) const ISSUE_COLUMNS: &[Column] = &[
    Column::needed("issue_code", &["Mã vướng mắc"]),
    Column::needed("dialogue_code", &["Mã đối thoại"]),
    Column::optional("summary", &["Nội dung"]),
    Column::optional("owner_agency_code", &["Đơn vị chủ trì"]),
    Column::optional("due_on", &["Hạn xử lý"]),
    Column::optional("resolved_on", &["Ngày xử lý xong"]),
];

pub(super) fn read(cells: &mut Cells<'_>) -> Option<Row> {
    let dialogue_code = cells.needed_code("dialogue_code");
    let agency_code = cells.needed_code("agency_code");
    let row = Row {
        planned_on: cells.date("planned_on"),
        held_on: cells.past("held_on"),
        chaired_by_head: cells.boolean("chaired_by_head"),
        fields: cells.codes("fields"),
        participants: cells.count("participants", i32::MAX.into()),
        minutes_no: cells.text("minutes_no"),
        ..Row::default()
    };
    Some(Row { dialogue_code: dialogue_code?, agency_code: agency_code?, ..row })
}

pub(super) fn issue(cells: &mut Cells<'_>) -> Option<IssueRow> {
    let issue_code = cells.needed_code("issue_code");
    let dialogue_code = cells.needed_code("dialogue_code");
    let row = IssueRow {
        summary: cells.text("summary"),
        owner_agency_code: cells.code("owner_agency_code"),
        due_on: cells.date("due_on"),
        resolved_on: cells.past("resolved_on"),
        ..IssueRow::default()
    };
    Some(IssueRow { issue_code: issue_code?, dialogue_code: dialogue_code?, ..row })
}
