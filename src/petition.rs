//! A petition (phản ánh, kiến nghị): received, handled and notified, each against its limit.
//!
//! Legal complaints and denunciations (khiếu nại, tố cáo) are no petitions (NĐ 20/2008 Đ1) and never get here.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    counts::{Counts, Day, Given, Measure as _, measures},
    working_days::WorkingDays,
};

/// The time limits in working days, as the national portal measures them (index 766, item 5.2). The office can set
/// others, since NĐ 20/2008 itself names none for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// To acknowledge or refuse.
    pub acknowledge: u32,
    /// To ask for a supplement.
    pub supplement: u32,
    /// To answer, where the source gives no due date.
    pub answer: u32,
    /// To publish after the answer.
    pub publish: u32,
    /// To pass on what belongs to another body (NĐ 20/2008 Đ9.1d).
    pub transfer: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { acknowledge: 2, supplement: 5, answer: 15, publish: 2, transfer: 5 }
    }
}

/// What a petition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The content of a rule (quy định hành chính).
    Regulation = 1,
    /// A procedure (thủ tục hành chính).
    Procedure = 2,
    /// The behaviour of officials or agencies (hành vi hành chính).
    Conduct = 3,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Regulation, Self::Procedure, Self::Conduct];

    /// The number the store keeps.
    #[must_use]
    pub fn number(self) -> i32 {
        self as i32
    }

    /// The kind of a number.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// The names a source may use, the word of our files first.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Regulation => &["regulation", "Quy định hành chính", "Quy định"],
            Self::Procedure => &["procedure", "Thủ tục hành chính", "TTHC"],
            Self::Conduct => &["conduct", "Hành vi hành chính", "Hành vi"],
        }
    }
}

/// How far the handling is, as the source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Mới.
    New = 1,
    /// Đã tiếp nhận.
    Accepted,
    /// Đã chuyển: closed for the agency that passed it on.
    Transferred,
    /// Chờ bổ sung: ends at the first step.
    AwaitingSupplement,
    /// Đang xử lý.
    Processing,
    /// Đã trả lời.
    Answered,
    /// Đã công khai.
    Published,
    /// Từ chối: ends at the first step.
    Refused,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 8] = [
        Self::New,
        Self::Accepted,
        Self::Transferred,
        Self::AwaitingSupplement,
        Self::Processing,
        Self::Answered,
        Self::Published,
        Self::Refused,
    ];

    /// The number the store keeps.
    #[must_use]
    pub fn number(self) -> i32 {
        self as i32
    }

    /// The status of a number.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.number() == number)
    }

    /// The names a source may use, the word of our files first.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::New => &["new", "Mới", "Mới tiếp nhận"],
            Self::Accepted => &["accepted", "Đã tiếp nhận"],
            Self::Transferred => &["transferred", "Đã chuyển"],
            Self::AwaitingSupplement => &["awaiting_supplement", "Chờ bổ sung"],
            Self::Processing => &["processing", "Đang xử lý"],
            Self::Answered => &["answered", "Đã trả lời"],
            Self::Published => &["published", "Đã công khai"],
            Self::Refused => &["refused", "Từ chối", "Từ chối tiếp nhận"],
        }
    }
}

measures! {
    /// What is counted of petitions.
    Measure {
        /// Clock started on the day.
        Started = "started",
        /// Acknowledged, refused or sent back in time.
        ReceivedInTime = "received_in_time",
        /// The limit to acknowledge passed.
        ReceivedLate = "received_late",
        /// Answered in time.
        HandledInTime = "handled_in_time",
        /// The limit to answer passed.
        HandledLate = "handled_late",
        /// Published in time.
        NotifiedInTime = "notified_in_time",
        /// The limit to publish passed.
        NotifiedLate = "notified_late",
        /// Decided without a failed step.
        InTime = "in_time",
        /// Decided by a failed step.
        Late = "late",
        /// Not yet decided.
        OpenWithinLimits = "open_within_limits",
    }
}

/// One number for each [`Measure`].
pub type PetitionCounts = Counts<{ Measure::COUNT }>;
/// What one day adds to each [`Measure`].
pub type PetitionDay = Day<{ Measure::COUNT }>;

