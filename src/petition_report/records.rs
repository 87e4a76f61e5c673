//! The petitions of a filter, each judged once: when its steps are decided and by which days they have to be.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::figure::{KindChoice, Moment};
use crate::{
    case_file::Channel,
    period::Window,
    petition::{Kind, Limits, Petition, PetitionCounts, PetitionDay, Status, Steps},
    working_days::WorkingDays,
};

/// A petition as the store keeps it. Codes only: no personal data is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PetitionRecord {
    /// Mã phản ánh, kiến nghị.
    pub code: String,
    /// The agency's code.
    pub agency_code: String,
    /// What it is about, where the source says so.
    pub kind: Option<Kind>,
    /// The way it came.
    pub channel: Channel,
    /// The field's name.
    pub field_name: Option<String>,
    /// The dates that decide.
    pub petition: Petition,
}

/// A petition with what its dates come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The petition.
    pub record: PetitionRecord,
    /// When each step is decided.
    pub steps: Steps,
    /// When the clock starts.
    pub starts_on: NaiveDate,
    /// The last day to answer.
    pub answer_by: NaiveDate,
    acknowledge_by: NaiveDate,
    supplement_by: NaiveDate,
    transfer_by: NaiveDate,
    publish_by: Option<NaiveDate>,
}

/// The three steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum StepName {
    /// Tiếp nhận.
    Received,
    /// Xử lý, trả lời.
    Handled,
    /// Thông báo kết quả.
    Notified,
    /// Chuyển đúng nơi: the only step of a petition that was passed on.
    PassedOn,
}

impl Judged {
    /// Judges a petition; `None` where its source records nothing that could ever be judged.
    #[must_use]
    pub fn of(record: PetitionRecord, limits: Limits, calendar: &WorkingDays) -> Option<Self> {
        let petition = &record.petition;
        if !petition.is_counted() {
            return None;
        }
        let starts_on = petition.starts_on();
        let by = |days: u32| calendar.add(starts_on, days);
        Some(Self {
            steps: petition.steps(limits, calendar),
            starts_on,
            acknowledge_by: by(limits.acknowledge),
            supplement_by: by(limits.supplement),
            answer_by: petition.due_on.unwrap_or_else(|| by(limits.answer)),
            transfer_by: by(limits.transfer),
            publish_by: petition
                .answered_on
                .map(|answered| calendar.add(answered.max(starts_on), limits.publish)),
            record,
        })
    }

    /// Whether it had begun and was not decided at the end of a day.
    #[must_use]
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.steps.headline.is_none_or(|decided| decided.on > day)
    }

    /// The next limit that an open petition has to keep, as seen at the end of a day.
    #[must_use]
    pub fn next_limit(&self, day: NaiveDate) -> Option<NaiveDate> {
        let petition = &self.record.petition;
        let has = |done: Option<NaiveDate>| done.is_some_and(|done| done <= day);
        if petition.status == Some(Status::Transferred) {
            return (!has(petition.transferred_on)).then_some(self.transfer_by);
        }
        let goes_on = !matches!(petition.status, Some(Status::Refused | Status::AwaitingSupplement));
        let waits_for_receipt = petition.recorded.received
            && !has(petition.acknowledged_on)
            && !has(petition.supplement_requested_on);
        // Past the first limit only a petition whose supplement was asked for in time is still open.
        let receive_by = if day <= self.acknowledge_by { self.acknowledge_by } else { self.supplement_by };
        let waits_for_answer = petition.recorded.handled && goes_on && !has(petition.answered_on);
        let waits_for_notice =
            petition.recorded.notified && goes_on && has(petition.answered_on) && !has(petition.published_on);
        [
            waits_for_receipt.then_some(receive_by),
            waits_for_answer.then_some(self.answer_by),
            self.publish_by.filter(|_| waits_for_notice),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// The step that had failed first by the end of a day.
    #[must_use]
    pub fn failed_step(&self, day: NaiveDate) -> Option<StepName> {
        let steps = &self.steps;
        let of_transfer = steps.headline.filter(|_| self.record.petition.status == Some(Status::Transferred));
        [
            (StepName::Received, steps.received),
            (StepName::Handled, steps.handled),
            (StepName::Notified, steps.notified),
            (StepName::PassedOn, of_transfer),
        ]
        .into_iter()
        .filter_map(|(name, step)| Some((name, step?)))
        .filter(|(_, step)| !step.in_time && step.on <= day)
        .min_by_key(|(_, step)| step.on)
        .map(|(name, _)| name)
    }

    fn is_of(&self, kind: Option<KindChoice>) -> bool {
        kind.is_none_or(|kind| KindChoice::of(self.record.kind) == kind)
    }
}

/// All petitions of a filter, judged under one calendar.
#[derive(Debug, Clone, Default)]
pub struct PetitionRecords {
    all: Vec<Judged>,
    /// The calendar they were judged by.
    pub calendar: WorkingDays,
    /// The limits they were judged by.
    pub limits: Limits,
}

impl PetitionRecords {
    /// Judges every petition.
    #[must_use]
    pub fn new(records: Vec<PetitionRecord>, calendar: WorkingDays, limits: Limits) -> Self {
        let all = records.into_iter().filter_map(|record| Judged::of(record, limits, &calendar)).collect();
        Self { all, calendar, limits }
    }

    /// Those of one kind, or all.
    pub fn of(&self, kind: Option<KindChoice>) -> impl Iterator<Item = &Judged> {
        self.all.iter().filter(move |petition| petition.is_of(kind))
    }

    /// What each day adds to the counts of one kind, or of all: counted from the petitions themselves.
    #[must_use]
    pub fn days(&self, kind: Option<KindChoice>) -> Vec<PetitionDay> {
        let mut days: BTreeMap<NaiveDate, PetitionCounts> = BTreeMap::new();
        for petition in self.of(kind) {
            for event in petition.record.petition.events(self.limits, &self.calendar) {
                *days.entry(event.day).or_default() += event.counts;
            }
        }
        days.into_iter().map(|(day, counts)| PetitionDay { day, counts }).collect()
    }

    /// The moment at the end of a window.
    #[must_use]
    pub fn at(&self, window: Window) -> Moment<'_> {
        Moment::of(window, &self.calendar)
    }
}
