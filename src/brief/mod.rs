//! The monthly brief as a document: sentences, tables and pictures made from the figures of a month. How it is set on paper,
//! in Word or in a browser is the concern of those who write it out.

mod annex;
mod conclusion;
mod figures;
mod frozen;
mod letterhead;
mod targets;
#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

pub use self::{
    annex::{Annex, LateFile, ROWS_AT_MOST},
    conclusion::{Conclusion, ConclusionError},
    frozen::{Frozen, Since, since},
    letterhead::{LONGEST, Letterhead, LetterheadError},
    targets::Section,
};
use crate::{
    case_file_report::Origin,
    charts::{
        Chart, Kind, Size, Theme, picture,
        values::{Value, Values},
    },
    dialogue_report::matrix::Group,
    indicator::Readings,
    lang::Lang,
    overview::{Overview, Rescue},
    period::{Cycle, Period},
    petition_report::GroupLine,
    plan::Indicator,
    status::Status,
};

/// The width for which pictures are drawn: the 16 cm between the margins of an official document (Decree 30/2020/NĐ-CP,
/// appendix I) with letters of 8 to 9 pt.
const WIDTH: u16 = 640;

/// A brief. All of it is in one language, and nothing in it is read again from the data: frozen, it stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Its language.
    pub lang: Lang,
    /// The month it is about.
    pub month: Period,
    /// The last day whose events it counts.
    pub as_of: NaiveDate,
    /// For whom: the whole city, or an agency.
    pub whom: String,
    /// Whether the data were made up; it is said on every page then.
    pub is_invented: bool,
    /// What it is about: `Tiến độ thực hiện các chỉ tiêu cải cách hành chính tháng 9 năm 2023`.
    pub title: String,
    /// How things stand, in two paragraphs.
    pub said: Vec<String>,
    /// The five targets with the month's and the year's values.
    pub targets: Tabled,
    /// The counts behind them: what two editions of a brief are compared by.
    pub figures: Tabled,
    /// How each target stands in the month, in the order of the overview.
    pub standings: Vec<(Indicator, Status)>,
    /// The targets that are missed or at risk, with what makes up their gaps.
    pub off_track: Vec<Section>,
    /// The others.
    pub others: Vec<Section>,
    /// Open files by the working days left.
    pub rescue: Tabled,
    /// The charts.
    pub pictures: Vec<Picture>,
    /// The lists of late files.
    pub annexes: Vec<Annex>,
    /// By which definitions, from which source, until when.
    pub notes: Vec<String>,
}

/// A table with its caption.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tabled {
    /// What it shows.
    pub caption: String,
    /// Its cells.
    pub values: Values,
}

/// A chart in its final shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The finding.
    pub title: String,
    /// What the eye would see, in words.
    pub description: String,
    /// The drawing.
    pub svg: String,
    /// Its numbers.
    pub values: Values,
}

impl Picture {
    fn of(chart: &Chart) -> Self {
        let size = match &chart.kind {
            Kind::Trend(_) => Size { width: WIDTH, height: 320 },
            _ => chart.fit(WIDTH),
        };
        Self {
            title: chart.title.clone(),
            description: chart.description.clone(),
            svg: picture(chart, size, Theme::Light),
            values: Values::of(chart),
        }
    }
}

/// The figures of a span of days.
#[derive(Debug, Clone, Copy)]
pub struct Span<'a> {
    /// What the overview shows for it.
    pub overview: &'a Overview,
    /// The five readings.
    pub readings: &'a Readings,
}

