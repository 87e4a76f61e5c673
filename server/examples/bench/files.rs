//! The files that are imported: invented case files in order of receipt; what the same systems would send next; the same
//! number of changes scattered over all years; and single rows.

use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use intake::{Kind, template};
use thuocdo::{case_file::Row, counts::Given};

/// Of so many rows one is changed by the scattered file, and one is new.
const EVERY: usize = 20;
/// So many files are changed one by one.
const ONES: usize = 9;

/// CSV files with every column.
pub struct Files {
    pub rows: u64,
    pub first: PathBuf,
    /// Changes of the newest files, and as many new ones: a tenth of all.
    pub second: PathBuf,
    /// The same number of both, over all the time there is.
    pub scattered: PathBuf,
    pub second_rows: u64,
    /// One changed file each.
    pub ones: Vec<PathBuf>,
}

impl Files {
    pub fn write(folder: &Path, rows: u64) -> anyhow::Result<Self> {
        let path = |name: &str| folder.join(format!("{rows}-{name}.csv"));
        let files = Self {
            rows,
            first: path("first"),
            second: path("second"),
            scattered: path("scattered"),
            second_rows: 0,
            ones: (0..ONES).map(|n| path(&format!("one-{n}"))).collect(),
        };
        write(&files.first, server::demo::case_files(rows))?;
        let newest = usize::try_from(rows)? / EVERY;
        let second = server::demo::case_files(rows)
            .skip(usize::try_from(rows)? - newest)
            .flat_map(|row| [changed(row.clone()), added(row)]);
        let second_rows = write(&files.second, second)?;
        let scattered =
            server::demo::case_files(rows).enumerate().filter_map(|(place, row)| match place % EVERY {
                0 => Some(changed(row)),
                10 => Some(added(row)),
                _ => None,
            });
        write(&files.scattered, scattered)?;
        for (n, one) in files.ones.iter().enumerate() {
            write(one, server::demo::case_files(rows).skip(3 + n * 100).take(1).map(changed))?;
        }
        Ok(Self { second_rows, ..files })
    }
}

/// The file, ended a day later than it was, or ended at last.
fn changed(row: Row) -> Row {
    let ended = match row.completed_on {
        Given::Value(day) => day + Days::new(1),
        Given::Absent | Given::Empty => row.received_on + Days::new(9),
    };
    Row { completed_on: Given::Value(ended), returned_on: Given::Empty, ..row }
}

/// Another file of the same day.
fn added(row: Row) -> Row {
    Row { case_code: format!("{}-2", row.case_code), ..row }
}

fn write(file: &Path, rows: impl Iterator<Item = Row>) -> anyhow::Result<u64> {
    let mut writer = csv::Writer::from_path(file)?;
    writer.write_record(template(Kind::CaseFiles))?;
    let mut count = 0;
    for row in rows {
        let text = |given: &Given<String>| given.value().cloned().unwrap_or_default();
        let day = |given: &Given<NaiveDate>| given.value().map(ToString::to_string).unwrap_or_default();
        let channel = row.channel.value().map_or("", |channel| channel.as_str());
        let status = row.status.value().map_or(String::new(), |status| status.code().to_string());
        let reschedules = row.reschedules.value().map_or(String::new(), ToString::to_string);
        writer.write_record([
            row.case_code.clone(),
            row.agency_code.clone(),
            text(&row.field_code),
            text(&row.procedure_code),
            channel.to_owned(),
            row.received_on.to_string(),
            day(&row.due_on),
            day(&row.original_due_on),
            day(&row.completed_on),
            day(&row.returned_on),
            status,
            day(&row.status_on),
            day(&row.paused_on),
            day(&row.resumed_on),
            day(&row.apology_on),
            reschedules,
        ])?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}
