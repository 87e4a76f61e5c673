//! The HTML document around the app.

use leptos::{config::LeptosOptions, prelude::*};
use leptos_meta::MetaTags;
use thuocdo::{disclosure, lang::Lang};

use crate::App;

/// The letters every page shows. They come early, or not on this visit: nothing moves under the reader's eyes.
const FONTS: [&str; 4] = ["latin-400", "vietnamese-400", "latin-600", "vietnamese-600"];

/// The document. Scripts come last and wait: the page is read before any of them has run.
///
/// What is said to the public stands behind the app, which the browser's code takes over from its beginning, and outside of
/// it, so that no change of page takes it away; style/components/frame.css keeps it in sight.
pub fn shell(options: LeptosOptions, lang: Lang, is_public: bool) -> impl IntoView {
    let style = format!("/pkg/{}.css", options.output_name);
    view! {
        <!DOCTYPE html>
        <html lang=lang.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                {fonts()}
                <link rel="stylesheet" href=style />
                <HydrationScripts options=options.clone() />
                <MetaTags />
            </head>
            <body class=is_public.then_some("public")>
                <App />
                {is_public
                    .then(|| {
                        view! {
                            <p class="public-note" role="note">
                                {disclosure::note(lang)}
                            </p>
                        }
                    })}
            </body>
        </html>
    }
}

/// The letters, asked for at once.
pub(crate) fn fonts() -> Vec<impl IntoView> {
    let font = |font| {
        view! {
            <link
                rel="preload"
                href=format!("/fonts/be-vietnam-pro-{font}-normal.woff2")
                r#as="font"
                type="font/woff2"
                crossorigin="anonymous"
            />
        }
    };
    FONTS.map(font).to_vec()
}
