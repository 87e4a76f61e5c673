//! The way in: name and password; and a link that lets in once.

use leptos::prelude::*;
use thuocdo::{
    access::{LONGEST_PASSWORD, SHORTEST_PASSWORD},
    lang::Lang,
};

use super::{document, in_lang, problem, with};

/// Where one signs in.
pub const SIGN_IN: &str = "/dang-nhap";
/// Where one is sent off to the provider of OpenID Connect.
pub const OPENID: &str = "/dang-nhap/openid";
/// Where the provider sends one back to.
pub const OPENID_BACK: &str = "/dang-nhap/openid/tro-lai";
/// Where one signs out.
pub const SIGN_OUT: &str = "/dang-xuat";
/// Where a link lets in once.
pub const LINK: &str = "/dang-nhap/lien-ket";

/// The way in, and back to a page of the product afterwards.
#[must_use]
pub fn sign_in_address(way_back: &str, lang: Lang) -> String {
    let way_back = if way_back == "/" { "" } else { way_back };
    with(SIGN_IN, &[("back", way_back)], lang)
}

/// A link that lets in once.
#[must_use]
pub fn link_address(token: &str, lang: Lang) -> String {
    with(LINK, &[("ma", token)], lang)
}

/// The form of the way in.
#[derive(Debug, Clone, Default)]
pub struct SignIn<'a> {
    /// Where to go afterwards.
    pub way_back: &'a str,
    /// The name as it was typed.
    pub name: &'a str,
    /// Why the last try failed.
    pub problem: Option<&'a str>,
    /// Whether somebody has an account.
    pub has_anybody: bool,
    /// Whether the browser would keep the session's cookie: over TLS, or on this machine.
    pub is_safe: bool,
    /// What people call the provider of OpenID Connect, where there is one; empty when it was given no name.
    pub openid: Option<&'a str>,
}

/// The way in.
#[must_use]
pub fn sign_in(form: &SignIn, lang: Lang, output_name: &str) -> String {
    let title = lang.of("Đăng nhập", "Sign in");
    let nobody = (!form.has_anybody).then(|| {
        view! {
            <p>
                {lang.of(
                    "Chưa có tài khoản nào. Người quản trị đầu tiên mở liên kết một lần mà «thuocdo serve» in ra trên máy chủ; \
                     hoặc chạy «thuocdo user add».",
                    "Nobody has an account yet. The first administrator opens the one-time link that `thuocdo serve` printed on \
                     the server; or run `thuocdo user add`.",
                )}
            </p>
        }
    });
    let unsafe_way = (!form.is_safe).then(|| {
        view! {
            <p class="status at_risk" role="note">
                <span aria-hidden="true">"▲ "</span>
                {lang.of(
                    "Địa chỉ này không qua HTTPS: mật khẩu đi trong mạng không được che, và trình duyệt không giữ phiên. Hãy mở địa chỉ https://.",
                    "This address is not https: a password would cross the network in the open, and the browser keeps no session. Open the https:// address.",
                )}
            </p>
        }
    });
    let elsewhere = form.openid.map(|label| {
        let label = match label {
            "" => lang.of("hệ thống đăng nhập chung", "the single sign-on"),
            label => label,
        };
        let words = format!("{} {label}", lang.of("Đăng nhập bằng", "Sign in with"));
        let way_back = if form.way_back == "/" { "" } else { form.way_back };
        view! {
            <p class="elsewhere">
                <a href=with(OPENID, &[("back", way_back)], lang)>
                    {words}
                </a>
            </p>
            <p class="sub">{lang.of("Hoặc bằng mật khẩu của Thước Đo:", "Or with a password of Thước Đo:")}</p>
        }
    });
    let body = view! {
        <div class="lead">
            <h1>{title}</h1>
            {nobody}
            {unsafe_way}
            {problem(form.problem)}
        </div>
        {elsewhere}
        <form class="form door" method="post" action=in_lang(SIGN_IN, lang)>
            <input type="hidden" name="back" value=form.way_back.to_owned() />
            <label>
                {lang.of("Tên đăng nhập", "Sign-in name")}
                <input
                    type="text"
                    name="name"
                    value=form.name.to_owned()
                    required
                    autofocus=form.openid.is_none()
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                />
            </label>
            <label>
                {lang.of("Mật khẩu", "Password")}
                <input type="password" name="password" required autocomplete="current-password" />
            </label>
            <button type="submit" class="primary">
                {title}
            </button>
        </form>
        <p class="sub">
            {lang.of(
                "Quên mật khẩu: xin người quản trị một liên kết mới.",
                "Forgot the password: ask an administrator for a new link.",
            )}
        </p>
    };
    document(title, None, body, output_name, lang)
}

/// Whom a link lets in.
#[derive(Debug, Clone)]
pub enum LinkFor<'a> {
    /// The first administrator, who chooses a name.
    FirstAdmin {
        /// The sign-in name as it was typed.
        name: &'a str,
        /// The full name as it was typed.
        shown_as: &'a str,
    },
    /// A person who sets a password.
    Person(&'a str),
}

/// The page of a link.
#[must_use]
pub fn link(token: &str, of: &LinkFor, wrong: Option<&str>, lang: Lang, output_name: &str) -> String {
    let title = match of {
        LinkFor::FirstAdmin { .. } => lang.of("Người quản trị đầu tiên", "The first administrator"),
        LinkFor::Person(_) => lang.of("Đặt mật khẩu", "Set a password"),
    };
    let who = match of {
        LinkFor::FirstAdmin { name, shown_as } => view! {
            <label>
                {lang.of("Tên đăng nhập", "Sign-in name")}
                <input type="text" name="name" value=(*name).to_owned() required autofocus autocomplete="username" autocapitalize="none" spellcheck="false" />
            </label>
            <label>
                {lang.of("Họ tên", "Full name")}
                <input type="text" name="shown_as" value=(*shown_as).to_owned() required autocomplete="name" />
            </label>
        }
        .into_any(),
        LinkFor::Person(name) => view! {
            <label>
                {lang.of("Tên đăng nhập", "Sign-in name")}
                <input type="text" value=(*name).to_owned() readonly autocomplete="username" />
            </label>
        }
        .into_any(),
    };
    let body = view! {
        <div class="lead">
            <h1>{title}</h1>
            <p>
                {lang.of(
                    "Liên kết này dùng được một lần. Chọn một câu dài dễ nhớ làm mật khẩu.",
                    "This link works once. Choose a long sentence as the password.",
                )}
            </p>
            {problem(wrong)}
        </div>
        <form class="form door" method="post" action=in_lang(LINK, lang)>
            <input type="hidden" name="ma" value=token.to_owned() />
            {who}
            {new_password(lang)}
            <button type="submit" class="primary">
                {title}
            </button>
        </form>
    };
    document(title, None, body, output_name, lang)
}

/// The two fields of a new password.
pub(super) fn new_password(lang: Lang) -> impl IntoView {
    let (least, most) = (SHORTEST_PASSWORD.to_string(), LONGEST_PASSWORD.to_string());
    let hint = match lang {
        Lang::Vi => format!("Mật khẩu mới, ít nhất {least} ký tự"),
        Lang::En => format!("New password, at least {least} characters"),
    };
    view! {
        <label>
            {hint}
            <input type="password" name="password" required minlength=least maxlength=most autocomplete="new-password" />
        </label>
        <label>
            {lang.of("Nhập lại mật khẩu mới", "The new password again")}
            <input type="password" name="again" required autocomplete="new-password" />
        </label>
    }
}
