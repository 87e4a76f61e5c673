//! The public: figures of the whole city and of parts that are large enough, and nothing from which those of a few can be
//! reckoned.

use std::fmt::Write as _;

use axum::http::{StatusCode, header};
use intake::Kind;
use server::access::{AccessSettings, DOORS, Visitors};
use thuocdo::access::{Actor, Role};

use super::visit::Answer;
use crate::helpers::{Server, visible};

/// Two more departments: one has a few files, the other is the next smallest, which hides it.
const MORE_AGENCIES: &str = "\
agency_code,name,level,parent_code
SO-02,Sở Ít việc,department,HN
SO-03,Sở Che chắn,department,HN
";

/// Beside the petitions of the small city, two of the district: enough of one department, and some of another to hide them.
fn petitions() -> String {
    let mut rows =
        String::from("petition_code,agency_code,kind,sent_on,acknowledged_on,answered_on,published_on\n");
    for (agency, count) in [("SO-01", 9), ("SO-03", 6)] {
        for n in 0..count {
            let _ = writeln!(
                rows,
                "{agency}-p{n},{agency},procedure,2023-10-02,2023-10-03,2023-10-10,2023-10-11"
            );
        }
    }
    rows
}

/// Beside the files of the small city: every month six of a department and three of a commune; in one month three late
/// ones of the department of a few, and nine of the one that hides it.
fn case_files() -> String {
    let mut rows = String::from("case_code,agency_code,field_code,received_on,due_on,completed_on\n");
    let mut add = |agency: &str, field: &str, month: u32, count: u32, completed: u32| {
        for n in 0..count {
            let _ = writeln!(
                rows,
                "{agency}-{month}-{n},{agency},{field},2023-{month:02}-03,2023-{month:02}-10,2023-{month:02}-{completed:02}"
            );
        }
    };
    for month in 1..=12 {
        add("SO-01", "XD", month, 6, 6);
        add("271-01", "HT", month, 3, 6);
    }
    add("SO-02", "", 5, 3, 15);
    add("SO-03", "", 6, 9, 6);
    rows
}

/// The small city with these, open to the public.
async fn open_city() -> Server {
    let server = Server::city().await;
    server.take_in(Kind::Agencies, MORE_AGENCIES, None).await;
    server.take_in(Kind::CaseFiles, &case_files(), None).await;
    server.take_in(Kind::Petitions, &petitions(), None).await;
    let server = server.under(AccessSettings { visitors: Visitors::Public, ..AccessSettings::default() });
    server.person("lan", Role::Leader, None).await;
    server
}

impl Server {
    /// What the public gets.
    async fn public(&self, address: &str) -> Answer {
        self.visit(address, None).await
    }

    /// Why the public is refused, in words.
    async fn refusal(&self, address: &str) -> String {
        let answer = self.public(address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}: {}", answer.text());
        visible(&answer.text())
    }
}

/// The tables of a page link to each agency they show; the choice of agencies alone does not.
fn shows(page: &str, agency: &str) -> bool {
    ["&", "\"", "#"].iter().any(|after| page.contains(&format!("agency={agency}{after}")))
}

