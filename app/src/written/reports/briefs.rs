//! The monthly briefs: as documents to download, signed or not, and the ways to the meeting and the wall board.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    lang::Lang,
    period::{Cycle, Period, Unit},
};

use super::{BOARD, CHANGES, MEETING, Reports, of_month, scrolled, year_of};

/// The brief of a month; an ending says what as.
pub const BRIEF: &str = "/bao-cao/thang";
/// Where a month is frozen.
pub const FREEZE: &str = "/bao-cao/chot";

/// The briefs of the year, the newest first.
pub(super) fn section(address: &Address, reports: &Reports) -> impl IntoView + use<> {
    let lang = address.lang;
    let is_whole = address.filter.agency.is_none();
    let question = &reports.question;
    let mut months: Vec<Period> = year_of(question)
        .split(Unit::Month)
        .filter(|month| month.from(Cycle::Calendar) <= question.as_of)
        .collect();
    months.reverse();
    let newest = months.first().copied();
    let rows: Vec<_> = months.into_iter().map(|month| row(month, address, reports)).collect();
    let table = view! {
        <table class="numbers handed-out">
            <thead>
                <tr>
                    <th scope="col">{lang.of("Tháng", "Month")}</th>
                    <th scope="col">{lang.of("Tải báo cáo", "Brief")}</th>
                    <th scope="col">{lang.of("Số liệu", "Figures")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let meeting = newest.map(|month| {
        view! {
            <p>
                <a href=of_month(MEETING, month, address) rel="external">
                    {match lang {
                        Lang::Vi => format!("Họp điều hành {}", month.label(lang).to_lowercase()),
                        Lang::En => format!("Meeting on {}", month.label(lang)),
                    }}
                </a>
                " · "
                <a href=of_month(BOARD, month, address) rel="external">
                    {lang.of("Bảng treo tường", "Wall board")}
                </a>
            </p>
        }
    });
    let whom = (!is_whole).then(|| {
        let words = lang.of(
            "Báo cáo của đơn vị đang chọn; chỉ báo cáo toàn thành phố mới chốt số liệu.",
            "Briefs of the office chosen; only those of the whole city are signed and frozen.",
        );
        view! { <p class="sub">{words}</p> }
    });
    view! {
        <section class="panel" aria-labelledby="bao-cao-thang">
            <h2 id="bao-cao-thang">{lang.of("Báo cáo tháng", "Monthly brief")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "Văn bản theo thể thức Nghị định 30/2020/NĐ-CP, viết từ số liệu; Word để sửa, PDF để lưu, HTML một tệp mở được khi không có mạng. \
                         Chốt số liệu khi ký: bản đã chốt không đổi nữa, số liệu nhập sau hiện là «đã điều chỉnh».",
                        "A document in the form of Decree 30/2020/NĐ-CP, written from the figures; Word to edit, PDF to keep, one HTML file that opens without a network. \
                         Freeze the figures when it is signed: the frozen brief stays as it is, and later data show as “adjusted”.",
                    )}
            </p>
            {whom}
            {meeting}
            {scrolled(lang.of("Báo cáo theo tháng", "Briefs by month"), table)}
        </section>
    }
}

fn row(month: Period, address: &Address, reports: &Reports) -> impl IntoView + use<> {
    let lang = address.lang;
    let name = month.label(lang);
    let file = |ending: &str, shown: &'static str| {
        view! {
            <a
                href=of_month(&format!("{BRIEF}.{ending}"), month, address)
                rel="external"
                aria-label=format!("{shown}: {} {name}", lang.of("báo cáo", "brief of"))
            >
                {shown}
            </a>
        }
    };
    let frozen = reports.frozen.iter().find(|(frozen, _)| *frozen == month).map(|(_, on)| *on);
    let is_over = month.to(Cycle::Calendar) < reports.today;
    let figures = match frozen {
        _ if address.filter.agency.is_some() => lang.of("theo số liệu hiện có", "by the data as they are").into_any(),
        Some(on) => view! {
            {format!("{} {}. ", lang.of("Đã chốt", "Frozen on"), lang.date(on))}
            <a href=of_month(CHANGES, month, address) rel="external">
                {lang.of("Thay đổi từ đó", "What changed since")}
            </a>
        }
        .into_any(),
        None if is_over && !reports.may_write => lang.of("chưa chốt", "not frozen").into_any(),
        None if is_over => view! {
            <form method="post" action=of_month(FREEZE, month, address)>
                <button type="submit" aria-label=format!("{} {name}", lang.of("Chốt số liệu", "Freeze the figures of"))>
                    {lang.of("Chốt số liệu", "Freeze the figures")}
                </button>
            </form>
        }
        .into_any(),
        None => lang.of("tháng chưa hết", "the month is not over").into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td>{file("pdf", "PDF")} " " {file("docx", "Word")} " " {file("html", "HTML")}</td>
            <td>{figures}</td>
        </tr>
    }
}
