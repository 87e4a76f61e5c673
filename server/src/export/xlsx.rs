//! A chart or a table as a workbook: a chart that Excel can edit, its numbers as numbers, and what they mean.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    Chart as Native, ChartFont, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker,
    ChartMarkerType, ChartSolidFill, ChartType, Color, DocProperties, ExcelDateTime, Format, FormatAlign,
    Image, Workbook, Worksheet, XlsxError,
};
use thuocdo::{
    charts::{
        Chart, Kind, Theme, Unit, Words, picture,
        values::{Value, Values},
    },
    lang::Lang,
    sheets::Sheet,
};

use super::passport::{self, Passport};
use super::png;

/// What a workbook is on the way to a browser.
pub const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Numbers as they are written in Vietnam: the program shows the separators of its reader's settings.
const COUNT: &str = "[$-42A]#,##0";
const PERCENT: &str = "[$-42A]0.00%";
const HUNDREDTHS: &str = "[$-42A]0.00";

/// Colours of series, in the order of the columns: value, target, the year before, and what more there is.
const SERIES: [u32; 5] = [0x1F_4E79, 0xB0_4A2F, 0x8A_8F98, 0x5B_8C5A, 0xC7_8B2E];

/// The workbook of a chart.
///
/// # Errors
/// When the workbook cannot be made: no text or number of ours is beyond what Excel takes.
pub fn workbook(chart: &Chart, passport: &Passport, made_on: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let (sheet, names) = (Sheet::of(chart), sheet_names(chart.words.lang));
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&sheet, passport, made_on)?);
    drawn(workbook.add_worksheet(), chart, &passport.values, &names)?;
    numbers_and_method(&mut workbook, &sheet, passport, &names)?;
    workbook.save_to_buffer()
}

/// The workbook of a table.
///
/// # Errors
/// When the workbook cannot be made: no text or number of ours is beyond what Excel takes.
pub fn table(sheet: &Sheet, passport: &Passport, made_on: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(sheet, passport, made_on)?);
    numbers_and_method(&mut workbook, sheet, passport, &sheet_names(sheet.lang))?;
    workbook.save_to_buffer()
}

fn numbers_and_method(
    workbook: &mut Workbook,
    sheet: &Sheet,
    passport: &Passport,
    names: &[String; 3],
) -> Result<(), XlsxError> {
    numbers(workbook.add_worksheet(), &passport.values, &names[1])?;
    method(workbook.add_worksheet(), sheet, passport, &names[2])
}

fn sheet_names(lang: Lang) -> [String; 3] {
    [lang.of("Biểu đồ", "Chart"), lang.of("Số liệu", "Numbers"), lang.of("Phương pháp", "Method")]
        .map(str::to_owned)
}

fn properties(sheet: &Sheet, passport: &Passport, made_on: NaiveDate) -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::parse_from_str(&made_on.to_string())?;
    let mut properties = DocProperties::new()
        .set_title(&sheet.title)
        .set_subject(&sheet.subtitle)
        .set_author("Thước Đo")
        .set_creation_datetime(&made);
    let letters: Vec<char> = passport.json().chars().collect();
    for (place, piece) in letters.chunks(passport::PROPERTY).enumerate() {
        let name = format!("{}-{:03}", passport::NAME, place + 1);
        properties = properties.set_custom_property(name, piece.iter().collect::<String>());
    }
    Ok(properties)
}

