/*!
Layer 4: what was understood.

Typed mentions and relations over one manuscript, each computed when a check first asks for it, so that nothing is
declared and nothing forgotten. Facts say what stands there; whether it is wrong is for the checks.
*/

pub mod alignment;
pub mod formula;
pub mod quotation;
pub mod series;
pub mod slip;

use std::cell::OnceCell;

use crate::manuscript::Manuscript;
use crate::scan::Hits;
use crate::text::Span;

/// Something that the text names, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<T> {
    pub span: Span,
    pub value: T,
}

/// What a check works on: one manuscript, the literals found in it, and its facts.
pub struct Context<'m> {
    pub manuscript: &'m Manuscript,
    pub hits: &'m Hits,
    facts: Facts,
}

#[derive(Default)]
struct Facts {
    pairs: OnceCell<quotation::Pairs>,
    slips: OnceCell<Vec<slip::Slip>>,
    members: OnceCell<Vec<series::Members>>,
}

impl<'m> Context<'m> {
    pub fn new(manuscript: &'m Manuscript, hits: &'m Hits) -> Self {
        Context { manuscript, hits, facts: Facts::default() }
    }

    /// The text of a span.
    pub fn at(&self, span: Span) -> &'m str {
        self.manuscript.at(span)
    }

    /// The paired marks.
    pub fn pairs(&self) -> &quotation::Pairs {
        self.facts.pairs.get_or_init(|| quotation::find(self.manuscript))
    }

    /// The lists inside clauses.
    pub fn members(&self) -> &[series::Members] {
        self.facts.members.get_or_init(|| series::find(self.manuscript))
    }

    /// Fixed formulas that fail in one place.
    pub fn slips(&self) -> &[slip::Slip] {
        self.facts.slips.get_or_init(|| formula::find(self.manuscript))
    }
}
