//! The brief as a document of Word, in the form of Decree 30/2020/NĐ-CP: to be written on, so with plain paragraphs, real
//! headings and real tables.

mod finished;
#[cfg(test)]
mod tests;

use std::io::Cursor;

use chrono::NaiveDate;
use docx_rs::{
    AlignmentType, Docx, Footer, Header, LineSpacing, PageMargin, PageNum, PageNumType, PageSize, Paragraph,
    Pic, Run, RunFonts, Section as Part, SpecialIndentType, Style, StyleType, Table, TableCell,
    TableLayoutType, TableRow, VAlignType, WidthType,
};
use quick_xml::escape::escape;
use thuocdo::{
    brief::{Annex, Brief, Letterhead, Picture, Section, Tabled},
    charts::values::{Value, Values},
    lang::Lang,
};

use self::finished::finished;
use crate::export::{pdf::invented, png};

/// The typeface of official documents.
const FACE: &str = "Times New Roman";
/// Twentieths of a point in a millimetre.
const MM: f64 = 56.692_9;
/// The width between the margins.
const WIDTH: f64 = 160.0;
/// English metric units in a millimetre.
const EMU: u32 = 36_000;
/// Half points: text, tables, small text.
const TEXT: usize = 26;
const IN_TABLE: usize = 22;
const SMALL: usize = 20;
/// Dots to write on.
const DOTS: &str = "…………………………";

/// Twentieths of a point.
fn mm(length: f64) -> usize {
    // Lengths of a page are small and positive.
    (length * MM).round() as usize
}

fn signed(length: f64) -> i32 {
    i32::try_from(mm(length)).unwrap_or(0)
}

/// The brief; `None` when a picture cannot be drawn or there is no memory.
#[must_use]
pub fn docx(brief: &Brief, letterhead: &Letterhead, made_on: NaiveDate) -> Option<Vec<u8>> {
    let writer = Writer { lang: brief.lang, tables: 0, pictures: 0, docx: empty(brief, made_on) };
    let mut document = writer.written(brief, letterhead)?.docx.build();
    let text = String::from_utf8(document.document).ok()?;
    document.document = finished(&text, &brief.pictures).into_bytes();
    let core = String::from_utf8(document.doc_props.core).ok()?;
    let title = format!("<dc:title>{}</dc:title><dc:creator>Thước Đo</dc:creator>", escape(&brief.title));
    document.doc_props.core = core.replace("<dc:creator>unknown</dc:creator>", &title).into_bytes();
    let mut file = Cursor::new(Vec::new());
    document.pack(&mut file).ok()?;
    Some(file.into_inner())
}

/// A sheet of paper: A4, upright.
fn paper() -> (u32, u32) {
    let side = |length| u32::try_from(mm(length)).unwrap_or(0);
    (side(210.0), side(297.0))
}

/// The margins of an official document.
fn margin() -> PageMargin {
    PageMargin {
        top: signed(20.0),
        bottom: signed(20.0),
        left: signed(30.0),
        right: signed(20.0),
        header: signed(10.0),
        footer: signed(8.0),
        gutter: 0,
    }
}

/// The end of a part whose pages are numbered by themselves from one, the first without its number: the report, and each
/// annex (Decree 30/2020/NĐ-CP, appendix I).
fn end_of_part() -> Part {
    let (width, height) = paper();
    Part::new()
        .page_size(PageSize::new().size(width, height))
        .page_margin(margin())
        .page_num_type(PageNumType::new().start(1))
        .title_pg()
}

fn empty(brief: &Brief, made_on: NaiveDate) -> Docx {
    let fonts = RunFonts::new().ascii(FACE).hi_ansi(FACE).cs(FACE).east_asia(FACE);
    let heading = |id: &str, name: &str, level| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .size(TEXT)
            .bold()
            .fonts(fonts.clone())
            .outline_lvl(level)
    };
    let (width, height) = paper();
    let number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    let day = format!("{made_on}T00:00:00Z");
    let docx = Docx::new()
        .page_size(width, height)
        .page_margin(margin())
        .page_num_type(PageNumType::new().start(1))
        .default_fonts(fonts.clone())
        .default_size(TEXT)
        .add_style(heading("Heading1", "heading 1", 0))
        .add_style(heading("Heading2", "heading 2", 1))
        // The first page wears no number (Decree 30/2020, appendix I).
        .title_pg()
        .first_header(Header::new())
        .header(Header::new().add_paragraph(number))
        .created_at(&day)
        .updated_at(&day);
    match invented(brief.is_invented, brief.lang) {
        Some(words) => {
            let footer =
                || Footer::new().add_paragraph(centred(Run::new().add_text(words).bold().size(SMALL)));
            docx.footer(footer()).first_footer(footer())
        }
        None => docx,
    }
}

