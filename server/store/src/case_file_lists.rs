//! The rows behind a figure: the same files that the counters counted, under the same filter.

use chrono::NaiveDate;
use futures::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};
use thuocdo::{
    agency::Scope,
    apology,
    case_file::urgency,
    filter::{Filter, Measured},
    period::Window,
};

use crate::{Error, Store, apology_lists, case_files::Part, days, doubt_lists, on_read};

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

/// The parts that the conditions are put together from. `$6` is the first day of the window and `$7` its last, `$8` and
/// `$9` the first and the last due date asked for. An open state is the one at the end of the last day; the order of the
/// rules is that of `CaseFile::state_on`.
macro_rules! rule {
    ("ended") => {
        "f.ended_on between $6 and $7"
    };
    ("open") => {
        "f.outcome <> 6 and f.received_on <= $7 and (f.ended_on is null or f.ended_on > $7)"
    };
    ("paused") => {
        concat!(rule!("open"), " and f.pause_from <= $7 and (f.pause_until is null or f.pause_until > $7)")
    };
    ("running") => {
        concat!(rule!("open"), " and (f.pause_from is null or f.pause_from > $7 or f.pause_until <= $7)")
    };
}
pub(crate) use rule;

/// Files that take longer than so many days are few, and have an index of their own.
const LONG: i32 = 60;

/// The files that had come in by `last` and did not end before `first`, wherever these days lie, found without reading the
/// others: those that are open still, those that ended soon after, and the few that took long.
pub(crate) fn open_files(first: &str, last: &str) -> String {
    format!(
        "select * from case_files where outcome = 0 and received_on <= {last} union all \
         select * from case_files where ended_on >= {first} and ended_on <= {last} + {LONG} \
         and received_on <= {last} and outcome <> 6 union all \
         select * from case_files where ended_on > {last} + {LONG} and ended_on - received_on > {LONG} \
         and received_on <= {last} and outcome <> 6"
    )
}

/// Those that were open at the end of the window's last day.
fn open_at_end() -> String {
    open_files("$7 + 1", "$7")
}

/// Where the files of a figure are looked for.
fn source(measured: Measured) -> String {
    match measured {
        Measured::LetterMissing => format!(
            "(select * from case_files where strict_outcome = 3 and ended_on between $6 and $7 union all {})",
            open_at_end()
        ),
        _ if is_open(measured) => format!("({})", open_at_end()),
        _ => "case_files".to_owned(),
    }
}

/// In which order the files of a figure are listed. The lists that may be millions long follow an index.
fn order(measured: Measured) -> &'static str {
    match measured {
        Measured::Received => "f.case_file_id desc",
        Measured::Early | Measured::OnTime | Measured::Undetermined | Measured::Withdrawn => {
            "f.ended_on desc, f.case_file_id desc"
        }
        _ => "f.due_on, f.received_on, f.case_code",
    }
}

/// Whether a figure counts files that were open at the end of a day, and no others.
fn is_open(measured: Measured) -> bool {
    condition(measured).starts_with(rule!("open"))
}

/// Every text names every parameter, because one way of binding serves them all.
const NAMED: &str = "$6 is not null and $7 is not null and $8 is not null and $9 is not null";

const LINES: &str = "select f.case_code, a.code as agency_code, a.name as agency_name, d.name as field_name, \
    p.name as procedure_name, f.received_on, f.due_on, f.ended_on";

const NAMES: &str = "join agencies a on a.agency_id = f.agency_id \
    left join fields d on d.field_id = f.field_id left join procedures p on p.procedure_id = f.procedure_id";

/// Which files a figure counts.
fn condition(measured: Measured) -> &'static str {
    match measured {
        Measured::Received => "f.outcome <> 6 and f.received_on between $6 and $7",
        Measured::Early => concat!("f.outcome = 1 and ", rule!("ended")),
        Measured::OnTime => concat!("f.outcome = 2 and ", rule!("ended")),
        Measured::Late => concat!("f.outcome = 3 and ", rule!("ended")),
        Measured::Undetermined => concat!("f.outcome = 4 and ", rule!("ended")),
        Measured::Withdrawn => concat!("f.outcome = 5 and ", rule!("ended")),
        Measured::CarriedOver => {
            "f.outcome <> 6 and f.received_on < $6 and (f.ended_on is null or f.ended_on >= $6)"
        }
        Measured::StrictLate => concat!("f.strict_outcome = 3 and ", rule!("ended")),
        Measured::Open => rule!("open"),
        Measured::Paused => rule!("paused"),
        Measured::OpenWithinDue => concat!(rule!("running"), " and f.due_on >= $7"),
        Measured::OpenOverdue => concat!(rule!("running"), " and f.due_on < $7"),
        Measured::OpenUndetermined => concat!(rule!("running"), " and f.due_on is null"),
        Measured::DueIn0
        | Measured::DueIn1
        | Measured::DueIn3
        | Measured::DueIn5
        | Measured::DueInMonth
        | Measured::Overdue5
        | Measured::Overdue10
        | Measured::Overdue30
        | Measured::OverdueMore => concat!(rule!("running"), " and f.due_on between $8 and $9"),
        Measured::LetterDue
        | Measured::LetterSent
        | Measured::LetterMissing
        | Measured::LetterLate
        | Measured::RescheduledTwice => apology_lists::condition(measured),
        Measured::WithoutDue
        | Measured::CompletedBeforeReceived
        | Measured::DueBeforeReceived
        | Measured::DueMovedAfter => doubt_lists::condition(measured),
    }
}

