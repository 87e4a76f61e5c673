//! A PostgreSQL database: written out and read in by PostgreSQL's own programs, which know every version of it.

use std::{
    io,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};
use store::{PartError, Schema};
use tempfile::NamedTempFile;

use super::{
    Piece, Progress,
    archive::{Archive, folder_of},
};

/// What is in the part, and its name in the ZIP.
const NAME: &str = "main";
const FILE: &str = "main.pgdump";

/// Writes the database out into a folder, as it is at this moment.
///
/// # Errors
/// When there is no `pg_dump`, it fails, or there is nothing of the product to write out.
pub async fn copy(url: &str, folder: &Path) -> anyhow::Result<Vec<Piece>> {
    let mut schema = Schema::open(url).await?;
    let editions = schema.editions().await;
    schema.close().await;
    let Some(migrations) = editions? else {
        bail!(
            "cơ sở dữ liệu này không có bảng của Thước Đo: kiểm tra --database-url / \
             there are no tables of Thước Đo in this database: check --database-url"
        );
    };
    let path = folder.join(FILE);
    let mut command = Command::new("pg_dump");
    command.args(["--format=custom", "--no-owner", "--no-privileges", "--file"]).arg(&path);
    run(command, url).await?;
    Ok(vec![Piece { name: NAME, file: FILE.to_owned(), path, migrations }])
}

/// Reads a backup into the database of an address.
///
/// # Errors
/// When the backup is damaged or too new, there is data and `replace` is not set, somebody else is connected, or
/// `pg_restore` fails. What was there is still there then.
pub async fn restore(
    url: &str,
    from: &Path,
    archive: &mut Archive,
    replace: bool,
    progress: &Progress,
) -> anyhow::Result<()> {
    let [part] = &archive.manifest.parts[..] else { return Err(PartError::Newer.into()) };
    let part = part.clone();
    Schema::knows(&part.migrations)?;
    let mut schema = Schema::open(url).await?;
    let holds_data = schema.holds_data().await?;
    if holds_data && !replace {
        bail!(
            "cơ sở dữ liệu đã có dữ liệu: sao lưu rồi thêm --replace, hoặc chọn nơi khác bằng --database-url / \
             the database holds data: back it up and add --replace, or choose another by --database-url"
        );
    }
    if schema.is_in_use().await? {
        return Err(PartError::InUse.into());
    }
    // Beside the backup rather than in a temporary folder of the system, which may be in memory.
    let mut file = NamedTempFile::with_prefix_in(".thuocdo-restore-", folder_of(from))
        .or_else(|_| NamedTempFile::with_prefix(".thuocdo-restore-"))
        .context("không có chỗ để giải nén / there is no place to unpack to")?;
    archive.unpack(from, &part, &mut file, progress)?;
    let mut list = Command::new("pg_restore");
    list.arg("--list").arg(file.path());
    run(list, url).await?;
    if holds_data {
        schema.put_aside().await.context(
            "không dời được dữ liệu cũ sang schema thuocdo_before_restore; nếu schema ấy còn lại từ lần khôi phục bị ngắt thì \
             xem rồi xoá hoặc đổi tên lại thành public / the old data cannot be put aside in the schema \
             thuocdo_before_restore; if that is left from an interrupted restore, look at it, then drop it or rename it to public",
        )?;
    }
    let restored = read_in(&mut schema, url, file.path()).await;
    if holds_data {
        match &restored {
            Ok(()) => schema.forget().await?,
            Err(_) => schema.take_back().await.context(
                "dữ liệu cũ còn nguyên trong schema thuocdo_before_restore: đổi tên schema ấy thành public / \
                 the old data are whole in the schema thuocdo_before_restore: rename that to public",
            )?,
        }
    }
    schema.close().await;
    restored
}

async fn read_in(schema: &mut Schema, url: &str, file: &Path) -> anyhow::Result<()> {
    let mut command = Command::new("pg_restore");
    command.args(["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]);
    // Without a name it would print statements; which database it is stands in the environment.
    command.arg("--dbname=").arg(file);
    run(command, url).await?;
    let editions = schema.editions().await?.unwrap_or_default();
    if editions.is_empty() {
        bail!("bản sao lưu không có bảng của Thước Đo / there are no tables of Thước Đo in the backup");
    }
    Ok(Schema::knows(&editions)?)
}

/// Runs one of PostgreSQL's programs against the database of an address.
async fn run(mut command: Command, url: &str) -> anyhow::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.envs(Schema::environment(url)?).env("PGAPPNAME", "thuocdo").arg("--no-password");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let output = tokio::task::spawn_blocking(move || command.output()).await?;
    let output = match output {
        Ok(output) => output,
        Err(error) if error.kind() == io::ErrorKind::NotFound => bail!(
            "không tìm thấy chương trình {program}: cài bộ công cụ của PostgreSQL (apt install postgresql-client), cùng \
             phiên bản với máy chủ cơ sở dữ liệu hoặc mới hơn / the program {program} is not found: install PostgreSQL's \
             client programs (apt install postgresql-client), of the database server's version or newer"
        ),
        Err(error) => return Err(error).context(program),
    };
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    bail!("{program} báo lỗi, không có gì thay đổi / {program} failed, nothing was changed: {}", said.trim())
}
