//! Numbers as sources write them: whole ones, and decimals kept to hundredths without floating point.

/// A whole number: `1234`, `1.234`, `1,234`, `1 234`; `12.0` and `12,00` are whole too.
pub(super) fn integer(text: &str) -> Option<i64> {
    let (is_negative, digits) = signed(text);
    let digits = match digits.rsplit_once(['.', ',']) {
        Some((whole, "0" | "00")) if !whole.is_empty() => whole,
        _ => digits,
    };
    let number = grouped(digits)?;
    Some(if is_negative { -number } else { number })
}

/// Hundredths: `89,58` and `89.58` are 8958. The last mark is the decimal one unless it comes more than once; a `%`
/// after the number is left out. The flag says whether digits past the hundredths were cut (downwards: a value never
/// gains on its target).
pub(super) fn hundredths(text: &str) -> Option<(i64, bool)> {
    let (is_negative, digits) = signed(text.trim_end_matches('%').trim_end());
    let (whole, fraction) = match digits.rfind(['.', ',']) {
        Some(at) if digits.matches(&digits[at..=at]).count() == 1 => (&digits[..at], &digits[at + 1..]),
        _ => (digits, ""),
    };
    if (whole.is_empty() && fraction.is_empty()) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = if whole.is_empty() { 0 } else { grouped(whole)? };
    let digit = |at: usize| fraction.as_bytes().get(at).map_or(0, |byte| i64::from(byte - b'0'));
    let is_cut = fraction.bytes().skip(2).any(|byte| byte != b'0');
    let number = whole.checked_mul(100)?.checked_add(digit(0) * 10 + digit(1))?;
    Some((if is_negative { -number - i64::from(is_cut) } else { number }, is_cut))
}

/// The sign, plain or typographic, and what follows it.
fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Digits, plain or in groups of three parted by one kind of mark.
fn grouped(digits: &str) -> Option<i64> {
    let Some(mark) = digits.chars().find(|c| !c.is_ascii_digit()) else { return digits.parse().ok() };
    if !matches!(mark, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}') {
        return None;
    }
    let mut groups = digits.split(mark);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let mut plain = first.to_owned();
    for group in groups {
        plain.push_str(Some(group).filter(|group| group.len() == 3)?);
    }
    plain.bytes().all(|byte| byte.is_ascii_digit()).then(|| plain.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_may_have_their_thousands_parted() {
        for (text, number) in [
            ("0", 0),
            ("1234", 1_234),
            ("1.234", 1_234),
            ("1,234", 1_234),
            ("1 234 567", 1_234_567),
            ("1\u{a0}234", 1_234),
            ("738.004", 738_004),
            ("-5", -5),
            ("−5", -5),
            ("12.0", 12),
            ("1.000", 1_000),
        ] {
            assert_eq!(integer(text), Some(number), "{text}");
        }
        for text in
            ["", "-", "1.5", "1.23", "12.34.567", "1,234.567", "1e3", "một", "99999999999999999999", ".0"]
        {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_are_hundredths_with_either_mark_and_no_floating_point() {
        for (text, number) in [
            ("89,58", 8_958),
            ("89.58", 8_958),
            ("89.5", 8_950),
            ("100", 10_000),
            ("83,57 %", 8_357),
            ("83.57%", 8_357),
            ("1.234,56", 123_456),
            ("1,234.56", 123_456),
            ("1.234.567", 123_456_700),
            (",5", 50),
            ("-2,93", -293),
            ("89,5800", 8_958),
        ] {
            assert_eq!(hundredths(text), Some((number, false)), "{text}");
        }
        for text in ["", ".", "-", "tám", "1.2.3", "12,34,5", "1e2", "99999999999999999999"] {
            assert_eq!(hundredths(text), None, "{text}");
        }
    }

    #[test]
    fn digits_past_the_hundredths_are_cut_and_never_rounded_up() {
        assert_eq!(hundredths("99.999"), Some((9_999, true)));
        assert_eq!(hundredths("-1.001"), Some((-101, true)));
    }
}
