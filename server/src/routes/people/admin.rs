//! Who may what: letting people in, changing what they may, shutting accounts.

use app::{context::Context, error::AppError, written::people as pages};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;
use store::{
    AgencyName,
    people::{Invited, NewPerson, Person},
};
use thuocdo::{
    access::{self, Actor, Role},
    audit::Action,
    lang::Lang,
};

use super::{Refused, Sender, html, output_name};
use crate::{
    access::{Access, Client, LINK_LASTS},
    tokens,
};

/// Everybody.
pub(super) async fn page(
    State(access): State<Access>,
    State(context): State<Context>,
    sender: Sender,
) -> Response {
    let Sender { actor, lang, .. } = sender;
    match everybody(&access, &context, &actor, None, lang).await {
        Ok(page) => html(page).into_response(),
        Err(refused) => not_shown(&refused, lang),
    }
}

async fn everybody(
    access: &Access,
    context: &Context,
    actor: &Actor,
    problem: Option<&str>,
    lang: Lang,
) -> Result<String, Refused> {
    let agencies = context.store.agency_names(&actor.scope).await?;
    let mut people = access.people.all().await?;
    people.retain(|person| is_in_sight(actor, person, &agencies));
    let has_openid = access.settings.openid.is_some();
    let page = pages::People { actor, people: &people, agencies: &agencies, has_openid, problem };
    Ok(pages::people(&page, lang, &output_name()))
}

/// Whether somebody is an administrator's to look after: one bound to an agency looks after its people alone.
fn is_in_sight(actor: &Actor, person: &Person, agencies: &[AgencyName]) -> bool {
    actor.is_city_wide()
        || person.agency_code.as_deref().is_some_and(|code| agencies.iter().any(|agency| agency.code == code))
}

fn not_shown(refused: &Refused, lang: Lang) -> Response {
    let error = if matches!(refused, Refused::NoPerson) { AppError::NotFound } else { AppError::Unavailable };
    refused.answer(pages::refused(&error, lang, &output_name()))
}

#[derive(Deserialize)]
pub(super) struct NewForm {
    name: String,
    shown_as: String,
    role: String,
    agency: String,
    #[serde(default)]
    openid_name: String,
}

/// Lets somebody in, and shows the link to hand over; who signs in at the provider needs none.
pub(super) async fn let_in(
    State(access): State<Access>,
    State(context): State<Context>,
    sender: Sender,
    Form(form): Form<NewForm>,
) -> Response {
    let Sender { actor, client, lang, origin, .. } = sender;
    let came = async {
        let agencies = context.store.agency_names(&actor.scope).await?;
        let (role, agency_code) = given(&actor, &form.role, &form.agency, &agencies)?;
        let (name, shown_as) = (access::sign_in_name(&form.name)?, access::full_name(&form.shown_as)?);
        let openid_name = access::openid_name(&form.openid_name)?;
        let new = NewPerson { name, shown_as, role, agency_code, openid_name };
        let stamp = Access::stamp().map_err(|_| Refused::Unavailable)?;
        let person_id = access.people.let_in(&new, &stamp, access.now()).await?.ok_or(Refused::Taken)?;
        let detail = described(&new);
        access.audit.note(&actor, &client, Action::PersonInvited, &new.name, &detail).await;
        let token = match new.openid_name {
            Some(_) => None,
            None => Some(link(&access, person_id).await?),
        };
        Ok::<_, Refused>((person_id, token))
    };
    match came.await {
        Ok((person_id, token)) => {
            let link = token.map(|token| format!("{origin}{}", pages::link_address(&token, lang)));
            one(&access, &context, &actor, person_id, link.as_deref(), None, lang).await
        }
        Err(refused) => {
            let problem = refused.said(lang);
            let page = everybody(&access, &context, &actor, Some(&problem), lang).await;
            page.map_or_else(|refused| not_shown(&refused, lang), |page| refused.answer(page))
        }
    }
}

/// What is said of a person in the log.
fn described(new: &NewPerson) -> String {
    let elsewhere = new.openid_name.as_ref().map(|name| format!(" · OpenID «{name}»"));
    format!("{} · {}{}", new.role, new.agency_code.as_deref().unwrap_or("*"), elsewhere.unwrap_or_default())
}

/// The role and agency of a form: nobody gives what is beyond their own.
fn given(
    actor: &Actor,
    role: &str,
    agency: &str,
    agencies: &[AgencyName],
) -> Result<(Role, Option<String>), Refused> {
    let role: Role = role.parse().map_err(|_| Refused::NoSuchRole)?;
    let agency = Some(agency.trim()).filter(|code| !code.is_empty());
    match agency {
        None if actor.is_city_wide() => Ok((role, None)),
        Some(code) if agencies.iter().any(|known| known.code == code) => Ok((role, Some(code.to_owned()))),
        _ => Err(Refused::NoSuchRole),
    }
}

