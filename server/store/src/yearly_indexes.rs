//! PAR INDEX and SIPAS as others published them.

use chrono::NaiveDate;
use sqlx::FromRow;
use thuocdo::yearly_index::{Edition, Index, Mark};

use crate::{Error, Import, Numbered, Remarked, Store, on_read, on_tx};

#[derive(FromRow)]
struct EditionRow {
    index_name: String,
    year: i32,
    province_code: String,
    rank: Option<i32>,
    rank_of: Option<i32>,
    score: Option<i64>,
    published_on: Option<NaiveDate>,
    source: String,
    method: Option<String>,
    mark: String,
}

impl EditionRow {
    fn edition(self) -> Option<Edition> {
        Some(Edition {
            index: Index::ALL.into_iter().find(|index| index.as_str() == self.index_name)?,
            year: self.year,
            province_code: self.province_code,
            rank: self.rank,
            of: self.rank_of,
            score: self.score,
            published_on: self.published_on,
            source: self.source,
            method: self.method,
            mark: Mark::ALL.into_iter().find(|mark| mark.as_str() == self.mark)?,
        })
    }
}

impl Store {
    /// Every value of every year and province.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn editions(&self) -> Result<Vec<Edition>, Error> {
        const LIST: &str = "select index_name, year, province_code, rank, rank_of, score, published_on, source, method, \
                            mark from yearly_indexes order by year, yearly_index_id";
        let rows: Vec<EditionRow> = on_read!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        Ok(rows.into_iter().filter_map(EditionRow::edition).collect())
    }
}

impl Import {
    /// Takes yearly values in; one for each source.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_editions(&mut self, rows: Vec<Numbered<Edition>>) -> Result<Vec<Remarked>, Error> {
        const STORED: &str = "select index_name, year, province_code, rank, rank_of, score, published_on, source, \
                              method, mark from yearly_indexes \
                              where index_name = $1 and year = $2 and province_code = $3 and source = $4 and mark = $5 and contradicted = $6";
        const WRITE: &str = "insert into yearly_indexes (index_name, year, province_code, source, rank, rank_of, score, \
                             published_on, method, mark, contradicted) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
                             on conflict (index_name, year, province_code, source, mark, contradicted) do update set rank = excluded.rank, \
                             rank_of = excluded.rank_of, score = excluded.score, published_on = excluded.published_on, \
                             method = excluded.method";
        let mut remarks = Vec::new();
        let key = |e: &Edition| {
            format!(
                "{} {} {} {} {} {}",
                e.index.as_str(),
                e.year,
                e.province_code,
                e.source,
                e.mark.as_str(),
                contradicted(e)
            )
        };
        for Numbered { row: new, .. } in self.last_of_each(rows, key, &mut remarks) {
            let stored: Option<EditionRow> = on_tx!(&mut self.tx, conn => sqlx::query_as(STORED)
                .bind(new.index.as_str()).bind(new.year).bind(&new.province_code).bind(&new.source).bind(new.mark.as_str())
                .bind(contradicted(&new)).fetch_optional(conn).await)?;
            if self.tally(stored.and_then(EditionRow::edition).as_ref(), &new) {
                on_tx!(&mut self.tx, conn => sqlx::query(WRITE)
                    .bind(new.index.as_str()).bind(new.year).bind(&new.province_code).bind(&new.source)
                    .bind(new.rank).bind(new.of).bind(new.score).bind(new.published_on).bind(&new.method)
                    .bind(new.mark.as_str()).bind(contradicted(&new)).execute(conn).await.map(drop))?;
            }
        }
        Ok(remarks)
    }
}

/// What sets apart two contradicting figures of one source: nothing, unless they contradict each other.
fn contradicted(edition: &Edition) -> String {
    match edition.mark {
        Mark::Conflict => format!("{}/{}", edition.rank.unwrap_or(0), edition.score.unwrap_or(0)),
        Mark::Found | Mark::Derived => String::new(),
    }
}
