//! Signing in at a provider of OpenID Connect: the way there, and who comes back.
//!
//! The authorization code flow with PKCE (OpenID Connect Core 1.0, section 3.1; RFC 7636). The provider says who somebody
//! is; what that person may do here stands in our own database.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyAdditionalClaims,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse as _,
    UserInfoClaims,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreIdTokenClaims,
        CoreJwsSigningAlgorithm as Algorithm, CoreProviderMetadata, CoreTokenResponse,
    },
};
use sha2::{Digest as _, Sha256};
use tokio::sync::{RwLock, Semaphore};

/// How long the provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long what the provider says of itself, its keys among it, is taken as it was.
const KNOWN_FOR: Duration = Duration::from_secs(3_600);
/// How many may come back at once: each makes the server ask the provider.
const AT_ONCE: usize = 16;
/// What a token may be signed with: by a key that the provider alone has.
const SIGNED_WITH: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

/// The client as the library has it, once the provider has said where its endpoints are.
type Known = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

type Info = UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim>;

/// Which of the provider's claims an account is found by at the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
#[clap(rename_all = "snake_case")]
pub enum NameClaim {
    /// `preferred_username`.
    #[default]
    PreferredUsername,
    /// `email`, where the provider has verified it.
    Email,
    /// `sub`, the subject itself.
    Sub,
}

/// What an installation says of its provider.
#[derive(Clone)]
pub struct OpenIdSettings {
    /// The issuer: over https, or on this machine.
    pub issuer: String,
    /// The name of this installation there.
    pub client_id: String,
    /// Its secret, unless the provider knows it as a public client.
    pub client_secret: Option<String>,
    /// What an account is found by.
    pub name_claim: NameClaim,
    /// What people call the provider.
    pub label: Option<String>,
    /// Where the provider sends people back to.
    pub comes_back_to: String,
}

/// A setting of the provider that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// The issuer is no address, or one that others could listen to.
    #[error(
        "--oidc-issuer «{0}»: viết địa chỉ https:// như nhà cung cấp công bố (http:// chỉ với máy này) / \
         --oidc-issuer “{0}”: write the https:// address as the provider publishes it (http:// on this machine alone)"
    )]
    Issuer(String),
    /// So is the address of the product.
    #[error(
        "--public-address «{0}»: viết https://tên-máy, không có đường dẫn / \
         --public-address “{0}”: write https://host, without a path"
    )]
    PublicAddress(String),
    /// No client can be made.
    #[error("không mở được kết nối tới nhà cung cấp: {0} / no connection to the provider can be made: {0}")]
    Client(String),
}

/// Why somebody who came back is not let in.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// So many come back that this one is asked to come again.
    #[error("too many at once")]
    TooMany,
    /// The provider does not answer, or not as one does.
    #[error("the provider does not answer: {0}")]
    Unreachable(String),
    /// The provider refuses the code: it was used, is old, or was made up.
    #[error("the provider refuses the code: {0}")]
    Code(String),
    /// What the provider says is not signed by it, for somebody else, old, or of another sign-in.
    #[error("what the provider says cannot be believed: {0}")]
    Unbelievable(String),
}

/// A sign-in on its way to the provider: what the browser keeps until it comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Comes back with the browser; tells that it was this browser that set out.
    pub state: String,
    /// Comes back inside the token.
    pub nonce: String,
    /// Shown when the code is exchanged.
    pub verifier: String,
}

impl Begun {
    /// Whether what came back belongs to this sign-in. Compared by hash, so that the time taken says nothing.
    #[must_use]
    pub fn is_of(&self, state: &str) -> bool {
        Sha256::digest(&self.state) == Sha256::digest(state)
    }
}

/// Who came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// What never changes of somebody at the provider.
    pub subject: String,
    /// The name there, as it is compared; none when the provider gives none.
    pub name: Option<String>,
}

/// The provider. Cheap to clone.
#[derive(Clone)]
pub struct OpenId(Arc<Inner>);

