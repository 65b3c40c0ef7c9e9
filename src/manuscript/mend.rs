/*!
Paragraphs that layout broke are joined, captions that stand inside them are set aside, pieces whose head is lost are
noted.

Only proof joins: a dictionary word lies across the break, or a clause is left open (by a comma, by a quotation or
bracket that the next paragraph closes, by a last word that needs something after it) and the next paragraph continues
it. A wrong join poisons every later check, so without proof the paragraphs stay as they are.
*/

use std::cell::OnceCell;
use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::classify::{ends_closed, ends_open};
use super::draft::Draft;
use super::{Alteration, BlockKind, Repair};
use crate::lexicon::{starts, words::words};
use crate::read::Mark;
use crate::text::{Source, SourceSpan, Span, Spans, han};

/// Shortest text before a break, in characters.
const BROKEN: usize = 12;
/// A text of this length is a paragraph, whatever its marks.
const LONG: usize = 200;
/// Shortest paragraph that may be broken between words, in characters.
const RUNNING: usize = 30;
/// Longest intruding caption, in characters.
const CAPTION: usize = 120;

/// Mends the blocks of one source, each when it is asked for.
pub fn mend<'s, D: Iterator<Item = Draft> + 's>(drafts: D, source: &'s Source) -> impl Iterator<Item = Draft> + 's {
    Mended {
        rest: Rest { drafts, seen: VecDeque::new() },
        source,
        openings: Openings::default(),
        after_text: false,
        aside: VecDeque::new(),
    }
}

struct Mended<'s, D> {
    rest: Rest<D>,
    source: &'s Source,
    openings: Openings,
    /// What stands before the next block is prose that has an end.
    after_text: bool,
    /// Captions that follow the paragraph that they stood in.
    aside: VecDeque<Draft>,
}

impl<D: Iterator<Item = Draft>> Iterator for Mended<'_, D> {
    type Item = Draft;

    fn next(&mut self) -> Option<Draft> {
        let draft = match self.aside.pop_front() {
            Some(caption) => caption,
            None => self.whole()?,
        };
        self.after_text = is_prose(&draft) && ends_closed(&draft.text);
        Some(draft)
    }
}

impl<D: Iterator<Item = Draft>> Mended<'_, D> {
    /// The next block with all that continues it.
    fn whole(&mut self) -> Option<Draft> {
        let mut draft = self.rest.take()?;
        draft.headless = self.after_text && is_fragment(&draft, self.source, &self.openings);
        let mut gap = Gap::None;
        while let Some(next) = self.rest.take() {
            if let Some(proof) = continues(&draft, &next, gap) {
                let soft = proof == Proof::Clause && next.gap == 0;
                let what = if soft { Repair::Wrap } else { Repair::Break };
                let between = between(&draft, &next, self.source);
                draft.kind = if is_prose(&draft) { draft.kind } else { BlockKind::Paragraph };
                draft.join(next, what, between);
                gap = Gap::None;
            } else if gap == Gap::None && intrudes(&draft, &next, self.rest.front()) {
                gap = Gap::behind(&next);
                self.aside.push_back(set_aside(next));
            } else {
                self.rest.seen.push_front(next);
                break;
            }
        }
        Some(draft)
    }
}

/// Blocks to come, of which a few are seen already.
struct Rest<D> {
    drafts: D,
    seen: VecDeque<Draft>,
}

impl<D: Iterator<Item = Draft>> Rest<D> {
    fn take(&mut self) -> Option<Draft> {
        self.seen.pop_front().or_else(|| self.drafts.next())
    }

    fn front(&mut self) -> Option<&Draft> {
        if self.seen.is_empty() {
            self.seen.extend(self.drafts.next());
        }
        self.seen.front()
    }
}

/// A short block between the halves of a paragraph, proved by the half that follows it.
fn intrudes(draft: &Draft, next: &Draft, after: Option<&Draft>) -> bool {
    let gap = Gap::behind(next);
    is_open(draft) && could_intrude(next) && after.is_some_and(|after| continues(draft, after, gap).is_some())
}

/// What stands between two halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    /// A block that says itself that it is a caption (图为…, …摄).
    Caption,
    Block,
}

impl Gap {
    fn behind(block: &Draft) -> Self {
        if block.kind == BlockKind::Caption { Gap::Caption } else { Gap::Block }
    }
}

