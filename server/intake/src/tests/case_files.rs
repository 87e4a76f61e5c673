//! Rows of case files: what goes in, what is set aside, what is only remarked on.

use thuocdo::{
    case_file::{Channel, Status},
    counts::Given,
};

use super::*;

const HEADER: &str =
    "case_code,agency_code,received_on,due_on,completed_on,returned_on,status,paused_on,resumed_on\n";

#[test]
fn a_row_says_what_its_cells_say() {
    let lines = lines(
        Kind::CaseFiles,
        "Mã hồ sơ;Mã đơn vị;Lĩnh vực;Kênh tiếp nhận;Ngày tiếp nhận;Ngày hẹn trả;Ngày hẹn trả ban đầu;Ngày có kết \
         quả;Trạng thái;Số lần hẹn lại;Họ và tên\n\
         H26.1-a;000.01;DD-LV;trực tuyến;01/03/2023 08:15;31/03/2023;;30/03/2023;Đã xử lý xong;1;Nguyễn Văn A\n"
            .as_bytes(),
    );
    let row = case_file(&lines[0]);
    assert_eq!((row.case_code.as_str(), row.agency_code.as_str()), ("H26.1-a", "000.01"));
    assert_eq!(row.field_code, Given::Value("DD-LV".to_owned()));
    assert_eq!(row.channel, Given::Value(Channel::Online));
    assert_eq!(row.received_on, day("2023-03-01"));
    assert_eq!(row.due_on, Given::Value(day("2023-03-31")));
    assert_eq!(row.original_due_on, Given::Absent, "an empty cell never clears the first due date");
    assert_eq!(row.completed_on, Given::Value(day("2023-03-30")));
    assert_eq!(row.status, Given::Value(Status::Completed));
    assert_eq!(row.reschedules, Given::Value(1));
    assert_eq!(row.returned_on, Given::Absent, "the file has no such column");
    assert_eq!((lines[0].line, &lines[0].problems, &lines[0].cells), (2, &vec![], &vec![]));
}

#[test]
fn an_empty_cell_clears_and_a_missing_column_keeps() {
    let lines = lines(Kind::CaseFiles, b"case_code,agency_code,received_on,due_on\na,b,2023-01-02,\n");
    assert_eq!(case_file(&lines[0]).due_on, Given::Empty);
    assert_eq!(case_file(&lines[0]).completed_on, Given::Absent);
}

#[test]
fn every_problem_of_a_row_is_told_and_the_row_is_set_aside_with_its_cells() {
    let text = format!("{HEADER},b,31/02/2023,1/1/23,x,,quá hạn,,\n");
    assert_eq!(
        problems(Kind::CaseFiles, &text),
        named(&[
            ("case_code", Code::Missing),
            ("received_on", Code::NoSuchDay),
            ("due_on", Code::TwoDigitYear),
            ("completed_on", Code::BadDate),
            ("status", Code::UnknownStatus),
        ])
    );
    let lines = lines(Kind::CaseFiles, text.as_bytes());
    assert_eq!(lines[0].row, None);
    assert_eq!(lines[0].cells, ["", "b", "31/02/2023", "1/1/23", "x", "", "quá hạn", "", ""]);
    assert_eq!(lines[0].problems[1].value, "31/02/2023");
}

#[test]
fn a_finished_file_without_any_date_is_set_aside() {
    for status in ["9", "10", "done", "Đã trả kết quả"] {
        let text = format!("{HEADER}a,b,2023-01-02,,,,{status},,\n");
        assert_eq!(
            problems(Kind::CaseFiles, &text),
            named(&[("status", Code::NoCompletionDate)]),
            "{status}"
        );
    }
    let unreadable = format!("{HEADER}a,b,2023-01-02,,hôm qua,,9,,\n");
    assert_eq!(problems(Kind::CaseFiles, &unreadable), named(&[("completed_on", Code::BadDate)]));
    assert_eq!(problems(Kind::CaseFiles, &format!("{HEADER}a,b,2023-01-02,,,,8,,\n")), []);
}

