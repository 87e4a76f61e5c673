//! What came in, batch by batch, and undoing one.

use leptos::prelude::*;
use store::{Batch, UndoError};
use thuocdo::{address::Address, lang::Lang};

use super::{Desktop, kind_label, sentence};
use crate::{components::table::Table, links};

/// The latest batches.
pub(super) fn table(desktop: &Desktop, address: &Address) -> AnyView {
    let lang = address.lang;
    let rows: Vec<_> = desktop.batches.iter().map(|batch| row(batch, desktop.may_import, address)).collect();
    let heads = [
        lang.of("Số", "No."),
        lang.of("Ngày", "Day"),
        lang.of("Loại", "Kind"),
        lang.of("Tệp", "File"),
        lang.of("Ai nhập", "By"),
        lang.of("Mới", "New"),
        lang.of("Thay đổi", "Changed"),
        lang.of("Để riêng", "Set aside"),
        lang.of("Hoàn tác", "Undo"),
    ];
    let table = if rows.is_empty() {
        let none = lang.of("Chưa có lần nhập nào ở đây.", "Nothing was imported here yet.");
        view! { <p class="sub">{none}</p> }.into_any()
    } else {
        view! {
            <Table label=lang.of("Các lần nhập", "Imports") class="files batches" heads=heads>
                {rows}
            </Table>
        }
        .into_any()
    };
    view! {
        <section class="panel" id="lan-nhap">
            <h2>{lang.of("Các lần nhập, mới nhất ở trên", "Imports, the newest first")}</h2>
            {table}
        </section>
    }
    .into_any()
}

fn row(batch: &Batch, may_undo: bool, address: &Address) -> AnyView {
    let lang = address.lang;
    let undo = match batch.undone_on {
        Some(day) => {
            let day = lang.date(day);
            lang.of(format!("đã hoàn tác {day}"), format!("undone {day}")).into_any()
        }
        None if !may_undo || !batch.keeps_before => "–".into_any(),
        None => view! { <a href=links::undo(address, batch.batch_id)>{lang.of("Hoàn tác", "Undo")}</a> }
            .into_any(),
    };
    view! {
        <tr>
            <th scope="row">{batch.batch_id}</th>
            <td>{lang.date(batch.imported_on)}</td>
            <td>{kind_label(&batch.kind, lang)}</td>
            <td>{batch.source_name.clone()}</td>
            <td>{if batch.brought_by.is_empty() { "–".to_owned() } else { batch.brought_by.clone() }}</td>
            <td>{lang.number(batch.added)}</td>
            <td>{lang.number(batch.changed)}</td>
            <td>{lang.number(batch.set_aside)}</td>
            <td>{undo}</td>
        </tr>
    }
    .into_any()
}

/// What undoing a batch would do, or why it cannot be.
pub(super) fn question(batch_id: i64, undo: &Result<Batch, UndoError>, address: &Address) -> AnyView {
    let lang = address.lang;
    let body = match undo {
        Ok(batch) => form(batch, lang),
        Err(UndoError::ChangedSince(later)) => changed_since(later, address),
        Err(error) => {
            let message = error.to_string();
            let (vi, en) = intake::halves(&message);
            view! { <p>{sentence(lang.of(vi, en))}</p> }.into_any()
        }
    };
    let number = lang.number(batch_id);
    view! {
        <section class="panel" id="hoan-tac">
            <h2>{lang.of(format!("Hoàn tác lần nhập số {number}?"), format!("Undo batch {number}?"))}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn form(batch: &Batch, lang: Lang) -> AnyView {
    let (added, changed) = (lang.number(batch.added), lang.number(batch.changed));
    let (name, kind) = (&batch.source_name, kind_label(&batch.kind, lang));
    let words = lang.of(
        format!(
            "{kind}, tệp {name}: {added} dòng mới sẽ bị bỏ, {changed} dòng thay đổi trở lại như trước; mọi con số trở lại \
             đúng như chưa có lần nhập này. Muốn có lại thì nhập lại tệp."
        ),
        format!(
            "{kind}, file {name}: {added} new rows will go, {changed} changed rows will be as before; every figure will be \
             as if this import had never been. To have it back, import the file again."
        ),
    );
    let action = links::page(&format!("{}/hoan-tac", links::DATA), &Address { lang, ..Address::default() });
    view! {
        <p>{words}</p>
        <form class="form" method="post" action=action>
            <input type="hidden" name="batch" value=batch.batch_id.to_string() />
            <button type="submit" class="primary">
                {lang.of("Hoàn tác", "Undo")}
            </button>
        </form>
    }
    .into_any()
}

fn changed_since(later: &[i64], address: &Address) -> AnyView {
    let lang = address.lang;
    let links: Vec<_> =
        later.iter().map(|batch| view! { <a href=links::undo(address, *batch)>{*batch}</a> " " }).collect();
    view! {
        <p>
            {lang.of(
                "Các lần nhập sau đã thay đổi dữ liệu của lần nhập này. Hoàn tác trước: ",
                "Later imports changed its rows. Undo these first: ",
            )}
            {links}
        </p>
    }
    .into_any()
}
