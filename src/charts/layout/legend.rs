//! What heat maps and columns share: entries of a legend that flow into lines, and names over or under columns.

use super::{Anchor, Shape, Spot};
use crate::charts::{ink::Ink, metrics::Face};

/// Names of columns and entries of legends.
pub const SMALL: Face = Face::plain(12);
/// The height of one line of a legend.
pub const LINE: i32 = 220;
/// The width kept for the sign before the text of an entry.
pub const SIGN: i32 = 200;
/// Between two entries.
const AIR: i32 = 160;

/// The upper left corner of each entry, one after the other in lines of at most `width`; an entry too wide stands alone.
pub fn flow<'a>(texts: impl Iterator<Item = &'a str>, width: i32) -> Vec<Spot> {
    let (mut x, mut y) = (0, 0);
    let mut places = Vec::new();
    for text in texts {
        let entry = SIGN + SMALL.width(text);
        if x > 0 && x + entry > width {
            (x, y) = (0, y + LINE);
        }
        places.push((x, y));
        x += entry + AIR;
    }
    places
}

/// The height of entries placed by [`flow`].
pub fn height(places: &[Spot]) -> i32 {
    places.last().map_or(0, |last| last.1 + LINE)
}

/// The text of an entry, cut where the drawing ends.
pub fn entry((x, y): Spot, text: &str, width: i32) -> Shape {
    let text = SMALL.shorten(text, (width - x - SIGN).max(0));
    Shape::text(Ink::Label, SMALL, Anchor::Start, (x + SIGN, y + 140), text)
}

/// Names centred on columns, on the base line `y` and between `left` and `right`; where columns are too narrow only
/// every second, third, ... so that no two touch.
pub fn heads(names: &[&str], middles: &[i32], y: i32, (left, right): (i32, i32)) -> Vec<Shape> {
    let half = |i: usize| SMALL.width(names[i]) / 2 + 10;
    let x = |i: usize| middles[i].min(right - half(i)).max(left + half(i));
    let count = names.len().min(middles.len());
    let fits = |every: &usize| {
        let shown: Vec<_> = (0..count).step_by(*every).collect();
        shown.windows(2).all(|pair| x(pair[0]) + half(pair[0]) + 30 <= x(pair[1]) - half(pair[1]))
    };
    let every = [1, 2, 3, 4, 6, 12, 24].into_iter().find(fits).unwrap_or(count.max(1));
    let head = |i| Shape::text(Ink::Tick, SMALL, Anchor::Middle, (x(i), y), names[i]);
    (0..count).step_by(every).map(head).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_flow_into_lines_and_none_is_lost() {
        let texts = ["đạt", "thiếu dưới 0,1 điểm", "thiếu từ 1 điểm"];
        let wide = flow(texts.into_iter(), 9_000);
        assert!(wide.iter().all(|place| place.1 == 0) && height(&wide) == LINE);
        let narrow = flow(texts.into_iter(), 1);
        assert_eq!(narrow, [(0, 0), (0, LINE), (0, 2 * LINE)]);
        assert_eq!(height(&[]), 0);
    }

    #[test]
    fn where_columns_are_narrow_only_some_are_named() {
        let names = ["T1/23", "T2", "T3", "T4"];
        let shown = |step: i32| {
            let middles: Vec<_> = (0..4).map(|i| step / 2 + i * step).collect();
            heads(&names, &middles, 0, (0, step * 4)).len()
        };
        assert_eq!((shown(600), shown(200)), (4, 2));
    }
}
