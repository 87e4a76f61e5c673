//! The sentences of the rest of the year, in both languages.

use chrono::NaiveDate;

use super::{Assumption, Basis, Needed, Source, page::Figure, what_if};
use crate::{lang::Lang, rate::Rate};

/// What every sentence speaks of.
pub(super) struct Said<'a> {
    pub lang: Lang,
    pub year: i32,
    pub is_over: bool,
    pub basis: &'a Basis,
    pub source: Source,
}

fn shown(lang: Lang, rate: Rate) -> String {
    rate.floored().map_or_else(|| "—".to_owned(), |rate| lang.percent(rate))
}

/// `thấp hơn chỉ tiêu 100 % là 0,22 điểm`.
fn against(lang: Lang, rate: Rate, target: i64) -> String {
    let aim = lang.percent_short(target);
    let gap = lang.hundredths(target - rate.floored().unwrap_or(0));
    match (lang, rate.reaches(target)) {
        (Lang::Vi, true) => format!("đạt chỉ tiêu {aim}"),
        (Lang::En, true) => format!("which reaches the target of {aim}"),
        (Lang::Vi, false) => format!("thấp hơn chỉ tiêu {aim} là {gap} điểm"),
        (Lang::En, false) => format!("{gap} points below the target of {aim}"),
    }
}

/// What the year ends at, how that was made, and how far it may be off.
pub(super) fn forecast_sentence(said: &Said, rate: Rate, pace: i64, range: Option<(Rate, Rate)>) -> String {
    let &Said { lang, year, basis, .. } = said;
    let (value, stands) = (shown(lang, rate), against(lang, rate, basis.target));
    if said.is_over {
        return match lang {
            Lang::Vi => format!("Năm {year} đã kết thúc ở {value}, {stands}."),
            Lang::En => format!("{year} has ended at {value}, {stands}."),
        };
    }
    let pace = lang.percent(pace);
    let range = match (lang, range) {
        (Lang::Vi, Some((low, high))) => format!(
            "Nếu mọi tháng còn lại đều ở giới hạn dưới hoặc giới hạn trên của biến động bình thường: từ {} đến {}.",
            shown(lang, low),
            shown(lang, high)
        ),
        (Lang::En, Some((low, high))) => format!(
            "If every month left lies at the lower or at the upper limit of ordinary variation: from {} to {}.",
            shown(lang, low),
            shown(lang, high)
        ),
        (Lang::Vi, None) => "Chưa đủ 8 tháng trọn vẹn để nói khoảng dao động.".to_owned(),
        (Lang::En, None) => "Fewer than 8 whole months: too few to say a range.".to_owned(),
    };
    match lang {
        Lang::Vi => format!(
            "Nếu số hồ sơ còn lại đi như 3 tháng gần nhất ({pace}), năm {year} kết thúc ở {value}, {stands}. {range}"
        ),
        Lang::En => format!(
            "If the rest goes as the last 3 months went ({pace}), {year} ends at {value}, {stands}. {range}"
        ),
    }
}

/// Expected files, late budget, best reachable, needed rate.
pub(super) fn figures(said: &Said) -> Vec<Figure> {
    let lang = said.lang;
    let figure = |name: &str, value: String, remark: String| Figure { name: name.to_owned(), value, remark };
    let mut all = vec![
        figure(
            lang.of("Hồ sơ tính được hạn cả năm", "Timed case files of the year"),
            lang.number(said.basis.expected()),
            expected_remark(said),
        ),
        figure(lang.of("Ngân sách hồ sơ trễ", "Late budget"), budget_value(said), budget_remark(said)),
    ];
    if !said.is_over {
        all.push(figure(
            lang.of("Cao nhất còn đạt được", "Best still reachable"),
            shown(lang, said.basis.best()),
            lang.of(
                "mọi hồ sơ còn lại đều kịp, trừ hồ sơ đã quá hạn",
                "everything left in time, but for what is overdue already",
            )
            .to_owned(),
        ));
        all.push(figure(
            lang.of("Số còn lại phải đạt", "The rest has to reach"),
            needed_value(said),
            lang.of("để cả năm đạt chỉ tiêu", "for the year to reach its target").to_owned(),
        ));
    }
    all
}

