//! The rows behind a figure: the same files that the counters counted, under the same filter.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use thuocdo::{
    agency::Scope,
    case_file::{Channel, Outcome},
    filter::{Filter, Measured},
    period::Window,
};

use crate::{Error, Store, days, facts::level_number, on_read};

/// One file of a list. Codes only: no personal data is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFileLine {
    /// Mã hồ sơ.
    pub case_code: String,
    /// The agency's code.
    pub agency_code: String,
    /// The agency's name.
    pub agency_name: String,
    /// The field's name.
    pub field_name: Option<String>,
    /// The procedure's name.
    pub procedure_name: Option<String>,
    /// Ngày tiếp nhận.
    pub received_on: NaiveDate,
    /// Ngày hẹn trả.
    pub due_on: Option<NaiveDate>,
    /// Ngày có kết quả.
    pub ended_on: Option<NaiveDate>,
}

/// A page of a list and how long the whole is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFileList {
    /// All files the figure counted.
    pub total: i64,
    /// Those of this page.
    pub lines: Vec<CaseFileLine>,
}

#[derive(FromRow)]
struct LineRow {
    case_code: String,
    agency_code: String,
    agency_name: String,
    field_name: Option<String>,
    procedure_name: Option<String>,
    received_on: i32,
    due_on: Option<i32>,
    ended_on: Option<i32>,
}

impl From<LineRow> for CaseFileLine {
    fn from(row: LineRow) -> Self {
        Self {
            case_code: row.case_code,
            agency_code: row.agency_code,
            agency_name: row.agency_name,
            field_name: row.field_name,
            procedure_name: row.procedure_name,
            received_on: days::day(row.received_on),
            due_on: row.due_on.map(days::day),
            ended_on: row.ended_on.map(days::day),
        }
    }
}

/// What `$5` (an outcome), `$6` (the first day) and `$7` (the last day) mean for each kind of figure. An open state is
/// the one at the end of the last day; the order of the rules is that of `CaseFile::state_on`.
macro_rules! where_of {
    ("ended") => {
        "f.outcome = $5 and f.ended_on between $6 and $7"
    };
    ("received") => {
        "f.outcome <> $5 and f.received_on between $6 and $7"
    };
    ("open") => {
        "f.outcome <> 6 and f.received_on <= $7 and (f.ended_on is null or f.ended_on > $7) \
         and $5 = 0 and $6 <= $7"
    };
    ("paused") => {
        concat!(
            where_of!("open"),
            " and f.pause_from <= $7 and (f.pause_until is null or f.pause_until > $7)"
        )
    };
    ("running") => {
        concat!(where_of!("open"), " and (f.pause_from is null or f.pause_from > $7 or f.pause_until <= $7)")
    };
}

/// The text of a count and of a page, for one kind of figure.
macro_rules! texts {
    ($($what:tt)*) => {
        [
            concat!("select count(*) ", from!(), $($what)*),
            concat!(
                "select f.case_code, a.code as agency_code, a.name as agency_name, d.name as field_name, \
                 p.name as procedure_name, f.received_on, f.due_on, f.ended_on ",
                from!(),
                $($what)*,
                " order by f.due_on, f.received_on, f.case_code limit $8 offset $9"
            ),
        ]
    };
}

macro_rules! from {
    () => {
        "from case_files f join agencies a on a.agency_id = f.agency_id \
         left join fields d on d.field_id = f.field_id left join procedures p on p.procedure_id = f.procedure_id \
         where ($1 is null or f.agency_id in (select agency_id from agencies_below where above_id = $1)) \
         and ($2 is null or a.level = $2) and ($3 is null or f.field_id = $3) and ($4 is null or f.channel = $4) and "
    };
}

/// The outcome to compare with, and the texts of the count and of the page.
fn texts_of(measured: Measured) -> (Outcome, [&'static str; 2]) {
    match measured {
        Measured::Received => (Outcome::NotReceived, texts!(where_of!("received"))),
        Measured::Early => (Outcome::Early, texts!(where_of!("ended"))),
        Measured::OnTime => (Outcome::OnTime, texts!(where_of!("ended"))),
        Measured::Late => (Outcome::Late, texts!(where_of!("ended"))),
        Measured::Undetermined => (Outcome::Undetermined, texts!(where_of!("ended"))),
        Measured::Withdrawn => (Outcome::Withdrawn, texts!(where_of!("ended"))),
        Measured::Paused => (Outcome::Open, texts!(where_of!("paused"))),
        Measured::OpenWithinDue => (Outcome::Open, texts!(where_of!("running"), " and f.due_on >= $7")),
        Measured::OpenOverdue => (Outcome::Open, texts!(where_of!("running"), " and f.due_on < $7")),
        Measured::OpenUndetermined => (Outcome::Open, texts!(where_of!("running"), " and f.due_on is null")),
    }
}

impl Store {
    /// The files behind a figure, those with the earliest due date first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_file_list(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
        measured: Measured,
        limit: i64,
        offset: i64,
    ) -> Result<CaseFileList, Error> {
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(CaseFileList::default());
        };
        let Some(field) = self.field_of(filter).await? else { return Ok(CaseFileList::default()) };
        let (outcome, [count, page]) = texts_of(measured);
        let from = window.from.map_or(i32::MIN, days::number);
        let last = days::number(window.last);
        // A window that has not begun holds no events, but its open states are those of its last day.
        let from = if outcome == Outcome::Open { from.min(last) } else { from };
        let channel = filter.channel.map(Channel::number);
        let level = level_number(filter);
        let total: i64 = on_read!(self, pool => sqlx::query_scalar(count)
            .bind(below).bind(level).bind(field).bind(channel).bind(outcome.number()).bind(from).bind(last)
            .fetch_one(pool).await)?;
        let rows: Vec<LineRow> = on_read!(self, pool => sqlx::query_as(page)
            .bind(below).bind(level).bind(field).bind(channel).bind(outcome.number()).bind(from).bind(last)
            .bind(limit).bind(offset).fetch_all(pool).await)?;
        Ok(CaseFileList { total, lines: rows.into_iter().map(Into::into).collect() })
    }
}