/// The dates of one petition that decide every count, and which steps its source records at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Petition {
    /// Ngày gửi.
    pub sent_on: NaiveDate,
    /// Ngày chuyển: the clock starts anew for the agency it was passed to.
    pub transferred_on: Option<NaiveDate>,
    /// Ngày tiếp nhận, or of the refusal.
    pub acknowledged_on: Option<NaiveDate>,
    /// Ngày yêu cầu bổ sung.
    pub supplement_requested_on: Option<NaiveDate>,
    /// Ngày trả lời.
    pub answered_on: Option<NaiveDate>,
    /// Ngày công khai.
    pub published_on: Option<NaiveDate>,
    /// Hạn trả lời, where the source gives one.
    pub due_on: Option<NaiveDate>,
    /// Trạng thái.
    pub status: Option<Status>,
    /// Which steps the source records.
    pub recorded: Recorded,
}

/// Which steps a source has columns for; the others are outside all ratios.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Recorded {
    /// It says when petitions were acknowledged or sent back.
    pub received: bool,
    /// It says when they were answered.
    pub handled: bool,
    /// It says when the answer was published.
    pub notified: bool,
}

/// A step once it is decided: when, and whether in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// The day it was done in time, or the day after its limit.
    pub on: NaiveDate,
    /// Whether in time.
    pub in_time: bool,
}

/// The three steps of a petition and what they come to. `None` is not (yet, or ever) decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Steps {
    /// Acknowledged or sent back.
    pub received: Option<Decided>,
    /// Answered.
    pub handled: Option<Decided>,
    /// Published.
    pub notified: Option<Decided>,
    /// The petition as a whole.
    pub headline: Option<Decided>,
}

impl Petition {
    /// When the clock starts: with the latest transfer, else with the sending. A petition that this agency passed on
    /// started for it when it was sent.
    #[must_use]
    pub fn starts_on(&self) -> NaiveDate {
        if self.was_passed_on() { self.sent_on } else { self.transferred_on.unwrap_or(self.sent_on) }
    }

    /// When each step is decided, with all that is known of the petition.
    #[must_use]
    pub fn steps(&self, limits: Limits, calendar: &WorkingDays) -> Steps {
        let start = self.starts_on();
        if self.was_passed_on() {
            let limit = calendar.add(start, limits.transfer);
            return Steps { headline: Some(judged(self.transferred_on, limit, start)), ..Steps::default() };
        }
        let received = self.recorded.received.then(|| self.received(start, limits, calendar));
        let (mut handled, mut notified) = (None, None);
        if !self.ends_at_receipt() {
            let limit = self.due_on.unwrap_or_else(|| calendar.add(start, limits.answer));
            handled = self.recorded.handled.then(|| judged(self.answered_on, limit, start));
            notified = self.answered_on.filter(|_| self.recorded.notified).map(|answered| {
                let answered = answered.max(start);
                judged(self.published_on, calendar.add(answered, limits.publish), answered)
            });
        }
        let waits_for_notice = self.recorded.notified && !self.ends_at_receipt();
        let steps = [received, handled, notified];
        let decided = steps.iter().flatten();
        let failed = decided.clone().filter(|step| !step.in_time).min_by_key(|step| step.on);
        let done = decided.max_by_key(|step| step.on).filter(|_| notified.is_some() || !waits_for_notice);
        Steps { received, handled, notified, headline: failed.or(done).copied() }
    }

    fn received(&self, start: NaiveDate, limits: Limits, calendar: &WorkingDays) -> Decided {
        let acknowledged = judged(self.acknowledged_on, calendar.add(start, limits.acknowledge), start);
        let Some(requested) = self.supplement_requested_on else { return acknowledged };
        let supplement = judged(Some(requested), calendar.add(start, limits.supplement), start);
        match (acknowledged.in_time, supplement.in_time) {
            (true, true) if acknowledged.on <= supplement.on => acknowledged,
            (true, false) => acknowledged,
            _ => supplement,
        }
    }

    fn was_passed_on(&self) -> bool {
        self.status == Some(Status::Transferred)
    }

    fn ends_at_receipt(&self) -> bool {
        matches!(self.status, Some(Status::Refused | Status::AwaitingSupplement))
    }

