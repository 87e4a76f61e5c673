//! Where the values of many rows go in one statement; the engines count their parameters each in its own way.

/// `(?, ?), (?, ?)`, or numbered as PostgreSQL wants it: `($1, $2), ($3, $4)`.
pub(crate) fn placeholders(rows: usize, columns: usize, is_numbered: bool) -> String {
    let mut text = String::with_capacity(rows * columns * 7);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            text.push_str(if column == 0 { "" } else { ", " });
            if is_numbered {
                text.push('$');
                text.push_str(&(row * columns + column + 1).to_string());
            } else {
                text.push('?');
            }
        }
        text.push(')');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_a_place_of_its_own() {
        assert_eq!(placeholders(2, 2, false), "(?, ?), (?, ?)");
        assert_eq!(placeholders(2, 3, true), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(placeholders(0, 3, true), "");
    }
}
