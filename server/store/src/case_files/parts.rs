//! Counts that no counter answers, made from the files one after the other.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use futures::TryStreamExt as _;
use sqlx::AssertSqlSafe;
use thuocdo::{
    case_file::{self, CaseFileDay},
    indicator::on_time_returns::CaseFileRead,
    period::Window,
    rate::Rate,
};

use super::Dates;
use crate::{
    Error, Store,
    agencies::OwnSums,
    case_file_lists::open_files,
    on_read,
    packed::{Packed, Unpack, maybe, packed},
};

/// A part of the city's files.
pub(crate) struct Part {
    pub above: Option<i64>,
    pub level: Option<i32>,
    pub field: Option<i64>,
    pub channel: Option<i32>,
    pub procedure: Option<i64>,
}

impl Part {
    /// The part as a condition on `case_files f`: `$1` an agency and all below it, `$2` a level, `$3` a field, `$4` a
    /// channel, `$5` a procedure. What is not asked for is out of the way of the engine, which picks its index by the
    /// rest; but each parameter is named, because one way of binding serves every text.
    pub(crate) fn condition(&self) -> String {
        self.condition_on("f.agency_id")
    }

    /// The same where a few files are found by something else: a large agency's index would lead to all it ever had.
    pub(crate) fn condition_on_few(&self) -> String {
        self.condition_on("+f.agency_id")
    }

    fn condition_on(&self, agency: &str) -> String {
        let asked = |is_asked: bool, condition: &str, absent: &str| {
            if is_asked { condition.to_owned() } else { absent.to_owned() }
        };
        [
            asked(
                self.above.is_some(),
                &format!("{agency} in (select agency_id from agencies_below where above_id = $1)"),
                "cast($1 as bigint) is null",
            ),
            asked(
                self.level.is_some(),
                &format!("{agency} in (select agency_id from agencies where level = $2)"),
                "cast($2 as integer) is null",
            ),
            asked(self.field.is_some(), "f.field_id = $3", "cast($3 as bigint) is null"),
            asked(self.channel.is_some(), "f.channel = $4", "cast($4 as integer) is null"),
            asked(self.procedure.is_some(), "f.procedure_id = $5", "cast($5 as bigint) is null"),
        ]
        .join(" and ")
    }
}

/// What the cells of a part are told apart by.
#[derive(Clone, Copy)]
pub(crate) enum PartedBy {
    Agency,
    /// 0 is no field.
    Field,
}

impl PartedBy {
    pub(crate) fn of(self, file: &Filed) -> i64 {
        match self {
            Self::Agency => file.dates.agency_id,
            Self::Field => file.field_id.unwrap_or(0),
        }
    }
}

/// A file's dates and its field, packed.
pub(crate) struct Filed {
    pub dates: Dates,
    pub field_id: Option<i64>,
}

impl Unpack for Filed {
    fn unpack(pieces: &mut dyn Iterator<Item = &str>) -> Option<Self> {
        Some(Self { dates: Dates::unpack(pieces)?, field_id: maybe(pieces)? })
    }
}

impl Store {
    /// The counts by day of a part of the city, made from its files one after the other.
    pub(crate) async fn case_file_days_from_files(&self, part: &Part) -> Result<Vec<CaseFileDay>, Error> {
        let mut days: BTreeMap<NaiveDate, case_file::CaseFileCounts> = BTreeMap::new();
        self.each_event(part, None, |_, event| *days.entry(event.day).or_default() += event.counts).await?;
        Ok(days.into_iter().map(|(day, counts)| CaseFileDay { day, counts }).collect())
    }

    /// Each agency's own sums for a window and some months, made from its files of a part of the city.
    pub(crate) async fn agency_reads_from_files(
        &self,
        part: &Part,
        window: Window,
        months: &[Window],
    ) -> Result<HashMap<i64, OwnSums>, Error> {
        let mut sums: HashMap<i64, OwnSums> = HashMap::new();
        self.each_event(part, None, |file, event| {
            let of_agency = sums.entry(file.dates.agency_id).or_default();
            of_agency.months.resize(months.len(), Rate::default());
            of_agency.read += CaseFileRead::of([event], window);
            if let Some(month) = months.iter().position(|month| month.contains(event.day)) {
                let counts = &event.counts;
                let in_time = counts[case_file::Measure::Early] + counts[case_file::Measure::OnTime];
                let timed = Rate::new(in_time, in_time + counts[case_file::Measure::Late]);
                of_agency.months[month] = of_agency.months[month] + timed;
            }
        })
        .await?;
        Ok(sums)
    }

    /// The sums of a window by field, made from the files of a part of the city. Field 0 is no field.
    pub(crate) async fn field_reads_from_files(
        &self,
        part: &Part,
        window: Window,
    ) -> Result<HashMap<i64, CaseFileRead>, Error> {
        let mut reads: HashMap<i64, CaseFileRead> = HashMap::new();
        self.each_event(part, None, |file, event| {
            *reads.entry(file.field_id.unwrap_or(0)).or_default() += CaseFileRead::of([event], window);
        })
        .await?;
        Ok(reads)
    }

    /// Hands over each event of each file of a part, without keeping any.
    ///
    /// With days given, of the files that were open on any of them: no other has an event then.
    pub(crate) async fn each_event(
        &self,
        part: &Part,
        open_on: Option<(i32, i32)>,
        mut take: impl FnMut(&Filed, &CaseFileDay),
    ) -> Result<(), Error> {
        let (source, condition) = match open_on {
            Some((first, last)) => {
                let open = open_files(&first.to_string(), &last.to_string());
                (format!("({open})"), part.condition_on_few())
            }
            None => ("case_files".to_owned(), part.condition()),
        };
        let calendar = self.calendar().await?;
        let Part { above, level, field, channel, procedure } = *part;
        on_read!(self, pool => {
            let files = AssertSqlSafe(format!(
                "select {} from {source} f where {}",
                packed(Dates::COLUMNS.split(", ").chain(["field_id"]).map(|column| format!("f.{column}"))),
                condition
            ));
            let query = sqlx::query_as::<_, Packed<Filed>>(files);
            let mut files = query.bind(above).bind(level).bind(field).bind(channel).bind(procedure).fetch(pool);
            while let Some(Packed(file)) = files.try_next().await? {
                for event in file.dates.facts().events(&calendar) {
                    take(&file, &event);
                }
            }
        });
        Ok(())
    }
}
