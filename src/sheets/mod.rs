//! The tables of the pages as a whole, for files of their own: every row, codes beside names, numbers as numbers.

mod case_files;
mod dialogues;
mod indexes;
mod petitions;
#[cfg(test)]
mod tests;

pub use self::{
    case_files::{agencies, fields, levels, procedures},
    dialogues::{issues, offices},
    indexes::criteria,
    petitions::{groups, petitions},
};
use crate::{
    charts::{
        Chart, Unit,
        values::{Value, Values},
    },
    lang::Lang,
    rate::Rate,
};

/// Numbers with what they are about: what a table is handed out with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it shows, or its finding.
    pub title: String,
    /// What is measured, for which period and which agencies.
    pub subtitle: String,
    /// What the eye would see; of a table nothing more than the title.
    pub description: String,
    /// Source, as-of date, definition.
    pub source: String,
    /// Whether the data were made up.
    pub is_invented: bool,
    /// The language of its words.
    pub lang: Lang,
    /// The numbers.
    pub values: Values,
}

impl Sheet {
    /// The numbers of a chart.
    #[must_use]
    pub fn of(chart: &Chart) -> Self {
        Self {
            title: chart.title.clone(),
            subtitle: chart.subtitle.clone(),
            description: chart.description.clone(),
            source: chart.source.clone(),
            is_invented: chart.invented,
            lang: chart.words.lang,
            values: Values::of(chart),
        }
    }
}

/// A table of the pages. The words stand in addresses: `/bang/don-vi.xlsx`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableName {
    /// Case files by agency.
    Agencies,
    /// Case files by field.
    Fields,
    /// Case files by level.
    Levels,
    /// Late case files by procedure.
    Procedures,
    /// Petitions by agency.
    PetitionAgencies,
    /// Petitions by what they are about.
    PetitionKinds,
    /// Petitions by the way they came.
    PetitionChannels,
    /// The petitions behind a figure.
    Petitions,
    /// Offices by half-year.
    Offices,
    /// Issues raised in dialogues.
    Issues,
    /// The criteria of the city's own score.
    Criteria,
}

impl TableName {
    /// All of them, in the order of the pages.
    pub const ALL: [Self; 11] = [
        Self::Agencies,
        Self::Fields,
        Self::Levels,
        Self::Procedures,
        Self::PetitionAgencies,
        Self::PetitionKinds,
        Self::PetitionChannels,
        Self::Petitions,
        Self::Offices,
        Self::Issues,
        Self::Criteria,
    ];

    /// The word in its address and the name of a downloaded file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agencies => "ho-so-theo-don-vi",
            Self::Fields => "ho-so-theo-linh-vuc",
            Self::Levels => "ho-so-theo-cap",
            Self::Procedures => "ho-so-tre-theo-thu-tuc",
            Self::PetitionAgencies => "phan-anh-theo-don-vi",
            Self::PetitionKinds => "phan-anh-theo-loai",
            Self::PetitionChannels => "phan-anh-theo-kenh",
            Self::Petitions => "phan-anh-danh-sach",
            Self::Offices => "doi-thoai-theo-don-vi",
            Self::Issues => "vuong-mac",
            Self::Criteria => "tieu-chi",
        }
    }

    /// The table of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == word)
    }

    /// What it shows.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Agencies => lang.of("Hồ sơ theo đơn vị", "Case files by agency"),
            Self::Fields => lang.of("Hồ sơ theo lĩnh vực", "Case files by field"),
            Self::Levels => lang.of("Hồ sơ theo cấp", "Case files by level"),
            Self::Procedures => lang.of("Hồ sơ trễ theo thủ tục", "Late case files by procedure"),
            Self::PetitionAgencies => lang.of("Phản ánh, kiến nghị theo đơn vị", "Petitions by agency"),
            Self::PetitionKinds => lang.of("Phản ánh, kiến nghị theo loại", "Petitions by kind"),
            Self::PetitionChannels => lang.of("Phản ánh, kiến nghị theo kênh", "Petitions by channel"),
            Self::Petitions => lang.of("Danh sách phản ánh, kiến nghị", "List of petitions"),
            Self::Offices => {
                lang.of("Đối thoại theo đơn vị và kỳ 6 tháng", "Dialogues by office and half-year")
            }
            Self::Issues => lang.of("Vướng mắc nêu trong đối thoại", "Issues raised in dialogues"),
            Self::Criteria => lang.of("Tiêu chí tự chấm điểm", "Criteria of the city's own score"),
        }
    }
}

/// Heads in a language.
fn heads<const N: usize>(lang: Lang, heads: [(&str, &str); N]) -> Vec<String> {
    heads.map(|(vi, en)| lang.of(vi, en).to_owned()).to_vec()
}

fn text(words: impl Into<String>) -> Value {
    let words = words.into();
    if words.is_empty() { Value::Empty } else { Value::Text(words) }
}

fn percent(rate: Rate) -> Value {
    rate.floored().map_or(Value::Empty, |rate| Value::Of(Unit::Percent, rate))
}

fn day(day: Option<chrono::NaiveDate>) -> Value {
    day.map_or(Value::Empty, Value::Day)
}
