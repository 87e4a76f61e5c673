//! The audit log: lines are added and read. Each holds the hash of the one before.

use sha2::{Digest as _, Sha256};
use sqlx::FromRow;
use thuocdo::audit::{Action, Entry};

use super::People;
use crate::{Engine, Error, on_read, on_tx};

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its number, from one without a gap.
    pub line: i64,
    /// What it says.
    pub entry: Entry,
}

/// Which lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuestion {
    /// Who, a part of the name.
    pub actor: String,
    /// What was done.
    pub action: Option<Action>,
    /// A part of what it was done to, of the detail, or of the address it came from.
    pub about: String,
    /// From this second on.
    pub from: Option<i64>,
    /// Before this second.
    pub before: Option<i64>,
}

/// The first line that is not as it was written, or is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub line: i64,
}

#[derive(FromRow)]
struct Row {
    line: i64,
    at: i64,
    actor: String,
    role: String,
    action: String,
    object: String,
    detail: String,
    from_address: String,
    hash: String,
}

impl Row {
    /// What the line should be chained with.
    fn chained(&self, before: &str) -> String {
        let Self { line, at, actor, role, action, object, detail, from_address, .. } = self;
        // As JSON no part can run over into the next.
        let said = serde_json::json!([before, line, at, actor, role, action, object, detail, from_address]);
        hex::encode(Sha256::digest(said.to_string()))
    }
}

impl From<Row> for AuditLine {
    fn from(row: Row) -> Self {
        let entry = Entry {
            at: row.at,
            actor: row.actor,
            role: row.role,
            // A word of a newer version.
            action: row.action.parse().unwrap_or(Action::Refused),
            object: row.object,
            detail: row.detail,
            from_address: row.from_address,
        };
        Self { line: row.line, entry }
    }
}

impl People {
    /// Adds a line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note(&self, entry: &Entry) -> Result<(), Error> {
        // Two servers must not chain two lines to the same one before.
        const ONE_AT_A_TIME: &str = "select pg_advisory_xact_lock(281)";
        const HEAD: &str = "select line, hash from audit_head";
        const ADD: &str = "insert into audit (line, at, actor, role, action, object, detail, from_address, hash) \
                           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        const MOVE: &str = "insert into audit_head (one, line, hash) values (1, $1, $2) \
                            on conflict (one) do update set line = excluded.line, hash = excluded.hash";
        let mut tx = self.begin().await?;
        if let (Engine::Postgres(_), crate::Tx::Postgres(tx)) = (&self.engine, &mut tx) {
            sqlx::query(ONE_AT_A_TIME).execute(&mut **tx).await?;
        }
        let head: Option<(i64, String)> =
            on_tx!(&mut tx, conn => sqlx::query_as(HEAD).fetch_optional(conn).await)?;
        let (last, before) = head.unwrap_or_default();
        let entry = entry.clone();
        let mut row = Row {
            line: last + 1,
            at: entry.at,
            actor: entry.actor,
            role: entry.role,
            action: entry.action.as_str().to_owned(),
            object: entry.object,
            detail: entry.detail,
            from_address: entry.from_address,
            hash: String::new(),
        };
        row.hash = row.chained(&before);
        on_tx!(&mut tx, conn => sqlx::query(ADD)
            .bind(row.line).bind(row.at).bind(&row.actor).bind(&row.role).bind(&row.action).bind(&row.object)
            .bind(&row.detail).bind(&row.from_address).bind(&row.hash).execute(conn).await.map(drop))?;
        on_tx!(&mut tx, conn =>
            sqlx::query(MOVE).bind(row.line).bind(&row.hash).execute(conn).await.map(drop))?;
        tx.commit().await
    }

    /// The lines that answer a question, the newest first, and how many there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit(
        &self,
        question: &AuditQuestion,
        at_most: i64,
        offset: i64,
    ) -> Result<(i64, Vec<AuditLine>), Error> {
        const WHERE: &str = "from audit where ($1 = '' or lower(actor) like $1 escape '\\') \
             and ($2 = '' or action = $2) \
             and ($3 = '' or lower(object) like $3 escape '\\' or lower(detail) like $3 escape '\\' \
             or from_address like $3 escape '\\') and at >= $4 and at < $5";
        let list = sqlx::AssertSqlSafe(format!(
            "select line, at, actor, role, action, object, detail, from_address, hash {WHERE} \
             order by line desc limit $6 offset $7"
        ));
        let count = sqlx::AssertSqlSafe(format!("select count(*) {WHERE}"));
        let (actor, about) = (part(&question.actor), part(&question.about));
        let action = question.action.map_or("", Action::as_str);
        let (from, before) = (question.from.unwrap_or(0), question.before.unwrap_or(i64::MAX));
        let total: i64 = on_read!(self, pool => sqlx::query_scalar(count)
            .bind(&actor).bind(action).bind(&about).bind(from).bind(before).fetch_one(pool).await)?;
        let rows: Vec<Row> = on_read!(self, pool => sqlx::query_as(list)
            .bind(&actor).bind(action).bind(&about).bind(from).bind(before).bind(at_most).bind(offset)
            .fetch_all(pool).await)?;
        Ok((total, rows.into_iter().map(AuditLine::from).collect()))
    }

    /// Goes through the whole log and names the first line that was changed or is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn broken_audit(&self) -> Result<Option<Broken>, Error> {
        const SOME: i64 = 1_000;
        const NEXT: &str = "select line, at, actor, role, action, object, detail, from_address, hash from audit \
                            where line > $1 order by line limit $2";
        const HEAD: &str = "select line, hash from audit_head";
        let (mut last, mut before) = (0, String::new());
        loop {
            let rows: Vec<Row> = on_read!(self, pool =>
                sqlx::query_as(NEXT).bind(last).bind(SOME).fetch_all(pool).await)?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                if row.line != last + 1 || row.hash != row.chained(&before) {
                    return Ok(Some(Broken { line: last + 1 }));
                }
                (last, before) = (row.line, row.hash);
            }
        }
        let head: Option<(i64, String)> =
            on_read!(self, pool => sqlx::query_as(HEAD).fetch_optional(pool).await)?;
        let (line, hash) = head.unwrap_or_default();
        Ok((line > last || (line == last && hash != before)).then_some(Broken { line: last + 1 }))
    }
}

/// A part of a text as `like` takes it; nothing for nothing.
fn part(text: &str) -> String {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return text;
    }
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
