//! The order of Vietnamese names: `Ă` after `A`, `Đ` after `D`, marks of tone last, and `Xã 2` before `Xã 10`.

use std::{cmp::Ordering, sync::LazyLock};

use icu_collator::{
    Collator, CollatorBorrowed, CollatorPreferences, options::CollatorOptions,
    preferences::CollationNumericOrdering,
};
use icu_locale_core::locale;

/// The rules of Unicode's locale data for Vietnamese. Without them, which the library carries, plain code points decide.
static VIETNAMESE: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let mut preferences = CollatorPreferences::from(locale!("vi"));
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).ok()
});

/// Compares two names as a Vietnamese reader looks for them, whatever the language of the page.
#[must_use]
pub fn names(a: &str, b: &str) -> Ordering {
    match &*VIETNAMESE {
        Some(collator) => collator.compare(a, b).then_with(|| a.cmp(b)),
        None => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(list: &str) -> String {
        let mut list: Vec<&str> = list.split(", ").collect();
        list.sort_by(|a, b| names(a, b));
        list.join(", ")
    }

    #[test]
    fn letters_come_in_the_order_of_the_alphabet_and_tones_after_them() {
        assert_eq!(
            sorted("Ỷ Lan, Đông Anh, Ba Vì, Ứng Hòa, Dương Nội, Ân Thi, Anh Sơn, Ăng Ten, Em"),
            { "Anh Sơn, Ăng Ten, Ân Thi, Ba Vì, Dương Nội, Đông Anh, Em, Ứng Hòa, Ỷ Lan" }
        );
        assert_eq!(sorted("mạ, má, mã, mả, mà, ma"), "ma, mà, mả, mã, má, mạ");
    }

    #[test]
    fn numbers_in_names_count_as_numbers() {
        assert_eq!(sorted("Xã số 10, Xã số 2, Xã số 1"), "Xã số 1, Xã số 2, Xã số 10");
    }
}
