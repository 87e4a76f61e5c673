//! The controls of a page: a plain form that works without scripts, and answers at once with them.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use thuocdo::{
    address::{self, Address},
    agency::Level,
    period::{Cycle, Period, Unit},
};

use crate::{components::eager::Eager as _, links, pages::Frame};

/// Period, day, agency, level and cycle of the page at `path`.
#[component]
pub fn Filters(frame: Frame, address: Address, path: &'static str) -> impl IntoView {
    let base = StoredValue::new(Address { list: None, petition_list: None, page: None, ..address.clone() });
    let navigate = use_navigate();
    let go = move |change: &dyn Fn(&mut Address)| {
        let mut to = base.get_value();
        change(&mut to);
        navigate(&links::page(path, &to), Default::default());
    };
    let go = StoredValue::new(go);
    let agency = address.filter.agency.clone().unwrap_or_default();
    let cycle = address.cycle;
    let level = address.filter.level;
    let as_of = frame.as_of.to_string();
    let today = frame.today.to_string();
    let hidden: Vec<_> = address
        .parameters()
        .into_iter()
        .filter(|(name, _)| {
            !["agency", "level", "as_of", "cycle", "list", "petitions", "page"].contains(name)
        })
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
                    {choice.label()}
                </option>
            }
        })
        .collect();
    view! {
        <form class="filters" method="get" action=path aria-label="Phạm vi">
            {hidden}
            <PeriodPicker frame=frame.clone() address=base.get_value() path=path />
            <label>
                "Tính đến"
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
                "Đơn vị"
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
                    <option value="">"Toàn thành phố"</option>
                    {agencies}
                </select>
            </label>
            <label>
                "Cấp"
                <select
                    name="level"
                    prop:value=level.map_or("", Level::as_str)
                    on:change=move |event| {
                        let level = event_target_value(&event).parse().ok();
                        go.with_value(|go| go(&|to| to.filter.level = level));
                    }
                >
                    <option value="">"Mọi cấp"</option>
                    {levels}
                </select>
            </label>
            <label>
                "Chu kỳ"
                <select
                    name="cycle"
                    prop:value=cycle.as_str()
                    on:change=move |event| {
                        let cycle = event_target_value(&event).parse().unwrap_or_default();
                        go.with_value(|go| go(&|to| to.cycle = cycle));
                    }
                >
                    <option value=Cycle::Calendar.as_str() selected=cycle == Cycle::Calendar>
                        "Theo lịch"
                    </option>
                    <option value=Cycle::Reporting.as_str() selected=cycle == Cycle::Reporting>
                        "Báo cáo, 15–14"
                    </option>
                </select>
            </label>
            <button type="submit" class="without-scripts">
                "Xem"
            </button>
        </form>
    }
}

/// Month, quarter, half-year or year of the day shown, and the ones beside it: links, so that they work anywhere.
#[component]
fn PeriodPicker(frame: Frame, address: Address, path: &'static str) -> impl IntoView {
    let cycle = address.cycle;
    let to = move |period: Period| {
        // A day before the period would show a period that has not begun.
        let as_of = address.as_of.filter(|day| *day >= period.from(cycle));
        links::page(path, &Address { period: Some(period), plan: None, as_of, ..address.clone() })
    };
    let shown = frame.period;
    let day = frame.as_of.min(shown.to(cycle)).max(shown.from(cycle));
    let units: Vec<_> = Unit::ALL
        .into_iter()
        .map(|unit| {
            let period = if unit == shown.unit() { shown } else { Period::containing(day, unit, cycle) };
            let name = match unit {
                Unit::Month => "Tháng",
                Unit::Quarter => "Quý",
                Unit::HalfYear => "6 tháng",
                Unit::Year => "Năm",
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
            <legend>"Kỳ"</legend>
            <span class="seg">{units}</span>
            <span class="step">
                <a href=to(shown.previous()) aria-label=format!("Kỳ trước: {}", shown.previous().label())>
                    "‹"
                </a>
                <b>{shown.label()}</b>
                {if has_next {
                    view! {
                        <a href=to(next) aria-label=format!("Kỳ sau: {}", next.label())>
                            "›"
                        </a>
                    }
                        .eager()
                } else {
                    view! { <span aria-hidden="true">"›"</span> }.eager()
                }}
            </span>
        </fieldset>
    }
}
