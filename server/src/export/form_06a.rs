//! Form II.06a/VPCP/KSTT as a workbook, laid out as it is printed.

use app::context::Form06a;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use thuocdo::{
    case_file_report::source,
    forms::ii_06a::{By, Columns, Line},
    lang::Lang,
};

use super::printed::Looks;

const LAST: u16 = 12;
/// Where the lines begin.
const FIRST_LINE: u32 = 10;

/// The workbook.
///
/// # Errors
/// When the workbook cannot be made: no text or number of ours is beyond what Excel takes.
pub fn workbook(asked: &Form06a) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("II.06a")?;
    let looks = Looks::new();
    title(sheet, asked, &looks)?;
    head(sheet, asked, &looks)?;
    let mut row = FIRST_LINE;
    let lang = asked.origin.lang;
    for (roman, group) in ROMAN.into_iter().zip(&asked.form.groups) {
        line(sheet, row, roman, &group.sum, (&looks.level, &looks.sum))?;
        row += 1;
        for (number, of_group) in (1..).zip(&group.lines) {
            line(sheet, row, &format!("{number}"), of_group, (&looks.name, &looks.count))?;
            row += 1;
        }
    }
    line(sheet, row, "", &total(asked), (&looks.level, &looks.sum))?;
    row += 1;
    if asked.form.groups.is_empty() {
        sheet.write_string_with_format(row, 1, none(lang), &looks.plain)?;
        row += 1;
    }
    below(sheet, row + 1, asked, &looks)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.6, 0.6, 0.6, 0.6, 0.3, 0.3);
    sheet.set_repeat_rows(6, FIRST_LINE - 1)?;
    sheet.set_footer("&C&P");
    sheet.set_freeze_panes(FIRST_LINE, 2)?;
    // The longest head has three lines, the longest formula two.
    sheet.set_row_height(8, 50)?;
    sheet.set_row_height(9, 28)?;
    sheet.set_column_width(0, 6)?;
    sheet.set_column_width(1, 42)?;
    sheet.set_column_range_width(2, LAST, 11)?;
    for of_formula in [2, 6, 10] {
        sheet.set_column_width(of_formula, 14)?;
    }
    workbook.save_to_buffer()
}

fn title(sheet: &mut Worksheet, asked: &Form06a, looks: &Looks) -> Result<(), XlsxError> {
    let lang = asked.origin.lang;
    let [period, days] = period(asked);
    let [whom, to] = whom(asked).map(|line| format!("- {line}"));
    sheet.merge_range(
        0,
        0,
        0,
        2,
        lang.of("Biểu số II.06a/VPCP/KSTT", "Form II.06a/VPCP/KSTT"),
        &looks.bold,
    )?;
    sheet.merge_range(0, 3, 2, 9, name(lang), &looks.title)?;
    sheet.merge_range(3, 3, 3, 9, &period, &looks.bold)?;
    sheet.merge_range(4, 3, 4, 9, &days, &looks.bold)?;
    sheet.write_string_with_format(0, 10, &whom, &looks.plain)?;
    sheet.write_string_with_format(1, 10, &to, &looks.plain)?;
    let unit = lang.of("Đơn vị tính: số hồ sơ thủ tục hành chính", "Counted: case files");
    sheet.write_string_with_format(5, 10, unit, &looks.small.clone().unset_text_wrap())?;
    Ok(())
}

/// Three rows of heads, and the numbers of the columns.
fn head(sheet: &mut Worksheet, asked: &Form06a, looks: &Looks) -> Result<(), XlsxError> {
    let lang = asked.origin.lang;
    let head = &looks.head;
    let of_line = by(asked.by, lang);
    let total = lang.of("Tổng số", "Total");
    sheet.merge_range(6, 0, 8, 0, "STT", head)?;
    sheet.merge_range(6, 1, 8, 1, of_line, head)?;
    sheet.merge_range(6, 2, 6, 5, lang.of("Số hồ sơ nhận giải quyết", "Received"), head)?;
    sheet.merge_range(7, 2, 8, 2, total, head)?;
    sheet.merge_range(7, 3, 7, 4, lang.of("Trong kỳ", "In the period"), head)?;
    sheet.write_string_with_format(8, 3, lang.of("Trực tuyến", "Online"), head)?;
    sheet.write_string_with_format(
        8,
        4,
        lang.of("Trực tiếp, dịch vụ bưu chính", "At the desk, by post"),
        head,
    )?;
    sheet.merge_range(7, 5, 8, 5, lang.of("Từ kỳ trước", "From the period before"), head)?;
    sheet.merge_range(6, 6, 6, 9, lang.of("Số hồ sơ đã giải quyết", "Resolved"), head)?;
    let resolved =
        [total, lang.of("Trước hạn", "Early"), lang.of("Đúng hạn", "On time"), lang.of("Quá hạn", "Late")];
    for (column, words) in (6..).zip(resolved) {
        sheet.merge_range(7, column, 8, column, words, head)?;
    }
    sheet.merge_range(6, 10, 6, LAST, lang.of("Số hồ sơ đang giải quyết", "In process"), head)?;
    for (column, words) in
        (10..).zip([total, lang.of("Trong hạn", "Within due"), lang.of("Quá hạn", "Overdue")])
    {
        sheet.merge_range(7, column, 8, column, words, head)?;
    }
    let numbers = [
        "(1)",
        "(2)",
        "(3)=(4)+(5)+(6)",
        "(4)",
        "(5)",
        "(6)",
        "(7)=(8)+(9)+(10)",
        "(8)",
        "(9)",
        "(10)",
        "(11)=(12)+(13)",
        "(12)",
        "(13)",
    ];
    for (column, number) in (0..).zip(numbers) {
        sheet.write_string_with_format(9, column, number, &head.clone().set_font_size(9))?;
    }
    Ok(())
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    number: &str,
    Line { name, columns }: &Line,
    (words, count): (&Format, &Format),
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, 0, number, &words.clone().set_align(FormatAlign::Center))?;
    sheet.write_string_with_format(row, 1, name, words)?;
    for (column, value) in (2..).zip(Columns::all(columns)) {
        sheet.write_number_with_format(row, column, super::xlsx::whole(value), count)?;
    }
    Ok(())
}

