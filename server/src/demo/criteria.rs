//! The criteria by which the city scores itself: invented, with the 68 points of the frame among them.

use chrono::NaiveDate;
use thuocdo::{counts::Given, criterion::Row};

use super::{dice::Dice, dice::Stream, offices};

/// Fields of reform and how many hundredths of a point each of their criteria can bring; 6 800 in all.
const FIELDS: [&[i64]; 8] = [
    &[250, 300, 350],
    &[400, 600],
    &[350, 300, 450],
    &[350, 250],
    &[500, 400, 300],
    &[250, 350],
    &[400, 250, 250],
    &[300, 200],
];

/// The rows of a `criteria` import.
pub fn criteria() -> impl Iterator<Item = Row> {
    let mut dice = Dice::new(Stream::Criteria);
    let places = (1..).zip(FIELDS).flat_map(|(field, points)| {
        (1..).zip(points).map(move |(place, points)| (format!("{field}.{place}"), *points))
    });
    places.map(move |(code, max_points)| row(code, max_points, &mut dice))
}

fn row(code: String, max_points: i64, dice: &mut Dice) -> Row {
    let owner = offices::department_code(dice.between(1, 12));
    let month = dice.between(3, 12);
    let due_on = NaiveDate::from_ymd_opt(2023, month, if month == 12 { 15 } else { 30 });
    // Points are given in quarters; a part of the criteria stays behind its plan or waits for its papers.
    let part = |of_hundred: u32| max_points * i64::from(of_hundred) / 100 / 25 * 25;
    let planned = part(dice.between(85, 100));
    let achieved = match dice.below(100) {
        0..55 => Some(planned),
        55..85 => Some(part(dice.between(40, 84))),
        _ => None,
    };
    let has_evidence = achieved.is_some() && dice.chance(80_000);
    let evidence = has_evidence.then(|| format!("Báo cáo số {}/BC (mô phỏng)", dice.between(10, 400)));
    Row {
        name: Given::Value(format!("Tiêu chí {code} (mô phỏng)")),
        code,
        max_points: Given::Value(max_points),
        planned: Given::Value(planned),
        achieved: super::cell(achieved),
        owner_agency_code: Given::Value(owner),
        due_on: super::cell(due_on),
        evidence: super::cell(evidence),
    }
}
