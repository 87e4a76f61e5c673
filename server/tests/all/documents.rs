//! What leaves the building: the brief and its forms, read back with the tools of others.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use intake::Kind;
use server::export::png;

use crate::{
    helpers::{Program, Server, visible},
    read_back::{Desk, LETTERS},
    reports_page::hand_back,
};

/// A city whose late file is of an agency with a name.
async fn city_with(name: &str) -> Server {
    let server = Server::city().await;
    let quoted = name.replace('"', "\"\"");
    server
        .take_in(
            Kind::Agencies,
            &format!("agency_code,name,level,parent_code\nSO-01,\"{quoted}\",department,HN\n"),
            None,
        )
        .await;
    server
}

async fn file(server: &Server, address: &str) -> Vec<u8> {
    let (status, _, file) = server.get(address).await;
    assert_eq!(status, StatusCode::OK, "{address}: {}", String::from_utf8_lossy(&file));
    file
}

async fn post(server: &Server, address: &str, form: &str) -> (StatusCode, String, String) {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .expect("a request");
    server.send(request).await
}

#[tokio::test]
async fn every_letter_survives_in_every_form() {
    let server = city_with(LETTERS).await;
    let desk = Desk::new();
    let has_letters = |form: &str, text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(LETTERS), "{form}: {text}");
    };
    let gap =
        async |form: &str| file(&server, &format!("/bieu-do/don-vi-co-ho-so-tre.{form}?period=2023")).await;
    for form in ["csv", "json"] {
        has_letters(form, &String::from_utf8(gap(form).await).expect("UTF-8"));
    }
    let cells = desk.xlsx(&gap("xlsx").await);
    has_letters("xlsx", &cells.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>().join(" "));
    let brief = async |form: &str| file(&server, &format!("/bao-cao/thang.{form}?period=2023-10")).await;
    has_letters("brief.html", &String::from_utf8(brief("html").await).expect("UTF-8"));
    has_letters("brief.docx", &desk.docx(&brief("docx").await));
    // In a PDF a name in a table breaks into lines.
    for (form, pdf) in [
        ("brief.pdf", brief("pdf").await),
        ("list.pdf", file(&server, "/ho-so/danh-sach.pdf?list=late&period=2023").await),
    ] {
        let text = desk.pdf_text(&pdf);
        for word in LETTERS.split(' ') {
            assert!(text.contains(word), "{form}: {word} in {text}");
        }
    }
    let svg = String::from_utf8(gap("svg").await).expect("UTF-8");
    let text = desk.pdf_text(&gap("pdf").await);
    // A long name is cut in a drawing, and whole in its description.
    for (form, text) in [("svg", &svg), ("pdf", &text)] {
        assert!(text.contains("Ứng Hòa, Thượng Đình"), "{form}: {text}");
    }
}

#[tokio::test]
async fn letters_in_a_picture_are_those_that_freetype_draws_with_the_same_font() {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 60\" width=\"1000\" height=\"60\"><text x=\"10\" y=\"40\" \
         font-family=\"Be Vietnam Pro\" font-size=\"28\">{LETTERS}</text></svg>"
    );
    let (desk, picture) = (Desk::new(), png::render(&svg, 2).expect("a picture"));
    let alike = |words: &str| desk.letters(&picture, words, "BeVietnamPro_400Regular.ttf", 56);
    let same = alike(LETTERS);
    assert!(same > 0.9, "{same}");
    // A mark that is lost is seen.
    let without_marks = alike("Ung Hòa, Thuong Đình, Nguyên Thi Buoi, Y Lan, đ Đ o u ô u a");
    assert!(without_marks < same - 0.05, "{without_marks} of {same}");
}

