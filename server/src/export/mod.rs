//! Charts and rows out: bytes for people's own programs.

pub mod brief;
pub mod case_file_list;
pub mod csv;
pub mod form_06a;
pub mod form_07b;
pub mod json;
pub mod passport;
pub mod pdf;
pub mod png;
mod printed;
pub mod xlsx;
