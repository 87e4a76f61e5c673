//! Form II.06a/VPCP/KSTT: how the agencies that handle procedures themselves received and resolved case files.
//!
//! The form has no column for withdrawn files, for those nobody gave a due date and for those that wait for the applicant.
//! It is printed in practice with them among "on time" and "within due"; so does this one, and says below how many they
//! are. The rate of the pages, which leaves them out, stands beside it (Circular 01/2020/TT-VPCP; a provincial system's
//! printed form).

use std::ops::AddAssign;

use crate::{agency::Level, collate, indicator::on_time_returns::Tally, lang::Lang, rate::Rate};

/// What the lines of the form are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Fields, by the level at which they are handled.
    #[default]
    Field,
    /// Agencies.
    Unit,
}

/// The columns of a line that are given; the sums follow from them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Columns {
    /// (4) received online in the period.
    pub online: i64,
    /// (5) received at the desk or by post in the period.
    pub direct: i64,
    /// (6) from the period before.
    pub carried_over: i64,
    /// (8) resolved early.
    pub early: i64,
    /// (9) resolved on time, with [`Folded::withdrawn`] and [`Folded::undetermined`].
    pub on_time: i64,
    /// (10) resolved late.
    pub late: i64,
    /// (12) in process within due, with [`Folded::paused`] and [`Folded::open_undetermined`].
    pub within: i64,
    /// (13) in process, overdue.
    pub overdue: i64,
}

/// What the form counts among others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Folded {
    /// Withdrawn by the applicant, in (9).
    pub withdrawn: i64,
    /// Resolved without a due date, in (9).
    pub undetermined: i64,
    /// Waiting for the applicant, in (12).
    pub paused: i64,
    /// In process without a due date, in (12).
    pub open_undetermined: i64,
}

/// A line before it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The level it is handled at.
    pub level: Level,
    /// The field or the agency.
    pub name: String,
    /// Its files.
    pub tally: Tally,
    /// How many of those received in the period came online.
    pub online: i64,
}

/// A printed line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The field, the agency, the level or the whole.
    pub name: String,
    /// Its columns.
    pub columns: Columns,
}

/// The lines of one level with their sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The sum.
    pub sum: Line,
    /// The lines, in the order of their names.
    pub lines: Vec<Line>,
}

/// The form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The levels that have files, the highest first.
    pub groups: Vec<Group>,
    /// The sum of all.
    pub total: Columns,
    /// What the sums hold that has no column.
    pub folded: Folded,
    /// Early or on time, of all that was timed: the rate of the pages.
    pub rate: Rate,
}

impl Columns {
    /// The printed reading of a tally.
    #[must_use]
    pub fn of(tally: &Tally, online: i64) -> Self {
        Self {
            online,
            direct: tally.received - online,
            carried_over: tally.carried_over,
            early: tally.early,
            on_time: tally.on_time + tally.withdrawn + tally.undetermined,
            late: tally.late,
            within: tally.open_within_due + tally.paused + tally.open_undetermined,
            overdue: tally.open_overdue,
        }
    }

    /// (3) = (4) + (5) + (6).
    #[must_use]
    pub fn received(&self) -> i64 {
        self.online + self.direct + self.carried_over
    }

    /// (7) = (8) + (9) + (10).
    #[must_use]
    pub fn resolved(&self) -> i64 {
        self.early + self.on_time + self.late
    }

    /// (11) = (12) + (13).
    #[must_use]
    pub fn in_process(&self) -> i64 {
        self.within + self.overdue
    }

    /// Columns (3) to (13).
    #[must_use]
    pub fn all(&self) -> [i64; 11] {
        let Self { online, direct, carried_over, early, on_time, late, within, overdue } = *self;
        let (resolved, in_process) = (self.resolved(), self.in_process());
        [
            self.received(),
            online,
            direct,
            carried_over,
            resolved,
            early,
            on_time,
            late,
            in_process,
            within,
            overdue,
        ]
    }

    /// Whether (3) = (7) + (11).
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.received() == self.resolved() + self.in_process()
    }
}

impl AddAssign for Columns {
    fn add_assign(&mut self, other: Self) {
        self.online += other.online;
        self.direct += other.direct;
        self.carried_over += other.carried_over;
        self.early += other.early;
        self.on_time += other.on_time;
        self.late += other.late;
        self.within += other.within;
        self.overdue += other.overdue;
    }
}

impl AddAssign<&Tally> for Folded {
    fn add_assign(&mut self, tally: &Tally) {
        self.withdrawn += tally.withdrawn;
        self.undetermined += tally.undetermined;
        self.paused += tally.paused;
        self.open_undetermined += tally.open_undetermined;
    }
}

impl Form {
    /// Prints rows: those of nothing at all are left out.
    #[must_use]
    pub fn of(rows: Vec<Row>, lang: Lang) -> Self {
        let mut form = Self::default();
        for level in Level::ALL {
            let mut sum = Line { name: level.label(lang).to_owned(), ..Line::default() };
            let mut lines = Vec::new();
            for row in rows.iter().filter(|row| row.level == level) {
                let columns = Columns::of(&row.tally, row.online);
                if columns == Columns::default() {
                    continue;
                }
                sum.columns += columns;
                form.total += columns;
                form.folded += &row.tally;
                form.rate = form.rate + row.tally.timed();
                lines.push(Line { name: row.name.clone(), columns });
            }
            lines.sort_by(|a, b| collate::names(&a.name, &b.name));
            if !lines.is_empty() {
                form.groups.push(Group { sum, lines });
            }
        }
        form
    }

