//! An erased view that comes to life in one go.
//!
//! Leptos 0.8 builds a second, asynchronous way to hydrate every erased view, for routes that are loaded late. This app
//! has none, and that second way made up an eighth of the browser's code. [`Eager::eager`] erases like `into_any` and leaves
//! it out. Leptos 0.9 asks for it by a feature; this file can go then.

use leptos::{
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        ssr::StreamBuilder,
        view::{Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr},
    },
};

/// Erases the type of a view.
pub trait Eager {
    /// The view, erased.
    fn eager(self) -> AnyView;
}

impl<V: RenderHtml + Send + 'static> Eager for V {
    fn eager(self) -> AnyView {
        InOneGo(self).into_any()
    }
}

struct InOneGo<V>(V);

impl<V: Render> Render for InOneGo<V> {
    type State = V::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.0.rebuild(state);
    }
}

impl<V: RenderHtml + Send + 'static> AddAnyAttr for InOneGo<V> {
    type Output<A: Attribute> = Self;

    /// Nothing is spread onto an erased view here.
    fn add_any_attr<A: Attribute>(self, _: A) -> Self::Output<A> {
        self
    }
}

impl<V: RenderHtml + Send + 'static> RenderHtml for InOneGo<V> {
    type AsyncOutput = V::AsyncOutput;
    type Owned = Self;

    const MIN_LENGTH: usize = V::MIN_LENGTH;
    const EXISTS: bool = V::EXISTS;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    fn resolve(self) -> impl Future<Output = Self::AsyncOutput> + Send {
        self.0.resolve()
    }

    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra: Vec<AnyAttribute>,
    ) {
        self.0.to_html_with_buf(buf, position, escape, mark_branches, extra);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra: Vec<AnyAttribute>,
    ) {
        self.0.to_html_async_with_buf::<OUT_OF_ORDER>(buf, position, escape, mark_branches, extra);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.0.hydrate::<FROM_SERVER>(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}
