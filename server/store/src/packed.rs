//! Many numbers of a row in one value: the driver hands over each value by itself, and for rows of thirty numbers that
//! takes ten times as long as the engine needs to find them.

use std::{error, fmt};

use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};

/// SQL for the values of some columns in one text; a value that is not there is an empty piece.
pub(crate) fn packed<S: AsRef<str>>(columns: impl IntoIterator<Item = S>) -> String {
    let pieces: Vec<String> = columns
        .into_iter()
        .map(|column| format!("coalesce(cast({} as text), '')", column.as_ref()))
        .collect();
    format!("concat_ws(',', {}) as packed", pieces.join(", "))
}

/// What is read from the pieces of a row's first column; `None` where they are not what was asked for.
pub(crate) trait Unpack: Sized {
    fn unpack(pieces: &mut dyn Iterator<Item = &str>) -> Option<Self>;
}

/// A row of one packed column.
pub(crate) struct Packed<T>(pub T);

impl<'r, R: Row, T: Unpack> FromRow<'r, R> for Packed<T>
where
    usize: ColumnIndex<R>,
    &'r str: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        unpacked(row, |pieces| T::unpack(pieces)).map(Self)
    }
}

/// The pieces of a row's first column.
pub(crate) fn unpacked<'r, R: Row, T>(
    row: &'r R,
    take: impl FnOnce(&mut dyn Iterator<Item = &'r str>) -> Option<T>,
) -> Result<T, sqlx::Error>
where
    usize: ColumnIndex<R>,
    &'r str: Decode<'r, R::Database> + Type<R::Database>,
{
    let text: &str = row.try_get(0)?;
    take(&mut text.split(',')).ok_or_else(|| sqlx::Error::Decode(Box::new(Misread(text.to_owned()))))
}

/// The next piece as a number.
pub(crate) fn number<T: std::str::FromStr>(pieces: &mut dyn Iterator<Item = &str>) -> Option<T> {
    pieces.next()?.parse().ok()
}

/// The next piece, which may be empty, as a number that may not be there.
#[expect(clippy::option_option, reason = "outside: whether it could be read; inside: whether there is one")]
pub(crate) fn maybe<T: std::str::FromStr>(pieces: &mut dyn Iterator<Item = &str>) -> Option<Option<T>> {
    match pieces.next()? {
        "" => Some(None),
        piece => piece.parse().ok().map(Some),
    }
}

/// The next piece as a yes or a no, in the words of either engine.
pub(crate) fn yes(pieces: &mut dyn Iterator<Item = &str>) -> Option<bool> {
    Some(matches!(pieces.next()?, "1" | "true"))
}

/// Every number of a row.
pub(crate) struct Numbers(pub Vec<i64>);

impl Unpack for Numbers {
    fn unpack(pieces: &mut dyn Iterator<Item = &str>) -> Option<Self> {
        pieces.map(|piece| piece.parse().ok()).collect::<Option<_>>().map(Self)
    }
}

/// A text that does not hold what was asked for.
#[derive(Debug)]
struct Misread(String);

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not the numbers that were asked for: {}", self.0)
    }
}

impl error::Error for Misread {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_piece_is_a_number_that_is_not_there() {
        let mut pieces = "12,,x".split(',');
        assert_eq!(number::<i64>(&mut pieces), Some(12));
        assert_eq!(maybe::<i32>(&mut pieces), Some(None));
        assert_eq!(maybe::<i32>(&mut pieces), None, "not a number");
        assert_eq!(maybe::<i32>(&mut pieces), None, "nothing left");
    }
}
