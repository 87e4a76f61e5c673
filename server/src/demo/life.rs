//! The life of one invented file: paused, moved, refused, withdrawn, late; and cut off at the last day.

use thuocdo::case_file::Status;

use super::{
    calendar::{Calendar, Day},
    dice::Dice,
};

/// What is known of a file before anything has happened to it.
pub struct Start<'a> {
    pub received: Day,
    /// The due date of each receipt day; none where the procedure has no limit.
    pub dues: Option<&'a [Day]>,
    pub is_immediate: bool,
    pub is_online: bool,
    pub is_priority: bool,
    /// In how many of a hundred thousand cases the office would miss the first due date.
    pub risk: u32,
}

/// What has happened to it by the last day.
#[derive(Debug, Default)]
pub struct Life {
    pub due: Option<Day>,
    pub original_due: Option<Day>,
    pub completed: Option<Day>,
    pub returned: Option<Day>,
    pub status: Option<Status>,
    pub status_on: Option<Day>,
    pub paused: Option<Day>,
    pub resumed: Option<Day>,
    pub apology: Option<Day>,
    pub reschedules: i32,
}

impl Life {
    pub fn draw(start: &Start, calendar: &Calendar, dice: &mut Dice) -> Self {
        let mut life = Self::default();
        if start.is_immediate {
            life.complete(start.received, 0, calendar, dice);
            return life;
        }
        let Some(dues) = start.dues else {
            let done = calendar.add(start.received, dice.between(1, 10));
            life.finish(start, done, calendar, dice);
            return life;
        };
        life.owe(dues[start.received]);
        let Some(begun) = life.pause(start, calendar, dice) else { return life };
        let due = dues[begun];
        life.owe(due);
        let room = calendar.between(begun, due);
        if dice.chance(300) {
            let on = calendar.add(begun, dice.below(room.max(1)));
            life.withdraw(start, on, calendar);
        } else if dice.chance(start.risk) {
            life.miss(start, begun, due, calendar, dice);
        } else {
            life.finish(start, in_time(begun, due, room, calendar, dice), calendar, dice);
        }
        life
    }

    fn owe(&mut self, due: Day) {
        (self.due, self.original_due) = (Some(due), Some(due));
    }

    /// Waits for papers or money. Gives the day from which the clock runs: it starts anew when the papers are complete
    /// (NĐ 61/2018 Đ19.4). None while the file still waits on the last day.
    fn pause(&mut self, start: &Start, calendar: &Calendar, dice: &mut Dice) -> Option<Day> {
        let due = self.due.unwrap_or(start.received);
        // A file with a short limit is finished before anyone misses a paper.
        if calendar.between(start.received, due) < 5
            || !dice.chance(if start.is_priority { 9_000 } else { 2_500 })
        {
            return Some(start.received);
        }
        let is_for_money = start.is_priority && dice.chance(50_000);
        let asked = calendar.add(start.received, dice.between(1, 3));
        let wait = if dice.chance(3_000) { dice.between(30, 120) } else { dice.between(2, 15) };
        let resumed = calendar.add(asked, wait);
        if asked > calendar.last {
            return Some(start.received);
        }
        self.paused = Some(asked);
        if resumed <= calendar.last {
            self.resumed = Some(resumed);
            return Some(resumed);
        }
        self.status = Some(if is_for_money { Status::AwaitingPayment } else { Status::AwaitingSupplement });
        self.status_on = Some(asked);
        None
    }

    /// Cannot keep the date. Some offices write in time and move it, some write too late, most stay silent.
    fn miss(&mut self, start: &Start, begun: Day, due: Day, calendar: &Calendar, dice: &mut Dice) {
        let delay = match dice.below(100) {
            0..60 => dice.between(1, 5),
            60..90 => dice.between(6, 15),
            90..97 => dice.between(16, 45),
            // Nobody gets to it within these two years.
            _ => 400,
        };
        let done = calendar.add(due, delay);
        let in_time = calendar.on_or_before(due.saturating_sub(1));
        let (letter, grace) = match dice.below(100) {
            0..30 if in_time > begun => (Some(in_time), delay + dice.below(3)),
            30..36 => (Some(calendar.add(due, 1)), delay + 1),
            36..40 if in_time > begun => (Some(in_time), (delay / 2).max(1)),
            _ => (None, 0),
        };
        if let Some(letter) = letter.filter(|letter| *letter < done && *letter <= calendar.last) {
            self.apology = Some(letter);
            self.reschedules = if dice.chance(8_000) { 2 } else { 1 };
            self.due = Some(calendar.add(due, grace.min(45)));
        }
        self.finish(start, done, calendar, dice);
    }

    /// The result is there on `done`, if that is not after the last day; else the file is open.
    fn finish(&mut self, start: &Start, done: Day, calendar: &Calendar, dice: &mut Dice) {
        if done > calendar.last {
            return self.stay_open(start, calendar);
        }
        // Whoever asked online has the result at once; at the counter it waits to be collected.
        let collected_after = match dice.below(100) {
            _ if start.is_online => 0,
            0..55 => 0,
            55..92 => dice.between(1, 3),
            _ => dice.between(4, 15),
        };
        self.complete(done, collected_after, calendar, dice);
    }

    fn complete(&mut self, done: Day, collected_after: u32, calendar: &Calendar, dice: &mut Dice) {
        self.completed = Some(done);
        self.returned = Some(calendar.add(done, collected_after)).filter(|day| *day <= calendar.last);
        self.status_on = self.returned.or(self.completed);
        self.status = Some(match self.returned {
            // A refusal with its reasons is a result too (NĐ 61/2018 Đ19.8).
            Some(_) if dice.chance(400) => Status::Stopped,
            Some(_) => Status::Returned,
            None => Status::Completed,
        });
    }

    fn withdraw(&mut self, start: &Start, on: Day, calendar: &Calendar) {
        if on > calendar.last {
            return self.stay_open(start, calendar);
        }
        (self.status, self.status_on) = (Some(Status::Withdrawn), Some(on));
    }

    fn stay_open(&mut self, start: &Start, calendar: &Calendar) {
        let taken_up = self.resumed.unwrap_or_else(|| calendar.add(start.received, 1));
        (self.status, self.status_on) = if taken_up <= calendar.last {
            (Some(Status::Processing), Some(taken_up))
        } else {
            (Some(Status::Received), Some(start.received))
        };
    }
}

/// A day of completion up to and with the due date; most results come early.
fn in_time(begun: Day, due: Day, room: u32, calendar: &Calendar, dice: &mut Dice) -> Day {
    if dice.chance(21_000) {
        return due;
    }
    let taken = room * dice.between(30, 99) / 100;
    // What comes in on a Sunday is not finished on it.
    if taken == 0 && !calendar.is_working(begun) { due } else { calendar.add(begun, taken) }
}
