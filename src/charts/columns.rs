//! The data of stacked columns: one stack for each month, made of the same few parts.

use super::Tone;

/// Stacks of whole numbers in the order of time; for up to four parts and some dozens of stacks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Columns {
    /// The parts, the lowest first. Their order also decides their patterns: grey, striped, hollow, filled.
    pub layers: Vec<Layer>,
    /// The stacks, from left to right.
    pub stacks: Vec<Stack>,
    /// What is counted, above the columns: "hồ sơ".
    pub counted: String,
}

/// One part of every stack of [`Columns`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Layer {
    /// Its name beside the columns: "trễ hạn".
    pub name: String,
    /// Its colour, beside its pattern.
    pub tone: Tone,
}

/// One stack of [`Columns`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stack {
    /// What stands under the axis: "T9".
    pub tick: String,
    /// The name in full, for tooltips and speech: "Tháng 9/2023".
    pub name: String,
    /// One number for each layer; `None` or a missing one is not known, and never zero.
    pub values: Vec<Option<i64>>,
    /// What else is to be said of it, for tooltips and speech.
    pub detail: String,
    /// Whether the period is not over yet; drawn in a dashed frame.
    pub open: bool,
}

impl Stack {
    /// The number of a layer.
    #[must_use]
    pub fn value(&self, layer: usize) -> Option<i64> {
        self.values.get(layer).copied().flatten()
    }

    /// The sum of all layers; `None` while one of them is not known.
    #[must_use]
    pub fn total(&self, layers: usize) -> Option<i64> {
        let values = (0..layers).map(|layer| self.value(layer));
        values.reduce(|sum, value| Some(sum?.saturating_add(value?))).flatten()
    }

    /// Whether any layer is known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.values.iter().any(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_with_an_unknown_part_is_unknown_and_a_sum_of_zeros_is_zero() {
        let stack = |values: &[Option<i64>]| Stack { values: values.to_vec(), ..Stack::default() };
        assert_eq!(stack(&[Some(2), Some(3)]).total(2), Some(5));
        assert_eq!(stack(&[Some(2), None]).total(2), None);
        assert_eq!(stack(&[Some(2)]).total(2), None, "a part is missing");
        assert_eq!(stack(&[Some(0), Some(0)]).total(2), Some(0));
        assert_eq!(stack(&[]).total(0), None);
        assert!(stack(&[None, Some(0)]).is_known() && !stack(&[None]).is_known());
    }
}
