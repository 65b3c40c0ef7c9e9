/*!
A block on its way into the reading text: its text so far, where each stretch of it comes from, and what was altered.

All offsets are bytes of the draft's own text, until [`layout`](super::layout) writes it down.
*/

use super::{Alteration, BlockKind, Repair};
use crate::read::Mark;
use crate::text::{Segment, SourceSpan, Span, Spans};

#[derive(Clone, Debug)]
pub struct Draft {
    pub kind: BlockKind,
    pub mark: Mark,
    pub level: u8,
    /// Blank lines before it.
    pub gap: u32,
    /// Bytes of a bold run-in heading at the start.
    pub lead: usize,
    pub text: String,
    pub segments: Vec<Segment>,
    pub alterations: Vec<Alteration>,
    /// Stretches that are code or addresses, in order.
    pub opaque: Vec<Span>,
    /// The first block of a piece whose head is lost.
    pub headless: bool,
}

impl Draft {
    pub fn new(mark: Mark, gap: u32) -> Self {
        Draft {
            kind: BlockKind::Paragraph,
            mark,
            level: 0,
            gap,
            lead: 0,
            text: String::new(),
            segments: Vec::new(),
            alterations: Vec::new(),
            opaque: Vec::new(),
            headless: false,
        }
    }

    /// Adds a character as it stands.
    pub fn keep(&mut self, c: char, source: SourceSpan) {
        let start = self.text.len();
        self.text.push(c);
        let span = Span::new(start, self.text.len());
        if let Some(last) = self.segments.last_mut()
            && last.verbatim
            && last.source.end == source.start
            && last.reading.end == span.start
        {
            last.reading.end = span.end;
            last.source.end = source.end;
            return;
        }
        self.segments.push(Segment { reading: span, source, verbatim: true });
    }

    /// Adds a character in another form.
    pub fn alter(&mut self, c: char, source: SourceSpan, what: Repair) {
        let start = self.text.len();
        self.text.push(c);
        let span = Span::new(start, self.text.len());
        self.segments.push(Segment { reading: span, source, verbatim: false });
        self.alterations.push(Alteration { what, span, was: source.into() });
    }

    /// Says that the text since a byte is code or an address.
    pub fn cover(&mut self, from: usize) {
        let span = Span::new(from, self.text.len());
        match self.opaque.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => self.opaque.push(span),
        }
    }

    /// Leaves a stretch of the source out.
    pub fn drop(&mut self, source: SourceSpan, what: Repair) {
        let span = Span::point(self.text.len());
        self.alterations.push(Alteration { what, span, was: source.into() });
    }

    /// Joins the block that continues this one; `between` is what layout put in the way.
    pub fn join(&mut self, next: Draft, what: Repair, between: Spans) {
        let at = self.text.len();
        self.alterations.push(Alteration { what, span: Span::point(at), was: between });
        self.append(next, at);
    }

    fn append(&mut self, next: Draft, at: usize) {
        self.text.push_str(&next.text);
        self.opaque.extend(next.opaque.into_iter().map(|span| shift(span, at)));
        self.segments.extend(
            next.segments.into_iter().map(|segment| Segment { reading: shift(segment.reading, at), ..segment }),
        );
        let moved = next.alterations.into_iter();
        self.alterations.extend(moved.map(|alteration| Alteration { span: shift(alteration.span, at), ..alteration }));
    }

    /// Cuts the draft in two before a byte of its text.
    pub fn split(mut self, at: usize) -> (Draft, Draft) {
        let mut tail = Draft::new(self.mark, 0);
        tail.kind = self.kind;
        tail.text = self.text.split_off(at);
        let mut head_segments = Vec::new();
        for segment in std::mem::take(&mut self.segments) {
            let (start, end) = (segment.reading.start as usize, segment.reading.end as usize);
            if end <= at {
                head_segments.push(segment);
            } else if start >= at {
                tail.segments.push(Segment { reading: back(segment.reading, at), ..segment });
            } else {
                let cut = segment.source.start + (at - start) as u32;
                let source = segment.source;
                head_segments.push(Segment {
                    reading: Span::new(start, at),
                    source: SourceSpan { end: cut, ..source },
                    ..segment
                });
                let reading = Span::new(0, end - at);
                tail.segments.push(Segment { reading, source: SourceSpan { start: cut, ..source }, ..segment });
            }
        }
        self.segments = head_segments;
        let (head, rest) = self.alterations.into_iter().partition(|alteration| (alteration.span.start as usize) < at);
        self.alterations = head;
        let rest: Vec<Alteration> = rest;
        tail.alterations = rest.into_iter().map(|moved| Alteration { span: back(moved.span, at), ..moved }).collect();
        let (head, rest) = self.opaque.into_iter().partition(|span| (span.start as usize) < at);
        self.opaque = head;
        let rest: Vec<Span> = rest;
        tail.opaque = rest.into_iter().map(|span| back(span, at)).collect();
        tail.lead = self.lead.saturating_sub(at);
        self.lead = self.lead.min(at);
        (self, tail)
    }

    /// Where the draft's text begins and ends in its source.
    pub fn source_hull(&self) -> Option<SourceSpan> {
        let (first, last) = (self.segments.first()?.source, self.segments.last()?.source);
        (first.file == last.file).then_some(SourceSpan { file: first.file, start: first.start, end: last.end })
    }
}

fn shift(span: Span, by: usize) -> Span {
    Span { start: span.start + by as u32, end: span.end + by as u32 }
}

fn back(span: Span, by: usize) -> Span {
    Span { start: span.start - by as u32, end: span.end - by as u32 }
}
