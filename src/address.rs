//! The state of a page as its address says it: `?plan=2023&cycle=calendar&period=2023-Q1&as_of=2023-03-31&agency=…`.

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::{
    case_file::Channel,
    dialogue_report::{DialogueFigure, IssueFigure, Only},
    filter::{Filter, Measured},
    indicator::Question,
    lang::Lang,
    outlook::Asked,
    period::{Cycle, Period, Unit},
    petition_report::{KindChoice, PetitionFigure},
    search, text,
};

/// What a page is asked to show. Everything may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// The plan's year.
    pub plan: Option<i32>,
    /// How periods are cut.
    pub cycle: Cycle,
    /// The period.
    pub period: Option<Period>,
    /// The last day whose events have happened.
    pub as_of: Option<NaiveDate>,
    /// Which part of the city.
    pub filter: Filter,
    /// The figure whose files are listed.
    pub list: Option<Measured>,
    /// Which offices the page on dialogues lists.
    pub only: Option<Only>,
    /// The number of the calendar whose dialogues are listed.
    pub dialogue_list: Option<DialogueFigure>,
    /// The figure whose issues are listed.
    pub issue_list: Option<IssueFigure>,
    /// The figure whose petitions are listed.
    pub petition_list: Option<PetitionFigure>,
    /// Petitions of one kind; the page on petitions alone asks for it.
    pub kind: Option<KindChoice>,
    /// The page of that list, from one.
    pub page: Option<u32>,
    /// What to assume of the rest of the year.
    pub what_if: Asked,
    /// What is looked for by name.
    pub find: Option<String>,
    /// The file handed in that the page on data shows.
    pub upload: Option<u64>,
    /// How that file is to be read, instead of how its header says.
    pub reading: Option<String>,
    /// The batch whose undoing the page on data explains.
    pub undo: Option<i64>,
    /// The language.
    pub lang: Lang,
}

/// A part of an address that says nothing we know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{field}: {why}")]
pub struct AddressError {
    /// The parameter.
    pub field: String,
    /// What is wrong with it and what to write, in Vietnamese and English.
    pub why: String,
}

impl AddressError {
    fn new(field: &str, why: impl ToString) -> Self {
        Self { field: field.to_owned(), why: why.to_string() }
    }
}

/// What need not be written as `%20`.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

