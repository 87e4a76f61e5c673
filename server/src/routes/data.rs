//! What the forms of the page on data do: a file handed in, imported, stopped, thrown away; a mapping kept; a batch
//! undone. Each answers with the way back to the page.

use std::{collections::BTreeMap, path::PathBuf};

use app::{context::Context, links, written};
use axum::{
    Form, Router,
    body::Body,
    extract::{DefaultBodyLimit, Extension, Multipart, Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use intake::{
    Kind, Mapping, MappingError,
    desk::{Desk, DeskError, Owner},
    halves, template,
};
use serde::Deserialize;
use store::UndoError;
use thuocdo::{
    access::Actor, address::Address, agency::Scope, audit::Action, lang::Lang, text::printable,
    upload::Reading,
};
use tokio_util::io::ReaderStream;

use super::{assets, language};
use crate::{
    AppState,
    access::{Access, Client},
    limits::{self, Limits},
};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/du-lieu/mau/{file}", get(empty_file))
        .route("/du-lieu/tep", post(hand_in).layer(DefaultBodyLimit::disable()))
        .route("/du-lieu/tep/{id}/nhap", post(start))
        .route("/du-lieu/tep/{id}/dung", post(stop))
        .route("/du-lieu/tep/{id}/bo", post(discard))
        .route("/du-lieu/tep/{id}/anh-xa", post(keep_mapping))
        .route("/du-lieu/hoan-tac", post(undo))
        .route("/du-lieu/tep/{id}/van-de.csv", get(notes))
        .route("/du-lieu/tep/{id}/de-rieng.csv", get(set_aside))
}

/// Why a form was not carried out, for the person who sent it.
enum Refused {
    NoDesk,
    NoFile,
    Cut,
    TooLarge(u64),
    Desk(DeskError),
    Mapping(MappingError),
    Undo(UndoError),
    Store(store::Error),
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoFile | Self::Cut | Self::Mapping(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Desk(error) => status_of(error),
            Self::Undo(UndoError::Unknown(_)) => StatusCode::NOT_FOUND,
            Self::Undo(UndoError::Store(_)) | Self::NoDesk | Self::Store(_) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Undo(_) => StatusCode::CONFLICT,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::NoDesk => "máy chủ này không nhận tệp / this server takes no files".to_owned(),
            Self::NoFile => {
                "chưa chọn tệp nào; hãy quay lại và chọn một tệp / no file was chosen; go back and choose one"
                    .to_owned()
            }
            Self::Cut => "tệp chưa tới hết vì đường truyền bị ngắt; hãy nộp lại, chưa có gì được nhập / \
                 the file did not come whole: the connection was cut; hand it in again, nothing was imported"
                .to_owned(),
            Self::TooLarge(most) => limits::too_large(*most),
            Self::Desk(error) => error.to_string(),
            Self::Mapping(error) => error.to_string(),
            Self::Undo(error) => error.to_string(),
            Self::Store(error) => error.to_string(),
        }
    }
}

