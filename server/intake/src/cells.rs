//! The typed cells of one row; what a cell cannot be is noted as a problem, and the next one is read all the same.

use std::sync::LazyLock;

use chrono::NaiveDate;
use thuocdo::counts::Given;

use super::{
    columns::{Column, Layout, Slot},
    dates, numbers, personal,
    problem::{Code, Problem, Severity},
    record::Record,
    words::Words,
    xlsx,
};

/// The longest code, in characters.
const LONGEST_CODE: usize = 200;
/// The longest text, in characters.
const LONGEST_TEXT: usize = 10_000;

static BOOLEANS: LazyLock<Words<bool>> = LazyLock::new(|| {
    let yes = ["1", "true", "yes", "y", "x", "có", "đúng"].map(|word| (true, word));
    let no = ["0", "false", "no", "n", "không", "sai"].map(|word| (false, word));
    Words::new(yes.into_iter().chain(no))
});

/// How dates stand in the file beside the ways to write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Serials {
    /// A number is no date.
    Never,
    /// A number counts days as workbooks do, from 1904 where `is_1904`.
    Days { is_1904: bool },
}

/// One row under its layout.
pub(super) struct Cells<'a> {
    layout: &'a Layout,
    record: &'a Record,
    serials: Serials,
    today: NaiveDate,
    next_place: usize,
    problems: Vec<Problem>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(layout: &'a Layout, record: &'a Record, serials: Serials, today: NaiveDate) -> Self {
        Self { layout, record, serials, today, next_place: 0, problems: Vec::new() }
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// What each column says: translated, dates as `31/03/2023`; `None` where the file does not carry it.
    pub(super) fn shown(&self) -> Vec<Option<String>> {
        let text = |(column, slot): (&Column, &Slot)| {
            let text = match slot {
                Slot::Absent => return None,
                Slot::Constant(text) => text.as_str(),
                Slot::Cell { index, .. } if !self.record.carries(*index) => return None,
                Slot::Cell { index, translation } => {
                    let text = self.record.get(*index);
                    translation.as_ref().map_or(text, |translation| translation.of(text))
                }
            };
            let day = column.is_date().then(|| date(text, self.layout, self.serials).ok()).flatten();
            Some(day.map_or_else(|| text.to_owned(), |day| day.format("%d/%m/%Y").to_string()))
        };
        self.layout.columns.iter().zip(&self.layout.slots).map(text).collect()
    }

    pub(super) fn is_set_aside(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity() == Severity::Hard)
    }

    /// Whether the row says anything in this column, readable or not.
    pub(super) fn says(&mut self, name: &'static str) -> bool {
        self.raw(name).is_some_and(|text| !text.is_empty())
    }

    /// Notes a problem of this column.
    pub(super) fn note(&mut self, name: &'static str, code: Code) {
        let Some(place) = self.place(name) else { return };
        let shown = match &self.layout.slots[place] {
            Slot::Absent => "",
            Slot::Constant(text) => text.as_str(),
            Slot::Cell { index, .. } => self.record.get(*index),
        };
        self.note_shown(name, shown, code);
    }

    /// Notes a problem of this column, of which this is shown.
    fn note_shown(&mut self, name: &'static str, shown: &str, code: Code) {
        let Some(place) = self.place(name) else { return };
        let column = self.layout.name_in_file(place);
        self.problems.push(Problem::new(self.record.line, Some(column), shown, code));
    }

    /// Notes a problem where a condition holds.
    pub(super) fn note_if(&mut self, name: &'static str, is_so: bool, code: Code) {
        if is_so {
            self.note(name, code);
        }
    }

    /// A cell read by `read`.
    pub(super) fn given<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, Code>,
    ) -> Given<T> {
        match self.raw(name) {
            None => Given::Absent,
            Some("") => Given::Empty,
            Some(text) => match read(text) {
                Ok(value) => Given::Value(value),
                Err(code) => {
                    self.note(name, code);
                    Given::Absent
                }
            },
        }
    }

    /// A cell that must say something.
    pub(super) fn needed<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, Code>,
    ) -> Option<T> {
        if !self.says(name) {
            self.note(name, Code::Missing);
            return None;
        }
        match self.given(name, read) {
            Given::Value(value) => Some(value),
            Given::Absent | Given::Empty => None,
        }
    }

    pub(super) fn code(&mut self, name: &'static str) -> Given<String> {
        self.given(name, code)
    }

    pub(super) fn needed_code(&mut self, name: &'static str) -> Option<String> {
        self.needed(name, code)
    }

    /// Codes parted by `;`, each once.
    pub(super) fn codes(&mut self, name: &'static str) -> Given<Vec<String>> {
        let codes = self.given(name, |cell| {
            let mut codes: Vec<String> = Vec::new();
            for part in cell.split(';').map(str::trim).filter(|part| !part.is_empty()) {
                let part = code(part)?;
                if !codes.contains(&part) {
                    codes.push(part);
                }
            }
            Ok(codes)
        });
        if codes.value().is_some_and(Vec::is_empty) { Given::Empty } else { codes }
    }

    /// A text. It is kept as it stands, and whoever imports it hears of what may be somebody's number in it; the number is
    /// not repeated, since what is said of rows is kept longer than the file.
    pub(super) fn text(&mut self, name: &'static str) -> Given<String> {
        let text = self.given(name, text);
        if let Some(number) = text.value().and_then(|text| personal::number_in(text)) {
            let shown: String = number.chars().take(3).chain(['…']).collect();
            self.note_shown(name, &shown, Code::PersonalNumber);
        }
        text
    }

    pub(super) fn date(&mut self, name: &'static str) -> Given<NaiveDate> {
        let (layout, serials) = (self.layout, self.serials);
        self.given(name, |text| date(text, layout, serials))
    }

    pub(super) fn needed_date(&mut self, name: &'static str) -> Option<NaiveDate> {
        let (layout, serials) = (self.layout, self.serials);
        self.needed(name, |text| date(text, layout, serials))
    }

    /// The date of something that has happened: after today it is a warning.
    pub(super) fn past(&mut self, name: &'static str) -> Given<NaiveDate> {
        let date = self.date(name);
        self.note_if(name, date.value().is_some_and(|date| *date > self.today), Code::FutureDate);
        date
    }

    pub(super) fn needed_past(&mut self, name: &'static str) -> Option<NaiveDate> {
        let date = self.needed_date(name);
        self.note_if(name, date.is_some_and(|date| date > self.today), Code::FutureDate);
        date
    }

    /// A whole number from 0 to `most`.
    pub(super) fn count<T: TryFrom<i64>>(&mut self, name: &'static str, most: i64) -> Given<T> {
        self.given(name, |text| count(text, most))
    }

    pub(super) fn needed_count<T: TryFrom<i64>>(&mut self, name: &'static str, most: i64) -> Option<T> {
        self.needed(name, |text| count(text, most))
    }

    /// Hundredths, not negative.
    pub(super) fn hundredths(&mut self, name: &'static str) -> Given<i64> {
        let mut is_cut = false;
        let number = self.given(name, |text| hundredths(text, &mut is_cut));
        self.note_if(name, is_cut, Code::DigitsCut);
        number
    }

    pub(super) fn needed_hundredths(&mut self, name: &'static str) -> Option<i64> {
        let mut is_cut = false;
        let number = self.needed(name, |text| hundredths(text, &mut is_cut));
        self.note_if(name, is_cut, Code::DigitsCut);
        number
    }

    pub(super) fn boolean(&mut self, name: &'static str) -> Given<bool> {
        self.word(name, &BOOLEANS, Code::BadBoolean)
    }

    /// A value of a closed list.
    pub(super) fn word<T: Copy>(&mut self, name: &'static str, words: &Words<T>, unknown: Code) -> Given<T> {
        self.given(name, |text| words.find(text).ok_or(unknown))
    }

    pub(super) fn needed_word<T: Copy>(
        &mut self,
        name: &'static str,
        words: &Words<T>,
        unknown: Code,
    ) -> Option<T> {
        self.needed(name, |text| words.find(text).ok_or(unknown))
    }

    /// The cell before any translation.
    pub(super) fn as_written(&mut self, name: &'static str) -> Option<&'a str> {
        let place = self.place(name)?;
        match &self.layout.slots[place] {
            Slot::Cell { index, .. } => self.record.carries(*index).then(|| self.record.get(*index)),
            Slot::Absent | Slot::Constant(_) => None,
        }
    }

    fn raw(&mut self, name: &'static str) -> Option<&'a str> {
        let place = self.place(name)?;
        match &self.layout.slots[place] {
            Slot::Absent => None,
            Slot::Constant(text) => Some(text),
            Slot::Cell { index, .. } if !self.record.carries(*index) => None,
            Slot::Cell { index, translation: None } => Some(self.record.get(*index)),
            Slot::Cell { index, translation: Some(translation) } => {
                Some(translation.of(self.record.get(*index)))
            }
        }
    }

    fn place(&mut self, name: &str) -> Option<usize> {
        let place = self.layout.place(name, self.next_place);
        debug_assert!(place.is_some(), "the kind has no column {name}");
        self.next_place = place.unwrap_or(0);
        place
    }
}

fn code(text: &str) -> Result<String, Code> {
    if text.len() > LONGEST_CODE && text.chars().count() > LONGEST_CODE {
        return Err(Code::BadCode);
    }
    if text.chars().any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER) {
        return Err(Code::BadCode);
    }
    if is_spoilt(text) { Err(Code::SpoiltCode) } else { Ok(text.to_owned()) }
}

