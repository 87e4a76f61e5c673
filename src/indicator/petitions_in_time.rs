//! T4: the share of petitions received, handled and answered in time: three steps and the headline.

use serde::{Deserialize, Serialize};

use super::Standing;
use crate::{
    counts::Read,
    lang::Lang,
    period::Window,
    petition::{Measure, PetitionDay},
    rate::Rate,
    status::Status,
};

/// The three steps and the headline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionsInTime {
    /// Tiếp nhận.
    pub received: Step,
    /// Xử lý.
    pub handled: Step,
    /// Thông báo kết quả.
    pub notified: Step,
    /// Decided in the window without a failed step.
    pub in_time: i64,
    /// Decided in the window by a failed step.
    pub late: i64,
    /// Not yet decided at its end.
    pub open_within_limits: i64,
    /// in_time of (in_time + late), floored, `"98.94"`.
    pub rate: Option<String>,
    /// How it stands against the target.
    pub status: Status,
}

/// One step: decided in the window.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// In time.
    pub in_time: i64,
    /// Past its limit.
    pub late: i64,
    /// in_time of (in_time + late), floored; null where the source does not record the step or nothing was decided.
    pub rate: Option<String>,
}

impl Step {
    fn of(in_time: i64, late: i64) -> Self {
        Self { in_time, late, rate: Rate::new(in_time, in_time + late).machine() }
    }

    /// In time, of all that was decided.
    #[must_use]
    pub fn decided(&self) -> Rate {
        Rate::new(self.in_time, self.in_time + self.late)
    }
}

impl PetitionsInTime {
    /// Reads a window from daily counts; `target` in hundredths of a percent.
    #[must_use]
    pub fn read(days: &[PetitionDay], window: Window, target: i64) -> Self {
        let read = Read::of(days, window);
        let step = |in_time, late| Step::of(read.inside[in_time], read.inside[late]);
        let decided = Rate::new(
            read.inside[Measure::InTime],
            read.inside[Measure::InTime] + read.inside[Measure::Late],
        );
        let status = match decided {
            Rate { all: 0, .. } => Status::NoData,
            rate if rate.reaches(target) => Status::Met,
            _ => Status::Missed,
        };
        Self {
            received: step(Measure::ReceivedInTime, Measure::ReceivedLate),
            handled: step(Measure::HandledInTime, Measure::HandledLate),
            notified: step(Measure::NotifiedInTime, Measure::NotifiedLate),
            in_time: decided.hits,
            late: decided.misses(),
            open_within_limits: read.at_end(Measure::OpenWithinLimits),
            rate: decided.machine(),
            status,
        }
    }

    /// Decided without a failed step, of all decided.
    #[must_use]
    pub fn decided(&self) -> Rate {
        Rate::new(self.in_time, self.in_time + self.late)
    }

    /// The status in words.
    #[must_use]
    pub fn standing(&self, target: i64, lang: Lang) -> Standing {
        let decided = self.decided();
        let shown = decided.floored().map_or_else(String::new, |rate| lang.percent(rate));
        let aim = lang.percent_short(target);
        let gap = lang.hundredths(target - decided.floored().unwrap_or(0));
        let (late, all) = (lang.number(self.late), lang.number(decided.all));
        let (step, failed) = self.weakest(lang);
        let failed = lang.number(failed);
        let sentence = match (self.status, lang) {
            (Status::NoData, _) => lang
                .of(
                    "Không phát sinh phản ánh, kiến nghị đến hạn trong kỳ.",
                    "No petition had a step due in the period.",
                )
                .to_owned(),
            (Status::Missed, Lang::Vi) => format!(
                "{shown} kịp thời, thấp hơn chỉ tiêu {aim} là {gap} điểm: {late} trễ trong {all}; \
                 chậm nhiều nhất ở bước {step} ({failed})."
            ),
            (Status::Missed, Lang::En) => format!(
                "{shown} in time, {gap} points short of the target of {aim}: {late} of {all} late; \
                 most of them at the step {step} ({failed})."
            ),
            (_, Lang::Vi) => {
                format!("{shown} kịp thời trong {all} phản ánh, kiến nghị; đạt chỉ tiêu {aim}.")
            }
            (_, Lang::En) => format!("{shown} in time of {all} petitions; the target of {aim} is met."),
        };
        Standing { status: self.status, sentence }
    }

    /// The step that failed most often.
    #[must_use]
    pub fn weakest(&self, lang: Lang) -> (&'static str, i64) {
        let answer = lang.of("trả lời", "answer");
        let steps = [
            (lang.of("thông báo", "publication"), self.notified.late),
            (lang.of("tiếp nhận", "acknowledgement"), self.received.late),
            (answer, self.handled.late),
        ];
        steps.into_iter().max_by_key(|(_, late)| *late).unwrap_or((answer, 0))
    }
}
