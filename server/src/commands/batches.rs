//! `thuocdo batches` and `thuocdo undo`: what was imported, and taking it back.

use store::Batch;
use thuocdo::{audit::Action, text::number};

use crate::config::{DATABASE, Settings};

/// Prints the latest batches, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(settings: &Settings, at_most: u32, is_json: bool) -> anyhow::Result<()> {
    let store = settings.open(DATABASE).await?;
    let batches = store.batches(at_most.into()).await;
    store.close().await;
    for batch in batches? {
        if is_json {
            println!("{}", serde_json::to_string(&batch)?);
        } else {
            println!("{}", line(&batch));
        }
    }
    Ok(())
}

/// Undoes a batch: what it added goes, what it changed is again as it was.
///
/// # Errors
/// When there is no such batch, it is undone already, later ones changed its rows, or the database fails; nothing is
/// changed then.
pub async fn undo(settings: &Settings, batch_id: i64, is_json: bool) -> anyhow::Result<()> {
    let store = settings.open(DATABASE).await?;
    let undone = store.undo(batch_id, settings.today()).await;
    if undone.is_ok() {
        super::note(&store, Action::Undone, &batch_id.to_string(), "").await?;
    }
    store.close().await;
    let batch = undone?;
    if is_json {
        println!("{}", serde_json::to_string(&batch)?);
    } else {
        println!(
            "Đã hoàn tác lần nhập số {batch_id}: bỏ {added} dòng mới, trả lại {changed} dòng như trước. / \
             Batch {batch_id} is undone: {added} rows gone, {changed} as they were before.",
            added = number(batch.added),
            changed = number(batch.changed),
        );
    }
    Ok(())
}

fn line(batch: &Batch) -> String {
    let Batch { batch_id, kind, source_name, imported_on, .. } = batch;
    let undone = batch.undone_on.map_or_else(String::new, |day| format!("  (hoàn tác / undone {day})"));
    format!(
        "{batch_id:>6}  {imported_on}  {kind:<16} +{added} ~{changed} ={unchanged} !{aside}  {source_name}{undone}",
        added = number(batch.added),
        changed = number(batch.changed),
        unchanged = number(batch.unchanged),
        aside = number(batch.set_aside),
    )
}
