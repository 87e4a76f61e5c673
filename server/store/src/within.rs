//! Who brings rows, and of which agencies: somebody bound to one brings rows of it and of what is below, and changes no others.

use std::collections::HashSet;

use sqlx::QueryBuilder;

use crate::{Error, Import, Remark, Remarked, Tx, agencies::push_list, on_tx};

/// A row as far as it matters whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// Its line.
    pub line: u64,
    /// The agency it says it is of.
    pub agency_code: String,
    /// What it is known by; empty where rows are not known by a code of their own.
    pub code: String,
}

impl Import {
    /// Says who brings the rows. With an agency, rows of it and of what is below come in, and no others.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn on_behalf_of(&mut self, name: &str, agency_code: Option<&str>) -> Result<(), Error> {
        const NOTE: &str = "update batches set brought_by = $2, agency_code = $3 where batch_id = $1";
        const BELOW: &str = "select a.code from agencies_below b join agencies a on a.agency_id = b.agency_id \
                             join agencies t on t.agency_id = b.above_id where t.code = $1";
        let batch_id = self.receipt.batch_id;
        on_tx!(&mut self.tx, conn =>
            sqlx::query(NOTE).bind(batch_id).bind(name).bind(agency_code).execute(conn).await.map(drop))?;
        if let Some(code) = agency_code {
            let codes: Vec<String> =
                on_tx!(&mut self.tx, conn => sqlx::query_scalar(BELOW).bind(code).fetch_all(conn).await)?;
            self.within = Some(codes.into_iter().collect());
        }
        Ok(())
    }

    /// Whether only some agencies' rows come in.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.within.is_some()
    }

    /// The rows that may not come in: of an agency out of reach, or under the code of a row of one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outside(&mut self, kind: &str, rows: &[Whose]) -> Result<Vec<Remarked>, Error> {
        let Some(within) = &self.within else { return Ok(Vec::new()) };
        let codes: Vec<&str> =
            rows.iter().map(|row| row.code.as_str()).filter(|code| !code.is_empty()).collect();
        let taken = self.tx.codes_outside(kind, &codes, within).await?;
        let outside = rows.iter().filter_map(|row| {
            let why = if within.contains(&row.agency_code) {
                taken.contains(&row.code).then(|| Remark::TakenElsewhere(row.code.clone()))
            } else {
                Some(Remark::OutOfReach(row.agency_code.clone()))
            };
            why.map(|remark| Remarked { line: row.line, remark, is_set_aside: true })
        });
        Ok(outside.collect())
    }
}

impl Tx {
    /// Of some codes those whose row is of an agency that is not among those allowed.
    async fn codes_outside(
        &mut self,
        kind: &str,
        codes: &[&str],
        within: &HashSet<String>,
    ) -> Result<HashSet<String>, Error> {
        let (table, column) = match kind {
            "case-files" => ("case_files", "case_code"),
            "petitions" => ("petitions", "petition_code"),
            "dialogues" => ("dialogues", "dialogue_code"),
            _ => return Ok(HashSet::new()),
        };
        if codes.is_empty() {
            return Ok(HashSet::new());
        }
        let owned: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        let sql = format!(
            "select t.{column}, a.code from {table} t join agencies a on a.agency_id = t.agency_id where t.{column} in "
        );
        let found: Vec<(String, String)> = on_tx!(self, conn => {
            let mut query = QueryBuilder::new(sql);
            push_list(&mut query, owned);
            query.build_query_as().fetch_all(conn).await
        })?;
        Ok(found.into_iter().filter(|(_, agency)| !within.contains(agency)).map(|(code, _)| code).collect())
    }
}
