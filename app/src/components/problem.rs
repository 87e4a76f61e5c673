//! What is shown where a page cannot be: what is wrong, and the ways on.

use leptos::prelude::*;
use thuocdo::{address::Address, lang::Lang};

use crate::{error::AppError, links};

/// A problem, with ways on: first the same page without what was not understood, where there is such a page.
#[component]
pub fn Problem(
    error: AppError,
    lang: Lang,
    #[prop(optional_no_strip)] same_page: Option<String>,
) -> impl IntoView {
    let (heading, why) = said(&error, lang);
    let plain = Address { lang, ..Address::default() };
    view! {
        <section class="problem" role="alert">
            <h1>{heading}</h1>
            <p>{why}</p>
            <p class="ways-on">
                {same_page
                    .map(|href| {
                        view! { <a href=href>{lang.of("Bỏ phần này, giữ phần còn lại", "Leave it out, keep the rest")}</a> }
                    })} <a href=links::page(links::OVERVIEW, &plain)>{lang.of("Về tổng quan", "To the overview")}</a>
                <a href=links::page(links::CASE_FILES, &plain)>{lang.of("Xem hồ sơ", "See case files")}</a>
            </p>
        </section>
    }
}

fn said(error: &AppError, lang: Lang) -> (&'static str, String) {
    match error {
        // What is not for this person is as if it were not there.
        AppError::NotFound | AppError::Forbidden => (
            lang.of("Không có trang này", "There is no such page"),
            lang.of("Địa chỉ không có trong Thước Đo.", "Thước Đo has no such address.").to_owned(),
        ),
        AppError::Invalid(wrong) => (
            lang.of("Địa chỉ có chỗ chưa đúng", "A part of the address is not right"),
            format!("{}: {}", wrong.field, wrong.why),
        ),
        AppError::Unavailable => (
            lang.of("Máy chủ chưa trả lời được", "The server cannot answer now"),
            lang.of(
                "Số liệu vẫn còn nguyên. Hãy thử lại sau ít phút; nếu vẫn vậy, báo cho người quản trị.",
                "The data are safe. Try again in a few minutes, then tell the administrator.",
            )
            .to_owned(),
        ),
        AppError::SignIn => (
            lang.of("Cần đăng nhập", "Sign in first"),
            lang.of(
                "Phần này cần đăng nhập, hoặc phiên làm việc đã hết. Tải lại trang để đăng nhập.",
                "This needs a sign-in, or the session is over. Load the page anew to sign in.",
            )
            .to_owned(),
        ),
    }
}
