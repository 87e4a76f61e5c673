//! Counts that no counter has, made from the files in one pass: a procedure's, and by day those of a field or channel of one
//! agency. What was made is held for the next questions about the same agency, level and procedure.

use std::{collections::BTreeMap, sync::Arc};

use foldhash::HashMap;
use thuocdo::case_file::{CaseFileCounts, CaseFileDay};

use crate::{Error, Store, case_files::Part, days, held_parts::PartKey, series::SeriesBy};

/// Parts held at a time: a page compares one with the whole city.
pub(crate) const PARTS_AT_MOST: u64 = 4;

/// What the files of an agency, level and procedure add up to.
pub(crate) struct FromFiles {
    /// By field and channel, and by day.
    days: SeriesBy<(i64, i32)>,
    /// By half of a month; of a procedure alone.
    pub halves: SeriesBy<PartKey>,
}

impl Store {
    /// What the files of a part add up to, as of the last commit, with those of its other fields and channels.
    pub(crate) async fn files_of(&self, part: &Part) -> Result<Arc<FromFiles>, Error> {
        // Asked before the files: what is committed meanwhile is read once more next time.
        let version = self.versions().await?.case_files;
        let whole = Part { field: None, channel: None, ..*part };
        let read = async { self.read_files(&whole).await.map(Arc::new) };
        self.recent.parts.get(version, whole, read).await
    }

    async fn read_files(&self, part: &Part) -> Result<FromFiles, Error> {
        let mut by_day: HashMap<((i64, i32), i32), CaseFileCounts> = HashMap::default();
        let mut by_half: HashMap<(PartKey, i32), CaseFileCounts> = HashMap::default();
        self.each_change(part, None, |file, change| {
            let (day, slice) = (days::number(change.day), (file.field_id, file.channel));
            let of_agency = (file.dates.agency_id, file.field_id, file.channel);
            change.add_to(by_day.entry((slice, day)).or_default(), 1);
            // Of an agency's fields and channels the counters know the halves.
            if part.procedure.is_some() {
                change.add_to(by_half.entry((of_agency, days::half(day))).or_default(), 1);
            }
        })
        .await?;
        Ok(FromFiles { days: SeriesBy::of(by_day)?, halves: SeriesBy::of(by_half)? })
    }

    /// What each day adds, of the field and channel of a part.
    pub(crate) async fn case_file_days_from_files(&self, part: &Part) -> Result<Vec<CaseFileDay>, Error> {
        let mut by_day: BTreeMap<i32, CaseFileCounts> = BTreeMap::new();
        let is_asked = |(field, channel): (i64, i32)| part.is_of(field, channel);
        self.files_of(part).await?.days.each(is_asked, i32::MAX, |_, day, counts| {
            *by_day.entry(day).or_default() += *counts;
        });
        Ok(by_day.into_iter().map(|(day, counts)| CaseFileDay { day: days::day(day), counts }).collect())
    }
}
