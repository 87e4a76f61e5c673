//! A problem of one row: where it is, what stands there, why it is one and what to do.

use std::fmt;

/// The longest piece of a cell that a problem repeats.
const SHOWN: usize = 80;

/// What is wrong with one cell, or with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line the row begins on.
    pub line: u64,
    /// The column, as the file writes it; `None` when it is the row as a whole.
    pub column: Option<String>,
    /// What stands there, shortened to 80 characters.
    pub value: String,
    /// What is wrong.
    pub code: Code,
}

/// Whether a problem keeps its row out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row goes in.
    Warning,
    /// The row is set aside.
    Hard,
}

impl Problem {
    pub(super) fn new(line: u64, column: Option<&str>, value: &str, code: Code) -> Self {
        Self { line, column: column.map(str::to_owned), value: shortened(value), code }
    }

    /// Whether it keeps its row out.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The whole sentence in Vietnamese.
    #[must_use]
    pub fn vi(&self) -> String {
        self.sentence("Dòng", "cột", self.code.vi())
    }

    /// The whole sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        self.sentence("Line", "column", self.code.en())
    }

    fn sentence(&self, line_word: &str, column_word: &str, what: &str) -> String {
        let Self { line, column, value, .. } = self;
        let place = match column {
            Some(column) => format!("{line_word} {line}, {column_word} {column}"),
            None => format!("{line_word} {line}"),
        };
        if value.is_empty() { format!("{place}: {what}") } else { format!("{place}: “{value}”: {what}") }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.vi(), self.en())
    }
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(SHOWN) {
        None => value.to_owned(),
        Some(_) => value.chars().take(SHOWN - 1).chain(['…']).collect(),
    }
}

/// Declares every code with its word, severity and the two sentences, so that none can lack one.
macro_rules! codes {
    ($($variant:ident $word:literal $severity:ident $vi:literal $en:literal)+) => {
        /// What can be wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($variant),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in tables and JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Whether it keeps the row out.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }

            /// What is wrong and what to do, in Vietnamese.
            #[must_use]
            pub fn vi(self) -> &'static str {
                match self { $(Self::$variant => $vi),+ }
            }

            /// What is wrong and what to do, in English.
            #[must_use]
            pub fn en(self) -> &'static str {
                match self { $(Self::$variant => $en),+ }
            }
        }
    };
}

