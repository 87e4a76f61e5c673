//! Petitions (`/phan-anh`): the three steps against their limits, who makes up the gap, and the petitions behind each
//! figure.

pub mod api;
mod groups;
mod list;
mod open;
mod steps;

use leptos::prelude::*;
use thuocdo::{address::Address, filter::Filter, sheets::TableName};

use self::{api::Petitions, groups::GroupTable, list::PetitionTable, open::OpenAges, steps::steps};
use crate::{
    answer::Framed,
    components::{chart::ChartFigure, contents::Contents, frame::EmptyHint, lead::Lead},
    links::{self, ChartName},
    pages::{Page, framed_page},
};

/// The page.
#[component]
pub fn PetitionsPage() -> impl IntoView {
    framed_page(Page {
        title: ("Phản ánh, kiến nghị", "Petitions"),
        path: links::PETITIONS,
        load: |query| Box::pin(api::load_petitions(query)),
        body: |answer, address| answer.shown(address, body),
    })
}

fn body(framed: Framed<Petitions>, address: Address) -> AnyView {
    let Framed { frame, body: Petitions { report, list }, mut figures } = framed;
    let lang = address.lang;
    let is_empty = frame.is_empty();
    let mut chart = |name: ChartName| {
        let figure = figures.take(name);
        view! { <ChartFigure figure=figure name=name address=address.clone() /> }
    };
    let months = chart(ChartName::PetitionMonths);
    let (counts, signal) = (chart(ChartName::PetitionCounts), chart(ChartName::PetitionSignal));
    let steps = steps(&report, &address);
    let narrowed = view! { <Narrowed address=address.clone() /> };
    let sections = vec![
        ("buoc", lang.of("Ba bước", "Three steps")),
        (ChartName::PetitionMonths.as_str(), lang.of("Theo tháng", "By month")),
        ("tuoi", lang.of("Đang xử lý bao lâu", "Open for how long")),
        ("don-vi", lang.of("Đơn vị", "Agencies")),
        (ChartName::PetitionSignal.as_str(), lang.of("Tín hiệu hay nhiễu", "Signal or noise")),
        ("loai", lang.of("Loại", "Kinds")),
        ("kenh", lang.of("Kênh", "Channels")),
    ];
    view! {
        <Lead
            frame=frame
            address=address.clone()
            path=links::PETITIONS
            standing=report.standing
            period=report.period
        >
            {narrowed}
        </Lead>
        <EmptyHint is_empty=is_empty lang=lang />
        <Contents sections=sections lang=lang />
        {steps}
        {list.map(|list| view! { <PetitionTable list=list address=address.clone() /> })}
        {months}
        {counts}
        <OpenAges
            ages=report.ages
            open=report.reading.open_within_limits
            due_soon=report.due_soon
            address=address.clone()
        />
        <GroupTable
            id="don-vi"
            name=TableName::PetitionAgencies
            title=lang.of("Theo đơn vị", "By agency")
            column=lang.of("Đơn vị", "Agency")
            remark=match address.filter.level {
                None => lang.of(
                    "Mỗi dòng gồm cả các đơn vị bên dưới; nhiều trễ nhất ở trên. Đơn vị không có gì trong kỳ không hiện.",
                    "Each line holds all agencies below it; most late ones first. An agency with nothing in the period is left out.",
                ),
                Some(_) => lang.of(
                    "Chỉ tính đơn vị của cấp đang chọn; nhiều trễ nhất ở trên.",
                    "Only agencies of the chosen level are counted; most late ones first.",
                ),
            }
            lines=report.agencies
            address=address.clone()
        />
        {signal}
        <GroupTable
            id="loai"
            name=TableName::PetitionKinds
            title=lang.of("Theo loại", "By kind")
            column=lang.of("Loại", "Kind")
            remark=lang.of("Nội dung phản ánh, kiến nghị; nhiều trễ nhất ở trên.", "What the petition is about; most late ones first.")
            lines=report.kinds
            address=address.clone()
        />
        <GroupTable
            id="kenh"
            name=TableName::PetitionChannels
            title=lang.of("Theo kênh", "By channel")
            column=lang.of("Kênh", "Channel")
            remark=lang.of("Cách phản ánh, kiến nghị đến; nhiều trễ nhất ở trên.", "The way it came; most late ones first.")
            lines=report.channels
            address=address
        />
    }
    .into_any()
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
