//! The form for what stands around a brief: who issues it, to whom, who signs.

use leptos::prelude::*;
use thuocdo::{
    address::Address,
    brief::{LONGEST, Letterhead},
    lang::Lang,
};

use crate::written::typed;

/// Where the letterhead is kept.
pub const LETTERHEAD: &str = "/bao-cao/dau-van-ban";

/// The form.
pub(super) fn section(letterhead: &Letterhead, lang: Lang) -> impl IntoView + use<> {
    let line = |name: &'static str, words: &'static str, value: &str| {
        view! {
            <label>
                {words} <input type="text" name=name maxlength=LONGEST.to_string() value=value.to_owned() />
            </label>
        }
    };
    let lines = |name: &'static str, words: &'static str, values: &[String]| {
        view! {
            <label>
                {words} <textarea name=name rows="3">
                    {typed(&values.join("\n"))}
                </textarea>
            </label>
        }
    };
    let action = format!("{LETTERHEAD}{}", Address { lang, ..Address::default() }.query());
    view! {
        <section class="panel" aria-labelledby="dau-van-ban">
            <h2 id="dau-van-ban">{lang.of("Đầu văn bản và chữ ký", "Letterhead and signature")}</h2>
            <p class="sub">
                {lang
                    .of(
                        "In trên mọi báo cáo tháng; chỗ chưa điền là dòng chấm. Báo cáo đã chốt giữ nguyên đầu văn bản lúc chốt.",
                        "Printed on every monthly brief; what is not filled in is a dotted line. A frozen brief keeps the one it was frozen with.",
                    )}
            </p>
            <form class="form letterhead" method="post" action=action>
                {line("superior", lang.of("Cơ quan chủ quản", "Superior agency"), &letterhead.superior)}
                {line("issuer", lang.of("Cơ quan ban hành", "Issuing agency"), &letterhead.issuer)}
                {line("symbol", lang.of("Ký hiệu sau số, như BC-VP", "Symbol after the number, such as BC-VP"), &letterhead.symbol)}
                {line("place", lang.of("Địa danh", "Place"), &letterhead.place)}
                {lines("addressees", lang.of("Kính gửi, mỗi dòng một nơi", "To, one to a line"), &letterhead.addressees)}
                {lines("copies", lang.of("Nơi nhận, mỗi dòng một nơi", "Copies, one to a line"), &letterhead.copies)}
                {line("signer_title", lang.of("Chức vụ người ký", "Title of the signer"), &letterhead.signer_title)}
                {line("signer_name", lang.of("Họ tên người ký", "Name of the signer"), &letterhead.signer_name)}
                <button type="submit">{lang.of("Lưu", "Save")}</button>
            </form>
        </section>
    }
}
