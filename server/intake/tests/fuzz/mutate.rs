//! Bytes made from seeds: a bit turned, a piece left out, doubled or taken from another seed, a word put in that has broken
//! parsers before.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};

/// Words that have broken parsers.
const WORDS: [&[u8]; 30] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    "ngày".as_bytes(),
    "e\u{302}\u{323}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{a0}".as_bytes(),
    b"29/02/2023",
    b"00/00/0000",
    b"31-12-9999",
    b"1e309",
    b"-1",
    b"999999999999999999999",
    b"2023-13-01T25:61:61Z",
    b"45000.5",
    b"&#0;",
    b"<c t=\"s\"><v>99999999</v></c>",
    b"=cmd|' /C calc'!A0",
    b"{\"a\":",
];

pub struct Mutator(ChaCha8Rng);

impl Mutator {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0.next_u32() as usize % limit.max(1)
    }

    /// A seed with some changes.
    pub fn change(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + 1 + self.below(40)).min(bytes.len());
            match self.below(7) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                1 if at < bytes.len() => bytes[at] = self.0.next_u32().to_le_bytes()[0],
                2 if at < end => drop(bytes.drain(at..end)),
                3 if at < end => {
                    let piece = bytes[at..end].to_vec();
                    let times = 1 + self.below(30);
                    bytes.splice(at..at, piece.repeat(times));
                }
                4 => {
                    let other = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len() + 1);
                    let piece = other[from..].iter().copied().take(self.below(80)).collect::<Vec<_>>();
                    bytes.splice(at..at, piece);
                }
                5 => bytes.truncate(at),
                _ => {
                    let word = WORDS[self.below(WORDS.len())];
                    bytes.splice(at..at, word.iter().copied());
                }
            }
        }
        bytes
    }
}
