//! Fields and procedures.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use thuocdo::{
    counts::Given,
    procedure::{FieldRow, Level, Row},
    working_days::{Limit, LimitUnit},
};

use crate::{Error, Import, Numbered, Remarked, Store, Tx, keyed::Keyed, on_read, on_tx};

const FIELD_ID: &str = "select field_id from fields where code = $1";

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

/// The level of a stored word.
pub(crate) fn level_called(name: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|level| level.as_str() == name)
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
        Ok(on_read!(self, pool => sqlx::query_scalar(FIELD_ID).bind(code).fetch_optional(pool).await)?)
    }
}

impl Tx {
    async fn field_id(&mut self, code: &str) -> Result<Option<i64>, Error> {
        Ok(on_tx!(self, conn => sqlx::query_scalar(FIELD_ID).bind(code).fetch_optional(conn).await)?)
    }

    pub(crate) async fn field_ids(&mut self) -> Result<HashMap<String, i64>, Error> {
        const IDS: &str = "select code, field_id from fields";
        let rows: Vec<(String, i64)> = on_tx!(self, conn => sqlx::query_as(IDS).fetch_all(conn).await)?;
        Ok(rows.into_iter().collect())
    }

    async fn facts_of_procedure(&mut self, code: &str) -> Result<Option<ProcedureFacts>, Error> {
        const FACTS: &str = "select procedure_id, code, field_id, limit_amount, limit_unit, is_immediate \
                             from procedures where code = $1";
        let row: Option<ProcedureRow> =
            on_tx!(self, conn => sqlx::query_as(FACTS).bind(code).fetch_optional(conn).await)?;
        Ok(row.map(|row| row.facts()))
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

/// A field without its code.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub(crate) struct Field {
    name: String,
    is_priority: bool,
}

impl Keyed for Field {
    type Key = String;
    const KIND: &'static str = "fields";

    async fn stored(tx: &mut Tx, code: &String) -> Result<Option<Self>, Error> {
        const STORED: &str = "select name, is_priority from fields where code = $1";
        Ok(on_tx!(tx, conn => sqlx::query_as(STORED).bind(code).fetch_optional(conn).await)?)
    }