fn expected_remark(said: &Said) -> String {
    let &Said { lang, basis, .. } = said;
    let (done, rest) = (lang.number(basis.ok + basis.late), lang.number(basis.rest));
    match (lang, said.source) {
        (Lang::Vi, Source::Nothing) => format!("{done} đã có kết quả"),
        (Lang::En, Source::Nothing) => format!("{done} done"),
        (Lang::Vi, Source::LastYear) => {
            format!(
                "{done} đã có kết quả, dự kiến thêm {rest}: phần còn lại của năm trước, nhân tỷ lệ năm nay trên năm trước"
            )
        }
        (Lang::En, Source::LastYear) => {
            format!("{done} done, {rest} expected: the rest of last year, scaled by this year against last")
        }
        (Lang::Vi, Source::RunRate) => {
            format!(
                "{done} đã có kết quả, dự kiến thêm {rest}: theo nhịp mỗi ngày làm việc, vì năm trước không đủ số liệu"
            )
        }
        (Lang::En, Source::RunRate) => {
            format!(
                "{done} done, {rest} expected: by the pace of a working day, as last year's data are not complete"
            )
        }
    }
}

fn budget_value(said: &Said) -> String {
    let lang = said.lang;
    let budget = said.basis.late_budget();
    let files = lang.count(budget.abs(), "hồ sơ", "case file", "case files");
    match (lang, budget < 0) {
        (Lang::Vi, false) => format!("còn {files}"),
        (Lang::En, false) => format!("{files} left"),
        (Lang::Vi, true) => format!("vượt {files}"),
        (Lang::En, true) => format!("overspent by {files}"),
    }
}

fn budget_remark(said: &Said) -> String {
    let &Said { lang, basis, .. } = said;
    let (all, late, overdue) =
        (lang.number(basis.allowance()), lang.number(basis.late), lang.number(basis.open_overdue));
    let aim = lang.percent_short(basis.target);
    match lang {
        // What is open when the year is over is late in another one.
        Lang::Vi if said.is_over => format!("chỉ tiêu {aim} cho phép {all} hồ sơ trễ; đã trễ {late}"),
        Lang::En if said.is_over => format!("the target of {aim} allows {all} late; {late} were"),
        Lang::Vi => format!("chỉ tiêu {aim} cho phép {all} hồ sơ trễ; đã trễ {late}, đang quá hạn {overdue}"),
        Lang::En => {
            format!("the target of {aim} allows {all} late; {late} late already, {overdue} open and overdue")
        }
    }
}

fn needed_value(said: &Said) -> String {
    let lang = said.lang;
    match said.basis.needed() {
        Needed::NotReachable => lang.of("không thể đạt", "not reachable").to_owned(),
        Needed::Rate(0) => lang.of("mức nào cũng đạt", "any rate will do").to_owned(),
        Needed::Rate(rate) => lang.percent(rate),
    }
}

/// Since when the target is out of reach.
pub(super) fn lost_sentence(said: &Said, day: NaiveDate) -> String {
    let &Said { lang, year, basis, .. } = said;
    let (aim, day) = (lang.percent_short(basis.target), lang.date(day));
    match lang {
        Lang::Vi => format!("Mức {aim} của năm {year} không thể đạt nữa từ ngày {day}."),
        Lang::En => format!("{aim} for {year} has been out of reach since {day}."),
    }
}

/// What the year ends at under an assumption, in one sentence. The browser says it anew while one moves a slider.
#[must_use]
pub fn what_if_sentence(basis: &Basis, assumption: &Assumption, lang: Lang) -> String {
    let rate = what_if(basis, assumption);
    let (value, stands) = (shown(lang, rate), against(lang, rate, basis.target));
    let (late, all) = (lang.number(rate.misses()), lang.number(rate.all));
    match lang {
        Lang::Vi => format!("Khi đó cả năm là {value}: {late} trễ trong {all}, {stands}."),
        Lang::En => format!("The year then ends at {value}: {late} late of {all}, {stands}."),
    }
}
