//! XLSX: cells of every type, sheets, and workbooks made to harm.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use thuocdo::{case_file::Status, counts::Given};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    super::{Foreign, Limits},
    *,
};

const HEADER: [&str; 6] =
    ["Mã hồ sơ", "Mã đơn vị", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái", "Số lần hẹn lại"];

fn header(sheet: &mut Worksheet, row: u32) {
    for (column, cell) in (0..).zip(HEADER) {
        sheet.write(row, column, cell).unwrap();
    }
}

/// A small workbook of case files: a cover sheet, a title, the header in row 3.
pub(super) fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Bìa").unwrap().write(0, 0, "Báo cáo").unwrap();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let at = ExcelDateTime::parse_from_str("2023-03-31T16:30:00").unwrap();
    sheet.write(0, 0, "Danh sách hồ sơ").unwrap();
    header(sheet, 2);
    sheet.write(3, 0, 101_001_240_735_i64).unwrap();
    sheet.write(3, 1, "000.01").unwrap();
    sheet.write_with_format(3, 2, &at, &date).unwrap();
    sheet.write(3, 3, 45_016).unwrap();
    sheet.write(3, 4, 4).unwrap();
    sheet.write(3, 5, 1.0).unwrap();
    sheet.write(3, 9, "ghi chú bên lề").unwrap();
    sheet.write(6, 0, "b").unwrap();
    sheet.write(6, 1, "000.01").unwrap();
    sheet.write(6, 2, "01/03/2023 08:00").unwrap();
    sheet.write(6, 4, "Đang xử lý").unwrap();
    book.save_to_buffer().unwrap()
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn refused(bytes: &[u8], limits: Limits) -> FileError {
    match Reader::open_within(limits, file(bytes).path(), Kind::CaseFiles, None, TODAY) {
        Err(error) => error,
        Ok(reader) => reader.filter_map(Result::err).next().expect("the workbook is refused"),
    }
}

#[test]
fn text_number_and_date_cells_are_read_as_what_they_mean() {
    let lines = lines(Kind::CaseFiles, &workbook());
    assert_eq!(lines.iter().map(|line| line.line).collect::<Vec<_>>(), [4, 7]);
    let row = case_file(&lines[0]);
    assert_eq!(row.case_code, "101001240735", "no exponent and no .0");
    assert_eq!(row.received_on, day("2023-03-31"));
    assert_eq!(row.due_on, Given::Value(day("2023-03-31")), "a number in a date column counts days");
    assert_eq!((&row.status, &row.reschedules), (&Given::Value(Status::Processing), &Given::Value(1)));
    let row = case_file(&lines[1]);
    assert_eq!((row.received_on, &row.due_on), (day("2023-03-01"), &Given::Empty));
}

#[test]
fn a_time_just_before_midnight_stays_on_its_day() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0);
    let date = Format::new().set_num_format("dd/mm/yyyy hh:mm:ss");
    for (row, at) in (1..).zip(["2023-03-31T23:59:59.5", "2023-03-31T23:59:59.999"]) {
        sheet.write(row, 0, row).unwrap();
        sheet.write(row, 1, "a").unwrap();
        sheet.write_with_format(row, 2, ExcelDateTime::parse_from_str(at).unwrap(), &date).unwrap();
        // The same as a bare number.
        sheet.write(row, 3, ExcelDateTime::parse_from_str(at).unwrap().to_excel()).unwrap();
    }
    for line in lines(Kind::CaseFiles, &book.save_to_buffer().unwrap()) {
        let row = case_file(&line);
        assert_eq!((row.received_on, &row.due_on), (day("2023-03-31"), &Given::Value(day("2023-03-31"))));
    }
}

#[test]
fn booleans_decimals_and_formulas_give_their_value() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, cell) in (0..).zip(["field_code", "name", "priority"]) {
        sheet.write(0, column, cell).unwrap();
    }
    sheet.write(1, 0, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write(1, 1, "Đầu tư\nxây dựng").unwrap();
    sheet.write(1, 2, true).unwrap();
    sheet.write(2, 0, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    let lines = lines(Kind::Fields, &book.save_to_buffer().unwrap());
    let Some(Row::Field(row)) = &lines[0].row else { panic!("{:?}", lines[0].problems) };
    assert_eq!((row.field_code.as_str(), &row.priority), ("2", &Given::Value(true)));
    assert_eq!(lines[1].problems[0].code, Code::SpoiltCode);
}

#[test]
fn a_code_of_more_digits_than_a_workbook_keeps_is_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "field_code").unwrap();
    sheet.write(1, 0, 123_456_789_012_345_678.0).unwrap();
    sheet.write(2, 0, 123_456_789_012_345.0).unwrap();
    let lines = lines(Kind::Fields, &book.save_to_buffer().unwrap());
    assert_eq!(lines[0].problems[0].code, Code::SpoiltCode);
    assert!(lines[1].row.is_some());
}