impl Address {
    /// Reads the parameters of an address. Unknown ones and empty ones are passed over, so that old links and plain
    /// forms keep working.
    ///
    /// # Errors
    /// On the first parameter that is known and says nothing sensible.
    pub fn parse<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, AddressError> {
        let mut address = Self::default();
        for (name, value) in parameters {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let wrong = |why: &dyn ToString| AddressError::new(name, why.to_string());
            match name {
                "plan" => {
                    address.plan = Some(
                        year(value)
                            .ok_or_else(|| wrong(&"viết một năm, như 2023 / write a year, such as 2023"))?,
                    )
                }
                "cycle" => address.cycle = value.parse().map_err(|e| wrong(&e))?,
                "period" => address.period = Some(value.parse().map_err(|e| wrong(&e))?),
                "as_of" => address.as_of = Some(day(value).ok_or_else(|| wrong(&NO_DAY))?),
                "agency" => address.filter.agency = Some(value.to_owned()),
                "level" => address.filter.level = Some(value.parse().map_err(|e| wrong(&e))?),
                "field" => address.filter.field = Some(value.to_owned()),
                "channel" => {
                    let channel = Channel::ALL.into_iter().find(|channel| channel.as_str() == value);
                    address.filter.channel = Some(channel.ok_or_else(|| wrong(&NO_CHANNEL))?);
                }
                "procedure" => address.filter.procedure = Some(value.to_owned()),
                "lang" => address.lang = value.parse().map_err(|e| wrong(&e))?,
                "list" => {
                    let list = Measured::ALL.into_iter().find(|measured| measured.as_str() == value);
                    address.list = Some(list.ok_or_else(|| wrong(&NO_LIST))?);
                }
                // An older word for what has a parameter of its own now.
                "only" if value == "overdue_issues" => address.issue_list = Some(IssueFigure::OpenOverdue),
                "dialogues" => {
                    let figure = DialogueFigure::parse(value);
                    address.dialogue_list = Some(figure.ok_or_else(|| wrong(&NO_DIALOGUE_LIST))?);
                }
                "issues" => {
                    let figure = IssueFigure::parse(value);
                    address.issue_list = Some(figure.ok_or_else(|| wrong(&no_issue_list()))?);
                }
                "q" => {
                    let fits = value.chars().count() <= search::LONGEST;
                    address.find = Some(fits.then(|| value.to_owned()).ok_or_else(|| wrong(&TOO_LONG))?);
                }
                "upload" => {
                    let upload = whole(value).and_then(|n| u64::try_from(n).ok());
                    address.upload = Some(upload.ok_or_else(|| wrong(&NO_NUMBER))?);
                }
                "reading" => {
                    let fits = value.chars().count() <= search::LONGEST;
                    address.reading = Some(fits.then(|| value.to_owned()).ok_or_else(|| wrong(&NO_READING))?);
                }
                "undo" => address.undo = Some(whole(value).ok_or_else(|| wrong(&NO_NUMBER))?),
                "only" => address.only = Some(value.parse().map_err(|e| wrong(&e))?),
                "petitions" => {
                    let list = PetitionFigure::parse(value).ok_or_else(|| wrong(&no_petition_list()))?;
                    address.petition_list = Some(list);
                }
                "kind" => {
                    address.kind = Some(KindChoice::parse(value).ok_or_else(|| wrong(&NO_KIND))?);
                }
                "page" => {
                    address.page =
                        Some(value.parse().map_err(|_| {
                            wrong(&"viết số trang, từ 1 / write the number of a page, from 1")
                        })?)
                }
                "rest" => {
                    let rest = whole(value).filter(|rest| *rest <= MOST_FILES);
                    address.what_if.rest = Some(rest.ok_or_else(|| wrong(&NO_REST))?);
                }
                "rest_rate" => {
                    address.what_if.rest_rate = Some(percentage(value).ok_or_else(|| wrong(&NO_RATE))?)
                }
                "improved" => {
                    let improved = whole(value).and_then(|n| u32::try_from(n).ok());
                    address.what_if.improved = Some(improved.ok_or_else(|| wrong(&NO_IMPROVED))?);
                }
                _ => {}
            }
        }
        Ok(address)
    }

    /// The parameters that are set, in one fixed order.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let cycle = (self.cycle != Cycle::default()).then(|| self.cycle.as_str().to_owned());
        let lang = (self.lang != Lang::default()).then(|| self.lang.as_str().to_owned());
        let all = [
            ("plan", self.plan.map(|plan| plan.to_string())),
            ("cycle", cycle),
            ("period", self.period.map(|period| period.to_string())),
            ("as_of", self.as_of.map(|as_of| as_of.to_string())),
            ("agency", self.filter.agency.clone()),
            ("level", self.filter.level.map(|level| level.as_str().to_owned())),
            ("field", self.filter.field.clone()),
            ("channel", self.filter.channel.map(|channel| channel.as_str().to_owned())),
            ("kind", self.kind.map(|kind| kind.as_str().to_owned())),
            ("procedure", self.filter.procedure.clone()),
            ("list", self.list.map(|list| list.as_str().to_owned())),
            ("only", self.only.map(|only| only.as_str().to_owned())),
            ("dialogues", self.dialogue_list.map(DialogueFigure::word)),
            ("issues", self.issue_list.map(|list| list.as_str().to_owned())),
            ("petitions", self.petition_list.map(|list| list.as_str().to_owned())),
            ("page", self.page.map(|page| page.to_string())),
            ("rest", self.what_if.rest.map(|rest| rest.to_string())),
            ("rest_rate", self.what_if.rest_rate.map(text::hundredths_machine)),
            ("improved", self.what_if.improved.map(|improved| improved.to_string())),
            ("q", self.find.clone()),
            ("upload", self.upload.map(|upload| upload.to_string())),
            ("reading", self.reading.clone()),
            ("undo", self.undo.map(|undo| undo.to_string())),
            ("lang", lang),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The same state with every list closed and nothing assumed: what goes along from page to page.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self {
            list: None,
            only: None,
            dialogue_list: None,
            issue_list: None,
            petition_list: None,
            page: None,
            what_if: Asked::default(),
            find: None,
            upload: None,
            reading: None,
            undo: None,
            ..self.clone()
        }
    }

