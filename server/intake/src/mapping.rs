//! A mapping: how a file of another system becomes one of our kinds. Written in TOML, kept by the office.
//!
//! ```toml
//! kind = "case-files"
//! name = "Hệ thống một cửa cũ"
//! date_format = "MM/dd/yyyy"          # else ISO and dd/MM/yyyy
//! ignore = ["status"]                 # headers to leave although we would know them
//! [columns]
//! case_code = "CASE_ID"               # our column = the file's header
//! [constants]
//! agency_code = "H26.1"               # our column = the same value in every row
//! [values.channel]
//! "Web" = "online"                    # the file's value = ours
//! "*" = "other"                       # every other value
//! ```

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use thuocdo::text::fold;
use unicode_normalization::UnicodeNormalization;

use super::{columns::Column, dates::First, kind::Kind};

/// The key in `[values.…]` that stands for every value not named.
const ANY: &str = "*";

/// How a file of another system becomes one of our kinds.
#[derive(Debug, Clone)]
pub struct Mapping {
    kind: Kind,
    name: Option<String>,
    date_first: First,
    columns: BTreeMap<&'static str, String>,
    constants: BTreeMap<&'static str, String>,
    values: BTreeMap<&'static str, Translation>,
    /// The folded headers it takes or leaves on purpose.
    spoken_of: Vec<String>,
}

/// Why a text is no mapping.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    #[error("ánh xạ không đúng cú pháp TOML / the mapping is not valid TOML: {0}")]
    Toml(String),
    #[error("dòng kind = \"{0}\" không đúng; {expected} / kind = \"{0}\" is unknown", expected = super::ParseKindError)]
    Kind(String),
    #[error(
        "[{section}]: không có cột “{column}” trong {kind}; các cột: {known} / \
         [{section}]: {kind} has no column “{column}”; its columns: {known}"
    )]
    Column { section: &'static str, column: String, kind: Kind, known: String },
    #[error(
        "cột “{0}” được gán hai lần (trong [columns] và [constants], hoặc dưới hai tên); bỏ một chỗ / \
         column “{0}” is given twice (in [columns] and [constants], or under two names); remove one"
    )]
    Twice(&'static str),
    #[error(
        "date_format “{0}” không hiểu được; viết như dd/MM/yyyy, MM/dd/yyyy hoặc yyyy-MM-dd / \
         date_format “{0}” is not understood; write it like dd/MM/yyyy, MM/dd/yyyy or yyyy-MM-dd"
    )]
    DateFormat(String),
    #[error(
        "[constants] {0}: giá trị là chữ, số hoặc có/không / [constants] {0}: the value is a text, number or boolean"
    )]
    Constant(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: String,
    name: Option<String>,
    date_format: Option<String>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    constants: BTreeMap<String, toml::Value>,
    #[serde(default)]
    values: BTreeMap<String, BTreeMap<String, String>>,
}

impl Mapping {
    /// Reads a mapping; every column it names must be one of its kind's.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let written: Written =
            toml::from_str(text).map_err(|error| MappingError::Toml(error.to_string().trim().to_owned()))?;
        let kind: Kind = written.kind.parse().map_err(|_| MappingError::Kind(written.kind.clone()))?;
        let date_first = match written.date_format {
            None => First::default(),
            Some(format) => First::of_format(&format).ok_or(MappingError::DateFormat(format))?,
        };
        let mut mapping = Self {
            kind,
            name: written.name,
            date_first,
            columns: BTreeMap::new(),
            constants: BTreeMap::new(),
            values: BTreeMap::new(),
            spoken_of: written.columns.values().chain(&written.ignore).map(|header| fold(header)).collect(),
        };
        for (column, header) in written.columns {
            let name = column_of(kind, "columns", &column)?;
            if mapping.columns.insert(name, clean(&header)).is_some() {
                return Err(MappingError::Twice(name));
            }
        }
        for (column, value) in written.constants {
            let name = column_of(kind, "constants", &column)?;
            let value = constant(value).ok_or(MappingError::Constant(column))?;
            if mapping.constants.insert(name, clean(&value)).is_some() || mapping.columns.contains_key(name) {
                return Err(MappingError::Twice(name));
            }
        }
        for (column, values) in written.values {
            let name = column_of(kind, "values", &column)?;
            if mapping.values.insert(name, Translation::new(values)).is_some() {
                return Err(MappingError::Twice(name));
            }
        }
        Ok(mapping)
    }

    /// What the rows become.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    pub(super) fn date_first(&self) -> First {
        self.date_first
    }

    pub(super) fn source_of(&self, column: &Column) -> Option<&str> {
        self.columns.get(column.name).map(String::as_str)
    }

    pub(super) fn constant(&self, column: &Column) -> Option<&str> {
        self.constants.get(column.name).map(String::as_str)
    }

    pub(super) fn translation(&self, column: &Column) -> Option<&Translation> {
        self.values.get(column.name)
    }

    /// Whether it says what a header means, or to leave it.
    pub(super) fn speaks_of(&self, folded: &str) -> bool {
        self.spoken_of.iter().any(|header| header == folded)
    }
}