/// The check, what has no column of its own, and where the numbers are from.
fn below(sheet: &mut Worksheet, row: u32, asked: &Form06a, looks: &Looks) -> Result<(), XlsxError> {
    let (lang, lines) = (asked.origin.lang, notes(asked));
    for (row, words) in (row..).zip(&lines) {
        sheet.merge_range(row, 1, row, 9, words, &looks.small)?;
        sheet.set_row_height(row, 32)?;
    }
    sheet.merge_range(row, 10, row, LAST, lang.of("Người làm báo cáo", "Reported by"), &looks.bold)?;
    Ok(())
}

/// The numbers of the levels.
pub(super) const ROMAN: [&str; 5] = ["I", "II", "III", "IV", "V"];

/// What the form is called.
pub(super) fn name(lang: Lang) -> &'static str {
    lang.of(
        "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        "CASE FILES RECEIVED AND RESOLVED BY THE AGENCIES THAT HANDLE PROCEDURES THEMSELVES",
    )
}

/// The period, and its days.
pub(super) fn period(asked: &Form06a) -> [String; 2] {
    let (lang, question) = (asked.origin.lang, &asked.question);
    let window = question.window();
    let period = question.period.map(|period| period.label(lang)).unwrap_or_default();
    let days = match (window.from, lang) {
        (Some(from), Lang::Vi) => {
            format!("(Từ ngày {} đến ngày {})", lang.date(from), lang.date(window.last))
        }
        (Some(from), Lang::En) => format!("({}–{})", lang.date(from), lang.date(window.last)),
        (None, _) => format!("({})", lang.date(window.last)),
    };
    [format!("{}: {period}", lang.of("Kỳ báo cáo", "Period")), days]
}

/// Who reports, and to whom: filled in by hand.
pub(super) fn whom(asked: &Form06a) -> [String; 2] {
    let lang = asked.origin.lang;
    [
        format!("{}: {}", lang.of("Đơn vị báo cáo", "Reported by"), asked.origin.whom),
        format!("{}: ", lang.of("Đơn vị nhận báo cáo", "Reported to")),
    ]
}

/// The head of the column of names.
pub(super) fn by(by: By, lang: Lang) -> &'static str {
    match by {
        By::Field => lang.of("Lĩnh vực, công việc giải quyết theo cấp", "Field, by level"),
        By::Unit => lang.of("Đơn vị", "Agency"),
    }
}

/// The last line.
pub(super) fn total(asked: &Form06a) -> Line {
    let name = asked.origin.lang.of("TỔNG SỐ", "TOTAL").to_owned();
    Line { name, columns: asked.form.total }
}

/// Said of a period without files.
pub(super) fn none(lang: Lang) -> &'static str {
    lang.of("Không có hồ sơ nào trong kỳ này.", "There are no case files in this period.")
}

/// The check, what has no column of its own, and where the numbers are from.
pub(super) fn notes(asked: &Form06a) -> Vec<String> {
    let lang = asked.origin.lang;
    let mut lines = vec![asked.form.check(lang)];
    lines.extend(asked.form.footnotes(lang));
    lines.extend(asked.until.map(|until| match lang {
        Lang::Vi => format!("Số liệu hồ sơ mới có đến ngày {}.", lang.date(until)),
        Lang::En => format!("The case files are known until {}.", lang.date(until)),
    }));
    lines.push(source(&asked.question, &asked.origin));
    lines
}
