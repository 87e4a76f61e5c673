//! The ZIP of a backup: written part by part with their sums, read with every sum checked.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    path::Path,
};

use anyhow::{Context as _, anyhow, bail};
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{Engine, FORMAT, Manifest, PRODUCT, Packed, Piece, Progress};
use crate::clock;

/// The manifest's name in the ZIP.
const MANIFEST: &str = "manifest.json";
/// No manifest is larger.
const LARGEST_MANIFEST: u64 = 1 << 20;
/// Counters pack well at the lowest level, and a higher one takes several times as long.
const LEVEL: i64 = 1;

/// Packs the pieces into a file that must not be there yet, and that is there only when it is whole.
///
/// # Errors
/// When there is such a file, it cannot be written, or somebody says stop.
pub fn write(
    out: &Path,
    engine: Engine,
    pieces: &[Piece],
    progress: &Progress,
) -> anyhow::Result<(Manifest, u64)> {
    let unwritten = || {
        let out = out.display();
        format!(
            "không ghi được bản sao lưu {out}: kiểm tra dung lượng đĩa và quyền ghi / \
             the backup {out} cannot be written: check the disk's free space and rights"
        )
    };
    let mut file =
        NamedTempFile::with_prefix_in(".thuocdo-backup-", folder_of(out)).with_context(unwritten)?;
    let mut zip = ZipWriter::new(&mut file);
    let manifest = match pack(&mut zip, engine, pieces, progress, unwritten) {
        Ok(manifest) => manifest,
        Err(error) => {
            // Dropped, it would try to end the ZIP, and complain of the disk once more.
            std::mem::forget(zip);
            return Err(error);
        }
    };
    zip.finish().map_err(io::Error::from).with_context(unwritten)?;
    // A backup that a loss of power takes away again is none.
    file.as_file().sync_all().with_context(unwritten)?;
    let bytes = file.as_file().metadata().with_context(unwritten)?.len();
    match file.persist_noclobber(out) {
        Ok(_) => Ok((manifest, bytes)),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Err(taken(out)),
        Err(failed) => Err(failed.error).with_context(unwritten),
    }
}

fn pack(
    zip: &mut ZipWriter<&mut NamedTempFile>,
    engine: Engine,
    pieces: &[Piece],
    progress: &Progress,
    unwritten: impl Fn() -> String,
) -> anyhow::Result<Manifest> {
    let mut parts = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let mut source = File::open(&piece.path).with_context(&unwritten)?;
        progress.begin(&piece.file, source.metadata().with_context(&unwritten)?.len());
        zip.start_file(&*piece.file, options()).map_err(io::Error::from).with_context(&unwritten)?;
        let (bytes, sha256) = copy(&mut source, zip, progress, &unwritten)?;
        parts.push(Packed {
            name: piece.name.to_owned(),
            file: piece.file.clone(),
            bytes,
            sha256,
            migrations: piece.migrations.clone(),
        });
    }
    let manifest = Manifest {
        format: FORMAT,
        product: PRODUCT.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine,
        made_at: clock::moment().format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        parts,
    };
    zip.start_file(MANIFEST, options()).map_err(io::Error::from).with_context(&unwritten)?;
    zip.write_all(&serde_json::to_vec_pretty(&manifest)?).with_context(&unwritten)?;
    Ok(manifest)
}

/// Refuses to write over a file: it may be the only other backup there is.
///
/// # Errors
/// When the file is there, or its folder is not.
pub fn is_free(out: &Path) -> anyhow::Result<()> {
    if out.exists() {
        return Err(taken(out));
    }
    let folder = folder_of(out);
    if !folder.is_dir() {
        let folder = folder.display();
        bail!("không có thư mục {folder}: tạo thư mục trước / there is no folder {folder}: make it first");
    }
    Ok(())
}

fn taken(out: &Path) -> anyhow::Error {
    let out = out.display();
    anyhow!(
        "đã có tệp {out}: chọn tên khác, tệp cũ không bị ghi đè / there is a file {out} already: choose another name, it is \
         not overwritten"
    )
}

/// The folder that a file is in.
#[must_use]
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .large_file(true)
        .unix_permissions(0o600)
}

