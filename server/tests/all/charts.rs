//! Charts under their own address.

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx};

use crate::helpers::Server;

#[tokio::test]
async fn every_chart_comes_as_svg_png_and_csv() {
    let server = Server::city().await;
    for name in app::links::ChartName::ALL {
        let address = |form: &str| format!("/bieu-do/{}.{form}?period=2023", name.as_str());
        let (status, kind, svg) = server.get(&address("svg")).await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, "image/svg+xml"), "{name:?}");
        assert!(String::from_utf8(svg).expect("UTF-8").contains("<title"), "{name:?}");
        let (status, kind, png) = server.get(&address("png")).await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, "image/png"), "{name:?}");
        assert_eq!(&png[1..4], b"PNG", "{name:?}");
        assert_eq!(
            u32::from_be_bytes([png[16], png[17], png[18], png[19]]),
            1_700,
            "{name:?} is 1 700 px wide"
        );
        let (status, kind, csv) = server.get(&address("csv")).await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, "text/csv; charset=utf-8"), "{name:?}");
        assert_eq!(&csv[..3], b"\xef\xbb\xbf", "{name:?} opens in Excel");
    }
}

#[tokio::test]
async fn a_charts_numbers_are_those_of_the_page() {
    let server = Server::city().await;
    let (_, _, csv) = server.get("/bieu-do/ho-so-theo-thang.csv?period=2023").await;
    let text = String::from_utf8(csv).expect("UTF-8");
    assert!(
        text.contains("Tháng 10/2023,\"66,66\u{a0}%\",\"100,00\u{a0}%\",\"100,00\u{a0}%\",1 trễ trong 3"),
        "{text}"
    );
    assert!(text.contains("Tháng 9/2023,,"), "a month without results is empty: {text}");
    assert!(text.contains("tính đến"), "it says its day: {text}");
}

#[tokio::test]
async fn published_values_are_never_called_invented() {
    let server = Server::city().await;
    let mut import =
        server.store.import("fields", "demo", "2024-01-15".parse().expect("a date")).await.expect("begins");
    import.mark_invented().await.expect("marks");
    let field = thuocdo::procedure::FieldRow { field_code: "YT".to_owned(), ..Default::default() };
    import.write_fields(vec![store::Numbered { line: 2, row: field }]).await.expect("writes");
    import.settle().await.expect("settles");
    import.finish(0, 0, &[]).await.expect("finishes");
    let svg = async |name: &str| {
        String::from_utf8(server.get(&format!("/bieu-do/{name}.svg")).await.2).expect("UTF-8")
    };
    assert!(svg("ho-so-theo-thang").await.contains("Số liệu mô phỏng"));
    assert!(svg("phan-anh-kip-thoi").await.contains("Số liệu mô phỏng"));
    let sipas = svg("sipas").await;
    assert!(
        !sipas.contains("Số liệu mô phỏng") && sipas.contains("Nguồn:") && sipas.contains("Chỉ tiêu 89"),
        "{sipas}"
    );
}

#[tokio::test]
async fn a_chart_that_is_none_is_not_found() {
    let server = Server::city().await;
    for address in ["/bieu-do/khong-co.svg", "/bieu-do/sipas.gif", "/bieu-do/sipas"] {
        assert_eq!(server.get(address).await.0, StatusCode::NOT_FOUND, "{address}");
    }
    assert_eq!(server.get("/bieu-do/sipas.svg?period=x").await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn every_chart_comes_as_a_workbook_whose_numbers_are_numbers_and_codes_are_text() {
    let server = Server::city().await;
    for name in app::links::ChartName::ALL {
        let address = |form: &str| format!("/bieu-do/{}.{form}?period=2023", name.as_str());
        let (status, kind, file) = server.get(&address("xlsx")).await;
        assert_eq!(status, StatusCode::OK, "{name:?}");
        assert!(kind.contains("spreadsheetml"), "{name:?}");
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
        assert_eq!(book.sheet_names(), ["Biểu đồ", "Số liệu", "Phương pháp"], "{name:?}");
        let numbers = book.worksheet_range("Số liệu").expect("a sheet");
        let (_, _, json) = server.get(&address("json")).await;
        let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        let rows = json["passport"]["values"]["rows"].as_array().expect("rows");
        assert_eq!(json["rows"], rows.len(), "{name:?}");
        for (at, row) in rows.iter().enumerate() {
            for (column, value) in row.as_array().expect("cells").iter().enumerate() {
                let cell = numbers.get((at + 1, column));
                let is_as_said = match (value, cell) {
                    (said, cell) if said == "empty" => cell.is_none_or(|cell| *cell == Data::Empty),
                    (said, Some(Data::String(text))) => said["text"] == text.as_str(),
                    (said, Some(Data::Float(number))) => {
                        let hundredths = said["share"].as_i64().or(said["of"][1].as_i64());
                        let count = said["count"].as_i64().or(hundredths);
                        let wanted = f64::from(i32::try_from(count.expect("a number")).expect("small"));
                        [1.0, 100.0, 10_000.0].iter().any(|times| (number * times - wanted).abs() < 1e-6)
                    }
                    _ => false,
                };
                assert!(is_as_said, "{name:?}, row {at}, column {column}: {value} and {cell:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_picture_for_word_is_as_wide_as_its_page_and_four_times_as_fine() {
    let server = Server::city().await;
    let (_, _, png) = server.get("/bieu-do/ho-so-theo-thang.png?period=2023&size=word&scale=4").await;
    assert_eq!(u32::from_be_bytes([png[16], png[17], png[18], png[19]]), 2_560);
}

#[tokio::test]
async fn a_size_nobody_knows_is_refused_with_those_there_are() {
    let server = Server::city().await;
    for (query, word) in [("scale=3", "4"), ("size=poster", "slide"), ("separator=tab", "semicolon")] {
        let (status, _, body) = server.get(&format!("/bieu-do/sipas.png?{query}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
        assert!(String::from_utf8(body).expect("UTF-8").contains(word), "{query}");
    }
}
