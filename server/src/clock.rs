//! The one place that reads the time: today in Hanoi, or the day one pretends it is; and the moment, for what is signed with it.

use std::sync::Arc;

use app::context::Clock;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Hanoi is seven hours ahead of UTC all year round.
const HANOI: FixedOffset = FixedOffset::east_opt(7 * 3_600).expect("an offset within a day");

/// The clock: the system's, or one that stands still on a day.
#[must_use]
pub fn clock(pretend: Option<NaiveDate>) -> Clock {
    match pretend {
        Some(day) => Arc::new(move || day),
        None => Arc::new(today),
    }
}

/// Seconds since 1970, for sessions and the audit log: never one that is pretended.
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
#[must_use]
pub fn seconds() -> i64 {
    Utc::now().timestamp()
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn today() -> NaiveDate {
    Utc::now().with_timezone(&HANOI).date_naive()
}

/// This moment.
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
#[must_use]
pub fn moment() -> DateTime<Utc> {
    Utc::now()
}
