//! PDFs: what the templates of `typeset` read, made from charts, forms and lists.

use app::context::{Form06a, Form07b, Listing};
use chrono::{Datelike as _, NaiveDate};
use serde_json::{Value as Json, json};
use store::CaseFileLine;
use thuocdo::{
    case_file_report::{source, window_label},
    charts::{
        Chart, Size, Theme, picture,
        values::{Value, Values},
    },
    forms::{
        ii_06a::{Columns, Line},
        ii_07b::{self, UNKNOWN},
    },
    lang::Lang,
    sheets::Sheet,
};
use typeset::{Refusal, Work};

use super::{case_file_list, form_06a, form_07b, passport::Passport};

/// A day as the templates' compiler takes it.
pub(super) fn day(day: NaiveDate) -> (i32, u8, u8) {
    let small = |n: u32| u8::try_from(n).unwrap_or(1);
    (day.year(), small(day.month()), small(day.day()))
}

/// A table as templates read it: a column of numbers stands on the right.
pub(super) fn table(caption: &str, values: &Values, lang: Lang) -> Json {
    let is_numeric = |column: usize| {
        let mut cells =
            values.rows.iter().filter_map(|row| row.get(column)).filter(|cell| **cell != Value::Empty);
        let has_text = cells.clone().any(|cell| matches!(cell, Value::Text(_) | Value::Day(_)));
        !has_text && cells.next().is_some()
    };
    let rows: Vec<Vec<String>> =
        values.rows.iter().map(|row| row.iter().map(|cell| cell.written(lang)).collect()).collect();
    let numeric: Vec<bool> = (0..values.head.len()).map(is_numeric).collect();
    json!({ "caption": caption, "head": values.head, "rows": rows, "numeric": numeric })
}

/// A chart on a page of its size, with its passport.
///
/// # Errors
/// When it cannot be set.
pub fn figure(
    chart: &Chart,
    size: Size,
    passport: &Passport,
    made_on: NaiveDate,
) -> Result<Vec<u8>, Refusal> {
    let lang = chart.words.lang;
    let data = json!({
        "lang": lang.as_str(),
        "title": chart.title,
        "description": chart.description,
        "width": size.width,
        "passport": passport.json(),
    });
    let files = [("figure.svg".to_owned(), picture(chart, size, Theme::Light).into_bytes())];
    typeset::pdf(&Work { template: typeset::FIGURE, data: &data, files: &files, made_on: day(made_on) })
}

/// Form II.06a.
///
/// # Errors
/// When it cannot be set.
pub fn form_06a(asked: &Form06a, made_on: NaiveDate) -> Result<Vec<u8>, Refusal> {
    let lang = asked.origin.lang;
    let row = |number: &str, line: &Line, is_sum: bool| {
        let counts: Vec<String> =
            Columns::all(&line.columns).into_iter().map(|count| lang.number(count)).collect();
        json!({ "number": number, "name": line.name, "counts": counts, "is_sum": is_sum })
    };
    let mut rows = Vec::new();
    for (roman, group) in form_06a::ROMAN.into_iter().zip(&asked.form.groups) {
        rows.push(row(roman, &group.sum, true));
        rows.extend(
            (1..).zip(&group.lines).map(|(number, line): (usize, _)| row(&number.to_string(), line, false)),
        );
    }
    rows.push(row("", &form_06a::total(asked), true));
    let data = json!({
        "lang": lang.as_str(),
        "title": form_06a::name(lang),
        "invented": invented(asked.origin.is_invented, lang),
        "under": form_06a::period(asked),
        "whom": form_06a::whom(asked),
        "by": form_06a::by(asked.by, lang),
        "rows": rows,
        "none": asked.form.groups.is_empty().then(|| form_06a::none(lang)),
        "notes": form_06a::notes(asked),
    });
    typeset::pdf(&Work { template: typeset::FORM_06A, data: &data, files: &[], made_on: day(made_on) })
}

