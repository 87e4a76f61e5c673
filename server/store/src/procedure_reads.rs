//! What form II.07b is made from: every procedure with the agency in charge and what the list says of it.

use sqlx::FromRow;
use thuocdo::{
    agency::{self, Scope},
    forms::ii_07b::{Row, Unit},
};

use crate::{Error, Store, on_read, procedures::level_called};

#[derive(FromRow)]
struct ProcedureRead {
    unit_code: Option<String>,
    unit_name: Option<String>,
    unit_level: Option<i32>,
    level: Option<String>,
    is_one_stop: Option<bool>,
    has_internal_process: Option<bool>,
}

impl From<ProcedureRead> for Row {
    fn from(read: ProcedureRead) -> Self {
        let level = read.unit_level.and_then(agency::Level::from_number);
        let unit = read.unit_code.zip(read.unit_name).map(|(code, name)| Unit {
            code,
            name,
            level: level.unwrap_or(agency::Level::Unclassified),
        });
        Self {
            unit,
            level: read.level.as_deref().and_then(level_called),
            one_stop: read.is_one_stop,
            internal_process: read.has_internal_process,
        }
    }
}

impl Store {
    /// The procedures that an agency and those below it are in charge of; without an agency all in sight. A procedure of
    /// which nobody is in charge is the whole city's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn procedure_reads(&self, scope: &Scope, agency: Option<&str>) -> Result<Vec<Row>, Error> {
        const LIST: &str = "select a.code as unit_code, a.name as unit_name, a.level as unit_level, p.level, \
                            p.is_one_stop, p.has_internal_process \
                            from procedures p left join agencies a on a.agency_id = p.agency_id \
                            where ($1 is null or p.agency_id in \
                              (select agency_id from agencies_below where above_id = $1) \
                              or (p.agency_id is null and $1 in (select agency_id from agencies where level = $2))) \
                            order by p.code";
        let Some(below) = self.select(scope, agency).await?.below() else { return Ok(Vec::new()) };
        let city = agency::Level::City.number();
        let rows: Vec<ProcedureRead> =
            on_read!(self, pool => sqlx::query_as(LIST).bind(below).bind(city).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }
}
