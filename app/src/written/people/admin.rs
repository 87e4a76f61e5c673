//! Who may what: everybody with an account, and the form to let somebody in.

use leptos::prelude::*;
use store::{AgencyName, people::Person};
use thuocdo::{
    access::{Actor, Role},
    collate,
    lang::Lang,
};

use super::{document, in_lang, person_address, problem};
use crate::components::table::Table;

/// Who may what.
pub const ADMIN: &str = "/quan-tri";

/// What the page shows.
pub struct People<'a> {
    /// Who looks.
    pub actor: &'a Actor,
    /// Everybody, by sign-in name.
    pub people: &'a [Person],
    /// The agencies that somebody can be bound to.
    pub agencies: &'a [AgencyName],
    /// Whether people can sign in at a provider of OpenID Connect.
    pub has_openid: bool,
    /// Why the last form was not carried out.
    pub problem: Option<&'a str>,
}

/// The page.
#[must_use]
pub fn people(page: &People, lang: Lang, output_name: &str) -> String {
    let title = lang.of("Người dùng", "People");
    let rows: Vec<_> = page.people.iter().map(|person| row(person, page.agencies, lang)).collect();
    let heads = [
        lang.of("Tên đăng nhập", "Sign-in name"),
        lang.of("Họ tên", "Full name"),
        lang.of("Vai trò", "Role"),
        lang.of("Đơn vị", "Agency"),
        lang.of("Trạng thái", "State"),
        lang.of("Dùng gần nhất", "Last used"),
    ];
    let count = i64::try_from(page.people.len()).unwrap_or(i64::MAX);
    let body = view! {
        <div class="lead">
            <h1>{title}</h1>
            <p>{lang.count(count, "tài khoản", "account", "accounts")}</p>
            {problem(page.problem)}
        </div>
        <section class="panel" aria-labelledby="nguoi">
            <h2 id="nguoi">{lang.of("Ai có tài khoản", "Who has an account")}</h2>
            <Table label=title class="people" heads=heads>
                {rows}
            </Table>
        </section>
        <section class="panel" aria-labelledby="them">
            <h2 id="them">{lang.of("Cấp tài khoản", "Let somebody in")}</h2>
            <p class="sub">
                {lang.of(
                    "Sau khi cấp, trang hiện một liên kết dùng một lần để người ấy tự đặt mật khẩu: không ai khác biết mật khẩu.",
                    "Afterwards the page shows a one-time link by which that person sets a password: nobody else knows it.",
                )}
            </p>
            <form class="form letterhead" method="post" action=in_lang("/quan-tri/nguoi", lang)>
                <label>
                    {lang.of("Tên đăng nhập", "Sign-in name")}
                    <input type="text" name="name" required autocapitalize="none" spellcheck="false" autocomplete="off" />
                </label>
                <label>
                    {lang.of("Họ tên", "Full name")} <input type="text" name="shown_as" required autocomplete="off" />
                </label>
                {role_and_agency(Role::Leader, None, page.agencies, lang)}
                {page.has_openid.then(|| openid_name(None, lang))}
                <button type="submit" class="primary">
                    {lang.of("Cấp tài khoản", "Let in")}
                </button>
            </form>
        </section>
        {rights(lang)}
    };
    document(title, Some(page.actor), body, output_name, lang)
}

fn row(person: &Person, agencies: &[AgencyName], lang: Lang) -> impl IntoView + use<> {
    let state = match (person.disabled_at, person.has_password) {
        (Some(since), _) => format!("■ {} {}", lang.of("khoá từ", "shut since"), lang.moment(since)),
        (None, true) => format!("● {}", lang.of("dùng được", "in use")),
        (None, false) if person.openid_name.is_some() => {
            format!("● {}", lang.of("qua đăng nhập chung", "by the single sign-on"))
        }
        (None, false) => format!("◇ {}", lang.of("chưa đặt mật khẩu", "no password yet")),
    };
    let seen = person.seen_at.map_or_else(|| "–".to_owned(), |at| lang.moment(at));
    view! {
        <tr>
            <th scope="row">
                <a href=person_address(person.person_id, lang)>{person.name.clone()}</a>
            </th>
            <td>{person.shown_as.clone()}</td>
            <td>{person.role.label(lang)}</td>
            <td>{agency_name(person.agency_code.as_deref(), agencies, lang)}</td>
            <td>{state}</td>
            <td>{seen}</td>
        </tr>
    }
}

