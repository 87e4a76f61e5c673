//! `GET /bieu-do/{name}.{svg|png|csv}`: each chart under its own address.

use app::{
    context::{Context, address},
    error::AppError,
    links::ChartName,
};
use axum::{
    extract::{Path, RawQuery, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use thuocdo::{
    agency::Scope,
    charts::{Chart, Kind, Size, Theme, picture},
};

use super::HttpError;
use crate::export;

/// The width for which pictures are laid out; a PNG has two pixels for each of these.
const WIDTH: u16 = 850;

/// A chart as a picture or as its numbers.
pub async fn get(
    State(context): State<Context>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let (name, form) = file.rsplit_once('.').ok_or(AppError::NotFound)?;
    let name = ChartName::parse(name).ok_or(AppError::NotFound)?;
    let address = address(query.as_deref().unwrap_or(""))?;
    let chart = context.chart(&Scope::All, name, &address).await?;
    let kind = match form {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "csv" => "text/csv; charset=utf-8",
        _ => return Err(AppError::NotFound.into()),
    };
    let form = form.to_owned();
    // Drawing a picture takes tens of milliseconds: not on a thread that answers others.
    let body = tokio::task::spawn_blocking(move || body(&chart, &form))
        .await
        .map_err(|_| AppError::Unavailable)?
        .ok_or(AppError::Unavailable)?;
    let shown_as = format!("inline; filename=\"{file}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, shown_as)], body).into_response())
}

fn body(chart: &Chart, form: &str) -> Option<Vec<u8>> {
    let drawn = || picture(chart, size(chart), Theme::Light);
    match form {
        "svg" => Some(drawn().into_bytes()),
        "png" => export::png::render(&drawn(), 2),
        _ => Some(export::csv::table(chart)),
    }
}

/// A trend is drawn higher than on a page: it stands alone in a document.
fn size(chart: &Chart) -> Size {
    match chart.kind {
        Kind::Columns(_) => Size { width: WIDTH, height: 420 },
        Kind::Trend(_) | Kind::Control(_) => Size { width: WIDTH, height: 360 },
        _ => chart.fit(WIDTH),
    }
}
