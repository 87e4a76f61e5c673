//! Agencies: who is below whom, and what a person may see of it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder};
use thuocdo::{
    agency::{Agency, Level, Row, Scope},
    filter::Filter,
};

use crate::{
    Error, Import, Numbered, Remark, Remarked, Store, Tx, case_files::Part, facts::level_number,
    keyed::Keyed, on_read, on_tx,
};

/// An agency's place in lists and links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyName {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The code of the agency above it.
    pub parent_code: Option<String>,
}

/// What a scope and a filter leave of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Selection {
    /// Every agency.
    All,
    /// An agency and all below it.
    Below(i64),
    /// None: unknown, or outside the scope.
    Nothing,
}

#[derive(FromRow)]
struct AgencyRow {
    code: String,
    name: String,
    level: i32,
    parent_code: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    dialogue_from: Option<NaiveDate>,
    dialogue_to: Option<NaiveDate>,
    head_since: Option<NaiveDate>,
}

impl From<AgencyRow> for Agency {
    fn from(row: AgencyRow) -> Self {
        Self {
            code: row.code,
            name: row.name,
            level: Level::from_number(row.level).unwrap_or(Level::Unclassified),
            parent_code: row.parent_code,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            dialogue_from: row.dialogue_from,
            dialogue_to: row.dialogue_to,
            head_since: row.head_since,
        }
    }
}

impl Store {
    /// The part of the tree that a person asks for and may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn select(&self, scope: &Scope, agency: Option<&str>) -> Result<Selection, Error> {
        const ID: &str = "select agency_id from agencies where code = $1";
        const IS_BELOW: &str = "select count(*) from agencies_below where above_id = $1 and agency_id = $2";
        let id = async |code: &str| -> Result<Option<i64>, Error> {
            Ok(on_read!(self, pool => sqlx::query_scalar(ID).bind(code).fetch_optional(pool).await)?)
        };
        let (top, asked) = match (scope, agency) {
            (Scope::All | Scope::Public, None) => return Ok(Selection::All),
            (Scope::All | Scope::Public, Some(code)) => (None, id(code).await?),
            (Scope::Below(top), None) => (None, id(top).await?),
            (Scope::Below(top), Some(code)) => (Some(id(top).await?), id(code).await?),
        };
        let Some(asked) = asked else { return Ok(Selection::Nothing) };
        if let Some(top) = top {
            let inside: i64 = on_read!(self, pool => sqlx::query_scalar(IS_BELOW).bind(top).bind(asked).fetch_one(pool).await)?;
            if inside == 0 {
                return Ok(Selection::Nothing);
            }
        }
        Ok(Selection::Below(asked))
    }

    /// The agencies of a filter with all that is known of them, by code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn agencies(&self, scope: &Scope, filter: &Filter) -> Result<Vec<Agency>, Error> {
        const LIST: &str = "select a.code, a.name, a.level, p.code as parent_code, a.valid_from, a.valid_to, \
                            a.dialogue_from, a.dialogue_to, a.head_since \
                            from agencies a left join agencies p on p.agency_id = a.parent_id \
                            where ($1 is null or a.agency_id in (select agency_id from agencies_below where above_id = $1)) \
                            and ($2 is null or a.level = $2) order by a.code";
        let selection = self.select(scope, filter.agency.as_deref()).await?;
        let Some(below) = selection.below() else { return Ok(Vec::new()) };
        let rows: Vec<AgencyRow> = on_read!(self, pool => sqlx::query_as(LIST)
            .bind(below).bind(level_number(filter)).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// Names for lists, links and crumbs, within a scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn agency_names(&self, scope: &Scope) -> Result<Vec<AgencyName>, Error> {
        let agencies = self.agencies(scope, &Filter::default()).await?;
        Ok(agencies
            .into_iter()
            .map(|a| AgencyName { code: a.code, name: a.name, level: a.level, parent_code: a.parent_code })
            .collect())
    }
}

impl Store {
    /// The agencies of a part of the city; `None` is all.
    pub(crate) async fn ids_of(&self, part: &Part) -> Result<Option<HashSet<i64>>, Error> {
        const AMONG: &str = "select a.agency_id from agencies a where ($2 is null or a.level = $2) \
                             and ($1 is null or a.agency_id in (select agency_id from agencies_below where above_id = $1))";
        if part.above.is_none() && part.level.is_none() {
            return Ok(None);
        }
        let ids: Vec<i64> = on_read!(self, pool => sqlx::query_scalar(AMONG)
            .bind(part.above).bind(part.level).fetch_all(pool).await)?;
        Ok(Some(ids.into_iter().collect()))
    }

    /// An agency and all below it.
    pub(crate) async fn ids_below(&self, above: i64) -> Result<HashSet<i64>, Error> {
        const BELOW: &str = "select agency_id from agencies_below where above_id = $1";
        let ids: Vec<i64> =
            on_read!(self, pool => sqlx::query_scalar(BELOW).bind(above).fetch_all(pool).await)?;
        Ok(ids.into_iter().collect())
    }
}

