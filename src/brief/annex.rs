//! The annexes of a brief: the files that are late, by code, as units are sent them (annexes I and II of the reports).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Tabled;
use crate::{
    case_file_report::Origin,
    charts::values::{Value, Values},
    lang::Lang,
    period::Period,
};

/// Rows that a brief prints of each list. A city has some six hundred a month; with more, the annex says how many are left
/// out and where they all stand.
pub const ROWS_AT_MOST: i64 = 600;

/// A file of a list. Codes alone: no name of a person is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateFile {
    /// Its code.
    pub case_code: String,
    /// The agency that handles it.
    pub agency: String,
    /// The day it was received.
    pub received_on: NaiveDate,
    /// The day it is or was due.
    pub due_on: Option<NaiveDate>,
    /// The day it ended.
    pub ended_on: Option<NaiveDate>,
}

/// A list of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// `Phụ lục I`.
    pub name: String,
    /// The rows.
    pub table: Tabled,
    /// What is said instead of rows, or of those left out.
    pub note: Option<String>,
}

impl Annex {
    /// Files resolved late in a month.
    pub(super) fn late((total, files): (i64, &[LateFile]), month: Period, origin: &Origin) -> Self {
        let lang = origin.lang;
        let name = month.label(lang);
        let caption = match lang {
            Lang::Vi => format!("Hồ sơ đã giải quyết quá hạn trong {}", name.to_lowercase()),
            Lang::En => format!("Case files resolved late in {name}"),
        };
        let ended = Some(lang.of("Ngày có kết quả", "Completed"));
        let list = "list=late";
        Self::of(lang.of("PHỤ LỤC I", "ANNEX I"), caption, (total, files), ended, (list, lang))
    }

    /// Files open past their due date on a day.
    pub(super) fn overdue((total, files): (i64, &[LateFile]), day: NaiveDate, origin: &Origin) -> Self {
        let lang = origin.lang;
        let caption = match lang {
            Lang::Vi => format!("Hồ sơ đang giải quyết, đã quá hạn đến {}", lang.date(day)),
            Lang::En => format!("Case files in process, overdue on {}", lang.date(day)),
        };
        let list = "list=open_overdue";
        Self::of(lang.of("PHỤ LỤC II", "ANNEX II"), caption, (total, files), None, (list, lang))
    }

    fn of(
        name: &str,
        caption: String,
        (total, files): (i64, &[LateFile]),
        ended: Option<&str>,
        (list, lang): (&str, Lang),
    ) -> Self {
        let mut head = vec![
            lang.of("STT", "No.").to_owned(),
            lang.of("Mã hồ sơ", "Case code").to_owned(),
            lang.of("Ngày tiếp nhận", "Received").to_owned(),
            lang.of("Ngày hẹn trả", "Due").to_owned(),
        ];
        head.extend(ended.map(str::to_owned));
        head.push(lang.of("Đơn vị giải quyết", "Agency").to_owned());
        let day = |day: Option<NaiveDate>| day.map_or(Value::Empty, Value::Day);
        let rows = (1..).zip(files).map(|(number, file)| {
            let mut row = vec![
                Value::Count(number),
                Value::Text(file.case_code.clone()),
                day(Some(file.received_on)),
                day(file.due_on),
            ];
            row.extend(ended.map(|_| day(file.ended_on)));
            row.push(Value::Text(file.agency.clone()));
            row
        });
        let left_out = total - i64::try_from(files.len()).unwrap_or(i64::MAX);
        let note = match (total, left_out, lang) {
            (0, ..) => Some(lang.of("Không có hồ sơ nào.", "There are none.").to_owned()),
            (_, ..=0, _) => None,
            (_, left_out, Lang::Vi) => Some(format!(
                "Còn {} hồ sơ không in ở đây; toàn bộ {} hồ sơ có trong tệp /ho-so/danh-sach.xlsx?{list}.",
                lang.number(left_out),
                lang.number(total)
            )),
            (_, left_out, Lang::En) => Some(format!(
                "{} more are not printed here; all {} stand in /ho-so/danh-sach.xlsx?{list}.",
                lang.number(left_out),
                lang.number(total)
            )),
        };
        let values = Values { head, rows: rows.collect() };
        Self { name: name.to_owned(), table: Tabled { caption, values }, note }
    }
}
