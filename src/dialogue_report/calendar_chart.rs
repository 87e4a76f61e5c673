//! The dialogues of a year by month as stacked columns: held and counting, held and not, planned, let pass.

use super::{
    calendar::{Calendar, Month},
    listed::Became,
};
use crate::{
    case_file_report::{Origin, month_tick},
    charts::{About, Chart, Columns, Kind, Layer, Stack, Tone, Words},
    indicator::Question,
    lang::Lang,
    period::{Period, Unit},
};

/// Counts dialogues, not offices.
#[must_use]
pub(super) fn chart(calendar: &Calendar, question: &Question, origin: &Origin) -> Chart {
    let lang = origin.lang;
    let year = calendar.year;
    let months: Vec<Period> =
        year.to_string().parse::<Period>().into_iter().flat_map(|year| year.split(Unit::Month)).collect();
    let stacks = months.iter().zip(&calendar.months).map(|(month, counts)| Stack {
        tick: month_tick(*month, lang),
        name: month.label(lang),
        values: Became::ALL.map(|became| Some(counts.of(became))).to_vec(),
        ..Stack::default()
    });
    let tone = |became| match became {
        Became::Held => Tone::Met,
        Became::HeldWithoutMinutes => Tone::Risk,
        Became::Planned => Tone::Plain,
        Became::Passed => Tone::Miss,
    };
    let layer = |became: Became| Layer { name: became.label(lang).to_lowercase(), tone: tone(became) };
    let sum = |became| calendar.months.iter().map(|month| month.of(became)).sum::<i64>();
    let said: Vec<String> =
        Became::ALL.map(|became| format!("{}: {}", became.label(lang), lang.number(sum(became)))).to_vec();
    let day = lang.date(question.window().last);
    let from = match (origin.is_invented, lang) {
        (true, Lang::Vi) => "số liệu mô phỏng",
        (true, Lang::En) => "invented data",
        (false, Lang::Vi) => "đối thoại đã nhập",
        (false, Lang::En) => "dialogues imported",
    };
    Chart {
        title: finding(calendar, lang),
        subtitle: match lang {
            Lang::Vi => format!("Số cuộc đối thoại theo tháng, năm {year}, {}", origin.whom),
            Lang::En => format!("Dialogues by month, {year}, {}", origin.whom),
        },
        description: format!("{}.", said.join("; ")),
        source: match lang {
            Lang::Vi => {
                format!("Nguồn: {from} · tính đến {day} · hợp lệ khi người đứng đầu chủ trì và có biên bản")
            }
            Lang::En => {
                format!("Source: {from} · as of {day} · counts when chaired by the head and with minutes")
            }
        },
        invented: origin.is_invented,
        words: Words::of(lang),
        about: months.iter().map(|month| About { period: Some(*month), ..About::default() }).collect(),
        kind: Kind::Columns(Columns {
            layers: Became::ALL.map(layer).to_vec(),
            stacks: stacks.collect(),
            counted: lang.of("cuộc đối thoại", "dialogues").to_owned(),
        }),
    }
}

/// How many were held and count, and the months without any.
fn finding(calendar: &Calendar, lang: Lang) -> String {
    let sum = |became| calendar.months.iter().map(|month: &Month| month.of(became)).sum::<i64>();
    let (held, planned) = (sum(Became::Held), sum(Became::Planned));
    let held = lang.count(held, "cuộc đối thoại hợp lệ", "dialogue that counts", "dialogues that count");
    let year = calendar.year;
    match (planned, lang) {
        (0, Lang::Vi) => format!("Năm {year}: {held}; không còn cuộc nào theo lịch trong năm"),
        (0, Lang::En) => format!("{year}: {held}, none planned for the rest of the year"),
        (_, Lang::Vi) => format!("Năm {year}: {held}, còn {} cuộc theo lịch trong năm", lang.number(planned)),
        (_, Lang::En) => format!("{year}: {held}, {} more planned within the year", lang.number(planned)),
    }
}
