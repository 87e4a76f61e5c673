//! Tokens of systems that push data in: made of chance, kept as a hash.

use sha2::{Digest as _, Sha256};

/// What a token begins with, so that people and scanners of secrets know one when they see it.
const MARK: &str = "thuocdo_";

/// A new token.
///
/// # Errors
/// When the system has no chance to give.
pub fn new() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{MARK}{}", hex::encode(bytes)))
}

/// What is kept of a token. It is made of 256 bits of chance, so that a plain hash can be guessed no better than itself.
#[must_use]
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tokens_differ_and_their_hashes_tell_nothing_of_them() {
        let (one, other) = (new().expect("chance"), new().expect("chance"));
        assert_ne!(one, other);
        assert_eq!(one.len(), MARK.len() + 64);
        assert_ne!(hash(&one), hash(&other));
        assert!(!hash(&one).contains(&one[MARK.len()..]));
        assert_eq!(
            hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "SHA-256"
        );
    }
}
