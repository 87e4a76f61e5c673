//! One index: how it stands against its target, its chart, its years, and the provinces beside it.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    index_report::{IndexSeries, index_name},
};

use super::{provinces::ProvinceTable, years::YearTable};
use crate::{
    components::{chart::ChartFigure, status::StatusMark},
    figures::Figure,
    links::ChartName,
};

/// All of one index.
#[component]
pub fn SeriesSection(
    series: IndexSeries,
    figure: Option<Figure>,
    name: ChartName,
    address: Address,
) -> AnyView {
    let lang = address.lang;
    let IndexSeries { index, aim, decision, standing, gap, years, missing, provinces, .. } = series;
    let title = index_name(index);
    let provinces =
        provinces.map(|provinces| view! { <ProvinceTable provinces=provinces index=index lang=lang /> });
    view! {
        <section class="index" id=index.as_str() aria-labelledby=format!("{}-name", index.as_str())>
            <h2 id=format!("{}-name", index.as_str())>{title}</h2>
            <div class="standing">
                <StatusMark status=standing.status lang=lang remark=gap.unwrap_or_default() />
                <p>
                    {standing.sentence}
                    <small>
                        {lang.of("Chỉ tiêu: ", "Target: ")} {aim} {decision.map(|decision| format!(" ({decision})"))} "."
                    </small> {missing.map(|missing| view! { <small>{missing}</small> })}
                </p>
            </div>
            <ChartFigure figure=figure name=name address=address />
            <YearTable years=years index=index lang=lang />
            {provinces}
        </section>
    }
    .into_any()
}
