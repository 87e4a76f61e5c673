//! The database copied away while it is worked on, and put back: of one moment, whole, or refused with nothing changed.

mod moments;
mod postgres;
mod refusals;

use std::{
    fs,
    io::{Read as _, Write as _},
};

use serde_json::Value;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{helpers::Program, kills::rows};

fn city() -> Program {
    let program = Program::new();
    program.file("first.csv", rows(0, 1_000, "2023-10-15"));
    program.file("second.csv", rows(500, 30_000, "2023-10-12"));
    succeeds(&program, &["import", "case-files", "first.csv"]);
    program
}

fn succeeds(program: &Program, arguments: &[&str]) -> String {
    let (code, said) = program.run(arguments);
    assert_eq!(code, 0, "{arguments:?}: {said}");
    said
}

/// What is said in both languages when it is refused.
fn refused(program: &Program, arguments: &[&str]) -> String {
    let (code, said) = program.run(arguments);
    assert_eq!(code, 1, "{arguments:?}: {said}");
    assert!(said.contains(" / "), "in both languages: {said}");
    said
}

/// A program in a folder of its own, with a backup put into its empty place.
fn restored(program: &Program, backup: &str) -> Program {
    let other = Program::new();
    let backup = program.folder.path().join(backup);
    succeeds(&other, &["restore", backup.to_str().expect("a path")]);
    other
}

fn names(program: &Program) -> Vec<String> {
    let folder = fs::read_dir(program.folder.path()).expect("a folder");
    let mut names: Vec<_> =
        folder.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    names
}

fn zip(program: &Program, name: &str) -> ZipArchive<fs::File> {
    ZipArchive::new(fs::File::open(program.folder.path().join(name)).expect("a file")).expect("a ZIP")
}

/// The same backup with its manifest changed.
fn changed(program: &Program, from: &str, to: &str, change: impl FnOnce(&mut Value)) {
    let mut source = zip(program, from);
    let mut target = ZipWriter::new(fs::File::create(program.folder.path().join(to)).expect("a file"));
    let mut change = Some(change);
    for index in 0..source.len() {
        let mut part = source.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("reads");
        if name == "manifest.json" {
            let mut manifest: Value = serde_json::from_slice(&bytes).expect("JSON");
            change.take().expect("one manifest")(&mut manifest);
            bytes = serde_json::to_vec(&manifest).expect("JSON");
        }
        target.start_file(name, SimpleFileOptions::default()).expect("begins");
        target.write_all(&bytes).expect("writes");
    }
    target.finish().expect("ends");
}
