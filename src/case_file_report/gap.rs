//! Who makes up the gap: agencies by late files, with the share they make up together.

use super::{AgencyLine, Origin, source, window_label};
use crate::{
    charts::{About, Bar, Bars, Chart, Kind, Tone, Words},
    indicator::Question,
    lang::Lang,
    rate::Rate,
};

/// How many agencies the chart names before the rest is summed up.
const NAMED: usize = 10;

#[must_use]
pub(super) fn chart(lines: &[AgencyLine], question: &Question, origin: &Origin) -> Chart {
    let lang = origin.lang;
    let late: i64 = lines.iter().map(|line| line.official.late).sum();
    let with_late: Vec<&AgencyLine> = lines.iter().filter(|line| line.official.late > 0).collect();
    let (named, rest) = with_late.split_at(with_late.len().min(NAMED));
    let mut so_far = 0;
    let mut rows: Vec<Bar> = named
        .iter()
        .map(|line| {
            so_far += line.official.late;
            let cumulated = Rate::new(so_far, late).floored();
            Bar { name: line.name.clone(), value: line.official.late, cumulated, rest: false }
        })
        .collect();
    let named_share = Rate::new(so_far, late).floored().unwrap_or(0) / 100;
    if !rest.is_empty() {
        let others = lang.count(i64::try_from(rest.len()).unwrap_or(0), "đơn vị", "office", "offices");
        let name = match lang {
            Lang::Vi => format!("{others} khác"),
            Lang::En => format!("{others} more"),
        };
        rows.push(Bar { name, value: late - so_far, cumulated: Some(10_000), rest: true });
    }
    let (all, window) = (lang.number(late), window_label(question, lang));
    let title = match (with_late.len(), lang) {
        (0, _) => lang.of("Không đơn vị nào có hồ sơ trễ", "No office has a late case file").to_owned(),
        (1, Lang::Vi) => format!("{} có toàn bộ {all} hồ sơ trễ", named[0].name),
        (1, Lang::En) => match late {
            1 => format!("{} has the one late case file", named[0].name),
            _ => format!("{} has all {all} late case files", named[0].name),
        },
        (n, Lang::Vi) if rest.is_empty() => format!("{n} đơn vị có {all} hồ sơ trễ"),
        (n, Lang::En) if rest.is_empty() => format!("{n} offices have {all} late case files"),
        (_, Lang::Vi) => format!("{} đơn vị chiếm {named_share}\u{a0}% số hồ sơ trễ", named.len()),
        (_, Lang::En) => format!("{} offices make up {named_share}% of the late case files", named.len()),
    };
    let said: Vec<String> =
        named.iter().map(|line| format!("{} {}", line.name, lang.number(line.official.late))).collect();
    Chart {
        title,
        subtitle: match lang {
            Lang::Vi => format!("Số hồ sơ trễ và phần cộng dồn trong {all}, {window}"),
            Lang::En => format!("Late case files and their cumulated share of {all}, {window}"),
        },
        description: match said.as_slice() {
            [] => lang.of("Không có hồ sơ trễ.", "There are no late case files.").to_owned(),
            _ => format!("{}.", said.join("; ")),
        },
        source: source(question, origin),
        invented: origin.is_invented,
        words: Words::of(lang),
        about: named.iter().map(|line| line.about()).chain((!rest.is_empty()).then(About::default)).collect(),
        kind: Kind::Bars(Bars {
            rows,
            counted: lang.of("hồ sơ trễ", "late case files").to_owned(),
            tone: Tone::Miss,
        }),
    }
}