/// The status of what the desk refuses.
pub(super) fn status_of(error: &DeskError) -> StatusCode {
    match error {
        DeskError::UnknownReading => StatusCode::BAD_REQUEST,
        DeskError::NotForAgency => StatusCode::FORBIDDEN,
        DeskError::Gone => StatusCode::NOT_FOUND,
        DeskError::Busy => StatusCode::CONFLICT,
        DeskError::File(_) => StatusCode::UNPROCESSABLE_ENTITY,
        DeskError::Io(_) => StatusCode::INSUFFICIENT_STORAGE,
        DeskError::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl From<DeskError> for Refused {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Self {
        Self::Desk(error.into())
    }
}

/// A refusal in the language of the page that sent the form.
struct Told(Refused, Lang);

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let Self(refused, lang) = self;
        let status = refused.status();
        if status.is_server_error() {
            tracing::error!(words = refused.words(), "a form of the page on data was not carried out");
        }
        let words = refused.words();
        let (vi, en) = halves(&words);
        let page = written::refusal(lang.of(vi, en), written::TO_DATA, &assets::output_name(), lang);
        (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
    }
}

type Answer = Result<Redirect, Told>;

/// The language of the page a form stands on, and its desk.
fn desk(context: &Context, query: Option<&str>) -> Result<(Desk, Lang), Told> {
    let lang = language::of_query(query);
    let desk = context.desk().map_err(|_| Told(Refused::NoDesk, lang))?.clone();
    Ok((desk, lang))
}

/// The desk, when a file of it is in sight; what is not is as if it were gone.
fn desk_of(context: &Context, actor: &Actor, id: u64, query: Option<&str>) -> Result<(Desk, Lang), Told> {
    let (desk, lang) = desk(context, query)?;
    if desk.sees(&actor.scope, id) {
        Ok((desk, lang))
    } else {
        Err(Told(Refused::Desk(DeskError::Gone), lang))
    }
}

/// Who hands a file in, as the desk keeps it.
fn owner(actor: &Actor) -> Owner {
    let agency = match &actor.scope {
        Scope::All | Scope::Public => None,
        Scope::Below(code) => Some(code.clone()),
    };
    Owner { name: actor.name().to_owned(), agency }
}

fn to_upload(id: u64, lang: Lang) -> Redirect {
    Redirect::to(&links::upload(&Address { lang, ..Address::default() }, id))
}

fn to_data(lang: Lang, place: &str) -> Redirect {
    let page = links::page(links::DATA, &Address { lang, ..Address::default() });
    Redirect::to(&format!("{page}{place}"))
}

/// What a form adds to its file, at most.
const FORM_AROUND: u64 = 1 << 20;

/// Keeps the file of a form as it comes, and leads to the look at it.
async fn hand_in(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    State(Limits { largest_upload: most, .. }): State<Limits>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    mut form: Multipart,
) -> Answer {
    let (desk, lang) = desk(&context, query.as_deref())?;
    if limits::says_larger(&headers, most.saturating_add(FORM_AROUND)) {
        return Err(Told(Refused::TooLarge(most), lang));
    }
    let taken = async {
        while let Some(mut field) = form.next_field().await.map_err(|_| Refused::Cut)? {
            let Some(name) = field.file_name().map(str::to_owned).filter(|name| !name.is_empty()) else {
                continue;
            };
            let mut incoming = desk.incoming()?;
            while let Some(bytes) = field.chunk().await.map_err(|_| Refused::Cut)? {
                incoming.write(&bytes).await?;
                if incoming.bytes() > most {
                    return Err(Refused::TooLarge(most));
                }
            }
            incoming.finish().await?;
            return Ok(desk.hand_in(incoming, &name, owner(&actor))?);
        }
        Err(Refused::NoFile)
    };
    let upload = taken.await.map_err(|refused| Told(refused, lang))?;
    Ok(to_upload(upload.id, lang))
}

#[derive(Deserialize)]
struct StartForm {
    reading: String,
    all_or_nothing: Option<String>,
}

async fn start(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<u64>,
    RawQuery(query): RawQuery,
    Form(form): Form<StartForm>,
) -> Answer {
    let (desk, lang) = desk_of(&context, &actor, id, query.as_deref())?;
    let reading =
        Reading { all_or_nothing: form.all_or_nothing.is_some(), ..written::data::reading(&form.reading) };
    desk.start(id, reading).await.map_err(|error| Told(error.into(), lang))?;
    Ok(to_upload(id, lang))
}

async fn stop(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<u64>,
    RawQuery(query): RawQuery,
) -> Answer {
    let (desk, lang) = desk_of(&context, &actor, id, query.as_deref())?;
    desk.stop(id).map_err(|error| Told(error.into(), lang))?;
    Ok(to_upload(id, lang))
}

async fn discard(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<u64>,
    RawQuery(query): RawQuery,
) -> Answer {
    let (desk, lang) = desk_of(&context, &actor, id, query.as_deref())?;
    desk.discard(id).map_err(|error| Told(error.into(), lang))?;
    Ok(to_data(lang, ""))
}

/// Keeps a mapping under its name and shows the file through it.
async fn keep_mapping(
    State(context): State<Context>,
    Path(id): Path<u64>,
    RawQuery(query): RawQuery,
    Form(form): Form<Vec<(String, String)>>,
) -> Answer {
    let (_, lang) = desk(&context, query.as_deref())?;
    let told = |refused| Told(refused, lang);
    let name = form.iter().find(|(field, _)| field == "name").map_or("", |(_, name)| name);
    let before = context.store.mapping(&mapping_name(name)).await;
    let before = before.map_err(|error| told(Refused::Store(error)))?;
    let written = written_mapping(form, before.as_deref());
    let (name, text) = written.map_err(|error| told(Refused::Mapping(error)))?;
    let mapping = Mapping::parse(&text).map_err(|error| told(Refused::Mapping(error)))?;
    let kind = mapping.kind();
    let kept = context.store.keep_mapping(&name, kind.as_str(), &text).await;
    kept.map_err(|error| told(Refused::Store(error)))?;
    let address =
        Address { upload: Some(id), reading: Some(format!("{kind}:{name}")), lang, ..Address::default() };
    Ok(Redirect::to(&links::page(links::DATA, &address)))
}

/// A mapping's name as it is kept: a colon parts kind and name in addresses.
fn mapping_name(name: &str) -> String {
    printable(name.trim()).replace(':', " ")
}

/// The text of a mapping that a form describes, and its name. What the form does not know of the one before under the
/// same name, translations and headers to leave, stays.
fn written_mapping(
    form: Vec<(String, String)>,
    before: Option<&str>,
) -> Result<(String, String), MappingError> {
    let mut name = String::new();
    let before: toml::Table = before.and_then(|text| toml::from_str(text).ok()).unwrap_or_default();
    let stays = |key: &String| matches!(key.as_str(), "values" | "ignore");
    let mut mapping: toml::Table = before.into_iter().filter(|(key, _)| stays(key)).collect();
    let (mut columns, mut constants) = (toml::Table::new(), toml::Table::new());
    // What stands under a column counts once: a value for every row beats a header.
    let mut by_column: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (field, value) in form {
        let value = value.trim().to_owned();
        match field.split_once('.') {
            Some(("from", column)) => by_column.entry(column.to_owned()).or_default().0 = value,
            Some(("constant", column)) => by_column.entry(column.to_owned()).or_default().1 = value,
            _ if field == "name" => name = mapping_name(&value),
            _ if matches!(field.as_str(), "kind" | "date_format") => {
                mapping.insert(field, value.into());
            }
            _ => {}
        }
    }
    for (column, (from, constant)) in by_column {
        if !constant.is_empty() {
            constants.insert(column, constant.into());
        } else if !from.is_empty() {
            columns.insert(column, from.into());
        }
    }
    mapping.insert("columns".to_owned(), columns.into());
    mapping.insert("constants".to_owned(), constants.into());
    mapping.insert("name".to_owned(), name.clone().into());
    let text = toml::to_string(&mapping).map_err(|error| MappingError::Toml(error.to_string()))?;
    Ok((name, text))
}

#[derive(Deserialize)]
struct UndoForm {
    batch: i64,
}

async fn undo(
    State(context): State<Context>,
    State(access): State<Access>,
    Extension(client): Extension<Client>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
    Form(UndoForm { batch }): Form<UndoForm>,
) -> Answer {
    let lang = language::of_query(query.as_deref());
    if !context.sees_batch(&actor.scope, batch).await.map_err(|error| Told(Refused::Store(error), lang))? {
        return Err(Told(Refused::Undo(UndoError::Unknown(batch)), lang));
    }
    let (store, today) = (context.store.clone(), context.today());
    // In a task of its own: a large one takes a while, and goes on although somebody closes the page.
    let undone = tokio::spawn(async move { store.undo(batch, today).await }).await;
    let undone = undone.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
    undone.map_err(|error| Told(Refused::Undo(error), lang))?;
    access.audit.note(&actor, &client, Action::Undone, &batch.to_string(), "").await;
    Ok(to_data(lang, "#lan-nhap"))
}

/// Everything said of a file's rows.
async fn notes(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<u64>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (desk, lang) = desk_of(&context, &actor, id, query.as_deref())?;
    download(desk.notes_file(id), "van-de", id, lang).await
}

/// The rows that were set aside, to be corrected and handed in again.
async fn set_aside(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<u64>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (desk, lang) = desk_of(&context, &actor, id, query.as_deref())?;
    download(desk.set_aside_file(id), "de-rieng", id, lang).await
}

async fn download(path: Option<PathBuf>, name: &str, id: u64, lang: Lang) -> Result<Response, Told> {
    let gone = || Told(Refused::Desk(DeskError::Gone), lang);
    let file = tokio::fs::File::open(path.ok_or_else(gone)?).await.map_err(|_| gone())?;
    let kind = "text/csv; charset=utf-8".to_owned();
    let shown_as = format!("attachment; filename=\"{name}-{id}.csv\"");
    let body = Body::from_stream(ReaderStream::new(file));
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, shown_as)], body).into_response())
}

