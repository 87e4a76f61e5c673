//! The petitions of a filter with the dates that decide them: what the page on petitions is made from.

use sqlx::FromRow;
use thuocdo::{
    agency::Scope,
    case_file::Channel,
    filter::Filter,
    petition::{Kind, Limits, Petition, Recorded, Status},
    petition_report::{PetitionRecord, PetitionRecords},
};

use crate::{Error, Store, days, facts::level_number, on_read};

#[derive(FromRow)]
struct RecordRow {
    petition_code: String,
    agency_code: String,
    field_name: Option<String>,
    kind: Option<i32>,
    channel: i32,
    sent_on: i32,
    transferred_on: Option<i32>,
    acknowledged_on: Option<i32>,
    supplement_requested_on: Option<i32>,
    answered_on: Option<i32>,
    published_on: Option<i32>,
    due_on: Option<i32>,
    status: Option<i32>,
    records_received: bool,
    records_handled: bool,
    records_notified: bool,
}

impl From<RecordRow> for PetitionRecord {
    fn from(row: RecordRow) -> Self {
        let day = |number: Option<i32>| number.map(days::day);
        Self {
            code: row.petition_code,
            agency_code: row.agency_code,
            kind: row.kind.and_then(Kind::from_number),
            channel: Channel::from_number(row.channel).unwrap_or(Channel::Other),
            field_name: row.field_name,
            petition: Petition {
                sent_on: days::day(row.sent_on),
                transferred_on: day(row.transferred_on),
                acknowledged_on: day(row.acknowledged_on),
                supplement_requested_on: day(row.supplement_requested_on),
                answered_on: day(row.answered_on),
                published_on: day(row.published_on),
                due_on: day(row.due_on),
                status: row.status.and_then(Status::from_number),
                recorded: Recorded {
                    received: row.records_received,
                    handled: row.records_handled,
                    notified: row.records_notified,
                },
            },
        }
    }
}

impl Store {
    /// Every petition of a filter, by code. A city has tens of thousands of them, not millions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn petitions(&self, scope: &Scope, filter: &Filter) -> Result<Vec<PetitionRecord>, Error> {
        const LIST: &str = "select p.petition_code, a.code as agency_code, d.name as field_name, p.kind, p.channel, \
                            p.sent_on, p.transferred_on, p.acknowledged_on, p.supplement_requested_on, p.answered_on, \
                            p.published_on, p.due_on, p.status, p.records_received, p.records_handled, p.records_notified \
                            from petitions p join agencies a on a.agency_id = p.agency_id \
                            left join fields d on d.field_id = p.field_id \
                            where ($1 is null or p.agency_id in (select agency_id from agencies_below where above_id = $1)) \
                            and ($2 is null or a.level = $2) and ($3 is null or p.field_id = $3) \
                            and ($4 is null or p.channel = $4) order by p.petition_code";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let Some(field) = self.field_of(filter).await? else { return Ok(Vec::new()) };
        let rows: Vec<RecordRow> = on_read!(self, pool => sqlx::query_as(LIST)
            .bind(below).bind(level_number(filter)).bind(field).bind(filter.channel.map(Channel::number))
            .fetch_all(pool).await)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// Every petition of a filter, judged by the same limits and calendar as the counters.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn petition_records(&self, scope: &Scope, filter: &Filter) -> Result<PetitionRecords, Error> {
        let records = self.petitions(scope, filter).await?;
        Ok(PetitionRecords::new(records, self.calendar().await?, Limits::default()))
    }
}
