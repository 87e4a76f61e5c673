//! One's own account: the password, the sessions.

use app::{context::Context, written::people as pages};
use axum::{
    Form,
    extract::{RawQuery, State},
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;
use store::people::Person;
use thuocdo::{access::LONGEST_PASSWORD, agency::Scope, audit::Action, lang::Lang};

use super::{Refused, Sender, html, output_name, sign_in::hash_of_new};
use crate::access::{Access, Auth, Client, Sessions, SignedIn};

/// One's own account.
pub(super) async fn page(
    State(access): State<Access>,
    State(context): State<Context>,
    sender: Sender,
    auth: Auth,
    RawQuery(query): RawQuery,
) -> Response {
    let Sender { lang, .. } = sender;
    let is_changed = query.as_deref().is_some_and(|query| query.contains("done=password"));
    match shown(&access, &context, &auth, None, is_changed, lang).await {
        Ok(page) => html(page).into_response(),
        Err(refused) => {
            refused.answer(pages::refused(&app::error::AppError::Unavailable, lang, &output_name()))
        }
    }
}

async fn shown(
    access: &Access,
    context: &Context,
    auth: &Auth,
    problem: Option<&str>,
    is_changed: bool,
    lang: Lang,
) -> Result<String, Refused> {
    let person = person_of(auth)?;
    let agencies = context.store.agency_names(&Scope::All).await?;
    let agency = person.agency_code.as_deref();
    let agency =
        agency.map(|code| agencies.iter().find(|known| known.code == code).map_or(code, |known| &known.name));
    let this = auth.session.id().map(|id| Sessions::hash(&id)).unwrap_or_default();
    let sessions = access.people.sessions_of(person.person_id, access.now()).await?;
    let account = pages::Account { person, agency, sessions: &sessions, this: &this, problem, is_changed };
    Ok(pages::account(&account, lang, &output_name()))
}

fn person_of(auth: &Auth) -> Result<&Person, Refused> {
    auth.user.as_ref().map(|SignedIn(person)| person).ok_or(Refused::NoPerson)
}

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    old: String,
    password: String,
    again: String,
}

/// Changes one's password. This session goes on under a new number, every other ends.
pub(super) async fn change_password(
    State(access): State<Access>,
    State(context): State<Context>,
    sender: Sender,
    mut auth: Auth,
    Form(form): Form<PasswordForm>,
) -> Response {
    let Sender { actor, client, lang, .. } = sender;
    match changed(&access, &client, &mut auth, form).await {
        Ok(()) => {
            access.audit.note(&actor, &client, Action::PasswordSet, "", "").await;
            let joint = if lang == Lang::default() { "" } else { "&lang=en" };
            Redirect::to(&format!("{}?done=password{joint}", pages::ACCOUNT)).into_response()
        }
        Err(refused) => {
            let problem = refused.said(lang);
            let page = shown(&access, &context, &auth, Some(&problem), false, lang).await.unwrap_or_default();
            refused.answer(page)
        }
    }
}

async fn changed(
    access: &Access,
    client: &Client,
    auth: &mut Auth,
    form: PasswordForm,
) -> Result<(), Refused> {
    let person = person_of(auth)?.clone();
    let (name, address) = (&person.name, &client.address);
    if access.throttle.has_to_wait(name, address).await? {
        return Err(Refused::Wait);
    }
    let turn = access.passwords.turn().await?;
    // Asked again in turn, so that many guesses at once are no more than many one after the other.
    if access.throttle.has_to_wait(name, address).await? {
        return Err(Refused::Wait);
    }
    let hash = access.people.account(name).await?.and_then(|account| account.password_hash);
    if form.old.len() > LONGEST_PASSWORD || !turn.fits(form.old, hash).await {
        access.throttle.failed(name, address).await?;
        return Err(Refused::Wrong);
    }
    drop(turn);
    let hash = hash_of_new(access, &form.password, &form.again, name).await?;
    let stamp = Access::stamp().map_err(|_| Refused::Unavailable)?;
    access.people.set_password(person.person_id, &hash, &stamp).await?;
    let person = access.people.person(person.person_id).await?.ok_or(Refused::NoPerson)?;
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "the session does not go on");
        Refused::Unavailable
    };
    auth.session.cycle_id().await.map_err(|error| failed(&error))?;
    auth.login(&SignedIn(person)).await.map_err(|_| Refused::Unavailable)
}

#[derive(Deserialize)]
pub(super) struct EndForm {
    end: String,
}

/// Ends one of one's other sessions, or all of them.
pub(super) async fn end_sessions(
    State(access): State<Access>,
    sender: Sender,
    auth: Auth,
    Form(EndForm { end }): Form<EndForm>,
) -> Response {
    let Sender { actor, client, lang, .. } = sender;
    let ended = async {
        let person_id = person_of(&auth)?.person_id;
        let this = auth.session.id().map(|id| Sessions::hash(&id)).unwrap_or_default();
        match end.as_str() {
            "others" => access.people.end_sessions(person_id, None, Some(&this)).await?,
            one if one.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                access.people.end_sessions(person_id, Some(one), None).await?;
            }
            // No session is called so.
            _ => {}
        }
        access.audit.note(&actor, &client, Action::SignedOut, "", "other sessions").await;
        Ok::<(), Refused>(())
    };
    match ended.await {
        Ok(()) => {
            let query = if lang == Lang::default() { "" } else { "?lang=en" };
            Redirect::to(&format!("{}{query}#phien", pages::ACCOUNT)).into_response()
        }
        Err(refused) => {
            refused.answer(pages::refused(&app::error::AppError::Unavailable, lang, &output_name()))
        }
    }
}
