//! Dialogues of heads of offices, half-year by half-year, and the obstacles raised in them.

use chrono::NaiveDate;
use thuocdo::{
    agency::Level,
    counts::Given,
    dialogue::{IssueRow, Row},
};

use super::{
    LAST_DAY,
    calendar::{Calendar, Day},
    cell,
    dice::{Dice, Stream},
    offices::offices,
    procedures::{BUILDING, FIELDS, INVESTMENT, LAND, PLANNING},
};

/// A half-year, and how many of a hundred thousand communes hold no dialogue in it.
#[derive(Debug, Clone, Copy)]
struct HalfYear {
    name: &'static str,
    from: NaiveDate,
    to: NaiveDate,
    missing: u32,
}

/// More and more offices keep the rule.
const HALF_YEARS: [HalfYear; 4] = [
    HalfYear { name: "2022-1", from: date(2022, 1, 1), to: date(2022, 6, 30), missing: 9_000 },
    HalfYear { name: "2022-2", from: date(2022, 7, 1), to: date(2022, 12, 31), missing: 6_500 },
    HalfYear { name: "2023-1", from: date(2023, 1, 1), to: date(2023, 6, 30), missing: 4_500 },
    HalfYear { name: "2023-2", from: date(2023, 7, 1), to: LAST_DAY, missing: 2_800 },
];

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

/// What people bring forward, by field.
const OBSTACLES: [(&str, &str); 12] = [
    (LAND, "Thời gian luân chuyển hồ sơ đất đai giữa các đơn vị còn dài"),
    (LAND, "Phải nộp lại giấy tờ đã có trong cơ sở dữ liệu đất đai"),
    (LAND, "Chưa thống nhất cách xác định nghĩa vụ tài chính khi chuyển mục đích sử dụng đất"),
    (BUILDING, "Hồ sơ cấp giấy phép xây dựng bị yêu cầu bổ sung nhiều lần"),
    (BUILDING, "Thiếu hướng dẫn về bản vẽ đối với nhà ở riêng lẻ"),
    (PLANNING, "Khó tra cứu thông tin quy hoạch trên mạng"),
    (PLANNING, "Trả lời thông tin quy hoạch chưa rõ chỉ tiêu"),
    (INVESTMENT, "Thủ tục chấp thuận chủ trương đầu tư qua nhiều bước lấy ý kiến"),
    (INVESTMENT, "Chưa có đầu mối theo dõi dự án đầu tư đang vướng mắc"),
    ("HT", "Hệ thống đăng ký hộ tịch thường chậm vào đầu tuần"),
    ("DKKD", "Tài khoản nộp hồ sơ trực tuyến khó kích hoạt"),
    ("BTXH", "Danh sách trợ cấp cập nhật chậm khi chuyển nơi cư trú"),
];

/// The rows of a `dialogues` import.
pub fn dialogues() -> impl Iterator<Item = Row> {
    let calendar = Calendar::new();
    let mut dice = Dice::new(Stream::Dialogues);
    HALF_YEARS.into_iter().flat_map(move |half_year| {
        let mut rows = Vec::with_capacity(700);
        for office in offices() {
            let row = one(&office.code, office.level, half_year, &calendar, &mut dice);
            // Offices with much to talk about meet people again.
            let again = match office.level {
                Level::City | Level::Department => dice.chance(25_000),
                Level::District => dice.chance(15_000),
                Level::Commune | Level::Unclassified => dice.chance(2_000),
            };
            let second = again.then(|| one(&office.code, office.level, half_year, &calendar, &mut dice));
            rows.extend(row);
            rows.extend(second.flatten().map(|mut second| {
                second.dialogue_code.push_str("-2");
                if let Given::Value(minutes) = &mut second.minutes_no {
                    minutes.push_str("-2");
                }
                second
            }));
        }
        rows
    })
}

