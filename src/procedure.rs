//! Procedures (thủ tục hành chính) and the fields (lĩnh vực) they belong to.

use crate::{counts::Given, working_days::LimitUnit};

/// A row of a `fields` import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldRow {
    /// Mã lĩnh vực.
    pub field_code: String,
    /// Tên lĩnh vực.
    pub name: Given<String>,
    /// Whether the plan asks for dialogues in it above all: investment, natural resources and environment, planning,
    /// construction.
    pub priority: Given<bool>,
}

/// A row of a `procedures` import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Mã TTHC.
    pub procedure_code: String,
    /// Tên TTHC.
    pub name: Given<String>,
    /// Lĩnh vực.
    pub field_code: Given<String>,
    /// Thời hạn giải quyết.
    pub limit: Given<u32>,
    /// Đơn vị thời hạn; empty is working days.
    pub limit_unit: Given<LimitUnit>,
    /// Trả kết quả ngay: needs no due date (NĐ 61/2018 Đ17.4).
    pub immediate: Given<bool>,
}
