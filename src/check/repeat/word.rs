/*!
Words that stand twice in a row.

The cut into words decides: 目的的 and 为了了解 have no doubled 的 or 了. Of longer words only those are told that nobody
doubles: a verb may be doubled for a light tone (研究研究), a measure for many (一遍一遍).
*/

use std::cmp::Reverse;

use crate::facts::Context;
use crate::finding::{Findings, Safety};
use crate::lexicon::words::words;
use crate::manuscript::BlockKind;
use crate::text::{Span, han};

/// Little words that are never doubled where both are words of their own.
const LITTLE: &str = "的了在是和与及对将把被从向并或以";
/// Verbs of written language, which have no light tone.
const WRITTEN: &[&str] = &[
    "进行", "加强", "提高", "推进", "推动", "开展", "实施", "坚持", "具有", "成为", "作为", "予以", "给予", "加以",
    "促进", "完善", "深化", "强化", "实现", "提升", "构建", "建立", "围绕", "依照", "根据", "按照", "通过", "可以",
    "应当", "需要", "能够", "必须", "以及", "对于", "关于", "并且", "而且", "因为", "所以", "如果", "但是", "由于",
    "为了", "我们", "他们", "提出", "发布", "印发", "召开", "举行", "举办", "参加", "获得", "取得", "存在", "属于",
    "包括", "负责", "贯彻", "履行",
];
/// The most characters of a doubled word.
const LONGEST: usize = 6;

/// A little word twice.
pub fn little(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        let length = han::length(*first);
        // The little words have three bytes each.
        let doubled = length == 3 && at >= 3 && bytes[at - 3..at] == bytes[at..at + 3];
        if doubled && han::after(text, at).is_some_and(|c| LITTLE.contains(c)) {
            let span = Span::new(at - 3, at + 3);
            if both_are_words(cx, span, 3) {
                report(cx, findings, span, 3);
            }
        }
        at += length;
    }
}

/// A longer word twice.
pub fn doubled(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    each_twice(text, |Twice { start, length, .. }| {
        let ahead = text[start..].char_indices().take(3 * LONGEST);
        let ahead: Vec<(usize, char)> = ahead.map(|(at, c)| (start + at, c)).collect();
        let half = ahead[length].0 - start;
        let span = Span::new(start, ahead.get(2 * length).map_or(text.len(), |next| next.0));
        if is_fault(cx, &ahead, length) && both_are_words(cx, span, half) {
            report(cx, findings, span, half);
        }
    });
}

/// Han characters that stand twice in a row.
#[derive(Clone, Copy)]
struct Twice {
    /// Where the first of them begins, in bytes and in characters.
    start: usize,
    index: usize,
    /// How many of them stand twice.
    length: usize,
}

/// Shows what stands twice in a text, from left to right; of what overlaps, what begins first, and of that the longest.
fn each_twice(text: &str, mut see: impl FnMut(Twice)) {
    // The characters read last, and for each length how many of them are what stands so far before.
    let mut ring = ['\0'; 8];
    let mut same = [0; LONGEST + 1];
    // How often the last one stands there on end.
    let mut run = 0;
    let (mut end, mut idle) = (0, true);
    let mut open = Open::default();
    for (index, c) in text.chars().enumerate() {
        end += c.len_utf8();
        let han = han::is_han(c);
        let again = |length: usize| ring[index.wrapping_sub(length) % 8] == c;
        run = if again(1) { run + 1 } else { 1 };
        if !han || !(2..=LONGEST).any(again) {
            if !idle {
                (same, idle) = ([0; LONGEST + 1], true);
            }
            ring[index % 8] = if han { c } else { '\0' };
            continue;
        }
        for (length, same) in same.iter_mut().enumerate().skip(2) {
            *same = if again(length) { *same + 1 } else { 0 };
            let start = (index + 1).saturating_sub(2 * length);
            if *same >= length && run < length && start >= open.behind {
                open.twice.push(Twice { start: han::back(text, end, 2 * length), index: start, length });
            }
        }
        (ring[index % 8], idle) = (c, false);
        open.settle(index, &mut see);
    }
    open.settle(usize::MAX, &mut see);
}

/// What stands twice where something longer may still begin as early.
#[derive(Default)]
struct Open {
    twice: Vec<Twice>,
    /// The character behind what was shown last.
    behind: usize,
}

impl Open {
    /// Shows what nothing can take the place of any more, once so many characters are read.
    fn settle(&mut self, read: usize, see: &mut impl FnMut(Twice)) {
        while let Some(first) = self.twice.iter().copied().min_by_key(|twice| (twice.index, Reverse(twice.length)))
            && first.index + 2 * LONGEST <= read
        {
            see(first);
            self.behind = first.index + 2 * first.length;
            self.twice.retain(|twice| twice.index >= self.behind);
        }
    }
}

fn report(cx: &Context, findings: &mut Findings, span: Span, half: usize) {
    let second = Span::new(span.start as usize + half, span.end as usize);
    findings.at(span).slot("text", cx.at(second)).fix("删去一个", Safety::Ask, &[(second, "")]).push();
}

fn stands_twice(characters: &[(usize, char)], at: usize, length: usize) -> bool {
    let whole = characters.get(at..at + 2 * length);
    whole.is_some_and(|whole| {
        let (first, second) = whole.split_at(length);
        let same = first.iter().zip(second).all(|(a, b)| a.1 == b.1);
        same && first.iter().all(|(_, c)| han::is_han(*c)) && first.iter().any(|(_, c)| *c != first[0].1)
    })
}

/// Whether a text is one that nobody doubles, and stands neither three times nor in a list of its parts.
fn is_fault(cx: &Context, characters: &[(usize, char)], length: usize) -> bool {
    let word: String = characters[..length].iter().map(|(_, c)| *c).collect();
    let block = cx.manuscript.block_at(characters[0].0 as u32).map(|block| block.kind);
    let prose = block.is_some_and(|kind| kind.is_prose() || kind == BlockKind::Caption);
    let third = stands_twice(characters, length, length);
    let counted = word.chars().any(|c| han::is_numeral(c) || "几数多好很太越又再每个天年月日点".contains(c));
    let known = words().get(&word);
    let noun =
        known.is_some_and(|word| word.frequency >= 50 && (word.tag == "n" || word.tag == "c" || word.tag == "p"));
    let end = characters.get(2 * length).map(|next| next.1);
    let cried = end.is_some_and(|c| "！!、”~".contains(c)) || word.starts_with('的');
    let plain = if length == 2 { WRITTEN.contains(&word.as_str()) || noun } else { length > 2 };
    prose && !third && !counted && !cried && plain
}

/// Whether the cut of the neighbourhood begins and ends words at the edges and the middle of a doubled text.
fn both_are_words(cx: &Context, span: Span, half: usize) -> bool {
    let text = cx.manuscript.text.as_str();
    let block = cx.manuscript.block_at(span.start).map_or(span, |block| block.span);
    let start = han::back(text, span.start as usize, 6).max(block.start as usize);
    let end = han::forth(text, span.end as usize, 6).min(block.end as usize).max(span.end as usize);
    let cut = words().cut(&text[start..end]);
    let edges = [span.start as usize, span.start as usize + half, span.end as usize];
    edges.iter().all(|edge| *edge == end || cut.iter().any(|word| word.start == edge - start))
}
