//! Dialogues of agencies' heads and the issues raised in them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sqlx::FromRow;
use thuocdo::{
    agency::Scope,
    dialogue::{Dialogue, Issue, IssueRow, Row},
    filter::Filter,
};

use crate::{Error, Import, Numbered, Remark, Remarked, Store, facts::level_number, on_read, on_tx};

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

#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow)]
struct Stored {
    agency_id: i64,
    planned_on: Option<NaiveDate>,
    held_on: Option<NaiveDate>,
    chaired_by_head: bool,
    participants: Option<i32>,
    minutes_no: Option<String>,
    #[sqlx(skip)]
    field_ids: BTreeSet<i64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow)]
struct StoredIssue {
    dialogue_id: i64,
    summary: Option<String>,
    owner_agency_id: i64,
    due_on: Option<NaiveDate>,
    resolved_on: Option<NaiveDate>,
}

impl Import {
    /// Takes dialogues in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_dialogues(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        for Numbered { line, row } in self.last_of_each(rows, |row| row.dialogue_code.clone(), &mut remarks) {
            let agency = self.agency(line, &row.agency_code, &mut remarks).await?;
            let stored = self.stored_dialogue(&row.dialogue_code).await?;
            let old = stored.clone().unwrap_or_default();
            let mut field_ids = old.field_ids.clone();
            if row.fields.is_carried() {
                field_ids.clear();
                for code in row.fields.value().into_iter().flatten() {
                    field_ids.insert(self.field(line, code, &mut remarks).await?);
                }
            }
            let new = Stored {
                agency_id: agency.id,
                planned_on: row.planned_on.over(old.planned_on),
                held_on: row.held_on.over(old.held_on),
                chaired_by_head: row.chaired_by_head.over(Some(old.chaired_by_head)).unwrap_or(false),
                participants: row.participants.over(old.participants),
                minutes_no: row.minutes_no.over(old.minutes_no),
                field_ids,
            };
            if self.tally(stored.as_ref(), &new) {
                self.write_dialogue(&row.dialogue_code, &new).await?;
            }
        }
        Ok(remarks)
    }

    async fn stored_dialogue(&mut self, code: &str) -> Result<Option<Stored>, Error> {
        const STORED: &str = "select agency_id, planned_on, held_on, chaired_by_head, participants, minutes_no \
                              from dialogues where dialogue_code = $1";
        const FIELDS: &str = "select df.field_id from dialogue_fields df \
                              join dialogues d on d.dialogue_id = df.dialogue_id where d.dialogue_code = $1";
        let stored: Option<Stored> =
            on_tx!(&mut self.tx, conn => sqlx::query_as(STORED).bind(code).fetch_optional(conn).await)?;
        let Some(mut stored) = stored else { return Ok(None) };
        let fields: Vec<i64> =
            on_tx!(&mut self.tx, conn => sqlx::query_scalar(FIELDS).bind(code).fetch_all(conn).await)?;
        stored.field_ids = fields.into_iter().collect();
        Ok(Some(stored))
    }

    async fn write_dialogue(&mut self, code: &str, new: &Stored) -> Result<(), Error> {
        const WRITE: &str = "insert into dialogues (dialogue_code, agency_id, planned_on, held_on, chaired_by_head, \
                             participants, minutes_no, batch_id) values ($1, $2, $3, $4, $5, $6, $7, $8) \
                             on conflict (dialogue_code) do update set agency_id = excluded.agency_id, \
                             planned_on = excluded.planned_on, held_on = excluded.held_on, \
                             chaired_by_head = excluded.chaired_by_head, participants = excluded.participants, \
                             minutes_no = excluded.minutes_no, batch_id = excluded.batch_id returning dialogue_id";
        const CLEAR: &str = "delete from dialogue_fields where dialogue_id = $1";
        const FIELD: &str = "insert into dialogue_fields (dialogue_id, field_id) values ($1, $2)";
        let id: i64 = on_tx!(&mut self.tx, conn => sqlx::query_scalar(WRITE)
            .bind(code).bind(new.agency_id).bind(new.planned_on).bind(new.held_on).bind(new.chaired_by_head)
            .bind(new.participants).bind(&new.minutes_no).bind(self.receipt.batch_id).fetch_one(conn).await)?;
        on_tx!(&mut self.tx, conn => sqlx::query(CLEAR).bind(id).execute(conn).await.map(drop))?;
        for field in &new.field_ids {
            on_tx!(&mut self.tx, conn => sqlx::query(FIELD).bind(id).bind(field).execute(conn).await.map(drop))?;
        }
        Ok(())
    }

    /// Takes issues in. An issue of no known dialogue is set aside.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_issues(&mut self, rows: Vec<Numbered<IssueRow>>) -> Result<Vec<Remarked>, Error> {
        const DIALOGUE: &str = "select dialogue_id, agency_id from dialogues where dialogue_code = $1";
        const STORED: &str = "select dialogue_id, summary, owner_agency_id, due_on, resolved_on \
                              from dialogue_issues where issue_code = $1";
        const WRITE: &str = "insert into dialogue_issues (issue_code, dialogue_id, summary, owner_agency_id, due_on, \
                             resolved_on, batch_id) values ($1, $2, $3, $4, $5, $6, $7) on conflict (issue_code) do \
                             update set dialogue_id = excluded.dialogue_id, summary = excluded.summary, \
                             owner_agency_id = excluded.owner_agency_id, due_on = excluded.due_on, \
                             resolved_on = excluded.resolved_on, batch_id = excluded.batch_id";
        let mut remarks = Vec::new();
        for Numbered { line, row } in self.last_of_each(rows, |row| row.issue_code.clone(), &mut remarks) {
            let dialogue: Option<(i64, i64)> = on_tx!(&mut self.tx, conn =>
                sqlx::query_as(DIALOGUE).bind(&row.dialogue_code).fetch_optional(conn).await)?;
            let Some((dialogue_id, held_by)) = dialogue else {
                self.receipt.rows_in -= 1;
                remarks.push(Remarked::set_aside(line, Remark::UnknownDialogue(row.dialogue_code)));
                continue;
            };
            let stored: Option<StoredIssue> = on_tx!(&mut self.tx, conn =>
                sqlx::query_as(STORED).bind(&row.issue_code).fetch_optional(conn).await)?;
            let old =
                stored.clone().unwrap_or(StoredIssue { owner_agency_id: held_by, ..StoredIssue::default() });
            let owner_agency_id = match row.owner_agency_code.value() {
                Some(code) => self.agency(line, code, &mut remarks).await?.id,
                None if row.owner_agency_code.is_carried() => held_by,
                None => old.owner_agency_id,
            };
            let new = StoredIssue {
                dialogue_id,
                summary: row.summary.over(old.summary),
                owner_agency_id,
                due_on: row.due_on.over(old.due_on),
                resolved_on: row.resolved_on.over(old.resolved_on),
            };
            if self.tally(stored.as_ref(), &new) {
                on_tx!(&mut self.tx, conn => sqlx::query(WRITE)
                    .bind(&row.issue_code).bind(new.dialogue_id).bind(&new.summary).bind(new.owner_agency_id)
                    .bind(new.due_on).bind(new.resolved_on).bind(self.receipt.batch_id)
                    .execute(conn).await.map(drop))?;
            }
        }
        Ok(remarks)
    }
}
