//! The answer to an address that is no page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{components::problem::Problem, error::AppError, pages::address_now};

/// No such page, with ways on.
#[component]
pub fn NotFound() -> impl IntoView {
    let lang = address_now().lang;
    view! {
        <Title text=lang.of("Không có trang này", "No such page") />
        <main id="main" tabindex="-1">
            <Problem error=AppError::NotFound lang=lang />
        </main>
    }
}
