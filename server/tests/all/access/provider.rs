//! A provider of OpenID Connect of the tests' own, on this machine: signs tokens as real ones do, or as no real one should.

use std::{
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use openidconnect::{
    AccessToken, Audience, EmptyAdditionalClaims, EmptyExtraTokenFields, EndUserUsername, IssuerUrl,
    JsonWebKeyId, Nonce, PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey as _, StandardClaims,
    SubjectIdentifier,
    core::{
        CoreIdToken, CoreIdTokenClaims, CoreIdTokenFields, CoreJsonWebKeySet, CoreJwsSigningAlgorithm,
        CoreRsaPrivateSigningKey, CoreTokenResponse, CoreTokenType,
    },
};
use rsa::{RsaPrivateKey, pkcs1::EncodeRsaPrivateKey as _, pkcs8::LineEnding};
use serde_json::{Value, json};
use server::access::{AccessSettings, NameClaim, OpenId, OpenIdSettings};

/// What the product is called at the provider, and its secret there.
pub const CLIENT: (&str, &str) = ("thuocdo", "a secret of the tests");
/// Where the product stands.
pub const PRODUCT: &str = "https://thuocdo.example";

/// How a token is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgery {
    OfAnotherSignIn,
    ForSomebodyElse,
    OfAnotherProvider,
    Old,
    SignedByAnother,
    SignedWithTheClientsSecret,
    NotSigned,
    OfAnotherAccessToken,
}

/// A sign-in that the provider has let through, until its code is exchanged.
struct Approved {
    nonce: String,
    challenge: String,
    comes_back_to: String,
}

#[derive(Default)]
struct Desk {
    approved: HashMap<String, Approved>,
    /// Who signs in: subject and name.
    who: (String, Option<String>),
    tells_the_name_only_when_asked: bool,
    forgery: Option<Forgery>,
    key: usize,
}

/// The provider.
#[derive(Clone)]
pub struct Provider {
    pub root: String,
    desk: Arc<Mutex<Desk>>,
    /// How often a code was brought.
    pub exchanges: Arc<AtomicUsize>,
}

/// Two keys: the provider's own, and the one it changes to, or that somebody else has.
static KEYS: LazyLock<[String; 2]> = LazyLock::new(|| {
    [(); 2].map(|()| {
        let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2_048).expect("a key");
        key.to_pkcs1_pem(LineEnding::LF).expect("a text").to_string()
    })
});

fn signing_key(number: usize) -> CoreRsaPrivateSigningKey {
    let id = JsonWebKeyId::new(format!("key-{number}"));
    CoreRsaPrivateSigningKey::from_pem(&KEYS[number], Some(id)).expect("a key")
}

impl Provider {
    /// Opens for business.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let root = format!("http://{}", listener.local_addr().expect("an address"));
        let provider = Self { root, desk: Arc::default(), exchanges: Arc::default() };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/userinfo", get(user_info))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// One that nobody answers for.
    pub async fn away() -> Self {
        Self { root: "http://127.0.0.1:9".to_owned(), ..Self::start().await }
    }

    fn desk<T>(&self, with: impl FnOnce(&mut Desk) -> T) -> T {
        with(&mut self.desk.lock().expect("nobody failed"))
    }

    /// Whoever signs in from now on is this one.
    pub fn is_visited_by(&self, subject: &str, name: Option<&str>) {
        self.desk(|desk| desk.who = (subject.to_owned(), name.map(str::to_owned)));
    }

    /// From now on the name stands in no token.
    pub fn tells_the_name_only_when_asked(&self) {
        self.desk(|desk| desk.tells_the_name_only_when_asked = true);
    }

    /// Tokens are forged from now on, or no longer.
    pub fn forges(&self, forgery: Option<Forgery>) {
        self.desk(|desk| desk.forgery = forgery);
    }

    /// Signs with another key, which it says of itself.
    pub fn changes_its_key(&self) {
        self.desk(|desk| desk.key = 1);
    }

    /// The product's settings with this provider.
    pub fn settings(&self, name_claim: NameClaim) -> AccessSettings {
        let openid = OpenId::new(OpenIdSettings {
            issuer: self.root.clone(),
            client_id: CLIENT.0.to_owned(),
            client_secret: Some(CLIENT.1.to_owned()),
            name_claim,
            label: Some("tài khoản công vụ".to_owned()),
            comes_back_to: format!("{PRODUCT}/dang-nhap/openid/tro-lai"),
        });
        AccessSettings {
            public_address: Some(PRODUCT.to_owned()),
            openid: Some(openid.expect("settings")),
            ..AccessSettings::default()
        }
    }

    /// Goes where the product sends a browser, and says where the provider sends it back to: path and query.
    pub async fn visit(&self, address: &str) -> String {
        assert!(address.starts_with(&self.root), "{address}");
        let client =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let answer = client.get(address).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let back = answer.headers()[header::LOCATION].to_str().expect("an address").to_owned();
        back.strip_prefix(PRODUCT).expect("back at the product").to_owned()
    }
}

