//! The offices of the city: departments and districts by name, communes by number.

use thuocdo::{agency::Level, agency::Row, counts::Given};

/// The code of the city itself.
pub const CITY: &str = "HN";

/// Departments and others at city level. Their codes are ours and stand for no official code.
const DEPARTMENTS: [&str; 22] = [
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Sở Kế hoạch và Đầu tư",
    "Sở Tài chính",
    "Sở Công Thương",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Giao thông vận tải",
    "Sở Xây dựng",
    "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Văn hoá và Thể thao",
    "Sở Du lịch",
    "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
    "Sở Ngoại vụ",
    "Sở Quy hoạch - Kiến trúc",
    "Văn phòng UBND thành phố",
    "Thanh tra thành phố",
    "Ban Dân tộc",
    "Ban Quản lý các khu công nghiệp và chế xuất",
];

/// Districts by statistical code (April 2023), with how many phường, xã and thị trấn each has.
const DISTRICTS: [(&str, &str, [u32; 3]); 30] = [
    ("001", "Quận Ba Đình", [14, 0, 0]),
    ("002", "Quận Hoàn Kiếm", [18, 0, 0]),
    ("003", "Quận Tây Hồ", [8, 0, 0]),
    ("004", "Quận Long Biên", [14, 0, 0]),
    ("005", "Quận Cầu Giấy", [8, 0, 0]),
    ("006", "Quận Đống Đa", [21, 0, 0]),
    ("007", "Quận Hai Bà Trưng", [18, 0, 0]),
    ("008", "Quận Hoàng Mai", [14, 0, 0]),
    ("009", "Quận Thanh Xuân", [11, 0, 0]),
    ("016", "Huyện Sóc Sơn", [0, 25, 1]),
    ("017", "Huyện Đông Anh", [0, 23, 1]),
    ("018", "Huyện Gia Lâm", [0, 20, 2]),
    ("019", "Quận Nam Từ Liêm", [10, 0, 0]),
    ("020", "Huyện Thanh Trì", [0, 15, 1]),
    ("021", "Quận Bắc Từ Liêm", [13, 0, 0]),
    ("250", "Huyện Mê Linh", [0, 16, 2]),
    ("268", "Quận Hà Đông", [17, 0, 0]),
    ("269", "Thị xã Sơn Tây", [9, 6, 0]),
    ("271", "Huyện Ba Vì", [0, 30, 1]),
    ("272", "Huyện Phúc Thọ", [0, 20, 1]),
    ("273", "Huyện Đan Phượng", [0, 15, 1]),
    ("274", "Huyện Hoài Đức", [0, 19, 1]),
    ("275", "Huyện Quốc Oai", [0, 20, 1]),
    ("276", "Huyện Thạch Thất", [0, 22, 1]),
    ("277", "Huyện Chương Mỹ", [0, 30, 2]),
    ("278", "Huyện Thanh Oai", [0, 20, 1]),
    ("279", "Huyện Thường Tín", [0, 28, 1]),
    ("280", "Huyện Phú Xuyên", [0, 25, 2]),
    ("281", "Huyện Ứng Hòa", [0, 28, 1]),
    ("282", "Huyện Mỹ Đức", [0, 21, 1]),
];

/// An office.
#[derive(Debug)]
pub struct Office {
    pub code: String,
    pub name: String,
    pub level: Level,
    parent: Option<String>,
    /// Whether it is a phường, where more people live than in a xã.
    pub is_urban: bool,
}

/// The rows of an `agencies` import: the city, 22 departments, 30 districts, 579 communes.
pub fn agencies() -> Vec<Row> {
    let row = |office: Office| Row {
        agency_code: office.code,
        name: Given::Value(office.name),
        level: Given::Value(office.level),
        parent_code: super::cell(office.parent),
        ..Row::default()
    };
    offices().map(row).collect()
}

/// Every office, the city first, communes last.
pub fn offices() -> impl Iterator<Item = Office> {
    let city = office(CITY.to_owned(), "UBND thành phố Hà Nội".to_owned(), Level::City, None);
    let below_city = |code, name: &str, level| office(code, name.to_owned(), level, Some(CITY.to_owned()));
    let departments = (1..).zip(DEPARTMENTS);
    let departments =
        departments.map(move |(n, name)| below_city(department_code(n), name, Level::Department));
    let districts =
        DISTRICTS.into_iter().map(move |(code, name, _)| below_city(code.to_owned(), name, Level::District));
    std::iter::once(city).chain(departments).chain(districts).chain(DISTRICTS.into_iter().flat_map(communes))
}

/// The code of a department, by its place from one.
pub fn department_code(place: u32) -> String {
    format!("SO-{place:02}")
}

/// The communes of a district: codes run through, names count within each kind.
fn communes(
    (district, name, counts): (&'static str, &'static str, [u32; 3]),
) -> impl Iterator<Item = Office> {
    let kinds = ["Phường", "Xã", "Thị trấn"].into_iter().zip(counts);
    let named = kinds.flat_map(|(kind, count)| (1..=count).map(move |n| (kind, n)));
    (1..).zip(named).map(move |(place, (kind, n))| Office {
        is_urban: kind != "Xã",
        ..office(
            format!("{district}-{place:02}"),
            format!("{kind} số {n}, {name}"),
            Level::Commune,
            Some(district.to_owned()),
        )
    })
}

fn office(code: String, name: String, level: Level, parent: Option<String>) -> Office {
    Office { code, name, level, parent, is_urban: false }
}
