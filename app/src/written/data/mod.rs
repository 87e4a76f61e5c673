//! The page on data: handing a file in, the file shown, what came in, how fresh the sources are.

mod batches;
mod hand_in;
mod mapping;
mod outcome;
mod preview;
mod progress;
mod sources;

use chrono::NaiveDate;
use intake::Kind;
use leptos::prelude::*;
use store::{Batch, UndoError};
use thuocdo::{
    address::Address,
    lang::Lang,
    rhythm::Rhythm,
    upload::{Look, Reading, Said, Stage, Upload},
};

pub use self::progress::progress;
use super::sentence;
use crate::links;

/// What the page shows of everything.
pub struct Desktop {
    /// Whether the reader may bring data in and take it back.
    pub may_import: bool,
    /// Whether the reader may keep mappings, which are one for the whole city.
    pub may_map: bool,
    /// Files at the desk, the newest first.
    pub uploads: Vec<Upload>,
    /// The batch whose undoing is asked about, or why it cannot be undone.
    pub undo: Option<(i64, Result<Batch, UndoError>)>,
    /// The latest batches, the newest first.
    pub batches: Vec<Batch>,
    /// Every kind of data.
    pub sources: Vec<Source>,
    /// Every stored mapping.
    pub mappings: Vec<Reading>,
    /// Whether the data were made up.
    pub is_invented: bool,
}

/// The file shown.
pub struct Shown {
    /// What is known of it.
    pub upload: Upload,
    /// What it looks like, before it is imported.
    pub look: Option<(Reading, Look)>,
    /// Whether everything said can be downloaded.
    pub has_notes: bool,
    /// Whether there are rows that were set aside.
    pub has_set_aside: bool,
}

/// A kind of data as a source.
pub struct Source {
    /// Which.
    pub kind: Kind,
    /// The day it last came in.
    pub last: Option<NaiveDate>,
    /// How often it does.
    pub rhythm: Option<Rhythm>,
    /// The last day it says something of.
    pub until: Option<NaiveDate>,
}

/// What the page begins with: what it is about, in one sentence.
#[must_use]
pub fn head(desktop: &Desktop, shown: Option<&Shown>, address: &Address) -> String {
    let lang = address.lang;
    let (title, lead) = match shown {
        Some(shown) => (shown.upload.name.clone(), stage_words(&shown.upload.stage, lang).to_owned()),
        None => (lang.of("Dữ liệu", "Data").to_owned(), headline(&desktop.sources, lang)),
    };
    let back = shown.map(|_| {
        let all = links::page(links::DATA, &address.bare());
        view! {
            <p>
                <a href=all>{lang.of("Tất cả dữ liệu", "All data")}</a>
            </p>
        }
    });
    view! {
        <div class="lead">
            <h1>{title}</h1>
            <p>{lead}</p>
            {back}
        </div>
    }
    .to_html()
}

/// The rest of it: the file shown, or everything there is.
#[must_use]
pub fn rest(desktop: &Desktop, shown: Option<&Shown>, address: &Address) -> String {
    if let Some(shown) = shown {
        return file(shown, desktop, address).to_html();
    }
    view! {
        {desktop.may_import.then(|| hand_in::form(desktop, address.lang))}
        {desktop.undo.as_ref().map(|(batch_id, undo)| batches::question(*batch_id, undo, address))}
        {desktop.may_import.then(|| hand_in::uploads(&desktop.uploads, address))}
        {sources::table(&desktop.sources, address)}
        {(desktop.may_import || !desktop.batches.is_empty()).then(|| batches::table(desktop, address))}
    }
    .to_html()
}

/// The file shown: what it looks like, or what came of it.
fn file(shown: &Shown, desktop: &Desktop, address: &Address) -> AnyView {
    match &shown.upload.stage {
        Stage::Waiting => preview::preview(shown, desktop, address),
        Stage::Queued | Stage::Running(_) => outcome::stop(&shown.upload, address.lang),
        Stage::Done(done) => outcome::receipt(shown, done, address),
        Stage::Failed(why) => {
            let failed = outcome::failed(shown, why, address);
            view! {
                {failed}
                {preview::preview(shown, desktop, address)}
            }
            .into_any()
        }
    }
}

