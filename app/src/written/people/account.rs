//! One's own account: who one is here, the password, the sessions.

use leptos::prelude::*;
use store::people::{Person, Session};
use thuocdo::lang::Lang;

use super::{document, in_lang, problem, sign_in::new_password};
use crate::components::table::Table;

/// One's own account.
pub const ACCOUNT: &str = "/tai-khoan";
/// Where a password is changed.
pub const PASSWORD: &str = "/tai-khoan/mat-khau";
/// Where sessions are ended.
pub const SESSIONS: &str = "/tai-khoan/phien";

/// What the page shows.
pub struct Account<'a> {
    /// Who.
    pub person: &'a Person,
    /// The name of the agency that the person is bound to.
    pub agency: Option<&'a str>,
    /// The sessions, the latest first.
    pub sessions: &'a [Session],
    /// The hash of this one.
    pub this: &'a str,
    /// Why the last form was not carried out.
    pub problem: Option<&'a str>,
    /// Whether a password was changed just now.
    pub is_changed: bool,
}

/// The page.
#[must_use]
pub fn account(account: &Account, lang: Lang, output_name: &str) -> String {
    let person = account.person;
    let title = lang.of("Tài khoản", "Account");
    let agency = account.agency.unwrap_or(lang.of("toàn thành phố", "the whole city")).to_owned();
    let changed = account.is_changed.then(|| {
        view! {
            <p class="status met" role="status">
                <span aria-hidden="true">"● "</span>
                {lang.of("Đã đổi mật khẩu. Các phiên khác đã kết thúc.", "The password is changed. Other sessions have ended.")}
            </p>
        }
    });
    let rows: Vec<_> = account.sessions.iter().map(|session| row(session, account.this, lang)).collect();
    let heads = [
        lang.of("Bắt đầu", "Begun"),
        lang.of("Dùng gần nhất", "Last used"),
        lang.of("Từ địa chỉ", "From"),
        lang.of("Trình duyệt", "Browser"),
        lang.of("Kết thúc", "End"),
    ];
    let password = person.has_password.then(|| change_password(person, lang));
    let elsewhere = person.openid_name.as_ref().map(|name| {
        let words = match lang {
            Lang::Vi => format!("Đăng nhập được bằng «{name}» ở hệ thống đăng nhập chung."),
            Lang::En => format!("Signs in as “{name}” at the single sign-on."),
        };
        view! { <p class="sub">{words}</p> }
    });
    let body = view! {
        <div class="lead">
            <h1>{person.shown_as.clone()}</h1>
            <p>{format!("{} · {} · {agency}", person.name, person.role.label(lang))}</p>
            {elsewhere}
            {changed}
            {problem(account.problem)}
        </div>
        {password}
        <section class="panel" aria-labelledby="phien">
            <h2 id="phien">{lang.of("Phiên đang mở", "Open sessions")}</h2>
            <Table label=lang.of("Phiên đang mở", "Open sessions") class="people" heads=heads>
                {rows}
            </Table>
            <form class="form" method="post" action=in_lang(SESSIONS, lang)>
                <button type="submit" name="end" value="others">
                    {lang.of("Kết thúc mọi phiên khác", "End all other sessions")}
                </button>
            </form>
        </section>
    };
    document(title, Some(&person.actor()), body, output_name, lang)
}

fn change_password(person: &Person, lang: Lang) -> impl IntoView + use<> {
    view! {
        <section class="panel" aria-labelledby="mat-khau">
            <h2 id="mat-khau">{lang.of("Đổi mật khẩu", "Change the password")}</h2>
            <form class="form door" method="post" action=in_lang(PASSWORD, lang)>
                <input type="hidden" name="username" value=person.name.clone() autocomplete="username" />
                <label>
                    {lang.of("Mật khẩu hiện nay", "Present password")}
                    <input type="password" name="old" required autocomplete="current-password" />
                </label>
                {new_password(lang)}
                <button type="submit">{lang.of("Đổi", "Change")}</button>
            </form>
        </section>
    }
}

fn row(session: &Session, this: &str, lang: Lang) -> impl IntoView + use<> {
    let moment = |at: Option<i64>| at.map_or_else(|| "–".to_owned(), |at| lang.moment(at));
    let end = if session.hash == this {
        lang.of("phiên này", "this one").into_any()
    } else {
        view! {
            <form method="post" action=in_lang(SESSIONS, lang)>
                <button type="submit" name="end" value=session.hash.clone()>
                    {lang.of("Kết thúc", "End")}
                </button>
            </form>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{moment(session.signed_in_at)}</th>
            <td>{moment(session.seen_at)}</td>
            <td>{session.from_address.clone()}</td>
            <td>{browser_words(&session.browser, lang)}</td>
            <td>{end}</td>
        </tr>
    }
}

/// What a browser calls itself, as a person calls it: `Firefox, Windows`. Every browser names others, too: the first that
/// fits is the one.
fn browser_words(said: &str, lang: Lang) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("coc_coc_browser", "Cốc Cốc"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let first =
        |known: [(&'static str, &'static str); 6]| known.into_iter().find(|(sign, _)| said.contains(sign));
    match (first(BROWSERS), first(SYSTEMS)) {
        (Some((_, browser)), Some((_, system))) => format!("{browser}, {system}"),
        (Some((_, name)), None) | (None, Some((_, name))) => name.to_owned(),
        (None, None) => lang.of("chương trình khác", "another program").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_as_people_name_it() {
        let named = |said: &str| browser_words(said, Lang::En);
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0";
        assert_eq!(named(edge), "Edge, Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/17 Safari/604";
        assert_eq!(named(phone), "Safari, iPhone");
        assert_eq!(
            named("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"),
            "Firefox, Linux"
        );
        assert_eq!(named("curl/8.0"), "another program");
    }
}