/// An empty file of a kind: its header, which a spreadsheet opens with its letters whole.
async fn empty_file(Path(file): Path<String>) -> Response {
    let kind = file.strip_suffix(".csv").and_then(|kind| kind.parse::<Kind>().ok());
    let Some(kind) = kind else { return StatusCode::NOT_FOUND.into_response() };
    let body = format!("\u{feff}{}\r\n", template(kind).join(","));
    let shown_as = format!("attachment; filename=\"{kind}.csv\"");
    (
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, shown_as),
        ],
        body,
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_form_becomes_a_mapping_that_says_the_same() {
        let form = form(&[
            ("kind", "petitions"),
            ("date_format", "MM/dd/yyyy"),
            ("name", " Một cửa: cũ "),
            ("from.petition_code", "CASE \"ID\""),
            ("from.sent_on", ""),
            ("constant.sent_on", ""),
            ("from.agency_code", "UNIT"),
            ("constant.agency_code", "HN"),
        ]);
        let before = "kind = \"petitions\"\nignore = [\"X\"]\n[columns]\nagency_code = \"OLD\"\n[values.channel]\nWeb = \"online\"\n";
        let (name, text) = written_mapping(form, Some(before)).expect("a mapping");
        assert_eq!(name, "Một cửa  cũ");
        let mapping = Mapping::parse(&text).expect("is understood");
        assert_eq!(mapping.kind(), Kind::Petitions);
        assert!(text.contains("petition_code = 'CASE \"ID\"'"), "{text}");
        assert!(text.contains("agency_code = \"HN\"") && !text.contains("UNIT"), "{text}");
        assert!(!text.contains("sent_on"), "{text}");
        assert!(text.contains("ignore") && text.contains("Web") && !text.contains("OLD"), "{text}");
    }
}
