//! The way in, one's own account, who may what, the audit log: forms and pages without scripts.

mod account;
mod admin;
mod audit;
mod openid;
mod sign_in;

use app::{
    error::AppError,
    written::{people as pages, sentence},
};
use axum::{
    Router,
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use thuocdo::{
    access::{Actor, PersonError},
    lang::Lang,
};

use super::{assets, language};
use crate::{
    AppState,
    access::{Client, TooMany},
};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(pages::SIGN_IN, get(sign_in::page).post(sign_in::sign_in))
        .route(pages::LINK, get(sign_in::link_page).post(sign_in::use_link))
        .route(pages::OPENID, get(openid::go))
        .route(pages::OPENID_BACK, get(openid::came_back))
        .route(pages::SIGN_OUT, post(sign_in::sign_out))
        .route(pages::ACCOUNT, get(account::page))
        .route(pages::PASSWORD, post(account::change_password))
        .route(pages::SESSIONS, post(account::end_sessions))
        .route(pages::ADMIN, get(admin::page))
        .route(pages::PERSON, post(admin::let_in))
        .route("/quan-tri/nguoi/{id}", get(admin::person_page).post(admin::change))
        .route(pages::AUDIT, get(audit::page))
        .route(pages::AUDIT_FILE, get(audit::file))
}

/// Why a form of the door was not carried out.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("tên đăng nhập hoặc mật khẩu không đúng / the sign-in name or the password is wrong")]
    Wrong,
    #[error(
        "đã sai quá nhiều lần: thử lại sau 15 phút, hoặc xin người quản trị một liên kết mới / \
         too many failures: try again in 15 minutes, or ask an administrator for a new link"
    )]
    Wait,
    #[error(transparent)]
    TooMany(#[from] TooMany),
    #[error(
        "liên kết này không còn dùng được: đã dùng rồi hoặc quá một ngày; xin người quản trị liên kết mới / \
         this link is no longer good: it was used, or is older than a day; ask an administrator for a new one"
    )]
    Link,
    #[error(
        "máy chủ này chưa nối với hệ thống đăng nhập chung / this server is not connected to a single sign-on"
    )]
    NoOpenId,
    #[error(
        "lượt đăng nhập này đã quá hạn hoặc bắt đầu ở trình duyệt khác: bấm đăng nhập lần nữa / \
         this sign-in is over or began in another browser: sign in once more"
    )]
    NotBegun,
    #[error(
        "hệ thống đăng nhập chung không cho vào: bạn đã huỷ, hoặc tài khoản ở đó không được dùng cho Thước Đo / \
         the single sign-on did not let you in: you cancelled, or your account there is not for Thước Đo"
    )]
    NotVouchedFor,
    #[error(
        "chưa liên hệ được hệ thống đăng nhập chung: thử lại sau, hoặc dùng mật khẩu nếu có / \
         the single sign-on cannot be reached: try again later, or use a password if you have one"
    )]
    OpenIdDown,
    #[error(
        "«{0}» đã đăng nhập ở hệ thống đăng nhập chung nhưng chưa được cấp tài khoản ở đây: đưa tên này cho người quản trị / \
         “{0}” signed in at the single sign-on but has no account here: give an administrator this name"
    )]
    NoAccount(String),
    #[error("tên ở hệ thống đăng nhập chung này đã có người dùng / this name at the single sign-on is taken")]
    OpenIdTaken,
    #[error("hai lần nhập mật khẩu mới không giống nhau / the new password was typed in two ways")]
    NotAgain,
    #[error(transparent)]
    Person(#[from] PersonError),
    #[error("tên đăng nhập này đã có người dùng / this sign-in name is taken")]
    Taken,
    #[error("vai trò hoặc đơn vị không có trong danh sách / there is no such role or agency")]
    NoSuchRole,
    #[error(
        "đây là người quản trị toàn thành phố duy nhất: cấp quyền đó cho người khác trước / \
         this is the only administrator of the whole city: let somebody else be one first"
    )]
    LastAdmin,
    #[error("không có người này / there is no such person")]
    NoPerson,
    #[error("máy chủ chưa trả lời được, thử lại sau / the server cannot answer now, try again later")]
    Unavailable,
}

impl From<store::Error> for Refused {
    fn from(error: store::Error) -> Self {
        // The one border that logs what the database said.
        let _ = AppError::from(error);
        Self::Unavailable
    }
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::Wrong => StatusCode::UNAUTHORIZED,
            Self::Wait => StatusCode::TOO_MANY_REQUESTS,
            Self::TooMany(_) | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Link => StatusCode::GONE,
            Self::NotAgain | Self::NotBegun | Self::Person(_) | Self::NoSuchRole => StatusCode::BAD_REQUEST,
            Self::Taken | Self::OpenIdTaken | Self::LastAdmin => StatusCode::CONFLICT,
            Self::NoPerson | Self::NoOpenId => StatusCode::NOT_FOUND,
            Self::NoAccount(_) | Self::NotVouchedFor => StatusCode::FORBIDDEN,
            Self::OpenIdDown => StatusCode::BAD_GATEWAY,
        }
    }

    fn said(&self, lang: Lang) -> String {
        let words = self.to_string();
        let (vi, en) = intake::halves(&words);
        format!("{}.", sentence(lang.of(vi, en)))
    }

    /// The page that says it, with the form to try again.
    fn answer(&self, page: String) -> Response {
        let mut response = (self.status(), html(page)).into_response();
        if matches!(self, Self::Wait | Self::TooMany(_)) {
            let seconds = if matches!(self, Self::Wait) { crate::access::WINDOW } else { 5 };
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

fn html(page: String) -> impl IntoResponse {
    // Forms with secrets are kept by nobody.
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], page)
}

/// The name that pages ask for the style under.
fn output_name() -> String {
    assets::output_name()
}

/// Who sent a form or asked for a page, and how to answer.
struct Sender {
    actor: Actor,
    client: Client,
    lang: Lang,
    /// Where the product stands, as the settings say or else as the browser calls it: for a link that is handed over.
    origin: String,
}

impl FromRequestParts<AppState> for Sender {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, StatusCode> {
        // The gate puts both there.
        let actor = parts.extensions.get::<Actor>().cloned().ok_or(StatusCode::UNAUTHORIZED)?;
        let client = parts.extensions.get::<Client>().cloned().ok_or(StatusCode::UNAUTHORIZED)?;
        let said = state.access.settings.public_address.clone();
        let origin = said.unwrap_or_else(|| origin(&parts.headers, &client));
        Ok(Self { actor, client, lang: language::of_query(parts.uri.query()), origin })
    }
}

fn origin(headers: &HeaderMap, client: &Client) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = if host.chars().all(is_host) { host } else { "" };
    format!("{}://{host}", if client.is_sealed { "https" } else { "http" })
}