/// One office's dialogue in one half-year, if there is any trace of it.
fn one(office: &str, level: Level, half_year: HalfYear, calendar: &Calendar, dice: &mut Dice) -> Option<Row> {
    let missing = match level {
        Level::City => 0,
        Level::Department | Level::District => half_year.missing / 3,
        Level::Commune | Level::Unclassified => half_year.missing,
    };
    let (from, to) = (calendar.day(half_year.from), calendar.day(half_year.to));
    let mut planned = late_in(from, to, calendar, dice);
    let mut held = Some(calendar.on_or_before(calendar.add(planned, dice.below(4)).min(to)));
    if dice.chance(missing) {
        // Half of them never planned any.
        if dice.chance(50_000) {
            return None;
        }
        held = None;
        // In the last half-year some were put off until after its end, and are still planned.
        if to == calendar.last && dice.chance(40_000) {
            planned = calendar.add(to, dice.between(3, 12));
        }
    }
    let is_by_head = level == Level::City || dice.chance(98_800);
    let has_minutes = level == Level::City || !dice.chance(missing / 2);
    let people = match level {
        Level::City => dice.between(180, 320),
        Level::Department | Level::District => dice.between(60, 220),
        Level::Commune | Level::Unclassified => dice.between(20, 110),
    };
    let name = half_year.name;
    Some(Row {
        dialogue_code: format!("DTH-{name}-{office}"),
        agency_code: office.to_owned(),
        planned_on: Given::Value(calendar.date(planned)),
        held_on: cell(held.map(|day| calendar.date(day))),
        chaired_by_head: cell(held.map(|_| is_by_head)),
        fields: Given::Value(topics(dice)),
        participants: cell(held.map(|_| people as i32)),
        minutes_no: cell(held.filter(|_| has_minutes).map(|_| format!("BB-{name}/{office}"))),
    })
}

/// What it is about: mostly a field the plan stresses, often another one beside it.
fn topics(dice: &mut Dice) -> Vec<String> {
    let first = if dice.chance(86_000) {
        *dice.pick(&[LAND, LAND, LAND, BUILDING, BUILDING, PLANNING, INVESTMENT])
    } else {
        *dice.pick(&["HT", "CT", "DKKD", "BTXH", "LD"])
    };
    let second = dice.chance(45_000).then(|| dice.pick(&FIELDS).0);
    std::iter::once(first).chain(second.filter(|second| *second != first)).map(str::to_owned).collect()
}

/// The rows of a `dialogue-issues` import: what was raised in dialogues that were held.
pub fn dialogue_issues() -> impl Iterator<Item = IssueRow> {
    let calendar = Calendar::new();
    let mut dice = Dice::new(Stream::Issues);
    dialogues().flat_map(move |dialogue| {
        let raised = match dialogue.held_on.value() {
            Some(_) => *dice.pick(&[0, 0, 1, 1, 1, 2, 2, 3]),
            None => 0,
        };
        let rows: Vec<IssueRow> = (1..=raised).map(|n| issue(&dialogue, n, &calendar, &mut dice)).collect();
        rows
    })
}

fn issue(dialogue: &Row, n: u32, calendar: &Calendar, dice: &mut Dice) -> IssueRow {
    let held = calendar.day(dialogue.held_on.value().copied().unwrap_or(LAST_DAY));
    let topics: &[String] = dialogue.fields.value().map_or(&[], Vec::as_slice);
    let fitting: Vec<&(&str, &str)> =
        OBSTACLES.iter().filter(|(field, _)| topics.iter().any(|topic| topic == field)).collect();
    let (field, summary) = match fitting.as_slice() {
        [] => *dice.pick(&OBSTACLES),
        some => **dice.pick(some),
    };
    // Some obstacles only the department of the field can clear.
    let department = match field {
        LAND => "SO-09",
        BUILDING => "SO-08",
        PLANNING => "SO-18",
        INVESTMENT => "SO-03",
        _ => "SO-10",
    };
    let owner = if dice.chance(22_000) { department } else { &dialogue.agency_code };
    let room = dice.between(10, 45);
    let taken = match dice.below(100) {
        0..86 => Some(dice.between(1, room)),
        86..94 => Some(room + dice.between(1, 30)),
        _ => None,
    };
    let resolved = taken.map(|taken| calendar.add(held, taken)).filter(|day| *day <= calendar.last);
    IssueRow {
        issue_code: format!("{}-VM{n}", dialogue.dialogue_code),
        dialogue_code: dialogue.dialogue_code.clone(),
        summary: Given::Value(summary.to_owned()),
        owner_agency_code: Given::Value(owner.to_owned()),
        due_on: Given::Value(calendar.date(calendar.add(held, room))),
        resolved_on: cell(resolved.map(|day| calendar.date(day))),
    }
}

/// A working day between two days, rather towards the end, when the report is near.
fn late_in(from: Day, to: Day, calendar: &Calendar, dice: &mut Dice) -> Day {
    let room = calendar.between(from, to);
    calendar.add(from, dice.between(1, room).max(dice.between(1, room)))
}