impl Selection {
    /// The agency to look below: `Some(None)` is everywhere, `None` nowhere.
    pub(crate) fn below(self) -> Option<Option<i64>> {
        match self {
            Self::All => Some(None),
            Self::Below(id) => Some(Some(id)),
            Self::Nothing => None,
        }
    }
}

/// What an import needs to know of an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub id: i64,
    pub level: i32,
}

impl Tx {
    pub(crate) async fn agency_places(&mut self) -> Result<HashMap<String, Place>, Error> {
        const PLACES: &str = "select code, agency_id, level from agencies";
        let rows: Vec<(String, i64, i32)> =
            on_tx!(self, conn => sqlx::query_as(PLACES).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(|(code, id, level)| (code, Place { id, level })).collect())
    }

    async fn agency_place(&mut self, code: &str) -> Result<Option<Place>, Error> {
        const PLACE: &str = "select agency_id, level from agencies where code = $1";
        let row: Option<(i64, i32)> =
            on_tx!(self, conn => sqlx::query_as(PLACE).bind(code).fetch_optional(conn).await)?;
        Ok(row.map(|(id, level)| Place { id, level }))
    }

    /// Makes an agency from a code nobody has described yet.
    pub(crate) async fn add_unclassified(&mut self, code: &str) -> Result<Place, Error> {
        const ADD: &str = "insert into agencies (code, name, level) values ($1, $1, $2) returning agency_id";
        const BELOW_ITSELF: &str = "insert into agencies_below (above_id, agency_id) values ($1, $1)";
        let level = Level::Unclassified.number();
        let id: i64 =
            on_tx!(self, conn => sqlx::query_scalar(ADD).bind(code).bind(level).fetch_one(conn).await)?;
        on_tx!(self, conn => sqlx::query(BELOW_ITSELF).bind(id).execute(conn).await.map(drop))?;
        Ok(Place { id, level })
    }

    /// Makes the table of who is below whom anew.
    pub(crate) async fn rebuild_tree(&mut self) -> Result<(), Error> {
        const CLEAR: &str = "delete from agencies_below";
        const FILL: &str = "insert into agencies_below (above_id, agency_id) \
                            with recursive below (above_id, agency_id) as ( \
                              select agency_id, agency_id from agencies \
                              union \
                              select b.above_id, a.agency_id from below b join agencies a on a.parent_id = b.agency_id) \
                            select above_id, agency_id from below";
        for sql in [CLEAR, FILL] {
            on_tx!(self, conn => sqlx::query(sql).execute(conn).await.map(drop))?;
        }
        Ok(())
    }
}

impl Keyed for Agency {
    type Key = String;
    const KIND: &'static str = "agencies";

    async fn stored(tx: &mut Tx, code: &String) -> Result<Option<Self>, Error> {
        const STORED: &str = "select a.code, a.name, a.level, p.code as parent_code, a.valid_from, a.valid_to, \
                              a.dialogue_from, a.dialogue_to, a.head_since \
                              from agencies a left join agencies p on p.agency_id = a.parent_id where a.code = $1";
        let stored: Option<AgencyRow> =
            on_tx!(tx, conn => sqlx::query_as(STORED).bind(code).fetch_optional(conn).await)?;
        Ok(stored.map(Into::into))
    }

