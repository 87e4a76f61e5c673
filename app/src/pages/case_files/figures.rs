//! Where the files of the period went: each figure opens its list, and the two yardsticks stand side by side.

use leptos::prelude::*;
use thuocdo::{
    address::Address, case_file_report::late_of, compared::Compared, filter::Measured,
    indicator::on_time_returns::Tally,
};

use crate::components::{compared::ComparedList, counted::counted};
use crate::links;

/// The rate by both yardsticks, the counts, and the periods to compare with.
#[component]
pub fn Figures(official: Tally, strict: Tally, compared: Vec<Compared>, address: Address) -> impl IntoView {
    let lang = address.lang;
    let figure = |measured: Measured| {
        let count = official.figure(measured);
        view! {
            <div>
                <dt>{measured.label(lang)}</dt>
                <dd>{counted(count, || links::list(&address, measured), lang)}</dd>
            </div>
        }
    };
    view! {
        <section class="figures" aria-label=lang.of("Số liệu trong kỳ", "Figures of the period")>
            <div class="rates">
                <RateFigure
                    name=lang.of("Tỷ lệ đúng hạn và trước hạn", "Early or on time")
                    remark=lang.of("theo ngày hẹn trả hiện hành", "by the current due date")
                    tally=official.clone()
                    late=Measured::Late
                    address=address.clone()
                />
                <RateFigure
                    name=lang.of("Tỷ lệ nghiêm ngặt", "Strict rate")
                    remark=lang.of("theo ngày hẹn trả ban đầu", "by the first due date")
                    tally=strict
                    late=Measured::StrictLate
                    address=address.clone()
                />
                <ComparedList compared=compared lang=lang />
            </div>
            <dl class="counts">
                {[Measured::CarriedOver].into_iter().chain(Measured::TALLY).map(figure).collect::<Vec<_>>()}
            </dl>
        </section>
    }
}

#[component]
fn RateFigure(
    name: &'static str,
    remark: &'static str,
    tally: Tally,
    late: Measured,
    address: Address,
) -> impl IntoView {
    let lang = address.lang;
    let timed = tally.timed();
    let figure = match timed.floored() {
        Some(rate) => view! { <b>{lang.hundredths(rate)}</b> <span>"%"</span> }.into_any(),
        None => {
            view! { <b class="none">"—"</b> <span>{lang.of("không phát sinh", "none")}</span> }.into_any()
        }
    };
    view! {
        <p class="value">
            <span class="name">{name}</span>
            {figure}
            <small>
                <a href=links::list(&address, late)>{late_of(timed, lang)}</a> ", " {remark}
            </small>
        </p>
    }
}
