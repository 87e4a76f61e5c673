//! Form II.07b/VPCP/KSTT: how many procedures each level carries out, how many of them through a one-stop unit, and for how
//! many an internal process was issued.
//!
//! The fourteen columns are those that a provincial one-stop system prints under this name; the circular that the form
//! belongs to (01/2020/TT-VPCP) was not at hand. What its columns leave open is decided so:
//!
//! - A line is the agency in charge of procedures (`agency_code` of the list). A procedure without one stands in a last line.
//! - A procedure counts once, at the level that carries it out (`level`). What two levels carry out stands in the published
//!   lists of both, and so in ours: under two codes.
//! - The one-stop unit of a procedure is that of its level, and so is its internal process.
//! - A procedure without a level is in no column; how many there are is said below.
//! - No data is not zero: where no procedure says whether it goes through a one-stop unit, or has an internal process, the
//!   cell is [`UNKNOWN`].
//! - The list has no history. The form is about the day on which it is made.

mod said;
#[cfg(test)]
mod tests;

use std::ops::AddAssign;

use crate::{agency, collate, lang::Lang, procedure::Level};

/// What stands in a cell without data, as in the statistical yearbooks, where a dash would be zero.
pub const UNKNOWN: &str = "…";

/// A procedure as the form counts it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The agency in charge.
    pub unit: Option<Unit>,
    /// The level that carries it out.
    pub level: Option<Level>,
    /// Whether it goes through a one-stop unit.
    pub one_stop: Option<bool>,
    /// Whether an internal process was issued for it.
    pub internal_process: Option<bool>,
}

/// An agency in charge of procedures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its code, which tells it from another of the same name.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it stands in the city.
    pub level: agency::Level,
}

/// What procedures answer to a question of yes or no.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Answers {
    yes: i64,
    no: i64,
}

impl Answers {
    fn count(&mut self, answer: Option<bool>) {
        match answer {
            Some(true) => self.yes += 1,
            Some(false) => self.no += 1,
            None => {}
        }
    }

    fn all(self) -> i64 {
        self.yes + self.no
    }
}

impl AddAssign for Answers {
    fn add_assign(&mut self, other: Self) {
        self.yes += other.yes;
        self.no += other.no;
    }
}

/// Procedures of one level, or of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    all: i64,
    one_stop: Answers,
    internal_process: Answers,
}

impl Counts {
    /// How many there are, and how many go through a one-stop unit and have an internal process, as far as anybody says.
    fn cells(self) -> [Option<i64>; 3] {
        let known = |answers: Answers| (self.all == 0 || answers.all() > 0).then_some(answers.yes);
        [Some(self.all), known(self.one_stop), known(self.internal_process)]
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.all += other.all;
        self.one_stop += other.one_stop;
        self.internal_process += other.internal_process;
    }
}

/// What a line says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Columns {
    city: Counts,
    district: Counts,
    commune: Counts,
    without_level: Counts,
}

impl Columns {
    fn count(&mut self, row: &Row) {
        let counts = match row.level {
            Some(Level::City) => &mut self.city,
            Some(Level::District) => &mut self.district,
            Some(Level::Commune) => &mut self.commune,
            None => &mut self.without_level,
        };
        counts.all += 1;
        counts.one_stop.count(row.one_stop);
        counts.internal_process.count(row.internal_process);
    }

    /// Those with a level.
    fn placed(&self) -> Counts {
        let mut placed = self.city;
        placed += self.district;
        placed += self.commune;
        placed
    }

    /// How many procedures the list has, with those that have no level.
    #[must_use]
    pub fn listed(&self) -> i64 {
        self.placed().all + self.without_level.all
    }

    /// Columns (3) to (14): procedures, through a one-stop unit, with an internal process; of each the total, the city's,
    /// the districts', the communes'. `None` where nothing is known.
    #[must_use]
    pub fn cells(&self) -> [Option<i64>; 12] {
        let placed = self.placed();
        if placed.all == 0 {
            return [None; 12];
        }
        let levels = [placed, self.city, self.district, self.commune].map(Counts::cells);
        let mut cells = [None; 12];
        for (column, cell) in cells.iter_mut().enumerate() {
            *cell = levels[column % 4][column / 4];
        }
        cells
    }

    /// The columns of the list that say nothing at all of these procedures.
    fn silent(&self) -> [bool; 3] {
        let mut all = self.placed();
        let has_level = all.all > 0;
        all += self.without_level;
        [!has_level, all.one_stop.all() == 0, all.internal_process.all() == 0]
    }
}

/// A printed line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The agency.
    pub name: String,
    /// Its columns.
    pub columns: Columns,
}

/// The form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The agencies in charge by their level and name, and last the procedures that have none.
    pub lines: Vec<Line>,
    /// All procedures, counted by themselves.
    pub total: Columns,
    /// Whether any procedure names an agency in charge.
    has_units: bool,
}

impl Form {
    /// Counts procedures.
    #[must_use]
    pub fn of(rows: &[Row], lang: Lang) -> Self {
        let mut form = Self::default();
        let mut units: Vec<(Option<&Unit>, Columns)> = Vec::new();
        for row in rows {
            form.total.count(row);
            let unit = row.unit.as_ref();
            let code = |unit: Option<&Unit>| unit.map(|unit| unit.code.clone());
            match units.iter_mut().find(|(known, _)| code(*known) == code(unit)) {
                Some((_, columns)) => columns.count(row),
                None => {
                    let mut columns = Columns::default();
                    columns.count(row);
                    units.push((unit, columns));
                }
            }
        }
        units.sort_by(|(a, _), (b, _)| match (a, b) {
            (Some(a), Some(b)) => {
                a.level.cmp(&b.level).then_with(|| collate::names(&a.name, &b.name)).then(a.code.cmp(&b.code))
            }
            (a, b) => a.is_none().cmp(&b.is_none()),
        });
        form.has_units = units.iter().any(|(unit, _)| unit.is_some());
        let line = |(unit, columns): (Option<&Unit>, Columns)| Line {
            name: unit.map_or_else(
                || lang.of("Chưa gắn đơn vị", "No agency named").to_owned(),
                |unit| unit.name.clone(),
            ),
            columns,
        };
        form.lines = units.into_iter().map(line).collect();
        form
    }

    /// Whether the lines hold what the total does.
    fn is_sum_of_lines(&self) -> bool {
        let mut sum = Columns::default();
        for Line { columns, .. } in &self.lines {
            sum.city += columns.city;
            sum.district += columns.district;
            sum.commune += columns.commune;
            sum.without_level += columns.without_level;
        }
        sum == self.total
    }
}
