//! The head of a page: for whom, the finding in one sentence, how it stands, and how fresh the sources are.

use leptos::prelude::*;
use thuocdo::{address::Address, indicator::Standing};

use super::{
    frame::{Crumbs, FreshnessLine},
    sentence::CopyButton,
    status::StatusMark,
};
use crate::pages::Frame;

/// The head. `period` says which days the sentence is about; what narrows the page further stands inside.
#[component]
pub fn Lead(
    frame: Frame,
    address: Address,
    path: &'static str,
    standing: Standing,
    period: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let lang = address.lang;
    let whom = frame.whom(lang, None);
    let copied = format!("{}: {}", frame.whom(lang, Some(&period)), standing.sentence);
    view! {
        <div class="lead">
            <Crumbs frame=frame.clone() address=address path=path />
            {children.map(|children| children())}
            <h1>{whom} ": " {standing.sentence}</h1>
            <StatusMark status=standing.status lang=lang remark=period />
            <CopyButton text=copied lang=lang />
            <FreshnessLine frame=frame lang=lang />
        </div>
    }
}
