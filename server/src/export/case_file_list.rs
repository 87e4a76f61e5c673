//! The files behind a figure as a workbook: row after row, however many there are, and never cut short.

use std::fs::File;

use app::context::Listing;
use rust_xlsxwriter::{Format, FormatBorder, Workbook, Worksheet, XlsxError};
use store::CaseFileLine;
use thuocdo::{
    case_file_report::{source, window_label},
    filter::Measured,
    lang::Lang,
};

/// A sheet holds 1 048 576 rows, the head among them; with more files there are more sheets.
const ROWS_OF_SHEET: usize = 1_000_000;
/// The row with the names of the columns.
const HEAD: u32 = 4;
/// The typeface of official documents (Decree 30/2020/NĐ-CP, appendix I).
const FACE: &str = "Times New Roman";

/// The columns, each with its width.
const COLUMNS: [(&str, &str, f64); 9] = [
    ("STT", "No.", 7.0),
    ("Mã hồ sơ", "Case code", 24.0),
    ("Ngày tiếp nhận", "Received", 13.0),
    ("Ngày hẹn trả", "Due", 13.0),
    ("Ngày có kết quả", "Completed", 13.0),
    ("Đơn vị giải quyết", "Agency", 32.0),
    ("Lĩnh vực", "Field", 24.0),
    ("Thủ tục", "Procedure", 44.0),
    ("Ghi chú", "Remark", 20.0),
];

struct Looks {
    title: Format,
    plain: Format,
    head: Format,
    cell: Format,
    words: Format,
    day: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new().set_font_name(FACE).set_font_size(12);
        let cell = plain.clone().set_border(FormatBorder::Thin);
        Self {
            title: plain.clone().set_bold().set_font_size(14),
            head: cell.clone().set_bold().set_text_wrap(),
            day: cell.clone().set_num_format("dd/mm/yyyy"),
            words: cell.clone().set_shrink(),
            cell,
            plain,
        }
    }
}

/// Writes the files that `next` gives until there are no more; how many they were. `taken` says who took them, when and
/// what for.
///
/// # Errors
/// When there is no room on the disk.
pub fn write(
    listing: &Listing,
    taken: Option<&str>,
    mut next: impl FnMut() -> Option<Vec<CaseFileLine>>,
    to: &mut File,
) -> Result<usize, XlsxError> {
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    let mut written = 0;
    let mut lines = next().unwrap_or_default().into_iter();
    let mut sheets = 0;
    loop {
        sheets += 1;
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        begin(sheet, listing, taken, sheets, &looks)?;
        let mut row = HEAD + 1;
        let mut of_sheet = 0;
        while of_sheet < ROWS_OF_SHEET {
            let Some(line) = lines.next() else {
                match next() {
                    Some(more) => lines = more.into_iter(),
                    None => break,
                }
                continue;
            };
            of_sheet += 1;
            written += 1;
            self::line(sheet, row, written, &line, listing, &looks)?;
            row += 1;
        }
        if written == 0 {
            sheet.write_string_with_format(row, 1, none(listing.origin.lang), &looks.plain)?;
        }
        if of_sheet < ROWS_OF_SHEET {
            break;
        }
    }
    workbook.save_to_writer(to)?;
    Ok(written)
}

fn begin(
    sheet: &mut Worksheet,
    listing: &Listing,
    taken: Option<&str>,
    number: usize,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let (lang, question) = (listing.origin.lang, &listing.question);
    let name = lang.of("Danh sách", "List");
    sheet.set_name(if number == 1 { name.to_owned() } else { format!("{name} {number}") })?;
    for (column, (.., width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C&P");
    sheet.set_repeat_rows(HEAD, HEAD)?;
    sheet.set_freeze_panes(HEAD + 1, 2)?;
    sheet.write_string_with_format(0, 0, title(listing.measured, lang), &looks.title)?;
    let count = lang.count(listing.total, "hồ sơ", "case file", "case files");
    let about = format!("{} · {} · {count}", listing.origin.whom, window_label(question, lang));
    sheet.write_string_with_format(1, 0, about, &looks.plain)?;
    sheet.write_string_with_format(2, 0, source(question, &listing.origin), &looks.plain)?;
    if let Some(taken) = taken {
        sheet.write_string_with_format(3, 0, taken, &looks.plain)?;
    }
    sheet.set_row_height(HEAD, 34)?;
    for (column, words) in (0..).zip(heads(listing.measured, lang)) {
        sheet.write_string_with_format(HEAD, column, words, &looks.head)?;
    }
    Ok(())
}

/// The heads of the columns.
pub(super) fn heads(measured: Measured, lang: Lang) -> [&'static str; COLUMNS.len()] {
    let mut heads = COLUMNS.map(|(vi, en, _)| lang.of(vi, en));
    if measured == Measured::OpenOverdue {
        // Names of persons are not stored: the column is there to be filled in.
        heads[4] = lang.of("Cán bộ đang xử lý", "Handled by");
    }
    heads
}

/// Said of a list without files.
pub(super) fn none(lang: Lang) -> &'static str {
    lang.of("Không có hồ sơ nào.", "There are no case files.")
}

/// The two lists that units are sent have their names in the reports.
pub(super) fn title(measured: Measured, lang: Lang) -> String {
    match (measured, lang) {
        (Measured::Late, Lang::Vi) => "PHỤ LỤC I: Danh sách hồ sơ đã giải quyết quá hạn".to_owned(),
        (Measured::Late, Lang::En) => "Annex I: case files resolved late".to_owned(),
        (Measured::OpenOverdue, Lang::Vi) => {
            "PHỤ LỤC II: Danh sách hồ sơ đang giải quyết, đã quá hạn".to_owned()
        }
        (Measured::OpenOverdue, Lang::En) => "Annex II: case files in process, overdue".to_owned(),
        _ => format!("{}: {}", lang.of("Danh sách hồ sơ", "Case files"), measured.label(lang)),
    }
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    number: usize,
    line: &CaseFileLine,
    listing: &Listing,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let number = super::xlsx::whole(i64::try_from(number).unwrap_or(i64::MAX));
    sheet.write_number_with_format(row, 0, number, &looks.cell)?;
    sheet.write_string_with_format(row, 1, &line.case_code, &looks.cell)?;
    // What ended after the day asked for was open then.
    let ended_on = line.ended_on.filter(|ended| *ended <= listing.question.window().last);
    for (column, day) in (2..).zip([Some(line.received_on), line.due_on, ended_on]) {
        match day.map(super::xlsx::excel_day).transpose()? {
            Some(day) => sheet.write_datetime_with_format(row, column, &day, &looks.day)?,
            None => sheet.write_blank(row, column, &looks.cell)?,
        };
    }
    let words = [Some(&line.agency_name), line.field_name.as_ref(), line.procedure_name.as_ref()];
    for (column, words) in (5..).zip(words) {
        sheet.write_string_with_format(row, column, words.map_or("", String::as_str), &looks.words)?;
    }
    sheet.write_blank(row, 8, &looks.cell)?;
    Ok(())
}
