//! What stands around every page: masthead, the band of invented data, crumbs, freshness, footer.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use thuocdo::{address::Address, lang::Lang};

use crate::{
    components::{find::FindForm, keys::Keys},
    links,
    pages::{Frame, use_address},
};

/// The way past the masthead, for those who come by keyboard.
#[component]
pub fn Skip() -> impl IntoView {
    let address = use_address();
    view! {
        <a class="skip" href="#main" rel="external">
            {move || address.with(|address| address.lang).of("Tới nội dung", "To the content")}
        </a>
    }
}

/// The name of the product and the way to its pages; the state of the address goes along.
#[component]
pub fn Masthead() -> impl IntoView {
    let address = use_address();
    let path = use_location().pathname;
    let lang = move || address.with(|address| address.lang);
    let entry = move |key: &'static str, to: &'static str, vi: &'static str, en: &'static str| {
        let href = move || links::page(to, &Address { kind: None, ..address.get().bare() });
        let current = move || (path.get() == to).then_some("page");
        view! {
            <a href=href aria-current=current data-key=key>
                {move || lang().of(vi, en)}
            </a>
        }
    };
    // The document says its language, so another one is another document.
    let other =
        move || address.with(|address| links::in_language(&path.get(), address, address.lang.other()));
    let home = move || links::page(links::OVERVIEW, &Address { lang: lang(), ..Address::default() });
    view! {
        <header class="top">
            <a class="brand" href=home>
                <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
                    <path d="M3 20h22M6 20v-6M10.5 20v-9M15 20v-6M19.5 20v-12M24 20v-6" />
                </svg>
                "Thước Đo"
            </a>
            <nav aria-label=move || lang().of("Trang", "Pages")>
                {entry("1", links::OVERVIEW, "Tổng quan", "Overview")}
                {entry("2", links::CASE_FILES, "Hồ sơ", "Case files")}
                {entry("3", links::PETITIONS, "Phản ánh", "Petitions")}
                {entry("4", links::DIALOGUES, "Đối thoại", "Dialogues")}
                {entry("5", links::INDEXES, "Chỉ số", "Indexes")}
                {entry("6", links::REPORTS, "Báo cáo", "Reports")}
                {entry("7", links::DATA, "Dữ liệu", "Data")}
                <a href="/tai-khoan" rel="external">
                    {move || lang().of("Tài khoản", "Account")}
                </a>
            </nav>
            {move || (path.get() != links::SEARCH).then(|| view! { <FindForm address=address key="/" /> })}
            <a
                class="language"
                data-key="e"
                href=other
                rel="external"
                lang=move || lang().other().as_str()
                hreflang=move || lang().other().as_str()
            >
                {move || lang().of("English", "Tiếng Việt")}
            </a>
        </header>
    }
}

/// Says that the data were made up, on every page that shows them.
#[component]
pub fn InventedBand(is_invented: bool, lang: Lang) -> impl IntoView {
    is_invented.then(|| {
        view! {
            <p class="invented" role="note">
                {lang.of(
                    "Số liệu mô phỏng: hồ sơ, phản ánh, đối thoại và khảo sát trên trang này được tạo ra để minh hoạ. \
                     PAR INDEX và SIPAS là số đã công bố.",
                    "Invented data: the case files, petitions, dialogues and surveys on this page were made up to try \
                     the product. PAR INDEX and SIPAS are published figures.",
                )}
            </p>
        }
    })
}

/// The agencies above the chosen one, each a link.
#[component]
pub fn Crumbs(frame: Frame, address: Address, path: &'static str) -> impl IntoView {
    let last = frame.crumbs.len();
    let lang = address.lang;
    let all = std::iter::once((None, lang.of("Toàn thành phố", "Whole city").to_owned()))
        .chain(frame.crumbs.into_iter().map(|choice| (Some(choice.code), choice.name)));
    let entries: Vec<_> = all
        .enumerate()
        .map(|(place, (code, name))| {
            if place == last {
                view! { <li aria-current="location">{name}</li> }.into_any()
            } else {
                let href = links::agency(path, &address, code.as_deref());
                view! {
                    <li>
                        <a href=href>{name}</a>
                    </li>
                }
                .into_any()
            }
        })
        .collect();
    (last > 0).then(|| {
        view! {
            <nav class="crumbs" aria-label=lang.of("Đơn vị", "Agency")>
                <ol>{entries}</ol>
            </nav>
        }
    })
}

/// Until when each source has something to say, and why the page opened at its day.
#[component]
pub fn FreshnessLine(frame: Frame, lang: Lang) -> impl IntoView {
    let until = |name: &str, day: Option<NaiveDate>| match day {
        Some(day) => format!("{name} {} {}", lang.of("đến", "up to"), lang.date(day)),
        None => format!("{name}: {}", lang.of("chưa có", "none yet")),
    };
    let sources = [
        until(lang.of("Hồ sơ", "Case files"), frame.case_files_until),
        until(lang.of("phản ánh", "petitions"), frame.petitions_until),
        until(lang.of("đối thoại", "dialogues"), frame.dialogues_until),
    ];
    let opened = (!frame.is_day_chosen && frame.as_of < frame.today && !frame.is_empty()).then(|| {
        let is_last = frame.as_of == frame.last_day();
        let day = lang.date(frame.as_of);
        match (is_last, lang) {
            (true, Lang::Vi) => format!(" Trang mở ở ngày cuối có số liệu, {day}."),
            (true, Lang::En) => format!(" Opened at the last day with data, {day}."),
            (false, Lang::Vi) => format!(" Trang mở ở ngày cuối của kỳ, {day}."),
            (false, Lang::En) => format!(" Opened at the last day of the period, {day}."),
        }
    });
    view! {
        <p class="fresh">
            {sources.join(" · ")} "." {opened}
        </p>
    }
}

/// What to do in an installation without data.
#[component]
pub fn EmptyHint(is_empty: bool, lang: Lang) -> impl IntoView {
    is_empty.then(|| {
        view! {
            <section class="empty">
                <h2>{lang.of("Chưa có số liệu nào được nhập", "Nothing has been imported yet")}</h2>
                <p>
                    {lang.of(
                        "Nhập tệp của hệ thống một cửa bằng lệnh ",
                        "Import a file of the one-stop system with ",
                    )} <code>"thuocdo import case-files " {lang.of("TEP.csv", "FILE.csv")}</code>
                    {lang.of(", hoặc tạo số liệu mô phỏng bằng ", ", or make invented data with ")}
                    <code>"thuocdo demo"</code> "."
                </p>
            </section>
        }
    })
}

/// The line at the end of every page.
#[component]
pub fn Footer() -> impl IntoView {
    let address = use_address();
    let said = move || {
        address.with(|address| address.lang).of(
            "Tỷ lệ được cắt xuống, không làm tròn lên: 99,99\u{a0}% không bao giờ thành 100\u{a0}%. \
             Ngày tính theo giờ Hà Nội.",
            "Rates are cut, never rounded up: 99.99% never becomes 100%. Days are those of Hanoi.",
        )
    };
    view! {
        <footer class="bottom">
            <p>{said}</p>
            <Keys lang=Signal::derive(move || address.with(|address| address.lang)) />
        </footer>
    }
}
