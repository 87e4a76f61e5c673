//! The twelve kinds of data that come in from files, and their names.

use std::{fmt, str::FromStr};

use thuocdo::lang::Lang;

use super::{Row, case_files, cells::Cells, columns::Column, dialogues, indexes, lists, petitions, plans};

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Agencies,
    Fields,
    Procedures,
    Holidays,
    Targets,
    CaseFiles,
    Petitions,
    Dialogues,
    DialogueIssues,
    Surveys,
    YearlyIndexes,
    Criteria,
}

impl Kind {
    /// Every kind, those that others refer to first.
    pub const ALL: [Self; 12] = [
        Self::Agencies,
        Self::Fields,
        Self::Procedures,
        Self::Holidays,
        Self::Targets,
        Self::CaseFiles,
        Self::Petitions,
        Self::Dialogues,
        Self::DialogueIssues,
        Self::Surveys,
        Self::YearlyIndexes,
        Self::Criteria,
    ];

    /// The word in commands, addresses and mappings.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agencies => "agencies",
            Self::Fields => "fields",
            Self::Procedures => "procedures",
            Self::Holidays => "holidays",
            Self::Targets => "targets",
            Self::CaseFiles => "case-files",
            Self::Petitions => "petitions",
            Self::Dialogues => "dialogues",
            Self::DialogueIssues => "dialogue-issues",
            Self::Surveys => "surveys",
            Self::YearlyIndexes => "yearly-indexes",
            Self::Criteria => "criteria",
        }
    }

    /// The word on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Agencies => lang.of("Đơn vị", "Agencies"),
            Self::Fields => lang.of("Lĩnh vực", "Fields"),
            Self::Procedures => lang.of("Thủ tục hành chính", "Procedures"),
            Self::Holidays => lang.of("Ngày nghỉ", "Days off"),
            Self::Targets => lang.of("Chỉ tiêu", "Targets"),
            Self::CaseFiles => lang.of("Hồ sơ", "Case files"),
            Self::Petitions => lang.of("Phản ánh, kiến nghị", "Petitions"),
            Self::Dialogues => lang.of("Đối thoại", "Dialogues"),
            Self::DialogueIssues => lang.of("Vướng mắc nêu trong đối thoại", "Issues raised in dialogues"),
            Self::Surveys => lang.of("Khảo sát hài lòng", "Satisfaction surveys"),
            Self::YearlyIndexes => lang.of("Chỉ số công bố hằng năm", "Yearly indexes"),
            Self::Criteria => lang.of("Tiêu chí tự chấm", "Self-scoring criteria"),
        }
    }

    /// Its columns, in the order of the template.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Agencies => lists::AGENCY_COLUMNS,
            Self::Fields => lists::FIELD_COLUMNS,
            Self::Procedures => lists::PROCEDURE_COLUMNS,
            Self::Holidays => lists::HOLIDAY_COLUMNS,
            Self::Targets => plans::TARGET_COLUMNS,
            Self::CaseFiles => case_files::COLUMNS,
            Self::Petitions => petitions::COLUMNS,
            Self::Dialogues => dialogues::COLUMNS,
            Self::DialogueIssues => dialogues::ISSUE_COLUMNS,
            Self::Surveys => indexes::SURVEY_COLUMNS,
            Self::YearlyIndexes => indexes::COLUMNS,
            Self::Criteria => plans::CRITERION_COLUMNS,
        }
    }

    /// Reads the cells of one row; `None` where a needed one says nothing usable.
    pub(super) fn read(self, cells: &mut Cells<'_>) -> Option<Row> {
        match self {
            Self::Agencies => lists::agency(cells).map(Row::Agency),
            Self::Fields => lists::field(cells).map(Row::Field),
            Self::Procedures => lists::procedure(cells).map(Row::Procedure),
            Self::Holidays => lists::holiday(cells).map(Row::Holiday),
            Self::Targets => plans::target(cells).map(Row::Target),
            Self::CaseFiles => case_files::read(cells).map(Row::CaseFile),
            Self::Petitions => petitions::read(cells).map(Row::Petition),
            Self::Dialogues => dialogues::read(cells).map(Row::Dialogue),
            Self::DialogueIssues => dialogues::issue(cells).map(Row::DialogueIssue),
            Self::Surveys => indexes::survey(cells).map(Row::Survey),
            Self::YearlyIndexes => indexes::read(cells).map(Row::YearlyIndex),
            Self::Criteria => plans::criterion(cells).map(Row::Criterion),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "loại dữ liệu là một trong: {list} / the kind of data is one of: {list}",
    list = Kind::ALL.map(Kind::as_str).join(", ")
)]
pub struct ParseKindError;

impl FromStr for Kind {
    type Err = ParseKindError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(ParseKindError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!("files".parse::<Kind>().unwrap_err().to_string().contains("case-files"));
    }
}
