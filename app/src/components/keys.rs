//! Keys that lead somewhere, and the sheet that names them. A key presses the element that bears it as `data-key`.

use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{Element, HtmlElement, KeyboardEvent},
};
use thuocdo::lang::Lang;

use super::browser;

/// The sheet's name in the document.
const SHEET: &str = "phim-tat";

/// Under which the browser remembers that somebody wants none of it.
const CHOICE: &str = "thuocdo.keys";

/// What each key does, in the order of the sheet.
const KEYS: [(&str, &str, &str); 10] = [
    (
        "1–7",
        "Tổng quan, hồ sơ, phản ánh, đối thoại, chỉ số, báo cáo, dữ liệu",
        "Overview, case files, petitions, dialogues, indexes, reports, data",
    ),
    ("[", "Kỳ trước", "Previous period"),
    ("]", "Kỳ sau", "Next period"),
    ("/", "Tìm theo tên hoặc mã", "Find by name or code"),
    ("e", "Đổi ngôn ngữ", "Change the language"),
    ("?", "Mở hoặc đóng bảng này", "Open or close this sheet"),
    ("Tab", "Tới nút, liên kết, biểu đồ tiếp theo", "On to the next control, link or chart"),
    ("← →", "Trong biểu đồ: điểm trước, điểm sau", "In a chart: the point before, the point after"),
    ("↑ ↓", "Trong biểu đồ nhiệt: hàng trên, hàng dưới", "In a heat map: the row above, the row below"),
    ("Enter", "Trong biểu đồ: mở điểm đang chọn", "In a chart: open the point chosen"),
];

/// The button that opens the sheet, and the sheet. Letters and signs can be switched off (WCAG 2.1.4).
#[component]
pub fn Keys(#[prop(into)] lang: Signal<Lang>) -> impl IntoView {
    let is_on = RwSignal::new(true);
    Effect::new(move |_| {
        is_on.set(browser::remembered(CHOICE).is_none());
        let handle = window_event_listener(ev::keydown, move |event| {
            if is_on.get_untracked() && press(&event) {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    });
    let choose = move |event| {
        let is_wanted = event_target_checked(&event);
        is_on.set(is_wanted);
        browser::remember(CHOICE, (!is_wanted).then_some("off"));
    };
    let rows = move || {
        let row = |(key, vi, en): (&'static str, &'static str, &'static str)| {
            view! {
                <div>
                    <dt>
                        <kbd>{key}</kbd>
                    </dt>
                    <dd>{lang.get().of(vi, en)}</dd>
                </div>
            }
        };
        KEYS.into_iter().map(row).collect::<Vec<_>>()
    };
    view! {
        <button type="button" class="keys" popovertarget=SHEET data-key="?">
            {move || lang.get().of("Phím tắt", "Keyboard")}
            " "
            <kbd aria-hidden="true">"?"</kbd>
        </button>
        <div id=SHEET class="sheet" popover="auto" role="dialog" aria-labelledby="phim-tat-ten">
            <h2 id="phim-tat-ten">{move || lang.get().of("Phím tắt", "Keyboard")}</h2>
            <dl>{rows}</dl>
            <label class="with-scripts">
                <input type="checkbox" prop:checked=move || is_on.get() checked=true on:change=choose />
                " "
                {move || lang.get().of("Dùng các phím chữ và dấu", "Use the letter and sign keys")}
            </label>
            <button type="button" popovertarget=SHEET popovertargetaction="hide">
                {move || lang.get().of("Đóng", "Close")}
            </button>
        </div>
    }
}

/// Presses what bears the key; whether anything did. Whoever is typing is left alone.
fn press(event: &KeyboardEvent) -> bool {
    let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_typing = on.is_some_and(|on| matches!(on.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"));
    if is_typing || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return false;
    }
    let key = event.key();
    if !matches!(key.as_str(), "1" | "2" | "3" | "4" | "5" | "6" | "7" | "[" | "]" | "/" | "e" | "?") {
        return false;
    }
    let found = document().query_selector(&format!("[data-key='{key}']")).ok().flatten();
    let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return false };
    if element.tag_name() == "INPUT" {
        let _ = element.focus();
    } else {
        element.click();
    }
    true
}