struct Inner {
    settings: OpenIdSettings,
    issuer: IssuerUrl,
    comes_back_to: RedirectUrl,
    http: reqwest::Client,
    known: RwLock<Option<(Arc<Known>, Instant)>>,
    places: Semaphore,
}

impl OpenId {
    /// A provider; it is asked only when somebody wants to sign in.
    ///
    /// # Errors
    /// When a setting says nothing sensible.
    pub fn new(settings: OpenIdSettings) -> Result<Self, SettingError> {
        let bad = || SettingError::Issuer(settings.issuer.clone());
        if !is_safe(&settings.issuer) {
            return Err(bad());
        }
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| bad())?;
        let comes_back_to = RedirectUrl::new(settings.comes_back_to.clone())
            .map_err(|_| SettingError::PublicAddress(settings.comes_back_to.clone()))?;
        // What answers for the provider may not send us elsewhere.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(|error| SettingError::Client(error.to_string()))?;
        let (known, places) = (RwLock::new(None), Semaphore::new(AT_ONCE));
        Ok(Self(Arc::new(Inner { settings, issuer, comes_back_to, http, known, places })))
    }

    /// The issuer.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.0.settings.issuer
    }

    /// What people call it.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.0.settings.label.as_deref()
    }

    /// The address at the provider where somebody signs in, and what the browser keeps meanwhile.
    ///
    /// # Errors
    /// When the provider does not say where that is.
    pub async fn begin(&self) -> Result<(String, Begun), Failed> {
        let _place = self.0.places.try_acquire().map_err(|_| Failed::TooMany)?;
        let known = self.known().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut way = known
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge);
        way = match self.0.settings.name_claim {
            NameClaim::PreferredUsername => way.add_scope(Scope::new("profile".to_owned())),
            NameClaim::Email => way.add_scope(Scope::new("email".to_owned())),
            NameClaim::Sub => way,
        };
        let (address, state, nonce) = way.url();
        let begun = Begun {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        };
        Ok((address.into(), begun))
    }

    /// Who came back with a code.
    ///
    /// # Errors
    /// When the provider refuses the code, does not answer, or what it says cannot be believed.
    pub async fn finish(&self, code: &str, begun: Begun) -> Result<Returned, Failed> {
        let _place = self.0.places.try_acquire().map_err(|_| Failed::TooMany)?;
        let mut known = self.known().await?;
        let asked = known.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(unreachable)?;
        let asked = asked.set_pkce_verifier(PkceCodeVerifier::new(begun.verifier));
        let told = asked.request_async(&self.0.http).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(why) => Failed::Code(why.to_string()),
            other => unreachable(other),
        })?;
        let nonce = Nonce::new(begun.nonce);
        let claims = match believed(&known, &told, &nonce) {
            Ok(claims) => claims,
            // The provider may have changed its keys since it was asked. Nobody but the provider brings us here.
            Err(_) => {
                *self.0.known.write().await = None;
                known = self.known().await?;
                believed(&known, &told, &nonce)?
            }
        };
        let subject = claims.subject().to_string();
        let name = match self.name_of(&claims) {
            Some(name) => Some(name),
            None => self.asked_name(&known, &told, &claims).await?,
        };
        // A name that nobody can have finds no account.
        let name = name.and_then(|name| thuocdo::access::openid_name(&name).ok().flatten());
        Ok(Returned { subject, name })
    }

    fn name_of(&self, claims: &CoreIdTokenClaims) -> Option<String> {
        match self.0.settings.name_claim {
            NameClaim::PreferredUsername => claims.preferred_username().map(|name| name.to_string()),
            NameClaim::Email if claims.email_verified() == Some(true) => {
                claims.email().map(|email| email.to_string())
            }
            NameClaim::Email => None,
            NameClaim::Sub => Some(claims.subject().to_string()),
        }
    }

    /// Many providers say the name only to who asks for it (OpenID Connect Core 1.0, section 5.4).
    async fn asked_name(
        &self,
        known: &Known,
        told: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> Result<Option<String>, Failed> {
        // A provider that has no such endpoint gives no name.
        let Ok(asked) = known.user_info(told.access_token().clone(), Some(claims.subject().clone())) else {
            return Ok(None);
        };
        let info: Info = asked.request_async(&self.0.http).await.map_err(unreachable)?;
        Ok(match self.0.settings.name_claim {
            NameClaim::PreferredUsername => info.preferred_username().map(|name| name.to_string()),
            NameClaim::Email if info.email_verified() == Some(true) => {
                info.email().map(|email| email.to_string())
            }
            NameClaim::Email | NameClaim::Sub => None,
        })
    }

    /// What the provider says of itself.
    async fn known(&self) -> Result<Arc<Known>, Failed> {
        let still_good = |known: &Option<(Arc<Known>, Instant)>| {
            known.as_ref().filter(|(_, since)| since.elapsed() < KNOWN_FOR).map(|(known, _)| known.clone())
        };
        if let Some(known) = still_good(&*self.0.known.read().await) {
            return Ok(known);
        }
        let mut place = self.0.known.write().await;
        if let Some(known) = still_good(&place) {
            return Ok(known);
        }
        let said = CoreProviderMetadata::discover_async(self.0.issuer.clone(), &self.0.http).await;
        let settings = &self.0.settings;
        let known = CoreClient::from_provider_metadata(
            said.map_err(unreachable)?,
            ClientId::new(settings.client_id.clone()),
            settings.client_secret.clone().map(ClientSecret::new),
        )
        .set_redirect_uri(self.0.comes_back_to.clone());
        let known = Arc::new(known);
        *place = Some((known.clone(), Instant::now()));
        Ok(known)
    }
}

