//! `thuocdo demo`: an invented city in a database of its own.

use std::time::Instant;

use anyhow::bail;
use chrono::NaiveDate;
use store::{Import, Numbered, Store};

use crate::{
    config::{DATABASE, Settings},
    demo,
};

/// Rows handed over at a time.
const ROWS_AT_ONCE: usize = 5_000;

/// Fills the database, unless it holds real data.
///
/// # Errors
/// When it holds anything but invented data, or fails.
pub async fn run(settings: &Settings, rows: u64) -> anyhow::Result<()> {
    let store = settings.open(DATABASE).await?;
    let has_data = store.freshness(settings.today()).await?.last().is_some();
    if has_data && !store.is_invented().await? {
        bail!(
            "cơ sở dữ liệu đã có số liệu thật: tạo số liệu mô phỏng ở nơi khác bằng --database-url sqlite://data/demo.db / \
             the database holds real data: make invented ones elsewhere with --database-url sqlite://data/demo.db"
        );
    }
    fill(&store, rows, settings.today()).await?;
    store.close().await;
    Ok(())
}

/// Writes everything of one kind through an import of its own.
macro_rules! write {
    ($store:expr, $today:expr, $kind:literal, $rows:expr, $write:ident) => {{
        let mut import = begin($store, $kind, $today).await?;
        let mut rows = ($rows).into_iter().zip(1_u64..);
        loop {
            let some: Vec<_> =
                rows.by_ref().take(ROWS_AT_ONCE).map(|(row, line)| Numbered { line, row }).collect();
            if some.is_empty() {
                break;
            }
            import.$write(some).await?;
        }
        import.settle().await?;
        import.finish(0, 0, &[]).await?
    }};
}

/// Makes the invented city: agencies first, files last.
///
/// # Errors
/// When the database fails.
pub async fn fill(store: &Store, case_files: u64, today: NaiveDate) -> anyhow::Result<()> {
    println!(
        "Tạo số liệu mô phỏng, {case_files} hồ sơ (khoảng 10 giây cho mỗi 300.000) / making invented data …"
    );
    let begun = Instant::now();
    write!(store, today, "agencies", demo::agencies(), write_agencies);
    write!(store, today, "fields", demo::fields(), write_fields);
    write!(store, today, "procedures", demo::procedures(), write_procedures);
    write!(store, today, "petitions", demo::petitions(demo::PETITIONS), write_petitions);
    write!(store, today, "dialogues", demo::dialogues(), write_dialogues);
    write!(store, today, "dialogue-issues", demo::dialogue_issues(), write_issues);
    write!(store, today, "surveys", demo::surveys(), write_surveys);
    write!(store, today, "criteria", demo::criteria(), write_criteria);
    let receipt = write!(store, today, "case-files", demo::case_files(case_files), write_case_files);
    println!("{} hồ sơ trong {:.1} giây / seconds", receipt.rows_in, begun.elapsed().as_secs_f64());
    Ok(())
}

async fn begin(store: &Store, kind: &str, today: NaiveDate) -> anyhow::Result<Import> {
    let mut import = store.import(kind, "demo", today).await?;
    import.mark_invented().await?;
    Ok(import)
}
