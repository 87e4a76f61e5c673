//! Bad input: one clear message in two languages, an exit code that is not 0, and nothing half-written.

use std::{fs, io::Read as _, net::TcpListener, os::unix::fs::PermissionsExt as _, process::Stdio};

use crate::helpers::Program;

/// Runs an import that must be refused; says what it said.
fn refused(program: &Program, kind: &str, name: &str, bytes: &[u8]) -> String {
    let path = program.file(name, bytes);
    let (code, said) = program.run(&["import", kind, path.to_str().expect("a path")]);
    assert_eq!(code, 1, "{name}: {said}");
    assert!(said.contains(" / "), "in both languages: {said}");
    assert!(!said.contains("panicked"), "{said}");
    let (_, readings) = program.run(&["readings", "--json"]);
    assert!(readings.contains("\"received\": 0"), "nothing went in: {readings}");
    said
}

#[test]
fn a_file_that_is_neither_csv_nor_a_workbook_is_refused() {
    let program = Program::new();
    let said = refused(&program, "case-files", "a.pdf", b"%PDF-1.7\n\x00\x01\x02binary");
    assert!(said.contains("PDF"), "{said}");
    refused(&program, "case-files", "a.csv", b"");
    refused(&program, "case-files", "a.xlsx", b"PK\x03\x04 no workbook at all");
}

#[test]
fn an_unknown_header_is_answered_with_the_columns_that_are_needed() {
    let program = Program::new();
    let said = refused(&program, "case-files", "a.csv", "x,y,z\n1,2,3\n".as_bytes());
    assert!(said.contains("case_code") && said.contains("Mã hồ sơ"), "{said}");
    let said = refused(&program, "case-files", "b.csv", "case_code,agency_code\n1,2\n".as_bytes());
    assert!(said.contains("received_on"), "{said}");
}

#[test]
fn bad_dates_set_their_rows_aside_in_a_file_and_the_others_go_in() {
    let program = Program::new();
    let text = "case_code,agency_code,received_on,due_on\n\
                1,A,2023-13-01,\n2,A,hôm qua,31/02/2023\n3,A,01/03/2023,08/03/2023\n";
    let path = program.file("a.csv", text);
    let path = path.to_str().expect("a path");
    let (code, said) = program.run(&["import", "case-files", path, "--all-or-nothing"]);
    assert_eq!(code, 1, "{said}");
    let (code, said) = program.run(&["import", "case-files", path]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("1 dòng đã vào"), "{said}");
    for place in
        ["Dòng 2, cột received_on", "Dòng 3, cột received_on", "Dòng 3, cột due_on", "Line 3, column due_on"]
    {
        assert!(said.contains(place), "{place}: {said}");
    }
    let aside = fs::read_to_string(program.folder.path().join("a.csv.set-aside.csv")).expect("the file");
    assert_eq!(aside.lines().count(), 3, "{aside}");
    assert!(aside.contains("2,A,hôm qua,31/02/2023"), "{aside}");
}

#[test]
fn a_code_given_twice_keeps_its_last_row_with_a_warning() {
    let program = Program::new();
    let text = "case_code,agency_code,received_on,due_on,completed_on\n\
                1,A,2023-03-01,2023-03-08,2023-03-09\n1,A,2023-03-01,2023-03-08,2023-03-07\n";
    let path = program.file("a.csv", text);
    let (code, said) = program.run(&["import", "case-files", path.to_str().expect("a path")]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("lặp lại"), "{said}");
    let (_, readings) = program.run(&["readings", "--json"]);
    assert!(readings.contains("\"late\": 0") && readings.contains("\"early\": 1"), "{readings}");
}

