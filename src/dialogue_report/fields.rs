//! Priority fields: how many heads held a dialogue in each.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cell::Column;
use crate::{dialogue::Dialogue, indicator::Facts};

/// A field of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialogueField {
    /// The dialogue's code.
    pub dialogue_code: String,
    /// The field's code.
    pub field_code: String,
    /// The field's name.
    pub field_name: String,
    /// Whether the plan stresses it.
    pub is_priority: bool,
}

/// One priority field in the half-year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLine {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Obliged offices that held a dialogue that counts in it.
    pub offices: i64,
}

/// Counts offices by priority field; a field nobody touched stands there with zero.
#[must_use]
pub fn lines(
    facts: &Facts,
    priority: &[(String, String)],
    fields: &[DialogueField],
    column: Column,
) -> Vec<FieldLine> {
    let offices = |code: &str| holders(facts, fields, Some(code), column).len();
    priority
        .iter()
        .map(|(code, name)| FieldLine {
            code: code.clone(),
            name: name.clone(),
            offices: i64::try_from(offices(code)).unwrap_or(i64::MAX),
        })
        .collect()
}

/// The obliged offices that held a dialogue that counts in a priority field: in the one of a code, or in any.
#[must_use]
pub fn holders<'a>(
    facts: &'a Facts,
    fields: &[DialogueField],
    code: Option<&str>,
    column: Column,
) -> BTreeSet<&'a str> {
    let obliged: BTreeSet<&str> = facts
        .agencies
        .iter()
        .filter(|agency| agency.owes_dialogue_on(column.window.last))
        .map(|agency| agency.code.as_str())
        .collect();
    let about: BTreeSet<&str> = fields
        .iter()
        .filter(|field| field.is_priority && code.is_none_or(|code| field.field_code == code))
        .map(|field| field.dialogue_code.as_str())
        .collect();
    let counts = |dialogue: &&'a Dialogue| {
        dialogue.counts_in(column.window)
            && obliged.contains(dialogue.agency_code.as_str())
            && about.contains(dialogue.code.as_str())
    };
    facts.dialogues.iter().filter(counts).map(|dialogue| dialogue.agency_code.as_str()).collect()
}
