//! Nobody's bytes stop the product: whatever a file, a workbook, a mapping, a date or a word of status holds, each row goes
//! in or is set aside with a reason, and reading ends.
//!
//! The seeds and a few hundred changes of each run with every test; `make fuzz` goes on for as long as it is told
//! (`THUOCDO_FUZZ_SECONDS` for each target). What breaks a target is kept, and its place is told.

mod mutate;
mod targets;

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    time::{Duration, Instant},
};

use mutate::Mutator;

/// Changes of seeds tried by a test.
const TRIES: u32 = 400;

#[test]
fn whatever_a_csv_holds_each_row_goes_in_or_is_set_aside_with_a_reason() {
    fuzz("csv", &targets::csv_seeds(), targets::csv);
}

#[test]
fn whatever_a_workbook_holds_each_row_goes_in_or_is_set_aside_with_a_reason() {
    fuzz("workbook", &targets::sheet_seeds(), targets::sheet);
}

#[test]
fn whatever_calls_itself_a_workbook_is_read_or_refused() {
    fuzz("archive", &targets::archive_seeds(), targets::archive);
}

#[test]
fn whatever_a_mapping_says_it_is_taken_or_refused() {
    fuzz("mapping", &targets::mapping_seeds(), targets::mapping);
}

#[test]
fn whatever_stands_in_a_date_it_is_a_day_that_can_be_or_a_problem() {
    fuzz("date", &targets::date_seeds(), targets::date);
}

#[test]
fn whatever_stands_in_a_status_it_is_one_of_ten_or_a_problem() {
    fuzz("status", &targets::status_seeds(), targets::status);
}

#[test]
fn whatever_another_system_sends_each_row_goes_in_or_is_set_aside_with_a_reason() {
    fuzz("ndjson", &targets::ndjson_seeds(), targets::ndjson);
}

/// Gives a target the seeds, then changes of them.
fn fuzz(name: &str, seeds: &[Vec<u8>], target: fn(&[u8])) {
    for seed in seeds {
        hold(name, seed, target);
    }
    let until = seconds().map(|seconds| Instant::now() + Duration::from_secs(seconds));
    // With every test the same changes; with time on one's hands, other ones.
    let random =
        until.map_or(280, |_| Instant::now().elapsed().as_nanos() as u64 ^ u64::from(std::process::id()));
    let mut mutator = Mutator::new(random);
    let mut tried = 0;
    while until.map_or(tried < TRIES, |until| Instant::now() < until) {
        hold(name, &mutator.change(seeds), target);
        tried += 1;
    }
    println!("{name}: {} seeds, {tried} changes of them", seeds.len());
}

/// Runs a target; what breaks it is kept.
fn hold(name: &str, bytes: &[u8], target: fn(&[u8])) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(bytes))) {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.broken"));
        fs::write(&path, bytes).expect("kept");
        eprintln!("{} breaks it", path.display());
        std::panic::resume_unwind(panic);
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a test goes on is no setting of the product")]
fn seconds() -> Option<u64> {
    std::env::var("THUOCDO_FUZZ_SECONDS").ok()?.parse().ok()
}
