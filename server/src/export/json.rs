//! A chart or a table as JSON: its words, and its numbers with what each of them is.

use serde_json::json;
use thuocdo::sheets::Sheet;

use super::passport::Passport;

/// The numbers for programs.
#[must_use]
pub fn sheet(sheet: &Sheet, passport: &Passport) -> Vec<u8> {
    let document = json!({
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "description": sheet.description,
        "source": sheet.source,
        "invented": sheet.is_invented,
        "rows": passport.values.rows.len(),
        "passport": passport,
    });
    serde_json::to_vec_pretty(&document).unwrap_or_default()
}
