//! The parts of the whole: levels, fields, and the procedures that make up the gap.

use serde::{Deserialize, Serialize};

use crate::{
    agency::Level,
    collate,
    indicator::{
        OnTimeReturns,
        on_time_returns::{CaseFileRead, Tally},
    },
    lang::Lang,
    rate::Rate,
};

/// A field's sums for a window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldRead {
    /// Its code; `None` is the files without a field.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its sums.
    pub read: CaseFileRead,
}

/// A procedure's late files in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateCount {
    /// Its code; `None` is the files without a procedure.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// How many.
    pub late: i64,
}

/// One line of the table of levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelLine {
    /// Which one.
    pub level: Level,
    /// Where its files went.
    pub official: Tally,
}

/// One line of the table of fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLine {
    /// Its code; `None` is the files without a field.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Where its files went, by today's due dates.
    pub official: Tally,
    /// The rate by the first due dates.
    pub strict: Rate,
}

/// One line of the table of procedures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureLine {
    /// Its code; `None` is the files without a procedure.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its late files.
    pub late: i64,
    /// The share of it and all above it in the whole, in hundredths of a percent, floored.
    pub cumulated: i64,
}

fn is_silent(tally: &Tally) -> bool {
    tally.received + tally.carried_over + tally.open() + tally.timed().all == 0
}

pub(super) fn level_lines(reads: Vec<(Level, CaseFileRead)>, target: i64) -> Vec<LevelLine> {
    let line = |(level, read): (Level, CaseFileRead)| {
        let official = OnTimeReturns::of(&read, target).official;
        (!is_silent(&official)).then_some(LevelLine { level, official })
    };
    reads.into_iter().filter_map(line).collect()
}

pub(super) fn field_lines(reads: Vec<FieldRead>, target: i64, lang: Lang) -> Vec<FieldLine> {
    let line = |read: FieldRead| {
        let OnTimeReturns { official, strict } = OnTimeReturns::of(&read.read, target);
        let name = if read.code.is_some() {
            read.name
        } else {
            lang.of("Không rõ lĩnh vực", "No field").to_owned()
        };
        (!is_silent(&official)).then(|| FieldLine { code: read.code, name, strict: strict.timed(), official })
    };
    let mut lines: Vec<FieldLine> = reads.into_iter().filter_map(line).collect();
    lines.sort_by(|a, b| {
        let key = |line: &FieldLine| (line.official.late, line.official.open_overdue);
        key(b).cmp(&key(a)).then_with(|| collate::names(&a.name, &b.name))
    });
    lines
}

pub(super) fn procedure_lines(mut counts: Vec<LateCount>, late: i64, lang: Lang) -> Vec<ProcedureLine> {
    counts.sort_by(|a, b| b.late.cmp(&a.late).then_with(|| collate::names(&a.name, &b.name)));
    let mut so_far = 0;
    let line = |count: LateCount| {
        so_far += count.late;
        let name = if count.code.is_some() {
            count.name
        } else {
            lang.of("Không rõ thủ tục", "No procedure").to_owned()
        };
        let cumulated = Rate::new(so_far.min(late), late).floored().unwrap_or(0);
        ProcedureLine { code: count.code, name, late: count.late, cumulated }
    };
    counts.into_iter().filter(|count| count.late > 0).map(line).collect()
}
