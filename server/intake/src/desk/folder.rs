//! Where files handed in are kept: a folder each, with the file, what is known of it, and what its import said.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tempfile::{NamedTempFile, TempPath};
use thuocdo::upload::{Reading, Said, Stage, Upload};
use tokio::{
    fs::File,
    io::{AsyncWrite, AsyncWriteExt as _, BufWriter},
};

use super::{Owner, Sender, is_file, shown_name};

/// How often an import is begun again after the server ended in the middle of it.
const ATTEMPTS: u32 = 3;

/// What is written down of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub upload: Upload,
    /// The system that sent it; `None` when a person handed it in.
    #[serde(default)]
    pub sender: Option<Sender>,
    /// The person who handed it in; `None` of old ones too.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// How often its import was begun.
    #[serde(default)]
    pub attempts: u32,
}

impl Kept {
    /// What becomes of an import that the server's end interrupted: it is begun again, a few times.
    pub(super) fn take_up(&mut self) {
        self.upload.stage = if self.attempts < ATTEMPTS {
            Stage::Queued
        } else {
            Stage::Failed(Said {
                vi: format!(
                    "máy chủ đã dừng {ATTEMPTS} lần khi đang nhập tệp này; không có dòng nào được nhập"
                ),
                en: format!(
                    "the server ended {ATTEMPTS} times while importing this file; nothing of it is in"
                ),
            })
        };
    }
}

/// Where a file comes from.
pub(super) enum From {
    /// Somebody handed it in, and says later how it is read.
    Person(Owner),
    /// A system sent it, and said how it is read.
    System(Sender, Reading),
}

/// The folder of all of them.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

/// A file on its way in. Dropped before it is handed in, it leaves nothing behind.
pub struct Incoming {
    file: BufWriter<File>,
    path: TempPath,
    bytes: u64,
}

impl Incoming {
    /// Adds bytes.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Puts everything on the disk.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub async fn finish(&mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.get_ref().sync_all().await
    }

    /// How many bytes came.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Where bytes go that somebody else writes.
    pub fn writer(&mut self) -> &mut (impl AsyncWrite + Unpin) {
        &mut self.file
    }
}

impl Folder {
    pub(super) fn open(path: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&path)?;
        only_for_us(&path)?;
        Ok(Self { path })
    }

    /// Every file there is, and a broom for what was never handed in.
    pub(super) fn all(&self) -> io::Result<Vec<Kept>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            let id = entry.file_name().to_str().and_then(|name| name.parse::<u64>().ok());
            match id {
                Some(id) => match self.read(id) {
                    Ok(kept) => all.push(kept),
                    Err(error) => tracing::warn!(id, %error, "a file handed in cannot be understood"),
                },
                None if is_file(&entry.path()) => fs::remove_file(entry.path())?,
                None => {}
            }
        }
        all.sort_unstable_by_key(|kept| kept.upload.id);
        Ok(all)
    }

    pub(super) fn incoming(&self) -> io::Result<Incoming> {
        let (file, path) =
            tempfile::Builder::new().prefix(".incoming-").tempfile_in(&self.path)?.into_parts();
        Ok(Incoming { file: BufWriter::with_capacity(1 << 18, File::from_std(file)), path, bytes: 0 })
    }

    /// Puts a file in its folder. What a system sent needs nobody to say how it is read, and waits for its turn.
    pub(super) fn hand_in(
        &self,
        incoming: Incoming,
        name: &str,
        received_on: NaiveDate,
        from: From,
    ) -> io::Result<Kept> {
        let (owner, sender, reading) = match from {
            From::Person(owner) => (Some(owner), None, None),
            From::System(sender, reading) => (None, Some(sender), Some(reading)),
        };
        let id = self.make()?;
        let bytes = incoming.bytes.max(incoming.path.metadata()?.len());
        incoming.path.persist(self.source(id)).map_err(|failed| failed.error)?;
        let upload = Upload {
            id,
            name: shown_name(name),
            bytes,
            received_on,
            stage: if sender.is_some() { Stage::Queued } else { Stage::Waiting },
            reading,
            said: Vec::new(),
        };
        let kept = Kept { upload, sender, owner, attempts: 0 };
        self.keep(&kept)?;
        Ok(kept)
    }

    /// Makes the next folder; whoever makes it owns its number, whatever other servers do at the same time.
    fn make(&self) -> io::Result<u64> {
        let mut last = 0;
        for entry in fs::read_dir(&self.path)? {
            let id = entry?.file_name().to_str().and_then(|name| name.parse::<u64>().ok());
            last = last.max(id.unwrap_or(0));
        }
        loop {
            last += 1;
            match fs::create_dir(self.path.join(last.to_string())) {
                Ok(()) => return Ok(last),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes down what is known of a file: the old words stand until the new ones are complete.
    pub(super) fn keep(&self, kept: &Kept) -> io::Result<()> {
        let folder = self.path.join(kept.upload.id.to_string());
        let mut file = NamedTempFile::new_in(&folder)?;
        serde_json::to_writer(&mut file, kept)?;
        file.as_file().sync_data()?;
        file.persist(folder.join("upload.json")).map_err(|failed| failed.error)?;
        Ok(())
    }

    fn read(&self, id: u64) -> io::Result<Kept> {
        let text = fs::read(self.path.join(id.to_string()).join("upload.json"))?;
        Ok(serde_json::from_slice(&text)?)
    }

    pub(super) fn discard(&self, id: u64) -> io::Result<()> {
        fs::remove_dir_all(self.path.join(id.to_string()))
    }

    /// Takes the file itself away once it is in: nothing of it is needed any more, and it may hold names of people.
    pub(super) fn forget_source(&self, id: u64) {
        if let Err(error) = fs::remove_file(self.source(id)) {
            tracing::warn!(id, %error, "a file that is imported was not removed");
        }
    }

    pub(super) fn source(&self, id: u64) -> PathBuf {
        self.path.join(id.to_string()).join("source")
    }

    pub(super) fn notes(&self, id: u64) -> PathBuf {
        self.path.join(id.to_string()).join("notes.csv")
    }

    pub(super) fn set_aside(&self, id: u64) -> PathBuf {
        self.path.join(id.to_string()).join("set-aside.csv")
    }
}

/// Files handed in may hold names and numbers of people.
#[cfg(unix)]
fn only_for_us(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn only_for_us(_path: &Path) -> io::Result<()> {
    Ok(())
}
