//! The files of a SQLite database: copied away as they are at one moment, and put in the place of those that are there,
//! all of them or none.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use store::Part;
use tempfile::{NamedTempFile, TempPath};
use thuocdo::text::number;

use super::{
    Packed, Piece, Progress,
    archive::{Archive, folder_of},
};
use crate::disk;

/// Copies every part that is there into a folder.
///
/// # Errors
/// When the main one is absent, or one cannot be copied.
pub async fn copies(url: &str, folder: &Path) -> anyhow::Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    for part in store::parts(url)? {
        if !part.path.exists() {
            if part.name == "main" {
                let path = part.path.display();
                bail!(
                    "không có cơ sở dữ liệu {path}: kiểm tra --database-url / there is no database {path}: check --database-url"
                );
            }
            continue;
        }
        let file = format!("{}.db", part.name);
        let path = folder.join(&file);
        let migrations = part.copy_to(&path).await.with_context(|| {
            let folder = folder.display();
            format!("không sao chép được vào {folder} / it cannot be copied to {folder}")
        })?;
        pieces.push(Piece { name: part.name, file, path, migrations });
    }
    Ok(pieces)
}

/// Puts the parts of a backup in the place of the database of an address.
///
/// # Errors
/// When the backup is damaged or too new, there is data and `replace` is not set, somebody else has it open, or the disk is
/// in the way. What was there is still there then.
pub async fn restore(
    url: &str,
    from: &Path,
    archive: &mut Archive,
    replace: bool,
    progress: &Progress,
) -> anyhow::Result<()> {
    let known = store::parts(url)?;
    let mut wanted = Vec::new();
    for packed in archive.manifest.parts.clone() {
        // A part nobody here has heard of is of a newer program.
        let part = known.iter().find(|part| part.name == packed.name).ok_or(store::PartError::Newer)?;
        part.knows(&packed.migrations)?;
        wanted.push((part, packed));
    }
    if !wanted.iter().any(|(part, _)| part.name == "main") {
        bail!("bản sao lưu không có cơ sở dữ liệu chính / there is no main database in the backup");
    }
    for (part, _) in &wanted {
        if !replace && part.holds_data().await? {
            let path = part.path.display();
            bail!(
                "{path} đã có dữ liệu: sao lưu rồi thêm --replace, hoặc chọn nơi khác bằng --database-url / \
                 {path} holds data: back it up and add --replace, or choose another place by --database-url"
            );
        }
    }
    let folder = folder_of(&known[0].path).to_owned();
    fs::create_dir_all(&folder).with_context(|| {
        let folder = folder.display();
        format!("không tạo được thư mục {folder}: kiểm tra quyền ghi / the folder {folder} cannot be made: check rights")
    })?;
    has_room(&folder, wanted.iter().map(|(_, packed)| packed))?;
    let mut unpacked = Vec::new();
    for (part, packed) in wanted {
        let mut file = NamedTempFile::with_prefix_in(".thuocdo-restore-", &folder)
            .with_context(|| format!("không ghi được vào {0} / cannot write to {0}", folder.display()))?;
        archive.unpack(from, &packed, &mut file, progress)?;
        file.as_file().sync_all()?;
        let file = file.into_temp_path();
        part.check(&file).await?;
        belong_as_before(&file, &part.path);
        unpacked.push((part, file));
    }
    let mut holds = Vec::new();
    for (part, _) in &unpacked {
        holds.extend(part.hold().await?);
    }
    let replaced = replace_all(unpacked);
    for hold in holds {
        hold.let_go().await;
    }
    replaced.context(
        "không thay được tệp; cơ sở dữ liệu cũ còn nguyên / the files cannot be replaced; the old database is as it was",
    )?;
    // The names in a folder are on the disk when the folder is.
    File::open(&folder)?.sync_all()?;
    Ok(())
}

/// What an administrator puts back belongs to whom the old file belonged to, else to whom the folder does: the server runs as
/// somebody else.
#[cfg(unix)]
fn belong_as_before(file: &Path, target: &Path) {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let old = target.metadata();
    let Ok(owner) = old.as_ref().map_or_else(|_| folder_of(target).metadata(), |old| Ok(old.clone())) else {
        return;
    };
    // Who is not the administrator can give nothing away, and need not.
    let _ = chown(file, Some(owner.uid()), Some(owner.gid()));
    if let Ok(old) = old {
        let _ = fs::set_permissions(file, old.permissions());
    }
}

#[cfg(not(unix))]
fn belong_as_before(_file: &Path, _target: &Path) {}

fn has_room<'a>(folder: &Path, parts: impl Iterator<Item = &'a Packed>) -> anyhow::Result<()> {
    let needed: u64 = parts.map(|part| part.bytes).sum();
    if let Some(free) = disk::free(folder)?.filter(|free| *free < needed) {
        let mb = |bytes: u64| number(i64::try_from(bytes >> 20).unwrap_or(i64::MAX));
        let (needed, free, folder) = (mb(needed), mb(free), folder.display());
        bail!(
            "đĩa chứa {folder} còn {free} MB, cần {needed} MB: dọn chỗ rồi làm lại / \
             the disk of {folder} has {free} MB left, {needed} MB are needed: make room and try again"
        );
    }
    Ok(())
}

/// Puts each file in its place; when one cannot be, those before it are taken back.
fn replace_all(files: Vec<(&Part, TempPath)>) -> io::Result<()> {
    let mut done: Vec<(&Part, Option<PathBuf>)> = Vec::new();
    for (part, file) in files {
        let replaced = keep_old(part).and_then(|old| {
            // A log that some program left behind belongs to the file that goes.
            for beside in part.beside() {
                remove(&beside)?;
            }
            done.push((part, old));
            file.persist(&part.path).map_err(|failed| failed.error)
        });
        if let Err(error) = replaced {
            for (part, old) in done {
                let back = match old {
                    Some(old) => fs::rename(old, &part.path),
                    None => remove(&part.path),
                };
                if let Err(error) = back {
                    tracing::error!(part = part.name, %error, "an old file was not put back");
                }
            }
            return Err(error);
        }
    }
    for old in done.into_iter().filter_map(|(_, old)| old) {
        remove(&old)?;
    }
    Ok(())
}

/// A second name for the file that is there, so that it can be put back.
fn keep_old(part: &Part) -> io::Result<Option<PathBuf>> {
    if !part.path.exists() {
        return Ok(None);
    }
    let mut name = part.path.clone().into_os_string();
    name.push(".before-restore");
    let old = PathBuf::from(name);
    remove(&old)?;
    fs::hard_link(&part.path, &old)?;
    Ok(Some(old))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
