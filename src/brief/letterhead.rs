//! What stands around the text of an official document: who issues it, to whom, who signs (Decree 30/2020/NĐ-CP, Article 8
//! and appendix I). What is not filled in is a dotted line in the document, never a guess.

use serde::{Deserialize, Serialize};

use crate::text::printable;

/// Letters of a line at most.
pub const LONGEST: usize = 200;
/// Addressees and copies at most.
const LINES_AT_MOST: usize = 20;

/// The frame of a brief. Empty texts are not filled in yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letterhead {
    /// The agency above: `ỦY BAN NHÂN DÂN THÀNH PHỐ …`.
    pub superior: String,
    /// The agency that issues it: `VĂN PHÒNG`.
    pub issuer: String,
    /// What follows the number: `BC-VP`.
    pub symbol: String,
    /// The place before the date.
    pub place: String,
    /// `Kính gửi`, a line for each.
    pub addressees: Vec<String>,
    /// `Nơi nhận`, a line for each.
    pub copies: Vec<String>,
    /// The office of the one who signs: `CHÁNH VĂN PHÒNG`.
    pub signer_title: String,
    /// The name of the one who signs.
    pub signer_name: String,
}

/// A line that cannot be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterheadError {
    /// Too long.
    #[error(
        "một dòng của đầu văn bản dài hơn 200 ký tự: hãy viết ngắn lại / \
         a line of the letterhead is longer than 200 letters: make it shorter"
    )]
    TooLong,
    /// Too many lines.
    #[error(
        "quá 20 dòng nơi gửi hoặc nơi nhận: hãy gộp lại / more than 20 addressees or copies: put some together"
    )]
    TooMany,
}

impl Letterhead {
    /// The same with every line trimmed, made of single spaces, and without empty ones among addressees and copies.
    ///
    /// # Errors
    /// When a line is too long or there are too many.
    pub fn checked(self) -> Result<Self, LetterheadError> {
        let line = |text: String| {
            let text = printable(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            if text.chars().count() > LONGEST { Err(LetterheadError::TooLong) } else { Ok(text) }
        };
        let lines = |texts: Vec<String>| {
            let texts = texts.into_iter().map(line).collect::<Result<Vec<_>, _>>()?;
            let texts: Vec<_> = texts.into_iter().filter(|text| !text.is_empty()).collect();
            if texts.len() > LINES_AT_MOST { Err(LetterheadError::TooMany) } else { Ok(texts) }
        };
        Ok(Self {
            superior: line(self.superior)?,
            issuer: line(self.issuer)?,
            symbol: line(self.symbol)?,
            place: line(self.place)?,
            addressees: lines(self.addressees)?,
            copies: lines(self.copies)?,
            signer_title: line(self.signer_title)?,
            signer_name: line(self.signer_name)?,
        })
    }
}