fn centred(run: Run) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(run)
}

fn run(words: &str) -> Run {
    Run::new().add_text(words)
}

fn filled(words: &str) -> &str {
    if words.is_empty() { DOTS } else { words }
}

/// A table without lines, for what stands side by side.
fn side_by_side(cells: Vec<(f64, Vec<Paragraph>)>) -> Table {
    let grid = cells.iter().map(|(width, _)| mm(*width)).collect();
    let cells = cells.into_iter().map(|(width, paragraphs)| {
        let cell = TableCell::new().width(mm(width), WidthType::Dxa).clear_all_border();
        paragraphs.into_iter().fold(cell, TableCell::add_paragraph)
    });
    Table::without_borders(vec![TableRow::new(cells.collect())]).layout(TableLayoutType::Fixed).set_grid(grid)
}

/// The document so far.
struct Writer {
    lang: Lang,
    tables: usize,
    pictures: usize,
    docx: Docx,
}

impl Writer {
    fn written(self, brief: &Brief, letterhead: &Letterhead) -> Option<Self> {
        let lang = self.lang;
        let said = |writer: Self, words: &[String]| {
            words.iter().fold(writer, |writer, words| writer.said(run(words)))
        };
        let mut writer = self.head(brief, letterhead);
        writer = writer.heading(1, lang.of("I. TÌNH HÌNH CHUNG", "I. OVERVIEW"));
        writer = said(writer, &brief.said).table(&brief.targets, &[44.0, 32.0, 20.0, 22.0, 20.0, 22.0]);
        writer = writer
            .heading(1, lang.of("II. CHỈ TIÊU KHÔNG ĐẠT HOẶC CÓ NGUY CƠ", "II. TARGETS MISSED OR AT RISK"));
        writer = writer.sections(&brief.off_track, true);
        writer = writer.heading(1, lang.of("III. CÁC CHỈ TIÊU KHÁC", "III. THE OTHER TARGETS"));
        writer = writer.sections(&brief.others, false);
        writer = writer.heading(1, lang.of("IV. VIỆC CÒN LÀM ĐƯỢC", "IV. WHAT CAN STILL BE DONE"));
        writer = writer.table(&brief.rescue, &[120.0, 40.0]);
        writer = writer.heading(1, lang.of("V. SỐ LIỆU VÀ BIỂU ĐỒ", "V. FIGURES AND CHARTS"));
        writer = writer.table(&brief.figures, &[90.0, 32.0, 38.0]);
        for picture in &brief.pictures {
            writer = writer.picture(picture)?;
        }
        for note in &brief.notes {
            writer = writer.paragraph(Paragraph::new().add_run(run(note).italic().size(SMALL)));
        }
        writer = writer.end(letterhead);
        for annex in &brief.annexes {
            writer = writer.annex(annex);
        }
        let name = lang.of("PHỤ LỤC III", "ANNEX III");
        writer = writer.annex_head(name, lang.of("Số liệu của các biểu đồ", "Numbers of the charts"));
        for picture in &brief.pictures {
            writer = writer.heading(2, &picture.title);
            let numbers = table(&picture.values, &usual_widths(&picture.values), SMALL, lang);
            writer = Self { docx: writer.docx.add_table(numbers), ..writer };
        }
        Some(writer)
    }

    fn paragraph(self, paragraph: Paragraph) -> Self {
        Self { docx: self.docx.add_paragraph(paragraph), ..self }
    }

    /// A paragraph of the text: its first line goes in by a centimetre.
    fn said(self, words: Run) -> Self {
        let first = Some(SpecialIndentType::FirstLine(signed(10.0)));
        self.paragraph(
            Paragraph::new()
                .align(AlignmentType::Both)
                .indent(None, first, None, None)
                .line_spacing(LineSpacing::new().before(120).line(276))
                .add_run(words),
        )
    }

    fn heading(self, level: usize, words: &str) -> Self {
        self.paragraph(
            Paragraph::new()
                .style(if level == 1 { "Heading1" } else { "Heading2" })
                .keep_next(true)
                .line_spacing(LineSpacing::new().before(240).after(60))
                .add_run(run(words).bold()),
        )
    }

