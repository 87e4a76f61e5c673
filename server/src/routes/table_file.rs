//! `GET /bang/{name}.{csv|xlsx|pdf|json}`: each table of the pages under its own address, whole.

use app::{
    context::{Context, Tabulated, address},
    error::AppError,
    pages::case_files::api::SET_AT_MOST,
};
use axum::{
    extract::{Extension, Path, RawQuery, State},
    response::Response,
};
use chrono::NaiveDate;
use thuocdo::{access::Actor, address::AddressError, lang::Lang, sheets::TableName};

use super::{HttpError, chart_image, reports};
use crate::export::{self, passport::Passport};

/// A table as a file.
pub async fn get(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let (word, form) = file.rsplit_once('.').ok_or(AppError::NotFound)?;
    let name = TableName::parse(word).ok_or(AppError::NotFound)?;
    let form = Form::parse(form).ok_or(AppError::NotFound)?;
    let query = query.unwrap_or_default();
    let separator = chart_image::separator(&query)?;
    let tabulated = context.tabulated(&actor.scope, name, &actor.narrowed(address(&query)?)).await?;
    let rows = i64::try_from(tabulated.sheet.values.rows.len()).unwrap_or(i64::MAX);
    if form == Form::Pdf && rows > SET_AT_MOST {
        return Err(too_long(rows).into());
    }
    let today = context.today();
    let made = reports::made(move || made(name, &tabulated, form, separator, today)).await?;
    Ok(reports::file(form.kind(), &file, made.ok_or(AppError::Unavailable)?))
}

/// Said of a table that is too long to be set in type.
pub(super) fn too_long(rows: i64) -> AppError {
    let why = format!(
        "có {} dòng, PDF in nhiều nhất {}: hãy tải Excel hoặc CSV / \
         there are {} rows, a PDF prints at most {}: download the workbook or the CSV",
        Lang::Vi.number(rows),
        Lang::Vi.number(SET_AT_MOST),
        Lang::En.number(rows),
        Lang::En.number(SET_AT_MOST)
    );
    AppError::Invalid(AddressError { field: "list".to_owned(), why })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Csv,
    Xlsx,
    Pdf,
    Json,
}

impl Form {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "csv" => Self::Csv,
            "xlsx" => Self::Xlsx,
            "pdf" => Self::Pdf,
            "json" => Self::Json,
            _ => return None,
        })
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => export::xlsx::KIND,
            Self::Pdf => "application/pdf",
            Self::Json => "application/json",
        }
    }
}

fn made(
    name: TableName,
    tabulated: &Tabulated,
    form: Form,
    separator: export::csv::Separator,
    today: NaiveDate,
) -> Option<Vec<u8>> {
    let Tabulated { sheet, view, query } = tabulated;
    let passport = Passport::of(name.as_str(), view.clone(), query.clone(), sheet.values.clone());
    match form {
        Form::Csv => Some(export::csv::table(sheet, separator)),
        Form::Xlsx => export::xlsx::table(sheet, &passport, today).ok(),
        Form::Json => Some(export::json::sheet(sheet, &passport)),
        Form::Pdf => {
            let set = export::pdf::sheet(sheet, &passport, today);
            set.inspect_err(|error| tracing::error!(%error, "a table could not be set")).ok()
        }
    }
}
