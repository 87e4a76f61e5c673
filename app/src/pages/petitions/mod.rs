//! Petitions (`/phan-anh`): the three steps against their limits, who makes up the gap, and the petitions behind each
//! figure.

pub mod api;
mod groups;
mod list;
mod open;
mod steps;

use leptos::prelude::*;
use thuocdo::{address::Address, filter::Filter};

use self::{api::Petitions, groups::GroupTable, list::PetitionTable, open::OpenAges, steps::Steps};
use crate::{
    components::{
        chart::ChartFigure,
        eager::Eager as _,
        frame::{Crumbs, EmptyHint, FreshnessLine},
        status::StatusMark,
    },
    links::{self, ChartName},
    pages::{Framed, framed_page},
};

/// The page.
#[component]
pub fn PetitionsPage() -> impl IntoView {
    framed_page(("Phản ánh, kiến nghị", "Petitions"), links::PETITIONS, api::load_petitions, body)
}

fn body(framed: Framed<Petitions>, address: Address) -> AnyView {
    let Framed { frame, body: Petitions { report, list } } = framed;
    let lang = address.lang;
    let whom = frame
        .crumbs
        .last()
        .map_or_else(|| lang.of("Toàn thành phố", "Whole city").to_owned(), |choice| choice.name.clone());
    let is_empty = frame.is_empty();
    view! {
        <div class="lead">
            <Crumbs frame=frame.clone() address=address.clone() path=links::PETITIONS />
            <h1>{whom} ": " {report.standing.sentence.clone()}</h1>
            <StatusMark status=report.standing.status lang=lang remark=report.period.clone() />
            <Narrowed address=address.clone() />
            <FreshnessLine frame=frame lang=lang />
        </div>
        <EmptyHint is_empty=is_empty lang=lang />
        <Steps report=report.clone() address=address.clone() />
        {list.map(|list| view! { <PetitionTable list=list address=address.clone() /> })}
        <ChartFigure chart=report.months name=ChartName::PetitionMonths address=address.clone() />
        <OpenAges
            ages=report.ages
            open=report.reading.open_within_limits
            due_soon=report.due_soon
            address=address.clone()
        />
        <GroupTable
            id="don-vi"
            title=lang.of("Theo đơn vị", "By agency")
            column=lang.of("Đơn vị", "Agency")
            remark=lang
                .of(
                    "Mỗi dòng gồm cả các đơn vị bên dưới; nhiều trễ nhất ở trên. Đơn vị không có gì trong kỳ không hiện.",
                    "Each line holds all agencies below it; most late ones first. An agency with nothing in the period is left out.",
                )
            lines=report.agencies
            address=address.clone()
        />
        <GroupTable
            id="loai"
            title=lang.of("Theo loại", "By kind")
            column=lang.of("Loại", "Kind")
            remark=lang.of("Nội dung phản ánh, kiến nghị; nhiều trễ nhất ở trên.", "What the petition is about; most late ones first.")
            lines=report.kinds
            address=address.clone()
        />
        <GroupTable
            id="kenh"
            title=lang.of("Theo kênh", "By channel")
            column=lang.of("Kênh", "Channel")
            remark=lang.of("Cách phản ánh, kiến nghị đến; nhiều trễ nhất ở trên.", "The way it came; most late ones first.")
            lines=report.channels
            address=address
        />
    }
    .eager()
}

/// Says that one kind or channel alone is shown, with the way back to all.
#[component]
fn Narrowed(address: Address) -> impl IntoView {
    let lang = address.lang;
    let plain = address.bare();
    let kind = address.kind.map(|kind| {
        let all = links::page(links::PETITIONS, &Address { kind: None, ..plain.clone() });
        view! {
            <p class="narrowed">
                {lang.of("Chỉ loại: ", "Only of kind: ")} <b>{kind.label(lang)}</b> ". "
                <a href=all>{lang.of("Xem mọi loại", "Show every kind")}</a>
            </p>
        }
    });
    let channel = address.filter.channel.map(|channel| {
        let filter = Filter { channel: None, ..plain.filter.clone() };
        let all = links::page(links::PETITIONS, &Address { filter, ..plain.clone() });
        view! {
            <p class="narrowed">
                {lang.of("Chỉ kênh: ", "Only by channel: ")} <b>{channel.label(lang)}</b> ". "
                <a href=all>{lang.of("Xem mọi kênh", "Show every channel")}</a>
            </p>
        }
    });
    view! {
        {kind}
        {channel}
    }
}