/// What a brief is made from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The month.
    pub month: Span<'a>,
    /// The year up to its last day.
    pub year: Span<'a>,
    /// Petitions of the month by agency, most late ones first.
    pub petitions: &'a [GroupLine],
    /// Dialogues of the half-year by level.
    pub dialogues: &'a [Group],
    /// The charts, in their order.
    pub charts: &'a [&'a Chart],
    /// Files resolved late in the month: how many there are, and the first of them.
    pub late: (i64, &'a [LateFile]),
    /// Open files past their due date at its end.
    pub overdue: (i64, &'a [LateFile]),
    /// What meetings concluded about this month and the ones before, the newest first.
    pub conclusions: &'a [Conclusion],
    /// The last days of case files, petitions and dialogues.
    pub until: [Option<NaiveDate>; 3],
    /// Where the figures come from, as printed under a chart.
    pub source: &'a str,
}

/// Makes the brief of a month.
#[must_use]
pub fn assemble(month: Period, as_of: NaiveDate, sources: &Sources<'_>, origin: &Origin) -> Brief {
    let lang = origin.lang;
    let (off_track, others): (Vec<_>, Vec<_>) =
        targets::sections(month, sources, lang).into_iter().partition(|section| section.is_off_track);
    Brief {
        lang,
        month,
        as_of,
        whom: origin.whom.clone(),
        is_invented: origin.is_invented,
        title: title(month, lang),
        said: said(month, as_of, sources, origin),
        targets: targets::table(month, sources, lang),
        figures: figures::table(month, sources, lang),
        standings: sources
            .month
            .overview
            .cards
            .iter()
            .map(|card| (card.indicator, card.standing.status))
            .collect(),
        off_track,
        others,
        rescue: rescue(&sources.month.overview.rescue, lang),
        pictures: sources.charts.iter().map(|chart| Picture::of(chart)).collect(),
        annexes: vec![
            Annex::late(sources.late, month, origin),
            Annex::overdue(sources.overdue, as_of, origin),
        ],
        notes: notes(sources, lang),
    }
}

fn title(month: Period, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!(
            "Tiến độ thực hiện các chỉ tiêu cải cách hành chính tháng {} năm {}",
            month.index(),
            month.year()
        ),
        Lang::En => format!("Progress of the administrative-reform targets, {}", month.label(lang)),
    }
}

fn said(month: Period, as_of: NaiveDate, sources: &Sources<'_>, origin: &Origin) -> Vec<String> {
    let (lang, whom) = (origin.lang, &origin.whom);
    let (in_month, in_year) = (sources.month.overview, sources.year.overview);
    if month.from(Cycle::Calendar) > as_of {
        return vec![format!("{}.", in_month.heading)];
    }
    let (name, day, year) = (month.label(lang), lang.date(as_of), as_of.year());
    let days = format!("{}–{day}", lang.date(month.from(Cycle::Calendar)));
    let [of_month, of_year] = [in_month, in_year].map(|overview| overview.standings(lang));
    let (of_month, of_year) = match lang {
        Lang::Vi => (
            format!("Trong {} ({days}), {whom} có {of_month}.", name.to_lowercase()),
            format!("Lũy kế năm {year} đến {day}: {of_year}."),
        ),
        Lang::En => (
            format!("In {name} ({days}), {whom}: {of_month}."),
            format!("From the beginning of {year} to {day}: {of_year}."),
        ),
    };
    [in_month.summary.as_str(), ""]
        .into_iter()
        .zip([of_month, of_year])
        .map(|(summary, standings)| format!("{standings} {summary}").trim_end().to_owned())
        .collect()
}

fn rescue(rescue: &Rescue, lang: Lang) -> Tabled {
    let rows = [
        (lang.of("Hết hạn hôm đó", "Due that day"), rescue.today),
        (lang.of("Còn 1 ngày làm việc", "1 working day left"), rescue.one),
        (lang.of("Còn 2–3 ngày làm việc", "2–3 working days left"), rescue.three),
        (lang.of("Còn 4–5 ngày làm việc", "4–5 working days left"), rescue.five),
        (lang.of("Đã quá hạn, chưa giải quyết", "Open and overdue"), rescue.overdue),
    ];
    Tabled {
        caption: lang.of("Hồ sơ đang giải quyết theo hạn", "Open case files by due date").to_owned(),
        values: Values {
            head: [lang.of("Hạn trả", "Due"), lang.of("Số hồ sơ", "Case files")].map(str::to_owned).to_vec(),
            rows: rows
                .into_iter()
                .map(|(name, count)| vec![Value::Text(name.to_owned()), Value::Count(count)])
                .collect(),
        },
    }
}

fn notes(sources: &Sources<'_>, lang: Lang) -> Vec<String> {
    let names = [
        lang.of("hồ sơ", "case files"),
        lang.of("phản ánh, kiến nghị", "petitions"),
        lang.of("đối thoại", "dialogues"),
    ];
    let until: Vec<String> = names
        .into_iter()
        .zip(sources.until)
        .map(|(name, day)| match day {
            Some(day) => format!("{name} {}", lang.date(day)),
            None => format!("{name} {}", lang.of("chưa có", "none")),
        })
        .collect();
    let until = format!("{}: {}.", lang.of("Số liệu mới nhất", "Latest data"), until.join("; "));
    vec![format!("{}.", sources.source.trim_end_matches('.')), until]
}
