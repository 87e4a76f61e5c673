//! A table in a region that scrolls by itself, so that a narrow screen cuts nothing off and the keyboard reaches it all.

use leptos::prelude::*;

/// What stands over the columns: words, or views where a column opens something.
pub struct Heads(Vec<AnyView>);

impl<const N: usize> From<[&'static str; N]> for Heads {
    fn from(words: [&'static str; N]) -> Self {
        Self(words.into_iter().map(IntoAny::into_any).collect())
    }
}

impl From<Vec<AnyView>> for Heads {
    fn from(views: Vec<AnyView>) -> Self {
        Self(views)
    }
}

/// A table under its name; its children are the rows.
#[component]
pub fn Table(
    #[prop(into)] label: String,
    class: &'static str,
    #[prop(into)] heads: Heads,
    #[prop(optional)] foot: Option<AnyView>,
    children: Children,
) -> AnyView {
    let heads: Vec<_> = heads.0.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class=class>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
                {foot.map(|foot| view! { <tfoot>{foot}</tfoot> })}
            </table>
        </div>
    }
    .into_any()
}
