//! Messages say a thing in Vietnamese, then in English; a page wants one of the two.

/// The Vietnamese and the English half of a message. What it repeats from a file may hold the mark between them too, and
/// stands in both halves: the one in the middle parts them.
#[must_use]
pub fn halves(message: &str) -> (&str, &str) {
    const MARK: &str = " / ";
    let marks: Vec<usize> = message.match_indices(MARK).map(|(at, _)| at).collect();
    match marks.get(marks.len() / 2) {
        Some(at) => (&message[..*at], &message[at + MARK.len()..]),
        None => (message, message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_repeats_the_mark_between_its_languages_is_parted_in_the_middle() {
        assert_eq!(halves("một / one"), ("một", "one"));
        assert_eq!(halves("có «a / b» / there is “a / b”"), ("có «a / b»", "there is “a / b”"));
        assert_eq!(halves("neither"), ("neither", "neither"));
    }
}
