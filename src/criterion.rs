//! The criteria of the PAR INDEX as the office scores itself: planned, achieved, evidence, owner, deadline.

use chrono::NaiveDate;

use crate::counts::Given;

/// A row of a `criteria` import. Points in hundredths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Mã tiêu chí.
    pub code: String,
    /// Tên tiêu chí.
    pub name: Given<String>,
    /// Điểm tối đa.
    pub max_points: Given<i64>,
    /// Điểm kế hoạch.
    pub planned: Given<i64>,
    /// Điểm tự chấm.
    pub achieved: Given<i64>,
    /// Đơn vị chủ trì.
    pub owner_agency_code: Given<String>,
    /// Hạn hoàn thành.
    pub due_on: Given<NaiveDate>,
    /// Tài liệu kiểm chứng.
    pub evidence: Given<String>,
}
