//! Fields and procedures: fields by their real names, procedures invented in the manner of real ones.
//!
//! Codes, limits and how often a procedure is asked for are made up; none is a code of the national database.

use thuocdo::{
    counts::Given,
    procedure::{FieldRow, Level, Row},
    working_days::{Limit, LimitUnit},
};

/// The fields, with whether the plan asks for dialogues in them above all.
pub const FIELDS: [(&str, &str, bool); 20] = [
    ("CT", "Chứng thực", false),
    ("HT", "Hộ tịch", false),
    (LAND, "Tài nguyên và môi trường", true),
    (BUILDING, "Xây dựng", true),
    (PLANNING, "Quy hoạch", true),
    (INVESTMENT, "Đầu tư", true),
    ("DKKD", "Đăng ký kinh doanh", false),
    ("LLTP", "Lý lịch tư pháp", false),
    ("BTXH", "Bảo trợ xã hội", false),
    ("LD", "Lao động, việc làm", false),
    ("GT", "Giao thông vận tải", false),
    ("YT", "Y tế", false),
    ("GD", "Giáo dục và đào tạo", false),
    ("CTH", "Công Thương", false),
    ("NN", "Nông nghiệp", false),
    ("VH", "Văn hoá, thể thao và du lịch", false),
    ("TT", "Thông tin và truyền thông", false),
    ("KH", "Khoa học và công nghệ", false),
    ("NV", "Nội vụ", false),
    ("TC", "Tài chính", false),
];

pub const LAND: &str = "TNMT";
pub const BUILDING: &str = "XD";
pub const PLANNING: &str = "QH";
pub const INVESTMENT: &str = "DT";

/// Settled at a meeting or by a council, past the one-stop units.
const PAST_ONE_STOP: [&str; 2] = ["TT-DAT-02", "TT-NV-01"];

/// Who handles a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Any commune.
    Commune,
    /// Any district.
    District,
    /// This department.
    Department(&'static str),
}

/// By when a result is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    AtOnce,
    Within(Limit),
    /// No limit is known: its files stay undetermined.
    Unsaid,
}

/// A procedure and how often it is asked for among those of its level.
#[derive(Debug)]
pub struct Procedure {
    pub code: &'static str,
    name: &'static str,
    pub field: &'static str,
    pub time: Time,
    pub at: At,
    pub weight: u32,
}

impl Procedure {
    /// Whether it belongs to a field the plan stresses; there files are late more often.
    pub fn is_priority(&self) -> bool {
        [LAND, BUILDING, PLANNING, INVESTMENT].contains(&self.field)
    }

    /// The department in charge: the one that handles it, else that of its field.
    fn in_charge(&self) -> &'static str {
        match (self.at, self.field) {
            (Department(code), _) => code,
            (_, LAND) => "SO-09",
            (_, BUILDING) => "SO-08",
            (_, PLANNING) => "SO-18",
            (_, INVESTMENT | "DKKD") => "SO-03",
            (_, "CT" | "HT" | "LLTP") => "SO-02",
            (_, "BTXH" | "LD") => "SO-11",
            (_, "GD") => "SO-15",
            (_, "NN") => "SO-06",
            (_, "VH") => "SO-12",
            (_, "YT") => "SO-16",
            _ => "SO-19",
        }
    }
}

/// The rows of a `fields` import.
pub fn fields() -> Vec<FieldRow> {
    let row = |(code, name, priority): (&str, &str, bool)| FieldRow {
        field_code: code.to_owned(),
        name: Given::Value(name.to_owned()),
        priority: Given::Value(priority),
    };
    FIELDS.into_iter().map(row).collect()
}

/// The rows of a `procedures` import.
pub fn procedures() -> Vec<Row> {
    let row = |procedure: &Procedure| {
        let limit = match procedure.time {
            Time::Within(limit) => Some(limit),
            Time::AtOnce | Time::Unsaid => None,
        };
        Row {
            procedure_code: procedure.code.to_owned(),
            name: Given::Value(procedure.name.to_owned()),
            field_code: Given::Value(procedure.field.to_owned()),
            limit: super::cell(limit.map(|limit| limit.amount)),
            limit_unit: super::cell(limit.map(|limit| limit.unit)),
            immediate: Given::Value(procedure.time == Time::AtOnce),
            level: Given::Value(match procedure.at {
                Department(_) => Level::City,
                District => Level::District,
                Commune => Level::Commune,
            }),
            agency_code: Given::Value(procedure.in_charge().to_owned()),
            one_stop: Given::Value(!PAST_ONE_STOP.contains(&procedure.code)),
            // Nobody got to the rarest yet; of one without a limit nobody says.
            internal_process: super::cell((procedure.time != Unsaid).then_some(procedure.weight > 6)),
        }
    };
    PROCEDURES.iter().map(row).collect()
}

