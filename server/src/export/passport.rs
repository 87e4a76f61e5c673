//! The passport of a figure in a file: where it is shown, by which definitions, and its numbers, so that a picture found in
//! a folder opens the view it came from and tells whether the numbers are others now.
//!
//! It is one JSON text: in a PNG a text chunk, in an SVG its metadata, in a workbook and in a PDF their properties.

use std::{
    borrow::Cow,
    io::{Cursor, Read as _},
};

use app::links;
use png::{Decoder, Encoder};
use quick_xml::{
    Reader,
    escape::{escape, resolve_predefined_entity},
    events::{BytesStart, Event},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thuocdo::{charts::values::Values, indicator::DEFINITIONS};
use zip::ZipArchive;

/// What the text is called wherever it is kept.
pub const NAME: &str = "thuocdo-passport";
/// What a brief is called where a chart has its name.
pub const BRIEF: &str = "bao-cao-thang";
/// A file with a picture or a table of ours is far smaller.
pub const LARGEST: usize = 20 << 20;
/// More than any passport has.
const LONGEST: usize = 1 << 20;
/// Where a workbook keeps the properties that programs give it.
const PROPERTIES: &str = "docProps/custom.xml";
/// A property of a workbook holds no longer text.
pub const PROPERTY: usize = 255;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passport {
    /// The word of the chart, or [`BRIEF`].
    pub chart: String,
    /// The view it is from: path, query and place on the page.
    pub view: String,
    /// The query alone: with it the chart is asked for again.
    pub query: String,
    /// Which edition of the definitions the numbers follow.
    pub definitions: u32,
    /// The numbers.
    pub values: Values,
    /// The SHA-256 of the numbers, in hexadecimal digits.
    pub sha256: String,
}

/// Why nothing can be said of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPassport {
    /// Neither of the kinds that carry one.
    #[error(
        "đây không phải là tệp PNG, SVG, PDF hay XLSX: hãy chọn tệp đã tải từ Thước Đo / \
         this is no PNG, SVG, PDF or XLSX: choose a file downloaded from Thước Đo"
    )]
    UnknownKind,
    /// It carries none: another program wrote it, or wrote it anew.
    #[error(
        "tệp không mang hộ chiếu của Thước Đo: phần mềm khác đã tạo ra hoặc đã ghi lại tệp; hãy dùng bản tải về ban đầu / \
         the file carries no passport of Thước Đo: another program made it or wrote it anew; use the file as it was downloaded"
    )]
    Missing,
    /// It carries one that does not fit together.
    #[error(
        "hộ chiếu trong tệp đã bị sửa: số và dấu kiểm không khớp; hãy tải lại hình / \
         the passport in the file was changed: its numbers do not match their check; download the figure again"
    )]
    Changed,
}

impl Passport {
    /// The passport of numbers shown in a view.
    #[must_use]
    pub fn of(chart: &str, view: String, query: String, values: Values) -> Self {
        let sha256 = digest(&values);
        Self { chart: chart.to_owned(), view, query, definitions: DEFINITIONS, values, sha256 }
    }

    /// The passport of a brief: its counts, under the query that asks for it.
    #[must_use]
    pub fn brief(query: &str, values: Values) -> Self {
        Self::of(BRIEF, format!("{}{query}", links::REPORTS), query.to_owned(), values)
    }

