//! Parts a drawing among scattered marks: each gets a rectangle of its own, and none leaves a hole.

use super::{Area, Spot};

/// A rectangle for each mark, in an order in which neighbours touch: from left to right where marks lie wide apart, from
/// top to bottom where they lie close. Answers (index of the mark, its place, its rectangle).
pub fn tiles(marks: &[Spot], whole: Area) -> Vec<(usize, Spot, Area)> {
    let mut taken: Vec<Spot> = Vec::with_capacity(marks.len());
    for &(mut x, y) in marks {
        // Marks on one place are moved a tenth of a pixel, so that each can be pointed at.
        while taken.contains(&(x, y)) {
            x += 1;
        }
        taken.push((x, y));
    }
    let mut out = Vec::with_capacity(taken.len());
    part(taken.into_iter().enumerate().collect(), whole, &mut out);
    out
}

fn part(mut marks: Vec<(usize, Spot)>, area: Area, out: &mut Vec<(usize, Spot, Area)>) {
    if let [(i, at)] = marks[..] {
        out.push((i, at, area));
    }
    if marks.len() < 2 {
        return;
    }
    let reach = |along: fn(Spot) -> i32| {
        let places = || marks.iter().map(|mark| along(mark.1));
        places().max().unwrap_or(0) - places().min().unwrap_or(0)
    };
    let across = reach(|at| at.0) >= reach(|at| at.1);
    let along = |at: Spot| if across { at.0 } else { at.1 };
    marks.sort_by_key(|mark| along(mark.1));
    // The border nearest to the middle that parts two different places; no two marks share one.
    let parts = |i: &usize| along(marks[*i - 1].1) < along(marks[*i].1);
    let middle = marks.len() / 2;
    let Some(cut) = (1..marks.len()).filter(parts).min_by_key(|i| i.abs_diff(middle)) else { return };
    let border = (along(marks[cut - 1].1) + along(marks[cut].1)).div_euclid(2);
    let rest = marks.split_off(cut);
    let (from, to) = area;
    let (before, after) = match across {
        true => ((from, (border, to.1)), ((border, from.1), to)),
        false => ((from, (to.0, border)), ((from.0, border), to)),
    };
    part(marks, before, out);
    part(rest, after, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_mark_lies_in_its_own_rectangle_and_together_they_are_the_whole(
            marks in prop::collection::vec((10..400_i32, 10..400_i32), 1..60)
        ) {
            let tiles = tiles(&marks, ((0, 0), (500, 500)));
            prop_assert_eq!(tiles.len(), marks.len());
            for (i, at, (from, to)) in &tiles {
                prop_assert!(from.0 <= at.0 && at.0 <= to.0 && from.1 <= at.1 && at.1 <= to.1);
                prop_assert!(at.1 == marks[*i].1 && (0..60).contains(&(at.0 - marks[*i].0)));
            }
            let surface: i64 = tiles.iter().map(|(.., (a, b))| i64::from(b.0 - a.0) * i64::from(b.1 - a.1)).sum();
            prop_assert_eq!(surface, 250_000);
        }
    }
}