#[tokio::test]
async fn the_brief_holds_every_number_that_the_overview_shows_for_the_month() {
    let server = Server::city().await;
    let desk = Desk::new();
    // Of drawings the numbers stand in their tables; the ticks of an axis are none.
    let mut html = String::from_utf8(file(&server, "/?period=2023-10").await).expect("UTF-8");
    while let Some((begin, end)) = html.find("<svg").zip(html.find("</svg>")) {
        html.replace_range(begin..end + "</svg>".len(), "");
    }
    let main =
        html.split("<main").nth(1).and_then(|main| main.split("</main>").next()).expect("the page itself");
    let page = visible(&format!("<main{main}"));
    let body = page.split_once("Đến 31/10/2023").map(|(_, body)| body).expect("the finding");
    let pdf = file(&server, "/bao-cao/thang.pdf?period=2023-10").await;
    let text = desk.pdf_text(&pdf).replace('\u{a0}', " ");
    let is_number = |word: &&str| word.chars().filter(char::is_ascii_digit).count() > 1;
    let numbers = body
        .split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '/')))
        .map(|word| word.trim_matches(['.', ',', '/']))
        .filter(is_number);
    let missing: Vec<&str> = numbers.filter(|number| !text.contains(number)).collect();
    assert!(missing.is_empty(), "{missing:?}\n{body}\n{text}");
    let info = desk.pdf_info(&pdf);
    assert!(info.contains("Tagged:          yes") || info.contains("Tagged:         yes"), "{info}");
    assert!(info.contains("A4"), "{info}");
    assert!(info.contains("Tiến độ thực hiện các chỉ tiêu cải cách hành chính tháng 10 năm 2023"), "{info}");
}

#[tokio::test]
async fn the_brief_for_word_has_headings_heads_that_come_again_and_pictures_described() {
    let server = Server::city().await;
    let text = Desk::new().docx(&file(&server, "/bao-cao/thang.docx?period=2023-10").await);
    assert!(text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "{text}");
    assert!(text.contains("I. TÌNH HÌNH CHUNG") && text.contains("PHỤ LỤC II"), "{text}");
    assert!(text.contains("66,66"), "{text}");
    assert!(text.contains("pictures described: 5"), "{text}");
    let count = |what: &str| -> usize {
        let line = text.lines().find_map(|line| line.strip_prefix(what)).expect("a count");
        line.trim().parse().expect("a number")
    };
    assert!(count("headings:") >= 11, "{text}");
    assert!(count("heads repeated:") >= 4, "{text}");
}

#[tokio::test]
async fn the_pages_of_each_annex_of_the_brief_for_word_are_numbered_from_one() {
    let server = Server::city().await;
    let text = Desk::new().docx(&file(&server, "/bao-cao/thang.docx?period=2023-10").await);
    assert!(text.contains("sections numbered from 1: 4 of 4"), "{text}");
    assert!(text.contains("sections with a page number in their header: 4"), "{text}");
}

#[tokio::test]
async fn the_forms_come_as_pdf_with_all_their_heads() {
    let server = Server::city().await;
    let desk = Desk::new();
    let text = desk.pdf_text(&file(&server, "/bao-cao/ii-07b.pdf").await);
    for words in ["II.07b/VPCP/KSTT", "TỔNG HỢP SỐ LƯỢNG", "một cửa liên thông", "Quy trình nội bộ"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    // Without a list there is nothing to count, which is not zero.
    assert!(text.contains("chưa có thủ tục hành chính nào"), "{text}");
}

#[tokio::test]
async fn a_month_as_one_file_loads_nothing_and_names_no_file() {
    let server = Server::city().await;
    let html = String::from_utf8(file(&server, "/bao-cao/thang.html?period=2023-10").await).expect("UTF-8");
    for loaded in ["<link", "<script", "src=", "url(", "@import", "href=\"http"] {
        assert!(!html.contains(loaded), "{loaded}");
    }
    assert!(html.contains("<svg") && html.contains("66,66") && html.contains("lang=\"vi\""));
    let english =
        String::from_utf8(file(&server, "/bao-cao/thang.html?period=2023-10&lang=en").await).expect("UTF-8");
    assert!(
        english.contains("66.66%")
            && english.contains("Progress of the administrative-reform targets, Oct 2023")
    );
}

#[tokio::test]
async fn a_signed_brief_stays_as_it_is_and_what_came_later_is_an_adjustment_with_both_values() {
    let server = Server::city().await;
    let desk = Desk::new();
    let before = file(&server, "/bao-cao/thang.pdf?period=2023-10").await;
    let (status, to, _) = post(&server, "/bao-cao/chot?period=2023-10", "").await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/bao-cao#bao-cao-thang"));
    let (status, _, page) = post(&server, "/bao-cao/chot?period=2023-10", "").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("đã có người chốt ngày 15/01/2024"), "{page}");
    let (_, changes) = server.page("/bao-cao/thay-doi?period=2023-10").await;
    assert!(changes.contains("không số nào đổi"), "{changes}");

    let rows =
        "case_code,agency_code,received_on,due_on,completed_on\nb,SO-01,2023-10-02,2023-10-09,2023-10-09\n";
    server.take_in(Kind::CaseFiles, rows, None).await;
    let (_, changes) = server.page("/bao-cao/thay-doi?period=2023-10").await;
    assert!(changes.contains("Hồ sơ trả quá hạn Tháng 10/2023 1 0"), "{changes}");
    assert!(changes.contains("■ Không đạt → ● Đạt"), "{changes}");
    assert!(changes.contains("test.csv"), "it names the batch: {changes}");
    let frozen = file(&server, "/bao-cao/thang.pdf?period=2023-10").await;
    assert!(desk.pdf_text(&frozen).contains("66,66"), "as it was signed");
    let (status, page) = hand_back(&server, "x.pdf", &before, "").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("số đã khác") && page.contains("66,66"), "{page}");
    let (_, page) = server.page("/bao-cao?period=2023").await;
    assert!(page.contains("Đã chốt 15/01/2024"), "{page}");
}

