//! Dialogues of agencies' heads and the issues raised in them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use thuocdo::{
    agency::Scope,
    dialogue::{Dialogue, Issue, IssueRow, Row},
    filter::Filter,
};

use crate::{
    Error, Import, Numbered, Remark, Remarked, Store, Tx, facts::level_number, keyed::Keyed, on_read, on_tx,
};

#[derive(FromRow)]
struct DialogueRow {
    dialogue_code: String,
    agency_code: String,
    planned_on: Option<NaiveDate>,
    held_on: Option<NaiveDate>,
    chaired_by_head: bool,
    is_priority: bool,
    minutes_no: Option<String>,
}

impl From<DialogueRow> for Dialogue {
    fn from(row: DialogueRow) -> Self {
        Self {
            code: row.dialogue_code,
            agency_code: row.agency_code,
            planned_on: row.planned_on,
            held_on: row.held_on,
            chaired_by_head: row.chaired_by_head,
            is_priority: row.is_priority,
            minutes_no: row.minutes_no,
        }
    }
}

#[derive(FromRow)]
struct IssueLine {
    issue_code: String,
    dialogue_code: String,
    owner_agency_code: String,
    due_on: Option<NaiveDate>,
    resolved_on: Option<NaiveDate>,
}

impl From<IssueLine> for Issue {
    fn from(row: IssueLine) -> Self {
        Self {
            code: row.issue_code,
            dialogue_code: row.dialogue_code,
            owner_agency_code: row.owner_agency_code,
            due_on: row.due_on,
            resolved_on: row.resolved_on,
        }
    }
}

impl Store {
    /// The dialogues of the agencies of a filter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dialogues(&self, scope: &Scope, filter: &Filter) -> Result<Vec<Dialogue>, Error> {
        const LIST: &str = "select d.dialogue_code, a.code as agency_code, d.planned_on, d.held_on, d.chaired_by_head, \
                            exists (select 1 from dialogue_fields df join fields f on f.field_id = df.field_id \
                              where df.dialogue_id = d.dialogue_id and f.is_priority) as is_priority, d.minutes_no \
                            from dialogues d join agencies a on a.agency_id = d.agency_id \
                            where ($1 is null or d.agency_id in (select agency_id from agencies_below where above_id = $1)) \
                            and ($2 is null or a.level = $2) order by d.dialogue_id";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let rows: Vec<DialogueRow> = on_read!(self, pool => sqlx::query_as(LIST)
            .bind(below).bind(level_number(filter)).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// The issues that the agencies of a filter have to clear.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issues(&self, scope: &Scope, filter: &Filter) -> Result<Vec<Issue>, Error> {
        const LIST: &str = "select i.issue_code, d.dialogue_code, a.code as owner_agency_code, i.due_on, i.resolved_on \
                            from dialogue_issues i join dialogues d on d.dialogue_id = i.dialogue_id \
                            join agencies a on a.agency_id = i.owner_agency_id \
                            where ($1 is null or i.owner_agency_id in \
                              (select agency_id from agencies_below where above_id = $1)) \
                            and ($2 is null or a.level = $2) order by i.dialogue_issue_id";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let rows: Vec<IssueLine> = on_read!(self, pool => sqlx::query_as(LIST)
            .bind(below).bind(level_number(filter)).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }
}

/// A dialogue without its code.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub(crate) struct Talk {
    agency_id: i64,
    planned_on: Option<NaiveDate>,
    held_on: Option<NaiveDate>,
    chaired_by_head: bool,
    participants: Option<i32>,
    minutes_no: Option<String>,
    #[sqlx(skip)]
    field_ids: BTreeSet<i64>,
}

impl Keyed for Talk {
    type Key = String;
    const KIND: &'static str = "dialogues";

    async fn stored(tx: &mut Tx, code: &String) -> Result<Option<Self>, Error> {
        const STORED: &str = "select agency_id, planned_on, held_on, chaired_by_head, participants, minutes_no \
                              from dialogues where dialogue_code = $1";
        const FIELDS: &str = "select df.field_id from dialogue_fields df \
                              join dialogues d on d.dialogue_id = df.dialogue_id where d.dialogue_code = $1";
        let stored: Option<Self> =
            on_tx!(tx, conn => sqlx::query_as(STORED).bind(code).fetch_optional(conn).await)?;
        let Some(mut stored) = stored else { return Ok(None) };
        let fields: Vec<i64> =
            on_tx!(tx, conn => sqlx::query_scalar(FIELDS).bind(code).fetch_all(conn).await)?;
        stored.field_ids = fields.into_iter().collect();
        Ok(Some(stored))
    }

    async fn write(&self, tx: &mut Tx, code: &String, batch_id: i64) -> Result<(), Error> {
        const WRITE: &str = "insert into dialogues (dialogue_code, agency_id, planned_on, held_on, chaired_by_head, \
                             participants, minutes_no, batch_id) values ($1, $2, $3, $4, $5, $6, $7, $8) \
                             on conflict (dialogue_code) do update set agency_id = excluded.agency_id, \
                             planned_on = excluded.planned_on, held_on = excluded.held_on, \
                             chaired_by_head = excluded.chaired_by_head, participants = excluded.participants, \
                             minutes_no = excluded.minutes_no, batch_id = excluded.batch_id returning dialogue_id";
        const FIELD: &str = "insert into dialogue_fields (dialogue_id, field_id) values ($1, $2)";
        let id: i64 = on_tx!(tx, conn => sqlx::query_scalar(WRITE)
            .bind(code).bind(self.agency_id).bind(self.planned_on).bind(self.held_on).bind(self.chaired_by_head)
            .bind(self.participants).bind(&self.minutes_no).bind(batch_id).fetch_one(conn).await)?;
        on_tx!(tx, conn => sqlx::query(CLEAR_FIELDS).bind(code).execute(conn).await.map(drop))?;
        for field in &self.field_ids {
            on_tx!(tx, conn => sqlx::query(FIELD).bind(id).bind(field).execute(conn).await.map(drop))?;
        }
        Ok(())
    }

