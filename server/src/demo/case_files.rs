//! Case files in order of receipt: who receives how many of what, by which way, and how often too late.

use std::fmt::Write as _;

use chrono::Datelike;
use thuocdo::{
    agency::Level,
    case_file::{Channel, Row},
    counts::Given,
};

use super::{
    calendar::{Calendar, Day},
    cell,
    dice::{Dice, Stream, Weighted},
    life::{Life, Start},
    offices::{Office, offices},
    procedures::{At, PROCEDURES, Time},
    spread::Spread,
};

/// Offices that are often late: three departments in the fields the plan stresses, two districts, three communes.
const OFTEN_LATE: [&str; 8] = ["SO-08", "SO-09", "SO-18", "268", "276", "016-07", "271-12", "279-20"];
/// An office that reports nothing for two months.
const SILENT: (&str, &str, &str) = ("280-09", "2023-07-01", "2023-08-31");

/// Files a month for each hundred of an ordinary one.
const SEASON: [u32; 12] = [96, 92, 108, 104, 104, 106, 100, 100, 98, 102, 106, 104];
/// Files on a working day for each hundred on a Wednesday, from Monday.
const WEEK: [u32; 7] = [114, 106, 100, 98, 92, 2, 1];

/// So many case files over the two years.
pub fn case_files(rows: u64) -> impl Iterator<Item = Row> {
    CaseFiles::new(rows)
}

struct CaseFiles {
    calendar: Calendar,
    days: Spread,
    dice: Dice,
    offices: Vec<Receiver>,
    communes: Demand,
    districts: Demand,
    departments: Demand,
    /// The one office that handles a procedure, where there is only one.
    only_at: Vec<Option<usize>>,
    /// Due dates by receipt day, one table for each procedure that has a limit.
    dues: Vec<Option<Vec<Day>>>,
    silent_from: Day,
    silent_to: Day,
    today: Day,
    /// The first part of the day in a case code.
    stamp: String,
}

/// An office as receiver of files.
struct Receiver {
    code: String,
    is_silent: bool,
    /// How often it is late, in percent of an ordinary office.
    lateness: u32,
    /// How many files it received today.
    today: u32,
}

/// What is asked of one level of offices, and of which of them.
struct Demand {
    offices: Vec<usize>,
    office: Weighted,
    procedures: Vec<usize>,
    procedure: Weighted,
    /// The same without what is done at once at the counter: nobody is there at the weekend.
    at_weekend: Weighted,
}

impl CaseFiles {
    fn new(rows: u64) -> Self {
        let calendar = Calendar::new();
        let mut luck = Dice::new(Stream::Offices);
        let all: Vec<Office> = offices().collect();
        let demand =
            |level, asked: &dyn Fn(At) -> bool, luck: &mut Dice| Demand::new(&all, level, asked, luck);
        let communes = demand(Level::Commune, &|at| at == At::Commune, &mut luck);
        let districts = demand(Level::District, &|at| at == At::District, &mut luck);
        let departments = demand(Level::Department, &|at| matches!(at, At::Department(_)), &mut luck);
        let days = Spread::new(rows, calendar.days().map(|day| weight(&calendar, day)));
        let dues = PROCEDURES.iter().map(|procedure| match procedure.time {
            Time::Within(limit) => Some(calendar.dues(limit)),
            Time::AtOnce | Time::Unsaid => None,
        });
        let only_at = PROCEDURES.iter().map(|procedure| match procedure.at {
            At::Department(code) => all.iter().position(|office| office.code == code),
            At::Commune | At::District => None,
        });
        Self {
            days,
            only_at: only_at.collect(),
            dice: Dice::new(Stream::CaseFiles),
            offices: all.into_iter().map(|office| Receiver::new(office, &mut luck)).collect(),
            communes,
            districts,
            departments,
            dues: dues.collect(),
            silent_from: calendar.day(SILENT.1.parse().unwrap_or(super::LAST_DAY)),
            silent_to: calendar.day(SILENT.2.parse().unwrap_or(super::LAST_DAY)),
            today: Day::MAX,
            stamp: String::new(),
            calendar,
        }
    }

    fn begin(&mut self, today: Day) {
        self.today = today;
        self.stamp = self.calendar.date(today).format("-%y%m%d-").to_string();
        for office in &mut self.offices {
            office.today = 0;
        }
    }

    /// An office, and what is asked of it.
    fn matter(&mut self, is_weekend: bool) -> (usize, usize) {
        let demand = match self.dice.below(100) {
            0..60 => &self.communes,
            60..80 => &self.districts,
            _ => &self.departments,
        };
        let table = if is_weekend { &demand.at_weekend } else { &demand.procedure };
        let procedure = demand.procedures[table.pick(&mut self.dice)];
        if let Some(office) = self.only_at[procedure] {
            return (office, procedure);
        }
        let is_silent = (self.silent_from..=self.silent_to).contains(&self.today);
        loop {
            let office = demand.offices[demand.office.pick(&mut self.dice)];
            if !(is_silent && self.offices[office].is_silent) {
                return (office, procedure);
            }
        }
    }

