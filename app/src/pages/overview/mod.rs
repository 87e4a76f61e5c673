//! The overview (`/`): the finding first, then the five targets, what can still be saved, and who makes up the gap.

pub mod api;
mod gap;
mod rescue;
mod targets;

use leptos::prelude::*;
use leptos_meta::Title;
use thuocdo::{address::Address, overview::Overview};

use self::{gap::GapPanel, rescue::RescuePanel, targets::Targets};
use crate::{
    components::{
        chart::ChartFigure,
        eager::Eager as _,
        filters::Filters,
        frame::{Crumbs, EmptyHint, FreshnessLine, InventedBand},
        problem::Problem,
    },
    links::{self, ChartName},
    pages::{Framed, page_resource, use_address, use_asked},
};

/// The page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let address = use_address();
    let asked = use_asked();
    let page = page_resource(move || asked.get(), api::load_overview);
    view! {
        <Title text="Tổng quan" />
        <Transition fallback=|| view! { <main id="main" tabindex="-1" class="loading" aria-busy="true"></main> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(framed) => view! { <Body framed=framed address=address.get_untracked() /> }.eager(),
                    Err(error) => view! { <main id="main" tabindex="-1"><Problem error=error /></main> }.eager(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Body(framed: Framed<Overview>, address: Address) -> impl IntoView {
    let Framed { frame, body } = framed;
    let is_empty = frame.is_empty();
    view! {
        <InventedBand is_invented=frame.is_invented />
        <Filters frame=frame.clone() address=address.clone() path=links::OVERVIEW />
        <main id="main" tabindex="-1">
            <div class="lead">
                <Crumbs frame=frame.clone() address=address.clone() path=links::OVERVIEW />
                <h1>{body.heading}</h1>
                <p>{body.summary}</p>
                <FreshnessLine frame=frame.clone() />
            </div>
            <EmptyHint is_empty=is_empty />
            <Targets cards=body.cards address=address.clone() />
            <div class="two">
                <RescuePanel rescue=body.rescue address=address.clone() as_of=frame.as_of />
                <GapPanel gap=body.gap late=body.late window=frame.window address=address.clone() />
            </div>
            <ChartFigure chart=body.months name=ChartName::Months address=address />
        </main>
    }
}