async fn configuration(State(provider): State<Provider>) -> Json<Value> {
    let root = &provider.root;
    Json(json!({
        "issuer": root,
        "authorization_endpoint": format!("{root}/authorize"),
        "token_endpoint": format!("{root}/token"),
        "userinfo_endpoint": format!("{root}/userinfo"),
        "jwks_uri": format!("{root}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<CoreJsonWebKeySet> {
    let key = provider.desk(|desk| desk.key);
    Json(CoreJsonWebKeySet::new(vec![signing_key(key).as_verification_key()]))
}

/// Lets everybody through: who that is, the test has said.
async fn authorize(
    State(provider): State<Provider>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let part = |name: &str| asked.get(name).cloned().unwrap_or_default();
    assert_eq!(part("client_id"), CLIENT.0);
    assert_eq!(part("response_type"), "code");
    assert_eq!(part("code_challenge_method"), "S256");
    assert!(part("scope").split(' ').any(|scope| scope == "openid"), "{asked:?}");
    let code = provider.desk(|desk| {
        let code = format!("code-{}", desk.approved.len());
        let approved = Approved {
            nonce: part("nonce"),
            challenge: part("code_challenge"),
            comes_back_to: part("redirect_uri"),
        };
        desk.approved.insert(code.clone(), approved);
        code
    });
    Redirect::to(&format!("{}?code={code}&state={}", part("redirect_uri"), part("state"))).into_response()
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(brought): Form<HashMap<String, String>>,
) -> Response {
    provider.exchanges.fetch_add(1, Ordering::SeqCst);
    let no = |why: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    let part = |name: &str| brought.get(name).cloned().unwrap_or_default();
    if !headers
        .get(header::AUTHORIZATION)
        .is_some_and(|value| value.to_str().is_ok_and(|text| text.starts_with("Basic ")))
    {
        return no("invalid_client");
    }
    // A code is good once.
    let Some(approved) = provider.desk(|desk| desk.approved.remove(&part("code"))) else {
        return no("invalid_grant");
    };
    let challenge =
        PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(part("code_verifier")));
    if challenge.as_str() != approved.challenge || part("redirect_uri") != approved.comes_back_to {
        return no("invalid_grant");
    }
    Json(provider.signed(&approved)).into_response()
}

impl Provider {
    fn signed(&self, approved: &Approved) -> CoreTokenResponse {
        let (forgery, who, key, keeps_the_name) =
            self.desk(|desk| (desk.forgery, desk.who.clone(), desk.key, desk.tells_the_name_only_when_asked));
        let is = |this: Forgery| forgery == Some(this);
        let now = server::clock::moment();
        let until = if is(Forgery::Old) {
            now - chrono::Duration::hours(1)
        } else {
            now + chrono::Duration::minutes(5)
        };
        let issuer = if is(Forgery::OfAnotherProvider) { "https://evil.example" } else { &self.root };
        let audience = if is(Forgery::ForSomebodyElse) { "another product" } else { CLIENT.0 };
        let nonce = if is(Forgery::OfAnotherSignIn) { "another" } else { &approved.nonce };
        let name = who.1.filter(|_| !keeps_the_name).map(EndUserUsername::new);
        let claims = CoreIdTokenClaims::new(
            IssuerUrl::new(issuer.to_owned()).expect("an address"),
            vec![Audience::new(audience.to_owned())],
            until,
            now,
            StandardClaims::new(SubjectIdentifier::new(who.0.clone())).set_preferred_username(name),
            EmptyAdditionalClaims {},
        )
        .set_nonce(Some(Nonce::new(nonce.to_owned())));
        let access_token = AccessToken::new(who.0);
        let hashed = AccessToken::new("another".to_owned());
        let hashed = if is(Forgery::OfAnotherAccessToken) { &hashed } else { &access_token };
        let key = signing_key(if is(Forgery::SignedByAnother) { 1 - key } else { key });
        let rs256 = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
        let token = if is(Forgery::SignedWithTheClientsSecret) {
            let secret = openidconnect::core::CoreHmacKey::new(CLIENT.1);
            CoreIdToken::new(claims, &secret, CoreJwsSigningAlgorithm::HmacSha256, Some(hashed), None)
        } else {
            CoreIdToken::new(claims, &key, rs256, Some(hashed), None)
        };
        let mut token = token.expect("signs");
        if is(Forgery::NotSigned) {
            let text = token.to_string();
            let claims = text.split('.').nth(1).expect("claims");
            // {"alg":"none"}
            token = format!("eyJhbGciOiJub25lIn0.{claims}.").parse().expect("a token");
        }
        CoreTokenResponse::new(
            access_token,
            CoreTokenType::Bearer,
            CoreIdTokenFields::new(Some(token), EmptyExtraTokenFields {}),
        )
    }
}

async fn user_info(State(provider): State<Provider>) -> Json<Value> {
    let (subject, name) = provider.desk(|desk| desk.who.clone());
    Json(json!({ "sub": subject, "preferred_username": name }))
}
