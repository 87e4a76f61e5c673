//! The brief of a month as PDF, for Word and as one HTML file; frozen; what changed since; what stands around it.

use std::path::Path;

use app::{
    context::{Context, month_of},
    written::{self, reports},
};
use axum::{
    Form,
    extract::{Extension, RawQuery, State},
    response::{Redirect, Response},
};
use serde::Deserialize;
use thuocdo::{
    access::Actor,
    address::Address,
    brief::{Brief, Frozen, Letterhead},
    lang::Lang,
};

use super::{Documents, OrTold as _, Refused, Told, asked, file, made, page, said};
use crate::{
    export::{
        brief::{self, DOCX},
        passport::Passport,
    },
    routes::assets,
};

/// The brief with what stands around it: as it was signed, or from the data as they are.
async fn brief_of(
    context: &Context,
    actor: &Actor,
    address: &Address,
) -> Result<(Brief, Letterhead, Option<Frozen>), Refused> {
    let (brief, frozen) = context.brief_as_signed(&actor.scope, address).await?;
    let letterhead = match &frozen {
        Some(frozen) => frozen.letterhead.clone(),
        None => context.store.letterhead().await?,
    };
    Ok((brief, letterhead, frozen))
}

/// `bao-cao-2023-09.pdf`.
fn name_of(brief: &Brief, ending: &str) -> String {
    format!("bao-cao-{}.{ending}", brief.month)
}

/// The passport of a brief: its counts.
pub(super) fn passport_of(brief: &Brief, address: &Address) -> Passport {
    let address = Address { period: Some(brief.month), as_of: None, ..address.bare() };
    Passport::brief(&address.query(), brief.figures.values.clone())
}

pub(super) async fn pdf(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    State(documents): State<Documents>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (address, lang) = asked(&actor, query.as_deref())?;
    let is_builtin = said(query.as_deref(), "template").as_deref() == Some("builtin");
    let own = documents.brief_template.as_deref().filter(|_| !is_builtin);
    let template = template(own).await.or_told(lang)?;
    let (brief, letterhead, frozen) = brief_of(&context, &actor, &address).await.or_told(lang)?;
    let made_on = frozen.map_or_else(|| context.today(), |frozen| frozen.on);
    let name = name_of(&brief, "pdf");
    let passport = passport_of(&brief, &address);
    let set =
        made(move || brief::pdf(&brief, &letterhead, &passport, &template, made_on)).await.or_told(lang)?;
    let pdf = set.map_err(Refused::Template).or_told(lang)?;
    Ok(file("application/pdf", &name, pdf))
}

/// The office's own template, read anew each time so that an edit shows at once; or the product's.
async fn template(own: Option<&Path>) -> Result<String, Refused> {
    let Some(path) = own else { return Ok(typeset::BRIEF.to_owned()) };
    tokio::fs::read_to_string(path).await.map_err(|error| {
        tracing::error!(%error, "the template of the brief cannot be read");
        let name = path.file_name().unwrap_or(path.as_os_str());
        Refused::NoTemplate(name.to_string_lossy().into_owned())
    })
}

pub(super) async fn docx(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (address, lang) = asked(&actor, query.as_deref())?;
    let (brief, letterhead, frozen) = brief_of(&context, &actor, &address).await.or_told(lang)?;
    let made_on = frozen.map_or_else(|| context.today(), |frozen| frozen.on);
    let name = name_of(&brief, "docx");
    let written = made(move || brief::docx(&brief, &letterhead, made_on)).await.or_told(lang)?;
    let docx = written.ok_or(app::error::AppError::Unavailable).or_told(lang)?;
    Ok(file(DOCX, &name, docx))
}

pub(super) async fn html(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (address, lang) = asked(&actor, query.as_deref())?;
    let (brief, _, frozen) = brief_of(&context, &actor, &address).await.or_told(lang)?;
    let name = name_of(&brief, "html");
    let frozen = frozen.map(|frozen| {
        format!("{} {}", lang.of("số liệu chốt ngày", "figures frozen on"), lang.date(frozen.on))
    });
    let html = reports::month_file(&brief, frozen.as_deref());
    Ok(file("text/html; charset=utf-8", &name, html.into_bytes()))
}

/// Freezes a month and leads back to the page.
pub(super) async fn freeze(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Redirect, Told> {
    let (address, lang) = asked(&actor, query.as_deref())?;
    let month = month_of(&address).or_told(lang)?;
    let (frozen, is_first) = context.freeze(&actor.scope, month).await.or_told(lang)?;
    if !is_first {
        let on = context.store.frozen_brief(month).await.or_told(lang)?.map_or(frozen.on, |frozen| frozen.on);
        return Err(Told(Refused::FrozenBefore(on), lang));
    }
    Ok(to_reports(lang, "bao-cao-thang"))
}

/// What is another since a month was frozen.
pub(super) async fn changes(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (address, lang) = asked(&actor, query.as_deref())?;
    let month = month_of(&address).or_told(lang)?;
    let adjusted = context.adjusted(&actor.scope, month, lang).await.or_told(lang)?;
    let adjusted = adjusted.ok_or(Refused::NotFrozen).or_told(lang)?;
    Ok(page(reports::changes(month, &adjusted, &assets::output_name(), lang)))
}

/// The form of the letterhead.
#[derive(Deserialize)]
pub(super) struct LetterheadForm {
    superior: String,
    issuer: String,
    symbol: String,
    place: String,
    addressees: String,
    copies: String,
    signer_title: String,
    signer_name: String,
}

pub(super) async fn keep_letterhead(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
    Form(form): Form<LetterheadForm>,
) -> Result<Redirect, Told> {
    let (_, lang) = asked(&actor, query.as_deref())?;
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    let letterhead = Letterhead {
        addressees: lines(&form.addressees),
        copies: lines(&form.copies),
        superior: form.superior,
        issuer: form.issuer,
        symbol: form.symbol,
        place: form.place,
        signer_title: form.signer_title,
        signer_name: form.signer_name,
    };
    let letterhead = letterhead.checked().or_told(lang)?;
    context.store.keep_letterhead(&letterhead).await.or_told(lang)?;
    Ok(to_reports(lang, "dau-van-ban"))
}

fn to_reports(lang: Lang, place: &str) -> Redirect {
    let (page, ..) = written::TO_REPORTS;
    let query = Address { lang, ..Address::default() }.query();
    Redirect::to(&format!("{page}{query}#{place}"))
}