    /// As text.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn read(json: &str) -> Result<Self, NoPassport> {
        let passport: Self = serde_json::from_str(json).map_err(|_| NoPassport::Changed)?;
        (passport.sha256 == digest(&passport.values)).then_some(passport).ok_or(NoPassport::Changed)
    }

    /// The passport in a file.
    ///
    /// # Errors
    /// When there is none that can be believed.
    pub fn found_in(file: &[u8]) -> Result<Self, NoPassport> {
        let text = if file.starts_with(b"\x89PNG") {
            in_png(file)
        } else if file.starts_with(b"PK") {
            in_workbook(file)
        } else if file.starts_with(b"%PDF-") {
            in_pdf(file)
        } else if let Some(text) = std::str::from_utf8(file).ok().filter(|text| text.contains("<svg")) {
            in_svg(text)
        } else {
            return Err(NoPassport::UnknownKind);
        };
        let text = text.ok_or(NoPassport::Missing)?;
        if text.len() > LONGEST {
            return Err(NoPassport::Changed);
        }
        Self::read(&text)
    }

    /// The picture with the passport in it.
    #[must_use]
    pub fn stamp_svg(&self, svg: &str) -> String {
        let metadata = format!("<metadata id=\"{NAME}\">{}</metadata>", escape(self.json()));
        match svg.split_once('>') {
            Some((head, rest)) if head.starts_with("<svg") => format!("{head}>{metadata}{rest}"),
            _ => svg.to_owned(),
        }
    }

    /// The picture with the passport in it; `None` when it is no PNG.
    #[must_use]
    pub fn stamp_png(&self, picture: &[u8]) -> Option<Vec<u8>> {
        let mut reader = Decoder::new(Cursor::new(picture)).read_info().ok()?;
        let mut pixels = vec![0; reader.output_buffer_size()?];
        let info = reader.next_frame(&mut pixels).ok()?;
        let mut stamped = Vec::with_capacity(picture.len() + 4_096);
        let mut encoder = Encoder::new(&mut stamped, info.width, info.height);
        encoder.set_color(info.color_type);
        encoder.set_depth(info.bit_depth);
        encoder.add_itxt_chunk(NAME.to_owned(), self.json()).ok()?;
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(pixels.get(..info.buffer_size())?).ok()?;
        writer.finish().ok()?;
        Some(stamped)
    }
}

fn digest(values: &Values) -> String {
    hex::encode(Sha256::digest(serde_json::to_vec(values).unwrap_or_default()))
}

fn in_png(file: &[u8]) -> Option<String> {
    let reader = Decoder::new(Cursor::new(file)).read_info().ok()?;
    let chunk = reader.info().utf8_text.iter().find(|chunk| chunk.keyword == NAME)?;
    chunk.get_text().ok()
}

/// Texts of elements, each under what `key` makes of its start; in an XML that anybody may have written, so that it is read
/// as it comes: a tree takes many times the size of the file, and to look for attributes given twice takes a time that grows
/// with the square of their number.
fn texts<K>(xml: &str, key: impl Fn(&BytesStart<'_>) -> Option<K>) -> Option<Vec<(K, String)>> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut inside): (Vec<(K, String)>, u32) = (Vec::new(), 0);
    loop {
        let piece = match reader.read_event().ok()? {
            Event::Eof => return Some(found),
            Event::Start(start) if inside == 0 => {
                if let Some(key) = key(&start) {
                    found.push((key, String::new()));
                    inside = 1;
                }
                continue;
            }
            Event::Start(_) => {
                inside = inside.checked_add(1)?;
                continue;
            }
            Event::End(_) => {
                inside = inside.saturating_sub(1);
                continue;
            }
            Event::Text(text) => text.to_string(),
            Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                Some(letter) => letter.to_string(),
                None => resolve_predefined_entity(&name)?.to_owned(),
            },
            _ => continue,
        };
        if let Some((_, text)) = found.last_mut().filter(|_| inside > 0) {
            text.push_str(&piece);
        }
    }
}

/// What an element says under a name.
fn attribute<'a>(start: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut all = start.attributes();
    let mut known = all.with_checks(false).filter_map(Result::ok);
    known.find(|attribute| attribute.key.as_ref() == name).map(|attribute| attribute.value)
}

fn in_svg(text: &str) -> Option<String> {
    let is_ours = |start: &BytesStart<'_>| attribute(start, "id").is_some_and(|id| id == NAME);
    texts(text, |start| is_ours(start).then_some(()))?.into_iter().next().map(|(_, text)| text)
}