fn stage_words(stage: &Stage, lang: Lang) -> &'static str {
    match stage {
        Stage::Waiting => {
            lang.of("Chưa nhập: xem thử rồi bấm Nhập.", "Not imported yet: look at it, then press Import.")
        }
        Stage::Queued => lang.of("Đang chờ đến lượt nhập.", "Waiting for its turn."),
        Stage::Running(_) => lang.of(
            "Đang nhập. Đóng trang này cũng không sao: việc nhập vẫn tiếp tục.",
            "Being imported. This page may be closed: the import goes on.",
        ),
        Stage::Done(_) => lang.of("Đã nhập xong.", "It is in."),
        Stage::Failed(_) => lang.of(
            "Chưa nhập được, không có dòng nào đã vào.",
            "It could not be imported; nothing of it is in.",
        ),
    }
}

/// One sentence on all sources: until when the figures know something, and who has fallen silent.
fn headline(sources: &[Source], lang: Lang) -> String {
    let until =
        |kind: Kind| sources.iter().find(|source| source.kind == kind).and_then(|source| source.until);
    let known: Vec<String> = [Kind::CaseFiles, Kind::Petitions, Kind::Dialogues]
        .into_iter()
        .filter_map(|kind| {
            let name = kind.label(lang).to_lowercase();
            let day = lang.date(until(kind)?);
            Some(lang.of(format!("{name} đến {day}"), format!("{name} until {day}")))
        })
        .collect();
    let silent: Vec<&str> = sources
        .iter()
        .filter(|source| source.rhythm.is_some_and(Rhythm::is_silent))
        .map(|source| source.kind.label(lang))
        .collect();
    let known = if known.is_empty() {
        lang.of(
            "Chưa có số liệu nào: nộp tệp đầu tiên ở dưới.",
            "There are no data yet: hand in the first file below.",
        )
        .to_owned()
    } else {
        format!("{} {}.", lang.of("Số liệu có:", "The data know"), known.join(", "))
    };
    if silent.is_empty() {
        return known;
    }
    let names = silent.join(", ");
    lang.of(
        format!("{known} Im lặng lâu hơn thường lệ: {names}."),
        format!("{known} Silent longer than usual: {names}."),
    )
}

/// The reading that a word in an address or a form says: `petitions`, `petitions:boston-311`.
#[must_use]
pub fn reading(word: &str) -> Reading {
    let (kind, mapping) = match word.split_once(':') {
        Some((kind, mapping)) => (kind, Some(mapping.to_owned())),
        None => (word, None),
    };
    Reading { kind: kind.to_owned(), mapping, all_or_nothing: false }
}

/// Its word.
fn word(reading: &Reading) -> String {
    match &reading.mapping {
        Some(mapping) => format!("{}:{mapping}", reading.kind),
        None => reading.kind.clone(),
    }
}

fn kind_label(kind: &str, lang: Lang) -> String {
    kind.parse::<Kind>().map_or_else(|_| kind.to_owned(), |kind| kind.label(lang).to_owned())
}

/// What was said, as a sentence of its own.
fn in_language(said: &Said, lang: Lang) -> String {
    sentence(lang.of(&said.vi, &said.en))
}

/// A size as people say it.
fn size(bytes: u64, lang: Lang) -> String {
    let whole = |n: u64| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
    match bytes {
        0..1_000 => format!("{} B", whole(bytes)),
        1_000..1_000_000 => format!("{} kB", whole(bytes.div_ceil(1_000))),
        1_000_000..1_000_000_000 => format!("{} MB", whole(bytes.div_ceil(1_000_000))),
        _ => {
            let hundredths = i64::try_from(bytes / 10_000_000).unwrap_or(i64::MAX);
            format!("{} GB", lang.hundredths(hundredths))
        }
    }
}

/// A time as people say it.
fn duration(seconds: u64, lang: Lang) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (minutes, lang) {
        (0, Lang::Vi) => format!("{rest} giây"),
        (0, Lang::En) => format!("{rest} s"),
        (1.., Lang::Vi) => format!("{minutes} phút {rest} giây"),
        (1.., Lang::En) => format!("{minutes} min {rest} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_said_as_people_do() {
        let vi = |bytes| size(bytes, Lang::Vi);
        assert_eq!(
            [vi(999), vi(1_001), vi(2_000_000), vi(2_150_000_000)],
            ["999 B", "2 kB", "2 MB", "2,15 GB"]
        );
        assert_eq!([duration(59, Lang::Vi), duration(61, Lang::En)], ["59 giây", "1 min 1 s"]);
    }

    #[test]
    fn a_reading_is_said_in_one_word_and_understood_again() {
        for text in ["petitions", "case-files:boston-311", "x:y:z"] {
            assert_eq!(word(&reading(text)), text);
        }
    }
}