    /// The same state for another period. A day before it would show a period that has not begun.
    #[must_use]
    pub fn of_period(&self, period: Period) -> Self {
        let as_of = self.as_of.filter(|day| *day >= period.from(self.cycle));
        Self { period: Some(period), plan: None, as_of, ..self.clone() }
    }

    /// The query string with its question mark, or nothing.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = String::new();
        for (name, value) in self.parameters() {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(name);
            query.push('=');
            query.extend(utf8_percent_encode(&value, PLAIN));
        }
        query
    }

    /// What is left open, decided: the day is the one asked for, else the last with data (`last_data`), and within the
    /// period asked for; the period is the one asked for, else the year of that day.
    ///
    /// # Errors
    /// When the day asked for lies after `today`: what has not happened cannot be counted.
    pub fn question(&self, today: NaiveDate, last_data: Option<NaiveDate>) -> Result<Question, AddressError> {
        if let Some(as_of) = self.as_of.filter(|as_of| *as_of > today) {
            return Err(AddressError::new("as_of", future_day(as_of, today)));
        }
        let planned = self.plan.and_then(|plan| plan.to_string().parse().ok());
        let asked = self.period.or(planned);
        let last = last_data.map_or(today, |last| last.min(today));
        let as_of =
            self.as_of.unwrap_or_else(|| asked.map_or(last, |period| last.min(period.to(self.cycle))));
        // The last days of December are read in their own year, though the reports count them to the next.
        let period = asked.unwrap_or_else(|| Period::containing(as_of, Unit::Year, Cycle::Calendar));
        Ok(Question { as_of, cycle: self.cycle, period: Some(period), agency: self.filter.agency.clone() })
    }
}

const NO_DAY: &str = "viết 2023-03-31 hoặc 31/03/2023, trong các năm 1900–2200 / \
                      write 2023-03-31 or 31/03/2023, within the years 1900–2200";
const NO_NUMBER: &str = "viết một số nguyên từ 0 / write a whole number from 0";
const NO_READING: &str = "viết loại dữ liệu, như case-files / write a kind of data, such as case-files";
const NO_CHANNEL: &str =
    "kênh là in_person, online, postal hoặc other / the channel is in_person, online, postal or other";
const NO_LIST: &str = "danh sách là một trong các từ / the list is one of: received, early, on_time, late, undetermined, \
                       withdrawn, carried_over, strict_late, open, open_within_due, open_overdue, open_undetermined, paused, due_in_0, due_in_1, \
                       due_in_3, due_in_5, due_in_month, overdue_5, overdue_10, overdue_30, overdue_more, \
                       letter_due, letter_sent, letter_missing, letter_late, rescheduled_twice, without_due, \
                       completed_before_received, due_before_received, due_moved_after";

/// More files than the country makes in a year: no assumption needs as many.
pub const MOST_FILES: i64 = 999_999_999;
const NO_REST: &str = "viết số hồ sơ còn lại, số nguyên từ 0 đến 999999999 / \
                       write how many files are left, a whole number from 0 to 999999999";
const NO_RATE: &str = "viết tỷ lệ phần trăm từ 0 đến 100, nhiều nhất hai chữ số thập phân, như 99.5 / \
                       write a percentage from 0 to 100 with at most two decimals, such as 99.5";
const NO_IMPROVED: &str = "viết số đơn vị, số nguyên từ 0 / write how many agencies, a whole number from 0";

