//! CSV in every dress: encodings, delimiters, line ends, titles above the header.

use encoding_rs::WINDOWS_1258;
use unicode_normalization::UnicodeNormalization as _;

use super::*;

const TABLE: &str =
    "Mã đơn vị,Tên đơn vị,Cấp\n001,Quận Ba Đình – tiếp dân,Quận\n002,Phường Trúc Bạch,Phường\n";

fn names(bytes: &[u8]) -> Vec<String> {
    let names = lines(Kind::Agencies, bytes).into_iter().map(|line| match line.row {
        Some(Row::Agency(row)) => row.name.over(None).unwrap_or_default(),
        _ => panic!("{:?}", line.problems),
    });
    names.collect()
}

fn utf16(text: &str, bytes_of: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes_of).collect()
}

#[test]
fn one_table_reads_the_same_in_every_encoding_delimiter_and_line_end() {
    let expected = ["Quận Ba Đình – tiếp dân", "Phường Trúc Bạch"];
    for delimiter in [",", ";", "\t"] {
        for line_end in ["\n", "\r\n", "\r"] {
            let table = TABLE.replace(',', delimiter).replace('\n', line_end);
            let decomposed: String = table.nfd().collect();
            for bytes in [
                table.clone().into_bytes(),
                format!("\u{feff}{table}").into_bytes(),
                utf16(&table, u16::to_le_bytes),
                utf16(&table, u16::to_be_bytes),
                decomposed.into_bytes(),
                table.trim_end().as_bytes().to_vec(),
            ] {
                assert_eq!(names(&bytes), expected, "{delimiter:?} {line_end:?}");
            }
        }
    }
}

#[test]
fn utf16_without_its_mark_is_told_by_the_zeros_beside_its_letters() {
    let decomposed: String = TABLE.nfd().collect();
    let longer_than_the_sample = format!("{TABLE}{}", "003,Phường Cửa Nam,Phường\n".repeat(3_000));
    for table in [TABLE, &TABLE.replace('\n', "\r\n"), &decomposed, &longer_than_the_sample] {
        for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes = utf16(table, bytes_of).split_off(2);
            assert_eq!(names(&bytes)[..2], ["Quận Ba Đình – tiếp dân", "Phường Trúc Bạch"]);
        }
    }
    let utf32: Vec<u8> = TABLE.chars().flat_map(|letter| u32::from(letter).to_le_bytes()).collect();
    let error = open(Kind::Agencies, &utf32).err();
    assert!(matches!(error, Some(FileError::Foreign(super::super::Foreign::Binary))), "{error:?}");
}

#[test]
fn windows_1258_with_its_combining_marks_becomes_composed_letters() {
    // The code page has base letters and marks apart: decompose what it has no single letter for.
    let decomposed: String = TABLE.nfd().collect();
    let mut bytes = Vec::new();
    for letter in decomposed.nfc().collect::<String>().chars() {
        let whole = letter.to_string();
        let (encoded, _, failed) = WINDOWS_1258.encode(&whole);
        if !failed {
            bytes.extend_from_slice(&encoded);
            continue;
        }
        let tone = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
        let parts: Vec<char> = whole.nfd().collect();
        let base: String =
            parts.iter().filter(|part| !tone.contains(part)).collect::<String>().nfc().collect();
        let marks: String = parts.iter().filter(|part| tone.contains(part)).collect();
        bytes.extend_from_slice(&WINDOWS_1258.encode(&(base + &marks)).0);
    }
    assert!(std::str::from_utf8(&bytes).is_err(), "not UTF-8 at all");
    assert_eq!(names(&bytes), ["Quận Ba Đình – tiếp dân", "Phường Trúc Bạch"]);
}

#[test]
fn marks_that_turn_the_direction_of_writing_are_left_out_of_names_and_codes() {
    let table = "agency_code,name\n\u{200e}001\u{200f},\u{202e}đB\u{202c} a\u{2066}\u{feff}\n002,Quận – 1\n";
    assert_eq!(names(table.as_bytes()), ["đB a", "Quận – 1"]);
    let lines = lines(Kind::Agencies, table.as_bytes());
    assert!(lines.iter().all(|line| line.problems.is_empty()), "the code is one like any other");
}

#[test]
fn the_first_letter_beyond_ascii_decides_when_the_beginning_has_none() {
    let long = |row: &[u8]| {
        let mut bytes = b"agency_code,name\n".to_vec();
        bytes.extend(b"x,plain\n".repeat(10_000));
        bytes.extend_from_slice(row);
        bytes
    };
    assert_eq!(names(&long("1,Đống Đa\n".as_bytes())).last().unwrap(), "Đống Đa");
    assert_eq!(names(&long(b"1,\xd0\xf4ng \xd0a\n")).last().unwrap(), "Đông Đa");
}

#[test]
fn a_spoilt_letter_in_a_utf8_file_sets_its_row_aside_only() {
    let mut bytes = TABLE.as_bytes().to_vec();
    bytes.extend_from_slice(b"003,Qu\xfdn,\n004,Tay Ho,\n");
    let lines = lines(Kind::Agencies, &bytes);
    let told: Vec<_> = lines.iter().map(|line| line.problems.first().map(|problem| problem.code)).collect();
    assert_eq!(told, [None, None, Some(Code::BadEncoding), None]);
    assert_eq!(lines[2].cells, ["003", "Qu\u{fffd}n", ""]);
}

#[test]
fn line_numbers_are_true_with_line_ends_inside_quotes_and_blank_lines() {
    for line_end in ["\n", "\r\n", "\r"] {
        let text = "\n\nagency_code,name\n1,\"a\nb\"\n\n\n2,\"c\"\"\n\n\"\n3,d\n".replace('\n', line_end);
        let at: Vec<u64> = lines(Kind::Agencies, text.as_bytes()).iter().map(|line| line.line).collect();
        assert_eq!(at, [4, 8, 11], "{line_end:?}");
    }
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let text = format!("BÁO CÁO,,\nNgày 31/03/2023,,\n,,\n{TABLE}");
    assert_eq!(names(text.as_bytes()).len(), 2);
    assert_eq!(lines(Kind::Agencies, text.as_bytes())[0].line, 5);
    assert_eq!(names(b"sep=;\nagency_code;name\n1;a,b,c\n"), ["a,b,c"]);
}

#[test]
fn a_comma_in_a_cell_does_not_win_over_the_semicolon_that_parts_them() {
    let text = "agency_code;\"name\"\n1;a, b, c, d\n";
    assert_eq!(names(text.as_bytes()), ["a, b, c, d"]);
}

#[test]
fn columns_that_are_not_ours_are_dropped_and_listed() {
    let reader =
        open(Kind::CaseFiles, "Mã hồ sơ,Họ tên,Mã đơn vị,Số CCCD,Ngày tiếp nhận,,Điện thoại\n".as_bytes())
            .unwrap();
    assert_eq!(reader.dropped(), ["Họ tên", "Số CCCD", "Điện thoại"]);
    assert_eq!(reader.header().len(), 7);
    assert_eq!(reader.carried().collect::<Vec<_>>(), ["case_code", "agency_code", "received_on"]);
    assert_eq!(reader.count(), 0, "a header alone is a file without rows");
}
