//! Every address of the product is written here: pages, chart pictures, downloads.

use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use thuocdo::overview::Opens;
use thuocdo::{
    address::Address,
    agency::Level,
    charts::About,
    dialogue_report::{DialogueFigure, IssueFigure, Only},
    filter::{Filter, Measured},
    lang::Lang,
    petition_report::{Group, PetitionFigure},
    plan::Indicator,
    sheets::TableName,
};

/// The overview.
pub const OVERVIEW: &str = "/";
/// Case files.
pub const CASE_FILES: &str = "/ho-so";
/// Dialogues.
pub const DIALOGUES: &str = "/doi-thoai";
/// The yearly indexes.
pub const INDEXES: &str = "/chi-so";
/// Petitions.
pub const PETITIONS: &str = "/phan-anh";
/// Names and codes, searched.
pub const SEARCH: &str = "/tim-kiem";
/// Files handed in, imports, how fresh the sources are.
pub const DATA: &str = "/du-lieu";
/// Reports, and what a downloaded file says of itself.
pub const REPORTS: &str = "/bao-cao";
/// Where charts stand under their own address.
#[cfg(feature = "ssr")]
pub const CHARTS: &str = "/bieu-do";

/// Where tables stand under their own address.
pub const TABLES: &str = "/bang";

/// A page in a state.
#[must_use]
pub fn page(path: &str, address: &Address) -> String {
    format!("{path}{}", address.query())
}

/// The page of a file handed in.
#[must_use]
pub fn upload(address: &Address, id: u64) -> String {
    page(DATA, &Address { upload: Some(id), ..address.bare() })
}

/// What undoing a batch would do.
#[must_use]
pub fn undo(address: &Address, batch_id: i64) -> String {
    format!("{}#hoan-tac", page(DATA, &Address { undo: Some(batch_id), ..address.bare() }))
}

/// What is done with a file handed in: where its form goes.
#[cfg(feature = "ssr")]
#[must_use]
pub fn upload_action(id: u64, action: &str, lang: Lang) -> String {
    let query = Address { lang, ..Address::default() }.query();
    format!("{DATA}/tep/{id}/{action}{query}")
}

/// The same page in another language. Vietnamese is said too: it takes back what the browser remembers.
#[must_use]
pub fn in_language(path: &str, address: &Address, lang: Lang) -> String {
    let query = Address { lang: Lang::default(), ..address.clone() }.query();
    let joint = if query.is_empty() { "?" } else { "&" };
    format!("{path}{query}{joint}lang={}", lang.as_str())
}

/// The same page for another agency; its list is closed, and nothing is assumed: that was about the one before.
#[must_use]
pub fn agency(path: &str, address: &Address, code: Option<&str>) -> String {
    let filter = Filter { agency: code.map(str::to_owned), level: None, ..address.filter.clone() };
    page(path, &Address { filter, ..address.bare() })
}

/// The list behind a figure of the page.
#[must_use]
pub fn list(address: &Address, measured: Measured) -> String {
    let listed = Address { list: Some(measured), page: None, ..address.clone() };
    format!("{}#danh-sach", page(CASE_FILES, &listed))
}

/// A list as a workbook.
#[must_use]
pub fn list_file(address: &Address) -> String {
    let whole = Address { page: None, ..address.clone() };
    format!("{CASE_FILES}/danh-sach.xlsx{}", whole.query())
}

/// A list as PDF.
#[cfg(feature = "ssr")]
#[must_use]
pub fn list_pdf(address: &Address) -> String {
    list_file(address).replacen(".xlsx", ".pdf", 1)
}

/// The list behind a figure of an agency; with a level, of its own desk alone.
#[must_use]
pub fn agency_list(address: &Address, agency: &str, own_desk: Option<Level>, measured: Measured) -> String {
    let level = own_desk.or(address.filter.level);
    let filter = Filter { agency: Some(agency.to_owned()), level, ..address.filter.clone() };
    list(&Address { filter, ..address.clone() }, measured)
}

/// The offices behind a figure of the page on dialogues; `None` shows them all.
#[must_use]
pub fn dialogues(address: &Address, only: Option<Only>) -> String {
    let listed = Address { only, ..address.bare() };
    format!("{}#ma-tran", page(DIALOGUES, &listed))
}