/// A whole number, digits alone.
fn whole(value: &str) -> Option<i64> {
    value.bytes().all(|b| b.is_ascii_digit()).then(|| value.parse().ok())?
}

/// A percentage with a point or a comma, in hundredths: `99.5` and `99,5` are 9950.
#[must_use]
pub fn percentage(value: &str) -> Option<i64> {
    let (units, part) = value.split_once(['.', ',']).unwrap_or((value, "0"));
    let hundredths = match part.len() {
        1 => whole(part)? * 10,
        2 => whole(part)?,
        _ => return None,
    };
    let all = whole(units)?.checked_mul(100)?.checked_add(hundredths)?;
    (all <= 10_000).then_some(all)
}

const NO_DIALOGUE_LIST: &str = "danh sách đối thoại là held, held_without_minutes, planned hoặc passed, có thể kèm tháng \
                                như held-9 / the dialogues are held, held_without_minutes, planned or passed, with a \
                                month such as held-9 where one is meant";

const TOO_LONG: &str = "tìm bằng nhiều nhất 200 chữ cái / search by at most 200 letters";

fn no_issue_list() -> String {
    let words = IssueFigure::ALL.map(IssueFigure::as_str).join(", ");
    format!("danh sách vướng mắc là một trong các từ sau / the issues are one of these words: {words}")
}

const NO_KIND: &str = "loại là regulation, procedure, conduct hoặc unstated / \
                       the kind is regulation, procedure, conduct or unstated";

fn no_petition_list() -> String {
    let words = PetitionFigure::ALL.map(PetitionFigure::as_str).join(", ");
    format!("danh sách là một trong các từ sau / the list is one of these words: {words}")
}

/// Says that a day has not come yet.
#[must_use]
pub fn future_day(as_of: NaiveDate, today: NaiveDate) -> String {
    format!(
        "ngày {} chưa tới: chọn ngày không sau hôm nay, {} / the day {as_of} has not come: choose one not after today, {today}",
        text::date(as_of),
        text::date(today)
    )
}

/// A day as machines or as people write it.
#[must_use]
pub fn day(value: &str) -> Option<NaiveDate> {
    text::parse_iso(value).or_else(|| text::parse_date(value))
}

