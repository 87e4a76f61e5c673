//! Form II.07b/VPCP/KSTT as a workbook, laid out as it is printed.

use app::context::Form07b;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use thuocdo::{
    forms::ii_07b::{Columns, Line, UNKNOWN},
    lang::Lang,
};

use super::printed::Looks;

const LAST: u16 = 13;
/// Where the lines begin.
const FIRST_LINE: u32 = 9;

/// The workbook.
///
/// # Errors
/// When the workbook cannot be made: no text or number of ours is beyond what Excel takes.
pub fn workbook(asked: &Form07b) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("II.07b")?;
    let looks = Looks::new();
    title(sheet, asked, &looks)?;
    head(sheet, asked.origin.lang, &looks)?;
    let mut row = FIRST_LINE;
    for (number, of_unit) in (1..).zip(&asked.form.lines) {
        line(sheet, row, &format!("{number}"), of_unit, (&looks.name, &looks.count))?;
        row += 1;
    }
    line(sheet, row, "", &total(asked), (&looks.level, &looks.sum))?;
    below(sheet, row + 2, asked, &looks)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.6, 0.6, 0.6, 0.6, 0.3, 0.3);
    sheet.set_repeat_rows(6, FIRST_LINE - 1)?;
    sheet.set_footer("&C&P");
    sheet.set_freeze_panes(FIRST_LINE, 2)?;
    // The heads have two lines over four columns, and under them; the longest formula has two.
    sheet.set_row_height(6, 34)?;
    sheet.set_row_height(7, 34)?;
    sheet.set_row_height(8, 28)?;
    sheet.set_column_width(0, 6)?;
    sheet.set_column_width(1, 42)?;
    sheet.set_column_range_width(2, LAST, 10)?;
    for of_formula in [2, 6, 10] {
        sheet.set_column_width(of_formula, 15)?;
    }
    workbook.save_to_buffer()
}

fn title(sheet: &mut Worksheet, asked: &Form07b, looks: &Looks) -> Result<(), XlsxError> {
    let lang = asked.origin.lang;
    let [whom, to] = whom(asked).map(|line| format!("- {line}"));
    sheet.merge_range(0, 0, 0, 2, number(lang), &looks.bold)?;
    sheet.merge_range(0, 3, 2, 9, name(lang), &looks.title)?;
    sheet.merge_range(3, 3, 3, 9, &day(asked), &looks.bold)?;
    sheet.write_string_with_format(0, 10, &whom, &looks.plain)?;
    sheet.write_string_with_format(1, 10, &to, &looks.plain)?;
    sheet.write_string_with_format(5, 10, unit(lang), &looks.small.clone().unset_text_wrap())?;
    Ok(())
}

