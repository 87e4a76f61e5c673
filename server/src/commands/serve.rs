//! `thuocdo serve`: the pages, until someone says stop.

use std::io::ErrorKind;

use anyhow::{Context as _, bail};
use app::context::Context;
use intake::desk::Desk;
use tokio::net::TcpListener;

use super::demo;
use crate::{
    Running, clock,
    config::{DATABASE, DEMO_DATABASE, Listen, Settings},
    routes::{health::Places, reports::Documents},
    stopped,
};

/// Serves until interrupted.
///
/// # Errors
/// When the address is taken or the database cannot be opened.
pub async fn run(settings: &Settings, listen: Listen, is_demo: bool) -> anyhow::Result<()> {
    keep_memory_small();
    let listener = match TcpListener::bind(listen.listen).await {
        Ok(listener) => listener,
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "cổng {0} đang có chương trình khác dùng: dừng chương trình đó hoặc chọn cổng khác bằng --listen 127.0.0.1:3001 / \
             port {0} is in use: stop that program or choose another with --listen 127.0.0.1:3001",
            listen.listen.port()
        ),
        Err(error) => {
            return Err(error).context(format!("không mở được {0} / cannot listen on {0}", listen.listen));
        }
    };
    let database = if is_demo { DEMO_DATABASE } else { DATABASE };
    let store = settings.open(database).await?;
    if is_demo && store.freshness(settings.today()).await?.case_files.is_none() {
        demo::fill(&store, crate::demo::CASE_FILES, settings.today()).await?;
    }
    let engine = store.engine_name().await?;
    let clock = clock::clock(settings.today);
    let uploads = if is_demo { listen.uploads.join("demo") } else { listen.uploads.clone() };
    let desk = Desk::open(store.clone(), uploads.clone(), clock.clone()).with_context(|| {
        let uploads = uploads.display();
        format!("không dùng được thư mục nhận tệp {uploads} / the folder for files handed in, {uploads}, cannot be used")
    })?;
    let context = Context::new(store.clone(), clock).with_desk(desk);
    let address = listener.local_addr()?;
    // What every page asks for is fetched before the first one is.
    let today = context.today();
    tokio::spawn(async move {
        if let Err(error) = store.fetch_counters(today).await {
            tracing::warn!(%error, "the counters are fetched when the first page is asked for");
        }
    });
    println!("Thước Đo: http://{address} ({engine}). Ctrl-C để dừng / to stop.");
    let documents = Documents { brief_template: listen.brief_template };
    let running = Running {
        places: Places {
            folders: settings.database_folder(database).into_iter().chain([uploads]).collect(),
            least_free: listen.operation.least_free.saturating_mul(1 << 20),
        },
    };
    crate::serve(listener, context.clone(), documents, running, stopped::stopped()).await?;
    context.store.close().await;
    Ok(())
}

/// A server lives long and needs many small pieces of memory: in pages of 2 MB they take about a third more.
#[cfg(target_os = "linux")]
fn keep_memory_small() {
    if let Err(error) = rustix::thread::disable_transparent_huge_pages(true) {
        tracing::debug!(%error, "the kernel keeps its huge pages");
    }
}

#[cfg(not(target_os = "linux"))]
fn keep_memory_small() {}
