//! Text widths of Be Vietnam Pro from a generated table, equal on every platform.
//!
//! Text is taken to be in NFC. Kerning is left out, so a width is a little too large rather than too small.

use super::advances::{BLOCKS, MEAN};

/// How a text is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Face {
    /// The size in pixels.
    pub size: u8,
    /// Weight 600 instead of 400.
    pub bold: bool,
}

impl Face {
    /// Weight 400.
    #[must_use]
    pub const fn plain(size: u8) -> Self {
        Self { size, bold: false }
    }

    /// Weight 600.
    #[must_use]
    pub const fn bold(size: u8) -> Self {
        Self { size, bold: true }
    }

    /// The width of a text in tenths of a pixel, rounded up.
    #[must_use]
    pub fn width(self, text: &str) -> i32 {
        let thousandths: i32 = text.chars().map(|c| i32::from(advance(c, self.bold))).sum();
        (thousandths * i32::from(self.size) + 99) / 100
    }

    /// The height of a line in tenths of a pixel, with room for stacked Vietnamese marks.
    #[must_use]
    pub fn line(self) -> i32 {
        i32::from(self.size) * 13
    }

    /// From the upper edge of a line to its base line, tenths of a pixel.
    #[must_use]
    pub fn ascent(self) -> i32 {
        i32::from(self.size) * 10
    }

    /// From the base line to the lower edge of a line, tenths of a pixel.
    #[must_use]
    pub fn descent(self) -> i32 {
        self.line() - self.ascent()
    }

    /// Breaks a text at its spaces into lines of at most `width` tenths of a pixel; a longer word stays whole.
    #[must_use]
    pub fn wrap(self, text: &str, width: i32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.width(line) + self.width(" ") + self.width(word) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.extend(self.pieces(word, width).map(str::to_owned)),
            }
        }
        lines
    }

    /// A word that is wider than a line, such as the address of a source, in pieces that end after its signs.
    fn pieces(self, word: &str, width: i32) -> impl Iterator<Item = &str> {
        let mut rest = word;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let ends =
                rest.match_indices(['/', '-', '.', '_', '?', '&', '=']).map(|(at, sign)| at + sign.len());
            let fits =
                ends.take_while(|end| rest.get(..*end).is_some_and(|piece| self.width(piece) <= width));
            let end = if self.width(rest) <= width { None } else { fits.last() };
            let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after;
            Some(piece)
        })
    }

    /// The text itself when it fits into `width` tenths of a pixel, else its beginning and `…`.
    #[must_use]
    pub fn shorten(self, text: &str, width: i32) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let mut left = width - self.width("…");
        let fits = |c: &char| {
            left -= self.width(c.encode_utf8(&mut [0; 4]));
            left >= 0
        };
        let mut out: String = text.chars().take_while(fits).collect();
        out.truncate(out.trim_end().len());
        out.push('…');
        out
    }
}

/// The advance of a character in thousandths of the font size.
fn advance(c: char, bold: bool) -> u16 {
    let code = u32::from(c);
    if (0x300..0x370).contains(&code) {
        return 0;
    }
    let known = BLOCKS.iter().rev().find(|block| block.0 <= code).and_then(|&(first, plain, heavy)| {
        let widths = if bold { heavy } else { plain };
        widths.get(usize::try_from(code - first).ok()?).copied()
    });
    known.unwrap_or(MEAN[usize::from(bold)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face::plain(10);

    #[test]
    fn a_vietnamese_letter_is_as_wide_as_its_plain_one_however_it_is_written() {
        assert!(FACE.width("ê").abs_diff(FACE.width("e")) <= 1);
        assert!(FACE.width("Ệ").abs_diff(FACE.width("E")) <= 1);
        assert_eq!(FACE.width("e\u{302}\u{323}"), FACE.width("e"));
        assert!(FACE.width("đ") >= FACE.width("d") && FACE.width("ư") > FACE.width("u"));
    }

    #[test]
    fn all_letters_of_the_language_are_in_the_table() {
        for c in "ĂăÂâĐđÊêÔôƠơƯưẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸỹ₫%–—…·−≥≤×±".chars()
        {
            let block = BLOCKS.iter().rev().find(|block| block.0 <= u32::from(c)).expect("a block");
            assert!(u32::from(c) - block.0 < u32::try_from(block.1.len()).expect("a small block"), "{c}");
            assert_eq!(block.1.len(), block.2.len());
        }
    }

    #[test]
    fn a_width_grows_with_size_and_weight_and_an_unknown_sign_takes_a_mean_one() {
        assert_eq!(Face::plain(20).width("Hà Nội"), 2 * FACE.width("Hà Nội"));
        assert!(Face::bold(10).width("Hà Nội") > FACE.width("Hà Nội"));
        assert_eq!(FACE.width("語"), (i32::from(MEAN[0]) + 9) / 10);
        assert_eq!(FACE.width(""), 0);
    }

    #[test]
    fn wrapping_loses_no_word_and_keeps_lines_narrow() {
        let text = "Sau Tết: 604 hồ sơ trễ, 71 % ở đất đai";
        let lines = FACE.wrap(text, 900);
        assert!(lines.len() > 1 && lines.iter().all(|line| FACE.width(line) <= 900));
        assert_eq!(lines.join(" "), text);
        assert_eq!(FACE.wrap("99,91\u{a0}% nữa", 1), ["99,91\u{a0}%", "nữa"]);
        let address = "https://example.org/a-very-long-address-of-a-source/with-more-of-it.vnp";
        let lines = FACE.wrap(address, 900);
        assert!(lines.len() > 1 && lines.iter().all(|line| FACE.width(line) <= 900), "{lines:?}");
        assert_eq!(lines.concat(), address);
    }

    #[test]
    fn a_name_too_long_for_its_column_ends_in_dots() {
        let name = "Trung tâm Phục vụ hành chính công";
        let short = FACE.shorten(name, 800);
        assert!(short.ends_with('…') && FACE.width(&short) <= 800);
        assert_eq!(FACE.shorten("Ba Vì", 800), "Ba Vì");
    }
}
