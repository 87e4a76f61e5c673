//! What the page on dialogues shows beside the counts: the fields of dialogues, and issues with their words.

use chrono::NaiveDate;
use sqlx::FromRow;
use thuocdo::{
    agency::Scope,
    dialogue::Issue,
    dialogue_report::{DialogueField, IssueDetail},
    filter::Filter,
    period::Window,
};

use crate::{Error, Store, facts::level_number, on_read};

#[derive(FromRow)]
struct FieldRow {
    dialogue_code: String,
    field_code: String,
    field_name: String,
    is_priority: bool,
}

#[derive(FromRow)]
struct IssueRow {
    issue_code: String,
    dialogue_code: String,
    owner_code: String,
    owner_name: String,
    summary: Option<String>,
    raised_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    resolved_on: Option<NaiveDate>,
}

impl Store {
    /// The fields of the dialogues that the agencies of a filter held in a window.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dialogue_fields(
        &self,
        scope: &Scope,
        filter: &Filter,
        window: Window,
    ) -> Result<Vec<DialogueField>, Error> {
        const LIST: &str = "select d.dialogue_code, f.code as field_code, f.name as field_name, f.is_priority \
                            from dialogues d join dialogue_fields df on df.dialogue_id = d.dialogue_id \
                            join fields f on f.field_id = df.field_id join agencies a on a.agency_id = d.agency_id \
                            where ($1 is null or d.agency_id in (select agency_id from agencies_below where above_id = $1)) \
                            and ($2 is null or a.level = $2) and d.held_on >= $3 and d.held_on <= $4 \
                            order by d.dialogue_id, f.code";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let from = window.from.unwrap_or(FIRST_DAY);
        let rows: Vec<FieldRow> = on_read!(self, pool => sqlx::query_as(LIST)
            .bind(below).bind(level_number(filter)).bind(from).bind(window.last).fetch_all(pool).await)?;
        let field = |row: FieldRow| DialogueField {
            dialogue_code: row.dialogue_code,
            field_code: row.field_code,
            field_name: row.field_name,
            is_priority: row.is_priority,
        };
        Ok(rows.into_iter().map(field).collect())
    }

    /// The fields that the plan stresses, code and name. They are the city's, whatever the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn priority_fields(&self) -> Result<Vec<(String, String)>, Error> {
        const LIST: &str = "select code, name from fields where is_priority order by code";
        Ok(on_read!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?)
    }

    /// The issues that the agencies of a filter have to clear, with their words; for the public without these.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issue_details(&self, scope: &Scope, filter: &Filter) -> Result<Vec<IssueDetail>, Error> {
        const LIST: &str = "select i.issue_code, d.dialogue_code, a.code as owner_code, a.name as owner_name, \
                            i.summary, d.held_on as raised_on, i.due_on, i.resolved_on \
                            from dialogue_issues i join dialogues d on d.dialogue_id = i.dialogue_id \
                            join agencies a on a.agency_id = i.owner_agency_id \
                            where ($1 is null or i.owner_agency_id in \
                              (select agency_id from agencies_below where above_id = $1)) \
                            and ($2 is null or a.level = $2) order by i.dialogue_issue_id";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let rows: Vec<IssueRow> = on_read!(self, pool => sqlx::query_as(LIST)
            .bind(below).bind(level_number(filter)).fetch_all(pool).await)?;
        let mut issues: Vec<IssueDetail> = rows.into_iter().map(Into::into).collect();
        if *scope == Scope::Public {
            issues.iter_mut().for_each(|issue| issue.summary = None);
        }
        Ok(issues)
    }
}

/// Before any dialogue; the engines cannot write the calendar's own first day.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day");

impl From<IssueRow> for IssueDetail {
    fn from(row: IssueRow) -> Self {
        Self {
            issue: Issue {
                code: row.issue_code,
                dialogue_code: row.dialogue_code,
                owner_agency_code: row.owner_code,
                due_on: row.due_on,
                resolved_on: row.resolved_on,
            },
            owner_name: row.owner_name,
            summary: row.summary,
            raised_on: row.raised_on,
        }
    }
}
