//! Briefs that were signed, what stands around them, and what meetings concluded.

use chrono::NaiveDate;
use thuocdo::{
    brief::{Conclusion, Frozen, Letterhead},
    period::Period,
};

use crate::{Error, Store, on_read, on_tx};

/// Where the letterhead is kept among the settings.
const LETTERHEAD: &str = "letterhead";

impl Store {
    /// The letterhead; empty until it is filled in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letterhead(&self) -> Result<Letterhead, Error> {
        const GET: &str = "select value from settings where name = $1";
        let kept: Option<String> =
            on_read!(self, pool => sqlx::query_scalar(GET).bind(LETTERHEAD).fetch_optional(pool).await)?;
        kept.map_or_else(|| Ok(Letterhead::default()), |json| read(&json))
    }

    /// Keeps a letterhead in the place of the one before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_letterhead(&self, letterhead: &Letterhead) -> Result<(), Error> {
        const KEEP: &str = "insert into settings (name, value) values ($1, $2) \
                            on conflict (name) do update set value = excluded.value";
        let json = written(letterhead)?;
        let mut tx = self.begin().await?;
        on_tx!(&mut tx, conn => sqlx::query(KEEP).bind(LETTERHEAD).bind(json).execute(conn).await.map(drop))?;
        tx.commit().await
    }

    /// The months whose brief was signed, the newest first, with the day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn frozen_months(&self) -> Result<Vec<(Period, NaiveDate)>, Error> {
        const LIST: &str = "select month, frozen_on from frozen_briefs order by month desc";
        let rows: Vec<(String, NaiveDate)> =
            on_read!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        rows.into_iter().map(|(month, on)| Ok((parsed(&month)?, on))).collect()
    }

    /// The signed brief of a month.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn frozen_brief(&self, month: Period) -> Result<Option<Frozen>, Error> {
        const GET: &str = "select brief from frozen_briefs where month = $1";
        let kept: Option<String> = on_read!(self, pool =>
            sqlx::query_scalar(GET).bind(month.to_string()).fetch_optional(pool).await)?;
        kept.map(|json| read(&json)).transpose()
    }

    /// Keeps a signed brief. `false` when the month has one: of two people the first is the one who signed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn freeze_brief(&self, month: Period, frozen: &Frozen) -> Result<bool, Error> {
        const KEEP: &str = "insert into frozen_briefs (month, frozen_on, brief) values ($1, $2, $3) \
                            on conflict (month) do nothing";
        let json = written(frozen)?;
        let mut tx = self.begin().await?;
        let kept = on_tx!(&mut tx, conn => sqlx::query(KEEP)
            .bind(month.to_string()).bind(frozen.on).bind(json)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(kept > 0)
    }

    /// What meetings concluded, the newest month first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn conclusions(&self) -> Result<Vec<Conclusion>, Error> {
        const LIST: &str = "select month, indicator, conclusion, owner, deadline from conclusions \
                            order by month desc, indicator";
        let rows: Vec<(String, String, String, String, Option<NaiveDate>)> =
            on_read!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        let conclusion = |(month, indicator, conclusion, owner, deadline): (String, String, _, _, _)| {
            Ok(Conclusion {
                month: parsed(&month)?,
                indicator: parsed(&indicator)?,
                conclusion,
                owner,
                deadline,
            })
        };
        rows.into_iter().map(conclusion).collect()
    }

    /// Keeps a conclusion in the place of the one before about the same target and month; one that says nothing is taken
    /// away.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_conclusion(&self, kept: &Conclusion) -> Result<(), Error> {
        const KEEP: &str = "insert into conclusions (month, indicator, conclusion, owner, deadline) \
                            values ($1, $2, $3, $4, $5) on conflict (month, indicator) do update set \
                            conclusion = excluded.conclusion, owner = excluded.owner, deadline = excluded.deadline";
        const DROP: &str = "delete from conclusions where month = $1 and indicator = $2";
        let mut tx = self.begin().await?;
        let (month, indicator) = (kept.month.to_string(), kept.indicator.as_str());
        if kept.says_nothing() {
            on_tx!(&mut tx, conn =>
                sqlx::query(DROP).bind(month).bind(indicator).execute(conn).await.map(drop))?;
        } else {
            on_tx!(&mut tx, conn => sqlx::query(KEEP)
                .bind(month).bind(indicator).bind(&kept.conclusion).bind(&kept.owner).bind(kept.deadline)
                .execute(conn).await.map(drop))?;
        }
        tx.commit().await
    }
}

fn written(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()).into())
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()).into())
}

fn parsed<T>(text: &str) -> Result<T, Error>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    text.parse().map_err(|error: T::Err| sqlx::Error::Decode(error.into()).into())
}
