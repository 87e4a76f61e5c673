//! `/bao-cao/…`: what leaves the building as documents, and what is said of it afterwards.

mod briefs;
mod forms;
mod meeting;
mod passport;

use std::path::PathBuf;

use app::{
    context::address,
    error::AppError,
    written::{self, reports},
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use intake::halves;
use thuocdo::{
    access::Actor,
    address::Address,
    brief::{ConclusionError, LetterheadError},
    lang::Lang,
};
use tokio::task::spawn_blocking;
use typeset::Refusal;

use super::{MADE_AT_ONCE, Why, assets};
use crate::{
    AppState,
    export::passport::{LARGEST, NoPassport},
};

/// How documents are written.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// The office's own template of the brief; without one the product's.
    pub brief_template: Option<PathBuf>,
}

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(reports::FREEZE, post(briefs::freeze))
        .route(reports::LETTERHEAD, post(briefs::keep_letterhead))
        .route("/bao-cao/thang.pdf", get(briefs::pdf))
        .route("/bao-cao/thang.docx", get(briefs::docx))
        .route("/bao-cao/thang.html", get(briefs::html))
        .route("/bao-cao/ii-06a.xlsx", get(forms::workbook_06a))
        .route("/bao-cao/ii-06a.pdf", get(forms::pdf_06a))
        .route("/bao-cao/ii-07b.xlsx", get(forms::workbook_07b))
        .route("/bao-cao/ii-07b.pdf", get(forms::pdf_07b))
        .route(reports::CHANGES, get(briefs::changes))
        .route(reports::MEETING, get(meeting::page).post(meeting::conclude))
        .route(reports::MINUTES, get(meeting::minutes))
        .route(reports::BOARD, get(meeting::board))
        .route(reports::PASSPORT, post(passport::check).layer(DefaultBodyLimit::max(LARGEST)))
}

/// Why a document was not made, for the person who asked for it.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error(
        "chưa chọn tệp nào, hoặc tệp lớn hơn 20 MB: hãy chọn tệp đã tải từ Thước Đo / \
         no file was chosen, or it is larger than 20 MB: choose a file downloaded from Thước Đo"
    )]
    NoFile,
    #[error(transparent)]
    Passport(#[from] NoPassport),
    #[error(
        "trang không còn hình này: hãy mở trang và tải hình mới / the page has no such figure any more: open the page and download anew"
    )]
    Gone,
    #[error("báo cáo tháng này chưa chốt / the brief of this month was not frozen")]
    NotFrozen,
    #[error(
        "tháng này đã có người chốt ngày {}: bản đó giữ nguyên / this month was frozen on {} already: that brief stands",
        Lang::Vi.date(*.0),
        Lang::En.date(*.0)
    )]
    FrozenBefore(chrono::NaiveDate),
    #[error(
        "{0}. Bản mẫu của phần mềm vẫn dùng được: thêm &template=builtin vào địa chỉ. / {0}. The product's own template still works: add &template=builtin to the address."
    )]
    Template(Refusal),
    #[error(
        "không đọc được mẫu báo cáo {0}: kiểm tra đường dẫn và quyền đọc, hoặc thêm &template=builtin vào địa chỉ / \
         the template {0} cannot be read: check its path and rights, or add &template=builtin to the address"
    )]
    NoTemplate(String),
    #[error(transparent)]
    Letterhead(#[from] LetterheadError),
    #[error(transparent)]
    Conclusion(#[from] ConclusionError),
    #[error("hạn: viết một ngày như 2023-10-15 / deadline: write a day such as 2023-10-15")]
    NoDay,
    #[error("{0}")]
    App(AppError),
}

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<store::Error> for Refused {
    fn from(error: store::Error) -> Self {
        Self::App(error.into())
    }
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoFile | Self::Letterhead(_) | Self::Conclusion(_) | Self::NoDay => StatusCode::BAD_REQUEST,
            Self::Passport(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Gone | Self::NotFrozen => StatusCode::NOT_FOUND,
            Self::FrozenBefore(_) => StatusCode::CONFLICT,
            Self::Template(_) | Self::NoTemplate(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::App(error) => {
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

/// A refusal in the language of who asked.
struct Told(Refused, Lang);

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let Self(refused, lang) = self;
        let words = refused.to_string();
        if refused.status().is_server_error() {
            tracing::error!(words, "a document was not made");
        }
        let (vi, en) = halves(&words);
        let page = written::refusal(lang.of(vi, en), written::TO_REPORTS, &assets::output_name(), lang);
        let mut response =
            (refused.status(), [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
        response.extensions_mut().insert(Why(words));
        response
    }
}

/// An address as the actor gets it, with the language to refuse in.
fn asked(actor: &Actor, query: Option<&str>) -> Result<(Address, Lang), Told> {
    let lang = super::language::of_query(query);
    let asked = address(query.unwrap_or("")).map_err(|error| Told(error.into(), lang))?;
    Ok((actor.narrowed(Address { lang, ..asked }), lang))
}

/// What a query says under a name.
pub(super) fn said(query: Option<&str>, asked: &str) -> Option<String> {
    form_urlencoded::parse(query?.as_bytes())
        .find(|(name, value)| name == asked && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

/// Makes a file beside the threads that answer; a few are made at a time.
pub(super) async fn made<T: Send + 'static>(
    make: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let turn = MADE_AT_ONCE.acquire().await.map_err(|_| AppError::Unavailable)?;
    // Whoever hangs up does not let the next one in while this is still being made.
    let work = move || {
        let made = make();
        drop(turn);
        made
    };
    spawn_blocking(work).await.map_err(|_| AppError::Unavailable)
}

/// A file to keep.
pub(super) fn file(kind: &str, name: &str, content: Vec<u8>) -> Response {
    let shown_as = format!("attachment; filename=\"{name}\"");
    let head = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, shown_as)];
    (head, content).into_response()
}

fn page(written: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], written).into_response()
}

/// The context's own error in the language of the page.
trait OrTold<T> {
    fn or_told(self, lang: Lang) -> Result<T, Told>;
}

impl<T, E: Into<Refused>> OrTold<T> for Result<T, E> {
    fn or_told(self, lang: Lang) -> Result<T, Told> {
        self.map_err(|error| Told(error.into(), lang))
    }
}
