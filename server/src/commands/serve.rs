//! `thuocdo serve`: the pages, until someone says stop.

use std::{
    io::ErrorKind,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use anyhow::{Context as _, bail};
use app::{context::Context, written::people::link_address};
use intake::desk::Desk;
use store::{Store, people::Invited};
use thuocdo::lang::Lang;
use tokio::net::TcpListener;

use super::demo;
use crate::{
    Serving,
    access::{AccessSettings, LINK_LASTS},
    clock,
    config::{DATABASE, DEMO_DATABASE, Listen, Settings},
    routes::reports::Documents,
    stopped, tokens,
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
    let store = settings.open(if is_demo { DEMO_DATABASE } else { DATABASE }).await?;
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
    let serving = serving(&store, &listen, is_demo).await?;
    let context = Context::new(store.clone(), clock).with_desk(desk);
    let address = listener.local_addr()?;
    let link = first_admin(&store, &serving.access, address).await?;
    // What every page asks for is fetched before the first one is.
    let today = context.today();
    tokio::spawn(async move {
        if let Err(error) = store.fetch_counters(today).await {
            tracing::warn!(%error, "the counters are fetched when the first page is asked for");
        }
    });
    println!("Thước Đo: http://{address} ({engine}). Ctrl-C để dừng / to stop.");
    if let Some(link) = link {
        println!(
            "Chưa ai có tài khoản. Người quản trị đầu tiên mở một lần, trong 24 giờ / nobody has an account yet; the first \
             administrator opens once, within 24 hours:\n  {link}"
        );
    }
    crate::serve(listener, context.clone(), serving, stopped::stopped()).await?;
    context.store.close().await;
    Ok(())
}

/// Who is let in. Visitors and real data go together only where that was said twice.
async fn serving(store: &Store, listen: &Listen, is_demo: bool) -> anyhow::Result<Serving> {
    let lets_visitors_in = is_demo || listen.visitors;
    if lets_visitors_in && !listen.visitors_see_real_data && store.holds_real_data().await? {
        bail!(
            "cơ sở dữ liệu này có số liệu thật: không mở cho khách chưa đăng nhập. Bỏ --demo và --visitors, hoặc nói thêm \
             --visitors-see-real-data / this database holds real data: it is not opened to visitors. Leave out --demo and \
             --visitors, or say --visitors-see-real-data too"
        );
    }
    let access = AccessSettings {
        lets_visitors_in,
        proxies: listen.trusted_proxies.iter().map(IpAddr::to_canonical).collect(),
        idle: Duration::from_secs(listen.session_idle * 60),
        longest: Duration::from_secs(listen.session_longest * 3_600),
        ..AccessSettings::default()
    };
    let documents = Documents { brief_template: listen.brief_template.clone() };
    Ok(Serving { documents, access })
}

/// The link by which the first administrator comes in, while nobody has an account.
async fn first_admin(
    store: &Store,
    access: &AccessSettings,
    address: SocketAddr,
) -> anyhow::Result<Option<String>> {
    if store.people().has_any().await? {
        return Ok(None);
    }
    let token = tokens::new()?;
    let until = (access.now)() + LINK_LASTS;
    store.people().invite(Invited::FirstAdmin, &tokens::hash(&token), until).await?;
    Ok(Some(format!("http://{address}{}", link_address(&token, Lang::Vi))))
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
