//! What a meeting concluded about a target: who sees to it, and by when. The next month's brief opens with it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{lang::Lang, period::Period, plan::Indicator, text::printable};

/// Letters of a conclusion at most.
const LONGEST: usize = 2_000;
/// Letters of an owner's name at most.
const LONGEST_OWNER: usize = 200;

/// One conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// The month that was spoken about.
    pub month: Period,
    /// The target.
    pub indicator: Indicator,
    /// What is to be done.
    pub conclusion: String,
    /// Who sees to it: an office, never a person's name.
    pub owner: String,
    /// By when.
    pub deadline: Option<NaiveDate>,
}

/// A conclusion that cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConclusionError {
    /// Too long.
    #[error(
        "kết luận dài hơn 2.000 ký tự: hãy viết gọn lại / the conclusion is longer than 2,000 letters: make it shorter"
    )]
    TooLong,
    /// The owner's name is too long.
    #[error("tên đơn vị chủ trì dài hơn 200 ký tự / the owner's name is longer than 200 letters")]
    OwnerTooLong,
    /// An owner or a deadline without anything to do.
    #[error(
        "chưa viết kết luận: hãy viết việc cần làm / the conclusion is missing: write what is to be done"
    )]
    Missing,
}

impl Conclusion {
    /// The same with its texts trimmed and without signs that do not print.
    ///
    /// # Errors
    /// When a text is too long, or an owner or a deadline stands alone.
    pub fn checked(self) -> Result<Self, ConclusionError> {
        let (conclusion, owner) = (printable(self.conclusion.trim()), printable(self.owner.trim()));
        if conclusion.chars().count() > LONGEST {
            return Err(ConclusionError::TooLong);
        }
        if owner.chars().count() > LONGEST_OWNER {
            return Err(ConclusionError::OwnerTooLong);
        }
        if conclusion.is_empty() && (!owner.is_empty() || self.deadline.is_some()) {
            return Err(ConclusionError::Missing);
        }
        Ok(Self { conclusion, owner, ..self })
    }

    /// Whether there is nothing to keep.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        self.conclusion.is_empty()
    }

    /// `Kết luận về tháng 8/2023: … Chủ trì: …; hạn 30/09/2023.`
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let month = self.month.label(lang);
        let conclusion = self.conclusion.trim_end_matches('.');
        let mut sentence = match lang {
            Lang::Vi => format!("Kết luận về {}: {conclusion}.", month.to_lowercase()),
            Lang::En => format!("Concluded about {month}: {conclusion}."),
        };
        if !self.owner.is_empty() {
            sentence.push_str(&format!(" {}: {}.", lang.of("Chủ trì", "Owner"), self.owner));
        }
        if let Some(deadline) = self.deadline {
            sentence.push_str(&format!(" {}: {}.", lang.of("Hạn", "Deadline"), lang.date(deadline)));
        }
        sentence
    }
}
