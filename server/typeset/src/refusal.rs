//! Why a template could not be set.

use std::fmt;

/// What is wrong with a template, where it is, and what may help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Refusal {
    /// The compiler's words, in English.
    pub message: String,
    /// The file, its line and its column, each from one.
    pub place: Option<(String, usize, usize)>,
    /// What the compiler proposes.
    pub hints: Vec<String>,
}

impl Refusal {
    pub(crate) fn of(error: &impl fmt::Display) -> Self {
        Self { message: error.to_string(), place: None, hints: Vec::new() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, place, hints } = self;
        let [mut vi, mut en] = ["mẫu văn bản có chỗ sai".to_owned(), "the template is wrong".to_owned()];
        if let Some((file, line, column)) = place {
            vi.push_str(&format!(" ở {file}, dòng {line}, cột {column}"));
            en.push_str(&format!(" in {file}, line {line}, column {column}"));
        }
        write!(f, "{vi}: {message}")?;
        for hint in hints {
            write!(f, " ({hint})")?;
        }
        write!(f, " / {en}: {message}")
    }
}
