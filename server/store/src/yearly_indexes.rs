//! PAR INDEX and SIPAS as others published them.

use chrono::NaiveDate;
use sqlx::FromRow;
use thuocdo::yearly_index::{Edition, Index, Mark};

use crate::{Error, Import, Numbered, Remarked, Store, Tx, keyed::Keyed, on_read, on_tx};

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

/// What tells one value from another: index, year, province, source, mark, and what it contradicts.
type EditionKey = (String, i32, String, String, String, String);

fn key_of(edition: &Edition) -> EditionKey {
    // Two contradicting figures of one source are told apart by what they say.
    let contradicted = match edition.mark {
        Mark::Conflict => format!("{}/{}", edition.rank.unwrap_or(0), edition.score.unwrap_or(0)),
        Mark::Found | Mark::Derived => String::new(),
    };
    (
        edition.index.as_str().to_owned(),
        edition.year,
        edition.province_code.clone(),
        edition.source.clone(),
        edition.mark.as_str().to_owned(),
        contradicted,
    )
}

impl Keyed for Edition {
    type Key = EditionKey;
    const KIND: &'static str = "yearly-indexes";

    async fn stored(
        tx: &mut Tx,
        (index, year, province, source, mark, contradicted): &Self::Key,
    ) -> Result<Option<Self>, Error> {
        const STORED: &str = "select index_name, year, province_code, rank, rank_of, score, published_on, source, \
                              method, mark from yearly_indexes where index_name = $1 and year = $2 \
                              and province_code = $3 and source = $4 and mark = $5 and contradicted = $6";
        let stored: Option<EditionRow> = on_tx!(tx, conn => sqlx::query_as(STORED)
            .bind(index).bind(year).bind(province).bind(source).bind(mark).bind(contradicted)
            .fetch_optional(conn).await)?;
        Ok(stored.and_then(EditionRow::edition))
    }

    async fn write(
        &self,
        tx: &mut Tx,
        (index, year, province, source, mark, contradicted): &Self::Key,
        _batch_id: i64,
    ) -> Result<(), Error> {
        const WRITE: &str = "insert into yearly_indexes (index_name, year, province_code, source, rank, rank_of, score, \
                             published_on, method, mark, contradicted) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
                             on conflict (index_name, year, province_code, source, mark, contradicted) do update set rank = excluded.rank, \
                             rank_of = excluded.rank_of, score = excluded.score, published_on = excluded.published_on, \
                             method = excluded.method";
        on_tx!(tx, conn => sqlx::query(WRITE)
            .bind(index).bind(year).bind(province).bind(source).bind(self.rank).bind(self.of).bind(self.score)
            .bind(self.published_on).bind(&self.method).bind(mark).bind(contradicted).execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn remove(
        tx: &mut Tx,
        (index, year, province, source, mark, contradicted): &Self::Key,
    ) -> Result<bool, Error> {
        const REMOVE: &str = "delete from yearly_indexes where index_name = $1 and year = $2 \
                              and province_code = $3 and source = $4 and mark = $5 and contradicted = $6";
        on_tx!(tx, conn => sqlx::query(REMOVE)
            .bind(index).bind(year).bind(province).bind(source).bind(mark).bind(contradicted)
            .execute(conn).await.map(drop))?;
        Ok(true)
    }
}

impl Import {
    /// Takes yearly values in; one for each source.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_editions(&mut self, rows: Vec<Numbered<Edition>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        let rows = self.receipt.last_of_each(rows, |row| format!("{:?}", key_of(row)), &mut remarks);
        for Numbered { line, row: new } in rows {
            let key = key_of(&new);
            let stored = Edition::stored(&mut self.tx, &key).await?;
            self.put(line, &key, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }
}
