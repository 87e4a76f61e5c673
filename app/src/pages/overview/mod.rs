//! The overview (`/`): the finding first, then the five targets, what can still be saved, and who makes up the gap.

pub mod api;
mod gap;
mod rescue;
mod targets;

use leptos::prelude::*;
use thuocdo::{address::Address, overview::Overview};

use self::{gap::GapPanel, rescue::RescuePanel, targets::Targets};
use crate::{
    components::{
        chart::ChartFigure,
        eager::Eager as _,
        frame::{Crumbs, EmptyHint, FreshnessLine},
    },
    links::{self, ChartName},
    pages::{Framed, framed_page},
};

/// The page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    framed_page(("Tổng quan", "Overview"), links::OVERVIEW, api::load_overview, body)
}

fn body(framed: Framed<Overview>, address: Address) -> AnyView {
    let Framed { frame, body } = framed;
    let is_empty = frame.is_empty();
    let lang = address.lang;
    view! {
        <div class="lead">
            <Crumbs frame=frame.clone() address=address.clone() path=links::OVERVIEW />
            <h1>{body.heading}</h1>
            <p>{body.summary}</p>
            <FreshnessLine frame=frame.clone() lang=lang />
        </div>
        <EmptyHint is_empty=is_empty lang=lang />
        <Targets cards=body.cards address=address.clone() />
        <div class="two">
            <RescuePanel rescue=body.rescue address=address.clone() as_of=frame.as_of />
            <GapPanel gap=body.gap late=body.late window=frame.window address=address.clone() />
        </div>
        <ChartFigure chart=body.months name=ChartName::Months address=address />
    }
    .eager()
}