#[test]
fn a_finished_file_is_left_to_the_store_when_a_column_of_dates_is_absent() {
    for (header, cells) in [
        ("status", "9"),
        ("status,completed_on", "10,"),
        ("status,returned_on", "9,"),
        // The stored status may say that it is finished.
        ("completed_on", ""),
    ] {
        let text = format!("case_code,agency_code,received_on,{header}\na,b,2023-01-02,{cells}\n");
        assert_eq!(problems(Kind::CaseFiles, &text), [], "{header}");
        let line = lines(Kind::CaseFiles, text.as_bytes()).remove(0);
        assert!(line.row.is_some(), "{header}");
        assert_eq!(
            line.cells.join(","),
            format!("a,b,2023-01-02,{cells}"),
            "kept in case the store sets it aside"
        );
    }
    for (header, cells) in
        [("status,completed_on", "9,2023-01-03"), ("status", "4"), ("due_on", "2023-01-03")]
    {
        let text = format!("case_code,agency_code,received_on,{header}\na,b,2023-01-02,{cells}\n");
        assert_eq!(
            lines(Kind::CaseFiles, text.as_bytes())[0].cells,
            [""; 0],
            "nothing can keep it out: {header}"
        );
    }
}

#[test]
fn dates_that_contradict_each_other_are_warnings_and_the_row_goes_in() {
    for (cells, expected) in [
        ("2023-01-05,2023-01-04,,,,,", &[("due_on", Code::DueBeforeReceived)][..]),
        ("2023-01-05,,2023-01-04,,,,", &[("completed_on", Code::CompletedBeforeReceived)]),
        ("2023-01-05,,,2023-01-06,,,", &[("returned_on", Code::ReturnStandsIn)]),
        ("2023-01-05,,2023-01-06,,4,,", &[("status", Code::OpenButCompleted)]),
        ("2023-01-05,,2023-01-06,,1,,", &[("status", Code::NotReceivedButCompleted)]),
        ("2023-01-05,,,,5,2023-02-02,2023-02-01", &[("resumed_on", Code::ResumedBeforePaused)]),
        ("2023-07-01,2024-01-01,,,,,", &[("received_on", Code::FutureDate)]),
        ("2023-06-30,2023-07-05,2023-07-01,,,,", &[("completed_on", Code::FutureDate)]),
    ] {
        let text = format!("{HEADER}a,b,{cells}\n");
        assert_eq!(problems(Kind::CaseFiles, &text), named(expected), "{cells}");
        assert!(lines(Kind::CaseFiles, text.as_bytes())[0].row.is_some(), "{cells}");
    }
}

#[test]
fn a_channel_nobody_knows_is_other_with_a_warning() {
    let channel = |word: &str| {
        let text = format!("case_code,agency_code,received_on,channel\na,b,2023-01-02,{word}\n");
        let line = lines(Kind::CaseFiles, text.as_bytes()).remove(0);
        (case_file(&line).channel.clone(), line.problems.len())
    };
    for (word, known) in [
        ("in_person", Channel::InPerson),
        ("2", Channel::Online),
        ("Bưu chính công ích", Channel::Postal),
        ("bcci", Channel::Postal),
        ("TRUC TIEP", Channel::InPerson),
        ("other", Channel::Other),
    ] {
        assert_eq!(channel(word), (Given::Value(known), 0), "{word}");
    }
    assert_eq!(channel("fax"), (Given::Value(Channel::Other), 1));
    assert_eq!(channel(""), (Given::Empty, 0));
}

#[test]
fn a_row_with_too_few_or_too_many_cells_is_set_aside_and_the_next_ones_go_on() {
    let text = "case_code,agency_code,received_on\na,b\na,b,2023-01-02,rest\na,b,2023-01-02,,\n,,\n\na,b,2023-01-03\n";
    let lines = lines(Kind::CaseFiles, text.as_bytes());
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line.line, line.row.is_some(), line.problems.first().map(|p| p.code)))
        .collect();
    assert_eq!(
        told,
        [
            (2, false, Some(Code::WrongCellCount)),
            (3, false, Some(Code::WrongCellCount)),
            (4, true, None),
            (7, true, None),
        ]
    );
    assert_eq!(lines[1].cells, ["a", "b", "2023-01-02", "rest"]);
}
