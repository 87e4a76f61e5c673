//! The few things that only the browser can do: put a text on the clipboard, and remember a choice.

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{HtmlDocument, HtmlElement},
};

/// Puts the text of an element on the clipboard; whether it went.
///
/// By selection, since the newer way is closed to pages that come without TLS, as they do inside an office.
pub fn copy(element: &HtmlElement) -> bool {
    let Some(selection) = window().get_selection().ok().flatten() else { return false };
    let Ok(document) = document().dyn_into::<HtmlDocument>() else { return false };
    let is_selected = selection.select_all_children(element).is_ok();
    let is_copied = is_selected && document.exec_command("copy").unwrap_or(false);
    // What stays selected looks like an accident.
    let _ = selection.remove_all_ranges();
    is_copied
}

/// What the browser remembers under a name.
pub fn remembered(name: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// Remembers a choice, or forgets it; a browser that remembers nothing is left alone.
pub fn remember(name: &str, value: Option<&str>) {
    let Some(storage) = window().local_storage().ok().flatten() else { return };
    let _ = match value {
        Some(value) => storage.set_item(name, value),
        None => storage.remove_item(name),
    };
}
