//! A real city's file under the mappings we ship: every row goes in, whichever kind it is read as.

use std::path::PathBuf;

use super::*;

/// Where real data lies beside the repository, if it does.
fn requests() -> Option<PathBuf> {
    let data = std::env::var_os("THUOCDO_DATA").map(PathBuf::from);
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let path = data.unwrap_or_else(beside).join("boston311/requests-2015.csv");
    let is_there = path.is_file();
    if !is_there {
        eprintln!("left out: {} is absent", path.display());
    }
    is_there.then_some(path)
}

#[test]
fn boston_s_requests_go_in_whole_as_case_files_and_as_petitions() {
    let Some(path) = requests() else { return };
    for text in [
        include_str!("../../../mappings/boston-311-case-files.toml"),
        include_str!("../../../mappings/boston-311-petitions.toml"),
    ] {
        let mapping = Mapping::parse(text).unwrap();
        let mut reader = Reader::open(&path, mapping.kind(), Some(&mapping), TODAY).unwrap();
        assert!(reader.dropped().contains(&"CASE_STATUS".to_owned()));
        assert_eq!(reader.not_found(), [] as [String; 0]);
        let (mut rows, mut problems) = (0, 0);
        for line in reader.by_ref() {
            let line = line.unwrap();
            rows += usize::from(line.row.is_some());
            problems += line.problems.len();
        }
        assert_eq!((rows, problems), (42_516, 0));
    }
}
