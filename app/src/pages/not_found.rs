//! The answer to an address that is no page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{components::problem::Problem, error::AppError};

/// No such page, with ways on.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text="Không có trang này" />
        <main id="main" tabindex="-1">
            <Problem error=AppError::NotFound />
        </main>
    }
}