/// The sheet with the chart: one that can be edited, or a picture of those that Excel has no kind for.
fn drawn(
    sheet: &mut Worksheet,
    chart: &Chart,
    values: &Values,
    names: &[String; 3],
) -> Result<(), XlsxError> {
    sheet.set_name(&names[0])?;
    sheet.set_column_width(0, 110)?;
    sheet.write_string(0, 0, &chart.subtitle)?;
    let below = match native(chart, values, &names[1]) {
        Some(native) => {
            sheet.insert_chart(1, 0, &native)?;
            23
        }
        None => {
            let size = chart.fit(850);
            let drawing = png::render(&picture(chart, size, Theme::Light), 2).unwrap_or_default();
            let image = Image::new_from_buffer(&drawing)?
                .set_scale_width(0.5)
                .set_scale_height(0.5)
                .set_alt_text(&chart.description);
            sheet.insert_image(1, 0, &image)?;
            3 + u32::from(size.height) / 20
        }
    };
    let small = Format::new().set_font_size(9).set_text_wrap();
    sheet.write_string_with_format(below, 0, &chart.source, &small)?;
    if chart.invented {
        sheet.write_string_with_format(below + 1, 0, &chart.words.invented, &small.clone().set_bold())?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 1);
    Ok(())
}

/// A chart of Excel's own over the sheet of numbers; `None` where it has no kind that says the same.
fn native(chart: &Chart, values: &Values, numbers: &str) -> Option<Native> {
    let (kind, columns) = match &chart.kind {
        Kind::Trend(_) | Kind::Spark(_) | Kind::Control(_) => (ChartType::Line, measured(values)),
        Kind::Bars(_) => (ChartType::Bar, vec![1]),
        Kind::Columns(columns) => (ChartType::ColumnStacked, (1..=columns.layers.len()).collect()),
        Kind::HeatMap(_) | Kind::Funnel(_) | Kind::Intervals(_) => return None,
    };
    let rows = match &chart.kind {
        // The sum of the others would dwarf each of them.
        Kind::Bars(bars) => bars.rows.iter().filter(|row| !row.rest).count(),
        _ => values.rows.len(),
    };
    let last = u32::try_from(rows).ok().filter(|rows| *rows > 0)?;
    let mut native = Native::new(kind);
    for (place, column) in columns.into_iter().enumerate() {
        let column = u16::try_from(column).ok()?;
        let color = Color::RGB(SERIES[place % SERIES.len()]);
        let series = native
            .add_series()
            .set_categories((numbers, 1, 0, last, 0))
            .set_values((numbers, 1, column, last, column))
            .set_name((numbers, 0, column));
        match kind {
            // A value between two gaps is a point without a line.
            ChartType::Line if place == 0 => series
                .set_format(ChartLine::new().set_color(color).set_width(2.25))
                .set_marker(ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(6)),
            ChartType::Line => series.set_format(
                ChartLine::new().set_color(color).set_width(1.5).set_dash_type(ChartLineDashType::Dash),
            ),
            _ => series.set_format(ChartSolidFill::new().set_color(color)),
        };
    }
    native.title().set_name(&chart.title).set_font(ChartFont::new().set_size(13));
    if kind != ChartType::Bar {
        let unit = unit(values);
        native.y_axis().set_num_format(number_format(unit)).set_major_gridlines(true);
        match unit {
            // Above a hundred percent there is nothing.
            Some(Unit::Percent) => {
                native.y_axis().set_max(1);
            }
            // The first place stands on top.
            Some(Unit::Rank) => {
                native.y_axis().set_reverse();
            }
            Some(Unit::Score) | None => {}
        }
    }
    native.set_width(850).set_height(420).set_alt_text(&chart.description);
    native.legend().set_position(ChartLegendPosition::Bottom);
    if kind == ChartType::Bar {
        // The first row stands on top, as in the table.
        native.y_axis().set_reverse();
        native.legend().set_hidden();
    }
    Some(native)
}

/// What the chart measures, where it is more than a count.
fn unit(values: &Values) -> Option<Unit> {
    values.rows.iter().flatten().find_map(|value| match value {
        Value::Of(unit, _) => Some(*unit),
        _ => None,
    })
}

/// How numbers are written.
fn number_format(unit: Option<Unit>) -> &'static str {
    match unit {
        Some(Unit::Percent) => PERCENT,
        Some(Unit::Score) => HUNDREDTHS,
        Some(Unit::Rank) | None => COUNT,
    }
}