    /// By which way the file comes in: more and more online, least so where papers are certified at the counter.
    fn channel(&mut self, is_immediate: bool, is_weekend: bool) -> Channel {
        let date = self.calendar.date(self.today);
        let month = if date.year() == 2022 { date.month0() } else { 12 + date.month0() };
        let online = if is_immediate { 12 + month } else { 58 + month * 5 / 4 };
        match self.dice.below(100) {
            _ if is_weekend => Channel::Online,
            n if n < online => Channel::Online,
            99 => Channel::Postal,
            _ => Channel::InPerson,
        }
    }

    /// In how many of a hundred thousand cases this office misses a due date in this matter.
    fn risk(&self, office: usize, procedure: usize, due: Option<Day>) -> u32 {
        let by_field: u32 = if PROCEDURES[procedure].is_priority() { 1_000 } else { 75 };
        let year = if self.today >= self.silent_from { 90 } else { 100 };
        // What was put off before Tết comes due after it.
        let tet = if due.is_some_and(|due| self.calendar.is_near_tet(due, 0, 28)) { 420 } else { 100 };
        by_field * self.offices[office].lateness / 100 * year / 100 * tet / 100
    }
}

impl Iterator for CaseFiles {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let today = self.days.next()?;
        if today != self.today {
            self.begin(today);
        }
        let is_weekend = self.calendar.is_weekend(today);
        let (office, matter) = self.matter(is_weekend);
        let procedure = &PROCEDURES[matter];
        let is_immediate = procedure.time == Time::AtOnce;
        let channel = self.channel(is_immediate, is_weekend);
        let dues = self.dues[matter].as_deref();
        let start = Start {
            received: today,
            dues,
            is_immediate,
            is_online: channel == Channel::Online,
            is_priority: procedure.is_priority(),
            risk: self.risk(office, matter, dues.map(|dues| dues[today])),
        };
        let life = Life::draw(&start, &self.calendar, &mut self.dice);
        // Some sources leave the date out although the limit is known; it is then computed from it.
        let is_unwritten = life.apology.is_none() && self.dice.chance(200);
        let office = &mut self.offices[office];
        office.today += 1;
        let mut case_code = String::with_capacity(24);
        // Writing to a string cannot fail.
        let _ = write!(case_code, "{}{}{:04}", office.code, self.stamp, office.today);
        let date = |day: Option<Day>| cell(day.map(|day| self.calendar.date(day)));
        Some(Row {
            case_code,
            agency_code: office.code.clone(),
            field_code: Given::Value(procedure.field.to_owned()),
            procedure_code: Given::Value(procedure.code.to_owned()),
            channel: Given::Value(channel),
            received_on: self.calendar.date(today),
            due_on: date(life.due.filter(|_| !is_unwritten)),
            original_due_on: date(life.original_due.filter(|_| !is_unwritten)),
            completed_on: date(life.completed),
            returned_on: date(life.returned),
            status: cell(life.status),
            status_on: date(life.status_on),
            paused_on: date(life.paused),
            resumed_on: date(life.resumed),
            apology_on: date(life.apology),
            reschedules: Given::Value(life.reschedules),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.days.left()).ok();
        (left.unwrap_or(usize::MAX), left)
    }
}

impl Receiver {
    fn new(office: Office, luck: &mut Dice) -> Self {
        let is_often_late = OFTEN_LATE.contains(&office.code.as_str());
        let lateness = if is_often_late { luck.between(450, 700) } else { luck.between(30, 130) };
        Self { is_silent: office.code == SILENT.0, code: office.code, lateness, today: 0 }
    }
}

impl Demand {
    fn new(all: &[Office], level: Level, asked: &dyn Fn(At) -> bool, luck: &mut Dice) -> Self {
        let places = |office: &&(usize, &Office)| office.1.level == level;
        let numbered: Vec<(usize, &Office)> = all.iter().enumerate().collect();
        let offices: Vec<&(usize, &Office)> = numbered.iter().filter(places).collect();
        let procedures: Vec<usize> = (0..PROCEDURES.len()).filter(|at| asked(PROCEDURES[*at].at)).collect();
        let of = |at: &usize| &PROCEDURES[*at];
        Self {
            office: Weighted::new(offices.iter().map(|(_, office)| {
                if office.is_urban { luck.between(90, 190) } else { luck.between(50, 120) }
            })),
            offices: offices.iter().map(|(at, _)| *at).collect(),
            procedure: Weighted::new(procedures.iter().map(|at| of(at).weight)),
            at_weekend: Weighted::new(
                procedures.iter().map(|at| if of(at).time == Time::AtOnce { 0 } else { of(at).weight }),
            ),
            procedures,
        }
    }
}

/// How many files come in on a day, in relation to others.
fn weight(calendar: &Calendar, day: Day) -> u32 {
    let date = calendar.date(day);
    let weekday = WEEK[date.weekday().num_days_from_monday() as usize];
    if !calendar.is_working(day) && !calendar.is_weekend(day) {
        return 0;
    }
    let tet = if calendar.is_near_tet(day, 7, 7) { 60 } else { 100 };
    let growth = if date.year() == 2022 { 100 } else { 107 };
    SEASON[date.month0() as usize] * weekday * tet / 100 * growth / 100
}