    /// Whether any step can ever be decided: a petition of a source that records none is in no count.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.was_passed_on()
            || self.recorded.received
            || (!self.ends_at_receipt() && (self.recorded.handled || self.recorded.notified))
    }

    /// What the petition adds to the counters.
    #[must_use]
    pub fn events(&self, limits: Limits, calendar: &WorkingDays) -> Vec<PetitionDay> {
        use Measure::{
            HandledInTime, HandledLate, InTime, Late, NotifiedInTime, NotifiedLate, OpenWithinLimits,
            ReceivedInTime, ReceivedLate, Started,
        };
        if !self.is_counted() {
            return Vec::new();
        }
        let steps = self.steps(limits, calendar);
        let start = self.starts_on();
        let mut events = Vec::with_capacity(5);
        let mut on = |day: NaiveDate, changes: &[(Measure, i64)]| {
            let mut counts = PetitionCounts::default();
            for (measure, change) in changes {
                counts.0[measure.place()] += change;
            }
            events.push(PetitionDay { day, counts });
        };
        on(start, &[(Started, 1), (OpenWithinLimits, 1)]);
        let pairs = [
            (steps.received, ReceivedInTime, ReceivedLate),
            (steps.handled, HandledInTime, HandledLate),
            (steps.notified, NotifiedInTime, NotifiedLate),
        ];
        for (step, in_time, late) in pairs {
            if let Some(step) = step {
                on(step.on, &[(if step.in_time { in_time } else { late }, 1)]);
            }
        }
        if let Some(decided) = steps.headline {
            on(decided.on, &[(if decided.in_time { InTime } else { Late }, 1), (OpenWithinLimits, -1)]);
        }
        events
    }
}

/// A step with its limit: decided on the day it was done in time, else on the day after the limit.
fn judged(done_on: Option<NaiveDate>, limit: NaiveDate, not_before: NaiveDate) -> Decided {
    match done_on {
        Some(done) if done <= limit => Decided { on: done.max(not_before), in_time: true },
        _ => Decided { on: limit.succ_opt().unwrap_or(limit).max(not_before), in_time: false },
    }
}

