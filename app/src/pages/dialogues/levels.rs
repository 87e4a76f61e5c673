//! Obliged and held by level, adding up to the whole; each figure a way to its offices.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    agency::Level,
    dialogue_report::{Group, Only, State, Tally},
    filter::Filter,
    indicator::DialoguesHeld,
    lang::Lang,
};

use crate::{
    components::{counted::counted, table::Table},
    links,
};

/// The table of levels.
#[component]
pub fn Levels(groups: Vec<Group>, reading: DialoguesHeld, address: Address) -> impl IntoView {
    let lang = address.lang;
    let whole = Tally { obliged: reading.obliged, held: reading.held };
    let rows: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let filter = Filter { level: Some(group.level), ..address.filter.clone() };
            let of_level = Address { filter, ..address.clone() };
            tally_row(name(group.level, lang), group.tally, &of_level, true)
        })
        .collect();
    let sum = tally_row(lang.of("Cộng", "Total"), whole, &address, false);
    let without_minutes = (reading.held_without_minutes > 0).then(|| {
        let n = lang.number(reading.held_without_minutes);
        let words = lang.of(
            format!("{n} đơn vị có tổ chức nhưng thiếu biên bản hoặc người đứng đầu không chủ trì"),
            format!("{n} of them held one without minutes or without the head in the chair"),
        );
        view! {
            <a href=links::dialogues(&address, Some(Only::In(State::HeldWithoutMinutes)))>{words}</a>
            ". "
        }
    });
    view! {
        <section class="panel" id="cap">
            <h2>{lang.of("Theo cấp", "By level")}</h2>
            <p class="sub">
                {without_minutes}
                {lang
                    .of(
                        "Tính khi đã tổ chức, do người đứng đầu chủ trì và có số biên bản; nửa năm theo lịch.",
                        "A dialogue counts when it was held, chaired by the head and has minutes; half-years are calendar ones.",
                    )}
            </p>
            <Table
                label=lang.of("Bảng theo cấp", "Table by level")
                class="levels"
                heads=[
                    lang.of("Cấp", "Level"),
                    lang.of("Phải đối thoại", "Obliged"),
                    lang.of("Đã đối thoại", "Held"),
                    lang.of("Còn thiếu", "Missing"),
                    lang.of("Tỷ lệ", "Rate"),
                ]
                foot=sum
            >
                {rows}
            </Table>
        </section>
    }
}

fn tally_row(name: &'static str, tally: Tally, address: &Address, opens_level: bool) -> AnyView {
    let lang = address.lang;
    let rate = tally.rate().floored().map_or_else(|| "–".to_owned(), |rate| lang.percent(rate));
    // The whole opens the matrix as it stands, a level its own offices.
    let obliged = links::dialogues(&Address { only: None, ..address.clone() }, None);
    let obliged = if opens_level {
        view! { <a href=obliged>{lang.number(tally.obliged)}</a> }.into_any()
    } else {
        lang.number(tally.obliged).into_any()
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{obliged}</td>
            <td>{counted(tally.held, || links::dialogues(address, Some(Only::In(State::Held))), lang)}</td>
            <td>{counted(tally.without(), || links::dialogues(address, Some(Only::Missing)), lang)}</td>
            <td>{rate}</td>
        </tr>
    }
    .into_any()
}

fn name(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::City => lang.of("Thành phố", "The city itself"),
        Level::Department => lang.of("Sở, ban, ngành", "Departments"),
        Level::District => lang.of("Quận, huyện, thị xã", "Districts"),
        Level::Commune => lang.of("Xã, phường, thị trấn", "Communes"),
        Level::Unclassified => lang.of("Chưa phân loại", "Unclassified"),
    }
}
