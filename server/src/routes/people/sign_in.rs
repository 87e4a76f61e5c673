//! Signing in by name and password, or by a link that lets in once; signing out.

use app::written::people as pages;
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;
use store::people::{Account, Invited, NewPerson, Person};
use thuocdo::{
    access::{self, Identity, Role},
    audit::Action,
    lang::Lang,
};

use super::{Refused, Sender, html, output_name};
use crate::{
    access::{About, Access, Auth, COOKIE, Client, SignedIn},
    tokens,
};

/// The most characters of a name that is nobody's, in the log.
const LONGEST_NAME: usize = 64;

#[derive(Deserialize)]
pub(super) struct Back {
    pub(super) back: Option<String>,
}

/// The way in; who is in already goes on.
pub(super) async fn page(
    State(access): State<Access>,
    sender: Sender,
    Query(Back { back }): Query<Back>,
) -> Response {
    let Sender { actor, client, lang, .. } = sender;
    let way_back = access::way_back(back.as_deref());
    if matches!(actor.identity, Identity::Person(..)) {
        return Redirect::to(way_back).into_response();
    }
    let form = pages::SignIn { way_back, ..pages::SignIn::default() };
    html(shown(&access, &client, form, lang).await).into_response()
}

/// The page of the way in.
pub(super) async fn shown(access: &Access, client: &Client, form: pages::SignIn<'_>, lang: Lang) -> String {
    let has_anybody = access.people.has_any().await.unwrap_or(true);
    let is_safe = client.is_sealed || client.calls_this_machine;
    let openid = access.settings.openid.as_ref().map(|openid| openid.label().unwrap_or_default());
    let form = pages::SignIn { has_anybody, is_safe, openid, ..form };
    pages::sign_in(&form, lang, &output_name())
}

#[derive(Deserialize)]
pub(super) struct SignInForm {
    name: String,
    password: String,
    back: Option<String>,
}

/// Signs in.
pub(super) async fn sign_in(
    State(access): State<Access>,
    sender: Sender,
    auth: Auth,
    Form(form): Form<SignInForm>,
) -> Response {
    let Sender { client, lang, .. } = sender;
    let way_back = access::way_back(form.back.as_deref());
    // A name that nobody can have is refused as one that nobody has.
    let name = access::sign_in_name(&form.name).unwrap_or_else(|_| nobodys(&form.name));
    let refused = match let_in(&access, &client, auth, &name, form.password).await {
        Ok(()) => return Redirect::to(way_back).into_response(),
        Err(refused) => refused,
    };
    let problem = refused.said(lang);
    let form =
        pages::SignIn { way_back, name: &form.name, problem: Some(&problem), ..pages::SignIn::default() };
    refused.answer(shown(&access, &client, form, lang).await)
}

/// A name that nobody has, as failures are counted under: short, and without a sign that PostgreSQL keeps in no text.
fn nobodys(name: &str) -> String {
    let plain = |c: char| if c.is_control() { '?' } else { c };
    name.trim().to_lowercase().chars().map(plain).take(LONGEST_NAME).collect()
}

async fn let_in(
    access: &Access,
    client: &Client,
    auth: Auth,
    name: &str,
    password: String,
) -> Result<(), Refused> {
    // Asked before the queue, so that who guesses does not keep others waiting; and again in turn, so that many tries at
    // once are not more than many one after the other.
    if access.throttle.has_to_wait(name, &client.address).await? {
        return Err(Refused::Wait);
    }
    let turn = access.passwords.turn().await?;
    if access.throttle.has_to_wait(name, &client.address).await? {
        return Err(Refused::Wait);
    }
    let account = access.people.account(name).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let fits = password.len() <= access::LONGEST_PASSWORD && turn.fits(password, hash).await;
    match account {
        Some(Account { person, .. }) if fits && person.disabled_at.is_none() => {
            access.throttle.came_in(name, &client.address).await?;
            begin(access, client, auth, person, "").await
        }
        _ => {
            access.throttle.failed(name, &client.address).await?;
            access.audit.note_named(name, "", client, Action::SignInRefused, "", "").await;
            Err(Refused::Wrong)
        }
    }
}

/// Begins the session of a person, under a number that nobody knew before.
pub(super) async fn begin(
    access: &Access,
    client: &Client,
    mut auth: Auth,
    person: Person,
    how: &str,
) -> Result<(), Refused> {
    let now = access.now();
    let actor = person.actor();
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a session cannot begin");
        Refused::Unavailable
    };
    // What the browser brought along, a number it was given by somebody else perhaps, is thrown away whole.
    auth.session.clear().await;
    auth.session.cycle_id().await.map_err(|error| failed(&error))?;
    auth.login(&SignedIn(person)).await.map_err(|_| Refused::Unavailable)?;
    let about = About {
        signed_in_at: now,
        seen_at: now,
        browser: client.browser.clone(),
        from_address: client.address.clone(),
    };
    auth.session.insert(About::KEY, about).await.map_err(|error| failed(&error))?;
    access.audit.note(&actor, client, Action::SignedIn, "", how).await;
    // Whoever comes in sweeps up what is over.
    access.people.forget(now, now - crate::access::WINDOW).await?;
    Ok(())
}

