//! `thuocdo backup` and `thuocdo restore`: the whole database as one file, while everybody goes on working, and back.

use std::{
    path::{Path, PathBuf},
    pin::pin,
    time::Duration,
};

use anyhow::{Context as _, bail};
use intake::halves;
use serde_json::json;
use thuocdo::text::number;

use crate::{
    backup::{
        Engine, Manifest, Progress,
        archive::{self, Archive, folder_of},
        engine, files, postgres,
    },
    config::{DATABASE, Settings},
    stopped,
};

/// How long a copy that was told to stop may take to notice; SQLite and PostgreSQL's programs are not asked.
const GIVE_UP: Duration = Duration::from_secs(3);

/// Writes a backup and says what is in it.
///
/// # Errors
/// When the file is there already or cannot be written, or the database cannot be read; nothing is left behind then.
pub async fn run(settings: &Settings, out: PathBuf, is_json: bool) -> anyhow::Result<()> {
    let url = settings.database_url.as_deref().unwrap_or(DATABASE);
    let progress = Progress::new(is_json);
    let written = unless_stopped(back_up(url, out.clone(), &progress), &progress, GIVE_UP).await;
    progress.end();
    let (manifest, bytes) = told(is_json, written)?;
    let shown = out.display().to_string();
    if is_json {
        println!("{}", json!({ "file": shown, "bytes": bytes, "manifest": manifest }));
    } else {
        println!("Đã sao lưu / backed up: {shown} ({} byte)", number(bytes.cast_signed()));
        print(&manifest);
    }
    Ok(())
}

async fn back_up(url: &str, out: PathBuf, progress: &Progress) -> anyhow::Result<(Manifest, u64)> {
    archive::is_free(&out)?;
    let folder = tempfile::Builder::new()
        .prefix(".thuocdo-backup-")
        .tempdir_in(folder_of(&out))
        .with_context(|| {
            let folder = folder_of(&out).display();
            format!("không ghi được vào thư mục {folder}: kiểm tra quyền ghi / the folder {folder} cannot be written: check rights")
        })?;
    let engine = engine(url)?;
    let pieces = match engine {
        Engine::Sqlite => files::copies(url, folder.path()).await?,
        Engine::Postgres => postgres::copy(url, folder.path()).await?,
    };
    let progress = progress.clone();
    // The folder goes when the last piece is packed.
    let packed = tokio::task::spawn_blocking(move || {
        let written = archive::write(&out, engine, &pieces, &progress);
        drop(folder);
        written
    });
    packed.await?
}

/// Puts a backup in the place of the database.
///
/// # Errors
/// When the backup is damaged or too new, the target holds data that may not be replaced, or somebody has it open; it is as
/// it was then.
pub async fn restore(settings: &Settings, from: &Path, replace: bool, is_json: bool) -> anyhow::Result<()> {
    let url = settings.database_url.as_deref().unwrap_or(DATABASE);
    let progress = Progress::new(is_json);
    // What is being replaced is replaced to its end, or taken back.
    let restored = put_back(url, from, replace, &progress);
    let restored = unless_stopped(restored, &progress, Duration::MAX).await;
    progress.end();
    let manifest = told(is_json, restored)?;
    if is_json {
        println!("{}", json!({ "restored": manifest }));
    } else {
        println!(
            "Đã khôi phục bản sao lưu lúc {0} (UTC); kiểm tra bằng «thuocdo verify». / \
             The backup of {0} (UTC) is restored; check it by `thuocdo verify`.",
            manifest.made_at
        );
        print(&manifest);
    }
    Ok(())
}

async fn put_back(url: &str, from: &Path, replace: bool, progress: &Progress) -> anyhow::Result<Manifest> {
    let mut archive = Archive::open(from)?;
    match (engine(url)?, archive.manifest.engine) {
        (Engine::Sqlite, Engine::Sqlite) => {
            files::restore(url, from, &mut archive, replace, progress).await?;
        }
        (Engine::Postgres, Engine::Postgres) => {
            postgres::restore(url, from, &mut archive, replace, progress).await?;
        }
        (Engine::Sqlite, Engine::Postgres) => bail!(
            "đây là bản sao lưu của PostgreSQL: đặt --database-url postgres://… / \
             this is a backup of a PostgreSQL database: set --database-url postgres://…"
        ),
        (Engine::Postgres, Engine::Sqlite) => bail!(
            "đây là bản sao lưu của SQLite: đặt --database-url sqlite://… / \
             this is a backup of a SQLite database: set --database-url sqlite://…"
        ),
    }
    Ok(archive.manifest)
}

/// Does the work, unless somebody says stop: then it ends at its next step, or is given up after a while.
async fn unless_stopped<T>(
    work: impl Future<Output = anyhow::Result<T>>,
    progress: &Progress,
    patience: Duration,
) -> anyhow::Result<T> {
    let mut work = pin!(work);
    tokio::select! {
        biased;
        done = &mut work => return done,
        () = stopped::stopped() => progress.stop(),
    }
    tokio::select! {
        done = &mut work => done,
        () = tokio::time::sleep(patience) => bail!("đã dừng theo yêu cầu / stopped as asked"),
    }
}

/// A script reads in the last line why nothing was done.
fn told<T>(is_json: bool, result: anyhow::Result<T>) -> anyhow::Result<T> {
    if let (true, Err(error)) = (is_json, &result) {
        let said: Vec<String> = error.chain().map(ToString::to_string).collect();
        let (vi, en): (Vec<&str>, Vec<&str>) = said.iter().map(|said| halves(said)).unzip();
        println!("{}", json!({ "error": { "vi": vi.join(": "), "en": en.join(": ") } }));
    }
    result
}

fn print(manifest: &Manifest) {
    for part in &manifest.parts {
        let edition = part.migrations.last().copied().unwrap_or(0);
        println!("  {:<8} {:>16} byte  bảng / tables {edition}", part.name, number(part.bytes.cast_signed()));
    }
}
