//! What looks like somebody's number in a text: a telephone, an identity card, an e-mail address. Codes of files, dates and
//! sums of money have many digits, too, so that only what is written as such a number is taken for one.

/// The first of them.
pub(super) fn number_in(text: &str) -> Option<&str> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '+' | '@' | '.' | '-' | '_' | '/');
    let words = text.split(|c: char| !is_word(c)).map(|word| word.trim_matches(['.', '-', '_', '/']));
    let mut found =
        words.filter(|word| is_telephone(&[word]) || is_identity_number(word) || is_address(word));
    found.next().or_else(|| parted(text))
}

/// One that is parted by spaces: `0912 345 678`, `001 099 012 345`.
fn parted(text: &str) -> Option<&str> {
    let is_sign = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '+');
    let pieces = text.split(|c: char| !is_sign(c)).map(str::trim);
    pieces.filter(|piece| piece.contains([' ', '\u{a0}'])).find(|piece| {
        let groups: Vec<&str> = piece.split([' ', '\u{a0}']).filter(|group| !group.is_empty()).collect();
        let is_in_threes = groups.len() == 4 && groups.iter().all(|group| group.len() == 3);
        is_telephone(&groups) || (is_in_threes && is_identity_number(&groups.concat()))
    })
}

/// Nine digits of a mobile, nine or ten of another line, after 0 or +84; after 0 in groups of three or more, which days of a
/// month are not.
fn is_telephone(groups: &[&str]) -> bool {
    let groups: Vec<&str> = groups.iter().flat_map(|group| group.split(['.', '-'])).collect();
    let is_abroad = groups.first().is_some_and(|first| first.starts_with("+84"));
    let is_long = |group: &&str| group.len() >= 3;
    if !is_abroad && !groups.iter().all(is_long) {
        return false;
    }
    let number = groups.concat();
    let number = if is_abroad { number.strip_prefix("+84") } else { number.strip_prefix('0') };
    number.is_some_and(|number| {
        let is_mobile = number.len() == 9 && number.starts_with(['3', '5', '7', '8', '9']);
        let is_other = matches!(number.len(), 9 | 10) && number.starts_with('2');
        (is_mobile || is_other) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Twelve digits that begin with the code of a province, 001 to 096.
fn is_identity_number(word: &str) -> bool {
    let is_province = word.get(..3).is_some_and(|code| ("001"..="096").contains(&code));
    word.len() == 12 && is_province && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !host.contains('@')
            && host.rsplit_once('.').is_some_and(|(host, end)| {
                !host.is_empty() && end.len() >= 2 && end.chars().all(|c| c.is_ascii_alphabetic())
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_found_however_they_are_written() {
        for (text, number) in [
            ("Gọi ông Nam 0912345678 để bổ sung", "0912345678"),
            ("ĐT: 0912.345.678.", "0912.345.678"),
            ("0912-345-678", "0912-345-678"),
            ("(số 091 234 5678)", "091 234 5678"),
            ("+84912345678", "+84912345678"),
            ("+84 912 345 678", "+84 912 345 678"),
            ("+84 91 234 5678", "+84 91 234 5678"),
            ("024 3825 3536", "024 3825 3536"),
            ("CCCD 001099012345, phường", "001099012345"),
            ("001 099 012 345", "001 099 012 345"),
            ("viết cho nam.nguyen@example.vn.", "nam.nguyen@example.vn"),
        ] {
            assert_eq!(number_in(text), Some(number), "{text}");
        }
    }

    #[test]
    fn codes_dates_and_sums_are_nobodys_numbers() {
        for text in [
            "",
            "12/BB-UBND ngày 05/07/2023",
            "000.00.01.H26-230101-0001",
            "H26.05-07-2023-0001",
            "05.07.2023 10 hồ sơ",
            "05 07 2023 10",
            "1.012.345.678 đồng",
            "1.004194.000.00.00.H26",
            "QĐ 280/QĐ-UBND, 11-1-2023",
            "097099012345",
            "101001240735",
            "09123456789012",
            "@ phường Cửa Nam",
            "20230912345678",
            "từ 0 đến 100 000 000 000 đồng",
        ] {
            assert_eq!(number_in(text), None, "{text}");
        }
    }
}
