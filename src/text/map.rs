/*!
The one map between the reading text and the sources.

The reader builds it while it writes the reading text: every stretch is either *verbatim* (the same bytes, so offsets
inside it correspond one to one) or *altered* (so it corresponds only as a whole). Source text that the reading text
leaves out (line ends, marks of markup, zero-width characters) has no segment.
*/

use super::span::{SourceSpan, Span};

/// A stretch of reading text and the source text that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub reading: Span,
    pub source: SourceSpan,
    /// The same bytes on both sides.
    pub verbatim: bool,
}

/// Segments in the order of the reading text; they do not overlap on either side.
#[derive(Clone, Debug, Default)]
pub struct SpanMap {
    segments: Vec<Segment>,
}

impl SpanMap {
    /// Adds the next segment; joins it to the last when both are verbatim and contiguous on both sides.
    pub fn push(&mut self, segment: Segment) {
        debug_assert!(self.segments.last().is_none_or(|last| last.reading.end <= segment.reading.start));
        if segment.reading.is_empty() {
            return;
        }
        if let Some(last) = self.segments.last_mut() {
            let contiguous = last.reading.end == segment.reading.start
                && last.source.file == segment.source.file
                && last.source.end == segment.source.start;
            if contiguous && last.verbatim && segment.verbatim {
                last.reading.end = segment.reading.end;
                last.source.end = segment.source.end;
                return;
            }
        }
        self.segments.push(segment);
    }

    /// The segments, in the order of the reading text.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The source pieces that a span of the reading text stands for, in reading order; neighbours that touch are one
    /// piece. A span that cuts an altered segment gets the whole of it. An empty span gets one empty piece: the end of
    /// what stands before it in its block, or else the start of what follows.
    pub fn to_source(&self, span: Span) -> Vec<SourceSpan> {
        if span.is_empty() {
            return self.point(span.start).into_iter().collect();
        }
        let first = self.segments.partition_point(|segment| segment.reading.end <= span.start);
        let mut pieces: Vec<SourceSpan> = Vec::new();
        for segment in &self.segments[first..] {
            if segment.reading.start >= span.end {
                break;
            }
            let piece = segment.cut(span);
            match pieces.last_mut() {
                Some(last) if last.file == piece.file && last.end == piece.start => last.end = piece.end,
                _ => pieces.push(piece),
            }
        }
        pieces
    }

    /// The spans of the reading text that show some of a source span, in reading order.
    pub fn to_reading(&self, source: SourceSpan) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for segment in self.segments.iter().filter(|segment| segment.source.overlaps(source)) {
            let span = segment.cut_source(source);
            match spans.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => spans.push(span),
            }
        }
        spans
    }

    fn point(&self, at: u32) -> Option<SourceSpan> {
        let next = self.segments.partition_point(|segment| segment.reading.end <= at);
        let inside = self.segments.get(next).filter(|segment| segment.reading.start < at);
        let (file, offset) = match (inside, next.checked_sub(1).map(|last| self.segments[last])) {
            (Some(segment), _) => {
                (segment.source.file, segment.cut(Span { start: at, end: segment.reading.end }).start)
            }
            (None, Some(last)) if last.reading.end == at => (last.source.file, last.source.end),
            (None, last) => match self.segments.get(next) {
                Some(segment) => (segment.source.file, segment.source.start),
                None => last.map(|last| (last.source.file, last.source.end))?,
            },
        };
        Some(SourceSpan { file, start: offset, end: offset })
    }
}

impl Segment {
    fn cut(&self, span: Span) -> SourceSpan {
        if !self.verbatim {
            return self.source;
        }
        let start = span.start.max(self.reading.start) - self.reading.start;
        let end = span.end.min(self.reading.end) - self.reading.start;
        SourceSpan { file: self.source.file, start: self.source.start + start, end: self.source.start + end }
    }

    fn cut_source(&self, source: SourceSpan) -> Span {
        if !self.verbatim {
            return self.reading;
        }
        let start = source.start.max(self.source.start) - self.source.start;
        let end = source.end.min(self.source.end) - self.source.start;
        Span { start: self.reading.start + start, end: self.reading.start + end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> SpanMap {
        let mut map = SpanMap::default();
        for (reading, source, verbatim) in [((0, 6), (0, 6), true), ((6, 9), (6, 7), false), ((9, 12), (9, 12), true)] {
            map.push(Segment {
                reading: Span::new(reading.0, reading.1),
                source: SourceSpan::new(0, source.0, source.1),
                verbatim,
            });
        }
        map
    }

    #[test]
    fn pieces_that_touch_are_one() {
        assert_eq!(map().to_source(Span::new(3, 9)), [SourceSpan::new(0, 3, 7)]);
        assert_eq!(map().to_source(Span::new(3, 12)), [SourceSpan::new(0, 3, 7), SourceSpan::new(0, 9, 12)]);
    }

    #[test]
    fn a_point_is_the_end_of_what_stands_before() {
        assert_eq!(map().to_source(Span::point(9)), [SourceSpan::new(0, 7, 7)]);
        assert_eq!(map().to_source(Span::point(0)), [SourceSpan::new(0, 0, 0)]);
        assert_eq!(map().to_source(Span::point(12)), [SourceSpan::new(0, 12, 12)]);
    }

    #[test]
    fn back_again() {
        assert_eq!(map().to_reading(SourceSpan::new(0, 5, 10)), [Span::new(5, 10)]);
        assert_eq!(map().to_reading(SourceSpan::new(0, 7, 9)), []);
    }
}
