/*!
One place of a finding at a time, for formats whose readers show a finding on its own line of a change.

A folded finding is taken apart into its places, and each place gets the edits that mend it. A report has no text, so an
edit is given lines and columns from the excerpts; an edit that lies in none of them cannot be pointed at, and then the
place has no edits at all, because half a fix is worse than none.
*/

use super::Report;
use crate::finding::{Edit, Finding, Piece, Place};
use crate::text::{Form, SourceSpan};

/// One place of a finding.
#[derive(Clone, Debug)]
pub struct Spot<'r> {
    /// The index of the manuscript's first file, for [`Report::path`].
    pub first: usize,
    pub finding: &'r Finding,
    pub place: &'r Place,
    /// What mends this place; none when there is nothing or it cannot be pointed at.
    pub edits: Vec<Change<'r>>,
    /// The same for the same words in the same surroundings wherever they stand, and unique in the report.
    pub fingerprint: String,
}

/// An edit with its place in lines and columns.
#[derive(Clone, Copy, Debug)]
pub struct Change<'r> {
    pub edit: &'r Edit,
    pub start: Point,
    pub end: Point,
}

/// A place between two characters. All numbers are 1-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub line: u32,
    /// In Unicode scalar values.
    pub column: u32,
    /// In bytes of UTF-8.
    pub byte: u32,
}

/// All places of the report in order.
pub fn spots(report: &Report) -> Vec<Spot<'_>> {
    let mut prints = Fingerprints::default();
    let mut spots = Vec::new();
    for (first, finding) in report.findings() {
        let places: Vec<&Place> = std::iter::once(&finding.at).chain(&finding.folded).collect();
        let mut edits = shared_out(finding, &places);
        if !in_lines(report, first, finding) {
            edits.iter_mut().for_each(Vec::clear);
        }
        for (place, edits) in places.into_iter().zip(edits) {
            let fingerprint = prints.next(report.path(first, place.first().span.file), finding, place);
            spots.push(Spot { first, finding, place, edits, fingerprint });
        }
    }
    spots
}

/// Whether the lines of the report are lines of the file; those of an extracted text are not, and no edit fits them.
fn in_lines(report: &Report, first: usize, finding: &Finding) -> bool {
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    let file = |file: u16| report.files.get(first + file as usize);
    edits.map(|edit| edit.span.file).all(|index| file(index).is_some_and(|file| is_decoded(file.form)))
}

fn is_decoded(form: Form) -> bool {
    matches!(form, Form::Text | Form::Markdown)
}

/// The edits of each place; those that lie in no place go to the nearest before them.
fn shared_out<'r>(finding: &'r Finding, places: &[&'r Place]) -> Vec<Vec<Change<'r>>> {
    let mut lots: Vec<Option<Vec<Change>>> = vec![Some(Vec::new()); places.len()];
    for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
        let inside = places.iter().position(|place| place.pieces.iter().any(|piece| holds(piece, edit)));
        let before = || places.iter().rposition(|place| place.first().span <= edit.span);
        let lot = &mut lots[inside.or_else(before).unwrap_or(0)];
        match (located(finding, edit), &mut *lot) {
            (Some(change), Some(changes)) => changes.push(change),
            _ => *lot = None,
        }
    }
    lots.into_iter().map(Option::unwrap_or_default).collect()
}

fn holds(piece: &Piece, edit: &Edit) -> bool {
    let (span, edit) = (piece.span, edit.span);
    span.file == edit.file && span.start <= edit.start && edit.end <= span.end
}

fn located<'r>(finding: &'r Finding, edit: &'r Edit) -> Option<Change<'r>> {
    let places = [&finding.at].into_iter().chain(&finding.folded).chain(finding.notes.iter().map(|note| &note.at));
    let pieces: Vec<&Piece> = places.flat_map(|place| &place.pieces).collect();
    let point = |offset| {
        let at = SourceSpan { start: offset, end: offset, ..edit.span };
        pieces.iter().filter(|piece| piece.span.file == at.file).find_map(|piece| piece.point(offset))
    };
    Some(Change { edit, start: point(edit.span.start)?, end: point(edit.span.end)? })
}

impl Piece {
    /// Where it begins.
    pub fn start(&self) -> Point {
        Point { line: self.line, column: self.column, byte: self.span.start - self.line_start + 1 }
    }

    /// Where it ends, exclusive.
    pub fn end(&self) -> Point {
        Point { line: self.end_line, column: self.end_column, byte: self.span.end - self.end_line_start + 1 }
    }

    /// The place of a byte of the source's text, when the excerpt shows it.
    fn point(&self, offset: u32) -> Option<Point> {
        let count = |text: &str| text.chars().count() as u32;
        if offset < self.span.start {
            let back = self.before.len().checked_sub((self.span.start - offset) as usize)?;
            let start = self.start();
            let characters = count(self.before.get(back..)?);
            return Some(Point { column: start.column - characters, byte: offset - self.line_start + 1, ..start });
        }
        if offset > self.span.end {
            let end = self.end();
            let characters = count(self.after.get(..(offset - self.span.end) as usize)?);
            return Some(Point { column: end.column + characters, byte: offset - self.end_line_start + 1, ..end });
        }
        let mut point = self.start();
        let text = self.text.get(..(offset - self.span.start) as usize)?;
        let mut characters = self.text.chars().zip(self.text.chars().skip(1).map(Some).chain([None]));
        for _ in 0..count(text) {
            let (c, next) = characters.next()?;
            point = point.after(c, next);
        }
        Some(point)
    }
}

impl Point {
    /// The point behind a character; a line ends with LF, CRLF or a lone CR.
    fn after(self, c: char, next: Option<char>) -> Point {
        if c == '\n' || c == '\r' && next != Some('\n') {
            return Point { line: self.line + 1, column: 1, byte: 1 };
        }
        Point { column: self.column + 1, byte: self.byte + c.len_utf8() as u32, ..self }
    }
}

/// Makes fingerprints; repetitions are numbered.
#[derive(Default)]
struct Fingerprints(std::collections::HashMap<u64, u32>);

impl Fingerprints {
    fn next(&mut self, path: &str, finding: &Finding, place: &Place) -> String {
        let piece = place.first();
        let parts = [path, &finding.rule, &finding.message, &piece.before, &piece.text, &piece.after];
        let hash = fnv(parts.iter().flat_map(|part| part.bytes().chain([0xFF])));
        let times = self.0.entry(hash).or_insert(0);
        *times += 1;
        format!("{hash:016x}{times:04x}")
    }
}

/// The FNV-1a hash of 64 bits, which is the same on every machine and in every version.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    /// Every place that an excerpt shows has the line and column that the source gives it.
    #[test]
    fn points_agree_with_the_source() {
        let source = Source::from_text("稿.txt", "头\r\n𠮷野e\u{301}家,来\r\n了两\r人,走\n了。尾");
        let piece = Piece::new(&source, SourceSpan::new(0, 12, 35));
        let mut seen = 0;
        for (at, _) in source.text.char_indices() {
            let Some(point) = piece.point(at as u32) else { continue };
            let place = source.position(at as u32);
            let start = source.line_starts[place.line as usize - 1];
            assert_eq!((point.line, point.column, point.byte), (place.line, place.column, at as u32 - start + 1));
            seen += 1;
        }
        assert_eq!(seen, 16);
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv("a".bytes()), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(fnv("foobar".bytes()), 0x8594_4171_F739_67E8);
    }
}
