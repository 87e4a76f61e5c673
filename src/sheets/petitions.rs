//! The tables of the page on petitions.

use super::{day, heads, percent, text};
use crate::{
    charts::values::{Value, Values},
    lang::Lang,
    petition_report::{Group, GroupLine, PetitionLine},
};

/// Petitions by agency, kind or channel, most late ones first.
#[must_use]
pub fn groups(lines: &[GroupLine], of: (&str, &str), lang: Lang) -> Values {
    let head = [
        of,
        ("Mã", "Code"),
        ("Kịp thời", "In time"),
        ("Chậm", "Late"),
        ("Tỷ lệ (%)", "Rate (%)"),
        ("Đang xử lý", "Open"),
    ];
    let rows = lines.iter().map(|line| {
        let code = match &line.group {
            Group::Agency { code, .. } => code.clone(),
            Group::Kind(kind) => kind.as_str().to_owned(),
            Group::Channel(channel) => channel.as_str().to_owned(),
        };
        vec![
            text(&line.name),
            text(code),
            Value::Count(line.in_time),
            Value::Count(line.late),
            percent(line.rate()),
            Value::Count(line.open),
        ]
    });
    Values { head: heads(lang, head), rows: rows.collect() }
}

/// The petitions behind a figure.
#[must_use]
pub fn petitions(lines: &[PetitionLine], lang: Lang) -> Values {
    let head = [
        ("Mã phản ánh, kiến nghị", "Petition code"),
        ("Đơn vị", "Agency"),
        ("Loại", "Kind"),
        ("Kênh", "Channel"),
        ("Ngày gửi", "Sent"),
        ("Hạn trả lời", "Answer by"),
        ("Ngày trả lời", "Answered"),
        ("Ngày công khai", "Published"),
        ("Bước chậm", "Late step"),
    ];
    let rows = lines.iter().map(|line| {
        vec![
            text(&line.code),
            text(&line.agency_name),
            text(line.kind.label(lang)),
            text(line.channel.label(lang)),
            day(Some(line.sent_on)),
            day(Some(line.answer_by)),
            day(line.answered_on),
            day(line.published_on),
            line.failed.map_or(Value::Empty, |step| text(step.label(lang))),
        ]
    });
    Values { head: heads(lang, head), rows: rows.collect() }
}
