//! Priority fields: how many heads held a dialogue in each.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::cell::Column;
use crate::indicator::Facts;

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
    let obliged: BTreeSet<&str> = facts
        .agencies
        .iter()
        .filter(|agency| agency.owes_dialogue_on(column.window.last))
        .map(|agency| agency.code.as_str())
        .collect();
    let holders: BTreeMap<&str, &str> = facts
        .dialogues
        .iter()
        .filter(|d| d.counts_in(column.window) && obliged.contains(d.agency_code.as_str()))
        .map(|d| (d.code.as_str(), d.agency_code.as_str()))
        .collect();
    let offices = |code: &str| {
        let of_field = fields.iter().filter(|field| field.is_priority && field.field_code == code);
        of_field.filter_map(|field| holders.get(field.dialogue_code.as_str())).collect::<BTreeSet<_>>().len()
    };
    priority
        .iter()
        .map(|(code, name)| FieldLine {
            code: code.clone(),
            name: name.clone(),
            offices: i64::try_from(offices(code)).unwrap_or(i64::MAX),
        })
        .collect()
}