/// The offices with a dialogue in one priority field.
#[must_use]
pub fn dialogues_in_field(address: &Address, field: &str) -> String {
    let filter = Filter { field: Some(field.to_owned()), ..address.filter.clone() };
    dialogues(&Address { filter, ..address.clone() }, Some(Only::InField))
}

/// The dialogues behind a number of the calendar.
#[must_use]
pub fn dialogue_list(address: &Address, figure: DialogueFigure) -> String {
    let listed = Address { dialogue_list: Some(figure), ..address.bare() };
    format!("{}#danh-sach", page(DIALOGUES, &listed))
}

/// The issues behind a figure.
#[must_use]
pub fn issue_list(address: &Address, figure: IssueFigure) -> String {
    let listed = Address { issue_list: Some(figure), ..address.bare() };
    format!("{}#vuong-mac", page(DIALOGUES, &listed))
}

/// The page on dialogues of one office with what is below it, or of its offices of one level.
#[must_use]
pub fn dialogues_of(address: &Address, agency: &str, level: Option<Level>) -> String {
    let filter = Filter { agency: Some(agency.to_owned()), level, ..address.filter.clone() };
    let of = Address { filter, ..address.bare() };
    page(DIALOGUES, &of)
}

/// The list behind a figure of the page on petitions.
#[must_use]
pub fn petition_list(address: &Address, figure: PetitionFigure) -> String {
    let listed = Address { petition_list: Some(figure), ..address.bare() };
    format!("{}#danh-sach", page(PETITIONS, &listed))
}

/// The page on petitions for one line of its tables, with the list behind a figure of that line.
#[must_use]
pub fn petition_group(address: &Address, group: &Group, figure: Option<PetitionFigure>) -> String {
    let mut to = address.bare();
    match group {
        Group::Agency { code, own_desk } => {
            to.filter.agency = Some(code.clone());
            // A way down leaves the level; a list keeps it, or asks for the own desk alone.
            to.filter.level = own_desk.or(to.filter.level.filter(|_| figure.is_some()));
        }
        Group::Kind(kind) => to.kind = Some(*kind),
        Group::Channel(channel) => to.filter.channel = Some(*channel),
    }
    match figure {
        Some(figure) => petition_list(&to, figure),
        None => page(PETITIONS, &to),
    }
}

