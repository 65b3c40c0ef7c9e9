/*!
Paragraphs that layout broke are joined, captions that stand inside them are set aside, pieces whose head is lost are
noted.

Only proof joins: a dictionary word lies across the break, or a clause is left open (by a comma, by a quotation or
bracket that the next paragraph closes, by a last word that needs something after it) and the next paragraph continues
it. A wrong join poisons every later check, so without proof the paragraphs stay as they are.
*/

use std::collections::VecDeque;

use super::classify::{ends_closed, ends_open};
use super::draft::Draft;
use super::normalise::crosses;
use super::{Alteration, BlockKind, Repair};
use crate::lexicon::{starts, words::words};
use crate::text::{Source, SourceSpan, Span, han};

/// Shortest text before a break, in characters.
const BROKEN: usize = 12;
/// Longest intruding caption, in characters.
const CAPTION: usize = 120;

/// Mends the blocks of one source.
pub fn mend(drafts: Vec<Draft>, source: &Source) -> Vec<Draft> {
    let mut mended: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut rest: VecDeque<Draft> = drafts.into();
    while let Some(mut draft) = rest.pop_front() {
        draft.headless = is_prose(&draft) && starts_inside_a_word(&draft.text) && mended.last().is_none_or(is_closed);
        let mut caption = None;
        while let Some(next) = rest.pop_front() {
            if continues(&draft, &next, caption.is_none()) {
                let between = between(&draft, &next, source);
                draft.join(next, between);
            } else if caption.is_none() && intrudes(&draft, &next, rest.front()) {
                caption = Some(next);
            } else {
                rest.push_front(next);
                break;
            }
        }
        mended.push(draft);
        mended.extend(caption.map(set_aside));
    }
    mended
}

/// A short block between the halves of a paragraph, proved by the half that follows it.
fn intrudes(draft: &Draft, next: &Draft, after: Option<&Draft>) -> bool {
    is_open(draft) && could_intrude(next) && after.is_some_and(|after| continues(draft, after, false))
}

fn set_aside(mut caption: Draft) -> Draft {
    caption.kind = BlockKind::Caption;
    let span = Span::new(0, caption.text.len());
    let was = caption.source_hull().into_iter().collect();
    caption.alterations.push(Alteration { what: Repair::Caption, span, was });
    caption
}

/// The blank text between two halves that stand next to each other; nothing where a caption is in the way.
fn between(draft: &Draft, next: &Draft, source: &Source) -> Vec<SourceSpan> {
    let (Some(before), Some(after)) = (draft.segments.last(), next.segments.first()) else { return Vec::new() };
    let (start, end) = (before.source.end, after.source.start);
    let blank = start <= end && source.text[start as usize..end as usize].trim().is_empty();
    if blank { vec![SourceSpan { file: before.source.file, start, end }] } else { Vec::new() }
}

fn is_prose(draft: &Draft) -> bool {
    draft.kind.is_prose()
}

fn is_closed(draft: &Draft) -> bool {
    !is_prose(draft) || ends_closed(&draft.text)
}

/// Prose that stops without an end mark.
fn is_open(draft: &Draft) -> bool {
    let sentence = draft.text.contains(['，', '。', '、', '；', '：']) && draft.text.chars().count() >= BROKEN;
    is_prose(draft) && sentence && !ends_closed(&draft.text)
}

/// A single sentence that may be a caption between the halves of a paragraph.
fn could_intrude(next: &Draft) -> bool {
    let text = next.text.as_str();
    let sentences = text.chars().filter(|&c| han::ends_sentence(c)).count();
    let one = sentences == 0 || (sentences == 1 && ends_closed(text));
    let plain = matches!(next.kind, BlockKind::Caption | BlockKind::Paragraph | BlockKind::Heading);
    plain && (next.kind == BlockKind::Caption || one) && text.chars().count() <= CAPTION
}

/// Whether `next` is proved to continue the open paragraph `draft`.
fn continues(draft: &Draft, next: &Draft, adjacent: bool) -> bool {
    let joinable = matches!(next.kind, BlockKind::Paragraph | BlockKind::Heading);
    if !is_open(draft) || !joinable || next.lead > 0 || next.mark != draft.mark {
        return false;
    }
    let (before, after) = (draft.text.trim_end(), next.text.trim_start());
    if word_across(before, after) {
        return true;
    }
    if !adjacent || next.kind == BlockKind::Heading || !ends_closed(after) {
        return false;
    }
    ends_open(before) || closes_pair(before, after) || needs_more(before)
}

/// A dictionary word lies across the break.
fn word_across(before: &str, after: &str) -> bool {
    let left: String = before.chars().rev().take_while(|&c| han::is_han(c)).take(5).collect();
    let left: String = left.chars().rev().collect();
    let right: String = after.chars().take_while(|&c| han::is_han(c)).take(5).collect();
    !left.is_empty() && !right.is_empty() && crosses(&left, &right)
}

/// A quotation or bracket is open before the break, and the next mark of its kind after the break closes it.
fn closes_pair(before: &str, after: &str) -> bool {
    [('“', '”'), ('（', '）'), ('《', '》')].into_iter().any(|(open, close)| {
        let last = before.rfind([open, close]);
        let next = after.find([open, close]);
        last.is_some_and(|at| before[at..].starts_with(open)) && next.is_some_and(|at| after[at..].starts_with(close))
    })
}

/// The last word cannot end a sentence: a preposition, a conjunction, an adverb, or a verb after which no paragraph
/// stops, in a clause of its own.
fn needs_more(before: &str) -> bool {
    let clause = before.rsplit(|c| han::ends_clause(c) || han::closes(c)).next().unwrap_or("");
    let start = han::back(clause, clause.len(), 8);
    let cut = words().cut(&clause[start..]);
    let Some(last) = cut.last() else { return false };
    let word = &clause[start..][last.clone()];
    words().get(word).is_some_and(|found| match found.tag {
        "p" | "c" | "d" | "u" | "uj" => true,
        "v" => word.chars().count() >= 2 && clause.chars().count() <= 8,
        _ => false,
    })
}

/// The first word is a single character that ends common words and begins no sentence.
fn starts_inside_a_word(text: &str) -> bool {
    let head: String = text.chars().take(6).take_while(|&c| han::is_han(c)).collect();
    let Some(first) = head.chars().next() else { return false };
    let cut = words().cut(&head);
    let single = cut.first().is_some_and(|word| word.end == first.len_utf8());
    single && head.chars().count() >= 2 && starts::never_begins(first)
}
