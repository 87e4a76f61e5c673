//! The desk where files are handed in: each is kept in a folder of its own, looked at, imported when its turn comes, and
//! remembered with what came of it. Closing a page, or the server, loses nothing.
//!
//! ```text
//! receive → Waiting → (looked at, told how to read it) → Queued → Running → Done or Failed
//! ```
//!
//! Invariant: one import writes at a time; what is not committed when the server ends is imported again at its next
//! start, and the same file imported twice changes nothing.

mod closing;
mod folder;
mod look;
mod metrics;
mod notes;
mod work;

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use store::Store;
use thuocdo::{
    agency::Scope,
    upload::{Look, Often, Reading, Said, Stage, Upload},
};
use tokio::sync::mpsc;

use self::closing::Closing;
use self::folder::{From, Kept};
pub use self::{
    folder::{Folder, Incoming},
    metrics::describe_metrics,
};
use crate::{FileError, Mapping};

/// Days, one after the other; the server's clock or a test's.
pub type Clock = Arc<dyn Fn() -> NaiveDate + Send + Sync>;

/// Why a file cannot be handed in, or nothing can be done with it.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// There is no such file, or no longer.
    #[error("không còn tệp này; hãy nộp lại / this file is no longer here; hand it in again")]
    Gone,
    /// It is being imported, or is in already.
    #[error("tệp đang được nhập hoặc đã nhập xong / the file is being imported, or is in already")]
    Busy,
    /// Its kind or mapping is unknown.
    #[error("không có loại dữ liệu hoặc ánh xạ này / there is no such kind of data or mapping")]
    UnknownReading,
    /// Its kind is not one that somebody bound to an agency brings.
    #[error(
        "tài khoản gắn với một đơn vị chỉ nhập hồ sơ, phản ánh, đối thoại và khảo sát / \
         an account bound to an agency imports case files, petitions, dialogues and surveys alone"
    )]
    NotForAgency,
    /// The file as a whole.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The folder of files handed in.
    #[error(
        "không ghi được tệp vào thư mục nhận tệp: kiểm tra dung lượng đĩa và quyền ghi / \
         the file cannot be kept: check the disk and that its folder can be written"
    )]
    Io(#[from] io::Error),
}

/// A system that sends data by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Its name.
    pub system: String,
    /// What it calls this sending, so that the same one twice is taken once.
    pub key: Option<String>,
}

/// A person who handed a file in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The sign-in name.
    pub name: String,
    /// The agency that the person is bound to; none is the whole city.
    pub agency: Option<String>,
}

/// The kinds that somebody bound to an agency brings: each row says of which agency it is.
const OF_AN_AGENCY: [crate::Kind; 4] =
    [crate::Kind::CaseFiles, crate::Kind::Petitions, crate::Kind::Dialogues, crate::Kind::Surveys];

/// The desk. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    store: Store,
    clock: Clock,
    folder: Folder,
    entries: Arc<Mutex<BTreeMap<u64, Entry>>>,
    queue: mpsc::UnboundedSender<u64>,
    closing: Arc<Closing>,
}

/// A file at the desk.
#[derive(Clone)]
struct Entry {
    kept: Kept,
    /// Set when somebody says stop.
    is_stopped: Arc<AtomicBool>,
}

impl Entry {
    fn is_seen(&self, scope: &Scope) -> bool {
        match scope {
            Scope::All => true,
            Scope::Below(code) => self.agency() == Some(code),
            Scope::Public => false,
        }
    }

    /// The agency that whoever handed it in is bound to.
    fn agency(&self) -> Option<&String> {
        self.kept.owner.as_ref().and_then(|owner| owner.agency.as_ref())
    }

    /// Who brings it, for the batch.
    fn brought_by(&self) -> &str {
        let system = self.kept.sender.as_ref().map(|sender| &sender.system);
        self.kept.owner.as_ref().map(|owner| &owner.name).or(system).map_or("", String::as_str)
    }
}

