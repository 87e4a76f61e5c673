//! The file of rows that were set aside: written under another name beside its place, and put there when the import is in.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use tempfile::TempPath;

/// Rows set aside, on their way into a file. Dropped before [`keep`](Self::keep), it leaves nothing behind.
pub struct SetAside {
    place: PathBuf,
    header: Vec<String>,
    /// Made with the first row, so that an import without problems makes no file.
    file: Option<Unfinished>,
}

struct Unfinished {
    writer: ::csv::Writer<File>,
    /// The name until it is complete; `None` for a device or a pipe, which is written as it stands.
    name: Option<TempPath>,
}

/// Rows set aside cannot go where they should.
#[derive(Debug, thiserror::Error)]
pub enum SetAsideError {
    #[error(
        "--set-aside chỉ vào chính tệp đang nhập, {0}: chọn tên khác, nếu không tệp gốc bị ghi đè / \
         --set-aside names the file that is imported, {0}: choose another name, or the original would be lost"
    )]
    IsInput(PathBuf),
    #[error(
        "--set-aside chỉ vào thư mục {0}: thêm tên tệp / --set-aside names the folder {0}: add the name of a file"
    )]
    IsFolder(PathBuf),
    #[error(
        "không ghi được các dòng để riêng vào {place} nên không nhập dòng nào: chọn nơi khác bằng --set-aside / \
         rows set aside cannot be written to {place}, so nothing was imported: choose another place with --set-aside: \
         {error}"
    )]
    Write { place: PathBuf, error: io::Error },
}

impl SetAside {
    /// Looks at the place before anything is read or written. A link leads to the file that is replaced.
    pub fn at(place: PathBuf, input: &Path) -> Result<Self, SetAsideError> {
        let real = fs::canonicalize(&place).ok();
        if real.is_some() && real == fs::canonicalize(input).ok() {
            return Err(SetAsideError::IsInput(place));
        }
        if place.is_dir() {
            return Err(SetAsideError::IsFolder(place));
        }
        Ok(Self { place, header: Vec::new(), file: None })
    }

    /// Puts the file's own header above the rows.
    #[must_use]
    pub fn under(self, header: &[String]) -> Self {
        Self { header: header.to_vec(), ..self }
    }

    /// Adds a row with its line and why, so that it can be corrected and imported again.
    pub fn put(&mut self, line: u64, cells: &[String], why: &str) -> Result<(), SetAsideError> {
        self.try_to_put(line, cells, why).map_err(|error| self.failed(error))
    }

    /// Makes sure that every row is on the disk, so that the import may be committed.
    pub fn complete(&mut self) -> Result<(), SetAsideError> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let done = file.writer.flush().and_then(|()| match &file.name {
            Some(_) => file.writer.get_ref().sync_data(),
            None => Ok(()),
        });
        done.map_err(|error| self.failed(error))
    }

    /// Puts the file in its place and says where it is; `None` when no row was set aside. By now the import is in, so a
    /// file that cannot be moved stays where it is.
    #[must_use]
    pub fn keep(self) -> Option<PathBuf> {
        let Some(name) = self.file?.name else { return Some(self.place) };
        let Err(failed) = name.persist(real(&self.place)) else { return Some(self.place) };
        tracing::warn!(place = %self.place.display(), error = %failed.error, "the file of rows set aside was not moved");
        Some(failed.path.keep().unwrap_or_else(|failed| failed.path.to_path_buf()))
    }

    fn try_to_put(&mut self, line: u64, cells: &[String], why: &str) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                let (file, name) = begin(&self.place)?;
                let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(file);
                writer.write_record(self.header.iter().map(String::as_str).chain(["line", "problem"]))?;
                self.file.insert(Unfinished { writer, name })
            }
        };
        let missing = self.header.len().saturating_sub(cells.len());
        let cells = cells.iter().map(String::as_str).chain(std::iter::repeat_n("", missing));
        Ok(file.writer.write_record(cells.chain([line.to_string().as_str(), why]))?)
    }

    fn failed(&self, error: io::Error) -> SetAsideError {
        SetAsideError::Write { place: self.place.clone(), error }
    }
}

/// A file in the same folder, since only there a move is a mere change of name. None but its owner reads it: rows may
/// hold names and numbers of people.
fn begin(place: &Path) -> io::Result<(File, Option<TempPath>)> {
    let is_special = fs::metadata(place).is_ok_and(|found| !found.is_file());
    if is_special {
        return Ok((File::options().write(true).open(place)?, None));
    }
    let place = real(place);
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::Builder::new().prefix(".thuocdo-").suffix(".part").tempfile_in(folder)?;
    let (file, name) = file.into_parts();
    Ok((file, Some(name)))
}

fn real(place: &Path) -> PathBuf {
    fs::canonicalize(place).unwrap_or_else(|_| place.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }

    #[test]
    fn the_file_stands_in_its_place_only_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("aside.csv");
        let begun = || SetAside::at(place.clone(), Path::new("in.csv")).unwrap().under(&["a".to_owned()]);
        assert_eq!(begun().keep(), None, "no row, no file");
        let mut dropped = begun();
        dropped.put(2, &["x".to_owned()], "why").unwrap();
        assert!(!place.exists());
        drop(dropped);
        assert_eq!(names(folder.path()), [""; 0]);
        let mut kept = begun();
        kept.put(2, &["x, y".to_owned()], "why").unwrap();
        kept.complete().unwrap();
        assert_eq!(kept.keep(), Some(place.clone()));
        assert_eq!(names(folder.path()), ["aside.csv"]);
        assert_eq!(fs::read_to_string(place).unwrap(), "a,line,problem\n\"x, y\",2,why\n");
    }

    #[test]
    fn the_imported_file_and_a_folder_are_refused_as_a_place() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("in.csv");
        fs::write(&input, "a\n").unwrap();
        let roundabout = folder.path().join(".").join("in.csv");
        assert!(matches!(SetAside::at(roundabout, &input), Err(SetAsideError::IsInput(_))));
        assert!(matches!(SetAside::at(folder.path().to_owned(), &input), Err(SetAsideError::IsFolder(_))));
    }
}