/// A backup that is being read.
pub struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// What it says it holds.
    pub manifest: Manifest,
}

impl Archive {
    /// Opens a backup and reads its manifest.
    ///
    /// # Errors
    /// When it cannot be read, is no backup, or was made by a newer program.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let file = File::open(path).with_context(|| {
            format!("không đọc được {shown}: kiểm tra đường dẫn và quyền đọc / {shown} cannot be read: check its path and rights")
        })?;
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(path, &error))?;
        let mut text = Vec::new();
        match zip.by_name(MANIFEST) {
            Ok(part) => {
                part.take(LARGEST_MANIFEST).read_to_end(&mut text).map_err(|error| damaged(path, &error))?
            }
            Err(ZipError::FileNotFound) => bail!(
                "{shown} không phải là bản sao lưu của Thước Đo (thiếu {MANIFEST}) / {shown} is no backup of Thước Đo \
                 (there is no {MANIFEST} in it)"
            ),
            Err(error) => return Err(damaged(path, &error)),
        };
        // What a newer program writes may look different: its edition is read before the rest.
        let manifest: serde_json::Value =
            serde_json::from_slice(&text).map_err(|error| damaged(path, &error))?;
        if manifest["product"] != PRODUCT {
            bail!("{shown} không phải là bản sao lưu của Thước Đo / {shown} is no backup of Thước Đo");
        }
        if manifest["format"].as_u64().is_none_or(|format| format > u64::from(FORMAT)) {
            return Err(store::PartError::Newer.into());
        }
        let manifest = serde_json::from_value(manifest).map_err(|error| damaged(path, &error))?;
        Ok(Self { zip, manifest })
    }

    /// Unpacks a part, and compares its size and sum with the manifest.
    ///
    /// # Errors
    /// When the backup is damaged, there is no room, or somebody says stop.
    pub fn unpack(
        &mut self,
        from: &Path,
        part: &Packed,
        into: &mut impl Write,
        progress: &Progress,
    ) -> anyhow::Result<()> {
        progress.begin(&part.file, part.bytes);
        let source = self.zip.by_name(&part.file).map_err(|error| damaged(from, &error))?;
        // A ZIP that unpacks to more than its manifest says is not read to its end.
        let mut source = Checked { source: source.take(part.bytes.saturating_add(1)), failed: None };
        let copied = copy(&mut source, into, progress, || {
            "không giải nén được: kiểm tra dung lượng đĩa và quyền ghi / it cannot be unpacked: check the disk's free space \
             and rights"
                .to_owned()
        });
        if let Some(error) = source.failed {
            return Err(damaged(from, &error));
        }
        let (bytes, sha256) = copied?;
        if bytes != part.bytes || sha256 != part.sha256 {
            return Err(damaged(from, &"SHA-256"));
        }
        Ok(())
    }
}

/// Tells what went wrong while reading from what went wrong while writing.
struct Checked<R> {
    source: R,
    failed: Option<io::Error>,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.source.read(buffer).map_err(|error| {
            let kind = error.kind();
            self.failed = Some(error);
            kind.into()
        })
    }
}

fn damaged(path: &Path, why: &dyn std::fmt::Display) -> anyhow::Error {
    let path = path.display();
    anyhow!(
        "bản sao lưu {path} bị hỏng, không có gì thay đổi: dùng bản khác ({why}) / \
         the backup {path} is damaged, nothing was changed: use another one ({why})"
    )
}

/// Copies to the end: how many bytes, and their SHA-256.
fn copy(
    from: &mut impl Read,
    to: &mut impl Write,
    progress: &Progress,
    unwritten: impl Fn() -> String,
) -> anyhow::Result<(u64, String)> {
    let mut sum = Sha256::new();
    let mut bytes = 0;
    let mut buffer = vec![0; 256 << 10];
    loop {
        let length = match from.read(&mut buffer) {
            Ok(0) => return Ok((bytes, hex::encode(sum.finalize()))),
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error).with_context(&unwritten),
        };
        sum.update(&buffer[..length]);
        to.write_all(&buffer[..length]).with_context(&unwritten)?;
        bytes += length as u64;
        progress.add(length as u64)?;
    }
}