    async fn write(&self, tx: &mut Tx, code: &String, _batch_id: i64) -> Result<(), Error> {
        const WRITE: &str = "insert into fields (code, name, is_priority) values ($1, $2, $3) on conflict (code) \
                             do update set name = excluded.name, is_priority = excluded.is_priority";
        on_tx!(tx, conn => sqlx::query(WRITE)
            .bind(code).bind(&self.name).bind(self.is_priority).execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn remove(tx: &mut Tx, code: &String) -> Result<bool, Error> {
        const REMOVE: &str = "delete from fields where code = $1 \
            and not exists (select 1 from procedures p where p.field_id = fields.field_id) \
            and not exists (select 1 from dialogue_fields d where d.field_id = fields.field_id) \
            and not exists (select 1 from petitions p where p.field_id = fields.field_id) \
            and not exists (select 1 from case_files f where f.field_id = fields.field_id) \
            and not exists (select 1 from case_files f where f.own_field_id = fields.field_id)";
        tx.removes(REMOVE, code).await
    }

    fn bare(code: &String) -> Option<Self> {
        Some(Self { name: code.clone(), is_priority: false })
    }

    async fn follow(
        import: &mut Import,
        _line: u64,
        code: &String,
        _was: Option<&Self>,
        is: Option<&Self>,
    ) -> Result<(), Error> {
        if let (Some(_), Some(id)) = (is, import.tx.field_id(code).await?) {
            import.codes.add_field(code.clone(), id);
        }
        Ok(())
    }
}

/// A procedure without its code. What is not always there was not there in the versions before: rows that these kept have
/// none of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, FromRow, Serialize, Deserialize)]
pub(crate) struct Procedure {
    name: String,
    field_id: Option<i64>,
    limit_amount: Option<i32>,
    limit_unit: Option<String>,
    is_immediate: bool,
    level: Option<String>,
    is_one_stop: Option<bool>,
    has_internal_process: Option<bool>,
    /// By its code: when a row is put back, the agency may have come anew under another number.
    agency_code: Option<String>,
}

impl Procedure {
    /// Whether files come to the same due dates, verdicts and fields by this one.
    fn times_as(&self, other: &Self) -> bool {
        let facts = |of: &Self| (of.field_id, of.limit_amount, of.limit_unit.clone(), of.is_immediate);
        facts(self) == facts(other)
    }
}

impl Keyed for Procedure {
    type Key = String;
    const KIND: &'static str = "procedures";

    async fn stored(tx: &mut Tx, code: &String) -> Result<Option<Self>, Error> {
        const STORED: &str = "select p.name, p.field_id, p.limit_amount, p.limit_unit, p.is_immediate, p.level, \
                              p.is_one_stop, p.has_internal_process, a.code as agency_code \
                              from procedures p left join agencies a on a.agency_id = p.agency_id where p.code = $1";
        Ok(on_tx!(tx, conn => sqlx::query_as(STORED).bind(code).fetch_optional(conn).await)?)
    }

    async fn write(&self, tx: &mut Tx, code: &String, _batch_id: i64) -> Result<(), Error> {
        const WRITE: &str = "insert into procedures (code, name, field_id, limit_amount, limit_unit, is_immediate, \
                             level, is_one_stop, has_internal_process, agency_id) \
                             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
                               (select agency_id from agencies where code = $10)) \
                             on conflict (code) do update set name = excluded.name, field_id = excluded.field_id, \
                             limit_amount = excluded.limit_amount, limit_unit = excluded.limit_unit, \
                             is_immediate = excluded.is_immediate, level = excluded.level, \
                             is_one_stop = excluded.is_one_stop, \
                             has_internal_process = excluded.has_internal_process, agency_id = excluded.agency_id";
        on_tx!(tx, conn => sqlx::query(WRITE)
            .bind(code).bind(&self.name).bind(self.field_id).bind(self.limit_amount).bind(&self.limit_unit)
            .bind(self.is_immediate).bind(&self.level).bind(self.is_one_stop).bind(self.has_internal_process)
            .bind(&self.agency_code).execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn remove(tx: &mut Tx, code: &String) -> Result<bool, Error> {
        const REMOVE: &str = "delete from procedures where code = $1 \
            and not exists (select 1 from case_files f where f.procedure_id = procedures.procedure_id)";
        tx.removes(REMOVE, code).await
    }

    fn bare(code: &String) -> Option<Self> {
        Some(Self { name: code.clone(), ..Self::default() })
    }

    async fn follow(
        import: &mut Import,
        _line: u64,
        code: &String,
        was: Option<&Self>,
        is: Option<&Self>,
    ) -> Result<(), Error> {
        // Files computed from the old limit, or without any, follow the new one.
        import.recount |= was.is_some_and(|was| is.is_none_or(|is| !was.times_as(is)));
        if let (Some(_), Some(facts)) = (is, import.tx.facts_of_procedure(code).await?) {
            import.codes.add_procedure(code.clone(), facts);
        }
        Ok(())
    }
}

impl Import {
    /// Takes fields in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_fields(&mut self, rows: Vec<Numbered<FieldRow>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        for Numbered { line, row } in
            self.receipt.last_of_each(rows, |row| row.field_code.clone(), &mut remarks)
        {
            let stored = Field::stored(&mut self.tx, &row.field_code).await?;
            let (name, priority) = stored.clone().map(|field| (field.name, field.is_priority)).unzip();
            let new = Field {
                name: row.name.over(name).unwrap_or_else(|| row.field_code.clone()),
                is_priority: row.priority.over(priority).unwrap_or(false),
            };
            self.put(line, &row.field_code, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }

    /// Takes procedures in. A changed limit moves the due dates computed from it; an agency in charge that nobody knows is
    /// made from its code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_procedures(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        for Numbered { line, row } in
            self.receipt.last_of_each(rows, |row| row.procedure_code.clone(), &mut remarks)
        {
            let code = row.procedure_code;
            let stored = Procedure::stored(&mut self.tx, &code).await?;
            let old = stored.clone().unwrap_or_default();
            let field_id = match row.field_code {
                Given::Value(code) => Some(self.field(line, &code, &mut remarks).await?),
                Given::Absent => old.field_id,
                Given::Empty => None,
            };
            if let Given::Value(code) = &row.agency_code {
                self.agency(line, code, &mut remarks).await?;
            }
            let old_unit = old.limit_unit.as_deref().map(|name| unit(Some(name)));
            let old_amount = old.limit_amount.and_then(|n| u32::try_from(n).ok());
            let old_level = old.level.as_deref().and_then(level_called);
            let new = Procedure {
                name: row.name.over(stored.as_ref().map(|_| old.name)).unwrap_or_else(|| code.clone()),
                field_id,
                limit_amount: row.limit.over(old_amount).and_then(|amount| i32::try_from(amount).ok()),
                limit_unit: row.limit_unit.over(old_unit).map(|unit| unit.as_str().to_owned()),
                is_immediate: row.immediate.over(Some(old.is_immediate)).unwrap_or(false),
                level: row.level.over(old_level).map(|level| level.as_str().to_owned()),
                is_one_stop: row.one_stop.over(old.is_one_stop),
                has_internal_process: row.internal_process.over(old.has_internal_process),
                agency_code: row.agency_code.over(old.agency_code),
            };
            self.put(line, &code, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_field_limit_or_immediacy_counts_files_anew() {
        let was = Procedure { limit_amount: Some(5), ..Procedure::default() };
        let now = Procedure {
            name: "Thủ tục".to_owned(),
            level: Some("city".to_owned()),
            is_one_stop: Some(true),
            has_internal_process: Some(false),
            agency_code: Some("SO-02".to_owned()),
            ..was.clone()
        };
        assert!(now.times_as(&was));
        assert!(!Procedure { limit_amount: Some(6), ..was.clone() }.times_as(&was));
        assert!(!Procedure { field_id: Some(1), ..was.clone() }.times_as(&was));
        assert!(!Procedure { is_immediate: true, ..was.clone() }.times_as(&was));
    }

    #[test]
    fn a_row_kept_by_an_earlier_version_is_read_without_what_that_one_did_not_know() {
        let kept = r#"{"name":"A","field_id":null,"limit_amount":5,"limit_unit":"day","is_immediate":false}"#;
        let row: Procedure = crate::keyed::parsed(kept).expect("a row");
        assert_eq!((row.limit_amount, row.level, row.agency_code), (Some(5), None, None));
    }
}
