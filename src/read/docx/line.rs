/*!
A line on its way into the text: its characters, where each stands in the XML, and what else has to keep its place.
*/

use std::ops::Range;

/// Text and what is known of its places, in bytes of the line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub text: String,
    pub places: Vec<Place>,
    /// Where the author broke the line inside the paragraph, from and to.
    pub breaks: Vec<Range<u32>>,
    pub points: Vec<Point>,
    /// Bytes of a label at the start that Word printed and nobody wrote.
    pub label: usize,
}

/// Where a stretch of text stands in the part.
#[derive(Clone, Debug)]
pub struct Place {
    pub text: Range<u32>,
    pub xml: Range<u32>,
    /// Index of its run; none for text that stands in no run.
    pub run: Option<u32>,
    /// The same bytes on both sides, so that it may grow.
    verbatim: bool,
}

/// An edge of the range of a comment.
#[derive(Clone, Debug)]
pub struct Point {
    pub at: u32,
    pub edge: Edge,
    pub comment: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
    /// Where the comment is hung up; all that is known when its range is not marked.
    Reference,
}

impl Line {
    /// Adds text that stands in the part as it is.
    pub fn push(&mut self, text: &str, at: usize, run: Option<u32>) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let (end, at) = (self.text.len() as u32, at as u32);
        let xml_end = at + text.len() as u32;
        if let Some(last) = self.places.last_mut()
            && last.verbatim
            && (last.text.end, last.xml.end, last.run) == (start, at, run)
        {
            last.text.end = end;
            last.xml.end = xml_end;
            return;
        }
        self.places.push(Place { text: start..end, xml: at..xml_end, run, verbatim: true });
    }

    /// The same, unless there is nothing to add.
    pub fn push_if_any(&mut self, text: &str, at: usize, run: Option<u32>) {
        if !text.is_empty() {
            self.push(text, at, run);
        }
    }

    /// Adds a character that is written as something else: an entity, an element, a line end.
    pub fn push_sign(&mut self, c: char, xml: Range<usize>, run: Option<u32>) {
        let start = self.text.len() as u32;
        self.text.push(c);
        let xml = xml.start as u32..xml.end as u32;
        self.places.push(Place { text: start..self.text.len() as u32, xml, run, verbatim: false });
    }

    /// Adds text that stands nowhere in the XML, and so has no place.
    pub fn push_unplaced(&mut self, c: char) {
        self.text.push(c);
    }

    /// A line of a label that Word prints before what is written from a byte of the part on.
    pub fn labeled(label: &str, at: usize) -> Self {
        let mut line = Line { text: label.to_string(), label: label.len(), ..Line::default() };
        if !label.is_empty() {
            let xml = at as u32..at as u32;
            line.places.push(Place { text: 0..label.len() as u32, xml, run: None, verbatim: false });
        }
        line
    }

    pub fn point(&mut self, edge: Edge, comment: String) {
        self.points.push(Point { at: self.text.len() as u32, edge, comment });
    }

    /// Adds another line behind this one.
    pub fn append(&mut self, other: Line) {
        let by = self.text.len() as u32;
        self.label = if by == 0 { other.label } else { self.label };
        self.text.push_str(&other.text);
        let moved = |range: Range<u32>| range.start + by..range.end + by;
        self.places.extend(other.places.into_iter().map(|place| Place { text: moved(place.text), ..place }));
        self.breaks.extend(other.breaks.into_iter().map(moved));
        self.points.extend(other.points.into_iter().map(|point| Point { at: point.at + by, ..point }));
    }

    /// Takes white space off the end, as far as a byte.
    pub fn trim_end(&mut self, from: usize) {
        let kept = from + self.text[from..].trim_end_matches([' ', '\t', '\n', '\r']).len();
        self.text.truncate(kept);
        let kept = kept as u32;
        while let Some(last) = self.places.last_mut().filter(|last| last.text.end > kept) {
            if last.text.start < kept {
                last.xml.end -= last.text.end - kept;
                last.text.end = kept;
            } else {
                self.places.pop();
            }
        }
    }

    /// Whether nothing but white space stands in it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}
