//! Petitions in order of sending, with the three steps mostly in time.

use thuocdo::{
    agency::Level,
    case_file::Channel,
    counts::Given,
    petition::{Kind, Row, Status},
};

use super::{
    calendar::{Calendar, Day},
    cell,
    dice::{Dice, Stream, Weighted},
    offices::offices,
    procedures::{BUILDING, FIELDS, INVESTMENT, LAND, PLANNING},
    spread::Spread,
};

/// The limits of the steps in working days, as the core has them unless told otherwise.
const ACKNOWLEDGE: u32 = 2;
const SUPPLEMENT: u32 = 5;
const TRANSFER: u32 = 5;
const ANSWER: u32 = 15;
const PUBLISH: u32 = 2;

/// So many petitions over the two years.
pub fn petitions(rows: u64) -> impl Iterator<Item = Row> {
    let calendar = Calendar::new();
    let mut dice = Dice::new(Stream::Petitions);
    let by_day = |day: Day| match (calendar.is_working(day), calendar.is_near_tet(day, 3, 3)) {
        (true, false) => 10,
        (true, true) => 5,
        // People write at the weekend too.
        (false, false) => 3,
        (false, true) => 1,
    };
    let days = Spread::new(rows, calendar.days().map(by_day));
    let offices: Vec<(String, u32)> = offices().map(|office| (office.code, share(office.level))).collect();
    let office = Weighted::new(offices.iter().map(|(_, share)| *share));
    let field = Weighted::new(FIELDS.iter().map(|(code, _, _)| match *code {
        LAND => 30,
        BUILDING => 16,
        PLANNING | INVESTMENT => 6,
        _ => 3,
    }));
    (1..).zip(days).map(move |(n, sent)| {
        let code = &offices[office.pick(&mut dice)].0;
        let field = FIELDS[field.pick(&mut dice)].0;
        let course = Course::draw(sent, &calendar, &mut dice);
        let date = |day: Option<Day>| cell(day.map(|day| calendar.date(day)));
        Row {
            petition_code: format!("PAKN-{}-{n:05}", calendar.date(sent).format("%y")),
            agency_code: code.clone(),
            kind: Given::Value(match dice.below(100) {
                0..14 => Kind::Regulation,
                14..62 => Kind::Procedure,
                _ => Kind::Conduct,
            }),
            field_code: Given::Value(field.to_owned()),
            channel: Given::Value(match dice.below(100) {
                0..68 => Channel::Online,
                // By telephone.
                68..88 => Channel::Other,
                88..95 => Channel::Postal,
                _ => Channel::InPerson,
            }),
            sent_on: calendar.date(sent),
            transferred_on: date(course.transferred),
            acknowledged_on: date(course.acknowledged),
            supplement_requested_on: date(course.supplement_requested),
            answered_on: date(course.answered),
            published_on: date(course.published),
            due_on: date(course.due),
            status: Given::Value(course.status),
        }
    })
}

/// Of a thousand or so, how many go to one office of this level.
fn share(level: Level) -> u32 {
    match level {
        Level::City => 40,
        Level::Department => 20,
        Level::District => 16,
        Level::Commune => 1,
        Level::Unclassified => 0,
    }
}

/// What has happened to a petition by the last day.
struct Course {
    transferred: Option<Day>,
    acknowledged: Option<Day>,
    supplement_requested: Option<Day>,
    answered: Option<Day>,
    published: Option<Day>,
    due: Option<Day>,
    status: Status,
}

impl Course {
    fn draw(sent: Day, calendar: &Calendar, dice: &mut Dice) -> Self {
        let by_last_day = |day: Day| Some(day).filter(|day| *day <= calendar.last);
        let mut course = Self {
            transferred: None,
            acknowledged: None,
            supplement_requested: None,
            answered: None,
            published: None,
            due: None,
            status: Status::New,
        };
        if dice.chance(4_000) {
            // Sent on to another body.
            course.transferred = by_last_day(step(sent, TRANSFER, 3_000, calendar, dice));
            if course.transferred.is_some() {
                course.status = Status::Transferred;
            }
            return course;
        }
        // About a third come by way of the city's office; then the clock starts on the day of the transfer.
        let passed_on = dice.chance(35_000).then(|| calendar.add(sent, dice.between(1, 3)));
        course.transferred = passed_on.and_then(by_last_day);
        if passed_on != course.transferred {
            return course;
        }
        let start = passed_on.unwrap_or(sent);
        if dice.chance(2_500) {
            course.supplement_requested = by_last_day(step(start, SUPPLEMENT, 2_000, calendar, dice));
            if course.supplement_requested.is_some() {
                course.status = Status::AwaitingSupplement;
            }
            return course;
        }
        let Some(acknowledged) = by_last_day(step(start, ACKNOWLEDGE, 900, calendar, dice)) else {
            return course;
        };
        course.acknowledged = Some(acknowledged);
        if dice.chance(3_500) {
            course.status = Status::Refused;
            return course;
        }
        // A difficult matter is given a later date.
        let limit = if dice.chance(6_000) { 2 * ANSWER } else { ANSWER };
        course.due = (limit > ANSWER).then(|| calendar.add(start, limit));
        course.status = if dice.chance(20_000) { Status::Accepted } else { Status::Processing };
        let answered = step(start, limit, 1_800, calendar, dice).max(acknowledged);
        course.answered = by_last_day(answered);
        if course.answered.is_none() {
            return course;
        }
        course.published = by_last_day(step(answered, PUBLISH, 1_200, calendar, dice));
        course.status = if course.published.is_some() { Status::Published } else { Status::Answered };
        course
    }
}

/// The day a step is done: within its limit but for `late` in a hundred thousand.
fn step(from: Day, limit: u32, late: u32, calendar: &Calendar, dice: &mut Dice) -> Day {
    let taken = if dice.chance(late) {
        limit + dice.between(1, 4 + limit)
    } else {
        // The better of two draws: most are done well before the limit.
        dice.between(1, limit).min(dice.between(1, limit))
    };
    calendar.add(from, taken)
}
