//! `POST /bao-cao/ho-chieu`: what was downloaded, handed back: the view it is from, and what is another now.

use app::{
    context::{Context, address},
    error::AppError,
    links::ChartName,
    written::reports,
};
use axum::{
    extract::{Extension, Multipart, RawQuery, State},
    response::Response,
};
use thuocdo::{access::Actor, indicator::DEFINITIONS, lang::Lang, sheets::TableName};
use tokio::task::spawn_blocking;

use super::{OrTold as _, Refused, Told, page};
use crate::{
    export::passport::{BRIEF, Passport},
    routes::{assets, language},
};

pub(super) async fn check(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
    form: Multipart,
) -> Result<Response, Told> {
    let lang = language::of_query(query.as_deref());
    checked(&context, &actor, form, lang).await.map(page).or_told(lang)
}

async fn checked(
    context: &Context,
    actor: &Actor,
    mut form: Multipart,
    lang: Lang,
) -> Result<String, Refused> {
    let field = form.next_field().await.ok().flatten().ok_or(Refused::NoFile)?;
    let file = field.bytes().await.map_err(|_| Refused::NoFile)?;
    if file.is_empty() {
        return Err(Refused::NoFile);
    }
    let read = spawn_blocking(move || Passport::found_in(&file));
    let passport = read.await.map_err(|_| AppError::Unavailable)??;
    // Names of rows and columns are those of the file's own language.
    let asked = actor.narrowed(address(&passport.query)?);
    let has_other_definitions = passport.definitions != DEFINITIONS;
    let output_name = assets::output_name();
    if passport.chart == BRIEF {
        let brief = context.brief(&actor.scope, &asked).await?;
        let moved = passport.values.moved(&brief.figures.values);
        return Ok(reports::checked_brief(&brief, &moved, has_other_definitions, &output_name));
    }
    if let Some(name) = TableName::parse(&passport.chart) {
        let tabulated = context.tabulated(&actor.scope, name, &asked).await?;
        let moved = passport.values.moved(&tabulated.sheet.values);
        return Ok(reports::checked_table(&tabulated, &moved, has_other_definitions, &output_name));
    }
    let name = ChartName::parse(&passport.chart).ok_or(Refused::Gone)?;
    let compared = context.compared(&actor.scope, name, &asked, &passport.values).await;
    let (charted, moved) = compared.map_err(|error| match error {
        AppError::NotFound => Refused::Gone,
        other => Refused::App(other),
    })?;
    Ok(reports::checked(&charted, &moved, has_other_definitions, &output_name, lang))
}