/// What every text of a list is bound to.
struct Asked {
    part: Part,
    from: i32,
    last: i32,
    due: (i32, i32),
    source: String,
    condition: String,
}

impl Asked {
    /// The part of the city that is asked for. What is sooner found by the figure's own index is not looked for by agency.
    fn part(&self, measured: Measured) -> String {
        match measured {
            Measured::Received
            | Measured::Early
            | Measured::OnTime
            | Measured::Undetermined
            | Measured::Withdrawn
            | Measured::CarriedOver => self.part.condition(),
            _ => self.part.condition_on_few(),
        }
    }
}

macro_rules! bind {
    ($query:expr, $asked:expr) => {
        $query
            .bind($asked.part.above)
            .bind($asked.part.level)
            .bind($asked.part.field)
            .bind($asked.part.channel)
            .bind($asked.part.procedure)
            .bind($asked.from)
            .bind($asked.last)
            .bind($asked.due.0)
            .bind($asked.due.1)
    };
}

impl Store {
    /// The files behind a figure. What is to be acted on stands in the order of its due dates, the rest with the newest
    /// first. `known` is how many there are, where the counters said so. The public is given none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_file_list(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
        measured: Measured,
        known: Option<i64>,
        (limit, offset): (i64, i64),
    ) -> Result<CaseFileList, Error> {
        if *scope == Scope::Public {
            return Ok(CaseFileList::default());
        }
        let Some(asked) = self.asked(scope, filter, window, measured).await? else {
            return Ok(CaseFileList::default());
        };
        let total = match known {
            Some(known) => known,
            None => self.count(&asked, measured).await?,
        };
        let page = AssertSqlSafe(format!(
            "{LINES} from {} f {NAMES} where {} and {NAMED} and {} \
             order by {} limit $10 offset $11",
            asked.source,
            asked.part(measured),
            asked.condition,
            order(measured)
        ));
        let rows: Vec<LineRow> = on_read!(self, pool =>
            bind!(sqlx::query_as(page), asked).bind(limit).bind(offset).fetch_all(pool).await)?;
        Ok(CaseFileList { total, lines: rows.into_iter().map(Into::into).collect() })
    }

    /// All files behind a figure in the order of its list, as they are read: a list of millions is gone through once. The
    /// public is given none.
    ///
    /// # Errors
    /// When the database fails; of a failure on the way the stream tells.
    pub async fn each_case_file(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
        measured: Measured,
    ) -> Result<BoxStream<'_, Result<CaseFileLine, Error>>, Error> {
        if *scope == Scope::Public {
            return Ok(futures::stream::empty().boxed());
        }
        let Some(asked) = self.asked(scope, filter, window, measured).await? else {
            return Ok(futures::stream::empty().boxed());
        };
        let all = AssertSqlSafe(format!(
            "{LINES} from {} f {NAMES} where {} and {NAMED} and {} order by {}",
            asked.source,
            asked.part(measured),
            asked.condition,
            order(measured)
        ));
        Ok(on_read!(self, pool => bind!(sqlx::query_as::<_, LineRow>(all), asked)
            .fetch(pool).map_ok(CaseFileLine::from).map_err(Error::from).boxed()))
    }

    /// How many files are behind each of some figures: as many as its list has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_file_counts(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
        measured: &[Measured],
    ) -> Result<Vec<i64>, Error> {
        let mut counts = Vec::with_capacity(measured.len());
        for measured in measured {
            counts.push(match self.asked(scope, filter, window, *measured).await? {
                Some(asked) => self.count(&asked, *measured).await?,
                None => 0,
            });
        }
        Ok(counts)
    }

    async fn count(&self, asked: &Asked, measured: Measured) -> Result<i64, Error> {
        let Asked { source, condition, .. } = asked;
        let (source, condition) = match measured {
            _ if is_open(measured) => {
                return self.count_open(&asked.part, measured, asked.last, asked.due).await;
            }
            Measured::LetterMissing => ("case_files", apology_lists::MISSING_OF_ENDED),
            _ => (source.as_str(), condition.as_str()),
        };
        let count = AssertSqlSafe(format!(
            "select count(*) from {source} f where {} and {NAMED} and {condition}",
            asked.part(measured),
        ));
        let count: i64 =
            on_read!(self, pool => bind!(sqlx::query_scalar(count), asked).fetch_one(pool).await)?;
        Ok(match measured {
            Measured::LetterMissing => {
                count + self.count_open(&asked.part, measured, asked.last, asked.due).await?
            }
            _ => count,
        })
    }

    /// What a list is asked by; `None` where the filter leaves nothing, or the figure has no files on such a day.
    async fn asked(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
        measured: Measured,
    ) -> Result<Option<Asked>, Error> {
        let Some(part) = self.part_of(scope, filter).await? else { return Ok(None) };
        let due = match measured {
            Measured::LetterDue => match apology::due_between(window.last, &self.calendar().await?) {
                Some(due) => due,
                None => return Ok(None),
            },
            _ if measured.urgency().is_some() || measured == Measured::DueInMonth => {
                let due = urgency::due_between(measured, window.last, &self.calendar().await?);
                due.unwrap_or((window.last, window.last))
            }
            _ => (window.last, window.last),
        };
        let condition = match measured {
            Measured::DueMovedAfter => self.moved_after(window).await?,
            _ => condition(measured).to_owned(),
        };
        Ok(Some(Asked {
            part,
            from: window.from.map_or(i32::MIN, days::number),
            last: days::number(window.last),
            due: (days::number(due.0), days::number(due.1)),
            source: source(measured),
            condition,
        }))
    }
}
