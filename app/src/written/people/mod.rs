//! Pages of the door: signing in, one's own account, who may what, the audit log. Written by the server, without scripts.

mod account;
mod admin;
mod audit;
mod person;
mod sign_in;

use form_urlencoded::{Serializer, parse};
use leptos::prelude::*;
use thuocdo::{
    access::{Actor, Identity, Right},
    lang::Lang,
};

pub use self::{
    account::{ACCOUNT, Account, PASSWORD, SESSIONS, account},
    admin::{ADMIN, People, people},
    audit::{AUDIT, AUDIT_FILE, AuditPage, audit},
    person::{PERSON, PersonPage, Preview, person, person_address},
    sign_in::{
        LINK, LinkFor, OPENID, OPENID_BACK, SIGN_IN, SIGN_OUT, SignIn, link, link_address, sign_in,
        sign_in_address,
    },
};
use super::{sentence, whole};
use crate::{error::AppError, links};

/// The parameter that says what a list is taken for.
pub const REASON: &str = "reason";
/// The most characters of a reason.
const LONGEST_REASON: &str = "200";

/// A document of the door. With an actor, the ways of whoever is signed in stand above it.
fn document(
    title: &str,
    actor: Option<&Actor>,
    body: impl IntoView,
    output_name: &str,
    lang: Lang,
) -> String {
    document_with(title, (), actor, body, output_name, lang)
}

/// The same with more in its head.
pub(super) fn document_with(
    title: &str,
    head: impl IntoView,
    actor: Option<&Actor>,
    body: impl IntoView,
    output_name: &str,
    lang: Lang,
) -> String {
    let nav = actor.map(|actor| nav(actor, lang));
    let above = view! {
        <a class="skip" href="#main">{lang.of("Tới nội dung", "To the content")}</a>
        <header class="top">
            <a class="brand" href=in_lang(links::OVERVIEW, lang)>
                <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
                    <path d="M3 20h22M6 20v-6M10.5 20v-9M15 20v-6M19.5 20v-12M24 20v-6" />
                </svg>
                "Thước Đo"
            </a>
            {nav}
        </header>
    };
    whole(title, head, above, body, output_name, lang)
}

fn nav(actor: &Actor, lang: Lang) -> impl IntoView + use<> {
    let entry = |to: &str, words: &'static str| view! { <a href=in_lang(to, lang)>{words}</a> };
    let admin = actor.may(Right::Administer).then(|| {
        view! {
            {entry(ADMIN, lang.of("Người dùng", "People"))}
            {actor.is_city_wide().then(|| entry(AUDIT, lang.of("Nhật ký", "Audit log")))}
        }
    });
    let own = matches!(actor.identity, Identity::Person(..)).then(|| {
        view! {
            {entry(ACCOUNT, lang.of("Tài khoản", "Account"))}
            <form method="post" action=in_lang(SIGN_OUT, lang)>
                <button type="submit">{lang.of("Đăng xuất", "Sign out")}</button>
            </form>
        }
    });
    view! {
        <nav aria-label=lang.of("Trang", "Pages")>
            {entry(links::OVERVIEW, lang.of("Tổng quan", "Overview"))} {admin} {own}
        </nav>
    }
}

/// An address in the language of the page.
fn in_lang(path: &str, lang: Lang) -> String {
    with(path, &[], lang)
}

/// An address with parameters.
fn with(path: &str, parameters: &[(&str, &str)], lang: Lang) -> String {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(parameters.iter().filter(|(_, value)| !value.is_empty()));
    if lang != Lang::default() {
        query.append_pair("lang", lang.as_str());
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// What went wrong with a form, said above it and read out.
fn problem(words: Option<&str>) -> impl IntoView + use<> {
    words.map(|words| {
        let words = words.to_owned();
        view! {
            <p class="wrong" role="alert">
                <span aria-hidden="true">"■ "</span>
                {words}
            </p>
        }
    })
}

/// Says no, with a way on.
#[must_use]
pub fn refused(error: &AppError, lang: Lang, output_name: &str) -> String {
    let title = match error {
        AppError::Forbidden => lang.of("Không có quyền", "Not allowed"),
        AppError::SignIn => lang.of("Cần đăng nhập", "Sign in first"),
        AppError::NotFound => lang.of("Không có trang này", "There is no such page"),
        AppError::Invalid(_) => lang.of("Chưa làm được", "Not done"),
        AppError::Unavailable => lang.of("Máy chủ chưa trả lời được", "The server cannot answer now"),
    };
    let words = error.to_string();
    let (vi, en) = intake::halves(&words);
    let body = view! {
        <div class="lead">
            <h1>{title}</h1>
            <p>{sentence(lang.of(vi, en))} "."</p>
            <p>
                <a href=in_lang(links::OVERVIEW, lang)>{lang.of("Về tổng quan", "To the overview")}</a>
                " · "
                <a href=in_lang(ACCOUNT, lang)>{lang.of("Tài khoản", "Account")}</a>
            </p>
        </div>
    };
    document(title, None, body, output_name, lang)
}

/// Asks what a list of case files is taken for, and then gives it.
#[must_use]
pub fn reason(path: &str, query: &str, lang: Lang, output_name: &str) -> String {
    let kept: Vec<_> = parse(query.as_bytes())
        .into_owned()
        .filter(|(name, _)| name != REASON)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect();
    let title = lang.of("Tải danh sách hồ sơ", "Take a list of case files");
    let body = view! {
        <div class="lead">
            <h1>{title}</h1>
            <p>
                {lang
                    .of(
                        "Danh sách này nêu từng hồ sơ. Ghi ngắn gọn dùng để làm gì; nhật ký giữ lại lý do, người tải và bộ lọc.",
                        "This list names case files one by one. Say briefly what it is for; the audit log keeps the reason, who took it and its filters.",
                    )}
            </p>
        </div>
        <form class="form door" method="get" action=path.to_owned()>
            {kept}
            <label>
                {lang.of("Lý do", "Reason")} <input type="text" name=REASON required maxlength=LONGEST_REASON autofocus />
            </label>
            <button type="submit" class="primary">
                {lang.of("Tải về", "Download")}
            </button>
        </form>
    };
    document(title, None, body, output_name, lang)
}
