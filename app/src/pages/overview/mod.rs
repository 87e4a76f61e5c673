//! The overview (`/`): the finding first, then the five targets, what can still be saved, and who makes up the gap.

pub mod api;
mod gap;
mod rescue;
mod targets;

use leptos::prelude::*;
use thuocdo::{address::Address, overview::Overview};

use self::{gap::GapPanel, rescue::RescuePanel, targets::Targets};
use crate::{
    answer::Framed,
    components::{
        chart::ChartFigure,
        frame::{Crumbs, EmptyHint, FreshnessLine},
        sentence::CopyButton,
    },
    links::{self, ChartName},
    pages::{Page, framed_page},
};

/// The page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    framed_page(Page {
        title: ("Tổng quan", "Overview"),
        path: links::OVERVIEW,
        load: |query| Box::pin(api::load_overview(query)),
        body: |answer, address| answer.shown(address, body),
    })
}

fn body(framed: Framed<Overview>, address: Address) -> AnyView {
    let Framed { frame, body, mut figures } = framed;
    let is_empty = frame.is_empty();
    let lang = address.lang;
    let months = figures.take(ChartName::Months);
    view! {
        <div class="lead">
            <Crumbs frame=frame.clone() address=address.clone() path=links::OVERVIEW />
            <h1>{body.heading.clone()}</h1>
            <p>{body.summary.clone()}</p>
            <CopyButton text=format!("{}. {}", body.heading, body.summary) lang=lang />
            <FreshnessLine frame=frame.clone() lang=lang />
        </div>
        <EmptyHint is_empty=is_empty lang=lang />
        <Targets cards=body.cards sparks=figures address=address.clone() />
        <div class="two">
            <RescuePanel rescue=body.rescue address=address.clone() as_of=frame.as_of />
            <GapPanel gap=body.gap late=body.late window=frame.window address=address.clone() />
        </div>
        <ChartFigure figure=months name=ChartName::Months address=address />
    }
    .into_any()
}
