//! A file before it is imported: what it is taken for, its columns, its first rows.

use intake::Kind;
use leptos::prelude::*;
use thuocdo::{
    address::Address,
    lang::Lang,
    upload::{Look, LookedAt, Reading, Understood},
};

use super::{Desktop, Shown, in_language, kind_label, mapping, word};
use crate::{components::table::Table, links};

/// The preview with its forms: another reading, the import, throwing it away.
pub(super) fn preview(shown: &Shown, desktop: &Desktop, address: &Address) -> AnyView {
    let lang = address.lang;
    let id = shown.upload.id;
    let throw = || discard(id, lang.of("Bỏ tệp này", "Throw this file away"), lang);
    let Some((reading, look)) = &shown.look else { return throw() };
    let refusal = look.refusal.as_ref().map(|why| {
        view! {
            <p class="status missed">
                <span aria-hidden="true">"■ "</span>
                {in_language(why, lang)}
            </p>
        }
    });
    let start = look.refusal.is_none().then(|| start(id, reading, lang));
    view! {
        <section class="panel" id="xem-thu">
            <h2>{understood_words(reading, look, lang)}</h2>
            {choose(reading, desktop, id, address)}
            {refusal}
            {columns(look, lang)}
            {rows(look, lang)}
            {start}
            {desktop.may_map.then(|| mapping::editor(id, reading, look, lang))}
            {throw()}
        </section>
    }
    .into_any()
}

fn understood_words(reading: &Reading, look: &Look, lang: Lang) -> String {
    let kind = kind_label(&reading.kind, lang);
    let carried = look.columns.iter().filter(|column| is_carried(column)).count();
    let all = look.columns.len();
    match (look.refusal.is_some(), lang) {
        (true, Lang::Vi) => format!("Chưa đọc được như {kind}"),
        (true, Lang::En) => format!("Cannot be read as {kind} yet"),
        (false, Lang::Vi) => format!("Hiểu là {kind}: nhận ra {carried} trong {all} cột"),
        (false, Lang::En) => format!("Taken for {kind}: {carried} of {all} columns recognised"),
    }
}

fn is_carried(column: &Understood) -> bool {
    column.from.is_some() || column.constant.is_some()
}

/// The form that reads the file as something else.
fn choose(reading: &Reading, desktop: &Desktop, id: u64, address: &Address) -> AnyView {
    let lang = address.lang;
    let now = word(reading);
    let plain = Kind::ALL.map(|kind| Reading {
        kind: kind.as_str().to_owned(),
        mapping: None,
        all_or_nothing: false,
    });
    let options: Vec<_> = plain
        .into_iter()
        .chain(desktop.mappings.iter().cloned())
        .map(|reading| {
            let value = word(&reading);
            let kind = kind_label(&reading.kind, lang);
            let label = match &reading.mapping {
                None => kind,
                Some(mapping) => format!("{kind} {} {mapping}", lang.of("qua ánh xạ", "through")),
            };
            view! {
                <option value=value.clone() selected=value == now>
                    {label}
                </option>
            }
        })
        .collect();
    let english = (lang == Lang::En).then(|| view! { <input type="hidden" name="lang" value="en" /> });
    view! {
        <form class="form" method="get" action=links::DATA>
            <input type="hidden" name="upload" value=id.to_string() />
            {english}
            <label>
                {lang.of("Đọc như", "Read as")}
                <select name="reading">{options}</select>
            </label>
            <button type="submit">{lang.of("Xem lại", "Look again")}</button>
        </form>
    }
    .into_any()
}

/// Where each column comes from, and what is dropped.
fn columns(look: &Look, lang: Lang) -> AnyView {
    let dropped = (!look.dropped.is_empty()).then(|| {
        view! {
            <p class="sub">
                {lang.of("Cột không lấy, không giữ gì của chúng: ", "Columns not taken, nothing of them is kept: ")}
                {look.dropped.join(", ")} "."
            </p>
        }
    });
    let not_found = (!look.not_found.is_empty()).then(|| {
        view! {
            <p class="status at_risk">
                <span aria-hidden="true">"▲ "</span>
                {lang.of("Ánh xạ nêu những cột tệp không có: ", "The mapping names columns the file does not have: ")}
                {look.not_found.join(", ")}
            </p>
        }
    });
    view! {
        {not_found}
        {dropped}
    }
    .into_any()
}

/// The first rows as they are understood.
fn rows(look: &Look, lang: Lang) -> AnyView {
    if look.rows.is_empty() {
        return ().into_any();
    }
    let carried: Vec<usize> = (0..look.columns.len()).filter(|at| is_carried(&look.columns[*at])).collect();
    let mut heads = vec![lang.of("Dòng", "Line").into_any()];
    heads.extend(carried.iter().map(|at| head(&look.columns[*at], lang)));
    let rows: Vec<_> = look.rows.iter().map(|row| first_row(row, &carried, lang)).collect();
    view! {
        <h3>{lang.of("Những dòng đầu, như đã hiểu", "The first rows, as they are understood")}</h3>
        <Table label=lang.of("Những dòng đầu", "The first rows") class="files looked-at" heads=heads>
            {rows}
        </Table>
    }
    .into_any()
}

fn head(column: &Understood, lang: Lang) -> AnyView {
    let from = match (&column.from, &column.constant) {
        (_, Some(constant)) => format!("= {constant}"),
        (Some(from), None) => format!("← {from}"),
        (None, None) => String::new(),
    };
    let name = lang.of(&column.label, &column.name).clone();
    view! {
        {name}
        <small>{from}</small>
    }
    .into_any()
}

fn first_row(row: &LookedAt, carried: &[usize], lang: Lang) -> AnyView {
    let cells: Vec<_> = carried
        .iter()
        .map(|at| {
            let text = row.cells.get(*at).cloned().flatten().unwrap_or_default();
            view! { <td>{text}</td> }
        })
        .collect();
    let width = (carried.len() + 1).to_string();
    let notes: Vec<_> = row
        .notes
        .iter()
        .map(|note| {
            let (class, shape) = if note.is_hard { ("missed", "■ ") } else { ("at_risk", "▲ ") };
            view! {
                <tr class="note">
                    <td colspan=width.clone()>
                        <span class=format!("status {class}")>
                            <span aria-hidden="true">{shape}</span>
                            {in_language(&note.said, lang)}
                        </span>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <tr>
            <th scope="row">{row.line}</th>
            {cells}
        </tr>
        {notes}
    }
    .into_any()
}

fn start(id: u64, reading: &Reading, lang: Lang) -> AnyView {
    view! {
        <form class="form" method="post" action=links::upload_action(id, "nhap", lang)>
            <input type="hidden" name="reading" value=word(reading) />
            <label class="check">
                <input type="checkbox" name="all_or_nothing" value="1" />
                {lang.of(
                    "Không nhập gì nếu có dòng bị để riêng",
                    "Import nothing when a row has to be set aside",
                )}
            </label>
            <button type="submit" class="primary">
                {lang.of("Nhập", "Import")}
            </button>
        </form>
    }
    .into_any()
}

/// The form that throws the file away.
pub(super) fn discard(id: u64, words: &'static str, lang: Lang) -> AnyView {
    view! {
        <form class="form" method="post" action=links::upload_action(id, "bo", lang)>
            <button type="submit">{words}</button>
        </form>
    }
    .into_any()
}
