//! What stands around every page: masthead, the band of invented data, crumbs, freshness, footer.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use thuocdo::{address::Address, text};

use crate::{
    components::eager::Eager as _,
    links,
    pages::{Frame, use_address},
};

/// The name of the product and the way to its pages; the state of the address goes along.
#[component]
pub fn Masthead() -> impl IntoView {
    let address = use_address();
    let path = use_location().pathname;
    let entry = move |to: &'static str, vi: &'static str, en: &'static str| {
        let plain =
            move || Address { list: None, petition_list: None, kind: None, page: None, ..address.get() };
        let href = move || links::page(to, &plain());
        let name = move || address.with(|address| address.lang.of(vi, en));
        let current = move || (path.get() == to).then_some("page");
        view! {
            <a href=href aria-current=current>
                {name}
            </a>
        }
    };
    view! {
        <header class="top">
            <a class="brand" href=links::OVERVIEW>
                <svg viewBox="0 0 28 28" aria-hidden="true">
                    <path d="M3 20h22M6 20v-6M10.5 20v-9M15 20v-6M19.5 20v-12M24 20v-6" />
                </svg>
                "Thước Đo"
            </a>
            <nav aria-label="Trang">
                {entry(links::OVERVIEW, "Tổng quan", "Overview")} {entry(links::CASE_FILES, "Hồ sơ", "Case files")}
                {entry(links::PETITIONS, "Phản ánh", "Petitions")}
            </nav>
        </header>
    }
}

/// Says that the data were made up, on every page that shows them.
#[component]
pub fn InventedBand(is_invented: bool) -> impl IntoView {
    is_invented.then(|| {
        view! {
            <p class="invented" role="note">
                "Số liệu mô phỏng: hồ sơ, phản ánh, đối thoại và khảo sát trên trang này được tạo ra để minh hoạ. "
                "PAR INDEX và SIPAS là số đã công bố."
            </p>
        }
    })
}

/// The agencies above the chosen one, each a link.
#[component]
pub fn Crumbs(frame: Frame, address: Address, path: &'static str) -> impl IntoView {
    let last = frame.crumbs.len();
    let all = std::iter::once((None, "Toàn thành phố".to_owned()))
        .chain(frame.crumbs.into_iter().map(|choice| (Some(choice.code), choice.name)));
    let entries: Vec<_> = all
        .enumerate()
        .map(|(place, (code, name))| {
            if place == last {
                view! { <li aria-current="location">{name}</li> }.eager()
            } else {
                let href = links::agency(path, &address, code.as_deref());
                view! {
                    <li>
                        <a href=href>{name}</a>
                    </li>
                }
                .eager()
            }
        })
        .collect();
    (last > 0).then(|| {
        view! {
            <nav class="crumbs" aria-label="Đơn vị">
                <ol>{entries}</ol>
            </nav>
        }
    })
}

/// Until when each source has something to say, and why the page opened at its day.
#[component]
pub fn FreshnessLine(frame: Frame) -> impl IntoView {
    let until = |name: &str, day: Option<NaiveDate>| match day {
        Some(day) => format!("{name} đến {}", text::date(day)),
        None => format!("{name}: chưa có"),
    };
    let sources = [
        until("Hồ sơ", frame.case_files_until),
        until("phản ánh", frame.petitions_until),
        until("đối thoại", frame.dialogues_until),
    ];
    let opened = (!frame.is_day_chosen && frame.as_of < frame.today && !frame.is_empty())
        .then(|| format!(" Trang mở ở ngày cuối có số liệu trong kỳ, {}.", text::date(frame.as_of)));
    view! {
        <p class="fresh">
            {sources.join(" · ")} "." {opened}
        </p>
    }
}

/// What to do in an installation without data.
#[component]
pub fn EmptyHint(is_empty: bool) -> impl IntoView {
    is_empty.then(|| {
        view! {
            <section class="empty">
                <h2>"Chưa có số liệu nào được nhập"</h2>
                <p>
                    "Nhập tệp của hệ thống một cửa bằng lệnh "
                    <code>"thuocdo import case-files TEP.csv"</code>
                    ", hoặc tạo số liệu mô phỏng bằng " <code>"thuocdo demo"</code> "."
                </p>
            </section>
        }
    })
}

/// The line at the end of every page.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="bottom">
            <p>
                "Tỷ lệ được cắt xuống, không làm tròn lên: 99,99\u{a0}% không bao giờ thành 100\u{a0}%. "
                "Ngày tính theo giờ Hà Nội."
            </p>
        </footer>
    }
}