/// The page on case files for a narrower or wider part; its list is closed.
#[must_use]
pub fn part(address: &Address, change: impl FnOnce(&mut Filter)) -> String {
    let mut to = address.bare();
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChartName {
    /// The on-time rate by month.
    Months,
    /// Who makes up the gap.
    Gap,
    /// PAR INDEX by year.
    ParIndexYears,
    /// SIPAS by year.
    SipasYears,
    /// The on-time rate by agency and month.
    HeatMap,
    /// The on-time rate by the number of files.
    Funnel,
    /// The on-time rate by month between the limits of its noise.
    Signal,
    /// The petitions in time by month.
    PetitionMonths,
    /// How many petitions were decided in each month.
    PetitionCounts,
    /// The petitions in time by month between the limits of their noise.
    PetitionSignal,
    /// Dialogues by month.
    DialogueMonths,
    /// The city's own surveys.
    OwnSurveys,
    /// The small trend of one indicator.
    Spark(Indicator),
}

impl ChartName {
    /// Every chart.
    pub const ALL: [Self; 16] = [
        Self::Months,
        Self::Gap,
        Self::HeatMap,
        Self::Funnel,
        Self::Signal,
        Self::PetitionMonths,
        Self::PetitionCounts,
        Self::PetitionSignal,
        Self::DialogueMonths,
        Self::OwnSurveys,
        Self::ParIndexYears,
        Self::SipasYears,
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
            Self::ParIndexYears => "par-index-theo-nam",
            Self::SipasYears => "sipas-theo-nam",
            Self::HeatMap => "don-vi-theo-thang",
            Self::Funnel => "don-vi-theo-so-ho-so",
            Self::Signal => "bien-dong-ho-so",
            Self::PetitionMonths => "phan-anh-theo-thang",
            Self::PetitionCounts => "so-phan-anh-theo-thang",
            Self::PetitionSignal => "bien-dong-phan-anh",
            Self::DialogueMonths => "doi-thoai-theo-thang",
            Self::OwnSurveys => "khao-sat-noi-bo",
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

/// What a mark of a chart opens; `None` where it says nothing more than itself.
#[must_use]
pub fn about(name: ChartName, about: &About, address: &Address) -> Option<String> {
    if *about == About::default() {
        return None;
    }
    let mut to = address.bare();
    if let Some(period) = about.period {
        to = to.of_period(period);
    }
    if let (ChartName::Gap, Some(agency)) = (name, &about.agency) {
        return Some(agency_list(&to, agency, about.own_desk, Measured::Late));
    }
    if let Some(agency) = &about.agency {
        // A way down leaves the level.
        to.filter.agency = Some(agency.clone());
        to.filter.level = about.own_desk;
    }
    Some(match name {
        ChartName::Months | ChartName::HeatMap | ChartName::Funnel | ChartName::Signal => {
            page(CASE_FILES, &to)
        }
        ChartName::PetitionMonths | ChartName::PetitionCounts | ChartName::PetitionSignal => {
            page(PETITIONS, &to)
        }
        ChartName::DialogueMonths => page(DIALOGUES, &to),
        ChartName::OwnSurveys | ChartName::ParIndexYears | ChartName::SipasYears => page(INDEXES, &to),
        ChartName::Gap | ChartName::Spark(_) => return None,
    })
}

/// The rows behind a sentence of the overview.
#[cfg(feature = "ssr")]
#[must_use]
pub fn behind(opens: Opens, address: &Address) -> String {
    match opens {
        Opens::CaseFiles(figure) => list(address, figure),
        Opens::Petitions(figure) => petition_list(address, figure),
        Opens::Offices(only, half_year) => dialogues(&address.of_period(half_year), Some(only)),
        Opens::Issues(figure) => issue_list(address, figure),
    }
}

/// A chart on its page.
#[cfg(feature = "ssr")]
#[must_use]
pub fn figure(name: ChartName, address: &Address) -> String {
    let path = match name {
        ChartName::Months | ChartName::Gap | ChartName::HeatMap | ChartName::Funnel | ChartName::Signal => {
            CASE_FILES
        }
        ChartName::PetitionMonths | ChartName::PetitionCounts | ChartName::PetitionSignal => PETITIONS,
        ChartName::DialogueMonths => DIALOGUES,
        ChartName::OwnSurveys | ChartName::ParIndexYears | ChartName::SipasYears => INDEXES,
        // The small trend stands in the row of its indicator.
        ChartName::Spark(indicator) => return format!("{}#{}", page(OVERVIEW, address), indicator.as_str()),
    };
    format!("{}#{}", page(path, address), name.as_str())
}

/// The page of a table.
#[cfg(feature = "ssr")]
#[must_use]
pub fn page_of(name: TableName) -> &'static str {
    match name {
        TableName::Agencies | TableName::Fields | TableName::Levels | TableName::Procedures => CASE_FILES,
        TableName::PetitionAgencies
        | TableName::PetitionKinds
        | TableName::PetitionChannels
        | TableName::Petitions => PETITIONS,
        TableName::Offices | TableName::Issues => DIALOGUES,
        TableName::Criteria => INDEXES,
    }
}

/// What a table can be had as, with the word for it.
pub const TABLE_FORMS: [(&str, &str); 4] =
    [("xlsx", "Excel"), ("csv", "CSV"), ("pdf", "PDF"), ("json", "JSON")];

/// A table as a file. Of single rows the file has those of the figure that is open.
#[must_use]
pub fn table(name: TableName, form: &str, address: &Address) -> String {
    let shown = Address {
        petition_list: address.petition_list.filter(|_| name == TableName::Petitions),
        issue_list: address.issue_list.filter(|_| name == TableName::Issues),
        ..address.bare()
    };
    format!("{TABLES}/{}.{form}{}", name.as_str(), shown.query())
}

/// A chart as a file: a form such as `svg`, and what else is said of it, such as `size=word`.
#[cfg(feature = "ssr")]
#[must_use]
pub fn chart(name: ChartName, form: &str, more: &str, address: &Address) -> String {
    let query = address.bare().query();
    let joint = match (query.is_empty(), more.is_empty()) {
        (_, true) => "",
        (true, false) => "?",
        (false, false) => "&",
    };
    format!("{CHARTS}/{}.{form}{query}{joint}{more}", name.as_str())
}