    /// All but the parent, which may come later in the file: [`Import::settle_tree`].
    async fn write(&self, tx: &mut Tx, _code: &String, _batch_id: i64) -> Result<(), Error> {
        const WRITE: &str = "insert into agencies (code, name, level, valid_from, valid_to, dialogue_from, dialogue_to, \
                             head_since) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (code) do update set \
                             name = excluded.name, level = excluded.level, valid_from = excluded.valid_from, \
                             valid_to = excluded.valid_to, dialogue_from = excluded.dialogue_from, \
                             dialogue_to = excluded.dialogue_to, head_since = excluded.head_since";
        on_tx!(tx, conn => sqlx::query(WRITE)
            .bind(&self.code).bind(&self.name).bind(self.level.number()).bind(self.valid_from).bind(self.valid_to)
            .bind(self.dialogue_from).bind(self.dialogue_to).bind(self.head_since).execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn remove(tx: &mut Tx, code: &String) -> Result<bool, Error> {
        const REMOVE: &str = "delete from agencies where code = $1 \
            and not exists (select 1 from agencies c where c.parent_id = agencies.agency_id) \
            and not exists (select 1 from case_files f where f.agency_id = agencies.agency_id) \
            and not exists (select 1 from petitions p where p.agency_id = agencies.agency_id) \
            and not exists (select 1 from dialogues d where d.agency_id = agencies.agency_id) \
            and not exists (select 1 from dialogue_issues i where i.owner_agency_id = agencies.agency_id) \
            and not exists (select 1 from procedures p where p.agency_id = agencies.agency_id) \
            and not exists (select 1 from surveys s where s.agency_id = agencies.agency_id) \
            and not exists (select 1 from criteria t where t.owner_agency_id = agencies.agency_id)";
        tx.removes(REMOVE, code).await
    }

    fn bare(code: &String) -> Option<Self> {
        Some(Self::unclassified(code))
    }

    async fn follow(
        import: &mut Import,
        line: u64,
        code: &String,
        was: Option<&Self>,
        is: Option<&Self>,
    ) -> Result<(), Error> {
        let Some(is) = is else { return Ok(()) };
        // Counters are kept by level: files that came before their agency was placed have to move.
        import.recount |= was.is_some_and(|was| was.level != is.level);
        if let Some(place) = import.tx.agency_place(code).await? {
            import.codes.add_agency(code.clone(), place);
        }
        import.parents.push((line, code.clone(), is.parent_code.clone()));
        Ok(())
    }
}

impl Import {
    /// Takes agencies in. Parents are set when all rows are in, so that they may stand in any order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_agencies(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        for Numbered { line, row } in
            self.receipt.last_of_each(rows, |row| row.agency_code.clone(), &mut remarks)
        {
            let stored = Agency::stored(&mut self.tx, &row.agency_code).await?;
            let old = stored.clone().unwrap_or_else(|| Agency::unclassified(&row.agency_code));
            let new = Agency {
                name: row.name.over(Some(old.name.clone())).unwrap_or_else(|| row.agency_code.clone()),
                level: row.level.over(Some(old.level)).unwrap_or(Level::Unclassified),
                parent_code: row.parent_code.over(old.parent_code.clone()),
                valid_from: row.valid_from.over(old.valid_from),
                valid_to: row.valid_to.over(old.valid_to),
                dialogue_from: row.dialogue_from.over(old.dialogue_from),
                dialogue_to: row.dialogue_to.over(old.dialogue_to),
                head_since: row.head_since.over(old.head_since),
                code: old.code,
            };
            self.put(line, &row.agency_code, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }

    /// Sets the parents of the agencies taken in and makes the tree anew.
    pub(crate) async fn settle_tree(&mut self) -> Result<Vec<Remarked>, Error> {
        const SET: &str = "update agencies set parent_id = $2 where agency_id = $1";
        let mut remarks = Vec::new();
        let parents = std::mem::take(&mut self.parents);
        if parents.is_empty() {
            return Ok(remarks);
        }
        let mut above = self.parents_by_code().await?;
        // What this file says of an agency replaces what stood there: two that change places are no circle.
        for (_, code, _) in &parents {
            above.remove(code);
        }
        for (line, code, parent) in parents {
            let parent_id = match &parent {
                None => None,
                Some(parent) if leads_back(&above, parent, &code) => {
                    remarks.push(Remarked::warning(line, Remark::ParentCycle(code.clone())));
                    None
                }
                Some(parent) => Some(match self.codes.agency(parent) {
                    Some(place) => place.id,
                    None => {
                        remarks.push(Remarked::warning(line, Remark::UnknownAgency(parent.clone())));
                        self.add_agency(parent).await?.id
                    }
                }),
            };
            if let (Some(_), Some(parent)) = (parent_id, parent) {
                above.insert(code.clone(), parent);
            }
            let id = self.codes.agency(&code).map(|place| place.id);
            on_tx!(&mut self.tx, conn => sqlx::query(SET).bind(id).bind(parent_id).execute(conn).await.map(drop))?;
        }
        self.tx.rebuild_tree().await?;
        Ok(remarks)
    }

    async fn parents_by_code(&mut self) -> Result<HashMap<String, String>, Error> {
        const PARENTS: &str =
            "select a.code, p.code from agencies a join agencies p on p.agency_id = a.parent_id";
        let rows: Vec<(String, String)> =
            on_tx!(&mut self.tx, conn => sqlx::query_as(PARENTS).fetch_all(conn).await)?;
        Ok(rows.into_iter().collect())
    }

    pub(crate) async fn add_agency(&mut self, code: &str) -> Result<Place, Error> {
        let place = self.tx.add_unclassified(code).await?;
        self.made::<Agency>(&code.to_owned()).await?;
        self.codes.add_agency(code.to_owned(), place);
        Ok(place)
    }
}

/// Whether `child` stands above `parent` already, so that putting it below would close a circle.
fn leads_back(above: &HashMap<String, String>, parent: &str, child: &str) -> bool {
    let mut seen = HashSet::new();
    let mut at = Some(parent);
    while let Some(code) = at {
        if code == child || !seen.insert(code) {
            return true;
        }
        at = above.get(code).map(String::as_str);
    }
    false
}

/// Pushes `(a, b, c)` into a query: for `in`.
pub(crate) fn push_list<'a, DB, T>(query: &mut QueryBuilder<DB>, values: impl IntoIterator<Item = T>)
where
    DB: sqlx::Database,
    T: 'a + sqlx::Encode<'a, DB> + sqlx::Type<DB>,
{
    query.push("(");
    let mut list = query.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    query.push(")");
}