use At::{Commune, Department, District};
use Time::{AtOnce, Unsaid};

const fn work(amount: u32) -> Time {
    Time::Within(Limit { amount, unit: LimitUnit::WorkingDay })
}

const fn days(amount: u32) -> Time {
    Time::Within(Limit { amount, unit: LimitUnit::Day })
}

const fn hours(amount: u32) -> Time {
    Time::Within(Limit { amount, unit: LimitUnit::Hour })
}

const fn p(
    code: &'static str,
    name: &'static str,
    field: &'static str,
    time: Time,
    at: At,
    weight: u32,
) -> Procedure {
    Procedure { code, name, field, time, at, weight }
}

/// Every procedure.
pub const PROCEDURES: [Procedure; 66] = [
    p("TT-CT-01", "Chứng thực bản sao từ bản chính", "CT", AtOnce, Commune, 150),
    p("TT-CT-02", "Chứng thực chữ ký trong giấy tờ, văn bản", "CT", AtOnce, Commune, 60),
    p("TT-CT-03", "Chứng thực hợp đồng, giao dịch", "CT", work(2), Commune, 45),
    p("TT-HT-01", "Đăng ký khai sinh", "HT", work(1), Commune, 110),
    p("TT-HT-02", "Đăng ký khai tử", "HT", work(1), Commune, 50),
    p("TT-HT-03", "Đăng ký kết hôn", "HT", work(5), Commune, 65),
    p("TT-HT-04", "Cấp giấy xác nhận tình trạng hôn nhân", "HT", work(3), Commune, 130),
    p("TT-HT-05", "Cấp bản sao trích lục hộ tịch", "HT", AtOnce, Commune, 80),
    p("TT-HT-06", "Thay đổi, cải chính, bổ sung thông tin hộ tịch", "HT", work(3), Commune, 40),
    p("TT-HT-07", "Liên thông khai sinh, thường trú, bảo hiểm y tế", "HT", work(5), Commune, 70),
    p("TT-BTXH-01", "Hưởng trợ cấp xã hội hằng tháng", "BTXH", work(22), Commune, 30),
    p("TT-BTXH-02", "Hỗ trợ chi phí mai táng", "BTXH", work(10), Commune, 22),
    p("TT-BTXH-03", "Xác định mức độ khuyết tật", "BTXH", days(25), Commune, 18),
    p("TT-BTXH-04", "Xác nhận hộ nghèo, hộ cận nghèo", "BTXH", work(15), Commune, 14),
    p("TT-DAT-01", "Xác nhận nguồn gốc và thời điểm sử dụng đất", LAND, work(10), Commune, 28),
    p("TT-DAT-02", "Hoà giải tranh chấp đất đai", LAND, days(45), Commune, 6),
    p("TT-MTR-01", "Đăng ký môi trường tại cấp xã", LAND, work(10), Commune, 8),
    p("TT-NN-01", "Chuyển đổi cơ cấu cây trồng trên đất lúa", "NN", work(5), Commune, 10),
    p("TT-NN-02", "Đăng ký kê khai chăn nuôi ban đầu", "NN", work(3), Commune, 8),
    p("TT-VH-01", "Thông báo tổ chức lễ hội cấp xã", "VH", work(10), Commune, 4),
    p("TT-XD-01", "Tiếp nhận thông báo khởi công xây dựng", BUILDING, Unsaid, Commune, 3),
    p("TT-DKKD-01", "Đăng ký thành lập hộ kinh doanh", "DKKD", work(3), District, 110),
    p("TT-DKKD-02", "Đăng ký thay đổi hộ kinh doanh", "DKKD", work(3), District, 60),
    p("TT-DKKD-03", "Chấm dứt hoạt động hộ kinh doanh", "DKKD", work(3), District, 30),
    p("TT-DAT-03", "Đăng ký biến động quyền sử dụng đất", LAND, work(10), District, 110),
    p("TT-DAT-04", "Đăng ký biện pháp bảo đảm bằng quyền sử dụng đất", LAND, hours(8), District, 130),
    p("TT-DAT-05", "Cấp giấy chứng nhận quyền sử dụng đất lần đầu", LAND, work(30), District, 40),
    p("TT-DAT-06", "Chuyển mục đích sử dụng đất", LAND, work(15), District, 18),
    p("TT-DAT-07", "Tách thửa, hợp thửa đất", LAND, work(15), District, 22),
    p("TT-MTR-02", "Cấp giấy phép môi trường cấp huyện", LAND, days(30), District, 5),
    p("TT-XD-02", "Cấp giấy phép xây dựng nhà ở riêng lẻ", BUILDING, days(20), District, 60),
    p("TT-XD-03", "Điều chỉnh, gia hạn giấy phép xây dựng", BUILDING, days(20), District, 12),
    p("TT-QH-01", "Cung cấp thông tin quy hoạch xây dựng", PLANNING, work(15), District, 18),
    p("TT-CT-04", "Chứng thực chữ ký người dịch", "CT", work(1), District, 90),
    p("TT-HT-08", "Cải chính hộ tịch cho người từ đủ 14 tuổi", "HT", work(3), District, 30),
    p("TT-HT-09", "Đăng ký kết hôn có yếu tố nước ngoài", "HT", work(15), District, 12),
    p("TT-GD-01", "Chuyển trường đối với học sinh", "GD", work(3), District, 35),
    p("TT-YT-01", "Xác nhận cơ sở đủ điều kiện an toàn thực phẩm", "YT", work(15), District, 20),
    p("TT-LD-01", "Tiếp nhận nội quy lao động", "LD", work(7), District, 12),
    p("TT-BTXH-05", "Quyết định trợ cấp một lần", "BTXH", work(7), District, 20),
    p("TT-VH-02", "Cấp giấy phép kinh doanh dịch vụ karaoke", "VH", work(5), District, 6),
    p("TT-LLTP-01", "Cấp phiếu lý lịch tư pháp số 1", "LLTP", work(10), Department("SO-02"), 90),
    p("TT-LLTP-02", "Cấp phiếu lý lịch tư pháp số 2", "LLTP", work(10), Department("SO-02"), 55),
    p("TT-DKKD-04", "Đăng ký thành lập doanh nghiệp", "DKKD", work(3), Department("SO-03"), 110),
    p("TT-DKKD-05", "Đăng ký thay đổi nội dung doanh nghiệp", "DKKD", work(3), Department("SO-03"), 150),
    p("TT-DT-01", "Chấp thuận chủ trương đầu tư", INVESTMENT, days(35), Department("SO-03"), 6),
    p("TT-DT-02", "Cấp giấy chứng nhận đăng ký đầu tư", INVESTMENT, work(15), Department("SO-03"), 20),
    p("TT-DT-03", "Điều chỉnh dự án đầu tư", INVESTMENT, work(10), Department("SO-03"), 16),
    p("TT-DT-04", "Đăng ký đầu tư trong khu công nghiệp", INVESTMENT, work(15), Department("SO-22"), 10),
    p("TT-GT-01", "Đổi giấy phép lái xe", "GT", work(5), Department("SO-07"), 200),
    p("TT-GT-02", "Cấp phù hiệu xe ô tô kinh doanh vận tải", "GT", work(2), Department("SO-07"), 60),
    p("TT-XD-04", "Cấp giấy phép xây dựng công trình", BUILDING, days(20), Department("SO-08"), 14),
    p("TT-XD-05", "Thẩm định thiết kế xây dựng", BUILDING, days(30), Department("SO-08"), 10),
    p("TT-QH-02", "Cấp giấy phép quy hoạch", PLANNING, work(15), Department("SO-18"), 10),
    p("TT-DAT-08", "Giao đất, cho thuê đất đối với tổ chức", LAND, work(20), Department("SO-09"), 12),
    p("TT-MTR-03", "Cấp giấy phép môi trường cấp thành phố", LAND, days(30), Department("SO-09"), 10),
    p("TT-LD-02", "Cấp giấy phép lao động cho người nước ngoài", "LD", work(5), Department("SO-11"), 50),
    p("TT-YT-02", "Cấp chứng chỉ hành nghề y, dược", "YT", days(20), Department("SO-16"), 40),
    p("TT-GD-02", "Công nhận văn bằng của cơ sở nước ngoài", "GD", work(15), Department("SO-15"), 15),
    p("TT-CTH-01", "Đăng ký hoạt động khuyến mại", "CTH", work(5), Department("SO-05"), 45),
    p("TT-NN-03", "Kiểm dịch động vật vận chuyển ra khỏi địa bàn", "NN", hours(24), Department("SO-06"), 40),
    p("TT-VH-03", "Thông báo sản phẩm quảng cáo trên bảng, băng-rôn", "VH", work(5), Department("SO-12"), 20),
    p("TT-TT-01", "Cấp giấy phép trang thông tin điện tử tổng hợp", "TT", work(10), Department("SO-10"), 10),
    p("TT-KH-01", "Đăng ký nhiệm vụ khoa học và công nghệ", "KH", work(10), Department("SO-14"), 8),
    p("TT-NV-01", "Đề nghị khen thưởng của thành phố", "NV", work(25), Department("SO-01"), 12),
    p("TT-TC-01", "Kê khai giá hàng hoá, dịch vụ", "TC", work(5), Department("SO-04"), 12),
];
