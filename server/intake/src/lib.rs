//! Reading files: bytes of a CSV or XLSX file in, typed rows and every problem of each row out.
//!
//! ```text
//! source (CSV, XLSX or NDJSON by content) → record (cells of one row) → columns (which cell is which column)
//!        → cells (typed) → one reader per kind → Line { row, problems }
//! ```
//!
//! Invariant: memory does not grow with a CSV file, and nothing here panics on any input. What one row alone cannot
//! tell (codes given twice, unknown agencies, what was stored before) is the store's business.

mod case_files;
mod cells;
mod columns;
mod csv;
mod dates;
pub mod desk;
mod dialogues;
mod encoding;
mod file_error;
mod guard;
mod halves;
mod indexes;
mod kind;
mod lists;
mod mapping;
mod ndjson;
mod numbers;
mod personal;
mod petitions;
mod plans;
mod problem;
mod reader;
mod record;
mod set_aside;
mod sheet;
mod source;
mod take_in;
mod unpack;
mod words;
mod xlsx;

#[cfg(test)]
mod tests;

use store::Whose;
use thuocdo::{
    agency, case_file, criterion, dialogue, petition, plan, procedure, survey, working_days, yearly_index,
};

pub use columns::{Column, template};
pub use file_error::{FileError, Foreign};
pub use halves::halves;
pub use kind::{Kind, ParseKindError};
pub use mapping::{Mapping, MappingError};
pub use problem::{Code, Problem, Severity};
pub use reader::{Limits, Peeked, Reader};
pub use set_aside::{SetAside, SetAsideError};
pub use take_in::{IntakeError, News, Outcome, take_in};

/// What a row of a file says, in the words of the core.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Agency(agency::Row),
    Field(procedure::FieldRow),
    Procedure(procedure::Row),
    Holiday(working_days::HolidayRow),
    Target(plan::Target),
    CaseFile(case_file::Row),
    Petition(petition::Row),
    Dialogue(dialogue::Row),
    DialogueIssue(dialogue::IssueRow),
    Survey(survey::Row),
    YearlyIndex(yearly_index::Edition),
    Criterion(criterion::Row),
}

impl Row {
    /// Whose the row is, as far as a row says so itself.
    #[must_use]
    fn whose(&self, line: u64) -> Whose {
        let (agency_code, code) = match self {
            Self::CaseFile(row) => (&row.agency_code, row.case_code.as_str()),
            Self::Petition(row) => (&row.agency_code, row.petition_code.as_str()),
            Self::Dialogue(row) => (&row.agency_code, row.dialogue_code.as_str()),
            Self::Survey(row) => (&row.agency_code, ""),
            // Of these none says so, and nobody bound to an agency brings them.
            Self::Agency(_)
            | Self::Field(_)
            | Self::Procedure(_)
            | Self::Holiday(_)
            | Self::Target(_)
            | Self::DialogueIssue(_)
            | Self::YearlyIndex(_)
            | Self::Criterion(_) => return Whose { line, agency_code: String::new(), code: String::new() },
        };
        Whose { line, agency_code: agency_code.clone(), code: code.to_owned() }
    }

    /// Whether the store, which knows what was there before, may still set the row aside.
    fn may_be_set_aside_later(&self) -> bool {
        match self {
            Self::DialogueIssue(_) => true,
            Self::CaseFile(row) => case_files::may_lack_completion(row),
            _ => false,
        }
    }
}

/// One row of a file: what it says, or why it was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line the row begins on, counted from 1; in a workbook the row's number.
    pub line: u64,
    /// What it says. `None`: set aside, because of at least one hard problem.
    pub row: Option<Row>,
    /// Every problem of the row, in the order of the columns.
    pub problems: Vec<Problem>,
    /// The cells as the file has them, for the file of rows set aside; empty when nothing can keep the row out any more.
    pub cells: Vec<String>,
}
