/*!
The mechanism `block`: what stands before, after, at the start and at the end of a block of some kind.

It looks at blocks as the reader classified them and never at their sentences.
*/

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::finding::Findings;
use crate::manuscript::{Article, Block, BlockKind};
use crate::scan::Scan;
use crate::text::{Span, han};

/// Slots: `text` (the block, shortened), `first` and `last` (its first and last characters), `count` (characters or items).
pub static BLOCK: Mechanism = Mechanism { name: "block", slots: &["text", "first", "last", "count"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct With {
    kind: Kinds,
    /// An earlier block of the article must be of these kinds.
    before: Option<Kinds>,
    /// A later block of the article must be of these kinds.
    after: Option<Kinds>,
    begins: Option<Begins>,
    ends: Option<Ends>,
    /// Characters that are allowed.
    length: Option<Limits>,
    /// Parts between ；、， that are allowed.
    items: Option<Limits>,
    /// Only in a manuscript in which some byline has no title (or, if false, none has).
    untitled: Option<bool>,
    /// Every article must have a block of the kind that begins with one of these.
    #[serde(default)]
    required: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Kinds {
    One(BlockKind),
    Many(Vec<BlockKind>),
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Begins {
    /// Inside a word whose beginning is nowhere.
    Fragment,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Ends {
    /// Without an end mark, though the block has sentences.
    Open,
    /// With a mark that headings do not take.
    Mark,
    /// With two end marks.
    Doubled,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    min: Option<usize>,
    max: Option<usize>,
}

fn compile(options: Options<'_>, _: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(Box::new(move |context, findings| check(context, findings, &with)))
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>, with: &With) {
    let manuscript = context.manuscript;
    let asked = with.untitled.is_some() || with.after.is_some();
    let untitled = if asked { untitled(context) } else { Vec::new() };
    if with.untitled.is_some_and(|wanted| wanted == untitled.is_empty()) {
        return;
    }
    let mut lone = 0;
    for article in &manuscript.articles {
        let around = Around::new(context, with, article);
        for index in article.blocks.clone() {
            let block = &manuscript.blocks[index];
            if !with.kind.has(block.kind) {
                continue;
            }
            if let Some(place) = fault(context, with, &around, index) {
                let byline = with.after.as_ref().and_then(|_| untitled.get(lone).copied());
                lone += 1;
                report(context, findings, block, place, byline);
            }
        }
        missing(context, findings, with, article);
    }
}

fn report(context: &Context<'_>, findings: &mut Findings<'_>, block: &Block, place: Span, other: Option<Span>) {
    let text = context.at(block.span);
    let shown: String = text.chars().take(SHOWN).collect();
    let more = if text.chars().count() > SHOWN { "…" } else { "" };
    let last: String = text.chars().next_back().into_iter().collect();
    let mut draft = findings.at(place).slot("text", format!("{shown}{more}")).slot("last", last);
    draft = draft.slot("first", context.at(place)).slot("count", han::count(text).to_string());
    if let Some(other) = other {
        draft = draft.note(other);
    }
    draft.push();
}

/// Characters of a block that a message quotes.
const SHOWN: usize = 16;

/// Bylines of articles that have no title.
fn untitled(context: &Context<'_>) -> Vec<Span> {
    let manuscript = context.manuscript;
    let headed = |article: &Article| manuscript.blocks_of(article).iter().any(|block| block.kind == BlockKind::Title);
    let byline = |article: &Article| {
        let first = manuscript.blocks_of(article).iter().find(|block| block.kind != BlockKind::ColumnHead);
        first.filter(|block| block.kind == BlockKind::Byline).map(|block| block.span)
    };
    manuscript.articles.iter().filter(|article| !headed(article)).filter_map(byline).collect()
}

/// What stands around the blocks of an article.
struct Around {
    /// The first block of prose.
    prose: usize,
    /// The first block of the kinds that must stand before.
    before: Option<usize>,
    /// The last block of the kinds that must stand after.
    after: Option<usize>,
}

impl Around {
    fn new(context: &Context<'_>, with: &With, article: &Article) -> Self {
        let blocks = context.manuscript.blocks_of(article);
        let start = article.blocks.start;
        let has = |kinds: &Option<Kinds>, block: &Block| kinds.as_ref().is_some_and(|kinds| kinds.has(block.kind));
        Around {
            prose: start + blocks.iter().position(|block| block.kind.is_prose()).unwrap_or(blocks.len()),
            before: blocks.iter().position(|block| has(&with.before, block)).map(|at| start + at),
            after: blocks.iter().rposition(|block| has(&with.after, block)).map(|at| start + at),
        }
    }
}

/// Where the block is at fault, if it is. A block that follows the text of its own article, as a closing byline does, needs
/// nothing before it.
fn fault(context: &Context<'_>, with: &With, around: &Around, index: usize) -> Option<Span> {
    let block = &context.manuscript.blocks[index];
    let text = context.at(block.span);
    let lacks_before = index < around.prose && around.before.is_none_or(|before| before > index);
    let lacks_after = around.after.is_none_or(|after| after < index);
    if with.before.is_some() && lacks_before || with.after.is_some() && lacks_after {
        return Some(block.span);
    }
    if with.begins == Some(Begins::Fragment) && block.headless {
        let words: usize = text.chars().take(4).take_while(|&c| han::is_han(c)).map(char::len_utf8).sum();
        return Some(Span::new(block.span.start as usize, block.span.start as usize + words));
    }
    if let Some(ends) = &with.ends
        && let Some(length) = ends.fault(text)
    {
        return Some(Span::new(block.span.end as usize - length, block.span.end as usize));
    }
    let long = with.length.as_ref().is_some_and(|limits| !limits.admit(han::count(text)));
    let many = with.items.as_ref().is_some_and(|limits| !limits.admit(items(text)));
    (long || many).then_some(block.span)
}

fn items(text: &str) -> usize {
    text.split(['；', ';', '、', '，', ',']).filter(|item| !item.trim().is_empty()).count()
}

/// A required block that the article does not have; the place is the start of the article.
fn missing(context: &Context<'_>, findings: &mut Findings<'_>, with: &With, article: &Article) {
    let blocks = context.manuscript.blocks_of(article);
    let begins = |block: &Block| with.required.iter().any(|start| context.at(block.span).starts_with(start.as_str()));
    if with.required.is_empty() || blocks.iter().any(|block| with.kind.has(block.kind) && begins(block)) {
        return;
    }
    if let Some(first) = blocks.first() {
        report(context, findings, first, Span::point(first.span.start as usize), None);
    }
}

impl Kinds {
    fn has(&self, kind: BlockKind) -> bool {
        match self {
            Kinds::One(one) => *one == kind,
            Kinds::Many(many) => many.contains(&kind),
        }
    }
}

impl Limits {
    fn admit(&self, count: usize) -> bool {
        self.min.is_none_or(|min| count >= min) && self.max.is_none_or(|max| count <= max)
    }
}

impl Ends {
    /// The length in bytes of the wrong end, 0 for an end where something is missing.
    fn fault(&self, text: &str) -> Option<usize> {
        let last = text.chars().next_back()?;
        match self {
            Ends::Mark => matches!(last, '。' | '，' | '、' | '；').then_some(last.len_utf8()),
            Ends::Open => misses_end_mark(text).then_some(0),
            Ends::Doubled => {
                let marks = |c: &char| matches!(c, '。' | '，' | '、' | '；' | '：' | '！' | '？');
                let run = || text.chars().rev().take_while(marks);
                let doubled = run().nth(1).is_some() && run().any(|c| matches!(c, '。' | '，' | '、' | '；' | '：'));
                doubled.then(|| run().map(char::len_utf8).sum())
            }
        }
    }
}

/// Sentences, and after the last of them words without an end mark.
fn misses_end_mark(text: &str) -> bool {
    if !text.ends_with(han::is_han) {
        return false;
    }
    let tail = text.rsplit(['。', '！', '？', '…', '；']).next().unwrap_or(text);
    tail.len() < text.len() && tail.chars().count() >= 6
}
