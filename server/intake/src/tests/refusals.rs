//! Whole files that are refused, each with a sentence that says what they are and what to do.

use std::io::Read as _;

use super::{super::Foreign, *};

fn refused(bytes: &[u8]) -> FileError {
    match open(Kind::Fields, bytes) {
        Err(error) => error,
        Ok(reader) => reader.filter_map(Result::err).next().expect("the file is refused"),
    }
}

#[test]
fn what_is_no_table_is_named() {
    for (bytes, foreign) in [
        (&b"%PDF-1.7\n..."[..], Foreign::Pdf),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", Foreign::OldExcel),
        (b"\x1f\x8b\x08\x00abc", Foreign::Archive),
        (b"Rar!\x1a\x07", Foreign::Archive),
        (b"\x89PNG\r\n\x1a\n", Foreign::Image),
        (b"\xff\xd8\xff\xe0JFIF", Foreign::Image),
        (b"\n <!DOCTYPE html><table>", Foreign::Html),
        (b"\xef\xbb\xbf<table><tr>", Foreign::Html),
        (b"<?xml version=\"1.0\"?><Workbook/>", Foreign::Xml),
        (b"field_code,name\n1,\0\0", Foreign::Binary),
        (b"\x01\x02\x03\x04\x05", Foreign::Binary),
    ] {
        let error = refused(bytes);
        assert!(matches!(error, FileError::Foreign(found) if found == foreign), "{foreign:?}: {error}");
        assert!(error.to_string().contains(" / "), "in both languages: {error}");
    }
}

#[test]
fn an_empty_file_is_told_apart_from_one_without_the_columns() {
    for bytes in [&b""[..], b"\xef\xbb\xbf", b"\n\r\n\n"] {
        assert!(matches!(refused(bytes), FileError::Empty), "{bytes:?}");
    }
    let error = refused(b"a,b\n1,2\n");
    let FileError::MissingColumns { missing, found, line, .. } = &error else { panic!("{error}") };
    assert_eq!((missing.join(", ").as_str(), found.as_str(), *line), ("field_code (Mã lĩnh vực)", "a, b", 1));
    assert!(matches!(open(Kind::Fields, b" \n"), Err(FileError::MissingColumns { .. })));
}

#[test]
fn a_missing_file_and_a_folder_are_told() {
    let open = |path: &str| Reader::open(path.as_ref(), Kind::Fields, None, TODAY).err();
    assert!(matches!(open("/no/such/file.csv"), Some(FileError::Open(_))));
    assert!(matches!(open("/"), Some(FileError::Open(_))));
}

#[test]
fn an_endless_line_or_quote_is_refused_after_the_rows_before_it() {
    let mut bytes = b"field_code,name\n1,a\n2,".to_vec();
    std::io::repeat(b'x').take(3 << 20).read_to_end(&mut bytes).unwrap();
    let mut reader = open(Kind::Fields, &bytes).unwrap();
    assert_eq!(reader.next().unwrap().unwrap().line, 2);
    assert!(matches!(reader.next(), Some(Err(FileError::RecordTooLong { line: 3, .. }))));
    assert!(reader.next().is_none(), "after an error it ends");

    let error = refused(b"field_code,name\n1,a\n2,\"b\n3,c\n4,d\n");
    assert!(matches!(error, FileError::OpenQuote { line: 3 }), "{error}");
    let endless = format!("field_code,name\n1,\"{}", "2,b\n".repeat(500_000));
    assert!(matches!(refused(endless.as_bytes()), FileError::RecordTooLong { line: 2, .. }));
}
