//! Documents set in type: a template of [typst](https://typst.app) and its data become a PDF for archives (PDF/A-2a, tagged,
//! so that it can be read aloud and searched). A package of its own: the compiler in it is large and seldom changes.

#![warn(missing_docs)]

mod refusal;

use std::sync::LazyLock;

use serde_json::Value;
use typst::{
    World, WorldExt,
    diag::SourceDiagnostic,
    foundations::{Bytes, Datetime, Smart},
    text::Font,
};
use typst_as_lib::{TypstAsLibError, TypstEngine};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use refusal::Refusal;

/// The monthly brief: what `--brief-template` replaces.
pub const BRIEF: &str = include_str!("../templates/brief.typ");
/// A figure by itself.
pub const FIGURE: &str = include_str!("../templates/figure.typ");
/// Form II.06a.
pub const FORM_06A: &str = include_str!("../templates/form_06a.typ");
/// Form II.07b.
pub const FORM_07B: &str = include_str!("../templates/form_07b.typ");
/// A table or a list.
pub const TABLE: &str = include_str!("../templates/table.typ");

/// What templates have in common.
const OFFICIAL: &str = include_str!("../templates/official.typ");

/// Under this name a template's errors are told.
const MAIN: &str = "template.typ";

/// Times-metric letters for documents, the product's own for charts. No font of the machine is asked.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 6] = [
        include_bytes!("../../fonts/Tinos_400Regular.ttf"),
        include_bytes!("../../fonts/Tinos_400Regular_Italic.ttf"),
        include_bytes!("../../fonts/Tinos_700Bold.ttf"),
        include_bytes!("../../fonts/Tinos_700Bold_Italic.ttf"),
        include_bytes!("../../fonts/BeVietnamPro_400Regular.ttf"),
        include_bytes!("../../fonts/BeVietnamPro_600SemiBold.ttf"),
    ];
    files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect()
});

/// What is to be set.
#[derive(Debug, Clone)]
pub struct Work<'a> {
    /// The template.
    pub template: &'a str,
    /// What it reads as `data.json`.
    pub data: &'a Value,
    /// Other files it reads: names and contents.
    pub files: &'a [(String, Vec<u8>)],
    /// The day printed in the document's properties: year, month, day.
    pub made_on: (i32, u8, u8),
}

/// The document as PDF/A-2a. The same work gives the same bytes.
///
/// # Errors
/// When the template says something that cannot be set; it tells where.
pub fn pdf(work: &Work<'_>) -> Result<Vec<u8>, Refusal> {
    let data = serde_json::to_vec(work.data).map_err(|error| Refusal::of(&error))?;
    let files = work.files.iter().map(|(name, content)| (name.as_str(), content.clone()));
    let engine = TypstEngine::builder()
        .fonts(FONTS.iter().cloned())
        .with_static_source_file_resolver([(MAIN, work.template), ("official.typ", OFFICIAL)])
        .with_static_file_resolver(files.chain([("data.json", data)]))
        .build();
    let set = engine.with_world(MAIN, |world| {
        let document = typst::compile::<PagedDocument>(world).output.map_err(|why| told(world, &why))?;
        let (year, month, day) = work.made_on;
        let written = |standards: &[PdfStandard]| {
            let options = PdfOptions {
                creator: Smart::Custom(Some("Thước Đo".into())),
                timestamp: Datetime::from_ymd(year, month, day).map(Timestamp::new_utc),
                standards: PdfStandards::new(standards).map_err(|why| Refusal::of(why.message()))?,
                ..PdfOptions::default()
            };
            typst_pdf::pdf(&document, &options).map_err(|why| told(world, &why))
        };
        // For archives every sign needs a glyph: a name with one that no font of ours has goes out as plain PDF.
        written(&[PdfStandard::A_2a]).or_else(|_| written(&[]))
    });
    set.map_err(|error: TypstAsLibError| Refusal::of(&error))?
}

/// The first error, with its place in the template.
fn told(world: &impl World, diagnostics: &[SourceDiagnostic]) -> Refusal {
    let Some(first) = diagnostics.first() else { return Refusal::of(&"nothing was set") };
    let place = first.span.id().and_then(|id| {
        let range = world.range(first.span)?;
        let source = world.source(id).ok()?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        let name = source.id().vpath().get_without_slash().to_owned();
        Some((name, line + 1, column + 1))
    });
    let hints = first.hints.iter().map(|hint| hint.v.to_string()).collect();
    Refusal { message: first.message.to_string(), place, hints }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn set(template: &str) -> Result<Vec<u8>, Refusal> {
        pdf(&Work { template, data: &json!({ "words": "Ứng Hòa" }), files: &[], made_on: (2023, 9, 30) })
    }

    #[test]
    fn a_template_and_its_data_become_the_same_pdf_each_time() {
        let template = "#set document(title: \"Ỷ Lan\")\n#set text(lang: \"vi\", font: \"Tinos\")\n= A\n#json(\"data.json\").words";
        let once = set(template).expect("a PDF");
        assert!(once.starts_with(b"%PDF-"));
        assert_eq!(Some(once), set(template).ok());
    }

    #[test]
    fn a_sign_that_no_font_has_does_not_keep_a_document_back() {
        let standard = |template: &str| {
            let pdf = set(template).expect("a PDF");
            String::from_utf8_lossy(&pdf).contains("<pdfaid:part>2</pdfaid:part>")
        };
        let head = "#set document(title: \"A\")\n#set text(font: \"Tinos\")\n= A\n";
        assert!(standard(&format!("{head}Ỷ Lan")));
        assert!(!standard(&format!("{head}漢\u{202e}")));
    }

    #[test]
    fn a_template_edited_wrongly_is_told_by_line_and_column() {
        let refusal = set("= A\n\n#let x = (1,\n").expect_err("no PDF");
        assert_eq!(refusal.place, Some(("template.typ".to_owned(), 3, 10)), "{refusal}");
        let words = refusal.to_string();
        assert!(words.contains("dòng 3") && words.contains("line 3"), "{words}");
        let unknown = set("#json(\"data.json\").word").expect_err("no PDF").to_string();
        assert!(unknown.contains("word"), "{unknown}");
        // Nothing outside is read.
        let outside = set("#read(\"/etc/passwd\")").expect_err("no PDF").to_string();
        assert!(outside.contains("passwd"), "{outside}");
    }
}
