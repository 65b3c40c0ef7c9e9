/*!
Guards: where a rule is silent. They belong to the engine and not to the mechanisms, so that any rule can be silenced by
writing down the sentence that it wrongly hit.
*/

mod boundary;

use std::sync::Arc;

use crate::facts::{Context, Mention};
use crate::lexicon::table;
use crate::manuscript::BlockKind;
use crate::phrase::{Phrase, Slot, Slots};
use crate::scan::{LiteralId, Scan};
use crate::text::{Span, han};

/// The guards of one rule.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Block kinds in which the rule speaks; empty means every kind but code.
    pub blocks: Vec<BlockKind>,
    /// The rule speaks only in articles that hold one of these; empty means in all.
    pub given: Vec<Given>,
    /// The rule speaks only in articles whose title ends in one of these; empty means in all.
    pub titled: Vec<String>,
    /// The rule is silent where one of these lies on the finding: its marks, or without marks the whole of it.
    pub unless: Vec<Phrase>,
    /// Names that are never questioned: the rule is silent inside one.
    pub names: Arc<[LiteralId]>,
    /// Whether what was found must be words of its own. Unset: where the mechanism has found words.
    pub boundary: Option<bool>,
}

/// A phrase that an article must contain.
#[derive(Clone, Debug)]
pub struct Given {
    phrase: Phrase,
    literals: Vec<LiteralId>,
}

/// Kana round a finding that make its text Japanese, where no rule of Chinese holds.
const KANA: usize = 3;

/// Whether the text round a span is Japanese: a name or a word in kana is none, a sentence is.
fn is_japanese(context: &Context, span: Span) -> bool {
    let text = context.at(context.near(span));
    text.chars().filter(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ')).take(KANA).count() == KANA
}

impl Guard {
    /// Whether a finding whose first place is `span`, found by these words, may be made.
    pub fn admits(&self, context: &Context, span: Span, words: &[Span]) -> bool {
        self.speaks_in(context, span)
            && !context.manuscript.is_opaque(span)
            && !is_japanese(context, span)
            && self.is_titled(context, span)
            && self.is_given(context, span)
            && !self.is_in_name(context, span)
            && !silenced(context, span, &self.unless)
            && self.has_boundaries(context, span, words)
    }

    fn speaks_in(&self, context: &Context, span: Span) -> bool {
        let kind = context.manuscript.block_at(span.start).map(|block| block.kind);
        match kind {
            Some(kind) if self.blocks.is_empty() => kind != BlockKind::Code,
            Some(kind) => self.blocks.contains(&kind),
            None => true,
        }
    }

    /// What stands in brackets at the end of a title, as （试行） does, is passed over.
    fn is_titled(&self, context: &Context, span: Span) -> bool {
        let article = context.manuscript.article_at(span.start);
        let blocks = article.map_or(&[][..], |article| context.manuscript.blocks_of(article));
        let mut titles = blocks.iter().filter(|block| block.kind == BlockKind::Title);
        let ends = |title: &str| self.titled.iter().any(|end| title.ends_with(end.as_str()));
        self.titled.is_empty()
            || titles.any(|block| {
                let title = context.at(block.span).trim_end();
                let bare =
                    title.strip_suffix('）').and_then(|title| title.rsplit_once('（')).map_or(title, |split| split.0);
                ends(title) || ends(bare)
            })
    }

    fn is_given(&self, context: &Context, span: Span) -> bool {
        let article = context.manuscript.article_at(span.start).map(|article| article.span);
        self.given.is_empty() || self.given.iter().any(|given| given.holds(context, article))
    }

    fn is_in_name(&self, context: &Context, span: Span) -> bool {
        self.names.iter().any(|name| context.hits.of(*name).iter().any(|hit| hit.contains(span)))
    }

    fn has_boundaries(&self, context: &Context, span: Span, words: &[Span]) -> bool {
        let place = [span];
        let words = if words.is_empty() && self.boundary == Some(true) { &place } else { words };
        self.boundary == Some(false) || words.iter().all(|word| boundary::is_whole(context, *word, words.len() > 1))
    }
}

impl Given {
    /// Makes a guard of a phrase and declares its literals.
    pub fn new(phrase: Phrase, scan: &mut Scan) -> Self {
        let literals = phrase.literals().iter().map(|literal| scan.literal(literal)).collect();
        Given { phrase, literals }
    }

    fn holds(&self, context: &Context, article: Option<Span>) -> bool {
        let hits = self.literals.iter().flat_map(|literal| context.hits.of(*literal));
        let mut inside = hits.filter(|hit| article.is_none_or(|article| article.contains(**hit)));
        inside.any(|hit| self.phrase.find_at(&context.manuscript.text, hit.range(), context).is_some())
    }
}

/// Whether one of the phrases lies on the span: with a mark, or without marks as a whole.
///
/// Only the neighbourhood within the block is looked at, as far as the phrase can reach.
pub fn silenced(context: &Context, span: Span, phrases: &[Phrase]) -> bool {
    let text = &context.manuscript.text;
    let Some(block) = context.manuscript.block_at(span.start).map(|block| block.span.range()) else {
        return false;
    };
    let on = |range: &std::ops::Range<usize>| touches(span, Span::new(range.start, range.end));
    phrases.iter().any(|phrase| {
        let reach = phrase.longest();
        let start = han::back(text, span.start as usize, reach).max(block.start);
        let end = han::forth(text, span.end as usize, reach).min(block.end).max(start);
        let found = phrase.find_in(text, start..end, context);
        found.iter().any(|found| if found.marks.is_empty() { on(&found.span) } else { found.marks.iter().any(on) })
    })
}

/// An empty span is touched by what it stands in or at.
fn touches(span: Span, other: Span) -> bool {
    span.overlaps(other) || span.is_empty() && other.start <= span.start && span.end <= other.end
}

impl Slots for Context<'_> {
    /// What the facts know of the reading text begins here. The text must be the reading text.
    fn ends(&self, slot: Slot, text: &str, at: usize) -> Vec<usize> {
        match slot {
            Slot::Organization => mentioned(self.organizations(), at),
            Slot::Person => mentioned(self.people(), at),
            Slot::Role => mentioned(self.roles(), at),
            Slot::Place => places(text, at),
            Slot::Number | Slot::Date | Slot::Han => Vec::new(),
        }
    }
}

/// Where the mentions end that begin at a byte; they are in order.
fn mentioned<T>(mentions: &[Mention<T>], at: usize) -> Vec<usize> {
    let first = mentions.partition_point(|mention| (mention.span.start as usize) < at);
    let here = mentions[first..].iter().take_while(|mention| mention.span.start as usize == at);
    let mut ends: Vec<usize> = here.map(|mention| mention.span.end as usize).collect();
    ends.sort_unstable_by(|a, b| b.cmp(a));
    ends
}

fn places(text: &str, at: usize) -> Vec<usize> {
    let mut ends: Vec<usize> = table::PLACES.prefixes(&text[at..]).map(|(length, _)| at + length).collect();
    ends.reverse();
    ends
}
