//! Search (`/tim-kiem`): agencies, fields and procedures by a part of their name or code, with or without marks.

pub mod api;

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    filter::Filter,
    lang::Lang,
    search::{Found, Named, Subject},
};

use self::api::Search;
use crate::{
    answer::Framed,
    components::find::FindForm,
    links,
    pages::{Page, framed_page},
};

/// The page.
#[component]
pub fn SearchPage() -> impl IntoView {
    framed_page(Page {
        title: ("Tìm kiếm", "Search"),
        path: links::SEARCH,
        load: |query| Box::pin(api::load_search(query)),
        body: |answer, address| answer.shown(address, body),
    })
}

fn body(framed: Framed<Search>, address: Address) -> AnyView {
    let Framed { body: Search { asked, found }, .. } = framed;
    let lang = address.lang;
    let plain = address.bare();
    let rows: Vec<_> = found.best.iter().map(|named| found_row(named, &plain)).collect();
    view! {
        <div class="lead">
            <h1>{heading(&asked, &found, lang)}</h1>
            <p>{hint(&asked, &found, lang)}</p>
            <FindForm address=plain.clone() asked=asked key="/" />
        </div>
        <ul class="found">{rows}</ul>
    }
    .into_any()
}

fn heading(asked: &str, found: &Found, lang: Lang) -> String {
    let total = lang.number(found.total);
    match (asked.is_empty(), lang) {
        (true, _) => {
            lang.of("Tìm đơn vị, lĩnh vực, thủ tục", "Find an office, a field, a procedure").to_owned()
        }
        (false, Lang::Vi) => format!("{total} kết quả cho “{asked}”"),
        (false, Lang::En) => format!("{} for “{asked}”", lang.count(found.total, "", "result", "results")),
    }
}

fn hint(asked: &str, found: &Found, lang: Lang) -> String {
    let shown = i64::try_from(found.best.len()).unwrap_or(i64::MAX);
    let is_all = shown == found.total;
    let shown = lang.number(shown);
    match (asked.is_empty() || is_all, lang) {
        (true, Lang::Vi) => "Gõ một phần của tên hoặc mã, có dấu hay không dấu đều được.".to_owned(),
        (true, Lang::En) => "Type a part of a name or code, with or without Vietnamese marks.".to_owned(),
        (false, Lang::Vi) => format!("Hiện {shown} kết quả sát nhất."),
        (false, Lang::En) => format!("The {shown} closest are shown."),
    }
}

/// One line: the name leads to its case files, an agency to its petitions and dialogues, too.
fn found_row(named: &Named, address: &Address) -> AnyView {
    let lang = address.lang;
    let only = |change: fn(&mut Filter, String)| {
        let mut filter = Filter::default();
        change(&mut filter, named.code.clone());
        Address { filter, ..address.clone() }
    };
    let (kind, to) = match named.subject {
        Subject::Agency => (lang.of("Đơn vị", "Office"), only(|filter, code| filter.agency = Some(code))),
        Subject::Field => (lang.of("Lĩnh vực", "Field"), only(|filter, code| filter.field = Some(code))),
        Subject::Procedure => {
            (lang.of("Thủ tục", "Procedure"), only(|filter, code| filter.procedure = Some(code)))
        }
    };
    let more = (named.subject == Subject::Agency).then(|| {
        view! {
            <span class="more">
                <a href=links::page(links::PETITIONS, &to)>{lang.of("Phản ánh", "Petitions")}</a>
                " · "
                <a href=links::page(links::DIALOGUES, &to)>{lang.of("Đối thoại", "Dialogues")}</a>
            </span>
        }
    });
    let of = named.of.clone().map(|of| format!(" · {of}"));
    view! {
        <li>
            <span>
                <a href=links::page(links::CASE_FILES, &to)>{named.name.clone()}</a>
                <small>{kind} " " {named.code.clone()} {of}</small>
            </span>
            {more}
        </li>
    }
    .into_any()
}