#[tokio::test]
async fn the_public_reads_the_whole_city_and_is_told_by_what_rules() {
    let server = open_city().await;
    for page in ["/", "/ho-so", "/phan-anh", "/doi-thoai", "/chi-so"] {
        for lang in ["", "&lang=en"] {
            let answer = server.public(&format!("{page}?period=2023{lang}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}: {}", visible(&answer.text()));
            let note = if lang.is_empty() {
                "nhóm có dưới 5 không hiển thị riêng"
            } else {
                "groups of fewer than 5"
            };
            assert!(answer.text().contains(note), "{page} says that it is public");
        }
    }
    // 72 and 36 of every month, 3 and 9 beside them, and six of the small city.
    let page = visible(&server.public("/ho-so?period=2023").await.text());
    assert!(page.contains("126"), "{page}");
    let months = server.public("/bieu-do/ho-so-theo-thang.csv?period=2023").await;
    assert_eq!(months.status, StatusCode::OK);
    assert!(
        months.text().contains("Bản công khai"),
        "a file says by what rules it was made: {}",
        months.text()
    );
    assert!(months.text().contains("100,00"), "{}", months.text());
}

#[tokio::test]
async fn an_agency_with_a_few_files_is_shown_nowhere_and_neither_is_the_one_that_hides_it() {
    let server = open_city().await;
    let lan = server.sign_in("lan").await;
    let seen = server.visit("/ho-so?period=2023", Some(&lan)).await.text();
    for agency in ["SO-01", "SO-02", "SO-03", "271"] {
        assert!(shows(&seen, agency), "who has signed in sees {agency}");
    }
    assert!(!seen.contains("Bản công khai"));
    let page = server.public("/ho-so?period=2023").await.text();
    assert!(shows(&page, "SO-01") && shows(&page, "271"), "the large ones are shown");
    assert!(!shows(&page, "SO-02") && !shows(&page, "SO-03"), "the small one is not");
    for file in [
        "/bang/ho-so-theo-don-vi.csv",
        "/bang/ho-so-theo-don-vi.json",
        "/bieu-do/don-vi-co-ho-so-tre.csv",
        "/bieu-do/don-vi-co-ho-so-tre.json",
        "/bieu-do/don-vi-theo-so-ho-so.csv",
        "/bieu-do/don-vi-theo-thang.csv",
        "/api/case-files?query=period%3D2023",
    ] {
        let address = if file.contains('?') { file.to_owned() } else { format!("{file}?period=2023") };
        let answer = server.public(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        // What the pages ask for holds the choice of agencies.
        if !address.starts_with("/api/") {
            for hidden in ["Sở Ít việc", "Sở Che chắn"] {
                assert!(!answer.text().contains(hidden), "{address} shows {hidden}: {}", answer.text());
            }
        }
    }
    let table = server.public("/bang/ho-so-theo-don-vi.csv?period=2023").await.text();
    assert!(table.contains("Sở Xây dựng") && table.contains("Ba Vì"), "{table}");
    let by_month = server.public("/bieu-do/don-vi-theo-thang.csv?period=2023").await.text();
    assert!(
        !by_month.contains("Sở Xây dựng"),
        "agencies by month are a second cut of the same files: {by_month}"
    );
    let levels = server.public("/bang/ho-so-theo-cap.csv?period=2023").await.text();
    assert!(!levels.contains("Quận, huyện"), "so are levels: {levels}");
}

#[tokio::test]
async fn a_filter_tells_no_more_than_the_table_it_is_a_line_of() {
    let server = open_city().await;
    for page in ["/", "/ho-so"] {
        assert_eq!(server.public(&format!("{page}?period=2023&agency=SO-01")).await.status, StatusCode::OK);
        assert_eq!(server.public(&format!("{page}?period=2023&field=XD")).await.status, StatusCode::OK);
        for held_back in ["SO-02", "SO-03", "271-01", "271-02"] {
            let said = server.refusal(&format!("{page}?period=2023&agency={held_back}")).await;
            assert!(said.contains("dưới 5"), "{said}");
        }
        for refused in [
            "agency=SO-01&field=XD",
            "agency=271&level=district",
            "level=district",
            "procedure=1",
            "agency=HN",
            "period=2023-05&agency=SO-01",
        ] {
            server.refusal(&format!("{page}?period=2023&{refused}")).await;
        }
    }
    // The part below a district adds up to it: of its commune the own desk and another are too few to be told apart from.
    let district = server.public("/ho-so?period=2023&agency=271").await;
    assert_eq!(district.status, StatusCode::OK);
    assert!(!shows(&district.text(), "271-01") && !shows(&district.text(), "271-02"));
    for file in [
        "/bieu-do/ho-so-theo-thang.csv?period=2023&agency=SO-02",
        "/bang/ho-so-theo-don-vi.csv?period=2023&agency=SO-03",
        "/bang/ho-so-theo-linh-vuc.csv?period=2023&agency=271-02",
        "/api/case-files?query=period%3D2023%26agency%3DSO-02",
    ] {
        assert_eq!(server.public(file).await.status, StatusCode::BAD_REQUEST, "{file}");
    }
    // Of a part nothing is told by month, and by field neither.
    let months = server.public("/bieu-do/ho-so-theo-thang.csv?period=2023&agency=SO-01").await.text();
    assert!(months.contains("Không công khai") && !months.contains("100,00"), "{months}");
    let fields = server.public("/bang/ho-so-theo-linh-vuc.csv?period=2023&agency=SO-01").await.text();
    assert!(fields.contains("0 dòng"), "{fields}");
    // A year of one file.
    assert!(server.refusal("/ho-so?period=2022").await.contains("dưới 5"));
}

#[tokio::test]
async fn petitions_are_held_back_by_the_same_rule() {
    let server = open_city().await;
    let page = server.public("/phan-anh?period=2023").await.text();
    assert!(shows(&page, "SO-01"), "nine are enough");
    assert!(!shows(&page, "271") && !shows(&page, "SO-03"), "two are not, and six hide them");
    for refused in ["agency=271", "agency=SO-03", "kind=conduct", "kind=procedure", "field=XD"] {
        server.refusal(&format!("/phan-anh?period=2023&{refused}")).await;
    }
    for table in ["phan-anh-theo-don-vi", "phan-anh-theo-loai"] {
        let table = server.public(&format!("/bang/{table}.csv?period=2023")).await;
        assert_eq!(table.status, StatusCode::OK);
        assert!(!table.text().contains("Ba Vì"), "{}", table.text());
    }
    // On the overview the other targets of the district are told, its petitions are not.
    let district = visible(&server.public("/?period=2023&agency=271").await.text());
    assert!(district.contains("Dưới 5 phản ánh"), "{district}");
}

#[tokio::test]
async fn single_rows_are_for_who_signs_in_and_single_days_are_refused_in_words() {
    let server = open_city().await;
    for rows in [
        "/ho-so?period=2023&list=late",
        "/phan-anh?period=2023&petitions=late",
        "/doi-thoai?period=2023&issues=raised",
    ] {
        let answer = server.public(rows).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{rows}");
        assert!(answer.header(header::LOCATION).starts_with("/dang-nhap?back="), "and comes back to {rows}");
    }
    for table in ["/bang/phan-anh-danh-sach.csv?period=2023", "/bang/vuong-mac.csv?period=2023"] {
        assert_eq!(server.public(table).await.status, StatusCode::UNAUTHORIZED, "{table}");
    }
    let of_function = server.public("/api/case-files?query=period%3D2023%26list%3Dlate").await;
    assert_eq!(of_function.status, StatusCode::UNAUTHORIZED);
    assert!(server.refusal("/ho-so?as_of=2023-05-15").await.contains("as_of"));
    assert!(server.refusal("/?as_of=2024-01-15").await.contains("as_of"));
    server.refusal("/bieu-do/ho-so-theo-thang.csv?period=2023&as_of=2023-05-15").await;
    server.refusal("/ho-so?period=2023-Q2&cycle=reporting").await;
    // What a figure of the page writes into its own address is no other day.
    let last = "/bieu-do/ho-so-theo-thang.csv?period=2023-06&as_of=2023-06-30";
    assert_eq!(server.public(last).await.status, StatusCode::OK);
    let lan = server.sign_in("lan").await;
    for address in
        ["/ho-so?period=2023&list=late", "/ho-so?as_of=2023-05-15", "/ho-so?period=2023&agency=SO-02"]
    {
        assert_eq!(
            server.visit(address, Some(&lan)).await.status,
            StatusCode::OK,
            "as before for who signs in"
        );
    }
}

#[tokio::test]
async fn a_chart_that_is_held_back_leaves_no_empty_frame_on_its_page() {
    let server = open_city().await;
    let page = server.public("/ho-so?period=2023").await.text();
    assert!(!page.contains("Không công khai chi tiết này"), "{page}");
    assert!(!page.contains("Đơn vị theo tháng"), "nor a way to it");
    let lan = server.sign_in("lan").await;
    assert!(server.visit("/ho-so?period=2023", Some(&lan)).await.text().contains("Đơn vị theo tháng"));
    let by_itself = server.public("/bieu-do/don-vi-theo-thang.svg?period=2023").await.text();
    assert!(by_itself.contains("Không công khai chi tiết này"), "{by_itself}");
}

#[tokio::test]
async fn reports_data_search_and_the_machines_door_are_not_for_the_public() {
    let server = open_city().await;
    for page in [
        "/tim-kiem?q=a",
        "/du-lieu",
        "/bao-cao",
        "/bao-cao/thang.html?period=2023-10",
        "/bao-cao/hop?period=2023-10",
    ] {
        let answer = server.public(page).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}");
        assert!(answer.header(header::LOCATION).starts_with("/dang-nhap"), "{page}");
    }
    for address in
        ["/api/search?query=", "/api/data?query=", "/api/reports?query=", "/api/v1/readings?period=2023"]
    {
        assert_eq!(server.public(address).await.status, StatusCode::FORBIDDEN, "{address}");
    }
    let list = server.public("/ho-so/danh-sach.xlsx?period=2023&list=late&reason=x").await;
    assert_ne!(list.status, StatusCode::OK);
    // Every other door is opened by one of these alone.
    let opened: Vec<&str> =
        DOORS.iter().filter(|door| door.need.is_met_by(&Actor::public())).map(|door| door.path).collect();
    let pages = ["/", "/ho-so", "/phan-anh", "/doi-thoai", "/chi-so"];
    let functions = ["/api/overview", "/api/case-files", "/api/petitions", "/api/dialogues", "/api/indexes"];
    let is_known = |path: &&&str| {
        pages.contains(path)
            || functions.contains(path)
            || ["/bieu-do/{file}", "/bang/{file}", "/api/v1/openapi.json", "/dang-xuat"].contains(path)
            || path.starts_with("/dang-nhap")
            || path.starts_with("/api/v1/import")
    };
    let others: Vec<&&str> = opened.iter().filter(|path| !is_known(path)).collect();
    assert_eq!(others, Vec::<&&str>::new(), "the public is let in where nobody wrote that it is");
}
