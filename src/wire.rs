//! Days on their way to the browser: as numbers, so that it needs no parser for them.

/// A day as its number in the common era.
pub mod day {
    use chrono::{Datelike, NaiveDate};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    /// Writes the number.
    ///
    /// # Errors
    /// When the serializer fails.
    pub fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        day.num_days_from_ce().serialize(serializer)
    }

    /// Reads the number.
    ///
    /// # Errors
    /// When it is no day.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let number = i32::deserialize(deserializer)?;
        NaiveDate::from_num_days_from_ce_opt(number).ok_or_else(|| D::Error::custom("no day"))
    }
}

/// A day that may be missing.
pub mod maybe_day {
    use chrono::{Datelike, NaiveDate};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the number, if there is one.
    ///
    /// # Errors
    /// When the serializer fails.
    pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(|day| day.num_days_from_ce()).serialize(serializer)
    }

    /// Reads the number, if there is one.
    ///
    /// # Errors
    /// When the deserializer fails.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
        Ok(Option::<i32>::deserialize(deserializer)?.and_then(NaiveDate::from_num_days_from_ce_opt))
    }
}
