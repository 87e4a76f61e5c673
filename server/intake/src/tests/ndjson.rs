//! Rows as JSON objects.

use thuocdo::counts::Given;

use super::{case_file, lines};
use crate::{Code, Kind, Row};

#[test]
fn a_key_left_out_says_nothing_and_null_clears() {
    let lines = lines(
        Kind::CaseFiles,
        b"{\"case_code\": \"a\", \"agency_code\": 271, \"received_on\": \"2023-10-02\", \"due_on\": null}\n\n\
         {\"agency_code\": \"271\", \"case_code\": \"b\", \"received_on\": \"02/10/2023\", \"completed_on\": \"2023-10-03\"}\n",
    );
    let rows: Vec<_> = lines.iter().map(case_file).collect();
    assert_eq!(
        (rows[0].agency_code.as_str(), &rows[0].due_on, &rows[0].completed_on),
        ("271", &Given::Empty, &Given::Absent)
    );
    assert_eq!((&rows[1].due_on, rows[1].completed_on.value().is_some()), (&Given::Absent, true));
    assert_eq!(lines.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn a_column_first_met_late_in_the_file_counts() {
    let plain = "{\"case_code\":\"a\",\"agency_code\":\"X\",\"received_on\":\"2023-10-02\"}\n";
    let late = "{\"case_code\":\"z\",\"agency_code\":\"X\",\"received_on\":\"2023-10-02\",\"completed_on\":\"2023-10-03\"}\n";
    let lines = lines(Kind::CaseFiles, (plain.repeat(2_000) + late).as_bytes());
    assert!(case_file(&lines[2_000]).completed_on.value().is_some());
}

#[test]
fn lines_that_are_no_objects_are_set_aside_one_by_one() {
    let lines = lines(
        Kind::CaseFiles,
        b"{\"case_code\":\"a\",\"agency_code\":\"X\",\"received_on\":\"2023-10-02\"}\n{\"case_code\": \"b\"\n[1]\n\
         {\"case_code\":{\"no\":1},\"agency_code\":\"X\",\"received_on\":\"2023-10-02\"}\n\
         {\"case_code\":\"c\",\"agency_code\":\"X\",\"received_on\":\"2023-10-02\"}",
    );
    assert_eq!(
        lines.iter().map(|line| line.row.is_some()).collect::<Vec<_>>(),
        [true, false, false, false, true]
    );
    assert_eq!(lines[1].cells[0], "{\"case_code\": \"b\"", "what is set aside is kept whole");
    assert!(lines[1..4].iter().all(|line| line.problems[0].code == Code::BadJson));
}

#[test]
fn arrays_are_lists_in_a_cell() {
    let text = "{\"dialogue_code\":\"d\",\"agency_code\":\"X\",\"fields\":[\"XD\",\"HT\"],\"chaired_by_head\":true}\n";
    let lines = lines(Kind::Dialogues, text.as_bytes());
    let Some(Row::Dialogue(row)) = &lines[0].row else { panic!("{lines:?}") };
    assert_eq!(row.fields, Given::Value(vec!["XD".to_owned(), "HT".to_owned()]));
    assert_eq!(row.chaired_by_head, Given::Value(true));
}
