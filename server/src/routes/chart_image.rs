//! `GET /bieu-do/{name}.{svg|png|pdf|csv|xlsx|json}`: each chart under its own address, as a picture or as its numbers.

use app::{
    context::{Charted, Context, address},
    error::AppError,
    links::ChartName,
};
use axum::{
    extract::{Extension, Path, RawQuery, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use thuocdo::{
    access::Actor,
    address::AddressError,
    charts::{Kind, Size, Theme, picture, values::Values},
    sheets::Sheet,
};

use super::{HttpError, MADE_AT_ONCE};
use crate::export::{self, csv::Separator, passport::Passport};

/// A chart as a picture or as its numbers.
pub async fn get(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let (word, form) = file.rsplit_once('.').ok_or(AppError::NotFound)?;
    let name = ChartName::parse(word).ok_or(AppError::NotFound)?;
    let form = Form::parse(form).ok_or(AppError::NotFound)?;
    let query = query.unwrap_or_default();
    let shape = Shape::of(&query)?;
    let charted = context.charted(&actor.scope, name, &actor.narrowed(address(&query)?)).await?;
    let today = context.today();
    let _turn = MADE_AT_ONCE.acquire().await.map_err(|_| AppError::Unavailable)?;
    // Drawing a picture takes tens of milliseconds: not on a thread that answers others.
    let body = tokio::task::spawn_blocking(move || made(name, &charted, form, shape, today))
        .await
        .map_err(|_| AppError::Unavailable)?
        .ok_or(AppError::Unavailable)?;
    let shown_as = format!("inline; filename=\"{file}\"");
    Ok(([(CONTENT_TYPE, form.kind().to_owned()), (CONTENT_DISPOSITION, shown_as)], body).into_response())
}

/// What a chart becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Svg,
    Png,
    Pdf,
    Csv,
    Xlsx,
    Json,
}

impl Form {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "svg" => Self::Svg,
            "png" => Self::Png,
            "pdf" => Self::Pdf,
            "csv" => Self::Csv,
            "xlsx" => Self::Xlsx,
            "json" => Self::Json,
            _ => return None,
        })
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => export::xlsx::KIND,
            Self::Json => "application/json",
        }
    }
}

/// For what a picture is made, and how fine; what separates the cells of a text.
#[derive(Debug, Clone, Copy)]
struct Shape {
    place: Place,
    scale: u16,
    separator: Separator,
}

/// Where a picture goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// As on the page.
    Page,
    /// The 16 cm between the margins of an official document.
    Word,
    /// A slide of 16:9.
    Slide,
}

/// What stands between the cells of a CSV.
pub(super) fn separator(query: &str) -> Result<Separator, AppError> {
    let said = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "separator");
    match said.as_ref().map_or("", |(_, value)| value.as_ref()) {
        "" | "comma" => Ok(Separator::Comma),
        "semicolon" => Ok(Separator::Semicolon),
        _ => {
            let why = "viết comma hoặc semicolon / write comma or semicolon".to_owned();
            Err(AppError::Invalid(AddressError { field: "separator".to_owned(), why }))
        }
    }
}

impl Shape {
    fn of(query: &str) -> Result<Self, AppError> {
        let mut shape = Self { place: Place::Page, scale: 2, separator: separator(query)? };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let wrong =
                |why: &str| AppError::Invalid(AddressError { field: name.to_string(), why: why.to_owned() });
            match (&*name, &*value) {
                (_, "") => {}
                ("scale", "1" | "2" | "4") => shape.scale = value.parse().unwrap_or(shape.scale),
                ("scale", _) => return Err(wrong("viết 1, 2 hoặc 4 / write 1, 2 or 4")),
                ("size", "word") => shape.place = Place::Word,
                ("size", "slide") => shape.place = Place::Slide,
                ("size", _) => return Err(wrong("viết word hoặc slide / write word or slide")),
                _ => {}
            }
        }
        Ok(shape)
    }

    /// A trend is drawn higher than on a page: it stands alone in a document.
    fn size(self, charted: &Charted) -> Size {
        let chart = &charted.chart;
        let width = match self.place {
            Place::Page => 850,
            Place::Word => 640,
            Place::Slide => 960,
        };
        match (&chart.kind, self.place) {
            (Kind::Columns(_) | Kind::Trend(_) | Kind::Control(_) | Kind::Funnel(_), Place::Slide) => {
                Size { width, height: 540 }
            }
            (Kind::Columns(_), Place::Page) => Size { width, height: 420 },
            (Kind::Trend(_) | Kind::Control(_), Place::Page) => Size { width, height: 360 },
            (Kind::Trend(_) | Kind::Control(_), Place::Word) => Size { width, height: 320 },
            _ => chart.fit(width),
        }
    }
}

fn made(name: ChartName, charted: &Charted, form: Form, shape: Shape, today: NaiveDate) -> Option<Vec<u8>> {
    let Charted { chart, view, query } = charted;
    let passport = Passport::of(name.as_str(), view.clone(), query.clone(), Values::of(chart));
    let drawn = || picture(chart, shape.size(charted), Theme::Light);
    match form {
        Form::Svg => Some(passport.stamp_svg(&drawn()).into_bytes()),
        Form::Png => passport.stamp_png(&export::png::render(&drawn(), shape.scale)?),
        Form::Pdf => {
            let set = export::pdf::figure(chart, shape.size(charted), &passport, today);
            set.inspect_err(|error| tracing::error!(%error, "a figure could not be set")).ok()
        }
        Form::Csv => Some(export::csv::table(&Sheet::of(chart), shape.separator)),
        Form::Xlsx => export::xlsx::workbook(chart, &passport, today).ok(),
        Form::Json => Some(export::json::sheet(&Sheet::of(chart), &passport)),
    }
}
