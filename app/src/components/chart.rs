//! A chart as a figure: its finding, the drawing, the same numbers as a table, its source and its downloads.
//!
//! The drawing comes from `thuocdo::charts`, on the server and in the browser alike; both give the same bytes.

use leptos::{ev, html, prelude::*};
use thuocdo::{
    address::Address,
    charts::{self, Chart, Size, table::Table},
    lang::Lang,
};

use crate::components::eager::Eager as _;
use crate::links::{self, ChartName};

/// For screens from this width on (style/components/chart.css has the same), a chart is drawn this wide: style shows the
/// one that fits, so that letters never shrink.
const DRAWINGS: [(f64, &str, u16); 3] =
    [(1_024.0, "wide", 1_160), (600.0, "medium", 700), (0.0, "narrow", 340)];

/// A chart with everything around it.
#[component]
pub fn ChartFigure(chart: Chart, name: ChartName, address: Address) -> impl IntoView {
    let lang = address.lang;
    let table = Table::of(&chart);
    let download = |form: &'static str, label: &'static str| {
        let href = links::chart(name, form, &address);
        view! {
            <a href=href download=format!("{}.{form}", name.as_str()) rel="external">
                {label}
            </a>
        }
    };
    view! {
        <figure class="chart" id=name.as_str()>
            <figcaption>
                <h2>
                    <a class="anchor" href=format!("#{}", name.as_str())>
                        {chart.title.clone()}
                    </a>
                </h2>
                <p class="sub">{chart.subtitle.clone()}</p>
            </figcaption>
            <Plot chart=chart.clone() lang=lang />
            <details>
                <summary>{lang.of("Bảng số", "Table of numbers")}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=lang.of("Bảng số của biểu đồ", "The numbers of the chart")>
                    <ChartTable table=table />
                </div>
            </details>
            <div class="under">
                <span>{chart.source.clone()}</span>
                <span class="dl">
                    {download("png", "PNG")} {download("svg", "SVG")} {download("csv", "CSV")}
                </span>
            </div>
        </figure>
    }
}

/// The drawing in two widths, with a tooltip for pointers and arrow keys.
#[component]
fn Plot(chart: Chart, lang: Lang) -> impl IntoView {
    let sizes = DRAWINGS.map(|(_, _, width)| chart.fit(width));
    let drawings: Vec<_> = DRAWINGS
        .into_iter()
        .zip(sizes)
        .map(|((_, class, _), size)| view! { <div class=class inner_html=charts::svg(&chart, size)></div> })
        .collect();
    let placed = StoredValue::new(sizes.map(|size| charts::layout(&chart, size)));
    let element = NodeRef::<html::Div>::new();
    let at = RwSignal::new(None::<usize>);
    let shown = || {
        let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(0.0);
        DRAWINGS.iter().position(|(from, ..)| width >= *from).unwrap_or(0)
    };
    let point = move |event: ev::PointerEvent| {
        let Some(element) = element.get_untracked() else { return };
        let frame = element.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()) - frame.left(), f64::from(event.client_y()) - frame.top());
        at.set(placed.with_value(|all| {
            let placed = &all[shown()];
            placed.nearest((tenths(x, frame.width(), placed.size), tenths(y, frame.width(), placed.size)))
        }));
    };
    let step = move |event: ev::KeyboardEvent| {
        let (last, across) = placed.with_value(|all| (all[0].hits.len().saturating_sub(1), all[0].across));
        let now = at.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => Some(now.map_or(0, |now| (now + 1).min(last))),
            "ArrowLeft" => Some(now.map_or(last, |now| now.saturating_sub(1))),
            // In the first and the last row of a heat map there is nowhere to go.
            "ArrowDown" => Some(now.map_or(0, |now| if now + across > last { now } else { now + across })),
            "ArrowUp" => Some(now.map_or(last, |now| now.checked_sub(across).unwrap_or(now))),
            "Home" => Some(0),
            "End" => Some(last),
            "Escape" => None,
            _ => return,
        };
        event.prevent_default();
        at.set(next);
    };
    let tip = move || {
        let place = at.get()?;
        placed.with_value(|all| {
            let placed = &all[shown()];
            let hit = placed.hits.get(place)?.clone();
            let left = hit.at.0 * 10 / i32::from(placed.size.width.max(1));
            let top = hit.at.1 * 10 / i32::from(placed.size.height.max(1));
            let class = if left > 60 { "tip left" } else { "tip" };
            Some(view! {
                <div class=class style:left=format!("{left}%") style:top=format!("{top}%")>
                    {hit.spoken}
                </div>
            })
        })
    };
    let spoken = move || {
        let place = at.get()?;
        placed.with_value(|all| all[0].hits.get(place).map(|hit| hit.spoken.clone()))
    };
    view! {
        <div
            class="drawing"
            node_ref=element
            tabindex="0"
            role="group"
            aria-label=lang.of("Biểu đồ; phím mũi tên đi qua từng điểm", "Chart; arrow keys go from point to point")
            on:pointermove=point
            on:pointerleave=move |_| at.set(None)
            on:keydown=step
            on:blur=move |_| at.set(None)
        >
            {drawings}
            {tip}
        </div>
        <p class="vh" aria-live="polite">
            {spoken}
        </p>
    }
}

/// A place in the element as tenths of the drawing's pixels.
fn tenths(pixels: f64, shown_width: f64, size: Size) -> i32 {
    if shown_width <= 0.0 {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
    let tenths = (pixels * f64::from(size.width) * 10.0 / shown_width) as i32;
    tenths
}

/// A small drawing beside a figure that says the same in words.
#[component]
pub fn SparkDrawing(chart: Chart) -> impl IntoView {
    let svg = charts::svg(&chart, Size::SPARK);
    view! { <div class="spark" inner_html=svg></div> }.eager()
}

/// The numbers of a chart.
#[component]
fn ChartTable(table: Table) -> impl IntoView {
    let head: Vec<_> = table.head.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect();
    let rows: Vec<_> = table
        .rows
        .into_iter()
        .map(|row| {
            let mut cells = row.into_iter();
            let first = cells.next().map(|name| view! { <th scope="row">{name}</th> });
            let rest: Vec<_> = cells.map(|cell| view! { <td>{cell}</td> }).collect();
            view! {
                <tr>
                    {first} {rest}
                </tr>
            }
        })
        .collect();
    view! {
        <table class="numbers">
            <thead>
                <tr>{head}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
