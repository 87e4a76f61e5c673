//! The table of agencies, worst first: each a way down, each count a way to its files.

use leptos::prelude::*;
use thuocdo::{
    address::Address, case_file_report::AgencyLine, filter::Measured, status::Status, text::number,
};

use super::rates::few;
use crate::components::eager::Eager as _;
use crate::links;

/// All agencies one step below the one shown, or of the level asked for.
#[component]
pub fn AgencyTable(lines: Vec<AgencyLine>, window: String, address: Address) -> impl IntoView {
    let count = lines.len();
    let rows: Vec<_> =
        lines.into_iter().map(|line| view! { <AgencyRow line=line address=address.clone() /> }).collect();
    if count == 0 {
        return view! {
            <section class="panel" id="don-vi">
                <h2>"Đơn vị trực thuộc"</h2>
                <p class="sub">"Không có đơn vị nào ở dưới có hồ sơ trong kỳ."</p>
            </section>
        }
        .eager();
    }
    view! {
        <section class="panel" id="don-vi">
            <h2>{count} " đơn vị, nhiều hồ sơ trễ nhất ở trên"</h2>
            <p class="sub">
                "Mỗi dòng gồm cả các đơn vị bên dưới, " {window} ". Đơn vị không có hồ sơ không hiện."
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="Bảng các đơn vị">
                <table class="agencies">
                    <thead>
                        <tr>
                            <th scope="col">"Đơn vị"</th>
                            <th scope="col">"Trễ hạn"</th>
                            <th scope="col">"Tỷ lệ, %"</th>
                            <th scope="col">"Quá hạn"</th>
                            <th scope="col">"Nghiêm ngặt, %"</th>
                            <th scope="col">"Tiếp nhận"</th>
                            <th scope="col">"Trước hạn"</th>
                            <th scope="col">"Đúng hạn"</th>
                            <th scope="col">"Đang giải quyết"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .eager()
}

#[component]
fn AgencyRow(line: AgencyLine, address: Address) -> AnyView {
    let tally = &line.official;
    let own_desk = line.is_own_desk.then_some(line.level);
    let to_list = |measured: Measured| {
        let count = tally.figure(measured);
        if count == 0 {
            return view! { <td class="zero">"0"</td> }.eager();
        }
        view! {
            <td>
                <a href=links::agency_list(&address, &line.code, own_desk, measured)>{number(count)}</a>
            </td>
        }
        .eager()
    };
    let rate = tally.timed().shown().unwrap_or_else(|| "–".to_owned());
    let status = tally.status.unwrap_or(Status::NoData);
    let open = tally.open_within_due + tally.open_undetermined + tally.paused;
    view! {
        <tr class=status.as_str()>
            <th scope="row">
                <a href=links::agency(links::CASE_FILES, &address, Some(&line.code))>{line.name.clone()}</a>
            </th>
            {to_list(Measured::Late)}
            <td>
                <span class=format!("status {}", status.as_str())>
                    <span class="shape" title=status.label() aria-hidden="true">
                        {status.shape()}
                    </span>
                    <span class="vh">{status.label()} ", "</span>
                </span>
                " "
                {rate} {few(tally.timed(), address.lang)}
            </td>
            {to_list(Measured::OpenOverdue)}
            <td>{line.strict_rate.clone().unwrap_or_else(|| "–".to_owned())}</td>
            {to_list(Measured::Received)}
            {to_list(Measured::Early)}
            {to_list(Measured::OnTime)}
            <td>{number(open)}</td>
        </tr>
    }
    .eager()
}
