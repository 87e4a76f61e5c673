//! One person: role and agency, a new link, shutting the account, and what that person sees.

use leptos::prelude::*;
use store::{AgencyName, people::Person};
use thuocdo::{access::Actor, lang::Lang};

use super::{
    admin::{agency_name, openid_name, role_and_agency},
    document, in_lang, problem,
};

/// One person; the number comes after it.
pub const PERSON: &str = "/quan-tri/nguoi";

/// The page of a person.
#[must_use]
pub fn person_address(person_id: i64, lang: Lang) -> String {
    in_lang(&format!("{PERSON}/{person_id}"), lang)
}

/// How much is in a person's sight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Preview {
    /// Agencies.
    pub agencies: i64,
    /// Case files received up to today.
    pub case_files: i64,
    /// Petitions sent up to today.
    pub petitions: i64,
}

/// What the page shows.
pub struct PersonPage<'a> {
    /// Who looks.
    pub actor: &'a Actor,
    /// Who is looked at.
    pub person: &'a Person,
    /// The agencies that somebody can be bound to.
    pub agencies: &'a [AgencyName],
    /// Whether people can sign in at a provider of OpenID Connect.
    pub has_openid: bool,
    /// What the person sees.
    pub preview: Preview,
    /// A link made just now, whole.
    pub link: Option<&'a str>,
    /// Why the last form was not carried out.
    pub problem: Option<&'a str>,
}

/// The page.
#[must_use]
pub fn person(page: &PersonPage, lang: Lang, output_name: &str) -> String {
    let person = page.person;
    let action = person_address(person.person_id, lang);
    let link = page.link.map(|link| {
        view! {
            <section class="panel" aria-labelledby="lien-ket">
                <h2 id="lien-ket">{lang.of("Liên kết dùng một lần", "One-time link")}</h2>
                <p>
                    {lang.of(
                        "Đưa tận tay hoặc qua kênh an toàn; hết hạn sau một ngày và chỉ hiện ở đây lần này.",
                        "Hand it over in person or by a safe channel; it ends after a day and is shown only now.",
                    )}
                </p>
                <p>
                    <code class="link">{link.to_owned()}</code>
                </p>
            </section>
        }
    });
    let (shut, shut_words) = match person.disabled_at {
        Some(_) => ("enable", lang.of("Mở lại tài khoản", "Open the account again")),
        None => ("disable", lang.of("Khoá tài khoản", "Shut the account")),
    };
    let button = |what: &'static str, words: &'static str| {
        view! {
            <button type="submit" name="do" value=what>
                {words}
            </button>
        }
    };
    let sees: Vec<_> = [
        (lang.of("Đơn vị", "Agencies"), page.preview.agencies),
        (lang.of("Hồ sơ", "Case files"), page.preview.case_files),
        (lang.of("Phản ánh", "Petitions"), page.preview.petitions),
    ]
    .into_iter()
    .map(|(words, count)| {
        view! {
            <div>
                <dt>{words}</dt>
                <dd>{lang.number(count)}</dd>
            </div>
        }
    })
    .collect();
    // A name written down while there was a provider can be taken away when there is none any more.
    let has_openid = page.has_openid || person.openid_name.is_some();
    let body = view! {
        <div class="lead">
            <h1>{person.shown_as.clone()}</h1>
            <p>
                {format!(
                    "{} · {} · {}",
                    person.name,
                    person.role.label(lang),
                    agency_name(person.agency_code.as_deref(), page.agencies, lang),
                )}
            </p>
            {problem(page.problem)}
        </div>
        {link}
        <section class="panel" aria-labelledby="xem-voi">
            <h2 id="xem-voi">{lang.of("Xem với vai trò này", "What this person sees")}</h2>
            <dl class="tally">{sees}</dl>
        </section>
        <section class="panel" aria-labelledby="sua">
            <h2 id="sua">{lang.of("Vai trò và đơn vị", "Role and agency")}</h2>
            <p class="sub">
                {lang.of("Sửa xong, mọi phiên của người này kết thúc.", "Every session of this person ends with a change.")}
            </p>
            <form class="form letterhead" method="post" action=action.clone()>
                <label>
                    {lang.of("Họ tên", "Full name")}
                    <input type="text" name="shown_as" value=person.shown_as.clone() required autocomplete="off" />
                </label>
                {role_and_agency(person.role, person.agency_code.as_deref(), page.agencies, lang)}
                {has_openid.then(|| openid_name(person.openid_name.as_deref(), lang))}
                {button("change", lang.of("Lưu", "Save"))}
            </form>
        </section>
        <section class="panel" aria-labelledby="vao">
            <h2 id="vao">{lang.of("Mật khẩu và phiên", "Password and sessions")}</h2>
            <form class="form" method="post" action=action>
                {button("link", lang.of("Tạo liên kết đặt mật khẩu", "Make a link to set a password"))}
                {button("sign_out", lang.of("Kết thúc mọi phiên", "End all sessions"))} {button(shut, shut_words)}
            </form>
        </section>
        <p>
            <a href=in_lang(super::ADMIN, lang)>{lang.of("Về danh sách người dùng", "Back to all people")}</a>
        </p>
    };
    document(&person.shown_as, Some(page.actor), body, output_name, lang)
}