fn year(value: &str) -> Option<i32> {
    value.parse().ok().filter(|year| (1901..=2199).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    #[test]
    fn an_address_survives_being_written_and_read_again() {
        let pairs = [
            ("cycle", "reporting"),
            ("period", "2023-Q1"),
            ("as_of", "31/03/2023"),
            ("agency", "Sở & Ban"),
            ("level", "district"),
            ("list", "late"),
            ("page", "2"),
            ("procedure", "1.001.193"),
            ("dialogues", "held-9"),
            ("issues", "due_open"),
            ("q", "ứng hòa"),
            ("lang", "en"),
            ("utm", "x"),
        ];
        let address = Address::parse(pairs).expect("parses");
        assert_eq!(
            address.query(),
            "?cycle=reporting&period=2023-Q1&as_of=2023-03-31&agency=S%E1%BB%9F%20%26%20Ban&level=district&procedure=1.001.193&list=late&dialogues=held-9&issues=due_open&page=2&q=%E1%BB%A9ng%20h%C3%B2a&lang=en"
        );
        let written = address.parameters();
        let again = Address::parse(written.iter().map(|(name, value)| (*name, value.as_str())));
        assert_eq!(again, Ok(address));
        assert_eq!(Address::default().query(), "");
    }

    #[test]
    fn a_parameter_that_says_nothing_is_named_with_what_to_write() {
        let error = Address::parse([("period", "Q1")]).expect_err("no period");
        assert_eq!(error.field, "period");
        assert!(error.why.contains("2023-Q1"), "{error}");
        assert!(Address::parse([("as_of", "2023-02-30")]).is_err());
        let error = Address::parse([("list", "x")]).expect_err("no list");
        assert!(Measured::ALL.iter().all(|measured| error.why.contains(measured.as_str())), "{error}");
        assert!(Address::parse([("as_of", "")]).is_ok(), "an empty field of a form asks for nothing");
    }

    #[test]
    fn an_old_link_to_overdue_issues_still_opens_them() {
        let address = Address::parse([("only", "overdue_issues")]).expect("parses");
        assert_eq!((address.issue_list, address.only), (Some(IssueFigure::OpenOverdue), None));
    }

    #[test]
    fn two_thousand_letters_of_junk_are_refused_with_a_reason() {
        let junk = "x".repeat(2_000);
        for name in
            ["plan", "cycle", "period", "as_of", "level", "channel", "list", "only", "q", "page", "lang"]
        {
            let error = Address::parse([(name, junk.as_str())]).expect_err(name);
            assert!(error.field == name && error.why.chars().count() < 700, "{name}: {}", error.why);
        }
    }

    #[test]
    fn an_assumption_is_read_with_a_point_or_a_comma_and_written_with_a_point() {
        let address = Address::parse([("rest", "1200"), ("rest_rate", "99,5"), ("improved", "3")]);
        let address = address.expect("parses");
        assert_eq!(address.what_if, Asked { rest: Some(1_200), rest_rate: Some(9_950), improved: Some(3) });
        assert_eq!(address.query(), "?rest=1200&rest_rate=99.50&improved=3");
        for wrong in [
            ("rest", "-1"),
            ("rest", "1e9"),
            ("rest", "99999999999999999999"),
            ("rest_rate", "100.01"),
            ("rest_rate", "99."),
            ("rest_rate", "99.555"),
            ("rest_rate", "+9"),
            ("improved", "two"),
        ] {
            let error = Address::parse([wrong]).expect_err("no assumption");
            assert_eq!(error.field, wrong.0);
            assert!(error.why.contains(" / write "), "in both languages: {error}");
        }
    }

    #[test]
    fn the_petitions_behind_a_figure_have_an_address_of_their_own() {
        let address =
            Address::parse([("petitions", "late"), ("kind", "conduct"), ("page", "2")]).expect("parses");
        assert_eq!(address.query(), "?kind=conduct&petitions=late&page=2");
        for (name, value) in [("petitions", "on_time"), ("kind", "complaint")] {
            let error = Address::parse([(name, value)]).expect_err("no such word");
            assert_eq!(error.field, name);
            assert!(error.why.contains(" / the "), "in both languages: {error}");
        }
        for figure in PetitionFigure::ALL {
            assert_eq!(PetitionFigure::parse(figure.as_str()), Some(figure));
        }
    }

    #[test]
    fn a_page_opens_at_the_last_day_that_has_data() {
        let question = |address: Address| {
            address.question(on("2026-11-23"), Some(on("2023-12-31"))).expect("a question")
        };
        let opened = question(Address::default());
        assert_eq!((opened.as_of, opened.to()), (on("2023-12-31"), on("2023-12-31")));
        let quarter = question(Address { period: "2023-Q1".parse().ok(), ..Address::default() });
        assert_eq!(quarter.as_of, on("2023-03-31"));
        let plan = question(Address { plan: Some(2022), ..Address::default() });
        assert_eq!(plan.as_of, on("2022-12-31"));
        let reporting = question(Address { cycle: Cycle::Reporting, ..Address::default() });
        assert_eq!((reporting.as_of, reporting.to()), (on("2023-12-31"), on("2023-12-14")));
        let nothing = Address::default().question(on("2026-11-23"), None).expect("a question");
        assert_eq!(nothing.as_of, on("2026-11-23"));
    }

    #[test]
    fn a_day_that_has_not_come_is_refused() {
        let address = Address { as_of: Some(on("2126-01-01")), ..Address::default() };
        let error = address.question(on("2026-11-23"), None).expect_err("a future day");
        assert_eq!(error.field, "as_of");
        assert!(error.why.contains("23/11/2026"), "{error}");
    }
}