/// Among the keywords of the metadata, which is XML as it stands in a PDF for archives.
fn in_pdf(file: &[u8]) -> Option<String> {
    const END: &[u8] = b"</x:xmpmeta>";
    let begin = memchr::memmem::find(file, b"<x:xmpmeta")?;
    let end = begin + memchr::memmem::find(&file[begin..], END)? + END.len();
    let metadata = std::str::from_utf8(&file[begin..end]).ok()?;
    let keywords = texts(metadata, |start| (start.local_name().as_ref() == "Keywords").then_some(()))?;
    keywords.into_iter().next().map(|(_, words)| words).filter(|words| words.starts_with('{'))
}

fn in_workbook(file: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(file)).ok()?;
    let mut properties = String::new();
    archive.by_name(PROPERTIES).ok()?.take(LARGEST as u64).read_to_string(&mut properties).ok()?;
    let place = |start: &BytesStart<'_>| {
        let name = attribute(start, "name")?;
        name.strip_prefix(NAME)?.trim_start_matches('-').parse::<usize>().ok()
    };
    let mut pieces = texts(&properties, place)?;
    pieces.sort_unstable();
    (!pieces.is_empty()).then(|| pieces.into_iter().map(|(_, piece)| piece).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::png::render;
    use thuocdo::charts::{Unit, values::Value};

    fn passport() -> Passport {
        let row = vec![Value::Text("Ứng Hòa & <Ỷ Lan>".to_owned()), Value::Of(Unit::Percent, 9_978)];
        let values = Values { head: vec!["Đơn vị".to_owned(), "Giá trị".to_owned()], rows: vec![row] };
        Passport::of("ho-so-theo-thang", "/ho-so?period=2023#x".to_owned(), "?period=2023".to_owned(), values)
    }

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\"><text x=\"4\" y=\"28\">Ỷ</text></svg>";

    #[test]
    fn a_picture_tells_where_it_is_from_and_looks_as_before() {
        let passport = passport();
        let svg = passport.stamp_svg(SVG);
        assert_eq!(Passport::found_in(svg.as_bytes()), Ok(passport.clone()));
        let plain = render(SVG, 2).expect("a picture");
        assert_eq!(render(&svg, 2).as_ref(), Some(&plain), "nothing of it is drawn");
        let stamped = passport.stamp_png(&plain).expect("a PNG");
        assert_eq!(Passport::found_in(&stamped), Ok(passport));
        let pixels = |png: &[u8]| resvg::tiny_skia::Pixmap::decode_png(png).expect("a PNG").take();
        assert_eq!(pixels(&stamped), pixels(&plain));
    }

    #[test]
    fn a_passport_that_was_changed_is_not_believed_and_other_files_are_told_apart() {
        let changed = passport().stamp_svg(SVG).replace("9978", "9999");
        assert_eq!(Passport::found_in(changed.as_bytes()), Err(NoPassport::Changed));
        assert_eq!(Passport::found_in(SVG.as_bytes()), Err(NoPassport::Missing));
        assert_eq!(Passport::found_in(b"PK\x03\x04 not whole"), Err(NoPassport::Missing));
        assert_eq!(Passport::found_in(b"%PDF-1.7 without metadata"), Err(NoPassport::Missing));
        assert_eq!(Passport::found_in(b"plain words"), Err(NoPassport::UnknownKind));
        assert_eq!(Passport::found_in(b"\x89PNG cut"), Err(NoPassport::Missing));
    }

    #[test]
    fn a_file_made_to_be_hard_to_read_is_read_in_no_time() {
        let begun = std::time::Instant::now();
        let many = "<a/>".repeat(4 << 20);
        let deep = "<a>".repeat(4 << 20);
        let attributes: String = (0..1_000_000).map(|at| format!(" a{at}=''")).collect();
        let entities = "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
        for svg in [
            format!("<svg>{many}</svg>"),
            format!("<svg>{deep}"),
            format!("<svg{attributes}/>"),
            format!("{entities}<svg><metadata id=\"{NAME}\">&x;</metadata></svg>"),
        ] {
            assert_eq!(Passport::found_in(svg.as_bytes()), Err(NoPassport::Missing));
        }
        assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    }
}
