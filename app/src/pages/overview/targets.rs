//! The five targets as a ledger, read downwards: name and target, figure, status, trend, what to do.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    filter::Measured,
    overview::{Card, HalfYear, Remark},
    petition_report::PetitionFigure,
    plan::Indicator,
};

use crate::{
    components::{chart::SparkDrawing, sentence::CopyButton, status::StatusMark},
    figures::{Figure, Figures, Markup},
    links::{self, ChartName},
};

/// All five.
#[component]
pub fn Targets(cards: Vec<Card>, sparks: Figures, address: Address) -> impl IntoView {
    let mut sparks = sparks;
    let rows: Vec<_> = cards
        .into_iter()
        .map(|card| {
            let spark = sparks.take(ChartName::Spark(card.indicator));
            view! { <TargetRow card=card spark=spark address=address.clone() /> }
        })
        .collect();
    let lang = address.lang;
    view! {
        <section aria-labelledby="nam-chi-tieu">
            <h2 id="nam-chi-tieu" class="vh">
                {lang.of("Năm chỉ tiêu", "The five targets")}
            </h2>
            <div class="targets">{rows}</div>
        </section>
    }
}

#[component]
fn TargetRow(card: Card, spark: Option<Figure>, address: Address) -> impl IntoView {
    let Card {
        indicator,
        target,
        decision,
        value,
        unit,
        detail,
        standing,
        gap,
        compared,
        half_years,
        next,
        ..
    } = card;
    let name = indicator.label(address.lang);
    let copied = format!("{name}: {}", standing.sentence);
    let (own_page, rows) = match indicator {
        Indicator::OnTimeReturns => (links::CASE_FILES, Some(links::list(&address, Measured::Late))),
        Indicator::PetitionsInTime => {
            (links::PETITIONS, Some(links::petition_list(&address, PetitionFigure::Late)))
        }
        Indicator::DialoguesHeld => (links::DIALOGUES, Some(links::dialogues(&address, None))),
        Indicator::ParIndex | Indicator::Sipas => (links::INDEXES, None),
    };
    let heading = view! { <a href=links::page(own_page, &address)>{name}</a> };
    let detail = match rows.filter(|_| value.is_some()) {
        Some(rows) => view! { <a href=rows>{detail}</a> }.into_any(),
        None => detail.into_any(),
    };
    let figure = match value {
        Some(value) => view! { <b>{value}</b> <span>{unit}</span> }.into_any(),
        None => view! { <b class="none">"—"</b> }.into_any(),
    };
    let trend = spark.map(|mut figure| {
        let downloads = std::mem::replace(&mut figure.downloads, Markup(String::new()));
        view! {
            <SparkDrawing figure=figure />
            <div class="dl" inner_html=downloads.0></div>
        }
    });
    let bars = (!half_years.is_empty())
        .then(|| view! { <HalfYears half_years=half_years address=address.clone() /> });
    let remarks: Vec<_> = next
        .into_iter()
        .map(|Remark { said, rows, .. }| match rows {
            Some(rows) => view! { <a href=rows>{said}</a> " " }.into_any(),
            None => format!("{said} ").into_any(),
        })
        .collect();
    view! {
        <article class=format!("target-row {}", standing.status.as_str()) id=indicator.as_str()>
            <header>
                <h3>{heading}</h3>
                <p class="src">
                    {target} {decision.map(|decision| view! { <small>{decision}</small> })}
                </p>
            </header>
            <p class="value">
                {figure} <small>{detail}</small> {compared.map(|text| view! { <small class="compared">{text}</small> })}
            </p>
            <StatusMark status=standing.status lang=address.lang remark=gap />
            <div class="mini">{trend} {bars}</div>
            <div class="next">
                <p>{remarks}</p>
                <CopyButton text=copied lang=address.lang />
            </div>
        </article>
    }
}

/// Held and obliged by half-year, as bars with their numbers.
#[component]
fn HalfYears(half_years: Vec<HalfYear>, address: Address) -> impl IntoView {
    let lang = address.lang;
    let rows: Vec<_> = half_years
        .into_iter()
        .map(|half| {
            view! {
                <div class="hy">
                    <span class="lab">{half.label}</span>
                    <meter min="0" max=half.obliged.max(1) value=half.held aria-hidden="true"></meter>
                    <a class="num" href=links::dialogues(&address.of_period(half.period), None)>
                        {lang.number(half.held)} " / " {lang.number(half.obliged)}
                    </a>
                </div>
            }
        })
        .collect();
    view! { <div class="halfyear">{rows}</div> }.into_any()
}
