//! What holds of the brief for Word, whatever is in it.

use super::*;

/// A brief of nothing but two annexes, the first of several pages.
fn brief() -> Brief {
    let row = |n: i64| {
        vec![Value::Count(n), Value::Text(format!("H{n}")), Value::Empty, Value::Empty, Value::Empty]
    };
    let head = ["STT", "Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Đơn vị"].map(str::to_owned).to_vec();
    let annex = |name: &str, rows: i64| Annex {
        name: name.to_owned(),
        table: Tabled {
            caption: "Hồ sơ quá hạn".to_owned(),
            values: Values { head: head.clone(), rows: (0..rows).map(row).collect() },
        },
        note: None,
    };
    Brief {
        lang: Lang::Vi,
        month: "2023-10".parse().expect("a month"),
        as_of: "2023-10-31".parse().expect("a date"),
        whom: "toàn thành phố".to_owned(),
        is_invented: true,
        title: "Tiến độ".to_owned(),
        said: Vec::new(),
        targets: Tabled::default(),
        figures: Tabled::default(),
        standings: Vec::new(),
        off_track: Vec::new(),
        others: Vec::new(),
        rescue: Tabled::default(),
        pictures: Vec::new(),
        annexes: vec![annex("PHỤ LỤC I", 150), annex("PHỤ LỤC II", 3)],
        notes: Vec::new(),
    }
}

#[test]
fn the_report_and_each_annex_are_parts_with_the_same_headers_and_pages_numbered_from_one() {
    let brief = brief();
    let made_on = brief.as_of;
    let writer = Writer { lang: brief.lang, tables: 0, pictures: 0, docx: empty(&brief, made_on) };
    let written = writer.written(&brief, &Letterhead::default()).expect("a document").docx.build();
    let text = finished(&String::from_utf8(written.document).expect("UTF-8"), &[]);
    let parts: Vec<&str> =
        text.split("<w:sectPr>").skip(1).filter_map(|part| part.split("</w:sectPr>").next()).collect();
    assert_eq!(parts.len(), 4, "the report and three annexes");
    for part in &parts {
        assert_eq!(part, &parts[0]);
        for once in ["<w:pgNumType w:start=\"1\"", "<w:titlePg", "<w:headerReference w:type=\"default\""] {
            assert_eq!(part.matches(once).count(), 1, "{once} in {part}");
        }
        assert_eq!(
            part.matches("<w:footerReference").count(),
            2,
            "the first page says that it is invented, too"
        );
        let place = |name: &str| part.find(name).expect("said");
        let order = ["<w:footerReference", "<w:pgSz", "<w:pgMar", "<w:pgNumType", "<w:cols", "<w:titlePg"];
        assert!(order.map(place).is_sorted(), "{part}");
    }
    assert!(!text.contains("pageBreakBefore"), "a part begins on a new page by itself");
}