/// A link by which a person sets a password.
async fn link(access: &Access, person_id: i64) -> Result<String, Refused> {
    let token = tokens::new().map_err(|_| Refused::Unavailable)?;
    let until = access.now() + LINK_LASTS;
    access.people.invite(Invited::Person(person_id), &tokens::hash(&token), until).await?;
    Ok(token)
}

/// One person.
pub(super) async fn person_page(
    State(access): State<Access>,
    State(context): State<Context>,
    sender: Sender,
    Path(person_id): Path<i64>,
) -> Response {
    let Sender { actor, lang, .. } = sender;
    one(&access, &context, &actor, person_id, None, None, lang).await
}

async fn one(
    access: &Access,
    context: &Context,
    actor: &Actor,
    person_id: i64,
    link: Option<&str>,
    problem: Option<&Refused>,
    lang: Lang,
) -> Response {
    let page = async {
        let agencies = context.store.agency_names(&actor.scope).await?;
        let person = access.people.person(person_id).await?;
        let person =
            person.filter(|person| is_in_sight(actor, person, &agencies)).ok_or(Refused::NoPerson)?;
        let preview = context.preview(&person.actor()).await.map_err(|_| Refused::Unavailable)?;
        let said = problem.map(|refused| refused.said(lang));
        let page = pages::PersonPage {
            actor,
            person: &person,
            agencies: &agencies,
            has_openid: access.settings.openid.is_some(),
            preview,
            link,
            problem: said.as_deref(),
        };
        Ok::<_, Refused>(pages::person(&page, lang, &output_name()))
    };
    match (page.await, problem) {
        (Ok(page), None) => html(page).into_response(),
        (Ok(page), Some(refused)) => refused.answer(page),
        (Err(refused), _) => not_shown(&refused, lang),
    }
}

#[derive(Deserialize)]
pub(super) struct ChangeForm {
    r#do: String,
    #[serde(default)]
    shown_as: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    agency: String,
    #[serde(default)]
    openid_name: String,
}

/// Changes what a person may, shuts or opens the account, ends its sessions, or makes a link.
pub(super) async fn change(
    State(access): State<Access>,
    State(context): State<Context>,
    sender: Sender,
    Path(person_id): Path<i64>,
    Form(form): Form<ChangeForm>,
) -> Response {
    let Sender { actor, client, lang, origin, .. } = sender;
    match changed(&access, &context, &client, &actor, person_id, form).await {
        Ok(Some(token)) => {
            let link = format!("{}{}", origin, pages::link_address(&token, lang));
            one(&access, &context, &actor, person_id, Some(&link), None, lang).await
        }
        Ok(None) => Redirect::to(&pages::person_address(person_id, lang)).into_response(),
        Err(refused) => one(&access, &context, &actor, person_id, None, Some(&refused), lang).await,
    }
}

/// Does it; gives the token of a link where one was asked for.
async fn changed(
    access: &Access,
    context: &Context,
    client: &Client,
    actor: &Actor,
    person_id: i64,
    form: ChangeForm,
) -> Result<Option<String>, Refused> {
    let agencies = context.store.agency_names(&actor.scope).await?;
    let person = access.people.person(person_id).await?;
    let person = person.filter(|person| is_in_sight(actor, person, &agencies)).ok_or(Refused::NoPerson)?;
    let stamp = Access::stamp().map_err(|_| Refused::Unavailable)?;
    let is_city_admin =
        person.role == Role::Admin && person.agency_code.is_none() && person.disabled_at.is_none();
    let is_last = is_city_admin && access.people.others_with(Role::Admin, person_id).await? == 0;
    let mut token = None;
    let (action, detail) = match form.r#do.as_str() {
        "change" => {
            let (role, agency_code) = given(actor, &form.role, &form.agency, &agencies)?;
            if is_last && (role != Role::Admin || agency_code.is_some()) {
                return Err(Refused::LastAdmin);
            }
            let shown_as = access::full_name(&form.shown_as)?;
            let openid_name = access::openid_name(&form.openid_name)?;
            let to = NewPerson { name: person.name.clone(), shown_as, role, agency_code, openid_name };
            if !access.people.change(person_id, &to, &stamp).await? {
                return Err(Refused::OpenIdTaken);
            }
            (Action::PersonChanged, described(&to))
        }
        "disable" if is_last => return Err(Refused::LastAdmin),
        "disable" => {
            access.people.set_disabled(person_id, Some(access.now()), &stamp).await?;
            (Action::PersonChanged, "disabled".to_owned())
        }
        "enable" => {
            access.people.set_disabled(person_id, None, &stamp).await?;
            (Action::PersonChanged, "enabled".to_owned())
        }
        "sign_out" => {
            access.people.end_sessions(person_id, None, None).await?;
            (Action::SignedOut, "all sessions".to_owned())
        }
        "link" => {
            token = Some(link(access, person_id).await?);
            (Action::PersonInvited, "link".to_owned())
        }
        _ => return Err(Refused::NoSuchRole),
    };
    access.audit.note(actor, client, action, &person.name, &detail).await;
    Ok(token)
}
