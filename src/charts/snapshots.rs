//! The charts kept as drawings in `snapshots/`, one file for each case; they serve as examples too.
//!
//! After a wanted change: `UPDATE_SNAPSHOTS=1 cargo test -p thuocdo charts`, then look at the drawings and the diff.

use std::collections::BTreeSet;
use std::{env, fs, path::PathBuf};

use super::{
    Bar, Bars, Chart, Kind, Point, Size, Spark, Tone, Trend, Unit, Words,
    ink::{Ink, Theme},
    svg,
};

/// The widths at which every case must keep the rules of placing.
pub const SIZES: [u16; 5] = [320, 480, 640, 960, 1_180];

const YEAR: [i64; 9] = [9_971, 9_964, 9_979, 9_982, 9_976, 9_985, 9_988, 9_983, 9_991];
const YEAR_BEFORE: [i64; 12] =
    [9_962, 9_955, 9_970, 9_966, 9_972, 9_969, 9_974, 9_977, 9_971, 9_975, 9_979, 9_973];

/// Every case by its name.
pub fn all() -> Vec<(&'static str, Chart)> {
    let mut cases = vec![
        ("trend-normal", trend(year(&YEAR.map(Some)))),
        ("trend-with-previous-year", with_previous_year()),
        ("trend-empty", trend(year(&[]))),
        ("trend-one-point", trend(year(&[Some(9_971)]))),
        ("trend-gap", trend(year(&[Some(9_971), Some(9_964), None, None, Some(9_976), None, Some(9_988)]))),
        ("trend-missed-target", missed_target()),
        ("trend-target-changes", target_changes()),
        ("trend-series-break", series_break()),
        ("trend-open-period", open_period()),
        ("trend-rank", Chart { kind: Kind::Trend(ranks()), ..chart() }),
        ("trend-three-years", three_years()),
        ("bars-normal", bars(&gap_makers())),
        ("bars-empty", bars(&[])),
        ("bars-one", bars(&gap_makers()[..1])),
        ("spark-normal", spark(&YEAR.map(Some))),
        ("spark-gap", spark(&[Some(9_971), None, Some(9_979), Some(9_982), None, Some(9_985)])),
        ("spark-empty", spark(&[])),
        ("spark-rank", Chart { kind: Kind::Spark(Spark { trend: ranks(), labelled: true }), ..chart() }),
    ];
    cases.extend(super::grid_samples::all());
    cases.extend(super::mark_snapshots::all());
    cases
}

/// A chart with words around it, to be filled.
pub fn chart() -> Chart {
    Chart {
        title: "Tháng 9 gần chỉ tiêu nhất: 99,91 %, nhưng chưa tháng nào không có hồ sơ trễ".to_owned(),
        subtitle: "Tỷ lệ hồ sơ trả đúng hạn và trước hạn, theo tháng có kết quả, toàn thành phố".to_owned(),
        description: "Chín tháng đầu năm 2023, từ 99,64 % (tháng 2) đến 99,91 % (tháng 9).".to_owned(),
        source: "Nguồn: hệ thống một cửa · tính đến 30/09/2023".to_owned(),
        invented: true,
        words: Words::default(),
        about: Vec::new(),
        kind: Kind::Trend(Trend::default()),
    }
}

/// The twelve months of 2023; those after the values given have none yet.
fn year(values: &[Option<i64>]) -> Trend {
    let points = (1..=12).zip(values.iter().copied().chain([None; 12])).map(|(month, value)| Point {
        tick: crate::text::month_tick(2023, month),
        name: format!("Tháng {month}/2023"),
        value,
        target: Some(10_000),
        ..Point::default()
    });
    Trend { points: points.collect(), tone: Tone::Miss, ..Trend::default() }
}

fn trend(trend: Trend) -> Chart {
    Chart { kind: Kind::Trend(trend), ..chart() }
}

fn with_previous_year() -> Chart {
    let mut data = Trend { before: "Cùng kỳ 2022".to_owned(), ..year(&YEAR.map(Some)) };
    for (point, before) in data.points.iter_mut().zip(YEAR_BEFORE) {
        point.before = Some(before);
    }
    data.points[1].note = Some("Sau Tết: 604 hồ sơ trễ, 71 % ở đất đai".to_owned());
    data.points[8].detail = "262 trễ trong 291.111".to_owned();
    trend(data)
}

fn missed_target() -> Chart {
    let values = [8_512, 8_440, 8_705, 8_910, 8_990, 8_860, 8_790, 8_620, 8_544, 8_600, 8_702, 8_515];
    let mut data = year(&values.map(Some));
    for point in &mut data.points {
        point.target = Some(8_900);
    }
    trend(data)
}

fn target_changes() -> Chart {
    let mut data = year(&[9_310, 9_402, 9_455, 9_501, 9_480, 9_620, 9_710, 9_745, 9_790, 9_802].map(Some));
    for (i, point) in data.points.iter_mut().enumerate() {
        point.target = Some(if i < 6 { 9_500 } else { 9_800 });
    }
    trend(data)
}

fn series_break() -> Chart {
    let mut data = year(&[8_305, 8_322, 8_318, 8_340, 8_351, 8_702, 8_711, 8_725, 8_720, 8_744].map(Some));
    data.points[5].series_break = Some("Đổi phương pháp: thêm 4 huyện".to_owned());
    for point in &mut data.points {
        point.target = Some(8_900);
    }
    trend(data)
}

fn open_period() -> Chart {
    let mut data =
        year(&[9_971, 9_964, 9_979, 9_982, 9_976, 9_985, 9_988, 9_983, 9_991, 9_994, 9_997, 9_999].map(Some));
    data.points[11].open = true;
    trend(data)
}

