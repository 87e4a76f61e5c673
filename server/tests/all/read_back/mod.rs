//! Files read back with the tools of others: poppler, python-docx, openpyxl, Pillow, LibreOffice.

use std::{path::PathBuf, process::Command};

use tempfile::TempDir;

/// Where the files lie while they are read.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn put(&self, name: &str, file: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, file).expect("a file");
        path
    }

    /// The text of a PDF, page by page, as poppler finds it.
    pub fn pdf_text(&self, file: &[u8]) -> String {
        let path = self.put("x.pdf", file);
        said(Command::new("pdftotext").arg("-layout").arg(&path).arg("-"))
    }

    /// What poppler says of a PDF: pages, title, whether it is tagged.
    pub fn pdf_info(&self, file: &[u8]) -> String {
        said(Command::new("pdfinfo").arg(self.put("x.pdf", file)))
    }

    /// A document of Word as python-docx reads it.
    pub fn docx(&self, file: &[u8]) -> String {
        self.python("docx", "x.docx", file, &[])
    }

    /// The cells of a workbook as openpyxl reads them: value and format.
    pub fn xlsx(&self, file: &[u8]) -> Vec<(String, String)> {
        serde_json::from_str(&self.python("xlsx", "x.xlsx", file, &[])).expect("cells")
    }

    /// How well the letters of a picture lie over the same ones drawn by FreeType with a font: 1 is the same pixels.
    pub fn letters(&self, png: &[u8], words: &str, font: &str, size: u32) -> f64 {
        let font = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fonts").join(font);
        let font = font.to_string_lossy();
        let size = size.to_string();
        self.python("letters", "x.png", png, &[words, &font, &size]).trim().parse().expect("a number")
    }

    fn python(&self, what: &str, name: &str, file: &[u8], more: &[&str]) -> String {
        let path = self.put(name, file);
        let script = self.put("read.py", include_bytes!("read.py"));
        said(
            Command::new("/usr/bin/python3")
                .env("PYTHONUTF8", "1")
                .arg(script)
                .arg(what)
                .arg(path)
                .args(more),
        )
    }
}

fn said(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; .ci/tools readers installs it"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Every letter that programs lose.
pub const LETTERS: &str = "Ứng Hòa, Thượng Đình, Nguyễn Thị Bưởi, Ỷ Lan, đ Đ ơ ư ỗ ữ ặ";
