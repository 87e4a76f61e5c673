//! Dates as sources write them, cut to the civil day in Hanoi.

use chrono::{Days, NaiveDate};
use thuocdo::text::in_bounds;

use super::problem::Code;

/// Hanoi's clock, in minutes before UTC's.
const HANOI: i32 = 7 * 60;
/// Minutes in a day.
const DAY: i32 = 24 * 60;

/// Which part a date written with slashes begins with. A date that begins with the year is always understood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum First {
    /// 31/03/2023.
    #[default]
    Day,
    /// 03/31/2023: only where a mapping says so.
    Month,
    /// 2023-03-31 and nothing else.
    Year,
}

impl First {
    /// What a format such as `MM/dd/yyyy` begins with; a time after it is of no interest: times are always taken.
    pub(super) fn of_format(format: &str) -> Option<Self> {
        let date = format.split([' ', 'T', '\'']).next()?;
        let parts: Vec<&str> = date.split(['/', '-', '.']).collect();
        match parts[..] {
            ["dd" | "d" | "DD", "MM" | "M", "yyyy" | "YYYY"] => Some(Self::Day),
            ["MM" | "M", "dd" | "d" | "DD", "yyyy" | "YYYY"] => Some(Self::Month),
            ["yyyy" | "YYYY", "MM" | "M", "dd" | "d" | "DD"] => Some(Self::Year),
            _ => None,
        }
    }
}

/// The civil day a text says. A time is cut as written; with an offset it is first moved to Hanoi's clock.
pub(super) fn parse(text: &str, first: First) -> Result<NaiveDate, Code> {
    let mut rest = Rest(text.as_bytes());
    let (a, a_digits) = rest.number(4).ok_or(Code::BadDate)?;
    let mark = rest.one_of(b"/-.").ok_or(Code::BadDate)?;
    let (b, b_digits) = rest.number(2).ok_or(Code::BadDate)?;
    rest.exactly(mark).ok_or(Code::BadDate)?;
    let (c, c_digits) = rest.number(4).ok_or(Code::BadDate)?;
    let (year, month, day) = match (a_digits, b_digits, c_digits, first) {
        (4, _, 1..=2, _) => (a, b, c),
        (1..=2, _, 4, First::Day) => (c, b, a),
        (1..=2, _, 4, First::Month) => (c, a, b),
        (1..=2, _, 1..=2, _) => return Err(Code::TwoDigitYear),
        _ => return Err(Code::BadDate),
    };
    let days_on = time(&mut rest)?;
    let date = NaiveDate::from_ymd_opt(year as i32, month, day).ok_or(Code::NoSuchDay)?;
    let moved = match days_on {
        0 => Some(date),
        1.. => date.checked_add_days(Days::new(days_on.unsigned_abs().into())),
        _ => date.checked_sub_days(Days::new(days_on.unsigned_abs().into())),
    };
    moved.filter(|day| in_bounds(*day)).ok_or(Code::YearOutOfBounds)
}

/// Reads the time after a date, and says how many days Hanoi's clock is on from the date as written.
fn time(rest: &mut Rest<'_>) -> Result<i32, Code> {
    if rest.is_empty() {
        return Ok(0);
    }
    if rest.one_of(b"Tt").is_none() && !rest.spaces() {
        return Err(Code::BadDate);
    }
    let (mut hour, _) = rest.number(2).ok_or(Code::BadDate)?;
    let minute = rest.part(b':')?.ok_or(Code::BadDate)?;
    let second = rest.part(b':')?.unwrap_or(0);
    if rest.one_of(b".,").is_some() && !rest.digits() {
        return Err(Code::BadDate);
    }
    rest.spaces();
    if let Some(is_afternoon) = rest.half_day() {
        if hour > 12 {
            return Err(Code::NoSuchDay);
        }
        hour = hour % 12 + if is_afternoon { 12 } else { 0 };
    }
    let is_midnight_after = (hour, minute, second) == (24, 0, 0);
    if (hour > 23 && !is_midnight_after) || minute > 59 || second > 60 {
        return Err(Code::NoSuchDay);
    }
    rest.spaces();
    let offset = rest.offset()?;
    if !rest.is_empty() {
        return Err(Code::BadDate);
    }
    let written = i32::try_from(hour * 60 + minute).unwrap_or(0);
    Ok(offset.map_or(0, |offset| (written - offset + HANOI).div_euclid(DAY)))
}

