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

/// A criterion as it is kept: what the office says of itself today. Points in hundredths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Criterion {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Option<String>,
    /// The most it can bring.
    pub max_points: Option<i64>,
    /// What the plan counts on.
    pub planned: Option<i64>,
    /// What the office gives itself; `None` is not scored yet, which is not zero.
    pub achieved: Option<i64>,
    /// The agency in charge: its code.
    pub owner_code: Option<String>,
    /// The agency in charge: its name.
    pub owner_name: Option<String>,
    /// When it has to be done.
    pub due_on: Option<NaiveDate>,
    /// The document that proves it.
    pub evidence: Option<String>,
}
