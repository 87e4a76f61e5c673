//! Fields and procedures.

use std::collections::HashMap;

use sqlx::FromRow;
use thuocdo::{
    counts::Given,
    procedure::{FieldRow, Row},
    working_days::{Limit, LimitUnit},
};

use crate::{Error, Import, Numbered, Remarked, Store, Tx, on_read, on_tx};

/// What an import needs to know of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProcedureFacts {
    pub id: i64,
    pub field_id: Option<i64>,
    pub limit: Option<Limit>,
    pub is_immediate: bool,
}

#[derive(FromRow)]
struct ProcedureRow {
    procedure_id: i64,
    code: String,
    field_id: Option<i64>,
    limit_amount: Option<i32>,
    limit_unit: Option<String>,
    is_immediate: bool,
}

impl ProcedureRow {
    fn facts(&self) -> ProcedureFacts {
        let amount = self.limit_amount.and_then(|amount| u32::try_from(amount).ok());
        ProcedureFacts {
            id: self.procedure_id,
            field_id: self.field_id,
            limit: amount.map(|amount| Limit { amount, unit: unit(self.limit_unit.as_deref()) }),
            is_immediate: self.is_immediate,
        }
    }
}

fn unit(name: Option<&str>) -> LimitUnit {
    LimitUnit::ALL.into_iter().find(|unit| Some(unit.as_str()) == name).unwrap_or(LimitUnit::WorkingDay)
}

impl Store {
    /// Codes and names of all fields.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn field_names(&self) -> Result<Vec<(String, String)>, Error> {
        const LIST: &str = "select code, name from fields order by code";
        Ok(on_read!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?)
    }

    /// Codes and names of all procedures, with the names of their fields.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn procedure_names(&self) -> Result<Vec<(String, String, Option<String>)>, Error> {
        const LIST: &str = "select p.code, p.name, f.name from procedures p \
                            left join fields f on f.field_id = p.field_id order by p.code";
        Ok(on_read!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?)
    }

    pub(crate) async fn field_id(&self, code: &str) -> Result<Option<i64>, Error> {
        const ID: &str = "select field_id from fields where code = $1";
        Ok(on_read!(self, pool => sqlx::query_scalar(ID).bind(code).fetch_optional(pool).await)?)
    }
}

impl Tx {
    pub(crate) async fn field_ids(&mut self) -> Result<HashMap<String, i64>, Error> {
        const IDS: &str = "select code, field_id from fields";
        let rows: Vec<(String, i64)> = on_tx!(self, conn => sqlx::query_as(IDS).fetch_all(conn).await)?;
        Ok(rows.into_iter().collect())
    }

    pub(crate) async fn procedure_facts(&mut self) -> Result<HashMap<String, ProcedureFacts>, Error> {
        const FACTS: &str =
            "select procedure_id, code, field_id, limit_amount, limit_unit, is_immediate from procedures";
        let rows: Vec<ProcedureRow> = on_tx!(self, conn => sqlx::query_as(FACTS).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(|row| (row.code.clone(), row.facts())).collect())
    }

    pub(crate) async fn add_field(&mut self, code: &str) -> Result<i64, Error> {
        const ADD: &str = "insert into fields (code, name) values ($1, $1) returning field_id";
        Ok(on_tx!(self, conn => sqlx::query_scalar(ADD).bind(code).fetch_one(conn).await)?)
    }

    pub(crate) async fn add_procedure(&mut self, code: &str) -> Result<ProcedureFacts, Error> {
        const ADD: &str = "insert into procedures (code, name) values ($1, $1) returning procedure_id";
        let id = on_tx!(self, conn => sqlx::query_scalar(ADD).bind(code).fetch_one(conn).await)?;
        Ok(ProcedureFacts { id, field_id: None, limit: None, is_immediate: false })
    }
}

