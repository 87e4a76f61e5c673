//! Indexes (`/chi-so`): PAR INDEX and SIPAS by year as published, and beside them, under other names, the city's own
//! surveys and its own scores.

pub mod api;
mod criteria;
mod provinces;
mod series;
mod surveys;
mod years;

use leptos::prelude::*;
use thuocdo::{address::Address, index_report::IndexReport};

use self::{criteria::OwnScores, series::SeriesSection, surveys::OwnSurveys};
use crate::{
    answer::Framed,
    components::frame::{Crumbs, FreshnessLine},
    links::{self, ChartName},
    pages::{Page, framed_page},
};

/// The page.
#[component]
pub fn IndexesPage() -> impl IntoView {
    framed_page(Page {
        title: ("Chỉ số", "Indexes"),
        path: links::INDEXES,
        load: |query| Box::pin(api::load_indexes(query)),
        body: |answer, address| answer.shown(address, body),
    })
}

fn body(framed: Framed<IndexReport>, address: Address) -> AnyView {
    let Framed { frame, body: report, mut figures } = framed;
    let lang = address.lang;
    let year = report.year;
    let is_invented = frame.is_invented;
    view! {
        <div class="lead">
            <Crumbs frame=frame.clone() address=address.clone() path=links::INDEXES />
            <h1>{lang.of("PAR INDEX và SIPAS của Hà Nội, năm", "PAR INDEX and SIPAS of Hanoi,")} " " {year}</h1>
            <p>
                {lang
                    .of(
                        "Hai chỉ số do Bộ Nội vụ công bố mỗi năm một lần, cho toàn thành phố. Khảo sát nội bộ và điểm tự chấm ở dưới chỉ để theo dõi trong năm, không thay được chúng.",
                        "Two indexes that the Ministry of Home Affairs publishes once a year, for the whole city. The city's own surveys and scores below help to follow the year; they never stand in for them.",
                    )}
            </p>
            <FreshnessLine frame=frame lang=lang />
        </div>
        <SeriesSection series=report.par_index figure=figures.take(ChartName::ParIndexYears) name=ChartName::ParIndexYears address=address.clone() />
        <SeriesSection series=report.sipas figure=figures.take(ChartName::SipasYears) name=ChartName::SipasYears address=address.clone() />
        <OwnSurveys
            report=report.surveys
            figure=figures.take(ChartName::OwnSurveys)
            is_invented=is_invented
            address=address.clone()
        />
        <OwnScores tracker=report.criteria is_invented=is_invented address=address />
    }
    .into_any()
}