/// The claims of a token that the provider signed, for us, just now, in this sign-in.
fn believed(known: &Known, told: &CoreTokenResponse, nonce: &Nonce) -> Result<CoreIdTokenClaims, Failed> {
    let not = |why: &dyn std::fmt::Display| Failed::Unbelievable(why.to_string());
    let token = told.id_token().ok_or_else(|| not(&"no ID token"))?;
    let verifier = known.id_token_verifier().set_allowed_algs(SIGNED_WITH);
    let claims = token.claims(&verifier, nonce).map_err(|error| not(&error))?;
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| not(&error))?;
        let key = token.signing_key(&verifier).map_err(|error| not(&error))?;
        let found =
            AccessTokenHash::from_token(told.access_token(), algorithm, key).map_err(|error| not(&error))?;
        if found != *expected {
            return Err(not(&"the access token is another"));
        }
    }
    Ok(claims.clone())
}

fn unreachable(error: impl std::error::Error) -> Failed {
    // The cause says more than the error: a name that is not known, a certificate that is not trusted.
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        words = format!("{words}: {next}");
        cause = next.source();
    }
    Failed::Unreachable(words)
}

/// Whether nobody on the way to an address can listen.
#[must_use]
pub fn is_safe(address: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(address) else { return false };
    let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && is_here))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: &str) -> OpenIdSettings {
        OpenIdSettings {
            issuer: issuer.to_owned(),
            client_id: "thuocdo".to_owned(),
            client_secret: None,
            name_claim: NameClaim::default(),
            label: None,
            comes_back_to: "https://thuocdo.example/dang-nhap/openid/tro-lai".to_owned(),
        }
    }

    #[test]
    fn a_provider_is_spoken_to_over_https_or_on_this_machine() {
        for good in
            ["https://sso.example.gov.vn", "https://sso.example/realms/hanoi", "http://127.0.0.1:9000"]
        {
            assert!(OpenId::new(settings(good)).is_ok(), "{good}");
        }
        for bad in [
            "",
            "sso.example.gov.vn",
            "http://sso.example.gov.vn",
            "http://127.0.0.1.evil.example",
            "ftp://x",
        ] {
            assert!(matches!(OpenId::new(settings(bad)), Err(SettingError::Issuer(_))), "{bad}");
        }
    }

    #[test]
    fn who_comes_back_belongs_to_the_sign_in_that_set_out() {
        let begun = Begun { state: "a".to_owned(), nonce: String::new(), verifier: String::new() };
        assert!(begun.is_of("a"));
        assert!(!begun.is_of("b") && !begun.is_of(""));
    }
}
