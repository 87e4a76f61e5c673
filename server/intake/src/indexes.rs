//! Rows of satisfaction figures: the indexes published once a year, and the city's own surveys.

use std::sync::LazyLock;

use thuocdo::{
    survey,
    yearly_index::{Edition, Index, Mark},
};

use super::{cells::Cells, columns::Column, plans::source, problem::Code, words::Words};

pub(super) const COLUMNS: &[Column] = &[
    Column::needed("index", &["Chỉ số"]),
    Column::needed("year", &["Năm"]),
    Column::needed("province_code", &["Mã tỉnh"]),
    Column::optional("rank", &["Thứ hạng"]),
    Column::optional("of", &["Trên tổng số"]),
    Column::optional("score", &["Điểm"]),
    Column::optional("published_on", &["Ngày công bố"]),
    Column::optional("source", &["Nguồn"]),
    Column::optional("method", &["Phương pháp"]),
    Column::optional("mark", &["Độ chắc chắn"]),
];

pub(super) const SURVEY_COLUMNS: &[Column] = &[
    Column::needed("agency_code", &["Mã đơn vị"]),
    Column::needed("surveyed_on", &["Ngày khảo sát"]),
    Column::optional("asked", &["Số phiếu phát ra"]),
    Column::needed("answered", &["Số phiếu hợp lệ"]),
    Column::needed("satisfied", &["Số phiếu hài lòng"]),
];

/// The years an index can be of.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;
/// More than there are provinces or people.
const MANY: i64 = i32::MAX as i64;

static INDEXES: LazyLock<Words<Index>> = LazyLock::new(|| {
    let names = Index::ALL.into_iter().map(|index| (index, index.as_str()));
    let labels = [(Index::ParIndex, "Chỉ số cải cách hành chính"), (Index::Sipas, "Chỉ số hài lòng")];
    Words::new(names.chain(labels))
});

static MARKS: LazyLock<Words<Mark>> = LazyLock::new(|| {
    let names = Mark::ALL.into_iter().map(|mark| (mark, mark.as_str()));
    let labels = [(Mark::Found, "Tìm thấy"), (Mark::Derived, "Tính ra"), (Mark::Conflict, "Mâu thuẫn")];
    Words::new(names.chain(labels))
});

pub(super) fn read(cells: &mut Cells<'_>) -> Option<Edition> {
    let index = cells.needed_word("index", &INDEXES, Code::UnknownIndex);
    let year = cells.needed_count("year", MANY);
    cells.note_if("year", year.is_some_and(|year| !YEARS.contains(&year)), Code::OutOfRange);
    let province_code = cells.needed_code("province_code").map(|code| two_digits(&code));
    let rank = cells.count("rank", MANY).over(None);
    cells.note_if("rank", rank == Some(0), Code::OutOfRange);
    let of = cells.count("of", MANY).over(None);
    let score = cells.hundredths("score").over(None);
    let says_something = cells.says("rank") || cells.says("score");
    cells.note_if("score", !says_something, Code::NothingPublished);
    let published_on = cells.past("published_on").over(None);
    let source = source(cells);
    let method = cells.text("method").over(None);
    let mark = cells.word("mark", &MARKS, Code::UnknownMark).over(None).unwrap_or(Mark::Found);
    Some(Edition {
        index: index?,
        year: year?,
        province_code: province_code?,
        rank,
        of,
        score,
        published_on,
        source,
        method,
        mark,
    })
}

pub(super) fn survey(cells: &mut Cells<'_>) -> Option<survey::Row> {
    let agency_code = cells.needed_code("agency_code");
    let surveyed_on = cells.needed_past("surveyed_on");
    let asked = cells.count("asked", MANY);
    let answered: Option<i64> = cells.needed_count("answered", MANY);
    let satisfied: Option<i64> = cells.needed_count("satisfied", MANY);
    let is_more = |a: Option<&i64>, b: Option<&i64>| matches!((a, b), (Some(a), Some(b)) if a > b);
    cells.note_if("answered", is_more(answered.as_ref(), asked.value()), Code::MoreAnsweredThanAsked);
    cells.note_if(
        "satisfied",
        is_more(satisfied.as_ref(), answered.as_ref()),
        Code::MoreSatisfiedThanAnswered,
    );
    Some(survey::Row {
        agency_code: agency_code?,
        surveyed_on: surveyed_on?,
        asked,
        answered: answered?,
        satisfied: satisfied?,
    })
}

/// A statistical code has two digits; a spreadsheet takes the zero of `01` away.
fn two_digits(code: &str) -> String {
    if code.len() == 1 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("0{code}")
    } else {
        code.to_owned()
    }
}
