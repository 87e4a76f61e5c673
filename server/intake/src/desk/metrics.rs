//! What the desk counts of its imports; nobody may be listening.

use metrics::{counter, describe_counter, describe_gauge, gauge};

const RUNNING: &str = "thuocdo_imports_running";
const ROWS: &str = "thuocdo_import_rows_total";
const IMPORTS: &str = "thuocdo_imports_total";

/// How an import ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Finished,
    Failed,
    Stopped,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
        }
    }
}

/// Says what is counted, and begins at nought.
pub fn describe_metrics() {
    describe_gauge!(RUNNING, "Imports of the desk that are running.");
    describe_counter!(ROWS, "Rows that finished imports of the desk brought in.");
    describe_counter!(IMPORTS, "Imports of the desk that ended: finished, failed or stopped.");
    gauge!(RUNNING).set(0.0);
    counter!(ROWS).absolute(0);
    for outcome in [Outcome::Finished, Outcome::Failed, Outcome::Stopped] {
        counter!(IMPORTS, "outcome" => outcome.as_str()).absolute(0);
    }
}

/// An import has begun.
pub(super) fn begun() {
    gauge!(RUNNING).set(1.0);
}

/// An import has ended, and so many rows are in.
pub(super) fn ended(outcome: Outcome, rows: i64) {
    gauge!(RUNNING).set(0.0);
    counter!(IMPORTS, "outcome" => outcome.as_str()).increment(1);
    counter!(ROWS).increment(u64::try_from(rows).unwrap_or(0));
}