fn set_aside(mut caption: Draft) -> Draft {
    caption.kind = BlockKind::Caption;
    let span = Span::new(0, caption.text.len());
    let was = caption.source_hull().into_iter().collect();
    caption.alterations.push(Alteration { what: Repair::Caption, span, was });
    caption
}

/// The blank text between two halves that stand next to each other; nothing where a caption is in the way.
fn between(draft: &Draft, next: &Draft, source: &Source) -> Spans {
    let (Some(before), Some(after)) = (draft.segments.last(), next.segments.first()) else { return Spans::default() };
    let (start, end) = (before.source.end, after.source.start);
    let blank = start <= end && source.text[start as usize..end as usize].trim().is_empty();
    if blank { SourceSpan { file: before.source.file, start, end }.into() } else { Spans::default() }
}

fn is_prose(draft: &Draft) -> bool {
    draft.kind.is_prose()
}

/// Prose that stops without an end mark.
fn is_open(draft: &Draft) -> bool {
    let sentence = || is_long(&draft.text, LONG) || draft.text.contains(['，', '。']) && is_long(&draft.text, BROKEN);
    is_prose(draft) && !ends_closed(&draft.text) && sentence()
}

/// A paragraph, and not a line that looks like a heading with commas.
fn is_running(text: &str) -> bool {
    let sentences = || text.contains('。') || text.matches('，').count() >= 2;
    is_long(text, LONG) || is_long(text, RUNNING) && sentences()
}

/// Whether a text has at least so many characters; looks no further than those.
fn is_long(text: &str, characters: usize) -> bool {
    text.chars().nth(characters - 1).is_some()
}

/// A single sentence that may be a caption between the halves of a paragraph.
fn could_intrude(next: &Draft) -> bool {
    let text = next.text.as_str();
    let sentences = text.chars().filter(|&c| han::ends_sentence(c)).count();
    let one = sentences == 0 || (sentences == 1 && ends_closed(text));
    let plain = matches!(next.kind, BlockKind::Caption | BlockKind::Paragraph | BlockKind::Heading);
    plain && (next.kind == BlockKind::Caption || one) && text.chars().count() <= CAPTION
}

/// What proves that a paragraph goes on after the break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Proof {
    /// A word lies across it.
    Word,
    /// A clause is left open. Without a blank line between, that is only how lines are set.
    Clause,
}

/// Whether `next` is proved to continue `draft`.
fn continues(draft: &Draft, next: &Draft, gap: Gap) -> Option<Proof> {
    let joinable = matches!(next.kind, BlockKind::Paragraph | BlockKind::Heading);
    if !joinable || next.lead > 0 || next.mark != draft.mark {
        return None;
    }
    let (before, after) = (draft.text.trim_end(), next.text.trim_start());
    let paragraph = gap != Gap::Block && next.kind == BlockKind::Paragraph && ends_closed(after);
    if !is_open(draft) {
        let cut_short = is_label(draft) && paragraph && word_across(before, after, SURE);
        return cut_short.then_some(Proof::Word);
    }
    let plain = paragraph && is_running(before);
    if word_across(before, after, if plain { 0.0 } else { PROOF }) {
        return Some(Proof::Word);
    }
    let open = gap == Gap::Caption || ends_open(before) || closes_pair(before, after) || needs_more(before);
    (plain && open).then_some(Proof::Clause)
}

/// A short line that only looks like a heading because its paragraph was broken early.
fn is_label(draft: &Draft) -> bool {
    let label = matches!(draft.kind, BlockKind::Heading | BlockKind::Title | BlockKind::Paragraph);
    label && draft.mark == Mark::None && !ends_closed(&draft.text) && is_long(&draft.text, 6)
}

/// How much more probable (as a difference of logarithms) two halves must be together to prove that they were one, where
/// nothing else speaks for it.
const PROOF: f32 = 1.5;
/// The same where the first half looks like a heading.
const SURE: f32 = 4.0;

/// A dictionary word lies across the break and makes the halves more probable together than apart, by more than `proof`.
fn word_across(before: &str, after: &str, proof: f32) -> bool {
    let left: String = before.chars().rev().take_while(|&c| han::is_han(c)).take(5).collect();
    let left: String = left.chars().rev().collect();
    let right: String = after.chars().take_while(|&c| han::is_han(c)).take(5).collect();
    !left.is_empty() && !right.is_empty() && words().joint(&left, &right) > proof
}

