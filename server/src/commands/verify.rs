//! `thuocdo verify` and `thuocdo rebuild`: the counters against the files.

use anyhow::bail;

use crate::config::{DATABASE, Settings};

/// Differences named on the screen.
const NAMED: usize = 50;

/// Recounts everything and names each difference; goes through the audit log.
///
/// # Errors
/// When there is any difference, the audit log is not whole, or the database fails.
pub async fn run(settings: &Settings, is_json: bool) -> anyhow::Result<()> {
    let store = settings.open(DATABASE).await?;
    let found = store.verify().await?;
    let broken = store.people().broken_audit().await?.map(|broken| broken.line);
    if is_json {
        let named: Vec<_> = found
            .iter()
            .map(|d| serde_json::json!({ "what": d.what, "counted": d.counted, "recounted": d.recounted }))
            .collect();
        println!("{}", serde_json::json!({ "differences": named, "audit_log_broken_at": broken }));
    } else {
        for difference in found.iter().take(NAMED) {
            println!("{}: {} ≠ {}", difference.what, difference.counted, difference.recounted);
        }
    }
    store.close().await;
    if let Some(line) = broken {
        bail!(
            "nhật ký bị sửa hoặc mất từ dòng {line}: giữ nguyên các tệp và báo cho người quản trị / \
             the audit log was changed or lost from line {line} on: keep the files as they are and tell the administrator"
        );
    }
    match found.len() {
        0 if is_json => Ok(()),
        0 => {
            println!("Mọi bộ đếm khớp với hồ sơ. / Every counter agrees with the files.");
            Ok(())
        }
        n => bail!(
            "{n} chỗ khác: chạy «thuocdo rebuild» rồi báo cho người phát triển / \
             {n} differences: run `thuocdo rebuild` and tell the developers"
        ),
    }
}

/// Makes every counter anew.
///
/// # Errors
/// When the database fails.
pub async fn rebuild(settings: &Settings) -> anyhow::Result<()> {
    let store = settings.open(DATABASE).await?;
    store.rebuild().await?;
    println!("Đã lập lại mọi bộ đếm. / Every counter was made anew.");
    store.close().await;
    Ok(())
}
