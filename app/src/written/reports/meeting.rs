//! The meeting on a month: its targets off track one by one, with what was promised before, a form for what is concluded, and
//! the minutes. Arrow keys turn the pages where scripts run; links do everywhere.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    brief::{Brief, Conclusion, Section},
    lang::Lang,
    plan::Indicator,
};

use super::{month_file, of_month};
use crate::{
    links,
    written::{document_with, typed},
};

/// The meeting; with `n` one of its pages.
pub const MEETING: &str = "/bao-cao/hop";
/// What it concluded.
pub const MINUTES: &str = "/bao-cao/bien-ban";
/// Turns pages by keys.
pub(super) const TURN: &str = "/turn.js";

/// One page of the meeting, from one; the last leads to the minutes.
#[must_use]
pub fn meeting(
    brief: &Brief,
    conclusions: &[Conclusion],
    page: usize,
    may_conclude: bool,
    output_name: &str,
) -> String {
    let lang = brief.lang;
    let pages = brief.off_track.len();
    let page = page.clamp(1, pages.max(1));
    let to = |n: usize| format!("{}&n={n}", address_of(MEETING, brief));
    let shown = brief.off_track.get(page - 1);
    let back = (page > 1).then(|| {
        view! {
            <a rel="prev" href=to(page - 1)>
                {lang.of("← Chỉ tiêu trước", "← Target before")}
            </a>
        }
    });
    let next = if page < pages {
        view! {
            <a rel="next" href=to(page + 1)>
                {lang.of("Chỉ tiêu sau →", "Next target →")}
            </a>
        }
    } else {
        view! {
            <a rel="next" href=address_of(MINUTES, brief)>
                {lang.of("Biên bản →", "Minutes →")}
            </a>
        }
    };
    let body = view! {
        <nav class="turn" aria-label=lang.of("Các chỉ tiêu", "Targets")>
            {back} <span>{format!("{page} / {}", pages.max(1))}</span> {next}
        </nav>
        {match shown {
            Some(section) => shown_section(section, brief, conclusions, page, may_conclude).into_any(),
            None => view! {
                <div class="lead">
                    <h1>
                        {lang.of("Không có chỉ tiêu nào không đạt hoặc có nguy cơ.", "No target is missed or at risk.")}
                    </h1>
                </div>
            }
            .into_any(),
        }}
        <p>
            <a href=links::page(
                links::REPORTS,
                &Address { lang, ..Address::default() },
            )>{lang.of("Về trang Báo cáo", "Back to the page on reports")}</a>
        </p>
    };
    let title = format!("{} {}", lang.of("Họp điều hành", "Meeting on"), brief.month.label(lang));
    let head = view! { <script src=TURN defer></script> };
    document_with(&title, head, body, output_name, lang)
}

fn address_of(path: &str, brief: &Brief) -> String {
    of_month(path, brief.month, &Address { lang: brief.lang, ..Address::default() })
}

fn shown_section(
    section: &Section,
    brief: &Brief,
    conclusions: &[Conclusion],
    page: usize,
    may_conclude: bool,
) -> impl IntoView + use<> {
    let lang = brief.lang;
    let words: Vec<_> = section.said.iter().map(|words| view! { <li>{words.clone()}</li> }).collect();
    let promised: Vec<_> =
        section.promised.iter().map(|promise| view! { <li>{promise.clone()}</li> }).collect();
    let picture = brief.pictures.get(match section.indicator {
        Indicator::OnTimeReturns => 0,
        Indicator::PetitionsInTime => 1,
        Indicator::DialoguesHeld => 2,
        Indicator::ParIndex | Indicator::Sipas => usize::MAX,
    });
    let picture = picture.map(|picture| {
        view! {
            <figure class="chart">
                <div class="drawing" role="img" aria-label=picture.description.clone() inner_html=picture.svg.clone()></div>
            </figure>
        }
    });
    let kept =
        conclusions.iter().find(|kept| kept.month == brief.month && kept.indicator == section.indicator);
    view! {
        <div class="meeting">
            <div>
                <div class="lead">
                    <h1>{section.heading.clone()}</h1>
                </div>
                <ul>{words}</ul>
                {(!promised.is_empty())
                    .then(|| {
                        view! {
                            <h2>{lang.of("Đã kết luận", "Concluded so far")}</h2>
                            <ul>{promised}</ul>
                        }
                    })}
                {section.gap.as_ref().map(|gap| view! { <div class="panel">{month_file::table(gap, lang)}</div> })}
            </div>
            <div>{picture} {may_conclude.then(|| form(section.indicator, kept, brief, page))}</div>
        </div>
    }
}

