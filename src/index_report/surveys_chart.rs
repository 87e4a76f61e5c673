//! The city's own surveys as values with their intervals, against the target: never called SIPAS.

use super::surveys::{AgencySurvey, LevelSurvey, Sampled, SurveyReport};
use crate::{
    case_file_report::Origin,
    charts::{About, Chart, IntervalRow, Intervals, Kind, Tone, Unit, Words},
    indicator::Question,
    lang::Lang,
    survey::Assurance,
};

/// How many agencies are drawn, those with the lowest rate.
const NAMED: usize = 12;

/// The whole, the levels, and the agencies with the lowest rates.
#[must_use]
pub(super) fn chart(report: &SurveyReport, question: &Question, origin: &Origin) -> Chart {
    let lang = origin.lang;
    let mut rows = Vec::new();
    let mut about = Vec::new();
    if report.year.is_some() {
        rows.push(row(lang.of("Tất cả", "All").to_owned(), &report.whole));
        about.push(About::default());
    }
    for LevelSurvey { level, sampled, .. } in &report.levels {
        rows.push(row(level.label(lang).to_owned(), sampled));
        about.push(About::default());
    }
    for AgencySurvey { code, name, sampled, .. } in report.agencies.iter().take(NAMED) {
        rows.push(row(name.clone(), sampled));
        about.push(About { agency: Some(code.clone()), ..About::default() });
    }
    let year = report.year.map_or_else(String::new, |year| year.to_string());
    let (named, all) = (report.agencies.len().min(NAMED), report.agencies.len());
    let day = lang.date(question.window().last);
    let from = match (origin.is_invented, lang) {
        (true, Lang::Vi) => "số liệu mô phỏng",
        (true, Lang::En) => "invented data",
        (false, Lang::Vi) => "khảo sát của thành phố",
        (false, Lang::En) => "the city's own surveys",
    };
    Chart {
        title: finding(report, lang),
        subtitle: match lang {
            Lang::Vi => format!(
                "Tỷ lệ hài lòng theo khảo sát nội bộ năm {year}, khoảng tin cậy 95\u{a0}%; {named} trong {all} đơn vị, thấp nhất ở trên"
            ),
            Lang::En => format!(
                "Share satisfied by the city's own surveys, {year}, 95% intervals; {named} of {all} offices, lowest on top"
            ),
        },
        description: described(report, lang),
        source: match lang {
            Lang::Vi => format!(
                "Nguồn: {from}, không phải SIPAS · tính đến {day} · khoảng Wilson; dưới 30 phiếu chưa kết luận"
            ),
            Lang::En => format!(
                "Source: {from}, not SIPAS · as of {day} · Wilson intervals; below 30 answers nothing is concluded"
            ),
        },
        invented: origin.is_invented,
        words: Words::of(lang),
        about,
        kind: Kind::Intervals(Intervals {
            unit: Unit::Percent,
            rows,
            target: Some(report.target),
            counted: lang.of("phiếu", "answers").to_owned(),
        }),
    }
}

fn row(name: String, sampled: &Sampled) -> IntervalRow {
    let interval = sampled.interval;
    IntervalRow {
        name,
        value: sampled.satisfied.floored().filter(|_| interval.is_some()),
        low: interval.map_or(0, |interval| interval.lower),
        high: interval.map_or(0, |interval| interval.upper),
        n: sampled.satisfied.all,
        few: sampled.assurance == Assurance::TooFew,
        tone: match sampled.assurance {
            Assurance::Surely => Tone::Met,
            Assurance::Maybe => Tone::Risk,
            Assurance::SurelyNot => Tone::Miss,
            Assurance::TooFew => Tone::Plain,
        },
    }
}

/// `Khảo sát nội bộ 2023: 86,20 % (85,10–87,30 %), chắc chắn chưa đạt mức 89 %`.
fn finding(report: &SurveyReport, lang: Lang) -> String {
    let (Some(year), Some(rate), Some(interval)) =
        (report.year, report.whole.satisfied.floored(), report.whole.interval)
    else {
        return lang.of("Chưa có khảo sát nội bộ nào", "No survey of the city's own yet").to_owned();
    };
    let (rate, aim) = (lang.percent(rate), lang.percent_short(report.target));
    let (low, high) = (lang.hundredths(interval.lower), lang.percent(interval.upper));
    let verdict = report.whole.assurance.label(lang).to_lowercase();
    match lang {
        Lang::Vi => format!("Khảo sát nội bộ {year}: {rate} ({low}–{high}), so với {aim}: {verdict}"),
        Lang::En => format!("Own surveys of {year}: {rate} ({low}–{high}), against {aim}: {verdict}"),
    }
}

/// How many agencies surely reach the target, may, surely do not, or asked too few.
fn described(report: &SurveyReport, lang: Lang) -> String {
    let of = |assurance: Assurance| {
        let count = report.agencies.iter().filter(|line| line.sampled.assurance == assurance).count();
        format!("{}: {}", assurance.label(lang), lang.number(i64::try_from(count).unwrap_or(i64::MAX)))
    };
    let said = [Assurance::Surely, Assurance::Maybe, Assurance::SurelyNot, Assurance::TooFew].map(of);
    match lang {
        Lang::Vi => format!("Số đơn vị theo kết luận: {}.", said.join("; ")),
        Lang::En => format!("Offices by conclusion: {}.", said.join("; ")),
    }
}