codes! {
    WrongCellCount "wrong_cell_count" Hard
        "số ô của dòng khác số cột của tiêu đề; kiểm tra dấu phân cách và dấu ngoặc kép"
        "the row has another number of cells than the header; check separators and quotes"
    BadJson "bad_json" Hard
        "dòng không phải một đối tượng JSON gồm chữ, số, đúng/sai, null hoặc danh sách; sửa lại dòng"
        "the line is no JSON object of texts, numbers, booleans, null or lists; correct it"
    BadEncoding "bad_encoding" Hard
        "chữ không đọc được; lưu lại tệp dưới dạng UTF-8"
        "the text cannot be read; save the file as UTF-8"
    Missing "missing" Hard
        "ô bắt buộc để trống; điền giá trị"
        "a needed cell is empty; fill it in"
    BadCode "bad_code" Hard
        "mã dài quá 200 ký tự hoặc có ký tự điều khiển; sửa lại mã"
        "the code is longer than 200 characters or holds control characters; correct it"
    SpoiltCode "spoilt_code" Hard
        "bảng tính đã làm hỏng mã (số mũ hoặc lỗi công thức); định dạng cột mã là Văn bản rồi xuất lại"
        "the spreadsheet has spoilt the code (exponent or formula error); format the column as text and export again"
    BadText "bad_text" Hard
        "có ký tự điều khiển hoặc dài quá 10.000 ký tự; sửa lại ô"
        "control characters, or longer than 10,000 characters; correct the cell"
    BadDate "bad_date" Hard
        "không phải ngày; viết 31/03/2023 hoặc 2023-03-31, hoặc khai date_format trong ánh xạ"
        "not a date; write 31/03/2023 or 2023-03-31, or name the date_format in a mapping"
    NoSuchDay "no_such_day" Hard
        "ngày này không có trong lịch; sửa lại, hoặc khai date_format nếu tệp viết tháng trước"
        "there is no such day or time; correct it, or name the date_format if the file writes the month first"
    TwoDigitYear "two_digit_year" Hard
        "năm chỉ có hai chữ số; viết đủ bốn chữ số"
        "the year has two digits only; write all four"
    YearOutOfBounds "year_out_of_bounds" Hard
        "năm phải từ 1900 đến 2200; sửa lại ngày"
        "the year must be between 1900 and 2200; correct the date"
    BadInteger "bad_integer" Hard
        "không phải số nguyên; viết 1234 hoặc 1.234"
        "not a whole number; write 1234 or 1,234"
    BadDecimal "bad_decimal" Hard
        "không phải số; viết 89,58 hoặc 89.58"
        "not a number; write 89.58 or 89,58"
    OutOfRange "out_of_range" Hard
        "số nằm ngoài khoảng cho phép (âm hoặc quá lớn); sửa lại"
        "the number is out of range (negative or too large); correct it"
    BadBoolean "bad_boolean" Hard
        "viết có hoặc không (1 hoặc 0, x)"
        "write yes or no (1 or 0, x)"
    UnknownStatus "unknown_status" Hard
        "trạng thái không có trong danh mục; dùng mã hoặc tên của danh mục, hoặc dịch trong ánh xạ ([values.status])"
        "unknown status; use a listed code or name, or translate it in a mapping ([values.status])"
    UnknownKind "unknown_kind" Hard
        "loại là regulation (quy định), procedure (thủ tục) hoặc conduct (hành vi)"
        "the kind is regulation, procedure or conduct"
    LegalComplaint "legal_complaint" Hard
        "khiếu nại, tố cáo không phải là phản ánh, kiến nghị (NĐ 20/2008 Điều 1); giải quyết theo luật riêng, bỏ khỏi tệp"
        "legal complaints and denunciations are no petitions (Decree 20/2008, art. 1); leave them out of the file"
    UnknownLevel "unknown_level" Hard
        "cấp là city (thành phố), department (sở, ngành), district (quận, huyện) hoặc commune (xã, phường)"
        "the level is city, department, district or commune"
    UnknownProcedureLevel "unknown_procedure_level" Hard
        "cấp thực hiện là city (tỉnh, thành phố), district (huyện) hoặc commune (xã)"
        "the level is city, district or commune"
    UnknownUnit "unknown_unit" Hard
        "đơn vị thời hạn là working_day (ngày làm việc), day (ngày) hoặc hour (giờ)"
        "the unit is working_day, day or hour"
    UnknownHolidayKind "unknown_holiday_kind" Hard
        "loại là day_off (ngày nghỉ) hoặc swap_workday (làm bù)"
        "the kind is day_off or swap_workday"
    UnknownIndicator "unknown_indicator" Hard
        "chỉ tiêu là on_time_returns, petitions_in_time, dialogues_held, par_index hoặc sipas"
        "the indicator is on_time_returns, petitions_in_time, dialogues_held, par_index or sipas"
    UnknownIndex "unknown_index" Hard
        "chỉ số là par_index hoặc sipas"
        "the index is par_index or sipas"
    UnknownMark "unknown_mark" Hard
        "dấu là found (tìm thấy), derived (tính ra) hoặc conflict (mâu thuẫn)"
        "the mark is found, derived or conflict"
    NoCompletionDate "no_completion_date" Hard
        "đã xử lý xong hoặc đã trả mà không có ngày có kết quả lẫn ngày trả; điền một trong hai"
        "completed or returned, but neither completed_on nor returned_on is given; fill in one"
    MoreSatisfiedThanAnswered "more_satisfied_than_answered" Hard
        "số phiếu hài lòng lớn hơn số phiếu trả lời; kiểm tra lại"
        "more are satisfied than have answered; check the figures"
    NothingPublished "nothing_published" Hard
        "không có thứ hạng lẫn điểm; điền ít nhất một"
        "neither rank nor score is given; fill in at least one"
    OwnParent "own_parent" Hard
        "đơn vị cấp trên là chính nó; để trống hoặc ghi mã khác"
        "the agency is its own parent; leave it empty or name another"

    UnknownChannel "unknown_channel" Warning
        "kênh không nhận ra, ghi là Khác; dùng in_person, online, postal hoặc 1, 2, 3"
        "unknown channel, taken as other; use in_person, online, postal or 1, 2, 3"
    FutureDate "future_date" Warning
        "ngày sau hôm nay; kiểm tra lại"
        "the date is after today; check it"
    DueBeforeReceived "due_before_received" Warning
        "hạn trước ngày tiếp nhận (ngày gửi); kiểm tra lại"
        "due before it was received (sent); check the dates"
    CompletedBeforeReceived "completed_before_received" Warning
        "có kết quả trước ngày tiếp nhận; được tính vào ngày tiếp nhận"
        "completed before it was received; counted on the day of receipt"
    ReturnStandsIn "return_stands_in" Warning
        "không có ngày có kết quả, lấy ngày trả thay"
        "no completion date; the day of return stands in"
    OpenButCompleted "open_but_completed" Warning
        "trạng thái đang mở nhưng có ngày có kết quả; tính là đã xong"
        "the status is open but there is a completion date; counted as completed"
    NotReceivedButCompleted "not_received_but_completed" Warning
        "trạng thái là chưa tiếp nhận nhưng có ngày có kết quả; không được tính"
        "the status says not received but there is a completion date; counted nowhere"
    ResumedBeforePaused "resumed_before_paused" Warning
        "ngày bổ sung trước ngày yêu cầu bổ sung; kiểm tra lại"
        "resumed before it was paused; check the dates"
    StepBeforeSent "step_before_sent" Warning
        "ngày trước ngày gửi; kiểm tra lại"
        "before the day it was sent; check the dates"
    PublishedBeforeAnswered "published_before_answered" Warning
        "công khai trước khi trả lời; kiểm tra lại"
        "published before it was answered; check the dates"
    EndsBeforeItBegins "ends_before_it_begins" Warning
        "ngày kết thúc trước ngày bắt đầu; không bao giờ có hiệu lực"
        "ends before it begins; never in force"
    MoreAnsweredThanAsked "more_answered_than_asked" Warning
        "số phiếu trả lời lớn hơn số phiếu phát ra; kiểm tra lại"
        "more have answered than were asked; check the figures"
    MorePointsThanMaximum "more_points_than_maximum" Warning
        "điểm lớn hơn điểm tối đa; kiểm tra lại"
        "more points than the maximum; check the figures"
    DigitsCut "digits_cut" Warning
        "chỉ giữ hai chữ số thập phân, phần sau bị cắt, không làm tròn"
        "two decimals are kept; the rest is cut, not rounded"
    PersonalNumber "personal_number" Warning
        "có vẻ là số điện thoại, số định danh hoặc thư điện tử của một người; ô này được giữ và hiện cho người đọc: xóa số đó rồi nhập lại"
        "it looks like somebody's telephone or identity number or e-mail address; this cell is kept and shown to readers: take it out and import again"
    NoSource "no_source" Warning
        "không ghi nguồn; nên ghi văn bản hoặc nơi công bố"
        "no source is given; name the decision or the publication"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_where_what_and_what_to_do_in_both_languages() {
        let problem = Problem::new(7, Some("Ngày tiếp nhận"), "31/02/2023", Code::NoSuchDay);
        assert_eq!(
            problem.vi(),
            "Dòng 7, cột Ngày tiếp nhận: “31/02/2023”: ngày này không có trong lịch; sửa lại, hoặc khai date_format \
             nếu tệp viết tháng trước"
        );
        assert!(
            problem.en().starts_with("Line 7, column Ngày tiếp nhận: “31/02/2023”: there is no such day")
        );
        assert_eq!(problem.to_string(), format!("{} / {}", problem.vi(), problem.en()));
    }

    #[test]
    fn a_long_value_is_shortened_to_eighty_characters() {
        let problem = Problem::new(1, None, &"ữ".repeat(500), Code::BadText);
        assert_eq!(problem.value.chars().count(), 80);
        assert!(problem.value.ends_with('…'));
        assert!(problem.vi().starts_with("Dòng 1: “ữ"));
    }

    #[test]
    fn no_two_codes_share_a_word() {
        let words: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(words.len(), Code::ALL.len());
    }
}
