//! Letters ready to be finished by hand: the apology for a case file that will be late, the reminder of a dialogue.
//!
//! They hold what the data say; reasons and new dates are left open for whoever signs.

use chrono::NaiveDate;

use crate::{
    dialogue_report::half_year_words,
    lang::Lang,
    period::{Cycle, Period},
};

/// What a letter says of a case file.
#[derive(Debug, Clone, Copy)]
pub struct LateFile<'a> {
    /// Mã hồ sơ.
    pub case_code: &'a str,
    /// The agency that owes the result.
    pub agency_name: &'a str,
    /// The procedure, where known.
    pub procedure_name: Option<&'a str>,
    /// Ngày tiếp nhận.
    pub received_on: NaiveDate,
    /// Ngày hẹn trả.
    pub due_on: Option<NaiveDate>,
}

/// The letter of apology with the new date (form 04 of Decree 61/2018/NĐ-CP, art. 19.9). The English one is a
/// translation for readers; what is sent is Vietnamese.
#[must_use]
pub fn apology(file: &LateFile, lang: Lang) -> String {
    let LateFile { case_code, agency_name, received_on, .. } = *file;
    let received = lang.date(received_on);
    let due = file.due_on.map_or_else(|| "…/…/…".to_owned(), |due| lang.date(due));
    match lang {
        Lang::Vi => {
            let procedure = file.procedure_name.map(|name| format!(", thủ tục “{name}”")).unwrap_or_default();
            format!(
                "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ\n\
                 Kính gửi: ………………………………\n\
                 {agency_name} đã tiếp nhận ngày {received} hồ sơ mã số {case_code}{procedure}, hẹn trả kết quả ngày \
                 {due}.\n\
                 Hồ sơ không kịp trả đúng hẹn. Lý do: ………………………………\n\
                 {agency_name} xin lỗi và hẹn trả kết quả vào ngày: …/…/…\n\
                 THỦ TRƯỞNG ĐƠN VỊ (ký, ghi rõ họ tên)"
            )
        }
        Lang::En => {
            let procedure = file.procedure_name.map(|name| format!(" for “{name}”")).unwrap_or_default();
            format!(
                "LETTER OF APOLOGY WITH A NEW DATE\n\
                 To: ………………………………\n\
                 On {received} {agency_name} received case file {case_code}{procedure}; its result was due on {due}.\n\
                 The result will not be ready by then. Reason: ………………………………\n\
                 {agency_name} apologises and names a new date: …/…/…\n\
                 HEAD OF THE OFFICE (signature and name)"
            )
        }
    }
}

/// The reminder for offices whose heads have held no dialogue that counts in a half-year, as seen on a day. `decision` is
/// the plan that asks for it.
#[must_use]
pub fn dialogue_reminder(
    offices: &[&str],
    half_year: Period,
    day: NaiveDate,
    decision: Option<&str>,
    lang: Lang,
) -> String {
    let end = half_year.to(Cycle::Calendar);
    let (half, day_said, end_said) = (half_year_words(half_year, lang), lang.date(day), lang.date(end));
    let offices = offices.join("; ");
    let is_over = day >= end;
    match lang {
        Lang::Vi => {
            let plan = decision.map(|decision| format!("{decision} yêu cầu ")).unwrap_or_default();
            let ask = if is_over {
                "Đề nghị quý đơn vị báo cáo lý do và tổ chức đối thoại sớm nhất.".to_owned()
            } else {
                format!("Đề nghị quý đơn vị tổ chức đối thoại chậm nhất ngày {end_said}.")
            };
            let rule = "người đứng đầu đối thoại về thủ tục hành chính ít nhất 6 tháng một lần";
            let rule =
                if plan.is_empty() { format!("Yêu cầu: {rule}.") } else { format!("{plan}{rule}.") };
            format!(
                "V/v đối thoại của người đứng đầu về thủ tục hành chính, {half}\n\
                 Kính gửi: {offices}.\n\
                 Tính đến ngày {day_said}, số liệu chưa ghi nhận đối thoại hợp lệ của quý đơn vị trong {half} (do người \
                 đứng đầu chủ trì, có biên bản).\n\
                 {rule}\n\
                 {ask} Gửi ngày tổ chức, số biên bản và các vướng mắc được nêu để cập nhật."
            )
        }
        Lang::En => {
            let plan =
                decision.map_or_else(|| "The plan".to_owned(), |decision| format!("The plan ({decision})"));
            let ask = if is_over {
                "Please report the reason and hold one as soon as possible.".to_owned()
            } else {
                format!("Please hold one by {end_said} at the latest.")
            };
            format!(
                "Dialogues of heads on administrative procedures, {half}\n\
                 To: {offices}.\n\
                 As of {day_said} the data hold no dialogue of yours that counts in {half} (chaired by the head, with \
                 minutes).\n\
                 {plan} asks every head for a dialogue on procedures at least once in 6 months.\n\
                 {ask} Send the day, the number of the minutes and the issues raised, so that they are counted."
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    #[test]
    fn an_apology_names_the_file_and_leaves_reason_and_new_date_open() {
        let file = LateFile {
            case_code: "HS-1",
            agency_name: "Sở Y tế",
            procedure_name: None,
            received_on: on("2023-10-02"),
            due_on: Some(on("2023-10-09")),
        };
        let letter = apology(&file, Lang::Vi);
        assert!(
            letter.contains("ngày 02/10/2023 hồ sơ mã số HS-1, hẹn trả kết quả ngày 09/10/2023"),
            "{letter}"
        );
        assert!(letter.contains("Lý do: …") && letter.contains("vào ngày: …/…/…"), "{letter}");
        assert!(apology(&file, Lang::En).contains("due on 9 Oct 2023"));
    }

    #[test]
    fn a_reminder_asks_for_a_date_while_there_is_time_and_for_the_reason_afterwards() {
        let half = "2023-H2".parse().expect("a half-year");
        let remind = |day| dialogue_reminder(&["Sở A", "Sở B"], half, on(day), Some("QĐ 280"), Lang::Vi);
        let early = remind("2023-12-01");
        assert!(
            early.contains("Kính gửi: Sở A; Sở B.") && early.contains("chậm nhất ngày 31/12/2023"),
            "{early}"
        );
        assert!(early.contains("QĐ 280 yêu cầu người đứng đầu"), "{early}");
        assert!(remind("2023-12-31").contains("báo cáo lý do"));
    }
}
