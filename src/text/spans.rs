/*!
Source spans of one thing. Nearly everything stands in one piece, and a manuscript may have millions of things, so a
single span is held in place.
*/

use std::ops::{Deref, DerefMut};

use super::SourceSpan;

/// A list of source spans; it takes no memory of its own while it has one span or none.
#[derive(Clone, Debug)]
pub enum Spans {
    One(SourceSpan),
    Many(Vec<SourceSpan>),
}

impl Spans {
    /// Adds a span at the end.
    pub fn push(&mut self, span: SourceSpan) {
        match self {
            Spans::Many(spans) if spans.is_empty() => *self = Spans::One(span),
            Spans::Many(spans) => spans.push(span),
            Spans::One(first) => *self = Spans::Many(vec![*first, span]),
        }
    }
}

impl Default for Spans {
    fn default() -> Self {
        Spans::Many(Vec::new())
    }
}

impl Deref for Spans {
    type Target = [SourceSpan];

    fn deref(&self) -> &[SourceSpan] {
        match self {
            Spans::One(span) => std::slice::from_ref(span),
            Spans::Many(spans) => spans,
        }
    }
}

impl DerefMut for Spans {
    fn deref_mut(&mut self) -> &mut [SourceSpan] {
        match self {
            Spans::One(span) => std::slice::from_mut(span),
            Spans::Many(spans) => spans,
        }
    }
}

impl PartialEq for Spans {
    fn eq(&self, other: &Self) -> bool {
        self[..] == other[..]
    }
}

impl Eq for Spans {}

impl From<SourceSpan> for Spans {
    fn from(span: SourceSpan) -> Self {
        Spans::One(span)
    }
}

impl Extend<SourceSpan> for Spans {
    fn extend<I: IntoIterator<Item = SourceSpan>>(&mut self, spans: I) {
        spans.into_iter().for_each(|span| self.push(span));
    }
}

impl FromIterator<SourceSpan> for Spans {
    fn from_iter<I: IntoIterator<Item = SourceSpan>>(spans: I) -> Self {
        let mut list = Spans::default();
        list.extend(spans);
        list
    }
}

impl<'s> IntoIterator for &'s Spans {
    type Item = &'s SourceSpan;
    type IntoIter = std::slice::Iter<'s, SourceSpan>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_span_is_held_in_place() {
        assert_eq!(size_of::<Spans>(), size_of::<Vec<SourceSpan>>());
        let spans: Vec<SourceSpan> = (0..3).map(|at| SourceSpan::new(0, at, at + 1)).collect();
        for length in 0..=spans.len() {
            let list: Spans = spans[..length].iter().copied().collect();
            assert_eq!(&list[..], &spans[..length]);
            assert_eq!(matches!(list, Spans::One(_)), length == 1);
        }
        assert_eq!(Spans::Many(vec![spans[0]]), Spans::from(spans[0]));
    }
}