/// What is left of the text.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number of at most `most` digits, and how many it has.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > most {
            return None;
        }
        let number = self.0[..digits].iter().fold(0, |number, byte| number * 10 + u32::from(byte - b'0'));
        self.0 = &self.0[digits..];
        Some((number, digits))
    }

    fn one_of(&mut self, marks: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        marks.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn exactly(&mut self, mark: u8) -> Option<u8> {
        self.one_of(&[mark])
    }

    /// Two digits, if the mark comes next.
    fn part(&mut self, mark: u8) -> Result<Option<u32>, Code> {
        if self.exactly(mark).is_none() {
            return Ok(None);
        }
        match self.number(2) {
            Some((number, 2)) => Ok(Some(number)),
            _ => Err(Code::BadDate),
        }
    }

    fn digits(&mut self) -> bool {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.0 = &self.0[digits..];
        digits > 0
    }

    /// Skips spaces, the no-break space among them; whether there were any.
    fn spaces(&mut self) -> bool {
        let before = self.0.len();
        while let Some(rest) = self
            .0
            .strip_prefix(b" ")
            .or_else(|| self.0.strip_prefix("\u{a0}".as_bytes()))
            .or_else(|| self.0.strip_prefix("\u{202f}".as_bytes()))
        {
            self.0 = rest;
        }
        self.0.len() < before
    }

    /// AM or PM, in Vietnamese SA (sáng) or CH (chiều): whether it is the afternoon.
    fn half_day(&mut self) -> Option<bool> {
        let word: [u8; 2] = self.0.get(..2)?.try_into().ok()?;
        let is_afternoon = match &word.map(|byte| byte.to_ascii_uppercase()) {
            b"AM" | b"SA" => false,
            b"PM" | b"CH" => true,
            _ => return None,
        };
        self.0 = &self.0[2..];
        Some(is_afternoon)
    }

    /// `Z`, `+07:00`, `+0700` or `+07`, in minutes.
    fn offset(&mut self) -> Result<Option<i32>, Code> {
        if self.one_of(b"Zz").is_some() {
            return Ok(Some(0));
        }
        let Some(sign) = self.one_of(b"+-") else { return Ok(None) };
        let (number, digits) = self.number(4).ok_or(Code::BadDate)?;
        let (hours, minutes) = match digits {
            4 => (number / 100, number % 100),
            2 => (number, self.part(b':')?.unwrap_or(0)),
            _ => return Err(Code::BadDate),
        };
        if hours > 14 || minutes > 59 {
            return Err(Code::NoSuchDay);
        }
        let offset = i32::try_from(hours * 60 + minutes).unwrap_or(0);
        Ok(Some(if sign == b'-' { -offset } else { offset }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Result<String, Code> {
        parse(text, First::Day).map(|day| day.to_string())
    }

    #[test]
    fn every_way_to_write_a_day_gives_the_same_day() {
        for text in [
            "2023-03-01",
            "2023/03/01",
            "2023-3-1",
            "01/03/2023",
            "1/3/2023",
            "01-03-2023",
            "01.03.2023",
            "01/03/2023 17:05",
            "01/03/2023 5:05:59 PM",
            "01/03/2023 12:00:00 AM",
            "01/03/2023 05:05 CH",
            "01/03/2023 05:05:09\u{202f}SA",
            "2023-03-01T23:59:59",
            "2023-03-01 23:59:59.9999999",
            "2023-03-01T23:59:59,123",
            "2023-03-01 00:00",
            "2023-03-01 24:00:00",
        ] {
            assert_eq!(day(text).as_deref(), Ok("2023-03-01"), "{text}");
        }
    }

    #[test]
    fn a_time_is_cut_as_written_and_shifted_only_when_it_carries_an_offset() {
        assert_eq!(day("2023-03-31T23:30:00").unwrap(), "2023-03-31");
        assert_eq!(day("2023-03-31T16:59:59Z").unwrap(), "2023-03-31");
        assert_eq!(day("2023-03-31T17:00:00Z").unwrap(), "2023-04-01");
        assert_eq!(day("2023-03-31T23:30:00+07:00").unwrap(), "2023-03-31");
        assert_eq!(day("2023-03-31 23:30:00.000 +0700").unwrap(), "2023-03-31");
        assert_eq!(day("2023-03-31T00:30:00+09").unwrap(), "2023-03-30");
        assert_eq!(day("31/03/2023 20:00:00-05:00").unwrap(), "2023-04-01");
    }

    #[test]
    fn month_first_is_read_only_when_asked_for() {
        assert_eq!(day("03/31/2023"), Err(Code::NoSuchDay));
        let month_first = |text| parse(text, First::Month).map(|day| day.to_string());
        assert_eq!(month_first("03/31/2023").as_deref(), Ok("2023-03-31"));
        assert_eq!(month_first("01/02/2015 12:25:23 AM").as_deref(), Ok("2015-01-02"));
        assert_eq!(month_first("2015-01-02").as_deref(), Ok("2015-01-02"), "ISO has one reading only");
        assert_eq!(parse("01/02/2015", First::Year), Err(Code::BadDate));
    }

    #[test]
    fn what_is_no_day_we_count_with_is_refused_with_its_reason() {
        assert_eq!(day("31/03/23"), Err(Code::TwoDigitYear));
        assert_eq!(day("23-03-31"), Err(Code::TwoDigitYear));
        assert_eq!(day("30/02/2023"), Err(Code::NoSuchDay));
        assert_eq!(day("01/03/2023 25:00"), Err(Code::NoSuchDay));
        assert_eq!(day("01/03/2023 13:00 PM"), Err(Code::NoSuchDay));
        assert_eq!(day("01/03/1899"), Err(Code::YearOutOfBounds));
        assert_eq!(day("2201-01-01"), Err(Code::YearOutOfBounds));
        assert_eq!(day("1899-12-31T23:00:00Z").as_deref(), Ok("1900-01-01"));
        for text in [
            "",
            "hôm qua",
            "2023",
            "45016",
            "01/03-2023",
            "01/03/2023x",
            "01/03/2023 x",
            "1/3/2023 10",
            "1/3/2023 10:05:",
            "001/03/2023",
        ] {
            assert_eq!(day(text), Err(Code::BadDate), "{text}");
        }
    }

    #[test]
    fn a_format_tells_which_part_comes_first() {
        assert_eq!(First::of_format("MM/dd/yyyy hh:mm:ss a"), Some(First::Month));
        assert_eq!(First::of_format("dd/MM/yyyy"), Some(First::Day));
        assert_eq!(First::of_format("yyyy-MM-dd'T'HH:mm"), Some(First::Year));
        assert_eq!(First::of_format("dd/MM/yy"), None);
        assert_eq!(First::of_format("mm/dd/yyyy"), None, "mm is minutes");
    }
}
