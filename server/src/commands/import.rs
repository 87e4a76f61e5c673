//! `thuocdo import`: a file in, every problem named, a receipt out.

use std::{
    fmt::Display,
    io::{ErrorKind, IsTerminal, Write as _, stderr, stdout},
    path::{Path, PathBuf},
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use store::{Import, Store};
use thuocdo::{audit::Action, text::number};

use intake::{IntakeError, Kind, Mapping, News, Outcome, Reader, SetAside, Severity, halves};

use crate::{
    config::{DATABASE, Settings},
    stopped,
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
/// When the file or the mapping cannot be taken, the rows set aside cannot be kept, or the database fails; nothing is
/// stored then. A script reads why in the last line.
pub async fn run(settings: &Settings, asked: Asked) -> anyhow::Result<bool> {
    let is_json = asked.is_json;
    let result = import(settings, asked).await;
    if let (true, Err(error)) = (is_json, &result) {
        let message = format!("{error:#}");
        let (vi, en) = halves(&message);
        Out::default().line(json!({ "error": { "vi": vi, "en": en } }));
    }
    result
}

async fn import(settings: &Settings, asked: Asked) -> anyhow::Result<bool> {
    // The files are looked at before the database is made or touched.
    if !asked.file.exists() {
        bail!("không có tệp {0} / there is no file {0}", asked.file.display());
    }
    let source_name =
        asked.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let place = asked.set_aside.unwrap_or_else(|| PathBuf::from(format!("{source_name}.set-aside.csv")));
    let set_aside = SetAside::at(place, &asked.file)?;
    let store = settings.open(DATABASE).await?;
    let mapping = match &asked.mapping {
        Some(name) => Some(mapping(&store, name).await?),
        None => None,
    };
    let today = settings.today();
    let reader = Reader::open(&asked.file, asked.kind, mapping.as_ref(), today)?;
    let mut screen = Screen::new(asked.is_json, set_aside.under(reader.header()));
    let mut import = store.import(asked.kind.as_str(), &source_name, today).await?;
    import.on_behalf_of(super::COMMAND_LINE, None).await?;
    let taken = until_stopped(import, reader, asked.all_or_nothing, &mut screen).await;
    // Only a note: an import that is in is told as such even when this cannot be read.
    let is_invented = store.is_invented().await.unwrap_or(false);
    if let Ok(outcome) = &taken {
        let detail = format!("{} · {}", asked.kind, source_name);
        super::note(&store, Action::Imported, &outcome.receipt.batch_id.to_string(), &detail).await?;
    }
    store.close().await;
    let outcome = screen.close(taken, is_invented)?;
    Ok(outcome.set_aside == 0)
}

/// Takes a file in, unless somebody says stop before everything is in: then nothing of it is left behind.
async fn until_stopped(
    import: Import,
    reader: Reader,
    all_or_nothing: bool,
    screen: &mut Screen,
) -> Result<Outcome, IntakeError> {
    let is_complete = AtomicBool::new(false);
    let mut taking = pin!(intake::take_in(import, reader, all_or_nothing, |news| {
        is_complete.store(matches!(news, News::Complete), Ordering::Relaxed);
        screen.show(news)
    }));
    tokio::select! {
        biased;
        taken = &mut taking => taken,
        () = stopped::stopped() => {
            // What is being committed cannot be called back, and has to be told of.
            if is_complete.load(Ordering::Relaxed) { taking.await } else { Err(IntakeError::Cancelled) }
        }
    }
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
    out: Out,
    set_aside: SetAside,
}

impl Screen {
    fn new(is_json: bool, set_aside: SetAside) -> Self {
        let bar = if is_json || !stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let style = ProgressStyle::with_template("{spinner} {pos} dòng, {per_sec}").ok();
            ProgressBar::new_spinner().with_style(style.unwrap_or_else(ProgressStyle::default_spinner))
        };
        Self { is_json, printed: 0, bar, out: Out::default(), set_aside }
    }

    fn show(&mut self, news: News<'_>) -> Result<(), IntakeError> {
        match news {
            News::Rows { rows, .. } => {
                self.bar.set_position(u64::try_from(rows).unwrap_or(0));
                if self.is_json {
                    self.out.line(json!({ "rows_in": rows }));
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
                let (vi, en) = halves(&text);
                let (line, remark) = (remarked.line, &remarked.remark);
                let vi = format!("Dòng {line}: {vi}");
                let en = format!("Line {line}: {en}");
                self.say(line, Some(remark.column()), remark.value(), remarked.is_set_aside, vi, en);
            }
            News::SetAside { line, cells, why } => self.set_aside.put(line, cells, why)?,
            News::Complete => self.set_aside.complete()?,
        }
        Ok(())
    }

    fn say(&mut self, line: u64, column: Option<&str>, value: &str, is_hard: bool, vi: String, en: String) {
        if self.is_json {
            let severity = if is_hard { "hard" } else { "warning" };
            self.out.line(
                json!({ "line": line, "column": column, "value": value, "severity": severity, "vi": vi, "en": en }),
            );
            return;
        }
        self.printed += 1;
        if self.printed <= PRINTED {
            let mark = if is_hard { "✗" } else { "!" };
            self.bar.suspend(|| complain(format_args!("{mark} {vi} / {en}")));
        }
    }

    /// Says what is left to say, and puts the file of rows set aside in its place if the import is in.
    fn close(self, taken: Result<Outcome, IntakeError>, is_invented: bool) -> Result<Outcome, IntakeError> {
        self.bar.finish_and_clear();
        if self.printed > PRINTED {
            let more = self.printed - PRINTED;
            complain(format_args!(
                "… và {more} điều nữa; xem hết bằng --json / and {more} more; see all with --json"
            ));
        }
        let outcome = taken?;
        let file = self.set_aside.keep().map(|file| file.display().to_string());
        receipt(self.out, self.is_json, &outcome, file, is_invented);
        Ok(outcome)
    }
}

fn receipt(
    mut out: Out,
    is_json: bool,
    outcome: &Outcome,
    set_aside_file: Option<String>,
    is_invented: bool,
) {
    let receipt = &outcome.receipt;
    if is_json {
        out.line(json!({
            "batch": receipt.batch_id, "in": receipt.rows_in, "added": receipt.added,
            "changed": receipt.changed, "unchanged": receipt.unchanged, "set_aside": outcome.set_aside,
            "set_aside_file": set_aside_file, "warnings": outcome.warnings,
            "dropped_columns": outcome.dropped,
        }));
        return;
    }
    out.line(format_args!(
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
    ));
    if !outcome.dropped.is_empty() {
        out.line(format_args!("Cột không lấy / columns not taken: {}", outcome.dropped.join(", ")));
    }
    if let Some(file) = set_aside_file {
        out.line(format_args!(
            "Dòng để riêng, sửa rồi nhập lại / rows set aside, correct and import again: {file}"
        ));
    }
    if is_invented {
        out.line(format_args!(
            "Lưu ý: cơ sở dữ liệu này có số liệu mô phỏng. / Note: this database holds invented data."
        ));
    }
}
/// Standard output for as long as somebody reads it: `… --json | head -1` ends the lines, not the import.
#[derive(Default)]
struct Out {
    is_shut: bool,
}

impl Out {
    fn line(&mut self, line: impl Display) {
        if self.is_shut {
            return;
        }
        if let Err(error) = writeln!(stdout().lock(), "{line}") {
            self.is_shut = true;
            if error.kind() != ErrorKind::BrokenPipe {
                complain(format_args!("không in tiếp được / nothing more can be printed: {error}"));
            }
        }
    }
}

/// Says something beside the output; when nobody listens, that is no reason to stop.
fn complain(what: impl Display) {
    let _ = writeln!(stderr().lock(), "{what}");
}
