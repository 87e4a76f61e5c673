//! A chart as a figure: its finding, the drawing, the same numbers as a table, its source and its downloads.
//!
//! The server drew it ([`crate::figures`]); here it is shown, its points are found by pointer and by keys, and each opens
//! what it is about.

use leptos::{ev, html, prelude::*, wasm_bindgen::JsCast as _, web_sys::Element};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use thuocdo::{address::Address, charts::table::Table, lang::Lang};

use super::regions::{Region, Regions};
use crate::figures::{Figure, Mark, Markup, WIDTHS};
use crate::links::{self, ChartName};

/// A chart with everything around it; nothing where the page has none of that name.
#[component]
pub fn ChartFigure(figure: Option<Figure>, name: ChartName, address: Address) -> impl IntoView {
    let Figure { title, subtitle, source, table, drawings, marks, across, downloads } = figure?;
    let lang = address.lang;
    // A name leads to a page of its own, a number to the rows behind it.
    let linked_column = usize::from(name == ChartName::Gap);
    let (said, opens): (Vec<String>, Vec<Option<String>>) =
        marks.into_iter().map(|Mark { said, about }| (said, links::about(name, &about, &address))).unzip();
    Some(view! {
        <figure class="chart" id=name.as_str()>
            <figcaption>
                <h2>
                    <a class="anchor" href=format!("#{}", name.as_str())>
                        {title.clone()}
                    </a>
                </h2>
                <p class="sub">{subtitle}</p>
            </figcaption>
            <Plot drawings=drawings said=said opens=opens.clone() lang=lang />
            <details>
                <summary>{lang.of("Bảng số", "Table of numbers")}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=lang.of("Bảng số của biểu đồ", "The numbers of the chart")>
                    <ChartTable table=table opens=opens across=across linked_column=linked_column />
                </div>
            </details>
            <div class="under">
                <span>{source}</span>
                <div class="dl" inner_html=downloads.0></div>
            </div>
        </figure>
    })
}

/// The drawings, one of which is shown, with a tooltip for pointers and arrow keys.
#[component]
fn Plot(drawings: Vec<Markup>, said: Vec<String>, opens: Vec<Option<String>>, lang: Lang) -> impl IntoView {
    let drawings: Vec<_> = WIDTHS
        .into_iter()
        .zip(drawings)
        .map(|((class, _), Markup(svg))| view! { <div class=class inner_html=svg></div> })
        .collect();
    let can_open = opens.iter().any(Option::is_some);
    let said = StoredValue::new(said);
    let opens = StoredValue::new(opens);
    let navigate = use_navigate();
    let open = move |region: Region| {
        if let Some(Some(to)) = opens.with_value(|opens| opens.get(region.item).cloned()) {
            navigate(&to, NavigateOptions::default());
        }
    };
    let open = StoredValue::new(open);
    let element = NodeRef::<html::Div>::new();
    let at = RwSignal::new(None::<Region>);
    let under = |event: &ev::Event| {
        let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        on.and_then(|on| Region::of(&on))
    };
    let step = move |event: ev::KeyboardEvent| {
        let Some(regions) = element.get_untracked().and_then(|element| Regions::shown_in(&element)) else {
            return;
        };
        let (last, across) = (regions.count.saturating_sub(1), regions.across);
        let region = at.get_untracked();
        let now = region.and_then(|region| regions.place_of(region.item));
        let next = match event.key().as_str() {
            "ArrowRight" => Some(now.map_or(0, |now| (now + 1).min(last))),
            "ArrowLeft" => Some(now.map_or(last, |now| now.saturating_sub(1))),
            // In the first and the last row of a heat map there is nowhere to go.
            "ArrowDown" => Some(now.map_or(0, |now| if now + across > last { now } else { now + across })),
            "ArrowUp" => Some(now.map_or(last, |now| now.checked_sub(across).unwrap_or(now))),
            "Home" => Some(0),
            "End" => Some(last),
            "Escape" => None,
            "Enter" => {
                if let Some(region) = region {
                    open.with_value(|open| open(region));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(next.and_then(|place| regions.get(place)));
    };
    let words = move |region: Region| said.with_value(|said| said.get(region.item).cloned());
    // Leaving the page takes the focus from the drawing, and so calls here once more when `at` is gone.
    let here = move || at.try_get().flatten();
    let tip = move || {
        let region = here()?;
        let (left, top) = region.at;
        let class = if left > 60 { "tip left" } else { "tip" };
        Some(view! {
            <div class=class style:left=format!("{left}%") style:top=format!("{top}%")>
                {words(region)}
            </div>
        })
    };
    let spoken = move || here().and_then(words);
    let label = if can_open {
        lang.of(
            "Biểu đồ; phím mũi tên đi qua từng điểm, Enter mở",
            "Chart; arrow keys go from point to point, Enter opens",
        )
    } else {
        lang.of("Biểu đồ; phím mũi tên đi qua từng điểm", "Chart; arrow keys go from point to point")
    };
    view! {
        <div
            class=if can_open { "drawing opens" } else { "drawing" }
            node_ref=element
            tabindex="0"
            role="group"
            aria-label=label
            on:pointermove=move |event| at.set(under(&event))
            on:pointerleave=move |_| at.set(None)
            on:click=move |event| {
                if let Some(region) = under(&event) {
                    open.with_value(|open| open(region));
                }
            }
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

/// A small drawing beside a figure that says the same in words.
#[component]
pub fn SparkDrawing(figure: Figure) -> impl IntoView {
    let svg = figure.drawings.into_iter().next().map(|Markup(svg)| svg).unwrap_or_default();
    view! { <div class="spark" inner_html=svg></div> }.into_any()
}

/// The numbers of a chart, one column of them leading to what each row is about; in a heat map each cell does.
#[component]
fn ChartTable(
    table: Table,
    opens: Vec<Option<String>>,
    across: usize,
    linked_column: usize,
) -> impl IntoView {
    let head: Vec<_> = table.head.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect();
    let linked = |text: String, to: Option<String>| match to.filter(|_| !text.is_empty()) {
        Some(to) => view! { <a href=to>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    let of_cell = |row: usize, column: usize| {
        let item = if across > 1 { (row * across + column).checked_sub(1) } else { Some(row) };
        let is_linked = if across > 1 { column > 0 } else { column == linked_column };
        item.filter(|_| is_linked).and_then(|item| opens.get(item).cloned().flatten())
    };
    let rows: Vec<_> = table
        .rows
        .into_iter()
        .enumerate()
        .map(|(place, row)| {
            let cells: Vec<_> = row
                .into_iter()
                .enumerate()
                .map(|(column, text)| {
                    let cell = linked(text, of_cell(place, column));
                    match column {
                        0 => view! { <th scope="row">{cell}</th> }.into_any(),
                        _ => view! { <td>{cell}</td> }.into_any(),
                    }
                })
                .collect();
            view! { <tr>{cells}</tr> }
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
