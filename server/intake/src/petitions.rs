//! Rows of petitions (phản ánh, kiến nghị); legal complaints and denunciations are turned away (NĐ 20/2008 Đ1).

use std::sync::LazyLock;

use chrono::NaiveDate;
use thuocdo::{
    petition::{Kind, Row, Status},
    text::fold,
};

use super::{case_files, cells::Cells, columns::Column, problem::Code, words::Words};

pub(super) const COLUMNS: &[Column] = &[
    Column::needed("petition_code", &["Mã phản ánh, kiến nghị", "Mã PAKN"]),
    Column::needed("agency_code", &["Mã đơn vị"]),
    Column::optional("kind", &["Loại"]),
    Column::optional("field_code", &["Lĩnh vực"]),
    Column::optional("channel", &["Kênh tiếp nhận"]),
    Column::needed("sent_on", &["Ngày gửi"]),
    Column::optional("transferred_on", &["Ngày chuyển"]),
    Column::optional("acknowledged_on", &["Ngày tiếp nhận"]),
    Column::optional("supplement_requested_on", &["Ngày yêu cầu bổ sung"]),
    Column::optional("answered_on", &["Ngày trả lời"]),
    Column::optional("published_on", &["Ngày công khai"]),
    Column::optional("due_on", &["Hạn trả lời"]),
    Column::optional("status", &["Trạng thái"]),
];

static KINDS: LazyLock<Words<Kind>> = LazyLock::new(|| {
    Words::new(Kind::ALL.into_iter().flat_map(|kind| kind.names().iter().map(move |name| (kind, *name))))
});

static STATUSES: LazyLock<Words<Status>> = LazyLock::new(|| {
    Words::new(
        Status::ALL.into_iter().flat_map(|status| status.names().iter().map(move |name| (status, *name))),
    )
});

pub(super) fn read(cells: &mut Cells<'_>) -> Option<Row> {
    let petition_code = cells.needed_code("petition_code");
    let agency_code = cells.needed_code("agency_code");
    // What the file itself calls a complaint stays one, whatever a mapping makes of it.
    let is_legal = cells.as_written("kind").is_some_and(is_legal_complaint);
    let kind = cells.given("kind", |text| match KINDS.find(text) {
        _ if is_legal || is_legal_complaint(text) => Err(Code::LegalComplaint),
        found => found.ok_or(Code::UnknownKind),
    });
    let field_code = cells.code("field_code");
    let channel = case_files::channel(cells);
    let sent_on = cells.needed_past("sent_on");
    let row = Row {
        petition_code: petition_code.unwrap_or_default(),
        agency_code: agency_code.unwrap_or_default(),
        kind,
        field_code,
        channel,
        sent_on: sent_on.unwrap_or_default(),
        transferred_on: cells.past("transferred_on"),
        acknowledged_on: cells.past("acknowledged_on"),
        supplement_requested_on: cells.past("supplement_requested_on"),
        answered_on: cells.past("answered_on"),
        published_on: cells.past("published_on"),
        due_on: cells.date("due_on"),
        status: cells.word("status", &STATUSES, Code::UnknownStatus),
    };
    check_order(cells, &row, sent_on?);
    Some(row)
}

fn is_legal_complaint(text: &str) -> bool {
    let words = format!(" {} ", fold(text));
    [" khieu nai ", " to cao ", " legal complaint ", " denunciation "].iter().any(|kind| words.contains(kind))
}

/// Dates in an order that cannot be are kept, with a warning.
fn check_order(cells: &mut Cells<'_>, row: &Row, sent: NaiveDate) {
    for (name, date) in [
        ("transferred_on", &row.transferred_on),
        ("acknowledged_on", &row.acknowledged_on),
        ("supplement_requested_on", &row.supplement_requested_on),
        ("answered_on", &row.answered_on),
        ("published_on", &row.published_on),
    ] {
        cells.note_if(name, date.value().is_some_and(|date| *date < sent), Code::StepBeforeSent);
    }
    let is_backwards = matches!(
        (row.answered_on.value(), row.published_on.value()),
        (Some(answered), Some(published)) if published < answered
    );
    cells.note_if("published_on", is_backwards, Code::PublishedBeforeAnswered);
    cells.note_if("due_on", row.due_on.value().is_some_and(|due| *due < sent), Code::DueBeforeReceived);
}
