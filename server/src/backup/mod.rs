//! What a backup is: one ZIP with the parts of a database and a manifest that says what they are, so that a restore can
//! tell whether it is whole, and whether this program understands it, before anything is replaced.

pub mod archive;
pub mod files;
pub mod postgres;

use std::{
    io::{IsTerminal as _, stderr},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};

/// The edition of the ZIP and its manifest.
pub const FORMAT: u32 = 1;
/// Whose backup it is.
pub const PRODUCT: &str = "thuocdo";

/// What stands in `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// [`PRODUCT`].
    pub product: String,
    /// The version of the program that made it.
    pub version: String,
    /// What the parts are parts of.
    pub engine: Engine,
    /// When, in UTC.
    pub made_at: String,
    /// The parts.
    pub parts: Vec<Packed>,
}

/// The kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Each part is a database file.
    Sqlite,
    /// The part is what `pg_dump` wrote.
    Postgres,
}

/// A part in the ZIP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// What is in it.
    pub name: String,
    /// Its name in the ZIP.
    pub file: String,
    /// Its size, unpacked.
    pub bytes: u64,
    /// Its SHA-256, unpacked, in hexadecimal.
    pub sha256: String,
    /// The editions of its tables.
    pub migrations: Vec<i64>,
}

/// A part as it lies on the disk, ready to be packed.
#[derive(Debug, Clone)]
pub struct Piece {
    /// What is in it.
    pub name: &'static str,
    /// Its name in the ZIP.
    pub file: String,
    /// Where it is.
    pub path: PathBuf,
    /// The editions of its tables.
    pub migrations: Vec<i64>,
}

/// The engine of an address.
///
/// # Errors
/// When it is of no known kind.
pub fn engine(url: &str) -> anyhow::Result<Engine> {
    if url.starts_with("sqlite:") {
        Ok(Engine::Sqlite)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(Engine::Postgres)
    } else {
        Err(store::OpenError::UnknownScheme.into())
    }
}

/// How far a long piece of work is, and whether somebody said stop. Cheap to clone.
#[derive(Clone)]
pub struct Progress {
    bar: ProgressBar,
    is_stopped: Arc<AtomicBool>,
}

impl Progress {
    /// On a terminal a bar; for a script nothing.
    #[must_use]
    pub fn new(is_json: bool) -> Self {
        let bar =
            if is_json || !stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(0) };
        let style =
            ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, is_stopped: Arc::default() }
    }

    /// A new piece of work of so many bytes.
    pub fn begin(&self, what: &str, bytes: u64) {
        self.bar.set_message(what.to_owned());
        self.bar.set_length(bytes);
        self.bar.set_position(0);
    }

    /// So many bytes more are done.
    ///
    /// # Errors
    /// When somebody said stop.
    pub fn add(&self, bytes: u64) -> anyhow::Result<()> {
        self.bar.inc(bytes);
        if self.is_stopped.load(Ordering::Relaxed) {
            bail!("đã dừng theo yêu cầu; không có gì thay đổi / stopped as asked; nothing was changed");
        }
        Ok(())
    }

    /// Somebody said stop.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// There is no more to show.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
