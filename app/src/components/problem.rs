//! What is shown where a page cannot be: what is wrong, and the ways on.

use leptos::prelude::*;

use crate::{error::AppError, links};

/// A problem in Vietnamese and English, with ways on.
#[component]
pub fn Problem(error: AppError) -> impl IntoView {
    let (heading, why) = match &error {
        AppError::NotFound => {
            ("Không có trang này", "Địa chỉ không có trong Thước Đo. / There is no such page.".to_owned())
        }
        AppError::Invalid(wrong) => ("Địa chỉ có chỗ chưa đúng", format!("{}: {}", wrong.field, wrong.why)),
        AppError::Unavailable => (
            "Máy chủ chưa trả lời được",
            "Số liệu vẫn còn nguyên. Hãy thử lại sau ít phút; nếu vẫn vậy, báo cho người quản trị. / \
             The data are safe. Try again in a few minutes, then tell the administrator."
                .to_owned(),
        ),
    };
    view! {
        <section class="problem" role="alert">
            <h1>{heading}</h1>
            <p>{why}</p>
            <p class="ways-on">
                <a href=links::OVERVIEW>"Về tổng quan"</a>
                <a href=links::CASE_FILES>"Xem hồ sơ"</a>
            </p>
        </section>
    }
}
