//! Whatever the bytes are, the importer answers and never panics.

use proptest::prelude::*;

use super::*;

/// Reads a file to its end, whatever comes.
fn survives(kind: Kind, bytes: &[u8]) {
    let file = file(bytes);
    if let Ok(reader) = Reader::open(file.path(), kind, None, TODAY) {
        for line in reader.flatten() {
            assert!(line.row.is_some() || !line.cells.is_empty());
            for problem in line.problems {
                assert!(!problem.to_string().is_empty() && problem.value.chars().count() <= 80);
            }
        }
    }
}

fn kinds() -> impl Strategy<Value = Kind> {
    proptest::sample::select(&Kind::ALL[..])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn random_bytes_are_survived(kind in kinds(), bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survives(kind, &bytes);
    }

    #[test]
    fn random_cells_are_survived(
        kind in kinds(),
        cells in proptest::collection::vec("(\\PC{0,12}|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[T ]?[0-9:.+Z-]{0,12}|[-−.,0-9E+%]{1,24})", 0..60),
    ) {
        let columns = kind.columns().len();
        let mut text = super::super::template(kind).join(";");
        for row in cells.chunks(columns) {
            text.push('\n');
            text.push_str(&row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(";"));
            text.push_str(&";".repeat(columns - row.len()));
        }
        survives(kind, text.as_bytes());
    }

    #[test]
    fn a_valid_file_with_changed_bytes_is_survived(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        is_utf16 in any::<bool>(),
    ) {
        let text = "Mã hồ sơ,Mã đơn vị,Ngày tiếp nhận,Trạng thái\r\n\"a\",b,31/03/2023,\"9\"\r\nc,d,2023-03-31T10:00:00Z,\r\n";
        let mut bytes = if is_utf16 {
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        } else {
            text.as_bytes().to_vec()
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        survives(Kind::CaseFiles, &bytes);
    }

    #[test]
    fn a_workbook_with_changed_bytes_is_survived(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = super::workbooks::workbook();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(Kind::CaseFiles, &bytes);
    }
}