/// The values of one column and what they become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Translation {
    exact: HashMap<String, String>,
    folded: HashMap<String, String>,
    other: Option<String>,
}

impl Translation {
    fn new(mut values: BTreeMap<String, String>) -> Self {
        let other = values.remove(ANY).map(|value| clean(&value));
        let exact: HashMap<String, String> =
            values.into_iter().map(|(from, to)| (clean(&from), clean(&to))).collect();
        let folded = exact.iter().map(|(from, to)| (fold(from), to.clone()));
        let folded = folded.filter(|(from, _)| !from.is_empty()).collect();
        Self { exact, folded, other }
    }

    /// Our value for the file's; a value the mapping does not name stays as it is. An empty cell stays empty unless
    /// the mapping names `""`.
    pub(super) fn of<'a>(&'a self, value: &'a str) -> &'a str {
        if let Some(to) = self.exact.get(value) {
            return to;
        }
        if value.is_empty() {
            return value;
        }
        self.folded.get(&fold(value)).or(self.other.as_ref()).map_or(value, String::as_str)
    }
}

fn column_of(kind: Kind, section: &'static str, column: &str) -> Result<&'static str, MappingError> {
    let folded = fold(column);
    kind.columns().iter().find(|known| known.is_called(&folded)).map(|known| known.name).ok_or_else(|| {
        let known = super::template(kind).join(", ");
        MappingError::Column { section, column: column.to_owned(), kind, known }
    })
}

fn constant(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Array(_) | toml::Value::Table(_) => None,
    }
}

fn clean(text: &str) -> String {
    text.trim().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_translated_exactly_then_folded_then_by_the_star() {
        let mapping = Mapping::parse(
            "kind = 'case-files'\n[values.channel]\n'Web' = 'online'\n'Quầy số 1' = 'in_person'\n'-' = ''\n'*' = 'other'",
        )
        .unwrap();
        let translation = &mapping.values["channel"];
        assert_eq!(translation.of("Web"), "online");
        assert_eq!(translation.of("QUAY SO 1"), "in_person");
        assert_eq!(translation.of("-"), "");
        assert_eq!(translation.of("fax"), "other");
        assert_eq!(translation.of(""), "");
    }

    #[test]
    fn an_unknown_column_is_named_beside_the_ones_there_are() {
        let error = Mapping::parse("kind = 'fields'\n[columns]\ncase_code = 'X'").unwrap_err().to_string();
        assert!(error.contains("[columns]") && error.contains("case_code"), "{error}");
        assert!(error.contains("field_code, name, priority"), "{error}");
    }

    #[test]
    fn a_column_may_be_named_by_its_vietnamese_label_but_only_once() {
        let mapping = Mapping::parse("kind = 'case-files'\n[columns]\n'Mã hồ sơ' = 'ID'").unwrap();
        assert_eq!(mapping.columns["case_code"], "ID");
        let twice = Mapping::parse("kind = 'case-files'\n[columns]\ncase_code = 'A'\n'Mã hồ sơ' = 'ID'");
        assert_eq!(twice.unwrap_err(), MappingError::Twice("case_code"));
        let both = Mapping::parse("kind = 'fields'\n[columns]\nname = 'A'\n[constants]\nname = 'B'");
        assert_eq!(both.unwrap_err(), MappingError::Twice("name"));
    }

    #[test]
    fn what_is_no_mapping_is_told_with_its_line() {
        let error = Mapping::parse("kind = 'fields'\nname = ").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
        assert!(matches!(Mapping::parse("kind = 'files'"), Err(MappingError::Kind(_))));
        assert!(matches!(Mapping::parse("kind = 'fields'\ncolour = 1"), Err(MappingError::Toml(_))));
        let format = Mapping::parse("kind = 'fields'\ndate_format = 'yy/M'");
        assert!(matches!(format, Err(MappingError::DateFormat(_))));
    }

    #[test]
    fn the_mappings_we_ship_are_mappings() {
        for (text, kind) in [
            (include_str!("../../mappings/boston-311-case-files.toml"), Kind::CaseFiles),
            (include_str!("../../mappings/boston-311-petitions.toml"), Kind::Petitions),
        ] {
            assert_eq!(Mapping::parse(text).unwrap().kind(), kind);
        }
    }
}