/// Ends the session.
pub(super) async fn sign_out(State(access): State<Access>, sender: Sender, mut auth: Auth) -> Response {
    let Sender { actor, client, lang, .. } = sender;
    if auth.logout().await.is_ok_and(|user| user.is_some()) {
        access.audit.note(&actor, &client, Action::SignedOut, "", "").await;
    }
    let mut response = Redirect::to(&pages::sign_in_address("/", lang)).into_response();
    // A browser lets go of a cookie of this name only when it is told in the same way it was given.
    let gone = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    if let Ok(gone) = HeaderValue::from_str(&gone) {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}

#[derive(Deserialize)]
pub(super) struct LinkQuery {
    #[serde(default)]
    ma: String,
}

/// The page of a link.
pub(super) async fn link_page(
    State(access): State<Access>,
    sender: Sender,
    Query(LinkQuery { ma }): Query<LinkQuery>,
) -> Response {
    let lang = sender.lang;
    match invited(&access, &ma).await {
        Ok(whom) => {
            let of = match &whom {
                Whom::FirstAdmin => pages::LinkFor::FirstAdmin { name: "", shown_as: "" },
                Whom::Person(person) => pages::LinkFor::Person(&person.name),
            };
            html(pages::link(&ma, &of, None, lang, &output_name())).into_response()
        }
        Err(refused) => not_good(&refused, lang),
    }
}

/// Says that a link is not good, with the usual way in below.
fn not_good(refused: &Refused, lang: Lang) -> Response {
    let problem = refused.said(lang);
    let form = pages::SignIn {
        problem: Some(&problem),
        has_anybody: true,
        is_safe: true,
        ..pages::SignIn::default()
    };
    refused.answer(pages::sign_in(&form, lang, &output_name()))
}

enum Whom {
    FirstAdmin,
    Person(Person),
}

/// Whom a link lets in. A shut account has no way in.
async fn invited(access: &Access, token: &str) -> Result<Whom, Refused> {
    match access.people.invited(&tokens::hash(token), access.now()).await? {
        Some(Invited::FirstAdmin) if !access.people.has_any().await? => Ok(Whom::FirstAdmin),
        Some(Invited::Person(person_id)) => {
            let person = access.people.person(person_id).await?;
            let person = person.filter(|person| person.disabled_at.is_none());
            person.map(Whom::Person).ok_or(Refused::Link)
        }
        Some(Invited::FirstAdmin) | None => Err(Refused::Link),
    }
}

#[derive(Deserialize)]
pub(super) struct LinkForm {
    ma: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    shown_as: String,
    password: String,
    again: String,
}

/// Sets the password that a link is for, and signs in.
pub(super) async fn use_link(
    State(access): State<Access>,
    sender: Sender,
    auth: Auth,
    Form(form): Form<LinkForm>,
) -> Response {
    let Sender { client, lang, .. } = sender;
    let whom = match invited(&access, &form.ma).await {
        Ok(whom) => whom,
        Err(refused) => return not_good(&refused, lang),
    };
    let set = match &whom {
        Whom::FirstAdmin => first_admin(&access, &form).await,
        Whom::Person(person) => set_password(&access, person, &form).await,
    };
    let refused = match set {
        Ok(person) => {
            access.audit.note(&person.actor(), &client, Action::PasswordSet, "", "").await;
            match begin(&access, &client, auth, person, "").await {
                Ok(()) => return Redirect::to("/").into_response(),
                Err(refused) => refused,
            }
        }
        Err(refused @ Refused::Link) => return not_good(&refused, lang),
        Err(refused) => refused,
    };
    let problem = refused.said(lang);
    let of = match &whom {
        Whom::FirstAdmin => pages::LinkFor::FirstAdmin { name: &form.name, shown_as: &form.shown_as },
        Whom::Person(person) => pages::LinkFor::Person(&person.name),
    };
    refused.answer(pages::link(&form.ma, &of, Some(&problem), lang, &output_name()))
}

async fn first_admin(access: &Access, form: &LinkForm) -> Result<Person, Refused> {
    let new = NewPerson {
        name: access::sign_in_name(&form.name)?,
        shown_as: access::full_name(&form.shown_as)?,
        role: Role::Admin,
        agency_code: None,
        openid_name: None,
    };
    let hash = hash_of_new(access, &form.password, &form.again, &new.name).await?;
    let stamp = Access::stamp().map_err(|_| Refused::Unavailable)?;
    let link = tokens::hash(&form.ma);
    let came = access.people.let_first_in(&link, &new, &hash, &stamp, access.now()).await?;
    let person_id = came.ok_or(Refused::Link)?;
    access.people.person(person_id).await?.ok_or(Refused::Unavailable)
}

async fn set_password(access: &Access, person: &Person, form: &LinkForm) -> Result<Person, Refused> {
    let hash = hash_of_new(access, &form.password, &form.again, &person.name).await?;
    if !access.people.use_up(&tokens::hash(&form.ma), access.now()).await? {
        return Err(Refused::Link);
    }
    let stamp = Access::stamp().map_err(|_| Refused::Unavailable)?;
    access.people.set_password(person.person_id, &hash, &stamp).await?;
    access.people.person(person.person_id).await?.ok_or(Refused::Unavailable)
}

/// The hash of a new password, when it will do.
pub(super) async fn hash_of_new(
    access: &Access,
    password: &str,
    again: &str,
    name: &str,
) -> Result<String, Refused> {
    access::password(password, name)?;
    if password != again {
        return Err(Refused::NotAgain);
    }
    let turn = access.passwords.turn().await?;
    turn.hash(password.to_owned()).await.ok_or(Refused::Unavailable)
}
