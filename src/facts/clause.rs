/*!
Clauses and titles of works: the frame in which a mention stands.
*/

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::text::{Span, han};

/// The clause (小句) round a span, inside the limits of its block. Marks inside 《》 end nothing.
pub fn clause_of(text: &str, block: Span, span: Span) -> Span {
    let before = &text[block.start as usize..span.start as usize];
    let start = before.char_indices().rev().find(|(_, c)| han::ends_clause(*c));
    let after = &text[span.end as usize..block.end as usize];
    let end = after.find(han::ends_clause).unwrap_or(after.len());
    Span::new(
        start.map_or(block.start as usize, |(at, c)| block.start as usize + at + c.len_utf8()),
        span.end as usize + end,
    )
}

/// The spans of titles of works, marks included: 《…》, the outer one of nested pairs.
pub fn titles(text: &str) -> Vec<Span> {
    static OPENS: LazyLock<Finder> = LazyLock::new(|| Finder::new("《"));
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(start) = OPENS.find(&text.as_bytes()[from..]).map(|at| from + at) {
        let Some(length) = text[start..].find(['》', '\n']) else { break };
        from = start + length;
        if text[from..].starts_with('》') {
            from += '》'.len_utf8();
            spans.push(Span::new(start, from));
        }
    }
    spans
}

/// Whether a span lies in one of the spans, which are in order and do not overlap.
pub fn inside(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|title| title.end <= span.start);
    spans.get(next).is_some_and(|title| title.contains(span))
}

/// The offset after white space of any kind but line ends.
pub fn skip_space(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    at + rest.find(|c: char| c == '\n' || !c.is_whitespace()).unwrap_or(rest.len())
}
