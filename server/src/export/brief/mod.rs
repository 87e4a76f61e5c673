//! The monthly brief on paper and in Word: one document, two ways to write it out.

mod docx;
mod pdf;

pub use self::{docx::docx, pdf::pdf};

/// The type of a document of Word.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
