//! What holds of form II.07b, whatever the list says.

use proptest::{option, prelude::*};

use super::*;

fn unit(code: &str, name: &str, level: agency::Level) -> Option<Unit> {
    Some(Unit { code: code.to_owned(), name: name.to_owned(), level })
}

fn procedure(level: Level, one_stop: Option<bool>, internal_process: Option<bool>) -> Row {
    Row { unit: None, level: Some(level), one_stop, internal_process }
}

fn any_row() -> impl Strategy<Value = Row> {
    let unit = (0..4usize).prop_map(|n| unit(&n.to_string(), &format!("Sở {n}"), agency::Level::Department));
    let level = prop::sample::select(Level::ALL.to_vec());
    let answer = || option::of(any::<bool>());
    (option::of(unit), option::of(level), answer(), answer()).prop_map(
        |(unit, level, one_stop, internal_process)| Row {
            unit: unit.flatten(),
            level,
            one_stop,
            internal_process,
        },
    )
}

proptest! {
    #[test]
    fn totals_are_what_the_levels_and_the_lines_add_up_to(rows in prop::collection::vec(any_row(), 0..60)) {
        let form = Form::of(&rows, Lang::Vi);
        prop_assert!(form.is_sum_of_lines());
        let [all, city, district, commune, .., internal, _, _, _] = form.total.cells();
        let count = |level| rows.iter().filter(|row| row.level == level).count();
        if let Some(all) = all {
            prop_assert_eq!(Some(all), [city, district, commune].into_iter().sum());
            prop_assert_eq!(usize::try_from(all), Ok(rows.len() - count(None)));
            prop_assert_eq!(city.and_then(|n| usize::try_from(n).ok()), Some(count(Some(Level::City))));
        }
        if let Some(internal) = internal {
            let with = rows.iter().filter(|row| row.level.is_some() && row.internal_process == Some(true));
            prop_assert_eq!(usize::try_from(internal), Ok(with.count()));
        }
        if let Some(check) = form.check(Lang::Vi) {
            prop_assert!(check.starts_with("Kiểm tra: (3) = (4) + (5) + (6): "), "{}", check);
        }
    }
}

#[test]
fn a_list_without_the_forms_columns_says_so_and_prints_no_zero() {
    let form = Form::of(&[Row::default(), Row::default()], Lang::Vi);
    assert_eq!(form.total.cells(), [None; 12]);
    assert_eq!(form.lines[0].columns.cells(), [None; 12]);
    assert_eq!(form.check(Lang::Vi), None, "there is nothing to check");
    let missing = form.missing(Lang::Vi).expect("words");
    for column in ["Cấp thực hiện", "Một cửa", "Quy trình nội bộ", "Mã đơn vị chủ trì"]
    {
        assert!(missing.contains(column), "{missing}");
    }
    let none = Form::of(&[], Lang::En).missing(Lang::En).expect("words");
    assert!(none.contains("no procedures"), "{none}");
}

#[test]
fn a_column_nobody_filled_in_is_unknown_and_a_level_without_procedures_is_zero() {
    let rows = [procedure(Level::City, Some(true), None), procedure(Level::District, None, None)];
    let form = Form::of(&rows, Lang::Vi);
    let (some, none) = (Some, None);
    let cells = [
        [some(2), some(1), some(1), some(0)],
        // Of the district's procedure nobody says whether it goes through a one-stop unit.
        [some(1), some(1), none, some(0)],
        [none, none, none, some(0)],
    ];
    assert_eq!(form.total.cells().as_slice(), cells.concat());
    assert_eq!(
        form.check(Lang::Vi).as_deref(),
        Some("Kiểm tra: (3) = (4) + (5) + (6): 2 = 1 + 1 + 0; (7) = (8) + (9) + (10): 1 = 1 + … + 0")
    );
    let missing = form.missing(Lang::Vi).expect("words");
    assert!(missing.contains("Quy trình nội bộ") && !missing.contains("Cấp thực hiện"), "{missing}");
    let notes = form.footnotes(Lang::Vi);
    assert!(notes.iter().any(|note| note.starts_with("1 thủ tục chưa rõ có thực hiện một cửa")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("«…» là chưa có số liệu")), "{notes:?}");
}

#[test]
fn a_procedure_without_a_level_is_counted_apart_and_told() {
    let rows =
        [Row { one_stop: Some(true), ..Row::default() }, procedure(Level::City, Some(false), Some(true))];
    let form = Form::of(&rows, Lang::En);
    assert_eq!(form.total.cells()[..5], [Some(1), Some(1), Some(0), Some(0), Some(0)]);
    assert_eq!(form.total.listed(), 2);
    let notes = form.footnotes(Lang::En);
    assert!(notes[1].contains("1 procedure has no level"), "{notes:?}");
}

#[test]
fn agencies_come_by_level_and_name_and_procedures_of_none_come_last() {
    let of = |unit| Row { unit, ..procedure(Level::Commune, Some(true), Some(true)) };
    let rows = [
        of(None),
        of(unit("271", "Huyện Ba Vì", agency::Level::District)),
        of(unit("SO-02", "Sở Tư pháp", agency::Level::Department)),
        of(unit("SO-08", "Sở Xây dựng", agency::Level::Department)),
        of(unit("SO-02", "Sở Tư pháp", agency::Level::Department)),
    ];
    let form = Form::of(&rows, Lang::Vi);
    let lines: Vec<_> = form.lines.iter().map(|line| (line.name.as_str(), line.columns.listed())).collect();
    let expected = [("Sở Tư pháp", 2), ("Sở Xây dựng", 1), ("Huyện Ba Vì", 1), ("Chưa gắn đơn vị", 1)];
    assert_eq!(lines, expected);
    assert_eq!(form.missing(Lang::Vi), None);
}
