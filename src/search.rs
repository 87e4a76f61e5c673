//! Finding agencies, fields and procedures by a part of their name or code, with or without marks.

use serde::{Deserialize, Serialize};

use crate::{collate, text};

/// More letters than any name has.
pub const LONGEST: usize = 200;

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// An office.
    Agency,
    /// A field of procedures.
    Field,
    /// A procedure.
    Procedure,
}

/// Something with a name and a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// What it is.
    pub subject: Subject,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The name of what it belongs to: an agency's superior, a procedure's field.
    pub of: Option<String>,
}

/// A part of what was found, and how much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Everything that fits.
    pub total: i64,
    /// The best of it, best first.
    pub best: Vec<Named>,
}

/// How well something fits; the smaller the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The code or the name itself.
    Whole,
    /// The name begins so.
    Beginning,
    /// Every word begins one of the name's.
    Words,
    /// Every word stands somewhere in name or code.
    Within,
}

/// What fits a text, best first, and then in the order of names; nothing fits an empty text.
#[must_use]
pub fn find<'a>(asked: &str, all: impl IntoIterator<Item = &'a Named>, most: usize) -> Found {
    let asked = text::fold(asked);
    if asked.is_empty() {
        return Found::default();
    }
    let mut found: Vec<(Fit, &Named)> =
        all.into_iter().filter_map(|named| Some((fit(&asked, named)?, named))).collect();
    found.sort_by(|(a_fit, a), (b_fit, b)| {
        // The fewer words beside those asked for, the nearer: a district before its wards, which bear its name.
        let words = |named: &Named| named.name.split_whitespace().count();
        (a_fit, a.subject, words(a))
            .cmp(&(b_fit, b.subject, words(b)))
            .then_with(|| collate::names(&a.name, &b.name))
    });
    Found {
        total: i64::try_from(found.len()).unwrap_or(i64::MAX),
        best: found.into_iter().take(most).map(|(_, named)| named.clone()).collect(),
    }
}

fn fit(asked: &str, named: &Named) -> Option<Fit> {
    let (name, code) = (text::fold(&named.name), text::fold(&named.code));
    let begins_one = |word: &str| name.split(' ').any(|of| of.starts_with(word));
    let stands = |word: &str| name.contains(word) || code.contains(word);
    if asked == name || asked == code {
        Some(Fit::Whole)
    } else if name.starts_with(asked) {
        Some(Fit::Beginning)
    } else if asked.split(' ').all(begins_one) {
        Some(Fit::Words)
    } else if asked.split(' ').all(stands) {
        Some(Fit::Within)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn city() -> Vec<Named> {
        let named = |subject, code: &str, name: &str| Named {
            subject,
            code: code.to_owned(),
            name: name.to_owned(),
            of: None,
        };
        vec![
            named(Subject::Agency, "Q1", "Quận Đống Đa"),
            named(Subject::Agency, "H9", "Huyện Ứng Hòa"),
            named(Subject::Agency, "SO-08", "Sở Tài nguyên và Môi trường"),
            named(Subject::Field, "DD", "Đất đai"),
            named(Subject::Procedure, "1.001.193", "Đăng ký khai sinh"),
        ]
    }

    fn names(asked: &str) -> Vec<String> {
        find(asked, &city(), 10).best.into_iter().map(|named| named.name).collect()
    }

    #[test]
    fn names_are_found_without_their_marks_and_from_any_of_their_words() {
        assert_eq!(names("ung hoa"), ["Huyện Ứng Hòa"]);
        assert_eq!(names("Ứng Hoà"), ["Huyện Ứng Hòa"], "the other way of writing the tone");
        assert_eq!(names("moi truong"), ["Sở Tài nguyên và Môi trường"]);
        assert_eq!(names("khai"), ["Đăng ký khai sinh"]);
    }

    #[test]
    fn a_code_finds_its_own_before_names_that_hold_it() {
        assert_eq!(names("dd"), ["Đất đai"]);
        assert_eq!(names("1.001.193"), ["Đăng ký khai sinh"]);
        assert_eq!(names("so-08"), ["Sở Tài nguyên và Môi trường"]);
        assert_eq!(names("đ"), ["Đất đai", "Đăng ký khai sinh", "Quận Đống Đa"]);
    }

    #[test]
    fn what_fits_nothing_finds_nothing_and_the_rest_is_counted() {
        assert_eq!(names("xyz"), Vec::<String>::new());
        assert_eq!(names("  "), Vec::<String>::new());
        let found = find("a", &city(), 2);
        assert_eq!((found.total, found.best.len()), (5, 2), "{found:?}");
    }
}