/// A row of a `petitions` import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Mã phản ánh, kiến nghị.
    pub petition_code: String,
    /// Mã đơn vị.
    pub agency_code: String,
    /// Loại.
    pub kind: Given<Kind>,
    /// Lĩnh vực.
    pub field_code: Given<String>,
    /// Kênh tiếp nhận.
    pub channel: Given<crate::case_file::Channel>,
    /// Ngày gửi.
    pub sent_on: NaiveDate,
    /// Ngày chuyển.
    pub transferred_on: Given<NaiveDate>,
    /// Ngày tiếp nhận.
    pub acknowledged_on: Given<NaiveDate>,
    /// Ngày yêu cầu bổ sung.
    pub supplement_requested_on: Given<NaiveDate>,
    /// Ngày trả lời.
    pub answered_on: Given<NaiveDate>,
    /// Ngày công khai.
    pub published_on: Given<NaiveDate>,
    /// Hạn trả lời.
    pub due_on: Given<NaiveDate>,
    /// Trạng thái.
    pub status: Given<Status>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{counts::Read, period::Window};

    const ALL: Recorded = Recorded { received: true, handled: true, notified: true };

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    /// Sent on Monday 6 March 2023; every limit is then free of holidays.
    fn sent() -> Petition {
        Petition {
            sent_on: day("2023-03-06"),
            transferred_on: None,
            acknowledged_on: None,
            supplement_requested_on: None,
            answered_on: None,
            published_on: None,
            due_on: None,
            status: None,
            recorded: ALL,
        }
    }

    fn read(petition: &Petition, on: &str) -> PetitionCounts {
        let events = petition.events(Limits::default(), &WorkingDays::default());
        Read::of(&events, Window::up_to(day(on))).inside
    }

    #[test]
    fn a_petition_is_in_time_when_acknowledged_answered_and_published_in_time() {
        let petition = Petition {
            acknowledged_on: Some(day("2023-03-08")),
            answered_on: Some(day("2023-03-27")),
            published_on: Some(day("2023-03-29")),
            ..sent()
        };
        let before = read(&petition, "2023-03-28");
        assert_eq!((before[Measure::HandledInTime], before[Measure::OpenWithinLimits]), (1, 1));
        let after = read(&petition, "2023-03-29");
        assert_eq!(
            (after[Measure::InTime], after[Measure::Late], after[Measure::OpenWithinLimits]),
            (1, 0, 0)
        );
    }

    #[test]
    fn the_first_failed_step_decides_on_the_day_after_its_limit() {
        let petition = Petition {
            acknowledged_on: Some(day("2023-03-09")),
            answered_on: Some(day("2023-03-20")),
            published_on: Some(day("2023-03-21")),
            ..sent()
        };
        assert_eq!(read(&petition, "2023-03-08")[Measure::OpenWithinLimits], 1);
        let after = read(&petition, "2023-03-09");
        assert_eq!(
            (after[Measure::ReceivedLate], after[Measure::Late], after[Measure::OpenWithinLimits]),
            (1, 1, 0)
        );
        let end = read(&petition, "2023-03-31");
        assert_eq!(
            (end[Measure::HandledInTime], end[Measure::NotifiedInTime], end[Measure::InTime]),
            (1, 1, 0)
        );
    }

    #[test]
    fn a_supplement_asked_within_five_days_is_received_in_time_and_ends_there_while_it_waits() {
        let petition = Petition {
            supplement_requested_on: Some(day("2023-03-13")),
            status: Some(Status::AwaitingSupplement),
            ..sent()
        };
        let end = read(&petition, "2023-06-30");
        assert_eq!(
            (end[Measure::ReceivedInTime], end[Measure::InTime], end[Measure::HandledLate]),
            (1, 1, 0)
        );
    }

    #[test]
    fn of_two_ways_to_be_received_in_time_the_earlier_one_counts() {
        let petition = Petition {
            supplement_requested_on: Some(day("2023-03-06")),
            acknowledged_on: Some(day("2023-03-08")),
            ..sent()
        };
        assert_eq!(read(&petition, "2023-03-06")[Measure::ReceivedInTime], 1);
    }

    #[test]
    fn a_step_without_a_column_is_outside_all_ratios() {
        let petition = Petition {
            recorded: Recorded { handled: true, ..Recorded::default() },
            due_on: Some(day("2023-03-10")),
            answered_on: Some(day("2023-03-10")),
            ..sent()
        };
        let end = read(&petition, "2023-06-30");
        assert_eq!((end[Measure::ReceivedLate], end[Measure::NotifiedLate]), (0, 0));
        assert_eq!((end[Measure::HandledInTime], end[Measure::InTime]), (1, 1));
    }

    #[test]
    fn an_unanswered_petition_is_late_on_the_day_after_its_due_date() {
        let petition = Petition {
            recorded: Recorded { handled: true, ..Recorded::default() },
            due_on: Some(day("2023-03-10")),
            ..sent()
        };
        assert_eq!(read(&petition, "2023-03-10")[Measure::OpenWithinLimits], 1);
        assert_eq!(read(&petition, "2023-03-11")[Measure::Late], 1);
    }

    #[test]
    fn a_transfer_starts_the_clock_anew_for_the_receiver_and_closes_it_for_the_sender() {
        let passed_on =
            Petition { transferred_on: Some(day("2023-03-13")), status: Some(Status::Transferred), ..sent() };
        let end = read(&passed_on, "2023-06-30");
        assert_eq!((end[Measure::InTime], end[Measure::ReceivedLate]), (1, 0));
        let taken_over = Petition { status: Some(Status::Processing), ..passed_on };
        assert_eq!(taken_over.starts_on(), day("2023-03-13"));
    }

    #[test]
    fn an_answer_awaits_its_publication_before_the_petition_is_decided() {
        let petition = Petition {
            acknowledged_on: Some(day("2023-03-06")),
            answered_on: Some(day("2023-03-07")),
            ..sent()
        };
        assert_eq!(read(&petition, "2023-03-09")[Measure::OpenWithinLimits], 1);
        assert_eq!(read(&petition, "2023-03-10")[Measure::NotifiedLate], 1);
        assert_eq!(read(&petition, "2023-03-10")[Measure::Late], 1);
    }
}