#[test]
fn many_rows_come_through_in_order() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0);
    for row in 1..=2_000 {
        sheet.write(row, 0, row).unwrap();
        sheet.write(row, 1, "a").unwrap();
        sheet.write(row, 2, 45_000).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let codes: Vec<String> =
        lines(Kind::CaseFiles, &bytes).iter().map(|line| case_file(line).case_code.clone()).collect();
    assert_eq!(codes, (1..=2_000).map(|row| row.to_string()).collect::<Vec<_>>());
    let mut reader = open(Kind::CaseFiles, &bytes).unwrap();
    assert!(reader.next().is_some());
    drop(reader);
}

#[test]
fn a_workbook_without_the_columns_says_what_it_found() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "Tên").unwrap();
    let error = refused(&book.save_to_buffer().unwrap(), Limits::default());
    assert!(matches!(&error, FileError::MissingColumns { found, .. } if found == "Tên"), "{error}");
    let mut empty = Workbook::new();
    empty.add_worksheet();
    assert!(matches!(refused(&empty.save_to_buffer().unwrap(), Limits::default()), FileError::Empty));
}

#[test]
fn a_zip_that_is_no_workbook_is_named() {
    for (part, foreign) in [
        ("data.csv", Foreign::Zip),
        ("word/document.xml", Foreign::Document),
        ("xl/workbook.bin", Foreign::BinaryExcel),
    ] {
        let error = refused(&zip_of(&[(part, b"x")]), Limits::default());
        assert!(matches!(error, FileError::Foreign(found) if found == foreign), "{part}: {error}");
    }
    let sheet = zip_of(&[("mimetype", b"application/vnd.oasis"), ("content.xml", b"<x/>")]);
    assert!(matches!(refused(&sheet, Limits::default()), FileError::Foreign(Foreign::OpenDocument)));
    let cut = workbook();
    assert!(matches!(refused(&cut[..cut.len() / 2], Limits::default()), FileError::Damaged(_)));
}

#[test]
fn a_workbook_that_unpacks_to_more_than_the_limit_is_refused_whatever_size_it_states() {
    let zeros = vec![b' '; 20 << 20];
    let mut bomb = zip_of(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 100_000, "small on the disk");
    let limits = Limits { unpacked: 10 << 20, ..Limits::default() };
    let error = refused(&bomb, limits);
    assert!(matches!(error, FileError::TooLarge { limit } if limit == 10 << 20), "{error}");

    let stated = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..*at + 4] == stated).collect();
    assert!(!places.is_empty(), "the size is stated somewhere");
    for at in places {
        bomb[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let error = refused(&bomb, limits);
    assert!(matches!(error, FileError::TooLarge { .. } | FileError::Damaged(_)), "{error}");
}

#[test]
fn a_workbook_of_too_many_parts_is_refused() {
    let styles = b"<xf/>".repeat(1_100_000);
    let error = refused(
        &zip_of(&[("xl/workbook.xml", b"<workbook/>"), ("xl/styles.xml", &styles)]),
        Limits::default(),
    );
    assert!(matches!(error, FileError::TooManyParts { .. }), "{error}");
}

#[test]
fn a_row_that_repeats_a_long_shared_text_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0);
    for column in 0..6 {
        sheet.write(1, column, "x".repeat(30_000)).unwrap();
    }
    let limits = Limits { record: 100_000, ..Limits::default() };
    let error = refused(&book.save_to_buffer().unwrap(), limits);
    assert!(matches!(error, FileError::RecordTooLong { line: 2, .. }), "{error}");
}

#[test]
fn a_sheet_of_impossible_size_is_refused() {
    let root: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let relations: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let book: &[u8] = br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let sheet = |cell: &str, dimension: &str| {
        let xml = format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="{dimension}"/><sheetData><row><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#
        );
        zip_of(&[
            ("_rels/.rels", root),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/worksheets/sheet1.xml", xml.as_bytes()),
        ])
    };
    for (cell, dimension) in [("A4000000", "A1:B2"), ("A1", "A1:B4000000"), ("ZZZZ1", "A1:B2")] {
        let error = refused(&sheet(cell, dimension), Limits::default());
        assert!(matches!(error, FileError::AbsurdSheet { .. }), "{cell}: {error}");
    }
    let error = refused(&sheet("A1", "A1:XFD1048576"), Limits::default());
    assert!(matches!(error, FileError::MissingColumns { .. }), "all a sheet can hold is possible: {error}");
}
