//! A chart's or a table's numbers as CSV that Excel opens rightly: a byte order mark, codes as text, nothing that runs as a formula.

use thuocdo::{
    charts::{Words, values::Value},
    lang::Lang,
    sheets::Sheet,
};

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// As programs expect.
    #[default]
    Comma,
    /// As Excel expects where the comma belongs to the numbers, as in Vietnam.
    Semicolon,
}

/// The numbers, then a few lines on what they are: title, subtitle, source, number of rows.
#[must_use]
pub fn table(sheet: &Sheet, separator: Separator) -> Vec<u8> {
    let (lang, values) = (sheet.lang, &sheet.values);
    let count = values.rows.len();
    let separator = match separator {
        Separator::Comma => b',',
        Separator::Semicolon => b';',
    };
    let mut builder = csv::WriterBuilder::new();
    let mut writer = builder.flexible(true).delimiter(separator).from_writer(b"\xef\xbb\xbf".to_vec());
    let mut write = |cells: &[String]| writer.write_record(cells.iter().map(|cell| harmless(cell)));
    // Writing into memory does not fail.
    let _ = write(&values.head);
    for row in &values.rows {
        let _ = write(&row.iter().map(|value: &Value| value.written(lang)).collect::<Vec<_>>());
    }
    let mut about = vec![sheet.title.clone(), sheet.subtitle.clone(), sheet.source.clone()];
    about.push(match lang {
        Lang::Vi => format!("{count} dòng"),
        Lang::En => format!("{count} rows"),
    });
    about.extend(sheet.is_invented.then(|| Words::of(lang).invented));
    for line in about.into_iter().filter(|line| !line.is_empty()) {
        let _ = write(&[line]);
    }
    writer.into_inner().unwrap_or_default()
}

/// Plain lines under a head.
#[must_use]
pub fn lines(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    // Writing into memory does not fail.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that a spreadsheet takes as text: one that begins like a formula gets an apostrophe.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thuocdo::charts::{Bar, Bars, Chart, Kind};

    #[test]
    fn an_agency_named_like_a_formula_stays_a_name() {
        let row = Bar { name: "=cmd|' /C calc'!A0".to_owned(), value: 3, cumulated: None, rest: false };
        let chart = Chart {
            title: "T".to_owned(),
            subtitle: String::new(),
            description: String::new(),
            source: "Nguồn: …".to_owned(),
            invented: true,
            words: Words::default(),
            about: Vec::new(),
            kind: Kind::Bars(Bars {
                rows: vec![row], counted: "hồ sơ trễ".to_owned(), ..Bars::default()
            }),
        };
        let text = String::from_utf8(table(&Sheet::of(&chart), Separator::Comma)).expect("UTF-8");
        assert!(text.starts_with('\u{feff}'));
        assert!(text.contains("\n'=cmd"), "{text}");
        assert!(text.contains("1 dòng") && text.contains("Số liệu mô phỏng"), "{text}");
        let semicolons = String::from_utf8(table(&Sheet::of(&chart), Separator::Semicolon)).expect("UTF-8");
        assert!(semicolons.contains("A0;3;"), "{semicolons}");
    }
}
