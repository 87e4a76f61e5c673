//! Charts and rows out: bytes for people's own programs.

pub mod csv;
pub mod png;
