//! A picture of an SVG, with the product's own letters: no font of the machine is asked.

use std::{
    io::Cursor,
    sync::{Arc, LazyLock},
};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

const FAMILY: &str = "Be Vietnam Pro";

static LETTERS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut letters = Database::new();
    letters.load_font_data(include_bytes!("../../fonts/BeVietnamPro_400Regular.ttf").to_vec());
    letters.load_font_data(include_bytes!("../../fonts/BeVietnamPro_600SemiBold.ttf").to_vec());
    letters.set_sans_serif_family(FAMILY);
    Arc::new(letters)
});

/// Draws an SVG with `scale` pixels for each of its units; `None` when it is no SVG of ours.
#[must_use]
pub fn render(svg: &str, scale: u16) -> Option<Vec<u8>> {
    let options =
        Options { fontdb: Arc::clone(&LETTERS), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let scale = f32::from(scale);
    let size = tree.size().to_int_size().scale_by(scale)?;
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().ok()
}

/// The width and height of a picture, in pixels.
#[must_use]
pub fn size(picture: &[u8]) -> Option<(u32, u32)> {
    let reader = png::Decoder::new(Cursor::new(picture)).read_info().ok()?;
    Some((reader.info().width, reader.info().height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(text: &str) -> usize {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 40\"><text x=\"4\" y=\"28\" \
             font-family=\"{FAMILY}\" font-size=\"20\">{text}</text></svg>"
        );
        let png = render(&svg, 1).expect("a picture");
        let pixels = Pixmap::decode_png(&png).expect("a PNG");
        pixels.pixels().iter().filter(|pixel| pixel.alpha() > 128).count()
    }

    #[test]
    fn every_vietnamese_letter_leaves_ink_and_its_marks_too() {
        for (plain, marked) in
            [("u", "ữ"), ("a", "ặ"), ("o", "ỗ"), ("d", "đ"), ("Y", "Ỷ"), ("O", "Ơ"), ("e", "ễ")]
        {
            assert!(ink(plain) > 0, "{plain}");
            assert!(ink(marked) > ink(plain), "{marked} has more ink than {plain}");
        }
    }
}
