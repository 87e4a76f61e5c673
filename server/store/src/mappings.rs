//! Mappings kept in the database: how another system's headers become ours.

use crate::{Error, Store, on_read, on_tx};

impl Store {
    /// The text of a mapping.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mapping(&self, name: &str) -> Result<Option<String>, Error> {
        const GET: &str = "select body from mappings where name = $1";
        Ok(on_read!(self, pool => sqlx::query_scalar(GET).bind(name).fetch_optional(pool).await)?)
    }

    /// The names of all mappings.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mapping_names(&self) -> Result<Vec<String>, Error> {
        const LIST: &str = "select name from mappings order by name";
        Ok(on_read!(self, pool => sqlx::query_scalar(LIST).fetch_all(pool).await)?)
    }

    /// Keeps a mapping under its name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_mapping(&self, name: &str, kind: &str, body: &str) -> Result<(), Error> {
        const KEEP: &str = "insert into mappings (name, kind, body) values ($1, $2, $3) \
                            on conflict (name) do update set kind = excluded.kind, body = excluded.body";
        let mut tx = self.begin().await?;
        on_tx!(&mut tx, conn => sqlx::query(KEEP).bind(name).bind(kind).bind(body).execute(conn).await.map(drop))?;
        tx.commit().await
    }
}