/// Whether a spreadsheet made something else of a code: `1.01001E+11`, `#N/A`.
fn is_spoilt(text: &str) -> bool {
    const ERRORS: [&str; 7] = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"];
    if text.starts_with('#') {
        return ERRORS.contains(&text);
    }
    text.split_once("E+").is_some_and(|(digits, exponent)| {
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            && exponent.len() >= 2
            && exponent.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn text(text: &str) -> Result<String, Code> {
    let is_readable = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let is_short = text.len() <= LONGEST_TEXT || text.chars().count() <= LONGEST_TEXT;
    if is_short && text.chars().all(is_readable) { Ok(text.to_owned()) } else { Err(Code::BadText) }
}

fn date(text: &str, layout: &Layout, serials: Serials) -> Result<NaiveDate, Code> {
    match (serials, text.parse::<f64>()) {
        (Serials::Days { is_1904 }, Ok(serial)) => xlsx::day(serial, is_1904).ok_or(Code::YearOutOfBounds),
        _ => dates::parse(text, layout.date_first),
    }
}

fn count<T: TryFrom<i64>>(text: &str, most: i64) -> Result<T, Code> {
    let number = numbers::integer(text).ok_or(Code::BadInteger)?;
    if !(0..=most).contains(&number) {
        return Err(Code::OutOfRange);
    }
    T::try_from(number).map_err(|_| Code::OutOfRange)
}

fn hundredths(text: &str, was_cut: &mut bool) -> Result<i64, Code> {
    let (number, is_cut) = numbers::hundredths(text).ok_or(Code::BadDecimal)?;
    if !(0..=i64::from(i32::MAX) * 100).contains(&number) {
        return Err(Code::OutOfRange);
    }
    *was_cut = is_cut;
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_their_case_and_their_zeros() {
        assert_eq!(code("000.H26-Ab 1").as_deref(), Ok("000.H26-Ab 1"));
        assert_eq!(code("101001240735").as_deref(), Ok("101001240735"));
        assert_eq!(code("a\tb"), Err(Code::BadCode));
        assert_eq!(code(&"ữ".repeat(200)).map(|code| code.chars().count()), Ok(200));
        assert_eq!(code(&"ữ".repeat(201)), Err(Code::BadCode));
    }

    #[test]
    fn a_code_that_a_spreadsheet_has_spoilt_is_told_apart_from_one_that_looks_odd() {
        assert_eq!(code("1.01001E+11"), Err(Code::SpoiltCode));
        assert_eq!(code("1,01001E+11"), Err(Code::SpoiltCode));
        assert_eq!(code("#N/A"), Err(Code::SpoiltCode));
        assert_eq!(code("12E5").as_deref(), Ok("12E5"));
        assert_eq!(code("#12").as_deref(), Ok("#12"));
    }

    #[test]
    fn yes_and_no_have_many_words() {
        for (word, yes) in
            [("TRUE", true), ("Có", true), ("co", true), ("X", true), ("0", false), ("Không", false)]
        {
            assert_eq!(BOOLEANS.find(word), Some(yes), "{word}");
        }
        assert_eq!(BOOLEANS.find("maybe"), None);
    }
}
