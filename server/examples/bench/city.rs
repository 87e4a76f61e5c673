//! An invented city over a database of its own, its case files imported from a file.

use std::path::{Path, PathBuf};

use server::{commands::demo, seed};
use store::Store;

use crate::{files::Files, path, program::Program};

pub struct City {
    pub url: String,
    pub path: PathBuf,
    /// Rows a second of its import.
    pub pace: f64,
    /// The most memory that it had, in MB.
    pub peak: u64,
    /// The number that the batch after it will have.
    pub next_batch: i64,
}

impl City {
    pub async fn new(program: &Program, folder: &Path, files: &Files) -> anyhow::Result<Self> {
        let path = folder.join(format!("{}.db", files.rows));
        remove(&path);
        remove(&path.with_extension("people.db"));
        let url = format!("sqlite://{}", path.display());
        Ok(Self { path, ..Self::at(program, &url, files).await? })
    }

    /// Forgets whoever has an account, so that again nobody has to sign in.
    pub fn forget_people(&self) {
        remove(&self.path.with_extension("people.db"));
    }

    /// One that an earlier run left behind.
    pub fn in_place(folder: &Path, files: &Files) -> Self {
        let path = folder.join(format!("{}.db", files.rows));
        Self { url: format!("sqlite://{}", path.display()), path, pace: 0.0, peak: 0, next_batch: 0 }
    }

    pub async fn at(program: &Program, url: &str, files: &Files) -> anyhow::Result<Self> {
        // On any day the same city.
        let today = "2024-01-15".parse()?;
        let store = Store::open(url).await?;
        seed::plant(&store, today).await?;
        demo::fill(&store, 0, today).await?;
        store.close().await;
        let ran = program.timed(url, &["import", "case-files", path(&files.first)?, "--json"])?;
        let store = Store::open(url).await?;
        let next_batch = store.batches(1).await?.first().map_or(0, |batch| batch.batch_id) + 1;
        store.close().await;
        Ok(Self {
            url: url.to_owned(),
            path: PathBuf::new(),
            pace: files.rows as f64 / ran.took.as_secs_f64(),
            peak: ran.peak,
            next_batch,
        })
    }
}

/// Removes a database, if it is there.
fn remove(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
}
