//! Cases of heat maps and columns for the snapshots.

use super::{Chart, Columns, HeatCell, HeatMap, HeatRow, Kind, Layer, Stack, Tone, Unit, snapshots};

/// Every case by its name.
pub fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("heat-map-normal", heat_map(map(&NAMES, 12))),
        ("heat-map-many", heat_map(many())),
        ("heat-map-empty", heat_map(HeatMap::default())),
        ("heat-map-one-row", heat_map(map(&NAMES[..1], 12))),
        ("heat-map-gap", heat_map(with_gaps())),
        ("heat-map-no-target", heat_map(HeatMap { target: None, ..map(&NAMES, 5) })),
        ("heat-map-rank", heat_map(ranks())),
        ("columns-normal", columns(months(12))),
        ("columns-empty", columns(Vec::new())),
        ("columns-one", columns(months(1))),
        ("columns-gap", columns(with_unknown())),
        ("columns-three-years", columns(months(36))),
        ("columns-dialogues", dialogues()),
    ]
}

const NAMES: [&str; 8] = [
    "Sở Tài nguyên và Môi trường",
    "Quận Hà Đông",
    "Huyện Ứng Hòa",
    "Sở Lao động – Thương binh và Xã hội",
    "Phường Nguyễn Thị Bưởi",
    "Sở Xây dựng",
    "Xã Ỷ Lan",
    "Sở Y tế",
];

fn heat_map(map: HeatMap) -> Chart {
    Chart {
        title: "Ba cơ quan chưa tháng nào đạt; Sở Y tế đạt từ tháng 4".to_owned(),
        subtitle: "Tỷ lệ hồ sơ trả đúng hạn và trước hạn, theo cơ quan và tháng có kết quả".to_owned(),
        kind: Kind::HeatMap(map),
        ..snapshots::chart()
    }
}

/// Rows that come closer to the target one after the other; the last month is open.
fn map(names: &[&str], months: u32) -> HeatMap {
    let count = i64::try_from(names.len()).unwrap_or(1);
    let row = |(i, name): (i64, &&str)| HeatRow {
        name: (*name).to_owned(),
        cells: (1..=i64::from(months))
            .map(|month| {
                let short = ((count - i) * 24 + (month * 37 + i * 53) % 61 - month * 7).max(0);
                HeatCell {
                    value: Some(10_000 - short),
                    detail: format!("{short} trễ trong 10.000"),
                    open: month == 12,
                }
            })
            .collect(),
    };
    HeatMap {
        row_head: "Cơ quan".to_owned(),
        rows: (0..).zip(names).map(row).collect(),
        columns: (1..=months).map(|month| crate::text::month_tick(2023, month)).collect(),
        column_names: (1..=months).map(|month| format!("Tháng {month}/2023")).collect(),
        unit: Unit::Percent,
        target: Some(10_000),
    }
}

/// Thirty rows, as on the page of a target.
fn many() -> HeatMap {
    let names: Vec<String> = (0..30).map(|i| format!("{} {}", NAMES[i % 8], i + 1)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    map(&names, 12)
}

/// Nothing after September, one agency without a case file in spring, one that is new.
fn with_gaps() -> HeatMap {
    let mut map = map(&NAMES, 12);
    for row in &mut map.rows {
        row.cells.truncate(10);
        row.cells[9] = HeatCell::default();
        row.cells[8].open = true;
    }
    for month in 1..4 {
        map.rows[2].cells[month].value = None;
    }
    map.rows[6].cells.clear();
    map
}

fn ranks() -> HeatMap {
    let row = |name: &str, places: [i64; 4]| HeatRow {
        name: name.to_owned(),
        cells: places.map(|place| HeatCell { value: Some(place), ..HeatCell::default() }).to_vec(),
    };
    let years = || 2019..=2022;
    HeatMap {
        row_head: "Chỉ số".to_owned(),
        rows: vec![
            row("PAR INDEX", [2, 3, 7, 3]),
            row("SIPAS", [34, 30, 21, 9]),
            row("PAPI", [54, 48, 9, 32]),
        ],
        columns: years().map(|year| year.to_string()).collect(),
        column_names: years().map(|year| format!("Năm {year}")).collect(),
        unit: Unit::Rank,
        target: Some(5),
    }
}

fn layers(names: [(&str, Tone); 3]) -> Vec<Layer> {
    names.map(|(name, tone)| Layer { name: name.to_owned(), tone }).to_vec()
}

fn columns(stacks: Vec<Stack>) -> Chart {
    Chart {
        title: "Hồ sơ trễ chưa vượt 1.300 trong tháng nào".to_owned(),
        subtitle: "Hồ sơ tiếp nhận theo tháng, toàn thành phố".to_owned(),
        kind: Kind::Columns(Columns {
            layers: layers([("đúng hạn", Tone::Plain), ("trễ hạn", Tone::Miss), ("chưa xong", Tone::Plain)]),
            stacks,
            counted: "hồ sơ".to_owned(),
        }),
        ..snapshots::chart()
    }
}

fn stack(month: u32, values: &[Option<i64>]) -> Stack {
    let (year, month) = (2023 + i32::try_from((month - 1) / 12).unwrap_or(0), (month - 1) % 12 + 1);
    Stack {
        tick: crate::text::month_tick(year, month),
        name: format!("Tháng {month}/{year}"),
        values: values.to_vec(),
        ..Stack::default()
    }
}

/// The last month is open.
fn months(count: u32) -> Vec<Stack> {
    let month = |month: u32| {
        let m = i64::from(month);
        let values = [9_000 + m * 811 % 2_900, 400 + m * 331 % 900, m * m * m / 2 % 1_900];
        Stack { open: month == count && count > 1, ..stack(month, &values.map(Some)) }
    };
    (1..=count).map(month).collect()
}

/// A month of zeros, a month without any number, a month of which one part is not known.
fn with_unknown() -> Vec<Stack> {
    let mut stacks = months(9);
    stacks[8].open = false;
    stacks[2].values = vec![Some(0); 3];
    stacks[4].values = Vec::new();
    stacks[6].values[2] = None;
    stacks
}

/// Small numbers, most of them zero.
fn dialogues() -> Chart {
    let held = [1, 0, 2, 1, 3, 1, 0, 2, 1, 0, 0, 0];
    let invalid = [0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
    let planned = [0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 3];
    let of = |(month, i): (u32, usize)| stack(month, &[held[i], invalid[i], planned[i]].map(Some));
    Chart {
        title: "Chín tháng: 11 cuộc đối thoại hợp lệ, còn 6 cuộc theo kế hoạch".to_owned(),
        subtitle: "Các cuộc đối thoại theo tháng, toàn thành phố".to_owned(),
        kind: Kind::Columns(Columns {
            layers: layers([
                ("hợp lệ", Tone::Met),
                ("không hợp lệ", Tone::Miss),
                ("theo kế hoạch", Tone::Plain),
            ]),
            stacks: (1..).zip(0..12).map(of).collect(),
            counted: "cuộc đối thoại".to_owned(),
        }),
        ..snapshots::chart()
    }
}
