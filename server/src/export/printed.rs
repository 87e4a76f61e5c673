//! The look of the official forms as workbooks.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// The typeface of official documents (Decree 30/2020/NĐ-CP, appendix I).
const FACE: &str = "Times New Roman";

/// The looks of the cells.
pub(super) struct Looks {
    pub(super) plain: Format,
    pub(super) bold: Format,
    pub(super) title: Format,
    pub(super) small: Format,
    pub(super) head: Format,
    pub(super) name: Format,
    pub(super) level: Format,
    pub(super) count: Format,
    pub(super) sum: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let plain = Format::new().set_font_name(FACE).set_font_size(12);
        let centred = plain.clone().set_align(FormatAlign::Center);
        let boxed = |format: &Format| format.clone().set_border(FormatBorder::Thin);
        let count = boxed(&plain).set_num_format("[$-42A]#,##0");
        Self {
            bold: centred.clone().set_bold(),
            title: centred.clone().set_bold().set_font_size(14).set_text_wrap(),
            small: plain.clone().set_italic().set_text_wrap(),
            head: boxed(&centred)
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_font_size(11),
            name: boxed(&plain).set_text_wrap(),
            level: boxed(&plain).set_bold().set_text_wrap(),
            sum: count.clone().set_bold(),
            count,
            plain,
        }
    }
}
