//! Files of other systems under a mapping.

use thuocdo::{case_file::Channel, counts::Given};

use super::*;

#[test]
fn headers_constants_dates_and_values_are_translated() {
    let mapping = "kind = 'case-files'\ndate_format = 'MM/dd/yyyy'\nignore = ['status']\n\
                   [columns]\ncase_code = 'Request ID'\nreceived_on = 'OPENED'\ndue_on = 'Nowhere'\n\
                   [constants]\nagency_code = 'H26'\n[values.channel]\nWeb = 'online'\n'*' = 'other'";
    let text = "REQUEST_ID,Opened,channel,status,Caller\n1,03/31/2023 11:59:00 PM,Web,closed,A\n2,2023-03-31,fax,,B\n";
    let lines = mapped(Kind::CaseFiles, mapping, text.as_bytes()).unwrap();
    for (line, channel) in lines.iter().zip([Channel::Online, Channel::Other]) {
        let row = case_file(line);
        assert_eq!((row.received_on, row.agency_code.as_str()), (day("2023-03-31"), "H26"));
        assert_eq!(row.channel, Given::Value(channel));
        assert_eq!(
            (&row.status, &row.due_on),
            (&Given::Absent, &Given::Absent),
            "ignored, and not in the file"
        );
        assert_eq!(line.problems, []);
    }
    let mapping = Mapping::parse(mapping).unwrap();
    let reader = Reader::open(file(text.as_bytes()).path(), Kind::CaseFiles, Some(&mapping), TODAY).unwrap();
    assert_eq!(
        (reader.dropped(), reader.not_found()),
        (&["status".to_owned(), "Caller".to_owned()][..], &["Nowhere".to_owned()][..])
    );
}

#[test]
fn a_problem_names_the_column_as_the_file_does() {
    let mapping = "kind = 'fields'\n[columns]\nfield_code = 'ID'\npriority = 'Quan trọng?'";
    let lines = mapped(Kind::Fields, mapping, "ID,Quan trọng?\nx,chưa rõ\n".as_bytes()).unwrap();
    assert_eq!(lines[0].problems[0].column.as_deref(), Some("Quan trọng?"));
}

#[test]
fn a_needed_header_the_mapping_names_and_the_file_lacks_is_told_with_its_name() {
    let mapping = "kind = 'fields'\n[columns]\nfield_code = 'Mã LV'";
    let error = mapped(Kind::Fields, mapping, b"field_code,name\n1,a\n").unwrap_err().to_string();
    assert!(error.contains("field_code (Mã lĩnh vực ← “Mã LV”)"), "{error}");
}

#[test]
fn a_constant_no_row_can_take_is_told_once() {
    let of = |constant: &str| {
        let mapping = format!("kind = 'case-files'\n[constants]\n{constant}");
        mapped(
            Kind::CaseFiles,
            &mapping,
            b"case_code,agency_code,received_on,completed_on\na,b,2023-01-02,2023-01-03\n",
        )
    };
    assert!(matches!(of("status = 'gone'"), Err(FileError::BadConstant { code: Code::UnknownStatus, .. })));
    assert!(matches!(of("due_on = '31/02/2023'"), Err(FileError::BadConstant { code: Code::NoSuchDay, .. })));
    assert!(of("status = 9").is_ok(), "what a row lacks is not the constant's fault");
}

#[test]
fn a_mapping_for_another_kind_is_refused() {
    let error = mapped(Kind::Fields, "kind = 'holidays'", b"field_code\n1\n").unwrap_err();
    assert!(matches!(error, FileError::OtherKind { mapping: Kind::Holidays, asked: Kind::Fields }));
}
