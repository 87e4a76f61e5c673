//! Words that stand for a value, found whatever their case and marks.

use std::collections::HashMap;

use thuocdo::text::fold;

/// A table of words.
#[derive(Debug)]
pub(super) struct Words<T>(HashMap<String, T>);

impl<T: Copy> Words<T> {
    /// The table of pairs; of two equal words the first stands.
    pub(super) fn new<'a>(pairs: impl IntoIterator<Item = (T, &'a str)>) -> Self {
        let mut words = HashMap::new();
        for (value, word) in pairs {
            words.entry(word.to_owned()).or_insert(value);
            words.entry(fold(word)).or_insert(value);
        }
        Self(words)
    }

    /// The value of a word. As written first, since folding costs more.
    pub(super) fn find(&self, word: &str) -> Option<T> {
        self.0.get(word).or_else(|| self.0.get(&fold(word))).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_any_case_and_without_marks() {
        let words = Words::new([(1, "Đang xử lý"), (2, "in_person")]);
        assert_eq!(words.find("Đang xử lý"), Some(1));
        assert_eq!(words.find("DANG XU LY"), Some(1));
        assert_eq!(words.find("In person"), Some(2));
        assert_eq!(words.find("xử lý"), None);
    }
}