/// Two rows of heads, and the numbers of the columns.
fn head(sheet: &mut Worksheet, lang: Lang, looks: &Looks) -> Result<(), XlsxError> {
    let head = &looks.head;
    for (column, words) in (0..).zip(heads(lang)) {
        sheet.merge_range(6, column, 7, column, words, head)?;
    }
    for (first, (words, columns)) in [2, 6, 10].into_iter().zip(groups(lang)) {
        sheet.merge_range(6, first, 6, first + 3, words, head)?;
        for (column, words) in (first..).zip(columns) {
            sheet.write_string_with_format(7, column, words, head)?;
        }
    }
    for (column, number) in (0..).zip(NUMBERS) {
        sheet.write_string_with_format(8, column, number, &head.clone().set_font_size(9))?;
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
    for (column, cell) in (2..).zip(Columns::cells(columns)) {
        match cell {
            Some(value) => {
                sheet.write_number_with_format(row, column, super::xlsx::whole(value), count)?;
            }
            None => {
                let unknown = count.clone().set_align(FormatAlign::Right);
                sheet.write_string_with_format(row, column, UNKNOWN, &unknown)?;
            }
        }
    }
    Ok(())
}

/// What is missing, the check, how procedures were counted, and where the numbers are from.
fn below(sheet: &mut Worksheet, row: u32, asked: &Form07b, looks: &Looks) -> Result<(), XlsxError> {
    for (row, words) in (row..).zip(&notes(asked)) {
        sheet.merge_range(row, 1, row, 9, words, &looks.small)?;
        sheet.set_row_height(row, 32)?;
    }
    sheet.merge_range(row, 10, row, LAST, signed(asked.origin.lang), &looks.bold)?;
    Ok(())
}

/// The numbers of the columns, with what a total is the sum of.
pub(super) const NUMBERS: [&str; 14] = [
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
    "(11)=(12)+(13)+(14)",
    "(12)",
    "(13)",
    "(14)",
];

/// The heads of the first two columns.
pub(super) fn heads(lang: Lang) -> [&'static str; 2] {
    [lang.of("STT", "No."), lang.of("Đơn vị", "Agency")]
}

/// The heads over four columns each, with what stands below them.
pub(super) fn groups(lang: Lang) -> [(&'static str, [&'static str; 4]); 3] {
    let total = lang.of("Tổng số", "Total");
    let levels =
        [total, lang.of("Cấp tỉnh", "City"), lang.of("Cấp huyện", "District"), lang.of("Cấp xã", "Commune")];
    let at = [
        total,
        lang.of("Tại BPMC cấp tỉnh", "In the city's"),
        lang.of("Tại BPMC cấp huyện", "In a district's"),
        lang.of("Tại BPMC cấp xã", "In a commune's"),
    ];
    [
        (
            lang.of(
                "Tổng số TTHC thuộc thẩm quyền của địa phương",
                "Procedures within the authority of the city",
            ),
            levels,
        ),
        (
            lang.of(
                "Số TTHC thực hiện theo cơ chế một cửa, một cửa liên thông",
                "Carried out through a one-stop unit",
            ),
            at,
        ),
        (lang.of("Quy trình nội bộ được ban hành", "With an internal process issued"), levels),
    ]
}

/// The form's number.
pub(super) fn number(lang: Lang) -> &'static str {
    lang.of("Biểu số II.07b/VPCP/KSTT", "Form II.07b/VPCP/KSTT")
}

/// What the form is called.
pub(super) fn name(lang: Lang) -> &'static str {
    lang.of("TỔNG HỢP SỐ LƯỢNG THỦ TỤC HÀNH CHÍNH", "NUMBER OF ADMINISTRATIVE PROCEDURES")
}

/// The day of the list.
pub(super) fn day(asked: &Form07b) -> String {
    let day = asked.origin.lang.date(asked.day);
    match asked.origin.lang {
        Lang::Vi => format!("(Theo danh mục tại ngày {day})"),
        Lang::En => format!("(The list as of {day})"),
    }
}

/// Who reports, and to whom: filled in by hand.
pub(super) fn whom(asked: &Form07b) -> [String; 2] {
    let lang = asked.origin.lang;
    [
        format!("{}: {}", lang.of("Đơn vị báo cáo", "Reported by"), asked.origin.whom),
        format!("{}: ", lang.of("Đơn vị nhận báo cáo", "Reported to")),
    ]
}

/// What is counted.
pub(super) fn unit(lang: Lang) -> &'static str {
    lang.of("Đơn vị tính: thủ tục hành chính", "Counted: procedures")
}

/// Who signs it.
pub(super) fn signed(lang: Lang) -> &'static str {
    lang.of("Người làm báo cáo", "Reported by")
}

/// The last line.
pub(super) fn total(asked: &Form07b) -> Line {
    Line { name: asked.origin.lang.of("TỔNG SỐ", "TOTAL").to_owned(), columns: asked.form.total }
}

/// What is missing, the check, how procedures were counted, and where the numbers are from.
pub(super) fn notes(asked: &Form07b) -> Vec<String> {
    let (form, lang, day) = (&asked.form, asked.origin.lang, asked.origin.lang.date(asked.day));
    let mut lines: Vec<String> = form.missing(lang).into_iter().chain(form.check(lang)).collect();
    if form.total.listed() > 0 {
        lines.extend(form.footnotes(lang));
    }
    lines.push(match (asked.origin.is_invented, lang) {
        (true, Lang::Vi) => format!("Nguồn: số liệu mô phỏng · tại ngày {day}"),
        (true, Lang::En) => format!("Source: invented data · as of {day}"),
        (false, Lang::Vi) => format!("Nguồn: danh mục thủ tục hành chính đã nhập · tại ngày {day}"),
        (false, Lang::En) => format!("Source: the imported list of procedures · as of {day}"),
    });
    lines
}
