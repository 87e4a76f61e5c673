//! The data of a heat map: agencies by months, each cell held against one target.

use super::Unit;

/// Rows of cells under common columns; for up to about thirty rows and twelve columns.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HeatMap {
    /// What stands over the names of the rows: "Cơ quan".
    pub row_head: String,
    /// The rows, from top to bottom. A row with fewer cells than there are columns ends in gaps.
    pub rows: Vec<HeatRow>,
    /// What stands over each column: "T9".
    pub columns: Vec<String>,
    /// The columns in full, in the same order, for tooltips and speech: "Tháng 9/2023".
    pub column_names: Vec<String>,
    /// What the values are.
    pub unit: Unit,
    /// The target of all cells.
    pub target: Option<i64>,
}

/// One row of a [`HeatMap`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HeatRow {
    /// The name on the left.
    pub name: String,
    /// One cell for each column.
    pub cells: Vec<HeatCell>,
}

/// One cell of a [`HeatMap`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HeatCell {
    /// The value; `None` is a gap, never zero.
    pub value: Option<i64>,
    /// What the value is made of, for tooltips and speech: "262 trễ trong 291.111".
    pub detail: String,
    /// Whether the period is not over yet; drawn hollow.
    pub open: bool,
}

impl HeatMap {
    /// The distances (rising, in the unit's own whole numbers) at which a darker step begins. They are round, and such
    /// that about half of the cells that fall short lie in the two lighter steps.
    #[must_use]
    pub fn bounds(&self) -> [i64; 3] {
        let ladders: &[[i64; 3]] = match self.unit {
            Unit::Percent | Unit::Score => {
                &[[10, 50, 100], [50, 100, 200], [100, 200, 500], [200, 500, 1_000], [500, 1_000, 2_000]]
            }
            Unit::Rank => &[[2, 3, 5], [3, 5, 10], [5, 10, 20], [10, 20, 40]],
        };
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let mut short: Vec<i64> = cells.filter_map(|cell| self.short_by(cell)).filter(|by| *by > 0).collect();
        short.sort_unstable();
        let middle = short.get(short.len().saturating_sub(1) / 2).copied().unwrap_or(0);
        *ladders.iter().find(|ladder| ladder[1] >= middle).unwrap_or(&ladders[ladders.len() - 1])
    }

    /// How far a cell falls short of the target, 0 when it reaches it; `None` without a value or a target.
    #[must_use]
    pub fn short_by(&self, cell: &HeatCell) -> Option<i64> {
        let (value, target) = (cell.value?, self.target?);
        let by = match self.unit {
            Unit::Percent | Unit::Score => target.saturating_sub(value),
            Unit::Rank => value.saturating_sub(target),
        };
        Some(by.max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(unit: Unit, target: i64, values: &[i64]) -> HeatMap {
        let cell = |value: &i64| HeatCell { value: Some(*value), ..HeatCell::default() };
        let row = HeatRow { cells: values.iter().map(cell).collect(), ..HeatRow::default() };
        HeatMap { rows: vec![row], unit, target: Some(target), ..HeatMap::default() }
    }

    #[test]
    fn the_steps_fit_the_distances_that_occur() {
        assert_eq!(map(Unit::Percent, 10_000, &[10_000, 9_991, 9_964]).bounds(), [10, 50, 100]);
        assert_eq!(map(Unit::Percent, 9_000, &[8_500, 8_300, 9_100]).bounds(), [200, 500, 1_000]);
        assert_eq!(map(Unit::Percent, 9_000, &[9_500]).bounds(), [10, 50, 100], "nothing falls short");
        assert_eq!(map(Unit::Percent, 10_000, &[0, 0]).bounds(), [500, 1_000, 2_000], "the widest there is");
        assert_eq!(map(Unit::Rank, 8, &[10, 12, 13]).bounds(), [3, 5, 10]);
    }

    #[test]
    fn a_small_rank_is_good_and_an_unknown_value_falls_short_of_nothing() {
        let ranks = map(Unit::Rank, 8, &[3, 8, 10]);
        let by: Vec<_> = ranks.rows[0].cells.iter().map(|cell| ranks.short_by(cell)).collect();
        assert_eq!(by, [Some(0), Some(0), Some(2)]);
        assert_eq!(ranks.short_by(&HeatCell::default()), None);
    }
}
