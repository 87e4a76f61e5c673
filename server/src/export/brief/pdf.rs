//! The brief as PDF: what its template reads.

use chrono::NaiveDate;
use serde_json::{Value, json};
use thuocdo::{
    brief::{Brief, Letterhead, Section},
    lang::Lang,
};
use typeset::{Refusal, Work};

use crate::export::{
    passport::Passport,
    pdf::{day, invented, table},
};

/// The brief, set by a template.
///
/// # Errors
/// When the template is wrong; it tells where.
pub fn pdf(
    brief: &Brief,
    letterhead: &Letterhead,
    passport: &Passport,
    template: &str,
    made_on: NaiveDate,
) -> Result<Vec<u8>, Refusal> {
    let files: Vec<(String, Vec<u8>)> = (0..)
        .zip(&brief.pictures)
        .map(|(number, picture): (usize, _)| (file_name(number), picture.svg.clone().into_bytes()))
        .collect();
    typeset::pdf(&Work {
        template,
        data: &data(brief, letterhead, passport),
        files: &files,
        made_on: day(made_on),
    })
}

fn file_name(number: usize) -> String {
    format!("hinh-{}.svg", number + 1)
}

fn data(brief: &Brief, letterhead: &Letterhead, passport: &Passport) -> Value {
    let lang = brief.lang;
    let pictures: Vec<Value> = (0..)
        .zip(&brief.pictures)
        .map(|(number, picture)| {
            json!({
                "title": picture.title,
                "description": picture.description,
                "file": file_name(number),
                "table": table("", &picture.values, lang),
            })
        })
        .collect();
    let annexes: Vec<Value> = brief
        .annexes
        .iter()
        .map(|annex| {
            json!({
                "name": annex.name,
                "table": table(&annex.table.caption, &annex.table.values, lang),
                "note": annex.note,
            })
        })
        .collect();
    json!({
        "lang": lang.as_str(),
        "title": brief.title,
        "whom": brief.whom,
        "month": brief.month.label(lang),
        "as_of": lang.date(brief.as_of),
        "invented": invented(brief.is_invented, lang),
        "letterhead": letterhead,
        "passport": passport.json(),
        "said": brief.said,
        "targets": table(&brief.targets.caption, &brief.targets.values, lang),
        "off_track": sections(&brief.off_track, lang),
        "others": sections(&brief.others, lang),
        "rescue": table(&brief.rescue.caption, &brief.rescue.values, lang),
        "figures": table(&brief.figures.caption, &brief.figures.values, lang),
        "pictures": pictures,
        "annexes": annexes,
        "notes": brief.notes,
    })
}

fn sections(sections: &[Section], lang: Lang) -> Vec<Value> {
    let section = |section: &Section| {
        json!({
            "heading": section.heading,
            "said": section.said,
            "gap": section.gap.as_ref().map(|gap| table(&gap.caption, &gap.values, lang)),
            "promised": section.promised,
        })
    };
    sections.iter().map(section).collect()
}
