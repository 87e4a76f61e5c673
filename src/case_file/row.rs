//! A case file as a row of an import says it.

use chrono::NaiveDate;

use super::{Channel, Status};
use crate::counts::Given;

/// A row of a `case-files` import. Codes are as the source writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Mã hồ sơ.
    pub case_code: String,
    /// Mã đơn vị.
    pub agency_code: String,
    /// Lĩnh vực.
    pub field_code: Given<String>,
    /// Mã TTHC.
    pub procedure_code: Given<String>,
    /// Kênh tiếp nhận.
    pub channel: Given<Channel>,
    /// Ngày tiếp nhận.
    pub received_on: NaiveDate,
    /// Ngày hẹn trả.
    pub due_on: Given<NaiveDate>,
    /// Ngày hẹn trả ban đầu.
    pub original_due_on: Given<NaiveDate>,
    /// Ngày có kết quả.
    pub completed_on: Given<NaiveDate>,
    /// Ngày trả.
    pub returned_on: Given<NaiveDate>,
    /// Trạng thái.
    pub status: Given<Status>,
    /// Ngày cập nhật trạng thái.
    pub status_on: Given<NaiveDate>,
    /// Ngày yêu cầu bổ sung.
    pub paused_on: Given<NaiveDate>,
    /// Ngày bổ sung.
    pub resumed_on: Given<NaiveDate>,
    /// Ngày xin lỗi.
    pub apology_on: Given<NaiveDate>,
    /// Số lần hẹn lại.
    pub reschedules: Given<i32>,
}
