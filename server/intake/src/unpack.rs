//! Looks into a workbook's ZIP before anything is read from it: what it is, and how large it really unpacks.

use std::{
    fs::File,
    io::{BufReader, Read},
};

use zip::ZipArchive;

use super::file_error::{FileError, Foreign};

/// A workbook has a few dozen parts, or hundreds with pictures.
const MOST_PARTS: usize = 10_000;

/// The library holds these parts whole, each element many times its size in the file.
const MOST_ELEMENTS: [(&str, usize); 3] =
    [("xl/sharedstrings.xml", 24_000_000), ("xl/styles.xml", 1_000_000), ("xl/workbook.xml", 1_000_000)];

/// What is told of a workbook by its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unpacked {
    /// Its days are counted from 1904, as old Macintosh programs did.
    pub(super) is_1904: bool,
}

/// Unpacks everything once, counting, and keeps nothing: the sizes a ZIP states may lie.
pub(super) fn check(file: File, limit: u64) -> Result<Unpacked, FileError> {
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    if zip.len() > MOST_PARTS {
        return Err(FileError::TooManyParts { parts: zip.len() });
    }
    let mut names = Vec::with_capacity(zip.len());
    for index in 0..zip.len() {
        names.push(plain(zip.by_index_raw(index).map_err(damaged)?.name_raw()));
    }
    if let Some(foreign) = foreign(&names) {
        return Err(FileError::Foreign(foreign));
    }
    let mut unpacked = Unpacked { is_1904: false };
    let mut left = limit;
    let mut buffer = vec![0; 64 << 10];
    for (index, name) in names.iter().enumerate() {
        let mut part = zip.by_index(index).map_err(damaged)?;
        let most_elements = MOST_ELEMENTS.iter().find(|(held, _)| held == name).map(|(_, most)| *most);
        let mut elements = 0;
        loop {
            let length = part.read(&mut buffer).map_err(damaged)?;
            if length == 0 {
                break;
            }
            left = left.checked_sub(length as u64).ok_or(FileError::TooLarge { limit })?;
            if let Some(most) = most_elements {
                elements += buffer[..length].iter().filter(|byte| **byte == b'<').count();
                if elements > most {
                    return Err(FileError::TooManyParts { parts: elements });
                }
            }
            unpacked.is_1904 |= name == "xl/workbook.xml" && says_1904(&buffer[..length]);
        }
    }
    Ok(unpacked)
}

fn damaged(error: impl std::fmt::Display) -> FileError {
    FileError::Damaged(error.to_string())
}

/// The name of a part as some programs write it, with backslashes or capitals.
fn plain(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase()
}

fn says_1904(xml: &[u8]) -> bool {
    let xml = String::from_utf8_lossy(xml);
    ["date1904=\"1\"", "date1904=\"true\"", "date1904='1'"].iter().any(|attribute| xml.contains(attribute))
}

/// What a ZIP is that is no workbook.
fn foreign(names: &[String]) -> Option<Foreign> {
    let has = |part: &str| names.iter().any(|name| name == part);
    if has("xl/workbook.xml") {
        None
    } else if has("xl/workbook.bin") {
        Some(Foreign::BinaryExcel)
    } else if has("mimetype") && has("content.xml") {
        Some(Foreign::OpenDocument)
    } else if has("word/document.xml") || has("ppt/presentation.xml") {
        Some(Foreign::Document)
    } else {
        Some(Foreign::Zip)
    }
}
