//! `POST /bao-cao/ho-chieu`: a figure that was downloaded, handed back: the view it is from, and what is another now.

use app::{
    context::{Context, address},
    error::AppError,
    links::ChartName,
    written::{self, reports},
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use intake::halves;
use thuocdo::{agency::Scope, indicator::DEFINITIONS, lang::Lang};

use super::{assets, language};
use crate::{
    AppState,
    export::passport::{LARGEST, NoPassport, Passport},
};

/// The routes. Nothing is written by them.
pub fn router() -> Router<AppState> {
    Router::new().route(reports::PASSPORT, post(check).layer(DefaultBodyLimit::max(LARGEST)))
}

/// Why a file says nothing.
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
    #[error("{0}")]
    App(AppError),
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoFile => StatusCode::BAD_REQUEST,
            Self::Passport(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Gone => StatusCode::NOT_FOUND,
            Self::App(error) => {
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

async fn check(State(context): State<Context>, RawQuery(query): RawQuery, form: Multipart) -> Response {
    let lang = language::of_query(query.as_deref());
    let (status, page) = match checked(&context, form, lang).await {
        Ok(page) => (StatusCode::OK, page),
        Err(refused) => {
            let words = refused.to_string();
            let (vi, en) = halves(&words);
            let page = written::refusal(lang.of(vi, en), written::TO_REPORTS, &assets::output_name(), lang);
            (refused.status(), page)
        }
    };
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

async fn checked(context: &Context, mut form: Multipart, lang: Lang) -> Result<String, Refused> {
    let field = form.next_field().await.ok().flatten().ok_or(Refused::NoFile)?;
    let file = field.bytes().await.map_err(|_| Refused::NoFile)?;
    if file.is_empty() {
        return Err(Refused::NoFile);
    }
    let read = tokio::task::spawn_blocking(move || Passport::found_in(&file));
    let passport = read.await.map_err(|_| Refused::App(AppError::Unavailable))??;
    let name = ChartName::parse(&passport.chart).ok_or(Refused::Gone)?;
    // Names of rows and columns are those of the file's own language.
    let asked = address(&passport.query).map_err(Refused::App)?;
    let compared = context.compared(&Scope::All, name, &asked, &passport.values).await;
    let (charted, moved) = compared.map_err(|error| match error {
        AppError::NotFound => Refused::Gone,
        other => Refused::App(other),
    })?;
    let has_other_definitions = passport.definitions != DEFINITIONS;
    Ok(reports::checked(&charted, &moved, has_other_definitions, &assets::output_name(), lang))
}
