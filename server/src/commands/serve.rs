//! `thuocdo serve`: the pages, until someone says stop.

use std::{
    io::{ErrorKind, Write as _, stdout},
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use anyhow::{Context as _, bail};
use app::{context::Context, written::people::link_address};
use intake::desk::Desk;
use store::{Store, people::Invited};
use thuocdo::lang::Lang;
use tokio::{net::TcpListener, sync::watch};

use super::demo;
use crate::{
    Running, Serving,
    access::{AccessSettings, LINK_LASTS, Visitors},
    clock,
    config::{DATABASE, DEMO_DATABASE, Listen, Settings},
    monitoring,
    routes::reports::Documents,
    stopped, tokens,
};

/// Serves until interrupted.
///
/// # Errors
/// When the address is taken or the database cannot be opened.
pub async fn run(settings: &Settings, listen: Listen, is_demo: bool) -> anyhow::Result<()> {
    keep_memory_small();
    let listener = bind(listen.listen, "--listen 127.0.0.1:3001").await?;
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
    let access = access(&store, &listen, is_demo).await?;
    let context = Context::new(store.clone(), clock).with_desk(desk.clone());
    let address = listener.local_addr()?;
    let metrics = match listen.operation.metrics {
        Some(address) => Some(bind(address, "--metrics 127.0.0.1:9464").await?),
        None => None,
    };
    let link = first_admin(&store, &access, address).await?;
    // What every page asks for is fetched before the first one is.
    let today = context.today();
    tokio::spawn(async move {
        if let Err(error) = store.fetch_counters(today).await {
            tracing::warn!(%error, "the counters are fetched when the first page is asked for");
        }
    });
    say(&format!("Thước Đo: http://{address} ({engine}). Ctrl-C để dừng / to stop."));
    if let Some(metrics) = metrics {
        say(&format!("Prometheus: http://{}/metrics", metrics.local_addr()?));
        monitoring::begin(metrics, &engine)?;
    }
    if let Some(link) = link {
        say(&format!(
            "Chưa ai có tài khoản. Người quản trị đầu tiên mở một lần, trong 24 giờ / nobody has an account yet; the first \
             administrator opens once, within 24 hours:\n  {link}"
        ));
    }
    forget_uploads(desk.clone(), context.clone(), listen.uploads_kept);
    let documents = Documents { brief_template: listen.brief_template };
    let limits = listen.operation.limits();
    let folders = settings.database_folder(database).into_iter().chain([uploads]);
    let places = listen.operation.places(folders);
    let running = Running { places, limits: limits.clone(), ..Running::default() };
    let told = tell_of_the_end(limits.stop_within);
    let is_told = |mut told: watch::Receiver<bool>| async move {
        // Whoever was to tell is gone only when everything is.
        let _ = told.wait_for(|is_told| *is_told).await;
    };
    let serving = Serving { documents, access, running };
    let serving = crate::serve(listener, context.clone(), serving, is_told(told.clone()));
    let importing = async {
        is_told(told).await;
        desk.close(limits.stop_within).await;
    };
    tokio::join!(serving, importing);
    // What was cut off may hold on to the database; it is left as after a kill, which takes nothing of it in.
    if tokio::time::timeout(LAST, context.store.close()).await.is_err() {
        tracing::warn!("the database was not closed in time");
    }
    Ok(())
}

/// Says something to who started the server. Nobody may be reading any more, which is no reason to end, or to go on.
fn say(words: &str) {
    let _ = writeln!(stdout(), "{words}");
}

/// Who is let in.
async fn access(store: &Store, listen: &Listen, is_demo: bool) -> anyhow::Result<AccessSettings> {
    Ok(AccessSettings {
        visitors: visitors(store, listen, is_demo).await?,
        proxies: listen.trusted_proxies.iter().map(IpAddr::to_canonical).collect(),
        idle: Duration::from_secs(listen.session_idle * 60),
        longest: Duration::from_secs(listen.session_longest * 3_600),
        public_address: listen.public_address()?,
        openid: listen.openid()?,
        ..AccessSettings::default()
    })
}

/// As what somebody unknown is let in. Visitors and real data go together only where that was said twice, and then as the
/// public: also over data that are invented as yet, so that nobody sees rows on the day the real ones come.
async fn visitors(store: &Store, listen: &Listen, is_demo: bool) -> anyhow::Result<Visitors> {
    if !is_demo && !listen.visitors {
        return Ok(Visitors::NotLetIn);
    }
    if listen.visitors_see_real_data {
        return Ok(Visitors::Public);
    }
    if store.holds_real_data().await? {
        bail!(
            "cơ sở dữ liệu này có số liệu thật: không mở cho khách chưa đăng nhập. Bỏ --demo và --visitors, hoặc nói thêm \
             --visitors-see-real-data để mở bản công khai, chỉ có số tổng hợp / this database holds real data: it is not \
             opened to visitors. Leave out --demo and --visitors, or say --visitors-see-real-data too for the public view, \
             which has figures alone"
        );
    }
    Ok(Visitors::OfInventedData)
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
    // Who listens on every address is reached by its own machine by this one.
    let here = if address.ip().is_unspecified() { IpAddr::from([127, 0, 0, 1]) } else { address.ip() };
    let here = SocketAddr::new(here, address.port());
    Ok(Some(format!("http://{here}{}", link_address(&token, Lang::Vi))))
}

/// Throws away, now and every hour, what has lain at the desk for so many days.
fn forget_uploads(desk: Desk, context: Context, days: u64) {
    const AGAIN: Duration = Duration::from_secs(3_600);
    tokio::spawn(async move {
        loop {
            if let Some(day) = context.today().checked_sub_days(chrono::Days::new(days)) {
                match desk.forget_before(day) {
                    0 => {}
                    files => tracing::info!(files, %day, "files handed in before that day were thrown away"),
                }
            }
            tokio::time::sleep(AGAIN).await;
        }
    });
}

/// How long the database may take to be closed.
const LAST: Duration = Duration::from_secs(5);

/// Tells, once, that somebody said stop. Who says it twice does not want to wait.
fn tell_of_the_end(within: Duration) -> watch::Receiver<bool> {
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        stopped::stopped().await;
        say(&format!(
            "Đang dừng: chờ các yêu cầu và lần nhập đang chạy, nhiều nhất {0} giây; Ctrl-C lần nữa để dừng ngay. / \
             Stopping: requests and an import that run may take {0} s; Ctrl-C again to stop at once.",
            within.as_secs()
        ));
        tell.send_replace(true);
        stopped::stopped().await;
        std::process::exit(1);
    });
    told
}

async fn bind(address: SocketAddr, another: &str) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "cổng {0} đang có chương trình khác dùng: dừng chương trình đó hoặc chọn cổng khác bằng {another} / \
             port {0} is in use: stop that program or choose another with {another}",
            address.port()
        ),
        Err(error) => Err(error).context(format!("không mở được {address} / cannot listen on {address}")),
    }
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
