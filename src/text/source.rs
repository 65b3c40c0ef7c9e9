/*!
A file as it is: its bytes, its encoding, and the text that was decoded (or, from a packaged format, extracted) from them.

A source never changes. It knows lines and columns, because a person finds a place by them; it knows nothing of
paragraphs.
*/

use std::ops::Range;
use std::path::PathBuf;

use super::SourceSpan;
use super::encoding::Encoding;

/// One file of a manuscript.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user gave it.
    pub path: PathBuf,
    pub form: Form,
    /// The file's bytes, for fixes that are spliced into them; empty where they are the text itself (see
    /// [`Source::file`]), so that a large file is not held twice.
    pub bytes: Vec<u8>,
    pub encoding: Encoding,
    /// Whether the file begins with a byte order mark.
    pub bom: bool,
    /// Invalid byte sequences that stand as U+FFFD in `text`.
    pub replaced: usize,
    /// The decoded or extracted text.
    pub text: String,
    /// Byte offsets in `text` at which lines begin; the first is 0.
    pub line_starts: Vec<u32>,
    /// Characters before every [`STRIDE`] bytes of `text`, so that a column on a long line is counted from near by.
    pub counts: Vec<u32>,
    /// Characters that are not white space, markup excluded.
    pub characters: usize,
    /// From extracted text back to markup; empty where the text is the decoded file itself.
    pub anchors: Vec<Anchor>,
    /// The names of the package parts that anchors count in; empty for a file that is no package.
    pub parts: Vec<String>,
    /// Leaves to let a finding stand, written into the file itself.
    pub leaves: Vec<Leave>,
}

/// The form a manuscript was sent in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    #[default]
    Text,
    Markdown,
    Html,
    Docx,
}

/// A person's leave, written into the manuscript, to let findings of a rule stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// A rule or topic; empty means any.
    pub rule: String,
    pub reason: String,
    /// Where it holds: findings that begin in it are left.
    pub scope: SourceSpan,
}

/// Bytes between two entries of [`Source::counts`].
const STRIDE: usize = 1024;

/// Where a stretch of extracted text stands in its markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Bytes of the extracted text.
    pub text: Range<u32>,
    /// Index into [`Source::parts`]; 0 for a file that is no package.
    pub part: u16,
    /// Bytes of the part's XML, or of the decoded HTML; as long as the text unless characters are written as entities.
    pub xml: Range<u32>,
    /// The run (or text node) that holds it, its tags included.
    pub run: Range<u32>,
}

/// A place as people name it: 1-based line, 1-based column counted in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Source {
    /// A source whose text is known already (an example, a buffer, standard input).
    pub fn from_text(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Source::new(path, Form::Text, text.into())
    }

    /// A source of that text, in UTF-8 and with nothing else known of it.
    pub fn new(path: impl Into<PathBuf>, form: Form, text: String) -> Self {
        Source {
            path: path.into(),
            form,
            bytes: Vec::new(),
            encoding: Encoding::Utf8,
            bom: false,
            replaced: 0,
            line_starts: line_starts(&text),
            counts: counts(&text),
            characters: super::han::count(&text),
            text,
            anchors: Vec::new(),
            parts: Vec::new(),
            leaves: Vec::new(),
        }
    }

    /// The bytes of the file.
    pub fn file(&self) -> &[u8] {
        if self.bytes.is_empty() { self.text.as_bytes() } else { &self.bytes }
    }

    /// The path for messages and reports.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// The line and column of a byte offset of the text.
    ///
    /// An offset inside a character counts as that character's column.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_starts.partition_point(|&start| start <= offset) - 1;
        let column = self.characters_before(offset) - self.characters_before(self.line_starts[line]);
        Position { line: line as u32 + 1, column: column + 1 }
    }

    fn characters_before(&self, offset: u32) -> u32 {
        let offset = super::han::floor(&self.text, offset as usize);
        let mark = offset / STRIDE;
        let bytes = &self.text.as_bytes()[mark * STRIDE..offset];
        self.counts[mark] + begun(bytes)
    }

    /// The bytes of the line (counted from 1) without its line end.
    pub fn line(&self, line: u32) -> Range<usize> {
        let start = self.line_starts[line as usize - 1] as usize;
        let end = self.line_starts.get(line as usize).map_or(self.text.len(), |&next| next as usize);
        let text = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + text.len()
    }
}

/// Characters that begin before each multiple of [`STRIDE`].
fn counts(text: &str) -> Vec<u32> {
    let mut counts = vec![0];
    for chunk in text.as_bytes().chunks(STRIDE) {
        counts.push(counts[counts.len() - 1] + begun(chunk));
    }
    counts
}

/// Characters that begin in these bytes.
fn begun(bytes: &[u8]) -> u32 {
    // In small counters, so that many bytes are counted at once.
    let few = |bytes: &[u8]| bytes.iter().map(|&byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>();
    bytes.chunks(255).map(|bytes| u32::from(few(bytes))).sum()
}

/// The byte offsets at which lines begin. A line ends with LF, CRLF or a lone CR.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    let ends = ends.filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|at| at as u32 + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalar_values_on_any_line_end() {
        let source = Source::from_text("稿.txt", "𠮷野\r\n家e\u{301}？\r末");
        assert_eq!(source.line_starts, [0, 9, 19]);
        assert_eq!(source.position(7), Position { line: 1, column: 3 });
        assert_eq!(source.position(15), Position { line: 2, column: 4 });
        assert_eq!(source.position(19), Position { line: 3, column: 1 });
        assert_eq!(&source.text[source.line(2)], "家e\u{301}？");
    }
}