    /// `Kiểm tra: (3) = (7) + (11): 765.619 = 739.630 + 25.989`.
    #[must_use]
    pub fn check(&self, lang: Lang) -> String {
        let total = &self.total;
        let [received, resolved, in_process] =
            [total.received(), total.resolved(), total.in_process()].map(|count| lang.number(count));
        let sum = format!("(3) = (7) + (11): {received} = {resolved} + {in_process}");
        match (total.is_balanced(), lang) {
            (true, Lang::Vi) => format!("Kiểm tra: {sum}"),
            (true, Lang::En) => format!("Check: {sum}"),
            (false, Lang::Vi) => format!("KHÔNG KHỚP: {sum}"),
            (false, Lang::En) => format!("DOES NOT ADD UP: {sum}"),
        }
    }

    /// What the columns hold that has none of its own, and the rate of the pages.
    #[must_use]
    pub fn footnotes(&self, lang: Lang) -> [String; 3] {
        let Folded { withdrawn, undetermined, paused, open_undetermined } = self.folded;
        let [withdrawn, undetermined, paused, open] =
            [withdrawn, undetermined, paused, open_undetermined].map(|count| lang.number(count));
        let rate = self
            .rate
            .floored()
            .map_or_else(|| lang.of("chưa có số liệu", "no data").to_owned(), |rate| lang.percent(rate));
        let (hits, all) = (lang.number(self.rate.hits), lang.number(self.rate.all));
        match lang {
            Lang::Vi => [
                format!(
                    "Cột (9) gồm {withdrawn} hồ sơ xin rút và {undetermined} hồ sơ đã giải quyết không có ngày hẹn trả."
                ),
                format!(
                    "Cột (12) gồm {paused} hồ sơ chờ bổ sung và {open} hồ sơ đang giải quyết không có ngày hẹn trả."
                ),
                format!("Tỷ lệ trước và đúng hạn không kể các hồ sơ đó: {rate} ({hits} trong {all})."),
            ],
            Lang::En => [
                format!(
                    "(9) holds {withdrawn} withdrawn files and {undetermined} resolved without a due date."
                ),
                format!(
                    "(12) holds {paused} waiting for the applicant and {open} in process without a due date."
                ),
                format!("Early or on time, without all these: {rate} ({hits} of {all})."),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(level: Level, name: &str, tally: Tally, online: i64) -> Row {
        Row { level, name: name.to_owned(), tally, online }
    }

    proptest! {
        /// Hanoi, reporting quarter I of 2023, as published: 738 004 early or on time, whichever way they are split.
        #[test]
        fn the_published_quarter_adds_up_and_its_rate_is_not_rounded_up(
            early in 0..=738_004i64,
            carried_over in 0..=765_619i64,
            overdue in 0..=25_989i64,
        ) {
            let tally = Tally {
                received: 765_619 - carried_over,
                carried_over,
                early,
                on_time: 738_004 - early,
                late: 1_626,
                open_overdue: overdue,
                open_within_due: 25_989 - overdue,
                ..Tally::default()
            };
            let form = Form::of(vec![row(Level::Commune, "Hộ tịch", tally, 0)], Lang::Vi);
            prop_assert_eq!(form.check(Lang::Vi), "Kiểm tra: (3) = (7) + (11): 765.619 = 739.630 + 25.989");
            let rate = format!("{} (738.004 trong 739.630)", Lang::Vi.percent(9_978));
            prop_assert!(form.footnotes(Lang::Vi)[2].contains(&rate));
        }

        #[test]
        fn what_has_no_column_is_printed_among_others_and_said(counts in prop::collection::vec(0..1_000i64, 9)) {
            let all: i64 = counts.iter().sum();
            let tally = Tally {
                received: all,
                early: counts[0],
                on_time: counts[1],
                late: counts[2],
                undetermined: counts[3],
                withdrawn: counts[4],
                open_within_due: counts[5],
                open_overdue: counts[6],
                open_undetermined: counts[7],
                paused: counts[8],
                ..Tally::default()
            };
            let form = Form::of(vec![row(Level::District, "Đất đai", tally, counts[0])], Lang::Vi);
            prop_assert!(form.total.is_balanced());
            let [received, online, direct, carried_over, resolved, early, on_time, late, in_process, within, overdue] =
                form.total.all();
            prop_assert_eq!(received, online + direct + carried_over);
            prop_assert_eq!(resolved, early + on_time + late);
            prop_assert_eq!(in_process, within + overdue);
            prop_assert_eq!(on_time, counts[1] + counts[3] + counts[4]);
            prop_assert_eq!(within, counts[5] + counts[7] + counts[8]);
        }
    }

    #[test]
    fn levels_come_in_their_order_with_their_sums_and_empty_lines_stay_away() {
        let tally = |early| Tally { received: early, early, ..Tally::default() };
        let rows = vec![
            row(Level::Commune, "Xã B", tally(3), 1),
            row(Level::Department, "Sở Y tế", tally(5), 0),
            row(Level::Commune, "Xã A", tally(4), 0),
            row(Level::Commune, "Xã C", Tally::default(), 0),
        ];
        let form = Form::of(rows, Lang::Vi);
        let names: Vec<_> = form
            .groups
            .iter()
            .map(|group| {
                let lines: Vec<_> = group.lines.iter().map(|line| line.name.as_str()).collect();
                (group.sum.name.as_str(), group.sum.columns.received(), lines)
            })
            .collect();
        assert_eq!(
            names,
            [("Sở, ban, ngành", 5, vec!["Sở Y tế"]), ("Xã, phường, thị trấn", 7, vec!["Xã A", "Xã B"]),]
        );
        assert_eq!(form.total.all()[..4], [12, 1, 11, 0]);
    }
}
