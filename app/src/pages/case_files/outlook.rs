//! To year end: what the year ends at, what the target still bears, whether months really differ, and what would be if.

use leptos::prelude::*;
use thuocdo::{
    address::{self, Address, MOST_FILES},
    lang::Lang,
    outlook::{Asked, Assumption, Basis, CaseFileOutlook, Figure, what_if_sentence},
    text,
};

use crate::links::{self, ChartName};

/// Where the section stands on its page.
const PLACE: &str = "cuoi-nam";

/// The section.
#[component]
pub fn Outlook(outlook: CaseFileOutlook, address: Address) -> impl IntoView {
    let lang = address.lang;
    let year = outlook.year;
    let rate = outlook.forecast.floored().map_or_else(String::new, |rate| lang.percent(rate));
    let title = match (lang, outlook.is_over) {
        (Lang::Vi, true) => format!("Năm {year} kết thúc: {rate}"),
        (Lang::Vi, false) => format!("Dự báo đến hết năm {year}: {rate}"),
        (Lang::En, true) => format!("{year} ended at {rate}"),
        (Lang::En, false) => format!("{year} is heading for {rate}"),
    };
    let figures: Vec<_> =
        outlook.figures.into_iter().map(|figure| view! { <FigureLine figure=figure /> }).collect();
    let what_if = (!outlook.is_over)
        .then(|| view! { <WhatIf basis=outlook.basis assumption=outlook.assumption address=address /> });
    view! {
        <section class="panel outlook" id=PLACE>
            <h2>{title}</h2>
            <p>{outlook.sentence}</p>
            {outlook.lost.map(|lost| view! { <p class="lost">{lost}</p> })}
            <dl class="counts">{figures}</dl>
            <h3>{lang.of("Tín hiệu hay nhiễu", "Signal or noise")}</h3>
            <p>
                {outlook.months.sentence} " "
                <a href=format!("#{}", ChartName::Signal.as_str())>{lang.of("Xem biểu đồ", "See the chart")}</a>
            </p>
            {what_if}
        </section>
    }
}

#[component]
fn FigureLine(figure: Figure) -> impl IntoView {
    view! {
        <div>
            <dt>{figure.name} <small>{figure.remark}</small></dt>
            <dd>{figure.value}</dd>
        </div>
    }
}

/// What the year ends at under an assumption: a plain form, whose answer follows each change where scripts run.
#[component]
fn WhatIf(basis: Basis, assumption: Assumption, address: Address) -> impl IntoView {
    let lang = address.lang;
    let assumed = RwSignal::new(assumption);
    let agencies = i64::try_from(basis.excess.len()).unwrap_or(i64::MAX);
    let most = basis.rest.max(assumption.rest).saturating_mul(2).clamp(100, MOST_FILES);
    let is_asked = address.what_if != Asked::default();
    let plain = Address { what_if: Asked::default(), ..address };
    let hidden: Vec<_> = plain
        .parameters()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect();
    let reset = is_asked.then(|| {
        let href = format!("{}#{PLACE}", links::page(links::CASE_FILES, &plain));
        view! { <a href=href>{lang.of("Về mức dự kiến", "Back to what is expected")}</a> }
    });
    let improved = (agencies > 0).then(|| {
        let label = match lang {
            Lang::Vi => {
                format!("Số đơn vị xuống mức trễ trung vị (0–{agencies}, nhiều hồ sơ trễ nhất trước)")
            }
            Lang::En => format!("Agencies brought to the median late share (0–{agencies}, worst first)"),
        };
        view! { <Knob label=label kind=Kind::Improved most=agencies assumed=assumed /> }
    });
    view! {
        <h3>{lang.of("Nếu như", "What if")}</h3>
        <form class="what-if" method="get" action=format!("{}#{PLACE}", links::CASE_FILES)>
            {hidden}
            <Knob
                label=lang.of("Số hồ sơ còn lại", "Case files to come").to_owned()
                kind=Kind::Rest
                most=most
                assumed=assumed
            />
            <Knob
                label=lang.of("Tỷ lệ của số còn lại, %", "Rate of those, %").to_owned()
                kind=Kind::RestRate
                most=10_000
                assumed=assumed
            />
            {improved}
            <p class="answer">
                <output aria-live="polite">
                    {move || what_if_sentence(&basis, &assumed.get(), lang)}
                </output>
            </p>
            <p class="actions">
                <button type="submit">{lang.of("Tính và lưu vào địa chỉ", "Work out and keep in the address")}</button>
                {reset}
            </p>
        </form>
    }
}

/// What a knob sets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rest,
    RestRate,
    Improved,
}

impl Kind {
    /// The parameter of the address.
    fn name(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::RestRate => "rest_rate",
            Self::Improved => "improved",
        }
    }

    /// A number as a field of a form has it, whatever the language.
    fn written(self, n: i64) -> String {
        if self == Self::RestRate { text::hundredths_machine(n) } else { n.to_string() }
    }

    fn read(self, value: &str) -> Option<i64> {
        if self == Self::RestRate {
            address::percentage(value)
        } else {
            value.parse().ok().filter(|n| (0..=MOST_FILES).contains(n))
        }
    }

    fn of(self, assumption: &Assumption) -> String {
        self.written(match self {
            Self::Rest => assumption.rest,
            Self::RestRate => assumption.rest_rate,
            Self::Improved => i64::try_from(assumption.improved).unwrap_or(i64::MAX),
        })
    }

    fn set(self, assumption: &mut Assumption, n: i64) {
        match self {
            Self::Rest => assumption.rest = n,
            Self::RestRate => assumption.rest_rate = n,
            Self::Improved => assumption.improved = usize::try_from(n).unwrap_or(0),
        }
    }
}

/// One number, as a box for keys and, where scripts run, a slider for pointers. Only the box is sent.
#[component]
fn Knob(label: String, kind: Kind, most: i64, assumed: RwSignal<Assumption>) -> impl IntoView {
    let id = format!("what-if-{}", kind.name());
    let first = kind.of(&assumed.get_untracked());
    // As it was typed: a box that is written anew at each key loses the point one has just typed.
    let typed = RwSignal::new(first.clone());
    let step = if kind == Kind::RestRate { "0.01" } else { "1" };
    // The box takes any number; the slider reaches as far as is likely.
    let box_most = if kind == Kind::Rest { MOST_FILES } else { most };
    let turn = move |event: leptos::ev::Event| {
        let value = event_target_value(&event);
        if let Some(n) = kind.read(&value) {
            typed.set(value);
            assumed.update(|assumption| kind.set(assumption, n));
        }
    };
    view! {
        <div class="knob">
            <label for=id.clone()>{label.clone()}</label>
            <input
                type="number"
                id=id
                name=kind.name()
                min="0"
                max=kind.written(box_most)
                step=step
                value=first.clone()
                prop:value=move || typed.get()
                on:input=turn
            />
            <input
                type="range"
                class="with-scripts"
                aria-label=label
                min="0"
                max=kind.written(most)
                step=step
                value=first
                prop:value=move || kind.of(&assumed.get())
                on:input=turn
            />
        </div>
    }
    .into_any()
}
