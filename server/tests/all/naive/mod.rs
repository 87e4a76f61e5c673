//! The rules of what counts when, a second time and deliberately naive: a plain loop over the rows as they came in, day
//! by day. Of the product it takes the types of the rows, the words of the figures and which days offices work on.

mod case_file_rules;
mod petition_rules;

use std::collections::HashMap;

use chrono::NaiveDate;
use server::demo;
use store::{Import, Numbered};
use thuocdo::{
    agency::Level, case_file, counts::Given, dialogue, filter::Filter, petition, petition_report::KindChoice,
    procedure, working_days::WorkingDays,
};

pub use self::{
    case_file_rules::File,
    petition_rules::{Petition, kind_of},
};

use crate::helpers::{Server, TODAY};

/// The first and the last day of a reading; without a first day everything up to the last.
pub type Span = (Option<NaiveDate>, NaiveDate);

/// The invented city, as its rows say it.
pub struct City {
    pub files: Vec<File>,
    pub petitions: Vec<Petition>,
    pub dialogues: Vec<dialogue::Row>,
    pub agencies: Vec<Agency>,
    pub calendar: WorkingDays,
    /// Each agency with all above it and itself.
    above: HashMap<String, Vec<String>>,
}

/// An office and what stands above it.
pub struct Agency {
    pub code: String,
    pub level: Level,
    parent: Option<String>,
    dialogue_from: Option<NaiveDate>,
    dialogue_to: Option<NaiveDate>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

fn numbered<T>(rows: impl IntoIterator<Item = T>) -> Vec<Numbered<T>> {
    rows.into_iter().zip(2..).map(|(row, line)| Numbered { line, row }).collect()
}

async fn begin(server: &Server, kind: &str) -> Import {
    server.store.import(kind, "demo", TODAY.parse().expect("a date")).await.expect("begins")
}

async fn end(mut import: Import) {
    import.settle().await.expect("settles");
    import.finish(0, 0, &[]).await.expect("finishes");
}

impl City {
    /// Imports the invented city, and keeps its rows.
    pub async fn imported(server: &Server, rows: u64) -> Self {
        let mut import = begin(server, "agencies").await;
        import.write_agencies(numbered(demo::agencies())).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "fields").await;
        import.write_fields(numbered(demo::fields())).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "procedures").await;
        import.write_procedures(numbered(demo::procedures())).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "case-files").await;
        import.write_case_files(numbered(demo::case_files(rows))).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "petitions").await;
        import.write_petitions(numbered(demo::petitions(rows / 2))).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "dialogues").await;
        import.write_dialogues(numbered(demo::dialogues())).await.expect("writes");
        end(import).await;
        Self::of_rows(rows, server.store.calendar().await.expect("a calendar"))
    }

    fn of_rows(rows: u64, calendar: WorkingDays) -> Self {
        let agencies: Vec<Agency> = demo::agencies()
            .into_iter()
            .map(|row| Agency {
                code: row.agency_code,
                level: given(&row.level).expect("a level"),
                parent: given(&row.parent_code),
                dialogue_from: given(&row.dialogue_from),
                dialogue_to: given(&row.dialogue_to),
                valid_from: given(&row.valid_from),
                valid_to: given(&row.valid_to),
            })
            .collect();
        let procedures: HashMap<String, procedure::Row> =
            demo::procedures().into_iter().map(|row| (row.procedure_code.clone(), row)).collect();
        let levels: HashMap<String, Level> = agencies.iter().map(|a| (a.code.clone(), a.level)).collect();
        let file = |row: case_file::Row| {
            let procedure = given(&row.procedure_code).and_then(|code| procedures.get(&code));
            let level = levels[&row.agency_code];
            File::of(row, procedure, level, &calendar)
        };
        let petition = |row: petition::Row| {
            let level = levels[&row.agency_code];
            Petition::of(row, level, &calendar)
        };
        let parents: HashMap<&str, Option<&str>> =
            agencies.iter().map(|agency| (agency.code.as_str(), agency.parent.as_deref())).collect();
        let above = |code: &str| {
            let mut line = vec![code.to_owned()];
            while let Some(Some(parent)) = parents.get(line[line.len() - 1].as_str()) {
                line.push((*parent).to_owned());
            }
            line
        };
        Self {
            above: agencies.iter().map(|agency| (agency.code.clone(), above(&agency.code))).collect(),
            files: demo::case_files(rows).map(file).collect(),
            petitions: demo::petitions(rows / 2).map(petition).collect(),
            dialogues: demo::dialogues().collect(),
            agencies,
            calendar,
        }
    }

    /// Whether an agency is another one or below it.
    pub fn is_below(&self, code: &str, above: &str) -> bool {
        self.above.get(code).is_some_and(|line| line.iter().any(|of| of == above))
    }

    /// The files of a filter.
    pub fn files_of(&self, filter: &Filter) -> Vec<&File> {
        let is_in = |file: &&File| {
            self.is_within(&file.agency, filter)
                && filter.level.is_none_or(|level| level == file.level)
                && (filter.field.is_none() || filter.field == file.field)
                && (filter.channel.is_none() || filter.channel == file.channel)
                && (filter.procedure.is_none() || filter.procedure == file.procedure)
        };
        self.files.iter().filter(is_in).collect()
    }

    /// The petitions of a filter and of one kind, or of all; they know no procedure.
    pub fn petitions_of(&self, filter: &Filter, kind: Option<KindChoice>) -> Vec<&Petition> {
        let is_in = |petition: &&Petition| {
            self.is_within(&petition.agency, filter)
                && filter.level.is_none_or(|level| level == petition.level)
                && (filter.field.is_none() || filter.field == petition.field)
                && (filter.channel.is_none() || filter.channel == petition.channel)
                && kind.is_none_or(|kind| kind == kind_of(&petition.row))
        };
        self.petitions.iter().filter(is_in).collect()
    }

    /// The offices of a filter that owe a dialogue on a day.
    pub fn obliged(&self, filter: &Filter, day: NaiveDate) -> Vec<&Agency> {
        let owes = |agency: &&Agency| {
            let from = agency.dialogue_from.or(agency.valid_from);
            let to = agency.dialogue_to.or(agency.valid_to);
            self.is_within(&agency.code, filter)
                && filter.level.is_none_or(|level| level == agency.level)
                && from.is_none_or(|from| from <= day)
                && to.is_none_or(|to| day <= to)
        };
        self.agencies.iter().filter(owes).collect()
    }

    fn is_within(&self, code: &str, filter: &Filter) -> bool {
        filter.agency.as_deref().is_none_or(|above| self.is_below(code, above))
    }
}

/// Whether a dialogue counts: held between two days, chaired by the head, with minutes.
pub fn counts_between(row: &dialogue::Row, from: NaiveDate, to: NaiveDate) -> bool {
    given(&row.held_on).is_some_and(|held| from <= held && held <= to)
        && given(&row.chaired_by_head) == Some(true)
        && given(&row.minutes_no).is_some()
}

/// What a cell says.
pub fn given<T: Clone>(cell: &Given<T>) -> Option<T> {
    cell.value().cloned()
}

/// The `n`th working day after a day.
fn plus(calendar: &WorkingDays, day: NaiveDate, n: u32) -> NaiveDate {
    if n == 0 {
        return day;
    }
    let mut working = day.iter_days().skip(1).filter(|day| calendar.is_working(*day));
    working.nth(n as usize - 1).expect("a day")
}

fn first_working(calendar: &WorkingDays, day: NaiveDate) -> NaiveDate {
    day.iter_days().find(|day| calendar.is_working(*day)).expect("a day")
}

/// Working days after one day up to another.
fn between(calendar: &WorkingDays, after: NaiveDate, to: NaiveDate) -> usize {
    after.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| calendar.is_working(*day)).count()
}
