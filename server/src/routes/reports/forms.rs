//! The official forms as workbooks and as PDF.

use app::{
    context::{Context, Form06a, Form07b, address},
    error::AppError,
};
use axum::{
    extract::{Extension, RawQuery, State},
    response::Response,
};
use thuocdo::{access::Actor, address::AddressError, forms::ii_06a::By, period::Cycle};

use super::{file, made, said};
use crate::{
    export::{self, xlsx},
    routes::HttpError,
};

/// The form that a query asks for. The reports are cut at the 15th unless the calendar is asked for.
async fn form(context: &Context, actor: &Actor, query: Option<&str>) -> Result<Form06a, AppError> {
    let mut asked = actor.narrowed(address(query.unwrap_or(""))?);
    if said(query, "cycle").is_none() {
        asked.cycle = Cycle::Reporting;
    }
    let by = match said(query, "by").as_deref() {
        None | Some("field") => By::Field,
        Some("unit") => By::Unit,
        Some(_) => {
            let why = "viết field hoặc unit / write field or unit".to_owned();
            return Err(AppError::Invalid(AddressError { field: "by".to_owned(), why }));
        }
    };
    context.form_06a(&actor.scope, &asked, by).await
}

fn name_of(form: &Form06a, ending: &str) -> String {
    let period = form.question.period.map(|period| period.to_string()).unwrap_or_default();
    format!("II.06a-{period}.{ending}")
}

pub(super) async fn workbook_06a(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let form = form(&context, &actor, query.as_deref()).await?;
    let name = name_of(&form, "xlsx");
    let written = made(move || export::form_06a::workbook(&form)).await?;
    let workbook = written.map_err(|error| not_written(&error))?;
    Ok(file(xlsx::KIND, &name, workbook))
}

pub(super) async fn pdf_06a(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let form = form(&context, &actor, query.as_deref()).await?;
    let (name, today) = (name_of(&form, "pdf"), context.today());
    let set = made(move || export::pdf::form_06a(&form, today)).await?;
    let pdf = set.map_err(|error| not_written(&error))?;
    Ok(file("application/pdf", &name, pdf))
}

/// The form on procedures that a query asks for.
async fn counts(context: &Context, actor: &Actor, query: Option<&str>) -> Result<Form07b, AppError> {
    context.form_07b(&actor.scope, &actor.narrowed(address(query.unwrap_or(""))?)).await
}

pub(super) async fn workbook_07b(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let form = counts(&context, &actor, query.as_deref()).await?;
    let name = format!("II.07b-{}.xlsx", form.day);
    let written = made(move || export::form_07b::workbook(&form)).await?;
    let workbook = written.map_err(|error| not_written(&error))?;
    Ok(file(xlsx::KIND, &name, workbook))
}

pub(super) async fn pdf_07b(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let form = counts(&context, &actor, query.as_deref()).await?;
    let name = format!("II.07b-{}.pdf", form.day);
    let set = made(move || export::pdf::form_07b(&form, form.day)).await?;
    let pdf = set.map_err(|error| not_written(&error))?;
    Ok(file("application/pdf", &name, pdf))
}

fn not_written(error: &dyn std::fmt::Display) -> AppError {
    tracing::error!(%error, "a form could not be written");
    AppError::Unavailable
}
