/*!
The words of a finding with what stands round them.
*/

use std::ops::Range;

use super::escape::escape;
use crate::finding::{Finding, Note, Piece};

/// The finding's pieces, each in its surroundings; places of notes that these show are underlined.
pub fn quote(finding: &Finding) -> String {
    let pieces = finding.at.pieces.iter().map(|piece| marked(piece, "mark", &finding.notes));
    format!("<q>{}</q>", pieces.collect::<Vec<_>>().join("<i>⋯</i>"))
}

/// The words of a note, where the finding's own quotation does not show them.
pub fn other(finding: &Finding, note: &Note) -> String {
    let shown = |piece: &Piece| finding.at.pieces.iter().any(|main| within(main, piece).is_some());
    if note.at.pieces.iter().all(shown) {
        return String::new();
    }
    let pieces = note.at.pieces.iter().map(|piece| marked(piece, "u", &[]));
    format!("<q>{}</q>", pieces.collect::<Vec<_>>().join("<i>⋯</i>"))
}

/// `井陉县<mark>人民法院</mark>党组书记、<u>检察长</u>`
fn marked(piece: &Piece, tag: &'static str, notes: &[Note]) -> String {
    let window = format!("{}{}{}", piece.before, piece.text, piece.after);
    let own = piece.before.len()..piece.before.len() + piece.text.len();
    let pieces = notes.iter().flat_map(|note| &note.at.pieces);
    let mut marks: Vec<(Range<usize>, &str)> = pieces.filter_map(|it| Some((within(piece, it)?, "u"))).collect();
    marks.retain(|(range, _)| !range.is_empty() && (range.end <= own.start || own.end <= range.start));
    marks.push((own, tag));
    marks.sort_by_key(|(range, _)| range.start);
    let (mut text, mut done) = (String::new(), 0);
    for (range, tag) in marks {
        if range.start < done {
            continue;
        }
        let words = window.get(range.clone()).unwrap_or_default();
        let words = if words.is_empty() { "‸".to_string() } else { escape(words) };
        text.push_str(&escape(window.get(done..range.start).unwrap_or_default()));
        text.push_str(&format!("<{tag}>{words}</{tag}>"));
        done = range.end;
    }
    text + &escape(window.get(done..).unwrap_or_default())
}

/// Where a piece stands in another's excerpt, in bytes.
fn within(main: &Piece, piece: &Piece) -> Option<Range<usize>> {
    let start = main.span.start as usize - main.before.len();
    let end = main.span.end as usize + main.after.len();
    let (from, to) = (piece.span.start as usize, piece.span.end as usize);
    (main.span.file == piece.span.file && start <= from && to <= end).then(|| from - start..to - start)
}
