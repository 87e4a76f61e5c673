//! The finished months of an indicator as a series: whether they vary as usual, in words and as a control chart.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Limits, Rule, Signal, marked, read};
use crate::{
    case_file_report::{Origin, late_of},
    charts::{About, Chart, Control, ControlPoint, Kind, Unit as Value, Words},
    indicator::Question,
    lang::{Lang, month_name},
    period::{Cycle, Period, Unit},
    rate::Rate,
    text,
    working_days::WorkingDays,
};

/// How many finished months tell what is usual.
const MONTHS_READ: usize = 24;

/// An indicator's months, read for signal or noise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// What they say; `None` below eight months.
    pub signal: Option<Signal>,
    /// The same in one sentence.
    pub sentence: String,
    /// The months between their limits, and the one that is running.
    #[serde(skip)]
    pub chart: Chart,
}

impl Series {
    /// The same without what it says: where months are not told.
    #[must_use]
    pub fn held_back(self) -> Self {
        let chart = self.chart.held_back();
        Self { signal: None, sentence: chart.title.clone(), chart }
    }
}

/// What is measured, and where the numbers are from.
pub struct Subject<'a> {
    /// Over the chart: `Tỷ lệ …`.
    pub subtitle: &'a str,
    /// Under it.
    pub source: String,
}

/// Reads the finished months up to the last day of a question's window, and the running one beside them. `first` is the
/// first day of all data: a month that begins before it is not whole.
#[must_use]
pub fn series(
    first: Option<NaiveDate>,
    calendar: &WorkingDays,
    question: &Question,
    origin: &Origin,
    subject: &Subject,
    rate_of: impl Fn(NaiveDate, NaiveDate) -> Rate,
) -> Series {
    let (cycle, last) = (question.cycle, question.window().last);
    let months = finished(first, calendar, cycle, last);
    let rates: Vec<Rate> = months.iter().map(|month| rate_of(month.from(cycle), month.to(cycle))).collect();
    let values: Vec<Option<i64>> = rates.iter().map(|rate| rate.floored()).collect();
    let signal = read(&values);
    let sentence = sentence(signal, &months, origin.lang);
    let running = Period::containing(last, Unit::Month, cycle);
    let running = (running.to(cycle) > last && first.is_some_and(|first| first <= last))
        .then(|| (running, rate_of(running.from(cycle), last)));
    let shown = months.iter().copied().zip(rates).map(|(month, rate)| (month, rate, false));
    let shown: Vec<(Period, Rate, bool)> =
        shown.chain(running.map(|(month, rate)| (month, rate, true))).collect();
    let chart = chart(&shown, signal, &values, sentence.clone(), origin, subject);
    Series { signal, sentence, chart }
}

/// The finished months up to a day, oldest first, as far back as the data hold whole months.
fn finished(first: Option<NaiveDate>, calendar: &WorkingDays, cycle: Cycle, last: NaiveDate) -> Vec<Period> {
    let Some(first) = first else { return Vec::new() };
    let mut month = Period::containing(last, Unit::Month, cycle);
    if month.to(cycle) > last {
        month = month.previous();
    }
    let mut found = Vec::new();
    while found.len() < MONTHS_READ && calendar.on_or_after(month.from(cycle)) >= first {
        found.push(month);
        month = month.previous();
    }
    found.reverse();
    found
}

