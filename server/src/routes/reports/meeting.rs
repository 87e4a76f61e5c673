//! The meeting on a month, its minutes, and the wall board.

use app::{
    context::{Context, month_of},
    written::reports,
};
use axum::{
    Form,
    extract::{Extension, RawQuery, State},
    response::{Redirect, Response},
};
use serde::Deserialize;
use thuocdo::{
    access::{Actor, Right},
    address::{self, Address},
    brief::{Brief, Conclusion},
    period::Period,
};

use super::{OrTold as _, Refused, Told, asked, page as answer, said};
use crate::routes::assets;

/// The page that a query asks for, from one.
fn number(query: Option<&str>) -> usize {
    said(query, "n").and_then(|n| n.parse().ok()).unwrap_or(1)
}

pub(super) async fn page(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (address, lang) = asked(&actor, query.as_deref())?;
    let (brief, conclusions) = spoken_of(&context, &actor, &address).await.or_told(lang)?;
    let number = number(query.as_deref());
    let may_conclude = actor.may(Right::WriteNotes) && actor.is_city_wide();
    Ok(answer(reports::meeting(&brief, &conclusions, number, may_conclude, &assets::output_name())))
}

pub(super) async fn minutes(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (address, lang) = asked(&actor, query.as_deref())?;
    let (brief, conclusions) = spoken_of(&context, &actor, &address).await.or_told(lang)?;
    Ok(answer(reports::minutes(&brief, &conclusions, &assets::output_name())))
}

/// What a meeting speaks of: the data as they are, whatever was signed.
async fn spoken_of(
    context: &Context,
    actor: &Actor,
    address: &Address,
) -> Result<(Brief, Vec<Conclusion>), Refused> {
    let whole = Address { period: address.period, lang: address.lang, ..Address::default() };
    let brief = context.brief(&actor.scope, &actor.narrowed(whole)).await?;
    // What was concluded speaks of the whole city.
    let conclusions = if actor.is_city_wide() { context.store.conclusions().await? } else { Vec::new() };
    Ok((brief, conclusions))
}

/// The form of a conclusion.
#[derive(Deserialize)]
pub(super) struct ConclusionForm {
    indicator: String,
    conclusion: String,
    owner: String,
    deadline: String,
}

pub(super) async fn conclude(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
    Form(form): Form<ConclusionForm>,
) -> Result<Redirect, Told> {
    let (address, lang) = asked(&actor, query.as_deref())?;
    let month = month_of(&address).or_told(lang)?;
    let kept = conclusion(month, form).or_told(lang)?;
    context.store.keep_conclusion(&kept).await.or_told(lang)?;
    let number = number(query.as_deref());
    let query = Address { period: Some(month), lang, ..Address::default() }.query();
    Ok(Redirect::to(&format!("{}{query}&n={number}", reports::MEETING)))
}

fn conclusion(month: Period, form: ConclusionForm) -> Result<Conclusion, Refused> {
    let deadline = match form.deadline.trim() {
        "" => None,
        text => Some(address::day(text).ok_or(Refused::NoDay)?),
    };
    let indicator = form.indicator.parse().map_err(|_| Refused::Gone)?;
    let kept = Conclusion { month, indicator, conclusion: form.conclusion, owner: form.owner, deadline };
    Ok(kept.checked()?)
}

pub(super) async fn board(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (address, lang) = asked(&actor, query.as_deref())?;
    let whole = actor.narrowed(Address { period: address.period, lang, ..Address::default() });
    let framed = context.overview(&actor.scope, &whole).await.or_told(lang)?;
    let page = (number(query.as_deref()), said(query.as_deref(), "stop").is_some());
    Ok(answer(reports::board((&framed.frame, &framed.body), &whole, page, &assets::output_name())))
}
