//! Agencies compared fairly: each rate against the number of files behind it, between the limits of chance.

use super::{AgencyLine, Origin, source, window_label};
use crate::{
    charts::{About, Chart, Funnel, FunnelDot, Kind, Words},
    funnel::{Standing, standing},
    indicator::Question,
    lang::Lang,
    rate::Rate,
};

/// The agencies of the table in the funnel around the rate of all of them.
#[must_use]
pub(super) fn funnel(lines: &[AgencyLine], question: &Question, origin: &Origin) -> Chart {
    let lang = origin.lang;
    let judged: Vec<&AgencyLine> = lines.iter().filter(|line| line.official.timed().all > 0).collect();
    let mean: Rate = judged.iter().map(|line| line.official.timed()).sum();
    let dots = judged.iter().map(|line| {
        let timed = line.official.timed();
        FunnelDot { name: line.name.clone(), volume: timed.all, hits: timed.hits }
    });
    let far = |which: Standing| -> Vec<&AgencyLine> {
        let is = |line: &&&AgencyLine| standing(line.official.timed(), mean) == Some(which);
        judged.iter().filter(is).copied().collect()
    };
    let (low, high) = (far(Standing::FarBelow), far(Standing::FarAbove));
    let mean_shown = mean.floored().map_or_else(|| "–".to_owned(), |rate| lang.percent(rate));
    Chart {
        title: finding(judged.len(), low.len(), lang),
        subtitle: match lang {
            Lang::Vi => format!(
                "Tỷ lệ theo số hồ sơ tính được hạn, quanh mức chung {mean_shown}, {}",
                window_label(question, lang)
            ),
            Lang::En => format!(
                "Rate by number of timed case files, around the common rate of {mean_shown}, {}",
                window_label(question, lang)
            ),
        },
        description: described(&low, &high, judged.len(), lang),
        source: source(question, origin),
        invented: origin.is_invented,
        words: Words::of(lang),
        about: judged.iter().map(|line| line.about()).collect::<Vec<About>>(),
        kind: Kind::Funnel(Funnel {
            dots: dots.collect(),
            mean,
            counted: lang.of("hồ sơ tính được hạn", "timed case files").to_owned(),
        }),
    }
}

fn finding(judged: usize, low: usize, lang: Lang) -> String {
    let offices = lang.count(low as i64, "đơn vị", "office", "offices");
    match (judged, low, lang) {
        (0, _, _) => {
            lang.of("Chưa có hồ sơ nào để so các đơn vị", "No case file to compare offices by").to_owned()
        }
        (1, _, _) => {
            lang.of("Chỉ có một đơn vị, không có gì để so", "One office alone: nothing to compare").to_owned()
        }
        (_, 0, _) => lang
            .of(
                "Không đơn vị nào trễ nhiều hơn mức ngẫu nhiên giải thích được",
                "No office is later than chance explains",
            )
            .to_owned(),
        (_, _, Lang::Vi) => format!("{offices} trễ nhiều hơn mức ngẫu nhiên giải thích được"),
        (_, 1, Lang::En) => "1 office is later than chance explains".to_owned(),
        (_, _, Lang::En) => format!("{offices} are later than chance explains"),
    }
}

fn described(low: &[&AgencyLine], high: &[&AgencyLine], judged: usize, lang: Lang) -> String {
    if judged == 0 {
        return lang.of("Chưa có số liệu.", "No data yet.").to_owned();
    }
    let names = |lines: &[&AgencyLine]| match lines {
        [] => lang.of("không có", "none").to_owned(),
        _ => lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>().join(", "),
    };
    let (low, high) = (names(low), names(high));
    match lang {
        Lang::Vi => format!(
            "Trễ nhiều hơn mức ngẫu nhiên giải thích được (tin cậy 99,8\u{a0}%): {low}. Ít hơn: {high}."
        ),
        Lang::En => format!("Later than chance explains (99.8% confidence): {low}. Less late: {high}."),
    }
}
