//! What form II.07b says below its lines: the check, what is missing, how procedures were counted.

use super::{Form, UNKNOWN};
use crate::lang::Lang;

impl Form {
    /// `Kiểm tra: (3) = (4) + (5) + (6): 66 = 25 + 20 + 21; …`, of what is known.
    #[must_use]
    pub fn check(&self, lang: Lang) -> Option<String> {
        let cells = self.total.cells();
        let written = |cell: Option<i64>| cell.map_or_else(|| UNKNOWN.to_owned(), |count| lang.number(count));
        let sums: Vec<(String, bool)> = cells
            .chunks_exact(4)
            .zip([3, 7, 11])
            .filter_map(|(cells, first)| {
                let total = cells[0]?;
                let parts: i64 = cells[1..].iter().flatten().sum();
                let [city, district, commune] = [cells[1], cells[2], cells[3]].map(written);
                let [a, b, c] = [first + 1, first + 2, first + 3];
                let sum = format!(
                    "({first}) = ({a}) + ({b}) + ({c}): {} = {city} + {district} + {commune}",
                    lang.number(total)
                );
                Some((sum, total == parts))
            })
            .collect();
        let holds = sums.iter().all(|(_, holds)| *holds) && self.is_sum_of_lines();
        let sums: Vec<String> = sums.into_iter().map(|(sum, _)| sum).collect();
        let word = match (holds, lang) {
            (true, Lang::Vi) => "Kiểm tra",
            (true, Lang::En) => "Check",
            (false, Lang::Vi) => "KHÔNG KHỚP",
            (false, Lang::En) => "DOES NOT ADD UP",
        };
        (!sums.is_empty()).then(|| format!("{word}: {}", sums.join("; ")))
    }

    /// Why there is nothing to read, or not all: no procedures, or columns of the list that nobody has imported.
    #[must_use]
    pub fn missing(&self, lang: Lang) -> Option<String> {
        if self.total.listed() == 0 {
            let none = lang.of(
                "Danh mục chưa có thủ tục hành chính nào thuộc phạm vi này: hãy nhập danh mục thủ tục, \
                 kèm cột «Mã đơn vị chủ trì» (agency_code) để có biểu của từng đơn vị.",
                "The list holds no procedures of this part: import the list of procedures, with agency_code for \
                 the form of a single agency.",
            );
            return Some(none.to_owned());
        }
        let [level, one_stop, internal_process] = self.total.silent();
        let columns = [
            (level, "«Cấp thực hiện» (level)", "level"),
            (one_stop, "«Một cửa» (one_stop)", "one_stop"),
            (internal_process, "«Quy trình nội bộ» (internal_process)", "internal_process"),
            (!self.has_units, "«Mã đơn vị chủ trì» (agency_code)", "agency_code"),
        ];
        let silent: Vec<&str> = columns
            .into_iter()
            .filter(|(is_silent, ..)| *is_silent)
            .map(|(_, vi, en)| lang.of(vi, en))
            .collect();
        let names = silent.join(", ");
        (!silent.is_empty()).then(|| match lang {
            Lang::Vi => format!(
                "Danh mục thủ tục chưa có số liệu ở cột {names}: hãy nhập lại danh mục với các cột này."
            ),
            Lang::En => {
                format!("The list of procedures says nothing in {names}: import it again with these columns.")
            }
        })
    }

    /// How procedures were counted, which of them are not in the columns, and what a cell without data is.
    #[must_use]
    pub fn footnotes(&self, lang: Lang) -> Vec<String> {
        let placed = self.total.placed();
        let listed = lang.count(self.total.listed(), "thủ tục", "procedure", "procedures");
        let mut notes = vec![match lang {
            Lang::Vi => {
                format!(
                    "Danh mục có {listed}; mỗi thủ tục tính một lần, theo đơn vị chủ trì và cấp thực hiện."
                )
            }
            Lang::En => {
                format!("The list has {listed}; each counts once, by its agency in charge and its level.")
            }
        }];
        let mut note = |count: i64, vi: &str, one: &str, many: &str| {
            if count > 0 {
                notes.push(lang.count(count, vi, one, many));
            }
        };
        note(
            self.total.without_level.all,
            "thủ tục chưa có cấp thực hiện, không nằm trong cột nào.",
            "procedure has no level and is in no column.",
            "procedures have no level and are in no column.",
        );
        let [level, one_stop, internal_process] = self.total.silent();
        if !level && !one_stop {
            note(
                placed.all - placed.one_stop.all(),
                "thủ tục chưa rõ có thực hiện một cửa hay không, không nằm trong các cột (7) đến (10).",
                "procedure does not say whether it goes through a one-stop unit and is not in (7) to (10).",
                "procedures do not say whether they go through a one-stop unit and are not in (7) to (10).",
            );
        }
        if !level && !internal_process {
            note(
                placed.all - placed.internal_process.all(),
                "thủ tục chưa rõ đã có quy trình nội bộ hay chưa, không nằm trong các cột (11) đến (14).",
                "procedure does not say whether it has an internal process and is not in (11) to (14).",
                "procedures do not say whether they have an internal process and are not in (11) to (14).",
            );
        }
        let mut lines = self.lines.iter().map(|line| &line.columns).chain([&self.total]);
        if lines.any(|columns| columns.cells().contains(&None)) {
            notes.push(match lang {
                Lang::Vi => format!("Ô ghi «{UNKNOWN}» là chưa có số liệu, không phải số 0."),
                Lang::En => format!("“{UNKNOWN}” means no data, which is not zero."),
            });
        }
        notes
    }
}
