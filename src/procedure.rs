//! Procedures (thủ tục hành chính) and the fields (lĩnh vực) they belong to.

use crate::{counts::Given, working_days::LimitUnit};

/// The level that carries a procedure out (cấp thực hiện), whichever of its offices does: the three of the published lists
/// of procedures, where departments are of the city's level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Cấp tỉnh: the city and its departments.
    City,
    /// Cấp huyện.
    District,
    /// Cấp xã.
    Commune,
}

impl Level {
    /// Every level, highest first.
    pub const ALL: [Self; 3] = [Self::City, Self::District, Self::Commune];

    /// The word in files and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::District => "district",
            Self::Commune => "commune",
        }
    }
}

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
    /// Cấp thực hiện: one level for each code, as the published lists have it.
    pub level: Given<Level>,
    /// Mã đơn vị chủ trì: the agency in charge of the procedure, which need not be the one that carries it out. Form II.07b
    /// has a line for each.
    pub agency_code: Given<String>,
    /// Một cửa: whether it is received and returned by the mechanism of one-stop units (NĐ 61/2018 Đ3), interlinked ones
    /// included. Empty is unknown, which is not no.
    pub one_stop: Given<bool>,
    /// Quy trình nội bộ: whether the internal process by which offices handle it was issued. Empty is unknown.
    pub internal_process: Given<bool>,
}