impl Import {
    /// Takes fields in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_fields(&mut self, rows: Vec<Numbered<FieldRow>>) -> Result<Vec<Remarked>, Error> {
        const STORED: &str = "select name, is_priority from fields where code = $1";
        const WRITE: &str = "insert into fields (code, name, is_priority) values ($1, $2, $3) on conflict (code) \
                             do update set name = excluded.name, is_priority = excluded.is_priority returning field_id";
        let mut remarks = Vec::new();
        for Numbered { row, .. } in self.last_of_each(rows, |row| row.field_code.clone(), &mut remarks) {
            let stored: Option<(String, bool)> = on_tx!(&mut self.tx, conn =>
                sqlx::query_as(STORED).bind(&row.field_code).fetch_optional(conn).await)?;
            let old = stored.clone();
            let new = (
                row.name
                    .over(old.as_ref().map(|(name, _)| name.clone()))
                    .unwrap_or_else(|| row.field_code.clone()),
                row.priority.over(old.map(|(_, priority)| priority)).unwrap_or(false),
            );
            if self.tally(stored.as_ref(), &new) {
                let id: i64 = on_tx!(&mut self.tx, conn => sqlx::query_scalar(WRITE)
                    .bind(&row.field_code).bind(&new.0).bind(new.1).fetch_one(conn).await)?;
                self.codes.add_field(row.field_code, id);
            }
        }
        Ok(remarks)
    }

    /// Takes procedures in. A changed limit moves the due dates computed from it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_procedures(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        const STORED: &str =
            "select name, field_id, limit_amount, limit_unit, is_immediate from procedures where code = $1";
        const WRITE: &str = "insert into procedures (code, name, field_id, limit_amount, limit_unit, is_immediate) \
                             values ($1, $2, $3, $4, $5, $6) on conflict (code) do update set name = excluded.name, \
                             field_id = excluded.field_id, limit_amount = excluded.limit_amount, \
                             limit_unit = excluded.limit_unit, is_immediate = excluded.is_immediate \
                             returning procedure_id";
        type Stored = (String, Option<i64>, Option<i32>, Option<String>, bool);
        let mut remarks = Vec::new();
        for Numbered { line, row } in self.last_of_each(rows, |row| row.procedure_code.clone(), &mut remarks)
        {
            let stored: Option<Stored> = on_tx!(&mut self.tx, conn =>
                sqlx::query_as(STORED).bind(&row.procedure_code).fetch_optional(conn).await)?;
            let (name, field_id, amount, unit_name, is_immediate) =
                stored.clone().unwrap_or((row.procedure_code.clone(), None, None, None, false));
            let field_id = match row.field_code {
                Given::Value(code) => Some(self.field(line, &code, &mut remarks).await?),
                Given::Absent => field_id,
                Given::Empty => None,
            };
            let limit_unit = row.limit_unit.over(unit_name.as_deref().map(|name| unit(Some(name))));
            let new: Stored = (
                row.name.over(Some(name)).unwrap_or_else(|| row.procedure_code.clone()),
                field_id,
                row.limit
                    .over(amount.and_then(|a| u32::try_from(a).ok()))
                    .and_then(|a| i32::try_from(a).ok()),
                limit_unit.map(|unit| unit.as_str().to_owned()),
                row.immediate.over(Some(is_immediate)).unwrap_or(false),
            );
            if self.tally(stored.as_ref(), &new) {
                let id: i64 = on_tx!(&mut self.tx, conn => sqlx::query_scalar(WRITE)
                    .bind(&row.procedure_code).bind(&new.0).bind(new.1).bind(new.2).bind(&new.3).bind(new.4)
                    .fetch_one(conn).await)?;
                // Files computed from the old limit, or without any, follow the new one.
                self.recount |= stored.is_some();
                let limit = new.2.and_then(|amount| u32::try_from(amount).ok());
                let facts = ProcedureFacts {
                    id,
                    field_id: new.1,
                    limit: limit.map(|amount| Limit { amount, unit: unit(new.3.as_deref()) }),
                    is_immediate: new.4,
                };
                self.codes.add_procedure(row.procedure_code, facts);
            }
        }
        Ok(remarks)
    }
}
