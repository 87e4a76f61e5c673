//! Chance that falls the same way on every machine.
//!
//! Only whole numbers of fixed width are drawn and computed with: the logarithms of two platforms may differ in the
//! last bit, and `rand`'s own ranges may change between its versions.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};

const SEED: [u8; 32] = *b"thuocdo: du lieu gia, 2022-2023.";

/// What is drawn. Each has a stream of its own, so that more rows of one kind leave the others as they are.
#[derive(Debug, Clone, Copy)]
pub enum Stream {
    Offices = 1,
    CaseFiles,
    Petitions,
    Dialogues,
    Issues,
    Surveys,
    Criteria,
}

/// A seeded source of chance.
pub struct Dice(ChaCha8Rng);

impl Dice {
    pub fn new(stream: Stream) -> Self {
        let mut rng = ChaCha8Rng::from_seed(SEED);
        rng.set_stream(stream as u64);
        Self(rng)
    }

    /// A number from 0 up to but not including `n`. The bias of this multiplication, below `n` / 2³², does not matter
    /// to invented data.
    pub fn below(&mut self, n: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(n)) >> 32) as u32
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// Yes, `cases` times in a hundred thousand.
    pub fn chance(&mut self, cases: u32) -> bool {
        self.below(100_000) < cases
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u32) as usize]
    }
}

/// A choice in which some things come up more often than others.
#[derive(Debug)]
pub struct Weighted {
    sums: Vec<u32>,
}

impl Weighted {
    pub fn new(weights: impl IntoIterator<Item = u32>) -> Self {
        let sums = weights.into_iter().scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    /// The place of the thing drawn.
    pub fn pick(&self, dice: &mut Dice) -> usize {
        let drawn = dice.below(self.sums.last().copied().unwrap_or(0));
        self.sums.partition_point(|sum| *sum <= drawn)
    }
}
