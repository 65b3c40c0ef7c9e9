/*!
Series: members that stand in a row.

Two kinds. Lists inside a clause have their members joined by 、 and the last one often by 和 (甲、乙和丙). Series with
ordinals (一是, （一）, 1.) run through a paragraph or through an article, one block a member, and hold one another.
*/

pub mod claim;
pub mod flow;
pub mod listing;
pub mod numeral;
pub mod ordinal;

pub use claim::Claim;
pub use ordinal::{Ordinal, Style};

use super::Mention;
use crate::manuscript::{ArticleId, Manuscript};
use crate::text::{Span, han};

/// Where the members of a series stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesLevel {
    /// Each member heads a block.
    Block,
    /// The members stand inside a paragraph.
    Inline,
}

/// Members headed by ordinals of one style, in reading order. They need not be complete: that is for the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub level: SeriesLevel,
    /// Never empty.
    pub items: Vec<Mention<Ordinal>>,
    pub article: ArticleId,
    /// The last number of a series of its style that it interrupts, or 0: what comes after may belong to that one.
    pub rival: u32,
}

impl Series {
    /// The style of its ordinals.
    pub fn style(&self) -> Style {
        self.items[0].value.style
    }

    /// Whether it counts from 1 without a fault.
    pub fn is_intact(&self) -> bool {
        let first = self.items[0].value.number == 1;
        first && self.items.windows(2).all(|pair| flow::continues(&pair[0].value, &pair[1].value))
    }
}

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

/// Cuts a stretch at every mark that `cuts`, without what is blank.
pub fn split(text: &str, stretch: Span, cuts: impl Fn(char) -> bool) -> Vec<Span> {
    parts(text, stretch, cuts).collect()
}

/// The same, one part after the other as they are asked for. No common Han character cuts.
pub fn parts(text: &str, stretch: Span, cuts: impl Fn(char) -> bool) -> impl Iterator<Item = Span> {
    let (mut start, end) = (Some(stretch.start as usize), stretch.end as usize);
    let part = move || {
        let from = start?;
        let mark = han::find_mark(text, from..end, &cuts);
        start = mark.map(|(at, c)| at + c.len_utf8());
        Some(Span::new(from, mark.map_or(end, |(at, _)| at)))
    };
    std::iter::from_fn(part).filter(|part| !part.of(text).trim_start().is_empty())
}

fn cut_joint(text: &str, item: Span) -> Option<(Span, Span)> {
    let words = item.of(text);
    let (at, joint) = JOINTS.iter().find_map(|joint| words.rfind(joint).map(|at| (at, joint)))?;
    let start = item.start as usize + at;
    Some((Span::new(item.start as usize, start), Span::new(start + joint.len(), item.end as usize)))
}
