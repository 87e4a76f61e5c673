//! The controls of a page: a plain form that works without scripts, and answers at once with them.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use thuocdo::{
    address::{self, Address},
    agency::Level,
    period::{Cycle, Period, Unit},
};

use crate::{links, pages::Frame};

/// Period, day, agency, level and cycle of the page at `path`.
#[component]
pub fn Filters(frame: Frame, address: Address, path: &'static str) -> impl IntoView {
    let base = StoredValue::new(address.bare());
    let navigate = use_navigate();
    let go = move |change: &dyn Fn(&mut Address)| {
        let mut to = base.get_value();
        change(&mut to);
        navigate(&links::page(path, &to), Default::default());
    };
    let go = StoredValue::new(go);
    let agency = address.filter.agency.clone().unwrap_or_default();
    let lang = address.lang;
    let cycle = address.cycle;
    let level = address.filter.level;
    let as_of = frame.as_of.to_string();
    let today = frame.today.to_string();
    let hidden: Vec<_> = address
        .bare()
        .parameters()
        .into_iter()
        .filter(|(name, _)| !["agency", "level", "as_of", "cycle"].contains(name))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect();
    let agencies: Vec<_> = frame
        .agencies
        .iter()
        .map(|choice| {
            let selected = choice.code == agency;
            view! {
                <option value=choice.code.clone() selected=selected>
                    {choice.name.clone()}
                </option>
            }
        })
        .collect();
    let levels: Vec<_> = [Level::Department, Level::District, Level::Commune, Level::Unclassified]
        .into_iter()
        .map(|choice| {
            view! {
                <option value=choice.as_str() selected=level == Some(choice)>
                    {choice.label(lang)}
                </option>
            }
        })
        .collect();
    view! {
        <form class="filters" method="get" action=path aria-label=lang.of("Phạm vi", "What is shown")>
            {hidden}
            <PeriodPicker frame=frame.clone() address=base.get_value() path=path />
            <label>
                {lang.of("Tính đến", "As of")}
                <input
                    type="date"
                    name="as_of"
                    value=as_of.clone()
                    prop:value=as_of.clone()
                    max=today
                    on:change=move |event| {
                        let day = address::day(&event_target_value(&event));
                        if day.is_none() {
                            // A cleared field goes back to the day that is shown without one.
                            event_target::<web_sys::HtmlInputElement>(&event).set_value(&as_of);
                        }
                        go.with_value(|go| go(&|to| to.as_of = day));
                    }
                />
            </label>
            <label>
                {lang.of("Đơn vị", "Agency")}
                <select
                    name="agency"
                    prop:value=agency.clone()
                    on:change=move |event| {
                        let code = event_target_value(&event);
                        go.with_value(|go| {
                            go(&|to| to.filter.agency = (!code.is_empty()).then(|| code.clone()));
                        });
                    }
                >
                    <option value="">{lang.of("Toàn thành phố", "Whole city")}</option>
                    {agencies}
                </select>
            </label>
            <label>
                {lang.of("Cấp", "Level")}
                <select
                    name="level"
                    prop:value=level.map_or("", Level::as_str)
                    on:change=move |event| {
                        let level = event_target_value(&event).parse().ok();
                        go.with_value(|go| go(&|to| to.filter.level = level));
                    }
                >
                    <option value="">{lang.of("Mọi cấp", "Every level")}</option>
                    {levels}
                </select>
            </label>
            <label>
                {lang.of("Chu kỳ", "Cycle")}
                <select
                    name="cycle"
                    prop:value=cycle.as_str()
                    on:change=move |event| {
                        let cycle = event_target_value(&event).parse().unwrap_or_default();
                        go.with_value(|go| go(&|to| to.cycle = cycle));
                    }
                >
                    <option value=Cycle::Calendar.as_str() selected=cycle == Cycle::Calendar>
                        {lang.of("Theo lịch", "Calendar")}
                    </option>
                    <option value=Cycle::Reporting.as_str() selected=cycle == Cycle::Reporting>
                        {lang.of("Báo cáo, 15–14", "Reports, 15–14")}
                    </option>
                </select>
            </label>
            <button type="submit" class="without-scripts">
                {lang.of("Xem", "Show")}
            </button>
        </form>
    }
}

/// Month, quarter, half-year or year of the day shown, and the ones beside it: links, so that they work anywhere.
#[component]
fn PeriodPicker(frame: Frame, address: Address, path: &'static str) -> impl IntoView {
    let (cycle, lang) = (address.cycle, address.lang);
    let before = lang.of("Kỳ trước", "Previous period");
    let after = lang.of("Kỳ sau", "Next period");
    let to = move |period: Period| links::page(path, &address.of_period(period));
    let shown = frame.period;
    let day = frame.as_of.min(shown.to(cycle)).max(shown.from(cycle));
    let units: Vec<_> = Unit::ALL
        .into_iter()
        .map(|unit| {
            let period = if unit == shown.unit() { shown } else { Period::containing(day, unit, cycle) };
            let name = match unit {
                Unit::Month => lang.of("Tháng", "Month"),
                Unit::Quarter => lang.of("Quý", "Quarter"),
                Unit::HalfYear => lang.of("6 tháng", "6 months"),
                Unit::Year => lang.of("Năm", "Year"),
            };
            view! {
                <a href=to(period) aria-current=(unit == shown.unit()).then_some("true")>
                    {name}
                </a>
            }
        })
        .collect();
    let next = shown.next();
    let has_next = next.from(cycle) <= frame.last_day();
    view! {
        <fieldset>
            <legend>{lang.of("Kỳ", "Period")}</legend>
            <span class="seg">{units}</span>
            <span class="step">
                <a
                    href=to(shown.previous())
                    aria-label=format!("{before}: {}", shown.previous().label(lang))
                    data-key="["
                >
                    "‹"
                </a>
                <b>{shown.label(lang)}</b>
                {if has_next {
                    view! {
                        <a href=to(next) aria-label=format!("{after}: {}", next.label(lang)) data-key="]">
                            "›"
                        </a>
                    }
                        .into_any()
                } else {
                    view! { <span aria-hidden="true">"›"</span> }.into_any()
                }}
            </span>
        </fieldset>
    }
}