    fn head(self, brief: &Brief, letterhead: &Letterhead) -> Self {
        let lang = self.lang;
        let number = format!(
            "{}: ……/{}",
            lang.of("Số", "No."),
            if letterhead.symbol.is_empty() { "……" } else { &letterhead.symbol }
        );
        let place = if letterhead.place.is_empty() { "…………" } else { &letterhead.place };
        let date = lang.of("ngày …… tháng …… năm ……", "…… (date)");
        let left = vec![
            centred(run(&filled(&letterhead.superior).to_uppercase()).size(24)),
            centred(run(&filled(&letterhead.issuer).to_uppercase()).size(24).bold()),
            centred(run("_______")),
            centred(run(&number)),
        ];
        let right = vec![
            centred(
                run(lang.of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"))
                    .size(24)
                    .bold(),
            ),
            centred(run(lang.of("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")).bold()),
            centred(run("_____________________")),
            centred(run(&format!("{place}, {date}")).italic()),
        ];
        let docx = self.docx.add_table(side_by_side(vec![(62.0, left), (98.0, right)]));
        let mut writer = Self { docx, ..self };
        let spaced = |paragraph: Paragraph, before| paragraph.line_spacing(LineSpacing::new().before(before));
        writer = writer.paragraph(spaced(centred(run(lang.of("BÁO CÁO", "REPORT")).size(28).bold()), 360));
        writer = writer.paragraph(centred(run(&brief.title).size(28).bold()));
        writer = writer.paragraph(centred(run("__________")));
        for (number, line) in letterhead.addressees.iter().enumerate() {
            let to =
                if number == 0 { format!("{}: ", lang.of("Kính gửi", "To")) } else { "- ".to_owned() };
            writer = writer.paragraph(spaced(centred(run(&format!("{to}{line}"))), 60));
        }
        writer
    }

    fn sections(self, sections: &[Section], are_explained: bool) -> Self {
        let lang = self.lang;
        if sections.is_empty() {
            return self.said(run(lang.of("Không có.", "None.")));
        }
        let mut writer = self;
        for (number, section) in (1..).zip(sections) {
            let number: usize = number;
            writer = writer.heading(2, &format!("{number}. {}", section.heading));
            for words in &section.said {
                writer = writer.said(run(words));
            }
            if let Some(gap) = &section.gap {
                writer = writer.table(gap, &[]);
            }
            for promise in &section.promised {
                writer = writer.said(run(promise));
            }
            if are_explained {
                let asked = lang.of(
                    "Giải trình của đơn vị chủ trì; biện pháp, thời hạn khắc phục:",
                    "Explanation, remedy and deadline:",
                );
                let dots = DOTS.repeat(3);
                writer = writer.said(run(asked).bold());
                writer = writer.paragraph(Paragraph::new().add_run(run(&dots)));
                writer = writer.paragraph(Paragraph::new().add_run(run(&dots)));
            }
        }
        writer
    }

    /// A table with its caption above it. Without widths the first column takes what the others leave.
    fn table(self, tabled: &Tabled, widths: &[f64]) -> Self {
        let tables = self.tables + 1;
        let caption = format!("{} {tables}. {}", self.lang.of("Bảng", "Table"), tabled.caption);
        let caption = centred(run(&caption).italic().size(IN_TABLE))
            .keep_next(true)
            .line_spacing(LineSpacing::new().before(160).after(60));
        let usual = usual_widths(&tabled.values);
        let widths = if widths.is_empty() { &usual } else { widths };
        let docx =
            self.docx.add_paragraph(caption).add_table(table(&tabled.values, widths, IN_TABLE, self.lang));
        Self { docx, tables, ..self }.paragraph(Paragraph::new())
    }

    fn picture(self, picture: &Picture) -> Option<Self> {
        let pictures = self.pictures + 1;
        let drawn = png::render(&picture.svg, 3)?;
        let size = png::size(&drawn)?;
        let width = 160 * EMU;
        let height = u32::try_from(u64::from(width) * u64::from(size.1) / u64::from(size.0)).ok()?;
        let drawing = Pic::new_with_dimensions(drawn, size.0, size.1).size(width, height);
        let caption = format!("{} {pictures}. {}", self.lang.of("Hình", "Figure"), picture.title);
        let writer = Self { pictures, ..self };
        let writer = writer.paragraph(centred(Run::new().add_image(drawing)).keep_next(true));
        Some(writer.paragraph(
            centred(run(&caption).italic().size(IN_TABLE)).line_spacing(LineSpacing::new().after(160)),
        ))
    }

    fn end(self, letterhead: &Letterhead) -> Self {
        let lang = self.lang;
        let usual = [lang.of("Như trên", "As above"), lang.of("Lưu: VT", "Archive")].map(str::to_owned);
        let copies = if letterhead.copies.is_empty() { &usual[..] } else { &letterhead.copies };
        let copies_word = format!("{}:", lang.of("Nơi nhận", "Copies"));
        let mut left = vec![Paragraph::new().add_run(run(&copies_word).bold().italic().size(24))];
        left.extend(copies.iter().map(|line| Paragraph::new().add_run(run(&format!("- {line};")).size(22))));
        let mut right = vec![centred(run(&filled(&letterhead.signer_title).to_uppercase()).bold())];
        right.extend((0..4).map(|_| Paragraph::new()));
        right.push(centred(run(filled(&letterhead.signer_name)).bold()));
        let writer = self.paragraph(Paragraph::new());
        let docx = writer.docx.add_table(side_by_side(vec![(80.0, left), (80.0, right)]));
        Self { docx, ..writer }
    }

    fn annex_head(self, name: &str, about: &str) -> Self {
        let lang = self.lang;
        let head = Paragraph::new().style("Heading1").align(AlignmentType::Center).add_run(run(name).bold());
        let to = lang.of("(Kèm theo Báo cáo số ……/…… ngày ……)", "(Annex to report No. ……)");
        // What was written so far is a part of its own; the next one begins on a new page.
        Self { docx: self.docx.add_section(end_of_part()), ..self }
            .paragraph(head)
            .paragraph(centred(run(about).bold()))
            .paragraph(centred(run(to).italic()).line_spacing(LineSpacing::new().after(160)))
    }

    fn annex(self, annex: &Annex) -> Self {
        let lang = self.lang;
        let mut writer = self.annex_head(&annex.name, &annex.table.caption);
        if !annex.table.values.rows.is_empty() {
            let with_end = annex.table.values.head.len() == 6;
            let widths: &[f64] = if with_end {
                &[12.0, 42.0, 23.0, 23.0, 23.0, 37.0]
            } else {
                &[12.0, 48.0, 23.0, 23.0, 54.0]
            };
            let docx = writer.docx.add_table(table(&annex.table.values, widths, SMALL, lang));
            writer = Self { docx, ..writer };
        }
        match &annex.note {
            Some(note) => writer.paragraph(Paragraph::new().add_run(run(note))),
            None => writer,
        }
    }
}

/// Widths for a table of which no more is known: the first column takes what the others leave.
fn usual_widths(values: &Values) -> Vec<f64> {
    let others = values.head.len().saturating_sub(1);
    // A table has a few columns.
    let other = (110.0 / others.max(1) as f64).min(30.0);
    std::iter::once(WIDTH - other * others as f64).chain(std::iter::repeat_n(other, others)).collect()
}

/// A table with lines; its head is on every page.
fn table(values: &Values, widths: &[f64], size: usize, lang: Lang) -> Table {
    let cell = |column: usize, run: Run, align| {
        let width = widths.get(column).copied().unwrap_or(20.0);
        TableCell::new()
            .width(mm(width), WidthType::Dxa)
            .vertical_align(VAlignType::Center)
            .add_paragraph(Paragraph::new().align(align).add_run(run.size(size)))
    };
    let head = values
        .head
        .iter()
        .enumerate()
        .map(|(column, words)| cell(column, run(words).bold(), AlignmentType::Center));
    let head = TableRow::new(head.collect()).cant_split();
    let row = |row: &Vec<Value>| {
        let cells = row.iter().enumerate().map(|(column, value)| {
            let align = match value {
                Value::Text(_) | Value::Day(_) | Value::Empty => AlignmentType::Left,
                _ => AlignmentType::Right,
            };
            cell(column, run(&value.written(lang)), align)
        });
        TableRow::new(cells.collect())
    };
    let rows = std::iter::once(head).chain(values.rows.iter().map(row)).collect();
    Table::new(rows).layout(TableLayoutType::Fixed).set_grid(widths.iter().map(|width| mm(*width)).collect())
}
