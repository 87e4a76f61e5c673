//! The petitions behind a figure, one page at a time.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    PetitionReport,
    figure::{KindChoice, PetitionFigure},
    groups::Place,
    records::{Judged, PetitionRecords, StepName},
};
use crate::{case_file::Channel, period::Window, wire};

/// Petitions on one page of a list.
pub const LISTED: usize = 50;

/// A page of the list behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionList {
    /// Which figure.
    pub figure: PetitionFigure,
    /// What the figure says.
    pub said: i64,
    /// How many petitions there are.
    pub total: i64,
    /// Which page of them this is, from one.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
    /// The petitions of this page.
    pub lines: Vec<PetitionLine>,
}

/// One petition, as it was known at the end of the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionLine {
    /// Mã phản ánh, kiến nghị.
    pub code: String,
    /// The agency's name.
    pub agency_name: String,
    /// What it is about.
    pub kind: KindChoice,
    /// The way it came.
    pub channel: Channel,
    /// Ngày gửi.
    #[serde(with = "wire::day")]
    pub sent_on: NaiveDate,
    /// Hạn trả lời.
    #[serde(with = "wire::day")]
    pub answer_by: NaiveDate,
    /// Ngày trả lời, when it had come.
    #[serde(with = "wire::maybe_day")]
    pub answered_on: Option<NaiveDate>,
    /// Ngày công khai, when it had come.
    #[serde(with = "wire::maybe_day")]
    pub published_on: Option<NaiveDate>,
    /// The step that had failed first.
    pub failed: Option<StepName>,
}

/// Lists the petitions of a figure, those to be answered first on top. Beyond the last page stands the last page.
#[must_use]
pub fn list(
    report: &PetitionReport,
    records: &PetitionRecords,
    kind: Option<KindChoice>,
    window: Window,
    figure: PetitionFigure,
    page: Option<u32>,
    places: &[Place],
) -> PetitionList {
    let all = lines(records, kind, window, figure, places);
    let total = all.len();
    let pages = total.div_ceil(LISTED).max(1);
    let page = page.and_then(|page| usize::try_from(page).ok()).unwrap_or(1).clamp(1, pages);
    PetitionList {
        figure,
        said: report.figure(figure),
        total: i64::try_from(total).unwrap_or(i64::MAX),
        page: u32::try_from(page).unwrap_or(1),
        pages: u32::try_from(pages).unwrap_or(1),
        lines: all.into_iter().skip((page - 1) * LISTED).take(LISTED).collect(),
    }
}

/// Every petition of a figure, those to be answered first on top.
#[must_use]
pub fn lines(
    records: &PetitionRecords,
    kind: Option<KindChoice>,
    window: Window,
    figure: PetitionFigure,
    places: &[Place],
) -> Vec<PetitionLine> {
    let at = records.at(window);
    let mut counted: Vec<&Judged> =
        records.of(kind).filter(|petition| figure.counts(petition, &at)).collect();
    counted.sort_by(|a, b| (a.answer_by, &a.record.code).cmp(&(b.answer_by, &b.record.code)));
    let names: BTreeMap<&str, &str> =
        places.iter().map(|place| (place.code.as_str(), place.name.as_str())).collect();
    let line = |petition: &&Judged| {
        let record = &petition.record;
        let known = |day: Option<NaiveDate>| day.filter(|day| *day <= window.last);
        PetitionLine {
            code: record.code.clone(),
            agency_name: names.get(record.agency_code.as_str()).unwrap_or(&&*record.agency_code).to_string(),
            kind: KindChoice::of(record.kind),
            channel: record.channel,
            sent_on: record.petition.sent_on,
            answer_by: petition.answer_by,
            answered_on: known(record.petition.answered_on),
            published_on: known(record.petition.published_on),
            failed: petition.failed_step(window.last),
        }
    };
    counted.iter().map(line).collect()
}
