//! Rows of the lists that others refer to: agencies, fields, procedures, holidays.

use std::sync::LazyLock;

use chrono::NaiveDate;
use thuocdo::{
    agency::{self, Level},
    counts::Given,
    lang::Lang,
    procedure,
    working_days::{HolidayKind, HolidayRow, LimitUnit},
};

use super::{cells::Cells, columns::Column, problem::Code, words::Words};

pub(super) const AGENCY_COLUMNS: &[Column] = &[
    Column::needed("agency_code", &["Mã đơn vị"]),
    Column::optional("name", &["Tên đơn vị"]),
    Column::optional("level", &["Cấp"]),
    Column::optional("parent_code", &["Mã đơn vị cấp trên"]),
    Column::optional("valid_from", &["Có hiệu lực từ"]),
    Column::optional("valid_to", &["Có hiệu lực đến"]),
    Column::optional("dialogue_from", &["Phải đối thoại từ"]),
    Column::optional("dialogue_to", &["Phải đối thoại đến"]),
    Column::optional("head_since", &["Người đứng đầu từ"]),
];

pub(super) const FIELD_COLUMNS: &[Column] = &[
    Column::needed("field_code", &["Mã lĩnh vực"]),
    Column::optional("name", &["Tên lĩnh vực"]),
    Column::optional("priority", &["Ưu tiên"]),
];

pub(super) const PROCEDURE_COLUMNS: &[Column] = &[
    Column::needed("procedure_code", &["Mã TTHC"]),
    Column::optional("name", &["Tên TTHC"]),
    Column::optional("field_code", &["Lĩnh vực"]),
    Column::optional("limit", &["Thời hạn giải quyết"]),
    Column::optional("limit_unit", &["Đơn vị thời hạn"]),
    Column::optional("immediate", &["Trả kết quả ngay"]),
    Column::optional("level", &["Cấp thực hiện"]),
    Column::optional("agency_code", &["Mã đơn vị chủ trì", "Đơn vị chủ trì"]),
    Column::optional("one_stop", &["Một cửa"]),
    Column::optional("internal_process", &["Quy trình nội bộ"]),
];

pub(super) const HOLIDAY_COLUMNS: &[Column] = &[
    Column::needed("date", &["Ngày"]),
    Column::optional("name", &["Tên ngày nghỉ"]),
    Column::needed("kind", &["Loại"]),
];

/// The longest limit; a due date must stay inside the calendar and be found by walking day by day.
const LONGEST_LIMIT: i64 = 10_000;

static LEVELS: LazyLock<Words<Level>> = LazyLock::new(|| {
    let names =
        Level::ALL.into_iter().flat_map(|level| [(level, level.as_str()), (level, level.label(Lang::Vi))]);
    let departments = ["Sở", "Ban", "Sở ngành", "Sở, ngành"].map(|word| (Level::Department, word));
    let districts = ["Quận", "Huyện", "Thị xã", "Quận, huyện"].map(|word| (Level::District, word));
    let communes = ["Xã", "Phường", "Thị trấn", "Xã, phường"].map(|word| (Level::Commune, word));
    Words::new(names.chain(departments).chain(districts).chain(communes))
});

/// The level that carries a procedure out: what is a department's is of the city's level.
static PROCEDURE_LEVELS: LazyLock<Words<procedure::Level>> = LazyLock::new(|| {
    let names = procedure::Level::ALL.into_iter().map(|level| (level, level.as_str()));
    let city = [
        "department",
        "Tỉnh",
        "Cấp tỉnh",
        "Thành phố",
        "Cấp thành phố",
        "Sở",
        "Ban",
        "Sở ngành",
        "Sở, ngành",
        "Sở, ban, ngành",
    ];
    let district = ["Huyện", "Quận", "Thị xã", "Cấp huyện", "Quận, huyện", "Quận, huyện, thị xã"];
    let commune = ["Xã", "Phường", "Thị trấn", "Cấp xã", "Xã, phường", "Xã, phường, thị trấn"];
    let city = city.into_iter().map(|word| (procedure::Level::City, word));
    let district = district.into_iter().map(|word| (procedure::Level::District, word));
    let commune = commune.into_iter().map(|word| (procedure::Level::Commune, word));
    Words::new(names.chain(city).chain(district).chain(commune))
});