fn ranks() -> Trend {
    let place = |(year, value): (i32, Option<i64>)| Point {
        tick: year.to_string(),
        name: format!("Năm {year}"),
        value,
        target: Some(8),
        ..Point::default()
    };
    let places = [(2018, Some(2)), (2019, None), (2020, Some(10)), (2021, Some(7)), (2022, Some(3))];
    Trend { unit: Unit::Rank, points: places.map(place).to_vec(), ..Trend::default() }
}

fn three_years() -> Chart {
    let point = |i: u32| Point {
        tick: crate::text::month_tick(2021 + i32::try_from(i / 12).unwrap_or(0), i % 12 + 1),
        name: format!("Tháng {}/{}", i % 12 + 1, 2021 + i / 12),
        value: Some(9_900 + i64::from((i * 37) % 61) + i64::from(i)),
        target: Some(10_000),
        ..Point::default()
    };
    trend(Trend { points: (0..36).map(point).collect(), tone: Tone::Risk, ..Trend::default() })
}

fn gap_makers() -> [Bar; 8] {
    let bar =
        |name: &str, value, part| Bar { name: name.to_owned(), value, cumulated: Some(part), rest: false };
    let rest = Bar { rest: true, ..bar("625 đơn vị khác", 2_461, 10_000) };
    [
        bar("Quận Hà Đông", 438, 966),
        bar("Huyện Ứng Hòa", 391, 1_828),
        bar("Sở Tài nguyên và Môi trường", 366, 2_636),
        bar("Phường Thượng Đình", 287, 3_269),
        bar("Phường Nguyễn Thị Bưởi", 241, 3_801),
        bar("Xã Ỷ Lan", 198, 4_237),
        bar("Sở Xây dựng", 151, 4_571),
        rest,
    ]
}

fn bars(rows: &[Bar]) -> Chart {
    let title = "Bảy cơ quan làm nên 46 % số hồ sơ trễ".to_owned();
    let subtitle = "Hồ sơ trễ từ đầu năm và phần cộng dồn trong 4.533".to_owned();
    let bars = Bars { rows: rows.to_vec(), counted: "hồ sơ trễ".to_owned(), tone: Tone::Miss };
    Chart { title, subtitle, kind: Kind::Bars(bars), ..chart() }
}

fn spark(values: &[Option<i64>]) -> Chart {
    Chart { kind: Kind::Spark(Spark { trend: year(values), labelled: false }), ..chart() }
}

/// Name and content of every file: each case as on a page, and two pictures.
fn drawings() -> Vec<(String, String)> {
    let page = |(name, chart): (&str, Chart)| {
        let width = if matches!(chart.kind, Kind::Spark(_)) { Size::SPARK.width } else { 960 };
        (format!("{name}.svg"), svg::svg(&chart, chart.fit(width)))
    };
    let size = Size { width: 1_000, height: 520 };
    let picture = |name: &str, chart: &Chart, theme| (name.to_owned(), svg::picture(chart, size, theme));
    let mut drawings: Vec<_> = all().into_iter().map(page).collect();
    drawings.push(picture("picture-trend-light.svg", &with_previous_year(), Theme::Light));
    drawings.push(picture("picture-bars-dark.svg", &bars(&gap_makers()), Theme::Dark));
    drawings
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/charts/snapshots")
}

#[test]
fn every_drawing_is_as_it_was() {
    let update = env::var_os("UPDATE_SNAPSHOTS").is_some();
    for (name, drawn) in drawings() {
        let path = folder().join(&name);
        if update {
            fs::write(&path, format!("{drawn}\n")).expect("the folder can be written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        // Not assert_eq!: nobody reads two drawings on one line each.
        assert!(kept == format!("{drawn}\n"), "{name} has changed; see the head of this file");
    }
}

#[test]
fn no_drawing_is_left_of_a_case_that_is_gone() {
    let cases: BTreeSet<String> = drawings().into_iter().map(|(name, _)| name).collect();
    let files = fs::read_dir(folder()).expect("the folder is there");
    let files: BTreeSet<String> =
        files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(files, cases);
}

#[test]
fn the_page_colours_by_classes_and_a_picture_by_itself() {
    for (name, chart) in all() {
        let page = svg::svg(&chart, chart.fit(960));
        assert!(!page.contains("style=") && !page.contains('#') && page.contains("class=\"ink-"), "{name}");
        let file = svg::picture(&chart, chart.fit(960), Theme::Dark);
        assert!(
            !file.contains("style=") && !file.contains("class=") && !file.contains("currentColor"),
            "{name}"
        );
        assert!(
            file.contains(Ink::Ground.colour(Theme::Dark)) && file.contains("Số liệu mô phỏng"),
            "{name}"
        );
        for drawn in [page, file] {
            assert_eq!(drawn.matches("<g").count(), drawn.matches("</g>").count(), "{name}");
            assert!(drawn.contains("role=\"img\"") && drawn.contains("<title>") && !drawn.contains("NaN"));
        }
    }
}

#[test]
fn a_chart_is_drawn_in_a_few_kilobytes() {
    for (name, chart) in all() {
        let bytes = svg::svg(&chart, chart.fit(1_180)).len();
        let marks = match &chart.kind {
            Kind::HeatMap(map) => map.rows.len() * map.columns.len(),
            Kind::Columns(columns) => columns.stacks.len() * columns.layers.len(),
            _ => 0,
        };
        assert!(bytes < 7_000 + 60 * marks, "{name}: {bytes}");
    }
}
