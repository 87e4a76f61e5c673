//! The counts behind the targets, for the month and for the year: what a brief is checked and compared by.

use super::{Sources, Tabled};
use crate::{
    charts::{
        Unit,
        values::{Value, Values},
    },
    indicator::Readings,
    lang::Lang,
    period::Period,
    rate::Rate,
};

/// The table of counts.
pub(super) fn table(month: Period, sources: &Sources<'_>, lang: Lang) -> Tabled {
    let (of_month, of_year) = (rows(sources.month.readings, lang), rows(sources.year.readings, lang));
    let rows = of_month
        .into_iter()
        .zip(of_year)
        .map(|((name, in_month), (_, in_year))| vec![Value::Text(name.to_owned()), in_month, in_year]);
    let head = [
        lang.of("Số liệu", "Figure").to_owned(),
        month.label(lang),
        lang.of("Lũy kế từ đầu năm", "From the beginning of the year").to_owned(),
    ];
    Tabled {
        caption: lang.of("Số liệu gốc của các chỉ tiêu", "The counts behind the targets").to_owned(),
        values: Values { head: head.to_vec(), rows: rows.collect() },
    }
}

fn percent(rate: Rate) -> Value {
    rate.floored().map_or(Value::Empty, |rate| Value::Of(Unit::Percent, rate))
}

fn rows(readings: &Readings, lang: Lang) -> Vec<(&'static str, Value)> {
    let (files, strict) = (&readings.on_time_returns.official, &readings.on_time_returns.strict);
    let petitions = &readings.petitions_in_time;
    let dialogues = &readings.dialogues_held;
    let count = Value::Count;
    let rank = |rank: Option<i32>| rank.map_or(Value::Empty, |rank| Value::Of(Unit::Rank, rank.into()));
    vec![
        (lang.of("Hồ sơ tiếp nhận", "Case files received"), count(files.received)),
        (lang.of("Hồ sơ từ kỳ trước", "Case files carried over"), count(files.carried_over)),
        (lang.of("Hồ sơ trả trước hạn", "Case files returned early"), count(files.early)),
        (lang.of("Hồ sơ trả đúng hạn", "Case files returned on time"), count(files.on_time)),
        (lang.of("Hồ sơ trả quá hạn", "Case files returned late"), count(files.late)),
        (
            lang.of("Tỷ lệ trả đúng hạn và trước hạn", "Share returned early or on time"),
            percent(files.timed()),
        ),
        (lang.of("Tỷ lệ theo ngày hẹn trả ban đầu", "Share by the first due date"), percent(strict.timed())),
        (lang.of("Hồ sơ đang giải quyết trong hạn", "Open within due"), count(files.open_within_due)),
        (lang.of("Hồ sơ đang giải quyết quá hạn", "Open and overdue"), count(files.open_overdue)),
        (lang.of("Hồ sơ tạm dừng", "Paused"), count(files.paused)),
        (lang.of("Hồ sơ rút", "Withdrawn"), count(files.withdrawn)),
        (
            lang.of("Phản ánh, kiến nghị kịp thời mọi bước", "Petitions in time in every step"),
            count(petitions.in_time),
        ),
        (lang.of("Phản ánh, kiến nghị chậm", "Petitions late"), count(petitions.late)),
        (
            lang.of("Tỷ lệ phản ánh, kiến nghị kịp thời", "Share of petitions in time"),
            percent(Rate::new(petitions.in_time, petitions.in_time + petitions.late)),
        ),
        (
            lang.of("Phản ánh, kiến nghị đang xử lý trong hạn", "Petitions open within their limits"),
            count(petitions.open_within_limits),
        ),
        (lang.of("Đơn vị phải đối thoại", "Offices that owe a dialogue"), count(dialogues.obliged)),
        (lang.of("Đơn vị đã đối thoại hợp lệ", "Offices with one that counts"), count(dialogues.held)),
        (
            lang.of("Vướng mắc quá hạn chưa tháo gỡ", "Issues open past their deadline"),
            count(dialogues.issues.open_overdue),
        ),
        (lang.of("Hạng PAR INDEX đã công bố", "PAR INDEX rank published"), rank(readings.par_index.rank)),
        (lang.of("Hạng SIPAS đã công bố", "SIPAS rank published"), rank(readings.sipas.rank)),
    ]
}