static UNITS: LazyLock<Words<LimitUnit>> = LazyLock::new(|| {
    let names = LimitUnit::ALL.into_iter().map(|unit| (unit, unit.as_str()));
    let labels =
        [(LimitUnit::WorkingDay, "Ngày làm việc"), (LimitUnit::Day, "Ngày"), (LimitUnit::Hour, "Giờ")];
    Words::new(names.chain(labels))
});

static HOLIDAY_KINDS: LazyLock<Words<HolidayKind>> = LazyLock::new(|| {
    let names = HolidayKind::ALL.into_iter().map(|kind| (kind, kind.as_str()));
    let off = ["Nghỉ", "Ngày nghỉ"].map(|word| (HolidayKind::DayOff, word));
    let swap = ["Làm bù", "Ngày làm bù"].map(|word| (HolidayKind::SwapWorkday, word));
    Words::new(names.chain(off).chain(swap))
});

pub(super) fn agency(cells: &mut Cells<'_>) -> Option<agency::Row> {
    let agency_code = cells.needed_code("agency_code");
    let row = agency::Row {
        name: cells.text("name"),
        level: cells.word("level", &LEVELS, Code::UnknownLevel),
        parent_code: cells.code("parent_code"),
        valid_from: cells.date("valid_from"),
        valid_to: cells.date("valid_to"),
        dialogue_from: cells.date("dialogue_from"),
        dialogue_to: cells.date("dialogue_to"),
        head_since: cells.date("head_since"),
        ..agency::Row::default()
    };
    note_backwards(cells, "valid_to", &row.valid_from, &row.valid_to);
    note_backwards(cells, "dialogue_to", &row.dialogue_from, &row.dialogue_to);
    let agency_code = agency_code?;
    cells.note_if("parent_code", row.parent_code.value() == Some(&agency_code), Code::OwnParent);
    Some(agency::Row { agency_code, ..row })
}

pub(super) fn field(cells: &mut Cells<'_>) -> Option<procedure::FieldRow> {
    let field_code = cells.needed_code("field_code");
    let (name, priority) = (cells.text("name"), cells.boolean("priority"));
    Some(procedure::FieldRow { field_code: field_code?, name, priority })
}

pub(super) fn procedure(cells: &mut Cells<'_>) -> Option<procedure::Row> {
    let procedure_code = cells.needed_code("procedure_code");
    let row = procedure::Row {
        name: cells.text("name"),
        field_code: cells.code("field_code"),
        limit: cells.count("limit", LONGEST_LIMIT),
        limit_unit: match cells.word("limit_unit", &UNITS, Code::UnknownUnit) {
            Given::Empty => Given::Value(LimitUnit::WorkingDay),
            given => given,
        },
        immediate: cells.boolean("immediate"),
        level: cells.word("level", &PROCEDURE_LEVELS, Code::UnknownProcedureLevel),
        agency_code: cells.code("agency_code"),
        one_stop: cells.boolean("one_stop"),
        internal_process: cells.boolean("internal_process"),
        ..procedure::Row::default()
    };
    Some(procedure::Row { procedure_code: procedure_code?, ..row })
}

pub(super) fn holiday(cells: &mut Cells<'_>) -> Option<HolidayRow> {
    let date = cells.needed_date("date");
    let name = cells.text("name").over(None);
    let kind = cells.needed_word("kind", &HOLIDAY_KINDS, Code::UnknownHolidayKind);
    Some(HolidayRow { date: date?, name, kind: kind? })
}

/// A span that ends before it begins holds no day.
pub(super) fn note_backwards(
    cells: &mut Cells<'_>,
    name: &'static str,
    from: &Given<NaiveDate>,
    to: &Given<NaiveDate>,
) {
    let is_backwards = matches!((from.value(), to.value()), (Some(from), Some(to)) if to < from);
    cells.note_if(name, is_backwards, Code::EndsBeforeItBegins);
}