/// A quotation or bracket is open before the break, and the next mark of its kind after the break closes it.
fn closes_pair(before: &str, after: &str) -> bool {
    [('“', '”'), ('（', '）'), ('《', '》')].into_iter().any(|(open, close)| {
        let last = before.rfind([open, close]);
        let next = after.find([open, close]);
        last.is_some_and(|at| before[at..].starts_with(open)) && next.is_some_and(|at| after[at..].starts_with(close))
    })
}

/// The last word cannot end a sentence: a preposition or conjunction, or a verb that must have an object, in a short clause
/// of its own.
fn needs_more(before: &str) -> bool {
    let clause = before.rsplit(|c| han::ends_clause(c) || han::closes(c)).next().unwrap_or("");
    let start = han::back(clause, clause.len(), 8);
    let cut = words().cut(&clause[start..]);
    let Some(last) = cut.last() else { return false };
    let word = &clause[start..][last.clone()];
    let bound = words().get(word).is_some_and(|found| matches!(found.tag, "p" | "c" | "uj"));
    bound || (TRANSITIVE.contains(&word) && clause.chars().count() <= 8)
}

/// Verbs after which a sentence does not stop without their object.
const TRANSITIVE: [&str; 60] = [
    "开设",
    "强化",
    "开展",
    "构建",
    "打造",
    "建立",
    "设立",
    "成立",
    "制定",
    "出台",
    "制发",
    "印发",
    "发布",
    "举办",
    "召开",
    "组建",
    "搭建",
    "设置",
    "编制",
    "签署",
    "签订",
    "颁布",
    "创建",
    "创办",
    "推出",
    "推行",
    "实行",
    "聚焦",
    "围绕",
    "依托",
    "针对",
    "紧扣",
    "通过",
    "根据",
    "按照",
    "鉴于",
    "关于",
    "对于",
    "为了",
    "由于",
    "包括",
    "属于",
    "位于",
    "来自",
    "作为",
    "成为",
    "具有",
    "拥有",
    "致力于",
    "有助于",
    "贯彻",
    "践行",
    "秉持",
    "牵头",
    "联合",
    "选派",
    "抽调",
    "荣获",
    "入选",
    "获评",
];

/// A paragraph that starts inside a word, unless the text uses its start as a word elsewhere.
fn is_fragment(draft: &Draft, source: &Source, openings: &Openings) -> bool {
    let plain = draft.kind == BlockKind::Paragraph && draft.mark == Mark::None;
    plain && starts_inside_a_word(&draft.text) && !openings.have(&source.text, &draft.text)
}

/// What stands in a text right behind a mark: pairs of characters, looked up when they are first asked for.
#[derive(Default)]
struct Openings(OnceCell<FxHashSet<[char; 2]>>);

impl Openings {
    /// Whether the first two characters of a block stand behind a mark somewhere in the text.
    fn have(&self, text: &str, block: &str) -> bool {
        let mut start = block.chars();
        let (Some(first), Some(second)) = (start.next(), start.next()) else { return false };
        self.0.get_or_init(|| behind_marks(text)).contains(&[first, second])
    }
}

fn behind_marks(text: &str) -> FxHashSet<[char; 2]> {
    let mut pairs = FxHashSet::default();
    let (mut before, mut first) = ('\n', '\n');
    for second in text.chars() {
        if !before.is_whitespace() && !han::is_han(before) {
            pairs.insert([first, second]);
        }
        (before, first) = (first, second);
    }
    pairs
}

/// The first word is a single character that ends words and begins no sentence (…法|律知识), before a word of its own; or
/// the first characters are the rest of a longer word (文|件袋里).
fn starts_inside_a_word(text: &str) -> bool {
    if !text.chars().next().is_some_and(starts::never_begins) {
        return false;
    }
    let head: String = text.chars().take(8).take_while(|&c| han::is_han(c)).collect();
    let cut = words().cut(&head);
    let [first, second, ..] = cut.as_slice() else { return false };
    let first = &head[first.clone()];
    let second = &head[second.clone()];
    first.chars().count() == 1 && (second.chars().count() >= 2 || words().ends_longer(&format!("{first}{second}")))
}
