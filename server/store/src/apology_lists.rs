//! Which files a figure about letters of apology counts: the rules of `thuocdo::apology` in SQL, for lists and counts.

use thuocdo::filter::Measured;

use crate::case_file_lists::rule;

/// Of the files without their letter those that have ended.
pub(crate) const MISSING_OF_ENDED: &str =
    concat!("(f.apology_on is null or f.apology_on > $7) and f.strict_outcome = 3 and ", rule!("ended"));

/// The condition of a figure; `$8` and `$9` are the first due dates whose letter is due on the window's last day.
pub(crate) fn condition(measured: Measured) -> &'static str {
    match measured {
        Measured::LetterDue => {
            concat!(
                rule!("running"),
                " and f.original_due_on between $8 and $9 and (f.apology_on is null or f.apology_on > $7)"
            )
        }
        Measured::LetterSent => "f.outcome <> 6 and f.apology_on between $6 and $7",
        Measured::LetterLate => {
            "f.outcome <> 6 and f.apology_on between $6 and $7 and f.apology_on >= f.original_due_on"
        }
        Measured::LetterMissing => {
            concat!(
                "(f.apology_on is null or f.apology_on > $7) and ((f.strict_outcome = 3 and ",
                rule!("ended"),
                ") or (f.original_due_on < $7 and ",
                rule!("running"),
                "))"
            )
        }
        Measured::RescheduledTwice => {
            "f.reschedules > 1 and f.outcome <> 6 and f.received_on <= $7 \
             and (f.ended_on is null or f.ended_on >= $6)"
        }
        _ => "1 = 0",
    }
}
