//! `thuocdo import`: a file in, every problem named, a receipt out.

use std::{
    fs::File,
    io::{IsTerminal, stderr},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use store::Store;
use thuocdo::text::number;

use crate::{
    config::{DATABASE, Settings},
    import::{Kind, Line, Mapping, Reader, Severity},
    intake::{self, News, Outcome},
};

/// Problems printed on a screen; all of them stand in `--json` and, for rows set aside, in their file.
const PRINTED: usize = 40;

/// What `thuocdo import` was asked.
pub struct Asked {
    /// What the rows are.
    pub kind: Kind,
    /// The file.
    pub file: PathBuf,
    /// A stored name or a TOML file.
    pub mapping: Option<String>,
    /// Where rows that were set aside go.
    pub set_aside: Option<PathBuf>,
    /// Whether a single bad row refuses the file.
    pub all_or_nothing: bool,
    /// Whether a script reads along.
    pub is_json: bool,
}

/// Imports, and says what came of it: true when every row went in.
///
/// # Errors
/// When the file or the mapping cannot be taken, or the database fails; nothing is stored then.
pub async fn run(settings: &Settings, asked: Asked) -> anyhow::Result<bool> {
    // The file is looked at before the database is made or touched.
    if !asked.file.exists() {
        bail!("không có tệp {0} / there is no file {0}", asked.file.display());
    }
    let store = settings.open(DATABASE).await?;
    let mapping = match &asked.mapping {
        Some(name) => Some(mapping(&store, name).await?),
        None => None,
    };
    let today = settings.today();
    let reader = Reader::open(&asked.file, asked.kind, mapping.as_ref(), today)?;
    let source_name =
        asked.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut screen = Screen::new(&asked, &source_name, reader.header());
    let outcome =
        intake::take_in(&store, reader, asked.kind, &source_name, today, asked.all_or_nothing, |news| {
            screen.show(news);
        })
        .await;
    let is_invented = store.is_invented().await?;
    store.close().await;
    screen.close()?;
    let outcome = outcome?;
    screen.receipt(&outcome, is_invented);
    Ok(outcome.set_aside == 0)
}

/// A mapping by its file or its stored name.
async fn mapping(store: &Store, name: &str) -> anyhow::Result<Mapping> {
    let path = Path::new(name);
    let text = if path.exists() {
        std::fs::read_to_string(path)
            .with_context(|| format!("không đọc được {name} / cannot read {name}"))?
    } else if let Some(text) = store.mapping(name).await? {
        text
    } else {
        let known = store.mapping_names().await?.join(", ");
        bail!(
            "không có ánh xạ «{name}»: viết đường dẫn tệp TOML hoặc một trong: {known} / \
             there is no mapping “{name}”: give the path of a TOML file or one of: {known}"
        );
    };
    Ok(Mapping::parse(&text)?)
}

/// Where news of an import goes: lines of JSON, or a screen with a bar; and the file of rows set aside.
struct Screen {
    is_json: bool,
    printed: usize,
    bar: ProgressBar,
    header: Vec<String>,
    set_aside: PathBuf,
    file: Option<csv::Writer<File>>,
    failed: Option<anyhow::Error>,
}

impl Screen {
    fn new(asked: &Asked, source_name: &str, header: &[String]) -> Self {
        let bar = if asked.is_json || !stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let style = ProgressStyle::with_template("{spinner} {pos} dòng, {per_sec}").ok();
            ProgressBar::new_spinner().with_style(style.unwrap_or_else(ProgressStyle::default_spinner))
        };
        let default = || PathBuf::from(format!("{source_name}.set-aside.csv"));
        Self {
            is_json: asked.is_json,
            printed: 0,
            bar,
            header: header.to_vec(),
            set_aside: asked.set_aside.clone().unwrap_or_else(default),
            file: None,
            failed: None,
        }
    }

    fn show(&mut self, news: News<'_>) {
        match news {
            News::Rows(rows) => {
                self.bar.set_position(u64::try_from(rows).unwrap_or(0));
                if self.is_json {
                    println!("{}", json!({ "rows_in": rows }));
                }
            }
            News::Problem(problem) => {
                let is_hard = problem.severity() == Severity::Hard;
                self.say(
                    problem.line,
                    problem.column.as_deref(),
                    &problem.value,
                    is_hard,
                    problem.vi(),
                    problem.en(),
                );
            }
            News::Remark(remarked) => {
                let text = remarked.remark.to_string();
                let (vi, en) = text.split_once(" / ").unwrap_or((&text, &text));
                let (line, remark) = (remarked.line, &remarked.remark);
                let vi = format!("Dòng {line}: {vi}");
                let en = format!("Line {line}: {en}");
                self.say(line, Some(remark.column()), remark.value(), remarked.is_set_aside, vi, en);
                if remarked.is_set_aside {
                    let cells = vec![remark.value().to_owned()];
                    self.keep(&Line { line, row: None, problems: Vec::new(), cells }, &text);
                }
            }
            News::SetAside(line) => {
                let why: Vec<String> = line.problems.iter().map(ToString::to_string).collect();
                self.keep(line, &why.join("; "));
            }
        }
    }

    fn say(&mut self, line: u64, column: Option<&str>, value: &str, is_hard: bool, vi: String, en: String) {
        if self.is_json {
            let severity = if is_hard { "hard" } else { "warning" };
            println!(
                "{}",
                json!({ "line": line, "column": column, "value": value, "severity": severity, "vi": vi, "en": en })
            );
            return;
        }
        self.printed += 1;
        if self.printed <= PRINTED {
            let mark = if is_hard { "✗" } else { "!" };
            self.bar.suspend(|| eprintln!("{mark} {vi} / {en}"));
        }
    }

    /// Writes a row that was set aside, with its line and why, so that it can be corrected and imported again.
    fn keep(&mut self, line: &Line, why: &str) {
        if self.failed.is_some() {
            return;
        }
        if let Err(error) = self.try_to_keep(line, why) {
            let path = self.set_aside.display();
            self.failed = Some(error.context(format!(
                "không ghi được các dòng để riêng vào {path}: chọn nơi khác bằng --set-aside / \
                 rows set aside cannot be written to {path}: choose another place with --set-aside"
            )));
        }
    }

    fn try_to_keep(&mut self, line: &Line, why: &str) -> anyhow::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                let mut file = csv::WriterBuilder::new().flexible(true).from_path(&self.set_aside)?;
                file.write_record(self.header.iter().map(String::as_str).chain(["line", "problem"]))?;
                self.file.insert(file)
            }
        };
        let missing = self.header.len().saturating_sub(line.cells.len());
        let cells = line.cells.iter().map(String::as_str).chain(std::iter::repeat_n("", missing));
        file.write_record(cells.chain([line.line.to_string().as_str(), why]))?;
        Ok(())
    }

    fn close(&mut self) -> anyhow::Result<()> {
        self.bar.finish_and_clear();
        if let Some(file) = &mut self.file {
            file.flush()?;
        }
        if self.printed > PRINTED {
            let more = self.printed - PRINTED;
            eprintln!("… và {more} điều nữa; xem hết bằng --json / and {more} more; see all with --json");
        }
        self.failed.take().map_or(Ok(()), Err)
    }

    fn receipt(&self, outcome: &Outcome, is_invented: bool) {
        let receipt = &outcome.receipt;
        let set_aside_file = (outcome.set_aside > 0).then(|| self.set_aside.display().to_string());
        if self.is_json {
            println!(
                "{}",
                json!({
                    "batch": receipt.batch_id, "in": receipt.rows_in, "added": receipt.added,
                    "changed": receipt.changed, "unchanged": receipt.unchanged, "set_aside": outcome.set_aside,
                    "set_aside_file": set_aside_file, "warnings": outcome.warnings,
                    "dropped_columns": outcome.dropped,
                })
            );
            return;
        }
        println!(
            "{} dòng đã vào: {} mới, {} thay đổi, {} như cũ; {} để riêng; {} cảnh báo. / \
             rows in: {}, set aside: {}",
            number(receipt.rows_in),
            number(receipt.added),
            number(receipt.changed),
            number(receipt.unchanged),
            number(outcome.set_aside),
            number(outcome.warnings),
            receipt.rows_in,
            outcome.set_aside,
        );
        if !outcome.dropped.is_empty() {
            println!("Cột không lấy / columns not taken: {}", outcome.dropped.join(", "));
        }
        if let Some(file) = set_aside_file {
            println!("Dòng để riêng, sửa rồi nhập lại / rows set aside, correct and import again: {file}");
        }
        if is_invented {
            println!(
                "Lưu ý: cơ sở dữ liệu này có số liệu mô phỏng. / Note: this database holds invented data."
            );
        }
    }
}
