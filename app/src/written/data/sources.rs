//! How fresh each source is, against its own habit.

use leptos::prelude::*;
use thuocdo::{address::Address, lang::Lang, rhythm::Rhythm};

use super::Source;
use crate::components::table::Table;

/// Every kind of data: when it last came, how often it does, until when it knows something.
pub(super) fn table(sources: &[Source], address: &Address) -> AnyView {
    let lang = address.lang;
    let rows: Vec<_> = sources.iter().map(|source| row(source, lang)).collect();
    let heads = [
        lang.of("Nguồn", "Source"),
        lang.of("Số liệu đến", "Data until"),
        lang.of("Nhập lần cuối", "Last import"),
        lang.of("Nhịp thường lệ", "Usual rhythm"),
        lang.of("Tình trạng", "State"),
    ];
    view! {
        <section class="panel" id="nguon">
            <h2>{lang.of("Độ mới của từng nguồn", "How fresh each source is")}</h2>
            <p class="sub">
                {lang.of(
                    "Nhịp thường lệ là khoảng giữa của các lần nhập đã có; im lặng là quá hai lần khoảng đó thêm hai ngày.",
                    "The usual rhythm is the middle of the gaps between the imports so far; silent is twice as long and two days more.",
                )}
            </p>
            <Table label=lang.of("Độ mới của từng nguồn", "How fresh each source is") class="sources" heads=heads>
                {rows}
            </Table>
        </section>
    }
    .into_any()
}

fn row(source: &Source, lang: Lang) -> AnyView {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "–".to_owned(), |day| lang.date(day));
    let days = |n: i64| lang.count(n, "ngày", "day", "days");
    let usual = source.rhythm.and_then(|rhythm| rhythm.usual);
    let usual = match (usual, source.rhythm) {
        (Some(0 | 1), _) => lang.of("hằng ngày", "daily").to_owned(),
        (Some(usual), _) => lang.of(format!("{} một lần", days(usual)), format!("every {}", days(usual))),
        (None, Some(_)) => lang.of("chưa đủ lần nhập để biết", "too few imports to tell").to_owned(),
        (None, None) => "–".to_owned(),
    };
    let (class, shape, words) = match source.rhythm {
        None => ("no_data", "○", lang.of("chưa có", "none yet").to_owned()),
        Some(rhythm) if rhythm.is_silent() => (
            "missed",
            "■",
            lang.of(
                format!("im lặng {}", days(rhythm.days_ago)),
                format!("silent for {}", days(rhythm.days_ago)),
            ),
        ),
        Some(Rhythm { days_ago: 0, .. }) => ("met", "●", lang.of("hôm nay", "today").to_owned()),
        Some(rhythm) => {
            let ago = days(rhythm.days_ago);
            ("met", "●", lang.of(format!("cách đây {ago}"), format!("{ago} ago")))
        }
    };
    view! {
        <tr>
            <th scope="row">{source.kind.label(lang)}</th>
            <td>{day(source.until)}</td>
            <td>{day(source.last)}</td>
            <td>{usual}</td>
            <td>
                <span class=format!("status {class}")>
                    <span aria-hidden="true">{shape} " "</span>
                    {words}
                </span>
            </td>
        </tr>
    }
    .into_any()
}
