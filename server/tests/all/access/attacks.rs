//! The attacks that the door has to stand.

use std::{
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::{
    extract::ConnectInfo,
    http::{HeaderValue, Method, StatusCode, header},
};
use server::access::{AccessSettings, Visitors};
use store::{people::AuditQuestion, testing::Cluster};
use thuocdo::{access::Role, audit::Action};

use super::visit::{PASSWORD, browser, clock, noted, with_admin};
use crate::helpers::Server;

#[tokio::test]
async fn a_form_of_another_site_is_refused_although_the_browser_sends_the_cookie_along() {
    let (server, cookie) = with_admin().await;
    let form = [("name", "evil"), ("shown_as", "Evil"), ("role", "admin"), ("agency", "")];
    let mut forged = browser(Method::POST, "/quan-tri/nguoi", Some(&cookie), &form);
    forged.headers_mut().insert(header::ORIGIN, HeaderValue::from_static("https://evil.example"));
    forged.headers_mut().insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
    assert_eq!(server.answer(forged).await.status, StatusCode::FORBIDDEN);
    assert!(server.store.people().account("evil").await.expect("known").is_none());
    let own = server.submit("/quan-tri/nguoi", Some(&cookie), &form).await;
    assert_eq!(own.status, StatusCode::OK, "the same from the own page goes through: {}", own.text());
    let set = server.submit("/dang-nhap", None, &[("name", "admin"), ("password", PASSWORD)]).await;
    let set = set.header(header::SET_COOKIE).to_owned();
    for part in ["__Host-thuocdo=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(set.contains(part), "{set}");
    }
}

#[tokio::test]
async fn a_session_number_that_somebody_planted_is_worth_nothing_after_signing_in() {
    let server = Server::city().await;
    server.person("lan", Role::Leader, None).await;
    let other = server.person("minh", Role::Leader, None).await;
    let planted = server.sign_in("minh").await;
    let request =
        browser(Method::POST, "/dang-nhap", Some(&planted), &[("name", "lan"), ("password", PASSWORD)]);
    let own = server.answer(request).await.cookie().expect("a session");
    assert_ne!(own, planted, "a number that nobody knew before");
    assert_eq!(server.visit("/", Some(&own)).await.status, StatusCode::OK);
    assert_eq!(
        server.visit("/", Some(&planted)).await.status,
        StatusCode::SEE_OTHER,
        "the planted one is dead"
    );
    assert_eq!(server.store.people().sessions_of(other, 0).await.expect("lists").len(), 0);
    let made_up = "__Host-thuocdo=AAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(server.visit("/", Some(made_up)).await.status, StatusCode::SEE_OTHER);
    let request =
        browser(Method::POST, "/dang-nhap", Some(made_up), &[("name", "lan"), ("password", PASSWORD)]);
    assert_ne!(server.answer(request).await.cookie().expect("a session"), made_up);
}

#[tokio::test]
async fn guessing_is_stopped_also_by_another_server_and_a_wrong_name_is_told_like_a_wrong_password() {
    let at = Arc::new(AtomicI64::new(1_000_000));
    let server = Server::city().await.under(clock(&at));
    server.person("lan", Role::Leader, None).await;
    let tried = async |server: &Server, name: &str, password: &str| {
        server.submit("/dang-nhap", None, &[("name", name), ("password", password)]).await
    };
    let (wrong, nobody) = (tried(&server, "lan", "sai").await, tried(&server, "khongco", "sai").await);
    assert_eq!((wrong.status, nobody.status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    assert_eq!(wrong.text().replace("\"lan\"", "…"), nobody.text().replace("\"khongco\"", "…"));
    for _ in 0..4 {
        assert_eq!(tried(&server, "lan", "sai").await.status, StatusCode::UNAUTHORIZED);
    }
    let stopped = tried(&server, "lan", PASSWORD).await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS, "the right one has to wait too");
    assert!(!stopped.header(header::RETRY_AFTER).is_empty());
    // Another server over the same database remembers.
    let server = server.under(clock(&at));
    assert_eq!(tried(&server, "lan", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
    // Somebody elsewhere is not locked out by it.
    let mut elsewhere = browser(Method::POST, "/dang-nhap", None, &[("name", "lan"), ("password", PASSWORD)]);
    let there: SocketAddr = "10.0.0.9:4000".parse().expect("an address");
    elsewhere.extensions_mut().insert(ConnectInfo(there));
    assert_eq!(server.answer(elsewhere).await.status, StatusCode::SEE_OTHER);
    at.fetch_add(15 * 60, Ordering::SeqCst);
    assert_eq!(tried(&server, "lan", PASSWORD).await.status, StatusCode::SEE_OTHER);
    assert_eq!(noted(&server, Action::SignInRefused).await.len(), 6, "what was only sent away fills no log");
}

#[tokio::test]
async fn many_guesses_at_once_are_no_more_than_one_after_the_other() {
    let server = Server::city().await;
    server.person("lan", Role::Leader, None).await;
    let guesses = (0..40).map(|_| server.submit("/dang-nhap", None, &[("name", "lan"), ("password", "sai")]));
    let answers = futures::future::join_all(guesses).await;
    let checked = answers.iter().filter(|answer| answer.status == StatusCode::UNAUTHORIZED).count();
    assert_eq!(checked, 5);
}

#[tokio::test]
async fn signing_in_leads_to_the_page_one_came_for_and_never_out_of_the_house() {
    let server = Server::city().await;
    server.person("lan", Role::Leader, None).await;
    let to = async |back: &str| {
        let form = [("name", "lan"), ("password", PASSWORD), ("back", back)];
        server.submit("/dang-nhap", None, &form).await.header(header::LOCATION).to_owned()
    };
    assert_eq!(to("/ho-so?period=2023").await, "/ho-so?period=2023");
    for outside in ["https://evil.example", "//evil.example/", "/\\evil.example", "javascript:alert(1)"] {
        assert_eq!(to(outside).await, "/", "{outside}");
    }
    let form = server.visit("/dang-nhap?back=https://evil.example", None).await.text();
    assert!(!form.contains("evil.example"));
    let split = server.visit("/dang-nhap?back=%2Fa%0d%0aSet-Cookie:%20x=y", None).await;
    assert!(
        !split.text().contains("Set-Cookie") && split.headers.get_all(header::SET_COOKIE).iter().count() == 0
    );
}

#[tokio::test]
async fn a_formula_or_a_script_in_what_somebody_typed_stays_text() {
    let (server, admin) = with_admin().await;
    let name = "<script>alert(1)</script>";
    let form = [("name", "xss"), ("shown_as", name), ("role", "leader"), ("agency", "")];
    assert_eq!(server.submit("/quan-tri/nguoi", Some(&admin), &form).await.status, StatusCode::OK);
    for page in ["/quan-tri", "/quan-tri/nhat-ky?about=%3Cscript%3Ealert(1)%3C/script%3E"] {
        let text = server.visit(page, Some(&admin)).await.text();
        assert!(!text.contains("<script>alert"), "{page}");
    }
    let reason = "=cmd%7C%27%20/C%20calc%27!A0";
    server.visit(&format!("/ho-so/danh-sach.xlsx?period=2023&list=late&reason={reason}"), Some(&admin)).await;
    let file = server.visit("/quan-tri/nhat-ky.csv?what=list_taken", Some(&admin)).await.text();
    assert!(file.contains("'=cmd|"), "{file}");
}

#[tokio::test]
async fn pages_of_the_door_run_no_script_and_nobody_keeps_or_frames_them() {
    let (server, admin) = with_admin().await;
    for page in ["/dang-nhap", "/tai-khoan", "/quan-tri", "/quan-tri/nhat-ky", "/ho-so?period=2023"] {
        let answer = server.visit(page, Some(&admin)).await;
        let header =
            |name: &str| answer.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
        if page != "/dang-nhap" {
            assert_eq!(header("cache-control"), "no-store", "{page}");
            let policy = header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{page}: {policy}"
            );
            assert!(!policy.contains("unsafe-inline"), "{page}: {policy}");
        }
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("x-frame-options"), "DENY");
    }
}

#[tokio::test]
async fn visitors_read_and_write_nothing_and_an_untrusted_proxy_is_not_this_machine() {
    let server = Server::city()
        .await
        .under(AccessSettings { visitors: Visitors::OfInventedData, ..AccessSettings::default() });
    let far = |method: Method, address: &str| {
        let mut request = browser(method, address, None, &[]);
        let there: SocketAddr = "10.0.0.9:4000".parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(there));
        request
    };
    assert_eq!(server.answer(far(Method::GET, "/ho-so?period=2023")).await.status, StatusCode::OK);
    for address in ["/du-lieu/tep", "/du-lieu/hoan-tac", "/bao-cao/chot?period=2023-10", "/quan-tri/nguoi"] {
        assert_eq!(
            server.answer(far(Method::POST, address)).await.status,
            StatusCode::FORBIDDEN,
            "{address}"
        );
    }
    let mut passed_on = browser(Method::POST, "/du-lieu/hoan-tac", None, &[("batch", "1")]);
    passed_on.headers_mut().insert("x-forwarded-for", HeaderValue::from_static("10.0.0.9"));
    assert_eq!(server.answer(passed_on).await.status, StatusCode::FORBIDDEN);
    let here: IpAddr = "127.0.0.1".parse().expect("an address");
    let settings = AccessSettings { proxies: vec![here], ..AccessSettings::default() };
    let server = server.under(settings);
    server.person("lan", Role::Leader, None).await;
    let mut through = browser(Method::POST, "/dang-nhap", None, &[("name", "lan"), ("password", "sai")]);
    through.headers_mut().insert("x-forwarded-for", HeaderValue::from_static("10.0.0.7"));
    server.answer(through).await;
    let question = AuditQuestion { action: Some(Action::SignInRefused), ..AuditQuestion::default() };
    let (_, lines) = server.store.people().audit(&question, 1, 0).await.expect("read");
    assert_eq!(lines[0].entry.from_address, "10.0.0.7", "the log names the client, not the proxy");
}

#[tokio::test]
async fn an_address_that_browsers_take_for_another_house_is_led_nowhere() {
    let server = Server::city().await;
    for path in ["//evil.example", "//evil.example/", "//evil.example/a?b=c", "/\\evil.example/"] {
        for cookie in [None, Some("lang=en")] {
            let answer = server.visit(path, cookie).await;
            let to = answer.header(header::LOCATION);
            assert!(to.is_empty() && answer.status == StatusCode::NOT_FOUND, "{path} {cookie:?}: {to}");
        }
    }
    let own = server.visit("/ho-so?period=2023", Some("lang=en")).await;
    assert_eq!(own.header(header::LOCATION), "/ho-so?period=2023&lang=en", "a page is still led on");
}

#[tokio::test]
async fn the_old_password_is_guessed_no_faster_within_a_session_than_at_the_door() {
    let server = Server::city().await;
    server.person("lan", Role::Leader, None).await;
    let own = server.sign_in("lan").await;
    let new = "một câu khác hẳn câu kia";
    let form = [("old", "sai"), ("password", new), ("again", new)];
    let guesses = (0..20).map(|_| server.submit("/tai-khoan/mat-khau", Some(&own), &form));
    let answers = futures::future::join_all(guesses).await;
    let checked = answers.iter().filter(|answer| answer.status == StatusCode::UNAUTHORIZED).count();
    assert_eq!(checked, 5);
}

#[tokio::test]
async fn a_picture_that_is_opened_by_itself_runs_nothing() {
    let (server, admin) = with_admin().await;
    let answer = server.visit("/bieu-do/ho-so-theo-thang.svg?period=2023", Some(&admin)).await;
    let policy = answer.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
}

#[tokio::test]
async fn what_postgresql_keeps_in_no_text_is_refused_as_what_it_is() {
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::over(&cluster.database("nul"), folder).await;
    server.person("admin", Role::Admin, None).await;
    let admin = server.sign_in("admin").await;
    for address in ["/ho-so?procedure=a%00b", "/quan-tri/nhat-ky?who=a%00b", "/bieu-do/%00.svg", "/%00"] {
        let answer = server.visit(address, Some(&admin)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}: {}", answer.text());
    }
    let refused = server.submit("/dang-nhap", None, &[("name", "a\0b"), ("password", "sai")]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{}", refused.text());
    let ended = server.submit("/tai-khoan/phien", Some(&admin), &[("end", "a\0b")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
    let conclusion =
        [("indicator", "on_time_returns"), ("conclusion", "Đôn\0đốc"), ("owner", "V\0P"), ("deadline", "")];
    let kept = server.submit("/bao-cao/hop?period=2023-09", Some(&admin), &conclusion).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    let kept = server.store.conclusions().await.expect("read");
    assert_eq!(kept[0].conclusion, "Đônđốc");
}

#[tokio::test]
async fn tags_in_a_conclusion_or_a_letterhead_stay_text_in_the_form_that_shows_them() {
    let (server, admin) = with_admin().await;
    let typed = "</textarea><img src=x>&lt;";
    let conclusion =
        [("indicator", "on_time_returns"), ("conclusion", typed), ("owner", typed), ("deadline", "")];
    let kept = server.submit("/bao-cao/hop?period=2023-10", Some(&admin), &conclusion).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    let names =
        ["superior", "issuer", "symbol", "place", "addressees", "copies", "signer_title", "signer_name"];
    let kept = server.submit("/bao-cao/dau-van-ban", Some(&admin), &names.map(|name| (name, typed))).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    // The meeting has a page for each target.
    let meeting: Vec<_> = (1..=3).map(|n| format!("/bao-cao/hop?period=2023-10&n={n}")).collect();
    let others = ["/bao-cao/bien-ban?period=2023-10", "/bao-cao?period=2023-10"];
    for pages in [meeting, vec![others[0].to_owned()], vec![others[1].to_owned()]] {
        let mut text = String::new();
        for page in &pages {
            text.push_str(&server.visit(page, Some(&admin)).await.text());
        }
        assert!(!text.contains("<img src=x"), "{pages:?}: {text}");
        assert!(text.contains("&lt;/textarea&gt;&lt;img src=x&gt;&amp;lt;"), "as it was typed: {pages:?}");
    }
}
