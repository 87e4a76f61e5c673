//! The city's own surveys: satisfied of answered, with the interval a sample allows. Not SIPAS.

use chrono::NaiveDate;

use crate::counts::Given;

/// A row of a `surveys` import: one survey of one agency on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Mã đơn vị.
    pub agency_code: String,
    /// Ngày khảo sát.
    pub surveyed_on: NaiveDate,
    /// Số phiếu phát ra.
    pub asked: Given<i64>,
    /// Số phiếu hợp lệ.
    pub answered: i64,
    /// Số phiếu hài lòng.
    pub satisfied: i64,
}