fn form(
    indicator: Indicator,
    kept: Option<&Conclusion>,
    brief: &Brief,
    page: usize,
) -> impl IntoView + use<> {
    let lang = brief.lang;
    let (conclusion, owner) =
        kept.map(|kept| (kept.conclusion.clone(), kept.owner.clone())).unwrap_or_default();
    let deadline = kept.and_then(|kept| kept.deadline).map(|day| day.to_string());
    view! {
        <form class="form letterhead" method="post" action=format!("{}&n={page}", address_of(MEETING, brief))>
            <h2>{lang.of("Kết luận", "Conclusion")}</h2>
            <input type="hidden" name="indicator" value=indicator.as_str() />
            <label>
                {lang.of("Việc cần làm", "What is to be done")}
                <textarea name="conclusion" rows="4" maxlength="2000">
                    {typed(&conclusion)}
                </textarea>
            </label>
            <label>
                {lang.of("Đơn vị chủ trì", "Owner")} <input type="text" name="owner" maxlength="200" value=owner />
            </label>
            <label>
                {lang.of("Hạn", "Deadline")} <input type="date" name="deadline" value=deadline.unwrap_or_default() />
            </label>
            <button type="submit">{lang.of("Lưu kết luận", "Save the conclusion")}</button>
        </form>
    }
}

/// The minutes, to be printed.
#[must_use]
pub fn minutes(brief: &Brief, conclusions: &[Conclusion], output_name: &str) -> String {
    let lang = brief.lang;
    let rows: Vec<_> = brief
        .off_track
        .iter()
        .map(|section| {
            let kept = conclusions
                .iter()
                .find(|kept| kept.month == brief.month && kept.indicator == section.indicator);
            let missing = || lang.of("chưa kết luận", "nothing concluded").to_owned();
            let deadline = kept.and_then(|kept| kept.deadline).map(|day| lang.date(day));
            view! {
                <tr>
                    <th scope="row">{section.heading.clone()}</th>
                    <td class="written">{kept.map_or_else(missing, |kept| kept.conclusion.clone())}</td>
                    <td>{kept.map(|kept| kept.owner.clone()).unwrap_or_default()}</td>
                    <td>{deadline.unwrap_or_default()}</td>
                </tr>
            }
        })
        .collect();
    let title = match lang {
        Lang::Vi => format!("Biên bản họp điều hành {}", brief.month.label(lang).to_lowercase()),
        Lang::En => format!("Minutes of the meeting on {}", brief.month.label(lang)),
    };
    let body = view! {
        <div class="lead">
            <h1>{title.clone()}</h1>
            <p>{brief.said.first().cloned().unwrap_or_default()}</p>
        </div>
        {super::scrolled(
            &title,
            view! {
                <table class="minutes">
                    <thead>
                        <tr>
                            <th scope="col">{lang.of("Chỉ tiêu", "Target")}</th>
                            <th scope="col">{lang.of("Kết luận", "Conclusion")}</th>
                            <th scope="col">{lang.of("Chủ trì", "Owner")}</th>
                            <th scope="col">{lang.of("Hạn", "Deadline")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            },
        )}
        <p class="signatures">
            <span>{lang.of("Thư ký", "Secretary")}</span>
            <span>{lang.of("Chủ trì", "Chair")}</span>
        </p>
        <p class="screen">
            <a href=format!("{}&n=1", address_of(MEETING, brief))>{lang.of("Quay lại cuộc họp", "Back to the meeting")}</a>
        </p>
    };
    document_with(&title, view! { <script src=TURN defer></script> }, body, output_name, lang)
}
