//! What a pointer or a key finds in a drawing, as invisible rectangles over it: the page reads their places from them.
//!
//! `data-item` is the point, row or cell of the data, `data-at` the place of its mark in per cent of the drawing's width
//! and height, and `data-across` on the group says how many regions a step down skips.

use super::layout::{Hit, Placed, Spot};
use super::svg::tenths as write_tenths;

/// Writes one rectangle for each hit. Those at the left and the right end reach to the drawing's edge, so that a pointer
/// beside the first point still finds it.
pub(super) fn write(out: &mut String, placed: &Placed) {
    let Some(left) = placed.hits.iter().map(|hit| hit.from.0).min() else { return };
    let right = placed.hits.iter().map(|hit| hit.to.0).max().unwrap_or(left);
    *out +=
        &format!("<g class=\"hits\" fill=\"none\" pointer-events=\"all\" data-across=\"{}\">", placed.across);
    for Hit { item, from, to, at, .. } in &placed.hits {
        let from = (if from.0 == left { 0 } else { from.0 }, from.1);
        let to = (if to.0 == right { tenths(placed.size.width).max(to.0) } else { to.0 }, to.1);
        rectangle(out, from, to);
        let (x, y) = (per_cent(at.0, placed.size.width), per_cent(at.1, placed.size.height));
        *out += &format!(" data-item=\"{item}\" data-at=\"{x} {y}\"/>");
    }
    *out += "</g>";
}

fn rectangle(out: &mut String, from: Spot, to: Spot) {
    let sides = [("x", from.0), ("y", from.1), ("width", to.0 - from.0), ("height", to.1 - from.1)];
    *out += "<rect";
    for (name, value) in sides {
        *out += &format!(" {name}=\"");
        write_tenths(out, value);
        *out += "\"";
    }
}

/// A place as a share of the drawing's side.
fn per_cent(at: i32, whole: u16) -> i32 {
    at * 10 / i32::from(whole.max(1))
}

fn tenths(pixels: u16) -> i32 {
    i32::from(pixels) * 10
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::charts::{snapshots, with_regions};

    #[test]
    fn every_point_can_be_found_once_at_every_width() {
        for (name, chart) in snapshots::all() {
            let mut items = Vec::new();
            for width in [340, 700, 1_160] {
                let (drawn, placed) = with_regions(&chart, chart.fit(width));
                assert_eq!(drawn.matches(" data-item=").count(), placed.hits.len(), "{name}");
                let found: BTreeSet<usize> = placed.hits.iter().map(|hit| hit.item).collect();
                assert_eq!(found.len(), placed.hits.len(), "{name}: no item twice");
                items.push(found);
            }
            assert!(items.iter().all(|found| *found == items[0]), "{name}");
        }
    }

    #[test]
    fn the_ends_reach_to_the_edges_of_the_drawing() {
        let (_, chart) =
            snapshots::all().into_iter().find(|(name, _)| *name == "trend-normal").expect("a trend");
        let (drawn, _) = with_regions(&chart, chart.fit(700));
        let regions = &drawn[drawn.find("class=\"hits\"").expect("regions")..];
        assert!(
            regions.split("<rect").nth(1).is_some_and(|first| first.starts_with(" x=\"0\"")),
            "{regions}"
        );
    }
}