/// Form II.07b.
///
/// # Errors
/// When it cannot be set.
pub fn form_07b(asked: &Form07b, made_on: NaiveDate) -> Result<Vec<u8>, Refusal> {
    let lang = asked.origin.lang;
    let row = |number: &str, line: &ii_07b::Line, is_sum: bool| {
        let written = |cell: Option<i64>| cell.map_or_else(|| UNKNOWN.to_owned(), |count| lang.number(count));
        let counts = line.columns.cells().map(written);
        json!({ "number": number, "name": line.name, "counts": counts, "is_sum": is_sum })
    };
    let mut rows: Vec<Json> = (1..)
        .zip(&asked.form.lines)
        .map(|(number, line): (usize, _)| row(&number.to_string(), line, false))
        .collect();
    rows.push(row("", &form_07b::total(asked), true));
    let groups = form_07b::groups(lang).map(|(head, columns)| json!({ "head": head, "columns": columns }));
    let data = json!({
        "lang": lang.as_str(),
        "title": form_07b::name(lang),
        "invented": invented(asked.origin.is_invented, lang),
        "number": form_07b::number(lang),
        "day": form_07b::day(asked),
        "whom": form_07b::whom(asked),
        "unit": form_07b::unit(lang),
        "heads": form_07b::heads(lang),
        "groups": groups,
        "numbers": form_07b::NUMBERS,
        "rows": rows,
        "notes": form_07b::notes(asked),
        "signed": form_07b::signed(lang),
    });
    typeset::pdf(&Work { template: typeset::FORM_07B, data: &data, files: &[], made_on: day(made_on) })
}

/// A list of case files: of a few thousand, each page of which takes some milliseconds.
///
/// # Errors
/// When it cannot be set.
pub fn list(
    listing: &Listing,
    lines: &[CaseFileLine],
    taken: Option<&str>,
    made_on: NaiveDate,
) -> Result<Vec<u8>, Refusal> {
    let (lang, question) = (listing.origin.lang, &listing.question);
    let written = |day: Option<NaiveDate>| day.map(|day| lang.date(day)).unwrap_or_default();
    let rows: Vec<Vec<String>> = (1..)
        .zip(lines)
        .map(|(number, line)| {
            let ended_on = line.ended_on.filter(|ended| *ended <= question.window().last);
            vec![
                lang.number(number),
                line.case_code.clone(),
                lang.date(line.received_on),
                written(line.due_on),
                written(ended_on),
                line.agency_name.clone(),
                line.procedure_name.clone().unwrap_or_default(),
                String::new(),
            ]
        })
        .collect();
    let heads = case_file_list::heads(listing.measured, lang);
    // The field is left out: the procedure says more, and a page is as wide as it is.
    let head: Vec<&str> =
        heads.iter().enumerate().filter(|(column, _)| *column != 6).map(|(_, head)| *head).collect();
    let numeric: Vec<bool> = (0..head.len()).map(|column| column == 0).collect();
    let data = json!({
        "lang": lang.as_str(),
        "title": case_file_list::title(listing.measured, lang),
        "about": format!(
            "{} · {} · {}",
            listing.origin.whom,
            window_label(question, lang),
            lang.count(listing.total, "hồ sơ", "case file", "case files")
        ),
        "invented": invented(listing.origin.is_invented, lang),
        "none": lines.is_empty().then(|| case_file_list::none(lang)),
        "table": { "head": head, "rows": rows, "numeric": numeric },
        "widths": [12, 52, 23, 23, 23, 0, 0, 28],
        "size": 10,
        "source": match taken {
            Some(taken) => format!("{}. {taken}", source(question, &listing.origin)),
            None => source(question, &listing.origin),
        },
        "passport": null,
    });
    typeset::pdf(&Work { template: typeset::TABLE, data: &data, files: &[], made_on: day(made_on) })
}

/// A table, with its passport.
///
/// # Errors
/// When it cannot be set.
pub fn sheet(sheet: &Sheet, passport: &Passport, made_on: NaiveDate) -> Result<Vec<u8>, Refusal> {
    let lang = sheet.lang;
    let rows = sheet.values.rows.len();
    let count = lang.count(i64::try_from(rows).unwrap_or(i64::MAX), "dòng", "row", "rows");
    let none = lang.of("Không có dòng nào.", "There are no rows.");
    let data = json!({
        "lang": lang.as_str(),
        "title": sheet.title,
        "about": format!("{} · {count}", sheet.subtitle),
        "invented": invented(sheet.is_invented, lang),
        "none": (rows == 0).then_some(none),
        "table": table("", &sheet.values, lang),
        "widths": null,
        "size": 9,
        "source": sheet.source,
        "passport": passport.json(),
    });
    typeset::pdf(&Work { template: typeset::TABLE, data: &data, files: &[], made_on: day(made_on) })
}

/// What stands on every page of made-up data.
pub(super) fn invented(is_invented: bool, lang: Lang) -> Option<&'static str> {
    is_invented.then(|| lang.of("SỐ LIỆU MÔ PHỎNG", "INVENTED DATA"))
}
