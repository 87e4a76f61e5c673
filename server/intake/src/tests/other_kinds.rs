//! Rows of every other kind: what each one refuses and fills in.

use thuocdo::{
    agency::Level,
    counts::Given,
    petition, plan, procedure,
    working_days::{HolidayKind, LimitUnit},
    yearly_index::{Index, Mark},
};

use super::*;

fn only(kind: Kind, text: &str) -> Row {
    let mut lines = lines(kind, text.as_bytes());
    let Line { row, problems, .. } = lines.remove(0);
    row.unwrap_or_else(|| panic!("set aside: {problems:?}"))
}

#[test]
fn legal_complaints_and_denunciations_are_no_petitions() {
    for kind in ["Khiếu nại", "TO CAO", "legal_complaint", "denunciation", "Đơn khiếu nại"] {
        let text = format!("petition_code,agency_code,kind,sent_on\np,b,{kind},2023-01-02\n");
        assert_eq!(problems(Kind::Petitions, &text), named(&[("kind", Code::LegalComplaint)]), "{kind}");
    }
    let line =
        &lines(Kind::Petitions, b"petition_code,agency_code,kind,sent_on\np,b,denunciation,2023-01-02\n")[0];
    assert!(line.problems[0].vi().contains("NĐ 20/2008"), "the reason is the law");
    let other = "petition_code,agency_code,kind,sent_on\np,b,khen,2023-01-02\n";
    assert_eq!(problems(Kind::Petitions, other), named(&[("kind", Code::UnknownKind)]));
}

#[test]
fn a_mapping_cannot_turn_a_legal_complaint_into_a_petition() {
    let mapping = "kind = 'petitions'\n[values.kind]\n'*' = 'procedure'";
    let text = "petition_code,agency_code,kind,sent_on\np,b,Khiếu nại,2023-01-02\nq,b,Khác,2023-01-02\n";
    let lines = mapped(Kind::Petitions, mapping, text.as_bytes()).unwrap();
    assert_eq!(lines[0].problems[0].code, Code::LegalComplaint);
    assert!(lines[1].row.is_some());
}

#[test]
fn petitions_and_their_steps_are_read() {
    let text = "Mã phản ánh, kiến nghị\tMã đơn vị\tLoại\tNgày gửi\tNgày tiếp nhận\tNgày trả lời\tNgày công khai\tHạn trả \
                lời\tTrạng thái\np1\tb\tQuy định hành chính\t01/03/2023\t02/03/2023\t20/03/2023\t19/03/2023\t\tĐã công \
                khai\n";
    let Row::Petition(row) = only(Kind::Petitions, text) else { panic!("a petition") };
    assert_eq!(row.kind, Given::Value(petition::Kind::Regulation));
    assert_eq!(row.acknowledged_on, Given::Value(day("2023-03-02")));
    assert_eq!(row.status, Given::Value(petition::Status::Published));
    assert_eq!(row.transferred_on, Given::Absent);
    assert_eq!(problems(Kind::Petitions, text), named(&[("Ngày công khai", Code::PublishedBeforeAnswered)]));
}

#[test]
fn dialogues_list_their_fields_and_issues_their_deadline() {
    let text = "dialogue_code,agency_code,held_on,chaired_by_head,fields,participants,minutes_no\n\
                d,001,15/03/2023,Có,DT; XD ;;DT,1.200,12/BB\n";
    let Row::Dialogue(row) = only(Kind::Dialogues, text) else { panic!("a dialogue") };
    assert_eq!(row.fields, Given::Value(vec!["DT".to_owned(), "XD".to_owned()]));
    assert_eq!((row.chaired_by_head, row.participants), (Given::Value(true), Given::Value(1_200)));
    let text = "issue_code,dialogue_code,summary,due_on\ni,d,\"Hai dòng\nmô tả\",30/06/2023\n";
    let Row::DialogueIssue(row) = only(Kind::DialogueIssues, text) else { panic!("an issue") };
    assert_eq!(row.summary, Given::Value("Hai dòng\nmô tả".to_owned()));
}

#[test]
fn more_satisfied_than_answered_is_refused_and_more_answered_than_asked_remarked_on() {
    let header = "agency_code,surveyed_on,asked,answered,satisfied\n";
    let text = format!("{header}a,2023-03-01,10,20,30\n");
    assert_eq!(
        problems(Kind::Surveys, &text),
        named(&[("answered", Code::MoreAnsweredThanAsked), ("satisfied", Code::MoreSatisfiedThanAnswered)])
    );
    let text = format!("{header}a,2023-03-01,,-1,2.5\n");
    assert_eq!(
        problems(Kind::Surveys, &text),
        named(&[("answered", Code::OutOfRange), ("satisfied", Code::BadInteger)])
    );
    assert!(matches!(only(Kind::Surveys, &format!("{header}a,2023-03-01,,20,20\n")), Row::Survey(_)));
}

#[test]
fn yearly_indexes_are_hundredths_and_found_unless_said_otherwise() {
    let text = "index,year,province_code,rank,of,score,source\nPAR INDEX,2022,1,3,63,\"89,58\",QĐ\n";
    let Row::YearlyIndex(edition) = only(Kind::YearlyIndexes, text) else { panic!("an edition") };
    assert_eq!((edition.index, edition.year, edition.mark), (Index::ParIndex, 2022, Mark::Found));
    assert_eq!((edition.province_code.as_str(), edition.score), ("01", Some(8_958)));
    let text = "index,year,province_code,score,mark\nsipas,1822,01,,doubt\n";
    assert_eq!(
        problems(Kind::YearlyIndexes, text),
        named(&[
            ("year", Code::OutOfRange),
            ("score", Code::NothingPublished),
            ("source", Code::NoSource),
            ("mark", Code::UnknownMark)
        ])
    );
}

