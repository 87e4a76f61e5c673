//! Rows of case files (hồ sơ).

use std::sync::LazyLock;

use thuocdo::{
    case_file::{Channel, Row, Status},
    counts::Given,
    lang::Lang,
};

use super::{cells::Cells, columns::Column, problem::Code, words::Words};

pub(super) const COLUMNS: &[Column] = &[
    Column::needed("case_code", &["Mã hồ sơ"]),
    Column::needed("agency_code", &["Mã đơn vị"]),
    Column::optional("field_code", &["Lĩnh vực"]),
    Column::optional("procedure_code", &["Mã TTHC"]),
    Column::optional("channel", &["Kênh tiếp nhận"]),
    Column::needed("received_on", &["Ngày tiếp nhận"]),
    Column::optional("due_on", &["Ngày hẹn trả"]),
    Column::optional("original_due_on", &["Ngày hẹn trả ban đầu"]),
    Column::optional("completed_on", &["Ngày có kết quả"]),
    Column::optional("returned_on", &["Ngày trả"]),
    Column::optional("status", &["Trạng thái"]),
    Column::optional("status_on", &["Ngày cập nhật trạng thái"]),
    Column::optional("paused_on", &["Ngày yêu cầu bổ sung"]),
    Column::optional("resumed_on", &["Ngày bổ sung"]),
    Column::optional("apology_on", &["Ngày xin lỗi"]),
    Column::optional("reschedules", &["Số lần hẹn lại"]),
];

/// The most often a return may have been put off; more is a slip of the pen.
const MOST_RESCHEDULES: i64 = 1_000;

static STATUSES: LazyLock<Words<Status>> = LazyLock::new(|| {
    const CODES: [&str; 10] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    let codes = Status::ALL.into_iter().zip(CODES);
    let names =
        Status::ALL.into_iter().flat_map(|status| status.names().iter().map(move |name| (status, *name)));
    Words::new(codes.chain(names))
});

static CHANNELS: LazyLock<Words<Channel>> = LazyLock::new(|| {
    let numbers = [(Channel::InPerson, "1"), (Channel::Online, "2"), (Channel::Postal, "3")];
    let names = Channel::ALL
        .into_iter()
        .flat_map(|channel| [(channel, channel.as_str()), (channel, channel.label(Lang::Vi))]);
    let others = [(Channel::Postal, "Bưu chính"), (Channel::Postal, "BCCI")];
    Words::new(numbers.into_iter().chain(names).chain(others))
});

pub(super) fn read(cells: &mut Cells<'_>) -> Option<Row> {
    let case_code = cells.needed_code("case_code");
    let agency_code = cells.needed_code("agency_code");
    let field_code = cells.code("field_code");
    let procedure_code = cells.code("procedure_code");
    let channel = channel(cells);
    let received_on = cells.needed_past("received_on");
    let due_on = cells.date("due_on");
    let original_due_on = match cells.date("original_due_on") {
        // An empty cell clears what is stored, but for this one: the first due date is never forgotten.
        Given::Empty => Given::Absent,
        given => given,
    };
    let completed_on = cells.past("completed_on");
    let returned_on = cells.past("returned_on");
    let status = cells.word("status", &STATUSES, Code::UnknownStatus);
    let row = Row {
        status_on: cells.past("status_on"),
        paused_on: cells.past("paused_on"),
        resumed_on: cells.past("resumed_on"),
        apology_on: cells.past("apology_on"),
        reschedules: cells.count("reschedules", MOST_RESCHEDULES),
        case_code: case_code.unwrap_or_default(),
        agency_code: agency_code.unwrap_or_default(),
        received_on: received_on.unwrap_or_default(),
        field_code,
        procedure_code,
        channel,
        due_on,
        original_due_on,
        completed_on,
        returned_on,
        status,
    };
    check_completion(cells, &row);
    // Without a day of receipt there is nothing to compare with.
    received_on?;
    check_order(cells, &row);
    Some(row)
}

/// By which way something came in; a way nobody knows is "other", so that the file still counts.
pub(super) fn channel(cells: &mut Cells<'_>) -> Given<Channel> {
    let mut is_unknown = false;
    let channel = cells.given("channel", |text| {
        Ok(CHANNELS.find(text).unwrap_or_else(|| {
            is_unknown = true;
            Channel::Other
        }))
    });
    cells.note_if("channel", is_unknown, Code::UnknownChannel);
    channel
}

/// Status and dates of completion must not leave the file in no state at all.
fn check_completion(cells: &mut Cells<'_>, row: &Row) {
    let is_dated = cells.says("completed_on") || cells.says("returned_on");
    match row.status.value() {
        Some(Status::Completed | Status::Returned) => {
            // A column the file does not have keeps what is stored: only the store can tell whether a date is there.
            let is_whole = row.completed_on.is_carried() && row.returned_on.is_carried();
            cells.note_if("status", is_whole && !is_dated, Code::NoCompletionDate);
        }
        Some(
            Status::Received | Status::Processing | Status::AwaitingSupplement | Status::AwaitingPayment,
        ) => {
            cells.note_if("status", is_dated, Code::OpenButCompleted);
        }
        Some(Status::Submitted | Status::NotAccepted) => {
            cells.note_if("status", is_dated, Code::NotReceivedButCompleted);
        }
        Some(Status::Withdrawn | Status::Stopped) | None => {}
    }
    let stands_in = row.returned_on.value().is_some() && !cells.says("completed_on");
    cells.note_if("returned_on", stands_in, Code::ReturnStandsIn);
}

/// Whether the file, once laid over what is stored, may turn out finished without a date: the store sets it aside then.
pub(super) fn may_lack_completion(row: &Row) -> bool {
    let is_open = match &row.status {
        Given::Value(status) => !matches!(status, Status::Completed | Status::Returned),
        // The stored status stays: an empty date may take its last date from it.
        Given::Absent => !row.completed_on.is_carried() && !row.returned_on.is_carried(),
        Given::Empty => true,
    };
    !is_open && row.completed_on.value().is_none() && row.returned_on.value().is_none()
}

/// Dates in an order that cannot be are kept, with a warning.
fn check_order(cells: &mut Cells<'_>, row: &Row) {
    let received = row.received_on;
    let is_before = |day: Option<&chrono::NaiveDate>| day.is_some_and(|day| *day < received);
    cells.note_if("due_on", is_before(row.due_on.value()), Code::DueBeforeReceived);
    cells.note_if("original_due_on", is_before(row.original_due_on.value()), Code::DueBeforeReceived);
    match row.completed_on.value() {
        Some(completed) => {
            cells.note_if("completed_on", is_before(Some(completed)), Code::CompletedBeforeReceived);
        }
        None => {
            cells.note_if("returned_on", is_before(row.returned_on.value()), Code::CompletedBeforeReceived)
        }
    }
    let is_backwards = matches!(
        (row.paused_on.value(), row.resumed_on.value()),
        (Some(paused), Some(resumed)) if resumed < paused
    );
    cells.note_if("resumed_on", is_backwards, Code::ResumedBeforePaused);
}