fn chart(
    months: &[(Period, Rate, bool)],
    signal: Option<Signal>,
    finished: &[Option<i64>],
    sentence: String,
    origin: &Origin,
    subject: &Subject,
) -> Chart {
    let lang = origin.lang;
    let point = |(month, rate, is_running): &(Period, Rate, bool)| ControlPoint {
        tick: tick(*month, lang),
        name: month.label(lang),
        value: rate.floored(),
        open: *is_running,
        detail: late_of(*rate, lang),
    };
    let title = match signal {
        None => lang
            .of(
                "Chưa đủ 8 tháng để phân biệt tín hiệu với nhiễu",
                "Fewer than 8 months: no telling signal from noise",
            )
            .to_owned(),
        Some(Signal { change: None, .. }) => {
            lang.of("Các tháng biến động bình thường", "The months vary as usual").to_owned()
        }
        Some(Signal { change: Some(change), .. }) => {
            let month = months.get(change.at).map_or_else(String::new, |(month, ..)| named(*month, lang));
            match (lang, change.is_up) {
                (Lang::Vi, true) => format!("Thay đổi thật gần nhất, {month}: tốt lên"),
                (Lang::Vi, false) => format!("Thay đổi thật gần nhất, {month}: xấu đi"),
                (Lang::En, true) => format!("The latest real change, {month}: for the better"),
                (Lang::En, false) => format!("The latest real change, {month}: for the worse"),
            }
        }
    };
    let limits = signal.map(|signal| signal.limits);
    Chart {
        title,
        subtitle: subject.subtitle.to_owned(),
        description: sentence,
        source: subject.source.clone(),
        invented: origin.is_invented,
        words: Words::of(lang),
        about: months.iter().map(|(month, ..)| About { period: Some(*month), ..About::default() }).collect(),
        kind: Kind::Control(Control {
            unit: Value::Percent,
            points: months.iter().map(point).collect(),
            mean: limits.map(|limits| limits.mean),
            limits: limits.map(|Limits { lower, upper, .. }| (lower, upper)),
            signals: marked(finished),
        }),
    }
}

/// The month inside a sentence.
fn named(month: Period, lang: Lang) -> String {
    match lang {
        Lang::Vi => month.label(lang).to_lowercase(),
        Lang::En => month.label(lang),
    }
}

/// `T3`, `Mar`; January carries its year.
fn tick(month: Period, lang: Lang) -> String {
    match (lang, month.index()) {
        (Lang::Vi, index) => text::month_tick(month.year(), index),
        (Lang::En, 1) => format!("Jan {:02}", month.year().rem_euclid(100)),
        (Lang::En, index) => month_name(index).to_owned(),
    }
}

/// Whether the months vary as usual, and if not, where and by which rule.
fn sentence(signal: Option<Signal>, months: &[Period], lang: Lang) -> String {
    let Some(signal) = signal else {
        return lang
            .of(
                "Chưa đủ 8 tháng trọn vẹn để phân biệt thay đổi thật với biến động bình thường.",
                "Fewer than 8 whole months: too few to tell a real change from ordinary variation.",
            )
            .to_owned();
    };
    let (low, high) = (lang.percent(signal.limits.lower), lang.percent(signal.limits.upper));
    let Some(change) = signal.change else {
        return match lang {
            Lang::Vi => format!("Biến động bình thường: các tháng nằm trong khoảng {low} đến {high}."),
            Lang::En => format!("Ordinary variation: the months lie between {low} and {high}."),
        };
    };
    let month = months.get(change.at).map_or_else(String::new, |month| named(*month, lang));
    match (lang, change.rule, change.is_up) {
        (Lang::Vi, Rule::Outside, up) => format!(
            "Có thay đổi thật: {month} {} giới hạn {low} đến {high}.",
            if up { "cao hơn" } else { "thấp hơn" }
        ),
        (Lang::En, Rule::Outside, up) => format!(
            "A real change: {month} lies {} the limits of {low} to {high}.",
            if up { "above" } else { "below" }
        ),
        (Lang::Vi, Rule::Run, up) => format!(
            "Có thay đổi thật: ít nhất 8 tháng liền đến {month} {} trung bình {}.",
            if up { "cao hơn" } else { "thấp hơn" },
            lang.percent(signal.limits.mean)
        ),
        (Lang::En, Rule::Run, up) => format!(
            "A real change: at least 8 months in a row up to {month} lie {} the mean of {}.",
            if up { "above" } else { "below" },
            lang.percent(signal.limits.mean)
        ),
    }
}
