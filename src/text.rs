//! Vietnamese numbers and dates: the one place that turns figures into words on a screen.

use chrono::{Datelike, NaiveDate};

/// A whole number with dots between thousands: `738004` is `738.004`.
#[must_use]
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// Hundredths with a decimal comma: `9978` is `99,78`. The caller has already floored.
#[must_use]
pub fn hundredths(n: i64) -> String {
    let sign = if n < 0 { "−" } else { "" };
    let n = n.unsigned_abs();
    format!("{sign}{},{:02}", number(i64::try_from(n / 100).unwrap_or(i64::MAX)), n % 100)
}

/// Hundredths without the zeros that say nothing: `10000` is `100`, `8900` is `89`, `8950` is `89,5`.
#[must_use]
pub fn hundredths_short(n: i64) -> String {
    let long = hundredths(n);
    long.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// Hundredths for machines: `9978` is `99.78`.
#[must_use]
pub fn hundredths_machine(n: i64) -> String {
    let sign = if n < 0 { "-" } else { "" };
    let n = n.unsigned_abs();
    format!("{sign}{}.{:02}", n / 100, n % 100)
}

/// A percentage as people read it: `9978` is `99,78 %` (a no-break space before the sign).
#[must_use]
pub fn percent(n: i64) -> String {
    format!("{}\u{a0}%", hundredths(n))
}

/// A date as people read it: `31/03/2023`.
#[must_use]
pub fn date(day: NaiveDate) -> String {
    // Not by a format string: its interpreter weighs more in the browser than all of this file.
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// A month on an axis: `T3`; January carries its year, `T1/23`.
#[must_use]
pub fn month_tick(year: i32, month: u32) -> String {
    if month == 1 { format!("T1/{:02}", year.rem_euclid(100)) } else { format!("T{month}") }
}

/// A month in a sentence: `tháng 3/2023`.
#[must_use]
pub fn month(day: NaiveDate) -> String {
    format!("tháng {}/{}", day.month(), day.year())
}

/// A day written by a machine (`2023-03-31`), between the years 1900 and 2200.
///
/// The bounds keep every later sum of days inside the calendar.
#[must_use]
pub fn parse_iso(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    civil(parts.next()?, parts.next()?, parts.next()?).filter(|_| parts.next().is_none())
}

/// A day as people write it, `31/03/2023`, between the years 1900 and 2200.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    civil(year, month, day).filter(|_| parts.next().is_none())
}

/// The parts of an address' date put together; files have a parser of their own in the server.
fn civil(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let day = NaiveDate::from_ymd_opt(number(year)?.into(), number(month)?.into(), number(day)?.into())?;
    in_bounds(day).then_some(day)
}

/// Whether a day lies in the years this product counts with, 1900 to 2200.
#[must_use]
pub fn in_bounds(day: NaiveDate) -> bool {
    (1900..=2200).contains(&day.year())
}

/// A text for comparing and searching: lower case, Vietnamese marks taken off, `đ` as `d`,
/// every run of other signs one space. `Mã hồ sơ` and `MA_HO_SO` are the same.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(c) if c.is_alphanumeric() => out.push(c),
            Some(_) if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A text as it is kept: without signs that do not print, but for the ends of lines.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r')).collect()
}

/// A lower-case letter without its marks; a combining mark alone is nothing.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'à'..='å' | 'ă' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => {
            'a'
        }
        'è'..='ë' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì'..='ï' | 'ĩ' | 'ỉ' | 'ị' => 'i',
        'ò'..='ö' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ' | 'ỗ' | 'ộ' | 'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' => {
            'o'
        }
        'ù'..='ü' | 'ũ' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ý' | 'ÿ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => 'y',
        'đ' => 'd',
        '\u{300}'..='\u{36f}' => return None,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_dots_and_decimals_by_a_comma() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(738_004), "738.004");
        assert_eq!(number(-1_626), "−1.626");
        assert_eq!(hundredths(9_978), "99,78");
        assert_eq!(hundredths(5), "0,05");
        assert_eq!(hundredths_short(10_000), "100");
        assert_eq!(hundredths_short(8_950), "89,5");
        assert_eq!(hundredths_machine(7_848), "78.48");
        assert_eq!(percent(9_978), "99,78\u{a0}%");
    }

    #[test]
    fn a_header_is_the_same_with_and_without_marks() {
        assert_eq!(fold("Mã hồ sơ"), "ma ho so");
        assert_eq!(fold("MA_HO_SO "), "ma ho so");
        assert_eq!(fold("Ngày hẹn trả (ban đầu)"), "ngay hen tra ban dau");
        assert_eq!(fold("Đơn vị"), "don vi");
        assert_eq!(fold("Ma\u{303} hô\u{300} sơ"), "ma ho so");
    }

    #[test]
    fn a_day_outside_the_years_we_count_with_is_no_day() {
        assert!(parse_iso("2023-03-31").is_some());
        assert!(parse_iso("2023-02-30").is_none());
        assert!(parse_iso("99999-01-01").is_none());
        assert!(parse_iso("1754-01-01").is_none());
        assert!(parse_iso("2023-03-31-01").is_none() && parse_iso("2023-+3-31").is_none());
        assert_eq!(parse_date("31/03/2023"), parse_iso("2023-03-31"));
        assert!(parse_date("31/02/2023").is_none());
    }

    #[test]
    fn what_does_not_print_is_not_kept() {
        assert_eq!(printable("Đôn đốc\0\u{1b} các quận\r\nvà báo cáo"), "Đôn đốc các quận\r\nvà báo cáo");
    }
}
