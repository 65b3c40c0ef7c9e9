/*!
Members that stand in a row: 甲、乙和丙.

Here are the lists inside a clause, whose members are joined by 、 and the last one often by 和. Ordinals (一是, 首先,
（一）) make another kind of series and are not read here.
*/

use crate::manuscript::Manuscript;
use crate::text::{Span, han};

/// A list inside a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    /// At least three, or two when both are quoted.
    pub items: Vec<Span>,
}

/// Words that join the last two members of a list, longest first.
const JOINTS: [&str; 5] = ["以及", "和", "与", "及", "或"];

impl Members {
    /// From the first member to the last.
    pub fn span(&self) -> Span {
        self.items.iter().copied().reduce(Span::hull).unwrap_or_default()
    }
}

/// The lists of a manuscript, in reading order.
pub fn find(manuscript: &Manuscript) -> Vec<Members> {
    let mut found = Vec::new();
    for sentence in &manuscript.sentences {
        for clause in split(&manuscript.text, *sentence, han::ends_clause) {
            let items = members(&manuscript.text, clause);
            if items.len() > 2 {
                found.push(Members { items });
            }
        }
    }
    found
}

/// Cuts a stretch into its members: at 、 or, where there is none, at ， and ；, and the last one at its joint.
///
/// The first member has whatever stands before it in the stretch, the last one whatever follows.
pub fn members(text: &str, stretch: Span) -> Vec<Span> {
    let listed = |mark| stretch.of(text).contains(mark);
    let mut items = match (listed('、'), listed('；')) {
        (true, false) => split(text, stretch, |c| c == '、'),
        (_, true) => split(text, stretch, |c| c == '；'),
        (false, false) => split(text, stretch, |c| c == '，'),
    };
    if let Some((first, second)) = items.last().and_then(|last| cut_joint(text, *last)) {
        items.pop();
        items.extend([first, second].into_iter().filter(|span| !span.is_empty()));
    }
    items
}

/// Cuts a stretch at every mark that `cuts`, without what is empty.
pub fn split(text: &str, stretch: Span, cuts: impl Fn(char) -> bool) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = stretch.start as usize;
    for (offset, c) in stretch.of(text).char_indices().filter(|(_, c)| cuts(*c)) {
        let at = stretch.start as usize + offset;
        parts.push(Span::new(start, at));
        start = at + c.len_utf8();
    }
    parts.push(Span::new(start, stretch.end as usize));
    parts.retain(|part| !part.of(text).trim().is_empty());
    parts
}

fn cut_joint(text: &str, item: Span) -> Option<(Span, Span)> {
    let words = item.of(text);
    let (at, joint) = JOINTS.iter().find_map(|joint| words.rfind(joint).map(|at| (at, joint)))?;
    let start = item.start as usize + at;
    Some((Span::new(item.start as usize, start), Span::new(start + joint.len(), item.end as usize)))
}
