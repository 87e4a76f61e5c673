//! Small facts about the whole database: its data version, and whether its data are invented.

use crate::{Error, Store, Tx, on_read, on_tx};

const DATA_VERSION: &str = "data_version";
const INVENTED: &str = "invented";

impl Store {
    /// A number that changes whenever a batch changed something: the key of every cache.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn data_version(&self) -> Result<i64, Error> {
        Ok(self.setting(DATA_VERSION).await?.and_then(|value| value.parse().ok()).unwrap_or(0))
    }

    /// Whether the data were made up by `thuocdo demo`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_invented(&self) -> Result<bool, Error> {
        Ok(self.setting(INVENTED).await?.is_some())
    }

    async fn setting(&self, name: &str) -> Result<Option<String>, Error> {
        const GET: &str = "select value from settings where name = $1";
        Ok(on_read!(self, pool => sqlx::query_scalar(GET).bind(name).fetch_optional(pool).await)?)
    }
}

impl Tx {
    /// Tells every cache that the data are no longer what they were.
    pub(crate) async fn bump_data_version(&mut self) -> Result<(), Error> {
        const BUMP: &str = "insert into settings (name, value) values ($1, '1') on conflict (name) do update \
                            set value = cast(cast(settings.value as bigint) + 1 as text)";
        on_tx!(self, conn => sqlx::query(BUMP).bind(DATA_VERSION).execute(conn).await.map(drop))?;
        Ok(())
    }

    /// Marks the data as invented, for good.
    pub(crate) async fn mark_invented(&mut self) -> Result<(), Error> {
        const MARK: &str =
            "insert into settings (name, value) values ($1, 'demo') on conflict (name) do nothing";
        on_tx!(self, conn => sqlx::query(MARK).bind(INVENTED).execute(conn).await.map(drop))?;
        Ok(())
    }
}
