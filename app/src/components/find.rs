//! The field that looks for names: a plain form, which with scripts loads no page anew.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_navigate;
use thuocdo::address::Address;

use crate::links;

/// The form. `asked` is what was looked for; the rest of the state goes along.
#[component]
pub fn FindForm(
    #[prop(into)] address: Signal<Address>,
    #[prop(into, optional)] asked: String,
    /// The key that leads here, where one does.
    #[prop(optional)]
    key: Option<&'static str>,
) -> impl IntoView {
    let lang = move || address.with(|address| address.lang);
    let label = move || lang().of("Tìm đơn vị, lĩnh vực, thủ tục", "Find an office, a field, a procedure");
    let short = move || lang().of("Tên hoặc mã", "Name or code");
    let hidden = move || {
        let parameters = address.with(|address| address.bare().parameters());
        let inputs = parameters
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
        inputs.collect::<Vec<_>>()
    };
    let field = NodeRef::<html::Input>::new();
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        let Some(field) = field.get_untracked() else { return };
        event.prevent_default();
        let find = Some(field.value()).filter(|value| !value.trim().is_empty());
        let to = Address { find, ..address.get_untracked().bare() };
        navigate(&links::page(links::SEARCH, &to), Default::default());
    };
    view! {
        <form class="find" role="search" method="get" action=links::SEARCH on:submit=submit>
            {hidden}
            <input
                type="search"
                name="q"
                maxlength="200"
                autocomplete="off"
                aria-label=label
                placeholder=short
                value=asked
                data-key=key
                node_ref=field
            />
            <button type="submit">{move || lang().of("Tìm", "Find")}</button>
        </form>
    }
}