    async fn remove(tx: &mut Tx, code: &String) -> Result<bool, Error> {
        const IS_LEANT_ON: &str = "select count(*) from dialogue_issues i \
                                   join dialogues d on d.dialogue_id = i.dialogue_id where d.dialogue_code = $1";
        let issues: i64 =
            on_tx!(tx, conn => sqlx::query_scalar(IS_LEANT_ON).bind(code).fetch_one(conn).await)?;
        if issues > 0 {
            return Ok(false);
        }
        on_tx!(tx, conn => sqlx::query(CLEAR_FIELDS).bind(code).execute(conn).await.map(drop))?;
        tx.removes("delete from dialogues where dialogue_code = $1", code).await
    }
}

const CLEAR_FIELDS: &str = "delete from dialogue_fields where dialogue_id in \
                            (select dialogue_id from dialogues where dialogue_code = $1)";

/// An issue without its code.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub(crate) struct Raised {
    dialogue_id: i64,
    summary: Option<String>,
    owner_agency_id: i64,
    due_on: Option<NaiveDate>,
    resolved_on: Option<NaiveDate>,
}

impl Keyed for Raised {
    type Key = String;
    const KIND: &'static str = "dialogue-issues";

    async fn stored(tx: &mut Tx, code: &String) -> Result<Option<Self>, Error> {
        const STORED: &str = "select dialogue_id, summary, owner_agency_id, due_on, resolved_on \
                              from dialogue_issues where issue_code = $1";
        Ok(on_tx!(tx, conn => sqlx::query_as(STORED).bind(code).fetch_optional(conn).await)?)
    }

    async fn write(&self, tx: &mut Tx, code: &String, batch_id: i64) -> Result<(), Error> {
        const WRITE: &str = "insert into dialogue_issues (issue_code, dialogue_id, summary, owner_agency_id, due_on, \
                             resolved_on, batch_id) values ($1, $2, $3, $4, $5, $6, $7) on conflict (issue_code) do \
                             update set dialogue_id = excluded.dialogue_id, summary = excluded.summary, \
                             owner_agency_id = excluded.owner_agency_id, due_on = excluded.due_on, \
                             resolved_on = excluded.resolved_on, batch_id = excluded.batch_id";
        on_tx!(tx, conn => sqlx::query(WRITE)
            .bind(code).bind(self.dialogue_id).bind(&self.summary).bind(self.owner_agency_id).bind(self.due_on)
            .bind(self.resolved_on).bind(batch_id).execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn remove(tx: &mut Tx, code: &String) -> Result<bool, Error> {
        tx.removes("delete from dialogue_issues where issue_code = $1", code).await
    }
}

impl Import {
    /// Takes dialogues in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_dialogues(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        for Numbered { line, row } in
            self.receipt.last_of_each(rows, |row| row.dialogue_code.clone(), &mut remarks)
        {
            let agency = self.agency(line, &row.agency_code, &mut remarks).await?;
            let stored = Talk::stored(&mut self.tx, &row.dialogue_code).await?;
            let old = stored.clone().unwrap_or_default();
            let mut field_ids = old.field_ids.clone();
            if row.fields.is_carried() {
                field_ids.clear();
                for code in row.fields.value().into_iter().flatten() {
                    field_ids.insert(self.field(line, code, &mut remarks).await?);
                }
            }
            let new = Talk {
                agency_id: agency.id,
                planned_on: row.planned_on.over(old.planned_on),
                held_on: row.held_on.over(old.held_on),
                chaired_by_head: row.chaired_by_head.over(Some(old.chaired_by_head)).unwrap_or(false),
                participants: row.participants.over(old.participants),
                minutes_no: row.minutes_no.over(old.minutes_no),
                field_ids,
            };
            self.put(line, &row.dialogue_code, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }

    /// Takes issues in. An issue of no known dialogue is set aside.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_issues(&mut self, rows: Vec<Numbered<IssueRow>>) -> Result<Vec<Remarked>, Error> {
        const DIALOGUE: &str = "select dialogue_id, agency_id from dialogues where dialogue_code = $1";
        let mut remarks = Vec::new();
        for Numbered { line, row } in
            self.receipt.last_of_each(rows, |row| row.issue_code.clone(), &mut remarks)
        {
            let dialogue: Option<(i64, i64)> = on_tx!(&mut self.tx, conn =>
                sqlx::query_as(DIALOGUE).bind(&row.dialogue_code).fetch_optional(conn).await)?;
            let Some((dialogue_id, held_by)) = dialogue else {
                self.receipt.rows_in -= 1;
                remarks.push(Remarked::set_aside(line, Remark::UnknownDialogue(row.dialogue_code)));
                continue;
            };
            let stored = Raised::stored(&mut self.tx, &row.issue_code).await?;
            let old = stored.clone().unwrap_or(Raised { owner_agency_id: held_by, ..Raised::default() });
            let owner_agency_id = match row.owner_agency_code.value() {
                Some(code) => self.agency(line, code, &mut remarks).await?.id,
                None if row.owner_agency_code.is_carried() => held_by,
                None => old.owner_agency_id,
            };
            let new = Raised {
                dialogue_id,
                summary: row.summary.over(old.summary),
                owner_agency_id,
                due_on: row.due_on.over(old.due_on),
                resolved_on: row.resolved_on.over(old.resolved_on),
            };
            self.put(line, &row.issue_code, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }
}
