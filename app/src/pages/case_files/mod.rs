//! Case files (`/ho-so`): the months against the target, the agencies, worst first, and the files behind each figure.

mod agencies;
mod ages;
pub mod api;
mod apologies;
mod chips;
mod fields;
mod figures;
mod levels;
mod list;
mod outlook;
mod procedures;
mod quality;
mod rates;
mod rescue;
mod steps;

use leptos::prelude::*;
use thuocdo::address::Address;

use self::{
    agencies::AgencyTable, ages::Ages, api::CaseFiles, apologies::Apologies, chips::Chips,
    fields::FieldTable, figures::Figures, levels::LevelTable, list::FileList, outlook::Outlook,
    procedures::ProcedureTable, quality::QualityPanel, rescue::RescueSteps,
};
use crate::{
    answer::Framed,
    components::{chart::ChartFigure, contents::Contents, frame::EmptyHint, lead::Lead},
    links::{self, ChartName},
    pages::{Page, framed_page},
};

/// The page.
#[component]
pub fn CaseFilesPage() -> impl IntoView {
    framed_page(Page {
        title: ("Hồ sơ", "Case files"),
        path: links::CASE_FILES,
        load: |query| Box::pin(api::load_case_files(query)),
        body: |answer, address| answer.shown(address, body),
    })
}

fn body(framed: Framed<CaseFiles>, address: Address) -> AnyView {
    let Framed { frame, body: CaseFiles { report, depth, list, outlook }, mut figures } = framed;
    let lang = address.lang;
    let is_empty = frame.is_empty();
    let last = frame.as_of.min(frame.period.to(address.cycle));
    let mut absent = Vec::new();
    let mut chart = |name: ChartName| {
        let figure = figures.take(name);
        if figure.is_none() {
            absent.push(name.as_str());
        }
        view! { <ChartFigure figure=figure name=name address=address.clone() /> }
    };
    let (months, gap) = (chart(ChartName::Months), chart(ChartName::Gap));
    let (heat_map, funnel, signal) =
        (chart(ChartName::HeatMap), chart(ChartName::Funnel), chart(ChartName::Signal));
    let chips = view! {
        <Chips
            field_name=depth.field_name.clone()
            procedure_name=depth.procedure_name.clone()
            address=address.clone()
        />
    };
    let mut sections = vec![
        ("con-cuu-duoc", lang.of("Còn cứu được", "Can still be saved")),
        (ChartName::Months.as_str(), lang.of("Theo tháng", "By month")),
        ("cuoi-nam", lang.of("Đến hết năm", "To year end")),
        (ChartName::Signal.as_str(), lang.of("Tín hiệu hay nhiễu", "Signal or noise")),
        (ChartName::HeatMap.as_str(), lang.of("Đơn vị theo tháng", "Offices by month")),
        (ChartName::Gap.as_str(), lang.of("Ai làm nên khoảng cách", "Who makes up the gap")),
        ("don-vi", lang.of("Đơn vị", "Offices")),
        (ChartName::Funnel.as_str(), lang.of("So sánh công bằng", "A fair comparison")),
        ("linh-vuc", lang.of("Lĩnh vực, thủ tục", "Fields, procedures")),
        ("thu-xin-loi", lang.of("Thư xin lỗi", "Letters of apology")),
        ("chat-luong", lang.of("Chất lượng số liệu", "Data quality")),
    ];
    sections.retain(|(place, _)| !absent.contains(place));
    view! {
        <Lead
            frame=frame
            address=address.clone()
            path=links::CASE_FILES
            standing=report.standing
            period=report.period.clone()
        >
            {chips}
        </Lead>
        <EmptyHint is_empty=is_empty lang=lang />
        <Contents sections=sections lang=lang />
        <Figures official=report.official strict=report.strict compared=report.compared address=address.clone() />
        {list.map(|list| view! { <FileList list=list address=address.clone() /> })}
        <div class="two">
            <RescueSteps rescue=depth.rescue.clone() last=last address=address.clone() />
            <Ages rescue=depth.rescue last=last address=address.clone() />
        </div>
        {months}
        {outlook.map(|outlook| view! { <Outlook outlook=outlook address=address.clone() /> })}
        {signal}
        <LevelTable lines=depth.levels address=address.clone() />
        {heat_map}
        {gap}
        <AgencyTable lines=report.agencies window=report.period address=address.clone() />
        {funnel}
        <FieldTable lines=depth.fields address=address.clone() />
        <ProcedureTable lines=depth.procedures address=address.clone() />
        <Apologies steps=depth.letters last=last address=address.clone() />
        <QualityPanel quality=depth.quality address=address.clone() />
    }
    .into_any()
}
