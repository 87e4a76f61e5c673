//! The published facts that even an empty installation carries: days off, the plan of 2023, the yearly indexes; and
//! the mappings that ship as examples.

use std::io::Write as _;

use anyhow::Context;
use chrono::NaiveDate;
use store::Store;

use intake::{Kind, Reader};

const FACTS: [(Kind, &str, &str); 3] = [
    (Kind::Holidays, "holidays.csv", include_str!("../seed/holidays.csv")),
    (Kind::Targets, "targets.csv", include_str!("../seed/targets.csv")),
    (Kind::YearlyIndexes, "yearly-indexes.csv", include_str!("../seed/yearly-indexes.csv")),
];

const MAPPINGS: [(&str, &str, &str); 2] = [
    ("boston-311-case-files", "case-files", include_str!("../mappings/boston-311-case-files.toml")),
    ("boston-311-petitions", "petitions", include_str!("../mappings/boston-311-petitions.toml")),
];

/// Puts the published facts into a new database; one that has been used is left as it is.
///
/// # Errors
/// When the database fails.
pub async fn plant(store: &Store, today: NaiveDate) -> anyhow::Result<()> {
    if !store.batches(1).await?.is_empty() {
        return Ok(());
    }
    for (kind, name, text) in FACTS {
        let mut file = tempfile::NamedTempFile::new().context("a file for the seeds")?;
        file.write_all(text.as_bytes())?;
        let reader = Reader::open(file.path(), kind, None, today)?;
        let import = store.import(kind.as_str(), name, today).await?;
        intake::take_in(import, reader, true, |_| Ok(())).await?;
    }
    for (name, kind, body) in MAPPINGS {
        store.keep_mapping(name, kind, body).await?;
    }
    Ok(())
}
