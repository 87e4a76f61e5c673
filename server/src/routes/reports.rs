//! `GET /bao-cao/ii-06a.xlsx`: the official form. `POST /bao-cao/ho-chieu`: a figure that was downloaded, handed back: the
//! view it is from, and what is another now.

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
    routing::{get, post},
};
use intake::halves;
use thuocdo::{
    address::AddressError, agency::Scope, forms::ii_06a::By, indicator::DEFINITIONS, lang::Lang,
    period::Cycle,
};

use super::{HttpError, MADE_AT_ONCE, assets, language};
use crate::{
    AppState, export,
    export::passport::{LARGEST, NoPassport, Passport},
};

/// The routes. Nothing is written by them.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(reports::FORM_06A, get(form_06a))
        .route(reports::PASSPORT, post(check).layer(DefaultBodyLimit::max(LARGEST)))
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

/// Form II.06a as a workbook. The reports are cut at the 15th unless the calendar is asked for.
async fn form_06a(State(context): State<Context>, RawQuery(query): RawQuery) -> Result<Response, HttpError> {
    let query = query.unwrap_or_default();
    let said = |asked: &str| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == asked)
            .map(|(_, value)| value.into_owned())
    };
    let mut asked = address(&query)?;
    if said("cycle").is_none_or(|cycle| cycle.is_empty()) {
        asked.cycle = Cycle::Reporting;
    }
    let by = match said("by").as_deref() {
        None | Some("" | "field") => By::Field,
        Some("unit") => By::Unit,
        Some(_) => {
            let why = "viết field hoặc unit / write field or unit".to_owned();
            return Err(AppError::Invalid(AddressError { field: "by".to_owned(), why }).into());
        }
    };
    let form = context.form_06a(&Scope::All, &asked, by).await?;
    let period = form.question.period.map(|period| period.to_string()).unwrap_or_default();
    let _turn = MADE_AT_ONCE.acquire().await.map_err(|_| AppError::Unavailable)?;
    let made = tokio::task::spawn_blocking(move || export::form_06a::workbook(&form));
    let file = made.await.map_err(|_| AppError::Unavailable)?.map_err(|error| {
        tracing::error!(%error, "a form could not be written");
        AppError::Unavailable
    })?;
    let shown_as = format!("attachment; filename=\"II.06a-{period}.xlsx\"");
    let kind = export::xlsx::KIND.to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, shown_as)], file).into_response())
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
