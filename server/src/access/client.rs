//! Where a request comes from: the socket's other end, or what a proxy that is trusted says of it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, Request, header},
};

/// What a client calls itself is kept up to so many characters.
const BROWSER_AT_MOST: usize = 120;

/// Where a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The network address; of IPv6 the network of 64 bits that one household or office has. Empty when unknown.
    pub address: String,
    /// What it calls itself.
    pub browser: String,
    /// Whether it is this machine, spoken to by a name of its own, without anybody in between.
    pub is_this_machine: bool,
    /// Whether the server was called by a name of this machine: a browser keeps the session's cookie there without TLS.
    pub calls_this_machine: bool,
    /// Whether the way to the client is sealed: TLS up to a trusted proxy.
    pub is_sealed: bool,
}

impl Client {
    /// Where a request comes from, with the proxies whose word is taken.
    #[must_use]
    pub fn of<B>(request: &Request<B>, proxies: &[IpAddr]) -> Self {
        let peer =
            request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        let headers = request.headers();
        let is_passed_on = ["forwarded", "x-forwarded-for", "x-real-ip", "via"]
            .iter()
            .any(|name| headers.contains_key(*name));
        let is_trusted = peer.is_some_and(|peer| proxies.contains(&peer));
        let address = match peer {
            Some(peer) if is_trusted => first_not_trusted(headers, proxies).unwrap_or(peer).to_string(),
            Some(peer) => network(peer),
            None => String::new(),
        };
        let browser = text(headers, header::USER_AGENT.as_str());
        Self {
            address: address.parse().map_or(address, network),
            browser: browser.chars().filter(|c| !c.is_control()).take(BROWSER_AT_MOST).collect(),
            is_this_machine: peer.is_some_and(|peer| peer.is_loopback())
                && !is_passed_on
                && names_this_machine(headers),
            calls_this_machine: names_this_machine(headers),
            is_sealed: is_trusted && text(headers, "x-forwarded-proto") == "https",
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
}

/// The nearest address that is not a trusted proxy's own: each proxy appends the one it heard from, and what stands
/// further left is what the client wrote itself.
fn first_not_trusted(headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let said = headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
    let all: Vec<&str> = said.flat_map(|value| value.split(',')).collect();
    let parsed = all.into_iter().rev().map_while(|address| address.trim().parse::<IpAddr>().ok());
    parsed.map(|address| address.to_canonical()).find(|address| !proxies.contains(address))
}

/// The address as guesses are counted by: one office has a whole network of IPv6 to guess from.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) if address.is_loopback() => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// Whether the request calls us by a name of this machine: a page of elsewhere may point its own name here.
fn names_this_machine(headers: &HeaderMap) -> bool {
    let host = text(headers, header::HOST.as_str());
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, headers: &[(&str, &str)], proxies: &[&str]) -> Client {
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(()).expect("a request");
        let peer: SocketAddr = peer.parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(peer));
        let proxies: Vec<IpAddr> = proxies.iter().map(|proxy| proxy.parse().expect("an address")).collect();
        Client::of(&request, &proxies)
    }

    #[test]
    fn a_page_of_elsewhere_that_points_its_own_name_here_is_not_this_machine() {
        let is_here = |host| client("127.0.0.1:5", &[("host", host)], &[]).is_this_machine;
        for host in ["localhost", "localhost:3000", "127.0.0.1:3000", "127.8.8.8", "[::1]:3000", "[::1]"] {
            assert!(is_here(host), "{host}");
        }
        for host in
            ["", "evil.example:3000", "localhost.evil.example", "10.0.0.1", "127.0.0.1.evil.example", ":3000"]
        {
            assert!(!is_here(host), "{host}");
        }
        assert!(!client("10.0.0.7:5", &[("host", "localhost")], &[]).is_this_machine);
        let passed_on = [("host", "localhost"), ("x-forwarded-for", "127.0.0.1")];
        assert!(!client("127.0.0.1:5", &passed_on, &["127.0.0.1"]).is_this_machine, "behind a proxy");
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_what_it_wrote_itself() {
        let forged = [("x-forwarded-for", "1.2.3.4"), ("x-forwarded-proto", "https")];
        let direct = client("10.0.0.7:5", &forged, &["10.0.0.1"]);
        assert_eq!((direct.address.as_str(), direct.is_sealed), ("10.0.0.7", false));
        let through = client("10.0.0.1:5", &[("x-forwarded-for", "6.6.6.6, 10.0.0.7")], &["10.0.0.1"]);
        assert_eq!(through.address, "10.0.0.7", "what stands further left the client wrote");
        let two = [("x-forwarded-for", "10.0.0.7, 10.0.0.2"), ("x-forwarded-proto", "https")];
        let two = client("10.0.0.1:5", &two, &["10.0.0.1", "10.0.0.2"]);
        assert_eq!((two.address.as_str(), two.is_sealed), ("10.0.0.7", true));
        assert_eq!(client("10.0.0.1:5", &[("x-forwarded-for", "?")], &["10.0.0.1"]).address, "10.0.0.1");
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() {
        let of = |peer| client(peer, &[], &[]).address;
        assert_eq!(of("[2001:db8:1:2:3::7]:5"), "2001:db8:1:2::/64");
        assert_eq!(of("[2001:db8:1:2:9::9]:5"), "2001:db8:1:2::/64");
        assert_eq!(of("[::ffff:10.0.0.7]:5"), "10.0.0.7");
    }
}
