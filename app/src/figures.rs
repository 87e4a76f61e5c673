//! The charts of a page as they travel: drawn on the server, beside their words and their numbers.
//!
//! Markup takes more code than all else the browser needs, so it has none of it. A document brings its drawings as
//! markup; [`BesideDocument`] therefore leaves them out of the data that the document carries for the browser's start. A
//! page asked for later carries them in its answer.

use std::cell::Cell;

use codee::{Decoder, Encoder, binary::PostcardCodec};
use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned};
use thuocdo::charts::{About, table::Table};

use crate::links::ChartName;

/// The widths a chart is drawn in, the widest first: style/components/chart.css shows the one that fits, so that letters
/// never shrink.
pub const WIDTHS: [(&str, u16); 3] = [("wide", 1_160), ("medium", 700), ("narrow", 340)];

/// The charts of a page, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures(Vec<(ChartName, Figure)>);

/// A chart ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is measured, for which period and which agencies.
    pub subtitle: String,
    /// Source, as-of date, definition.
    pub source: String,
    /// The numbers; empty for a small trend, which stands beside its figure.
    pub table: Table,
    /// One for each of [`WIDTHS`]; a small trend has one.
    pub drawings: Vec<Markup>,
    /// What can be found in the drawings, by item; nothing in a small trend.
    pub marks: Vec<Mark>,
    /// How many marks stand in a row: the columns of a heat map, else one.
    pub across: usize,
    /// The files it can be had as.
    pub downloads: Markup,
}

/// One point, row or cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What is said of it.
    pub said: String,
    /// What it is about, and so what it opens.
    pub about: About,
}

/// What the server wrote: a drawing as SVG, links as HTML. In the browser it is empty for as long as the document's own is
/// shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Markup(pub String);

impl Figures {
    /// Takes out the figure of a name.
    pub fn take(&mut self, name: ChartName) -> Option<Figure> {
        let place = self.0.iter().position(|(known, _)| *known == name)?;
        Some(self.0.swap_remove(place).1)
    }
}

#[cfg(feature = "ssr")]
mod drawn {
    use thuocdo::{
        address::Address,
        charts::{Chart, Kind, Size, svg, table::Table, with_regions},
    };

    use super::{Figure, Figures, Mark, Markup, WIDTHS};
    use crate::{links::ChartName, written::downloads};

    impl Figures {
        /// Draws the charts of a view, but for those that are held back from the reader.
        #[must_use]
        pub fn of<'a>(charts: impl IntoIterator<Item = (ChartName, &'a Chart)>, address: &Address) -> Self {
            let figure = |(name, chart): (ChartName, &'a Chart)| {
                let downloads = Markup(downloads::menu(name, &chart.title, address));
                (name, Figure { downloads, ..Figure::of(chart) })
            };
            let told = charts.into_iter().filter(|(_, chart)| !chart.is_held_back());
            Self(told.map(figure).collect())
        }
    }

    impl Figure {
        fn of(chart: &Chart) -> Self {
            let words = Self {
                title: chart.title.clone(),
                subtitle: chart.subtitle.clone(),
                source: chart.source.clone(),
                table: Table::default(),
                drawings: Vec::new(),
                marks: Vec::new(),
                across: 1,
                downloads: Markup(String::new()),
            };
            if let Kind::Spark(_) = chart.kind {
                return Self { drawings: vec![Markup(svg(chart, Size::SPARK))], ..words };
            }
            let [widest, others @ ..] = WIDTHS.map(|(_, width)| with_regions(chart, chart.fit(width)));
            let (drawing, placed) = widest;
            let mut marks = vec![Mark::default(); placed.hits.len()];
            for hit in placed.hits {
                if let Some(mark) = marks.get_mut(hit.item) {
                    let about = chart.about.get(hit.item).cloned().unwrap_or_default();
                    *mark = Mark { said: hit.spoken, about };
                }
            }
            let drawings = std::iter::once(drawing).chain(others.into_iter().map(|(drawing, _)| drawing));
            Self {
                table: Table::of(chart),
                drawings: drawings.map(Markup).collect(),
                marks,
                across: placed.across,
                ..words
            }
        }
    }
}

thread_local! {
    /// Whether what is written now goes into a document that shows the drawings.
    static IS_BESIDE_DOCUMENT: Cell<bool> = const { Cell::new(false) };
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if IS_BESIDE_DOCUMENT.get() { "" } else { &self.0 })
    }
}

/// How a page's data go into its document: postcard, without the drawings.
///
/// Postcard rather than JSON: no names of fields to tell apart, so the browser needs a fraction of the code to read it.
pub struct BesideDocument;

impl<T: Serialize> Encoder<T> for BesideDocument {
    type Error = <PostcardCodec as Encoder<T>>::Error;
    type Encoded = Vec<u8>;

    fn encode(value: &T) -> Result<Vec<u8>, Self::Error> {
        IS_BESIDE_DOCUMENT.set(true);
        let written = PostcardCodec::encode(value);
        IS_BESIDE_DOCUMENT.set(false);
        written
    }
}

impl<T: DeserializeOwned> Decoder<T> for BesideDocument {
    type Error = <PostcardCodec as Decoder<T>>::Error;
    type Encoded = [u8];

    fn decode(written: &[u8]) -> Result<T, Self::Error> {
        PostcardCodec::decode(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_carries_its_drawings_once_and_an_answer_carries_them() {
        let drawing = Markup("<svg/>".to_owned());
        let read = |written: &[u8]| -> Markup { BesideDocument::decode(written).expect("a drawing") };
        let beside = BesideDocument::encode(&drawing).expect("bytes");
        let answer = PostcardCodec::encode(&drawing).expect("bytes");
        assert_eq!((read(&beside).0.as_str(), read(&answer).0.as_str()), ("", "<svg/>"));
    }
}
