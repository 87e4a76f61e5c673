//! Every address of the product is written here: pages, chart pictures, downloads.

use thuocdo::{
    address::Address,
    agency::Level,
    filter::{Filter, Measured},
    plan::Indicator,
};

/// The overview.
pub const OVERVIEW: &str = "/";
/// Case files.
pub const CASE_FILES: &str = "/ho-so";
/// Where charts stand under their own address.
pub const CHARTS: &str = "/bieu-do";

/// A page in a state.
#[must_use]
pub fn page(path: &str, address: &Address) -> String {
    format!("{path}{}", address.query())
}

/// The same page for another agency; its list is closed.
#[must_use]
pub fn agency(path: &str, address: &Address, code: Option<&str>) -> String {
    let filter = Filter { agency: code.map(str::to_owned), level: None, ..address.filter.clone() };
    page(path, &Address { filter, list: None, page: None, ..address.clone() })
}

/// The list behind a figure of the page.
#[must_use]
pub fn list(address: &Address, measured: Measured) -> String {
    let listed = Address { list: Some(measured), page: None, ..address.clone() };
    format!("{}#danh-sach", page(CASE_FILES, &listed))
}

/// The list behind a figure of an agency; with a level, of its own desk alone.
#[must_use]
pub fn agency_list(address: &Address, agency: &str, own_desk: Option<Level>, measured: Measured) -> String {
    let level = own_desk.or(address.filter.level);
    let filter = Filter { agency: Some(agency.to_owned()), level, ..address.filter.clone() };
    list(&Address { filter, ..address.clone() }, measured)
}

/// The page on case files for a narrower or wider part; its list is closed.
#[must_use]
pub fn part(address: &Address, change: impl FnOnce(&mut Filter)) -> String {
    let mut to = Address { list: None, page: None, ..address.clone() };
    change(&mut to.filter);
    page(CASE_FILES, &to)
}

/// The list behind a figure of a narrower part.
#[must_use]
pub fn part_list(address: &Address, measured: Measured, change: impl FnOnce(&mut Filter)) -> String {
    let mut to = address.clone();
    change(&mut to.filter);
    list(&to, measured)
}

/// A chart that has an address of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartName {
    /// The on-time rate by month.
    Months,
    /// Who makes up the gap.
    Gap,
    /// The small trend of one indicator.
    Spark(Indicator),
}

impl ChartName {
    /// Every chart.
    pub const ALL: [Self; 6] = [
        Self::Months,
        Self::Gap,
        Self::Spark(Indicator::OnTimeReturns),
        Self::Spark(Indicator::PetitionsInTime),
        Self::Spark(Indicator::ParIndex),
        Self::Spark(Indicator::Sipas),
    ];

    /// The word in its address and the name of a downloaded file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Months => "ho-so-theo-thang",
            Self::Gap => "don-vi-co-ho-so-tre",
            Self::Spark(Indicator::OnTimeReturns) => "ho-so-dung-han",
            Self::Spark(Indicator::PetitionsInTime) => "phan-anh-kip-thoi",
            Self::Spark(Indicator::DialoguesHeld) => "doi-thoai",
            Self::Spark(Indicator::ParIndex) => "par-index",
            Self::Spark(Indicator::Sipas) => "sipas",
        }
    }

    /// The chart of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == word)
    }
}

/// A chart as a file: `svg`, `png` or `csv`.
#[must_use]
pub fn chart(name: ChartName, form: &str, address: &Address) -> String {
    let plain = Address { list: None, page: None, ..address.clone() };
    format!("{CHARTS}/{}.{form}{}", name.as_str(), plain.query())
}