/// The columns with what the chart measures.
fn measured(values: &Values) -> Vec<usize> {
    let is_measured =
        |column: &usize| values.rows.iter().any(|row| matches!(row.get(*column), Some(Value::Of(..))));
    (1..values.head.len()).filter(is_measured).collect()
}

fn numbers(sheet: &mut Worksheet, values: &Values, name: &str) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for (column, title) in (0..).zip(&values.head) {
        sheet.write_string_with_format(0, column, title, &head)?;
    }
    let [count, percent, hundredths] =
        [COUNT, PERCENT, HUNDREDTHS].map(|form| Format::new().set_num_format(form));
    let dates = Format::new().set_num_format("dd/mm/yyyy");
    for (row, cells) in (1..).zip(&values.rows) {
        for (column, value) in (0..).zip(cells) {
            let (number, form) = match value {
                Value::Empty => continue,
                // As text, so that no code loses its zeros and nothing runs as a formula.
                Value::Text(text) => {
                    sheet.write_string(row, column, text)?;
                    continue;
                }
                Value::Day(day) => {
                    sheet.write_datetime_with_format(row, column, excel_day(*day)?, &dates)?;
                    continue;
                }
                Value::Count(n) | Value::Of(Unit::Rank, n) => (whole(*n), &count),
                Value::Of(Unit::Percent, n) | Value::Share(n) => (whole(*n) / 10_000.0, &percent),
                Value::Of(Unit::Score, n) => (whole(*n) / 100.0, &hundredths),
            };
            sheet.write_number_with_format(row, column, number, form)?;
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    if let (Ok(last), Ok(width)) = (u32::try_from(values.rows.len()), u16::try_from(values.head.len()))
        && last > 0
        && width > 0
    {
        sheet.autofilter(0, 0, last, width - 1)?;
    } else {
        sheet.write_string(1, 0, "Không có dòng nào / there are no rows")?;
    }
    sheet.autofit();
    Ok(())
}

/// What the numbers mean and where they are from.
fn method(sheet: &mut Worksheet, of: &Sheet, passport: &Passport, name: &str) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let lang = of.lang;
    let invented = if of.is_invented { Words::of(lang).invented } else { String::new() };
    let rows = lang.number(i64::try_from(passport.values.rows.len()).unwrap_or(i64::MAX));
    let lines = [
        (lang.of("Nhận định", "Finding"), of.title.as_str()),
        (lang.of("Nội dung, kỳ, phạm vi", "Measured, period, part"), &of.subtitle),
        (lang.of("Mô tả", "Description"), &of.description),
        (lang.of("Nguồn và định nghĩa", "Source and definition"), &of.source),
        (lang.of("Số dòng", "Rows"), &rows),
        (lang.of("Địa chỉ trên trang", "Where it is shown"), &passport.view),
        (lang.of("Dấu kiểm của số liệu", "Check of the numbers"), &passport.sha256),
        (lang.of("Lưu ý", "Remark"), &invented),
    ];
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let lines = lines.into_iter().filter(|(_, words)| !words.is_empty());
    for (row, (title, words)) in (0..).zip(lines) {
        sheet.write_string_with_format(row, 0, title, &bold)?;
        sheet.write_string_with_format(row, 1, words, &wrapped)?;
    }
    sheet.set_column_width(0, 28)?;
    sheet.set_column_width(1, 90)?;
    Ok(())
}

/// A day as Excel counts it.
pub(super) fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900).max(1900);
    let [month, day] = [day.month(), day.day()].map(|n| u8::try_from(n).unwrap_or(1));
    ExcelDateTime::from_ymd(year, month, day)
}

/// Far fewer files than a number of Excel is exact for.
#[expect(clippy::cast_precision_loss, reason = "counts and hundredths stay below 2^53")]
pub(super) fn whole(n: i64) -> f64 {
    n as f64
}
