/*!
The two coordinate systems, as two types that do not convert into each other except through [`SpanMap`](super::SpanMap).
*/

use std::ops::Range;

/// A stretch of the reading text, in bytes.
///
/// Rules, facts and checks speak this and only this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// A stretch of one source's decoded (or extracted) text, in bytes.
///
/// Places, edits and reports speak this and only this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceSpan {
    /// Index into [`Manuscript::sources`](crate::manuscript::Manuscript).
    pub file: u16,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span of the bytes `start..end`.
    ///
    /// Offsets fit 32 bits, because the reader refuses files over its size cap.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// The empty span at a byte.
    pub fn point(at: usize) -> Self {
        Span::new(at, at)
    }

    /// The bytes as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of the span.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn hull(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl SourceSpan {
    /// A span of the bytes `start..end` of the file with that index.
    pub fn new(file: u16, start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        SourceSpan { file, start: start as u32, end: end as u32 }
    }

    /// The bytes as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of the span.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two are in one file and share at least one byte.
    pub fn overlaps(self, other: SourceSpan) -> bool {
        self.file == other.file && self.start < other.end && other.start < self.end
    }
}