impl Desk {
    /// Opens the desk over a folder, takes up what was left there, and begins to work.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn open(store: Store, path: PathBuf, clock: Clock) -> io::Result<Self> {
        let folder = Folder::open(path)?;
        let (queue, turns) = mpsc::unbounded_channel();
        let mut entries = BTreeMap::new();
        for mut kept in folder.all()? {
            if kept.upload.stage.is_moving() {
                kept.take_up();
                folder.keep(&kept)?;
            }
            if kept.upload.stage == Stage::Queued {
                // Somebody listens: the receiver goes to the worker below.
                let _ = queue.send(kept.upload.id);
            }
            entries.insert(kept.upload.id, Entry { kept, is_stopped: Arc::default() });
        }
        let entries = Arc::new(Mutex::new(entries));
        let desk = Self { store, clock, folder, entries, queue, closing: Arc::default() };
        tokio::spawn(work::run(desk.clone(), turns));
        Ok(desk)
    }

    /// Begins to take a file in: write its bytes to what comes back, then [`hand_in`](Self::hand_in) that.
    ///
    /// # Errors
    /// When there is no place for it.
    pub fn incoming(&self) -> Result<Incoming, DeskError> {
        Ok(self.folder.incoming()?)
    }

    /// Takes in a file that is complete, under the name it came with.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn hand_in(&self, incoming: Incoming, name: &str, owner: Owner) -> Result<Upload, DeskError> {
        let kept = self.folder.hand_in(incoming, name, (self.clock)(), From::Person(owner))?;
        let upload = kept.upload.clone();
        self.entries().insert(upload.id, Entry { kept, is_stopped: Arc::default() });
        Ok(upload)
    }

    /// Takes in what a system sent and puts it in the queue; what it sent before under the same key is given back instead.
    ///
    /// # Errors
    /// When its kind or mapping is unknown, or it cannot be kept.
    pub async fn send_in(
        &self,
        incoming: Incoming,
        name: &str,
        sender: Sender,
        reading: Reading,
    ) -> Result<Upload, DeskError> {
        self.check(&reading).await?;
        let upload = {
            let mut entries = self.entries();
            // Asked again under the lock: the same sending may have come in meanwhile.
            let before = sender.key.as_deref().and_then(|key| sent(&entries, &sender.system, key));
            if let Some(upload) = before {
                return Ok(upload);
            }
            let kept = self.folder.hand_in(incoming, name, (self.clock)(), From::System(sender, reading))?;
            let upload = kept.upload.clone();
            entries.insert(upload.id, Entry { kept, is_stopped: Arc::default() });
            upload
        };
        self.queue.send(upload.id).map_err(|_| DeskError::Gone)?;
        Ok(upload)
    }

    /// What a system sent under a key.
    #[must_use]
    pub fn sent(&self, system: &str, key: &str) -> Option<Upload> {
        sent(&self.entries(), system, key)
    }

    /// A file, if a system sent it.
    #[must_use]
    pub fn sent_by(&self, system: &str, id: u64) -> Option<Upload> {
        let entries = self.entries();
        let entry = entries.get(&id)?;
        let is_own = entry.kept.sender.as_ref().is_some_and(|sender| sender.system == system);
        is_own.then(|| entry.kept.upload.clone())
    }

    /// Every file in sight, the newest first.
    #[must_use]
    pub fn uploads(&self, scope: &Scope) -> Vec<Upload> {
        let entries = self.entries();
        let seen = entries.values().rev().filter(|entry| entry.is_seen(scope));
        seen.map(|entry| entry.kept.upload.clone()).collect()
    }

    /// Whether a file is there and in sight: somebody bound to an agency sees what its own people handed in.
    #[must_use]
    pub fn sees(&self, scope: &Scope, id: u64) -> bool {
        self.entries().get(&id).is_some_and(|entry| entry.is_seen(scope))
    }

    /// One file.
    #[must_use]
    pub fn upload(&self, id: u64) -> Option<Upload> {
        self.entries().get(&id).map(|entry| entry.kept.upload.clone())
    }

    /// Looks at a file as it would be read; without a reading as what its header fits best, which is remembered.
    ///
    /// # Errors
    /// When it is gone, its kind or mapping is unknown, or the database fails. What is wrong with the file itself stands
    /// in the look.
    pub async fn look(&self, id: u64, reading: Option<Reading>) -> Result<(Reading, Look), DeskError> {
        let entry = self.entry(id)?;
        let mappings = self.mappings().await?;
        let today = (self.clock)();
        let path = self.folder.source(id);
        let reading = reading.or(entry.kept.upload.reading);
        let looked = tokio::task::spawn_blocking(move || look::look(&path, reading, &mappings, today)).await;
        looked.map_err(|_| DeskError::Gone)?
    }

    /// Puts a file in the queue.
    ///
    /// # Errors
    /// When it is gone, moving or in already, or its kind or mapping is unknown.
    pub async fn start(&self, id: u64, reading: Reading) -> Result<(), DeskError> {
        self.check(&reading).await?;
        self.change(id, |entry| {
            let kind = reading.kind.parse().map_err(|_| DeskError::UnknownReading)?;
            if entry.agency().is_some() && !OF_AN_AGENCY.contains(&kind) {
                return Err(DeskError::NotForAgency);
            }
            if !matches!(entry.kept.upload.stage, Stage::Waiting | Stage::Failed(_)) {
                return Err(DeskError::Busy);
            }
            entry.kept.upload.reading = Some(reading);
            entry.kept.upload.stage = Stage::Queued;
            entry.kept.attempts = 0;
            entry.is_stopped.store(false, Ordering::Relaxed);
            Ok(())
        })?;
        self.queue.send(id).map_err(|_| DeskError::Gone)
    }

    /// Stops an import that waits or runs: nothing of it is in then.
    ///
    /// # Errors
    /// When the file is gone.
    pub fn stop(&self, id: u64) -> Result<(), DeskError> {
        self.change(id, |entry| {
            entry.is_stopped.store(true, Ordering::Relaxed);
            if entry.kept.upload.stage == Stage::Queued {
                entry.kept.upload.stage = Stage::Waiting;
            }
            Ok(())
        })
    }

    /// Throws a file away, with all that is kept of it; what it brought in stays in.
    ///
    /// # Errors
    /// When it is gone already, or being imported.
    pub fn discard(&self, id: u64) -> Result<(), DeskError> {
        let mut entries = self.entries();
        let entry = entries.get(&id).ok_or(DeskError::Gone)?;
        if entry.kept.upload.stage.is_moving() {
            return Err(DeskError::Busy);
        }
        self.folder.discard(id)?;
        entries.remove(&id);
        Ok(())
    }

    /// Throws away what came before a day and is not being imported, with all that is kept of it: rows as they came may hold
    /// names. What it brought in stays in. Says how many files it was.
    pub fn forget_before(&self, day: NaiveDate) -> usize {
        let old: Vec<u64> = {
            let entries = self.entries();
            let old = entries.values().filter(|entry| entry.kept.upload.received_on < day);
            old.map(|entry| entry.kept.upload.id).collect()
        };
        let forgotten = old.into_iter().filter(|id| match self.discard(*id) {
            Ok(()) => true,
            Err(DeskError::Busy | DeskError::Gone) => false,
            Err(error) => {
                tracing::warn!(%error, id, "an old file handed in cannot be thrown away");
                false
            }
        });
        forgotten.count()
    }

    /// Where everything said of a file's rows stands, as CSV.
    #[must_use]
    pub fn notes_file(&self, id: u64) -> Option<PathBuf> {
        self.entries().contains_key(&id).then(|| self.folder.notes(id)).filter(|path| path.exists())
    }

    /// Where the rows that were set aside stand, as CSV.
    #[must_use]
    pub fn set_aside_file(&self, id: u64) -> Option<PathBuf> {
        self.entries().contains_key(&id).then(|| self.folder.set_aside(id)).filter(|path| path.exists())
    }

    /// Refuses a kind or a mapping nobody knows.
    async fn check(&self, reading: &Reading) -> Result<(), DeskError> {
        reading.kind.parse::<crate::Kind>().map_err(|_| DeskError::UnknownReading)?;
        match &reading.mapping {
            // PostgreSQL takes no question about a name that holds one.
            Some(name) if name.contains('\0') => Err(DeskError::UnknownReading),
            Some(name) if self.store.mapping(name).await?.is_none() => Err(DeskError::UnknownReading),
            _ => Ok(()),
        }
    }

    /// The stored mappings that can be read.
    async fn mappings(&self) -> Result<Vec<(String, Mapping)>, DeskError> {
        let mut mappings = Vec::new();
        for name in self.store.mapping_names().await? {
            let Some(text) = self.store.mapping(&name).await? else { continue };
            match Mapping::parse(&text) {
                Ok(mapping) => mappings.push((name, mapping)),
                Err(error) => tracing::warn!(%name, %error, "a stored mapping cannot be read"),
            }
        }
        Ok(mappings)
    }

    fn entry(&self, id: u64) -> Result<Entry, DeskError> {
        self.entries().get(&id).cloned().ok_or(DeskError::Gone)
    }

    /// Changes an entry and writes it down.
    fn change(
        &self,
        id: u64,
        change: impl FnOnce(&mut Entry) -> Result<(), DeskError>,
    ) -> Result<(), DeskError> {
        let mut entries = self.entries();
        let entry = entries.get_mut(&id).ok_or(DeskError::Gone)?;
        let mut changed = entry.clone();
        change(&mut changed)?;
        self.folder.keep(&changed.kept)?;
        *entry = changed;
        Ok(())
    }

    /// Shows what was said of a file's rows; it is written down with what comes of the import.
    fn tell(&self, id: u64, said: Vec<Often>) {
        if let Some(entry) = self.entries().get_mut(&id) {
            entry.kept.upload.said = said;
        }
    }

    /// Shows how far an import is; nothing is written down.
    fn show(&self, id: u64, stage: Stage) {
        if let Some(entry) = self.entries().get_mut(&id) {
            entry.kept.upload.stage = stage;
        }
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<u64, Entry>> {
        // Each change is whole or not at all: a panic elsewhere leaves nothing half done here.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sent(entries: &BTreeMap<u64, Entry>, system: &str, key: &str) -> Option<Upload> {
    let is_it = |sender: &Sender| sender.system == system && sender.key.as_deref() == Some(key);
    let entry = entries.values().find(|entry| entry.kept.sender.as_ref().is_some_and(is_it))?;
    Some(entry.kept.upload.clone())
}

/// A message in both languages, out of one that holds the two.
fn said(message: &str) -> Said {
    let (vi, en) = crate::halves(message);
    Said { vi: vi.to_owned(), en: en.to_owned() }
}

/// A name as a page may show it: without folders, control characters, or more than 200 letters.
fn shown_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    if name.trim().is_empty() { "tệp".to_owned() } else { name }
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| found.is_file())
}