/// The name of the agency a person is bound to; its code where it is no longer known.
pub(super) fn agency_name(code: Option<&str>, agencies: &[AgencyName], lang: Lang) -> String {
    match code {
        None => lang.of("Toàn thành phố", "The whole city").to_owned(),
        Some(code) => {
            let known = agencies.iter().find(|agency| agency.code == code);
            known.map_or_else(|| code.to_owned(), |agency| agency.name.clone())
        }
    }
}

/// The fields for a role and an agency.
pub(super) fn role_and_agency(
    role: Role,
    agency: Option<&str>,
    agencies: &[AgencyName],
    lang: Lang,
) -> impl IntoView + use<> {
    let roles: Vec<_> = Role::GIVEN
        .into_iter()
        .map(|given| {
            view! {
                <option value=given.as_str() selected=given == role>
                    {given.label(lang)}
                </option>
            }
        })
        .collect();
    let mut sorted: Vec<&AgencyName> = agencies.iter().collect();
    sorted.sort_by(|a, b| a.level.cmp(&b.level).then_with(|| collate::names(&a.name, &b.name)));
    let options: Vec<_> = sorted
        .into_iter()
        .map(|known| {
            let words = format!("{} ({})", known.name, known.code);
            view! {
                <option value=known.code.clone() selected=agency == Some(known.code.as_str())>
                    {words}
                </option>
            }
        })
        .collect();
    view! {
        <label>
            {lang.of("Vai trò", "Role")} <select name="role">{roles}</select>
        </label>
        <label>
            {lang.of("Đơn vị và mọi đơn vị bên dưới", "Agency with all below it")}
            <select name="agency">
                <option value="">{lang.of("Toàn thành phố", "The whole city")}</option>
                {options}
            </select>
        </label>
    }
}

/// The field for the name at the provider of OpenID Connect.
pub(super) fn openid_name(name: Option<&str>, lang: Lang) -> impl IntoView + use<> {
    view! {
        <label>
            {lang.of("Tên ở hệ thống đăng nhập chung, nếu dùng", "Name at the single sign-on, if used")}
            <input
                type="text"
                name="openid_name"
                value=name.unwrap_or_default().to_owned()
                maxlength="200"
                autocapitalize="none"
                spellcheck="false"
                autocomplete="off"
            />
        </label>
    }
}

/// What each role may, from the table that the gate goes by.
fn rights(lang: Lang) -> impl IntoView {
    use thuocdo::access::Right::{Administer, Import, Read, TakeLists, WriteNotes};
    let rights = [
        (
            Read,
            lang.of(
                "Xem số liệu và hồ sơ phía sau, tải biểu và báo cáo",
                "See figures and the files behind them, take charts and briefs",
            ),
        ),
        (TakeLists, lang.of("Tải danh sách từng hồ sơ", "Take lists of case files")),
        (
            WriteNotes,
            lang.of(
                "Chốt tháng, ghi kết luận họp (toàn thành phố)",
                "Freeze months, write conclusions (whole city)",
            ),
        ),
        (Import, lang.of("Nhập dữ liệu, hoàn tác (của đơn vị mình)", "Import and undo (of the own agency)")),
        (Administer, lang.of("Quản lý người dùng, xem nhật ký", "Manage people, read the audit log")),
    ];
    let heads: Vec<AnyView> = std::iter::once(lang.of("Được làm", "May").into_any())
        .chain(Role::GIVEN.map(|role| role.label(lang).into_any()))
        .collect();
    let rows: Vec<_> = rights
        .into_iter()
        .map(|(right, words)| {
            let cells: Vec<_> = Role::GIVEN
                .into_iter()
                .map(|role| {
                    let words = if role.may(right) {
                        lang.of("● được", "● yes")
                    } else {
                        lang.of("– không", "– no")
                    };
                    view! { <td>{words}</td> }
                })
                .collect();
            view! {
                <tr>
                    <th scope="row">{words}</th>
                    {cells}
                </tr>
            }
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="quyen">
            <h2 id="quyen">{lang.of("Mỗi vai trò được làm gì", "What each role may do")}</h2>
            <Table label=lang.of("Quyền theo vai trò", "Rights by role") class="people" heads=heads>
                {rows}
            </Table>
        </section>
    }
}