#[tokio::test]
async fn a_month_that_is_not_over_cannot_be_signed_and_a_period_that_is_no_month_has_no_brief() {
    let server = Server::city().await;
    let (status, _, page) = post(&server, "/bao-cao/chot?period=2024-01", "").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("31/01/2024"), "{page}");
    for query in ["", "?period=2023", "?period=2023-Q1"] {
        let (status, page) = server.page(&format!("/bao-cao/thang.pdf{query}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
        assert!(page.contains("period=2023-09"), "{page}");
    }
    // A month without data says so inside.
    let text = Desk::new().pdf_text(&file(&server, "/bao-cao/thang.pdf?period=2024-03").await);
    assert!(text.contains("chưa có số liệu"), "{text}");
}

#[tokio::test]
async fn what_a_meeting_concluded_stands_in_the_minutes_and_in_the_next_brief() {
    let server = Server::city().await;
    let (_, page) = server.page("/bao-cao/hop?period=2023-10").await;
    assert!(page.contains("Hồ sơ trả đúng hạn") && page.contains("Việc cần làm"), "{page}");
    let form = "indicator=on_time_returns&conclusion=R%C3%A0+so%C3%A1t&owner=S%E1%BB%9F+X%C3%A2y+d%E1%BB%B1ng&deadline=2023-11-15";
    let (status, to, _) = post(&server, "/bao-cao/hop?period=2023-10&n=1", form).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/bao-cao/hop?period=2023-10&n=1"));
    let (_, minutes) = server.page("/bao-cao/bien-ban?period=2023-10").await;
    assert!(
        minutes.contains("Rà soát") && minutes.contains("Sở Xây dựng") && minutes.contains("15/11/2023"),
        "{minutes}"
    );
    let (_, next) = server.page("/bao-cao/thang.html?period=2023-12").await;
    assert!(
        next.contains("Kết luận về tháng 10/2023: Rà soát. Chủ trì: Sở Xây dựng. Hạn: 15/11/2023."),
        "{next}"
    );
    let (status, _, page) =
        post(&server, "/bao-cao/hop?period=2023-10", "indicator=sipas&conclusion=&owner=x&deadline=").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("chưa viết kết luận"), "{page}");
    let (status, _, _) =
        post(&server, "/bao-cao/hop?period=2023-10", "indicator=sipas&conclusion=a&owner=&deadline=31").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_letterhead_is_printed_and_a_frozen_brief_keeps_its_own() {
    let server = Server::city().await;
    let form = |issuer: &str| {
        format!(
            "superior=UBND&issuer={issuer}&symbol=BC-VP&place=x&addressees=A%0D%0AB&copies=&signer_title=&signer_name="
        )
    };
    let (status, _, _) = post(&server, "/bao-cao/dau-van-ban", &form("VAN+PHONG+MOT")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    post(&server, "/bao-cao/chot?period=2023-10", "").await;
    post(&server, "/bao-cao/dau-van-ban", &form("VAN+PHONG+HAI")).await;
    let desk = Desk::new();
    let text = async |month: &str| {
        desk.pdf_text(&file(&server, &format!("/bao-cao/thang.pdf?period={month}")).await)
    };
    assert!(text("2023-10").await.contains("VAN PHONG MOT"));
    let november = text("2023-11").await;
    assert!(november.contains("VAN PHONG HAI") && november.contains("/BC-VP"), "{november}");
    let (status, _, page) = post(&server, "/bao-cao/dau-van-ban", &form(&"a".repeat(300))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("200 ký tự"), "{page}");
}

#[tokio::test]
async fn names_made_to_harm_are_only_names_in_every_form() {
    let long = "Ủy ban nhân dân ".repeat(20);
    let names = [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "\u{202e}nab\u{202c} UBND",
        long.trim(),
        "Ứng Hòa".to_owned().leak(),
    ];
    let decomposed = "U\u{31b}\u{301}ng Ho\u{300}a";
    let desk = Desk::new();
    for name in names.into_iter().chain([decomposed]) {
        let server = city_with(name).await;
        // As it is kept: composed, without the marks that turn lines round; and where lines break it with one space.
        let composed: String = name.replace("U\u{31b}\u{301}ng Ho\u{300}a", "Ứng Hòa");
        let read = |text: &str| {
            let plain: String = text.chars().filter(|c| !('\u{202a}'..='\u{202e}').contains(c)).collect();
            plain.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let start: String = read(&composed).chars().take(24).collect();
        for form in ["html", "docx", "pdf"] {
            let brief = file(&server, &format!("/bao-cao/thang.{form}?period=2023-10")).await;
            let text = match form {
                "html" => {
                    let html = String::from_utf8(brief).expect("UTF-8");
                    assert!(!html.contains("<script>"), "{name}");
                    html.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&#x27;", "'")
                        .replace("&#39;", "'")
                }
                "docx" => desk.docx(&brief),
                _ => desk.pdf_text(&brief),
            };
            assert!(read(&text).contains(&start), "{form} of {name}: {text}");
        }
        for form in ["svg", "png", "pdf", "xlsx", "csv", "json"] {
            let chart = file(&server, &format!("/bieu-do/don-vi-co-ho-so-tre.{form}?period=2023")).await;
            let text = match form {
                "svg" => {
                    let svg = String::from_utf8(chart).expect("UTF-8");
                    assert!(!svg.contains("<script"), "{name}");
                    svg.replace("&lt;", "<").replace("&gt;", ">").replace("&apos;", "'")
                }
                "csv" => {
                    let csv = String::from_utf8(chart).expect("UTF-8");
                    assert!(!csv.contains("\n=cmd") && !csv.contains("\"=cmd"), "{csv}");
                    csv
                }
                "xlsx" => {
                    let cells = desk.xlsx(&chart);
                    // A formula would be read back as one that begins with the sign of equality, unquoted.
                    assert!(cells.iter().all(|(value, _)| !value.starts_with('=')), "{cells:?}");
                    cells.into_iter().map(|(value, _)| value.replace("\"", "").replace("\\'", "'")).collect()
                }
                "json" => {
                    let json: serde_json::Value = serde_json::from_slice(&chart).expect("JSON");
                    json.to_string()
                }
                "pdf" => desk.pdf_text(&chart),
                _ => {
                    let picture =
                        ::png::Decoder::new(std::io::Cursor::new(&chart)).read_info().expect("a picture");
                    assert!(picture.info().width > 1_000, "{name}");
                    continue;
                }
            };
            assert!(read(&text).contains(&start), "{form} of {name}: {text}");
        }
    }
}

#[test]
fn the_command_writes_the_brief_and_any_file_of_the_pages() {
    let program = Program::new();
    let file = program.file("ho-so.csv", crate::helpers::CASE_FILES);
    let (code, said) = program.run(&["import", "case-files", &file.to_string_lossy()]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = program.run(&["export", "brief", "--month", "2023-10"]);
    assert_eq!(code, 0, "{said}");
    let brief = std::fs::read(program.folder.path().join("bao-cao-2023-10.pdf")).expect("a brief");
    assert!(Desk::new().pdf_text(&brief).contains("66,66"));
    let (code, said) =
        program.run(&["export", "file", "/bieu-do/ho-so-theo-thang.png?period=2023", "--out", "x.png"]);
    assert_eq!(code, 0, "{said}");
    assert!(program.folder.path().join("x.png").exists());
    let (code, said) = program.run(&["export", "brief", "--month", "2023"]);
    assert_eq!(code, 1);
    assert!(said.contains("period=2023-09"), "{said}");

    // The office's own template; edited wrongly it is told where.
    let (_, template) = program.run(&["template", "brief"]);
    let own = program.file("own.typ", template.replace("BÁO CÁO", "BÁO CÁO RIÊNG"));
    let own = own.to_string_lossy().into_owned();
    let (code, said) = program.run(&["export", "brief", "--month", "2023-10", "--brief-template", &own]);
    assert_eq!(code, 0, "{said}");
    let brief = std::fs::read(program.folder.path().join("bao-cao-2023-10.pdf")).expect("a brief");
    assert!(Desk::new().pdf_text(&brief).contains("BÁO CÁO RIÊNG"));
    let wrong = program.file("wrong.typ", template.replace("#document-title(", "#document-titel("));
    let (code, said) =
        program.run(&["export", "brief", "--month", "2023-10", "--brief-template", &wrong.to_string_lossy()]);
    assert_eq!(code, 1);
    assert!(
        said.contains("dòng") && said.contains("document-titel") && said.contains("template=builtin"),
        "{said}"
    );
    let (code, said) =
        program.run(&["export", "brief", "--month", "2023-10", "--brief-template", "none.typ"]);
    assert_eq!(code, 1);
    assert!(said.contains("none.typ"), "{said}");
}

#[tokio::test]
async fn every_table_of_the_pages_comes_whole_in_every_form_and_finds_its_way_back() {
    let server = Server::city().await;
    let desk = Desk::new();
    for name in thuocdo::sheets::TableName::ALL {
        let address = |form: &str| format!("/bang/{}.{form}?period=2023", name.as_str());
        let json: serde_json::Value =
            serde_json::from_slice(&file(&server, &address("json")).await).expect("JSON");
        let rows = json["passport"]["values"]["rows"].as_array().expect("rows").len();
        let csv = String::from_utf8(file(&server, &address("csv")).await).expect("UTF-8");
        assert!(csv.contains(&format!("{rows} dòng")), "{name:?}: {csv}");
        let workbook = file(&server, &address("xlsx")).await;
        desk.xlsx(&workbook);
        let pdf = file(&server, &address("pdf")).await;
        assert!(desk.pdf_text(&pdf).contains(&format!("{rows} dòng")), "{name:?}");
        for file in [workbook, pdf] {
            let (status, page) = hand_back(&server, "x", &file, "").await;
            assert_eq!(status, StatusCode::OK, "{name:?}: {page}");
            assert!(page.contains("Số liệu không đổi"), "{name:?}: {page}");
        }
    }
    let cells = desk.xlsx(&file(&server, "/bang/phan-anh-danh-sach.xlsx?period=2023&petitions=late").await);
    let is_day = |(value, format): &(String, String)| {
        value.starts_with("datetime.datetime(2023") && format == "dd/mm/yyyy"
    };
    assert!(cells.iter().any(is_day), "dates are dates: {cells:?}");
    let cells = desk.xlsx(&file(&server, "/bang/ho-so-theo-don-vi.xlsx?period=2023").await);
    assert!(cells.iter().any(|(value, _)| value == "'271'"), "codes are text: {cells:?}");
    let is_rate = |(value, format): &(String, String)| value == "0.5" && format.ends_with("0.00%");
    assert!(cells.iter().any(is_rate), "rates are numbers: {cells:?}");
    assert_eq!(server.get("/bang/khong-co.xlsx").await.0, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/bang/tieu-chi.svg").await.0, StatusCode::NOT_FOUND);
}