#[test]
fn a_line_of_300_megabytes_is_refused_before_it_is_in_memory() {
    let program = Program::new();
    let path = program.folder.path().join("long.csv");
    let file = fs::File::create(&path).expect("a file");
    {
        use std::io::Write as _;
        let mut file = std::io::BufWriter::new(file);
        file.write_all(b"case_code,agency_code,received_on\n1,A,\"").expect("writes");
        let some = vec![b'x'; 1 << 20];
        for _ in 0..300 {
            file.write_all(&some).expect("writes");
        }
    }
    let (code, said) = program.run(&["import", "case-files", path.to_str().expect("a path")]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("dòng 2"), "{said}");
}

#[test]
fn a_workbook_that_unpacks_to_more_than_it_may_is_refused() {
    use std::io::Write as _;
    let program = Program::new();
    let path = program.folder.path().join("bomb.xlsx");
    let mut book = zip::ZipWriter::new(fs::File::create(&path).expect("a file"));
    let deflated =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    book.start_file("[Content_Types].xml", deflated).expect("a part");
    book.write_all(b"<Types/>").expect("writes");
    book.start_file("xl/workbook.xml", deflated).expect("a part");
    book.write_all(b"<workbook/>").expect("writes");
    book.start_file("xl/worksheets/sheet1.xml", deflated.large_file(true)).expect("a part");
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..600 {
        book.write_all(&zeros).expect("writes");
    }
    book.finish().expect("a bomb");
    let (code, said) = program.run(&["import", "case-files", path.to_str().expect("a path")]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("536870912") || said.contains("512"), "{said}");
}

