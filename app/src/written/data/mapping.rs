//! The editor that says which header is which column, for files of other systems.

use leptos::prelude::*;
use thuocdo::{
    lang::Lang,
    upload::{Look, Reading, Understood},
};

use crate::links;

/// The form: for each column of the kind the header it comes from, or one value for every row.
pub(super) fn editor(id: u64, reading: &Reading, look: &Look, lang: Lang) -> AnyView {
    if look.header.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = look.columns.iter().map(|column| row(column, &look.header, lang)).collect();
    let formats = ["dd/MM/yyyy", "MM/dd/yyyy", "yyyy-MM-dd"];
    let formats: Vec<_> = formats.into_iter().map(|format| view! { <option>{format}</option> }).collect();
    let is_open = look.refusal.is_some();
    let name = reading.mapping.clone().unwrap_or_default();
    view! {
        <details class="mapping" open=is_open>
            <summary>
                {lang.of("Cột mang tên khác: chỉ cột nào là cột nào", "Columns under other names: say which is which")}
            </summary>
            <form method="post" action=links::upload_action(id, "anh-xa", lang)>
                <input type="hidden" name="kind" value=reading.kind.clone() />
                <ul class="columns">{rows}</ul>
                <div class="form">
                    <label>
                        {lang.of("Cách viết ngày", "How dates are written")}
                        <select name="date_format">{formats}</select>
                    </label>
                    <label>
                        {lang.of("Lưu ánh xạ dưới tên", "Keep the mapping under the name")}
                        <input name="name" value=name required maxlength="100" pattern="[^:]+" />
                    </label>
                    <button type="submit">{lang.of("Lưu và xem lại", "Keep it and look again")}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

fn row(column: &Understood, header: &[String], lang: Lang) -> AnyView {
    let options: Vec<_> = header
        .iter()
        .filter(|cell| !cell.is_empty())
        .map(|cell| {
            let is_it = column.from.as_ref() == Some(cell);
            view! {
                <option value=cell.clone() selected=is_it>
                    {cell.clone()}
                </option>
            }
        })
        .collect();
    let needed = column.is_needed.then(|| lang.of(" (cần có)", " (needed)"));
    let label = lang.of(&column.label, &column.name).clone();
    let constant_label =
        lang.of(format!("{label}: giá trị cho mọi dòng"), format!("{label}: the value of every row"));
    view! {
        <li>
            <label>
                {label} {needed}
                <select name=format!("from.{}", column.name)>
                    <option value="">{lang.of("– không có –", "– none –")}</option>
                    {options}
                </select>
            </label>
            <input
                name=format!("constant.{}", column.name)
                aria-label=constant_label
                placeholder=lang.of("hoặc một giá trị cho mọi dòng", "or one value for every row")
                value=column.constant.clone().unwrap_or_default()
            />
        </li>
    }
    .into_any()
}