#[test]
fn targets_are_dated_hundredths() {
    let text =
        "indicator,value,from,to,agency_code,source\non_time_returns,100,01/01/2023,31/12/2023,,QĐ 280\n";
    let expected = plan::Target {
        indicator: plan::Indicator::OnTimeReturns,
        value: 10_000,
        from: day("2023-01-01"),
        to: Some(day("2023-12-31")),
        agency_code: None,
        source: "QĐ 280".to_owned(),
    };
    assert_eq!(only(Kind::Targets, text), Row::Target(expected));
    let text = "indicator,value,from,to,source\nsipas,\"88,999\",2023-01-01,2022-01-01,QĐ\n";
    assert_eq!(
        problems(Kind::Targets, text),
        named(&[("value", Code::DigitsCut), ("to", Code::EndsBeforeItBegins)])
    );
}

#[test]
fn the_lists_know_their_words() {
    let Row::Agency(row) = only(Kind::Agencies, "agency_code,name,level,parent_code\n001,Ba Đình,Quận,HN\n")
    else {
        panic!("an agency")
    };
    assert_eq!((row.level, row.valid_to), (Given::Value(Level::District), Given::Absent));
    assert_eq!(
        problems(Kind::Agencies, "agency_code,level,parent_code\n001,Tổ,001\n"),
        named(&[("level", Code::UnknownLevel), ("parent_code", Code::OwnParent)])
    );
    let Row::Procedure(row) =
        only(Kind::Procedures, "procedure_code,limit,limit_unit,immediate\n1.2,15,,x\n")
    else {
        panic!("a procedure")
    };
    assert_eq!((row.limit, row.limit_unit), (Given::Value(15), Given::Value(LimitUnit::WorkingDay)));
    assert_eq!(
        problems(Kind::Procedures, "procedure_code,limit\n1.2,4.294.967.295\n"),
        named(&[("limit", Code::OutOfRange)])
    );
    let Row::Procedure(row) = only(
        Kind::Procedures,
        "Mã TTHC;Cấp thực hiện;Một cửa;Quy trình nội bộ;Mã đơn vị chủ trì\n1.2;Cấp huyện;có;;SO-02\n",
    ) else {
        panic!("a procedure")
    };
    assert_eq!(
        (row.level, row.one_stop, row.internal_process),
        (Given::Value(procedure::Level::District), Given::Value(true), Given::Empty)
    );
    assert_eq!((row.agency_code, row.immediate), (Given::Value("SO-02".to_owned()), Given::Absent));
    let Row::Procedure(row) = only(Kind::Procedures, "procedure_code,level\n1.2,department\n") else {
        panic!("a procedure")
    };
    assert_eq!(row.level, Given::Value(procedure::Level::City), "a department's is of the city's level");
    assert_eq!(
        problems(Kind::Procedures, "procedure_code,level,one_stop\n1.2,unclassified,maybe\n"),
        named(&[("level", Code::UnknownProcedureLevel), ("one_stop", Code::BadBoolean)])
    );
    let Row::Holiday(row) =
        only(Kind::Holidays, "date,weekday,name,kind\n2024-05-04,Sat,Làm bù,swap_workday\n")
    else {
        panic!("a holiday")
    };
    assert_eq!((row.date, row.kind), (day("2024-05-04"), HolidayKind::SwapWorkday));
    let Row::Field(row) = only(Kind::Fields, "Mã lĩnh vực,Tên lĩnh vực,Ưu tiên\nDT,Đầu tư,có\n")
    else {
        panic!("a field")
    };
    assert_eq!(row.priority, Given::Value(true));
    assert_eq!(
        problems(Kind::Criteria, "code,max_points,achieved\n1.1,\"1,5\",2\n"),
        named(&[("achieved", Code::MorePointsThanMaximum)])
    );
}

#[test]
fn a_number_of_somebody_in_a_text_is_remarked_on_and_not_repeated() {
    let text = "issue_code,dialogue_code,summary\ni,d,Ông Nam 0912345678 chưa được trả lời\n";
    assert_eq!(problems(Kind::DialogueIssues, text), named(&[("summary", Code::PersonalNumber)]));
    let line = &lines(Kind::DialogueIssues, text.as_bytes())[0];
    assert!(line.row.is_some(), "it never refuses");
    let problem = &line.problems[0];
    assert!(problem.vi().contains("“091…”") && !problem.to_string().contains("0912345678"), "{problem}");
    for (kind, text) in [
        (Kind::Criteria, "code,evidence\n1.1,Thư gửi nam@example.vn\n"),
        (Kind::Dialogues, "dialogue_code,agency_code,minutes_no\nd,a,12/BB (001099012345)\n"),
        (Kind::Agencies, "agency_code,name\na,UBND phường (024 3825 3536)\n"),
    ] {
        assert_eq!(problems(kind, text).len(), 1, "{text}");
    }
    let plain = "dialogue_code,agency_code,minutes_no\nd,a,12/BB-UBND ngày 05/07/2023\n";
    assert_eq!(problems(Kind::Dialogues, plain), []);
}