#[test]
fn a_day_that_has_not_come_is_refused() {
    let program = Program::new();
    let (code, said) = program.run(&["readings", "--as-of", "2126-12-31", "--json"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("as_of") && said.contains("15/01/2024"), "{said}");
    let (code, said) = program.run(&["readings", "--period", "2023-Q7"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("2023-Q1"), "{said}");
}

#[test]
fn an_unknown_agency_mapping_or_kind_is_named() {
    let program = Program::new();
    let (code, said) = program.run(&["readings", "--agency", "NOWHERE", "--json"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("NOWHERE"), "{said}");
    let path = program.file("a.csv", "case_code\n");
    let path = path.to_str().expect("a path");
    let (code, said) = program.run(&["import", "case-files", path, "--mapping", "nothing"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("boston-311-case-files"), "it names those there are: {said}");
    assert_ne!(program.run(&["import", "files", path]).0, 0);
    let (code, said) = program.run(&["import", "case-files", "no-such-file.csv"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("no-such-file.csv"), "{said}");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let program = Program::new();
    program.run(&["verify"]);
    let path = program.folder.path().join("city.db");
    let future = sqlx_future(&path).await;
    assert!(future, "the migration of a later version is there");
    let (code, said) = program.run(&["verify"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("mới hơn") && said.contains("newer"), "{said}");
}

/// Writes down a migration that only a later version has.
async fn sqlx_future(path: &std::path::Path) -> bool {
    let url = format!("sqlite://{}", path.display());
    let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.expect("connects");
    sqlx::query(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
         values (9999, 'later', true, x'00', 0)",
    )
    .execute(&mut connection)
    .await
    .is_ok()
}

#[test]
fn a_port_in_use_is_told_with_the_way_to_another() {
    let program = Program::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let (code, said) = program.run(&["serve", "--listen", &address]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("--listen"), "{said}");
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let program = Program::new();
    let folder = program.folder.path().join("shut");
    fs::create_dir(&folder).expect("a folder");
    // Root writes everywhere: a file where the folder should be stops even root.
    fs::write(folder.join("db"), b"").expect("a file");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("shuts");
    let mut command = program.command(&["verify"]);
    command.env("DATABASE_URL", "sqlite://shut/db/city.db").stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("runs");
    let mut said = String::new();
    child.stderr.take().expect("its words").read_to_string(&mut said).expect("UTF-8");
    assert_eq!(child.wait().expect("ends").code(), Some(1), "{said}");
    assert!(said.contains("quyền"), "{said}");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("opens");
}

#[test]
fn an_address_of_no_known_database_is_told_without_its_password() {
    let program = Program::new();
    let mut command = program.command(&["verify"]);
    let output = command.env("DATABASE_URL", "mysql://me:secret@host/db").output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("postgres://") && !said.contains("secret"), "{said}");
}

/// A file with one good row and one bad one.
const ONE_BAD: &str = "case_code,agency_code,received_on\n1,A,2023-03-01\n2,A,hôm qua\n";

/// Whether no case file is stored.
fn is_empty(program: &Program) -> bool {
    program.run(&["readings", "--json"]).1.contains("\"received\": 0")
}

#[test]
fn rows_set_aside_that_cannot_be_written_take_the_whole_import_back() {
    let program = Program::new();
    let path = program.file("a.csv", ONE_BAD);
    let path = path.to_str().expect("a path");
    // The first cannot be made; the second takes no byte, which shows only when everything is written out.
    for place in ["/proc/nope/x.csv", "/dev/full"] {
        let (code, said) = program.run(&["import", "case-files", path, "--set-aside", place]);
        assert_eq!(code, 1, "{said}");
        assert_eq!(said.matches("--set-aside").count(), 2, "one message in two languages: {said}");
        assert!(said.contains(place) && !said.contains("panicked"), "{said}");
        assert!(is_empty(&program), "{place}");
    }
    let (code, said) = program.run(&["import", "case-files", path, "--set-aside", "/dev/null"]);
    assert_eq!(code, 2, "a device is written, not replaced: {said}");
}

#[test]
fn the_file_that_is_imported_is_never_where_rows_are_set_aside() {
    let program = Program::new();
    let path = program.file("a.csv", ONE_BAD);
    let path = path.to_str().expect("a path");
    std::os::unix::fs::symlink(path, program.folder.path().join("link.csv")).expect("a link");
    for place in [path, "a.csv", "./a.csv", "link.csv"] {
        let (code, said) = program.run(&["import", "case-files", path, "--set-aside", place]);
        assert_eq!(code, 1, "{place}: {said}");
        assert!(said.contains("chính tệp đang nhập"), "{said}");
    }
    assert!(!program.folder.path().join("city.db").exists(), "nothing was touched");
    assert_eq!(fs::read_to_string(path).expect("the file"), ONE_BAD);
}

#[test]
fn a_refused_import_leaves_no_file_of_rows_set_aside() {
    let program = Program::new();
    let names = || {
        let entries = fs::read_dir(program.folder.path()).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        names.filter(|name| !name.starts_with("city.")).collect::<Vec<_>>()
    };
    let path = program.file("a.csv", format!("{ONE_BAD}3,A,\"never closed\n"));
    let (code, said) = program.run(&["import", "case-files", path.to_str().expect("a path")]);
    assert_eq!(code, 1, "{said}");
    assert_eq!(names(), ["a.csv"]);
    let path = program.file("a.csv", ONE_BAD);
    let earlier = program.file("aside.csv", "an earlier one");
    let arguments = ["import", "case-files", path.to_str().expect("a path"), "--set-aside", "aside.csv"];
    let (code, said) = program.run(&[&arguments[..], &["--all-or-nothing"]].concat());
    assert_eq!(code, 1, "{said}");
    assert_eq!(fs::read_to_string(&earlier).expect("the file"), "an earlier one");
    assert!(is_empty(&program));
    let (code, said) = program.run(&arguments);
    assert_eq!(code, 2, "{said}");
    assert!(fs::read_to_string(&earlier).expect("the file").contains("hôm qua"), "replaced when complete");
    assert_eq!(names().len(), 2, "{:?}", names());
}

#[test]
fn who_stops_reading_early_ends_a_command_without_a_word() {
    let program = Program::new();
    for arguments in [&["batches"][..], &["template", "case-files"], &["readings", "--json"]] {
        let mut child =
            program.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
        drop(child.stdout.take());
        let said = child.wait_with_output().expect("ends").stderr;
        let said = String::from_utf8_lossy(&said);
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
}
