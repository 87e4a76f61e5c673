//! The provinces of a year: those whose values are held, by rank, and of how many that is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::yearly_index::{self, Edition, Index, NATION, Value};

/// The 63 provinces and cities of the years 2008 to mid-2025, by statistical code (QĐ 124/2004/QĐ-TTg).
const NAMES: [(&str, &str); 63] = [
    ("01", "Hà Nội"),
    ("02", "Hà Giang"),
    ("04", "Cao Bằng"),
    ("06", "Bắc Kạn"),
    ("08", "Tuyên Quang"),
    ("10", "Lào Cai"),
    ("11", "Điện Biên"),
    ("12", "Lai Châu"),
    ("14", "Sơn La"),
    ("15", "Yên Bái"),
    ("17", "Hoà Bình"),
    ("19", "Thái Nguyên"),
    ("20", "Lạng Sơn"),
    ("22", "Quảng Ninh"),
    ("24", "Bắc Giang"),
    ("25", "Phú Thọ"),
    ("26", "Vĩnh Phúc"),
    ("27", "Bắc Ninh"),
    ("30", "Hải Dương"),
    ("31", "Hải Phòng"),
    ("33", "Hưng Yên"),
    ("34", "Thái Bình"),
    ("35", "Hà Nam"),
    ("36", "Nam Định"),
    ("37", "Ninh Bình"),
    ("38", "Thanh Hoá"),
    ("40", "Nghệ An"),
    ("42", "Hà Tĩnh"),
    ("44", "Quảng Bình"),
    ("45", "Quảng Trị"),
    ("46", "Thừa Thiên Huế"),
    ("48", "Đà Nẵng"),
    ("49", "Quảng Nam"),
    ("51", "Quảng Ngãi"),
    ("52", "Bình Định"),
    ("54", "Phú Yên"),
    ("56", "Khánh Hoà"),
    ("58", "Ninh Thuận"),
    ("60", "Bình Thuận"),
    ("62", "Kon Tum"),
    ("64", "Gia Lai"),
    ("66", "Đắk Lắk"),
    ("67", "Đắk Nông"),
    ("68", "Lâm Đồng"),
    ("70", "Bình Phước"),
    ("72", "Tây Ninh"),
    ("74", "Bình Dương"),
    ("75", "Đồng Nai"),
    ("77", "Bà Rịa - Vũng Tàu"),
    ("79", "TP. Hồ Chí Minh"),
    ("80", "Long An"),
    ("82", "Tiền Giang"),
    ("83", "Bến Tre"),
    ("84", "Trà Vinh"),
    ("86", "Vĩnh Long"),
    ("87", "Đồng Tháp"),
    ("89", "An Giang"),
    ("91", "Kiên Giang"),
    ("92", "Cần Thơ"),
    ("93", "Hậu Giang"),
    ("94", "Sóc Trăng"),
    ("95", "Bạc Liêu"),
    ("96", "Cà Mau"),
];

/// A province by its code; a code nobody knows stands for itself.
#[must_use]
pub fn province_name(code: &str) -> &str {
    NAMES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

/// The provinces of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provinces {
    /// Of which year.
    pub year: i32,
    /// Of how many provinces the ranking is.
    pub of: i32,
    /// Name, rank and score in hundredths of those held, the first in the ranking first; unranked ones last.
    pub lines: Vec<(String, Option<i32>, Option<i64>)>,
}

/// The provinces of a year whose value was known at `as_of` and is not in conflict.
pub(super) fn of_year(
    editions: &[Edition],
    index: Index,
    year: i32,
    as_of: NaiveDate,
) -> Vec<(String, Value)> {
    let mut codes: Vec<&str> = editions
        .iter()
        .filter(|edition| edition.index == index && edition.year == year && edition.province_code != NATION)
        .map(|edition| edition.province_code.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let value =
        |code: &str| yearly_index::known(editions, index, code, as_of).into_iter().find(|v| v.year == year);
    let mut held: Vec<(String, Value)> = codes
        .into_iter()
        .filter_map(|code| Some((code.to_owned(), value(code)?)))
        .filter(|(_, value)| value.rank.is_some() || value.score.is_some())
        .collect();
    held.sort_by_key(|(_, value)| (value.rank.is_none(), value.rank, value.score.map(|score| -score)));
    held
}

/// The table of a year.
pub(super) fn table(editions: &[Edition], index: Index, year: i32, as_of: NaiveDate) -> Provinces {
    let held = of_year(editions, index, year, as_of);
    let of = held.iter().filter_map(|(_, value)| value.of).max().unwrap_or(63);
    let line = |(code, value): (String, Value)| (province_name(&code).to_owned(), value.rank, value.score);
    Provinces { year, of, lines: held.into_iter().map(line).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_has_a_code_of_its_own() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0), "in order, none twice");
        assert_eq!((province_name("22"), province_name("99")), ("Quảng Ninh", "99"));
    }
}
