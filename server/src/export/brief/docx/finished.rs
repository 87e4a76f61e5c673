//! What the library of Word's format has no words for, put into the document that it has written.

use quick_xml::escape::escape;
use thuocdo::brief::Picture;

/// Puts in heads that come again on each page (rows that are not split are heads here), the headers of parts,
/// and what pictures show for those who do not see them.
pub(super) fn finished(text: &str, pictures: &[Picture]) -> String {
    let text = text.replace("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />");
    // The paragraph that ends a part takes no room, or a full page would be followed by an empty one.
    let thin =
        "<w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\" /><w:sectPr>";
    let text = with_headers(&text.replace("<w:pPr><w:sectPr>", thin));
    let mut parts = text.split("<wp:docPr id=\"1\" name=\"Figure\" />");
    let mut finished = parts.next().unwrap_or_default().to_owned();
    for ((number, part), picture) in (1..).zip(parts).zip(pictures) {
        let words = escape(&picture.description);
        finished.push_str(&format!(
            "<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{words}\" />{part}"
        ));
    }
    finished
}

/// Gives every part the headers and footers of the last, which is the only one that the library writes more than one of, and
/// puts what it says of a part in the order of the schema (ECMA-376, 17.6.17).
fn with_headers(text: &str) -> String {
    const BEGIN: &str = "<w:sectPr>";
    const END: &str = "</w:sectPr>";
    const ORDER: [&str; 5] = ["<w:pgSz", "<w:pgMar", "<w:pgNumType", "<w:cols", "<w:titlePg"];
    let is_reference = |said: &&str| said.starts_with("<w:header") || said.starts_with("<w:footer");
    let last = text.rsplit(BEGIN).next().and_then(|last| last.split(END).next()).unwrap_or_default();
    let headers: String = last.split_inclusive("/>").filter(is_reference).collect();
    let mut parts = text.split(BEGIN);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (said, rest) = part.split_once(END).unwrap_or(("", part));
        let mut said: Vec<&str> = said.split_inclusive("/>").filter(|said| !is_reference(said)).collect();
        said.sort_by_key(|said| ORDER.iter().position(|name| said.starts_with(name)).unwrap_or(ORDER.len()));
        whole.extend([BEGIN, &headers, &said.concat(), END, rest]);
    }
    whole
}
