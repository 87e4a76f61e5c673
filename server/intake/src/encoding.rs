//! How a text file writes its letters: UTF-8, UTF-16 with or without its mark, or Windows-1258, the old Vietnamese code
//! page.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1258};

/// The mark at the beginning of some UTF-8 files.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// How a text file writes its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Windows1258,
    /// Nothing but ASCII so far: the first row with another letter decides.
    Undecided,
}

impl Encoding {
    /// The encoding of a file that begins with these bytes.
    pub(super) fn of(sample: &[u8]) -> Self {
        if sample.starts_with(b"\xff\xfe") {
            return Self::Utf16LittleEndian;
        }
        if sample.starts_with(b"\xfe\xff") {
            return Self::Utf16BigEndian;
        }
        if let Some(encoding) = Self::utf16_without_mark(sample) {
            return encoding;
        }
        if sample.is_ascii() {
            return Self::Undecided;
        }
        // One spoilt byte makes a UTF-8 file no Windows-1258 file: there the valid sequences would be chance.
        let (mut valid, mut invalid) = (0_usize, 0_usize);
        for chunk in sample.utf8_chunks() {
            valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            invalid += usize::from(!chunk.invalid().is_empty());
        }
        // The sample may end inside a letter.
        let is_cut = std::str::from_utf8(sample).is_err_and(|error| error.error_len().is_none());
        if is_cut || invalid < valid.max(1) { Self::Utf8 } else { Self::Windows1258 }
    }

    /// UTF-16 told by the zero that stands beside each separator, digit and plain letter, always on the same side.
    fn utf16_without_mark(sample: &[u8]) -> Option<Self> {
        let is_text = |byte: u8| byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r');
        let (mut little, mut big) = (0_usize, 0_usize);
        for pair in sample.chunks_exact(2) {
            match *pair {
                // No text has this letter: the file is binary.
                [0, 0] => return None,
                [letter, 0] if is_text(letter) => little += 1,
                [0, letter] if is_text(letter) => big += 1,
                _ => {}
            }
        }
        // Vietnamese letters have no zero beside them, but fewer than two of three are such.
        let is_most = |some: usize, others: usize| some > sample.len() / 2 / 3 && others < some / 8;
        if is_most(little, big) {
            Some(Self::Utf16LittleEndian)
        } else if is_most(big, little) {
            Some(Self::Utf16BigEndian)
        } else {
            None
        }
    }

    /// The decoder of UTF-16; `None` for encodings of single bytes.
    pub(super) fn utf16(self) -> Option<&'static encoding_rs::Encoding> {
        match self {
            Self::Utf16LittleEndian => Some(UTF_16LE),
            Self::Utf16BigEndian => Some(UTF_16BE),
            Self::Utf8 | Self::Windows1258 | Self::Undecided => None,
        }
    }

    /// The text of a sample, as well as it can be read.
    pub(super) fn text(self, sample: &[u8]) -> Cow<'_, str> {
        let sample = unmarked(sample);
        match self {
            Self::Utf8 | Self::Undecided => String::from_utf8_lossy(sample),
            Self::Utf16LittleEndian => UTF_16LE.decode_with_bom_removal(sample).0,
            Self::Utf16BigEndian => UTF_16BE.decode_with_bom_removal(sample).0,
            Self::Windows1258 => windows_1258(sample),
        }
    }
}

/// The bytes without the marks of UTF-8 before them.
pub(super) fn unmarked(mut bytes: &[u8]) -> &[u8] {
    while let Some(rest) = bytes.strip_prefix(UTF8_MARK) {
        bytes = rest;
    }
    bytes
}

pub(super) fn windows_1258(bytes: &[u8]) -> Cow<'_, str> {
    WINDOWS_1258.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spoilt_byte_does_not_make_a_utf8_file_another_encoding() {
        let mut bytes = "Mã hồ sơ,Đơn vị\n".as_bytes().to_vec();
        bytes.push(0xff);
        assert_eq!(Encoding::of(&bytes), Encoding::Utf8);
        assert_eq!(Encoding::of(b"Th\xfbc \xd0o"), Encoding::Windows1258);
        assert_eq!(Encoding::of(b"plain"), Encoding::Undecided);
    }

    #[test]
    fn a_sample_may_end_inside_a_letter() {
        assert_eq!(Encoding::of(&"ữ".as_bytes()[..2]), Encoding::Utf8);
    }
}
