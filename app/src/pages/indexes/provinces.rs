//! The provinces of a year whose figures are held, the first in the ranking on top.

use leptos::prelude::*;
use thuocdo::{index_report::Provinces, lang::Lang, yearly_index::Index};

use super::years::score_head;
use crate::components::table::Table;

/// The table, and of how many provinces it is.
#[component]
pub fn ProvinceTable(provinces: Provinces, index: Index, lang: Lang) -> AnyView {
    let Provinces { year, of, lines } = provinces;
    let held = lines.len();
    let title = lang.of(format!("Các tỉnh, thành phố năm {year}"), format!("The provinces in {year}"));
    let count = lang.of(
        format!("{held} trong {of} tỉnh có số liệu."),
        format!("Figures of {held} of {of} provinces are held."),
    );
    let rows: Vec<_> = lines
        .into_iter()
        .map(|(name, rank, score)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string())}</td>
                    <td>{score.map_or_else(|| "–".to_owned(), |score| lang.hundredths(score))}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="panel">
            <h3>{title.clone()}</h3>
            <p class="sub">{count}</p>
            <Table
                label=title
                class="provinces"
                heads=[
                    lang.of("Tỉnh, thành phố", "Province"),
                    lang.of("Hạng", "Rank"),
                    score_head(index, lang),
                ]
            >
                {rows}
            </Table>
        </section>
    }
    .into_any()
}
