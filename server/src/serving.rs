//! The socket: takes connections in, hangs up on those that do not say what they want, and ends in an orderly way.

use std::pin::pin;

use axum::{Router, body::Body, extract::ConnectInfo, http::Request, serve::Listener};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, task::JoinSet};
use tower::ServiceExt as _;

use crate::limits::Limits;

/// Answers on a socket until told to stop; requests that have begun are finished, within the time that is set.
///
/// `axum::serve` waits for the head of a request as long as it takes, and for its end as well; a thousand connections that
/// say nothing would be kept for good.
pub async fn serve(
    mut listener: TcpListener,
    router: Router,
    limits: &Limits,
    stop: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.client_timeout);
    let ending = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let (socket, peer) = tokio::select! {
            // It waits a little when there are no more sockets to be had.
            accepted = Listener::accept(&mut listener) => accepted,
            () = &mut stop => break,
        };
        // A page leaves in several pieces: held back until the piece before is acknowledged, it would come 40 ms later.
        if let Err(error) = socket.set_nodelay(true) {
            tracing::warn!(%error, "a connection keeps holding back small pieces");
        }
        let service = router.clone().map_request(move |mut request: Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request.map(Body::new)
        });
        let connection = http.serve_connection(TokioIo::new(socket), TowerToHyperService::new(service));
        let connection = ending.watch(connection);
        connections.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
        // Those that have ended are forgotten.
        while connections.try_join_next().is_some() {}
    }
    // Whoever comes now is told at once that nobody is here.
    drop(listener);
    if tokio::time::timeout(limits.stop_within, ending.shutdown()).await.is_err() {
        tracing::warn!(
            cut = connections.len(),
            "requests were cut off: they took longer than the server may take to stop"
        );
    }
}
