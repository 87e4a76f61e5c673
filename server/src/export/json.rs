//! A chart as JSON: its words, and its numbers with what each of them is.

use serde_json::json;
use thuocdo::charts::Chart;

use super::passport::Passport;

/// The chart for programs.
#[must_use]
pub fn chart(chart: &Chart, passport: &Passport) -> Vec<u8> {
    let document = json!({
        "title": chart.title,
        "subtitle": chart.subtitle,
        "description": chart.description,
        "source": chart.source,
        "invented": chart.invented,
        "rows": passport.values.rows.len(),
        "passport": passport,
    });
    serde_json::to_vec_pretty(&document).unwrap_or_default()
}
