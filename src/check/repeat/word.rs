/*!
Words that stand twice in a row.

The cut into words decides: 目的的 and 为了了解 have no doubled 的 or 了. Of longer words only those are told that nobody
doubles: a verb may be doubled for a light tone (研究研究), a measure for many (一遍一遍).
*/

use std::str::CharIndices;

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
    let mut last: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        let doubled = last.filter(|(_, before)| *before == c && LITTLE.contains(c));
        if let Some((start, _)) = doubled {
            let span = Span::new(start, at + c.len_utf8());
            if both_are_words(cx, span, c.len_utf8()) {
                report(cx, findings, span, c.len_utf8());
            }
        }
        last = Some((at, c));
    }
}

/// A longer word twice.
pub fn doubled(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    let mut window = Window { rest: text.char_indices(), read: Vec::new(), at: 0 };
    loop {
        let ahead = window.ahead();
        if ahead.len() < 4 {
            break;
        }
        let comes_again = |length: &usize| ahead.get(*length).is_some_and(|other| other.1 == ahead[0].1);
        let twice = (2..=LONGEST).rev().find(|length| comes_again(length) && stands_twice(ahead, 0, *length));
        let Some(length) = twice else {
            window.at += 1;
            continue;
        };
        let end = ahead.get(2 * length).map_or(text.len(), |next| next.0);
        let span = Span::new(ahead[0].0, end);
        let half = ahead[length].0 - ahead[0].0;
        if is_fault(cx, ahead, length) && both_are_words(cx, span, half) {
            report(cx, findings, span, half);
        }
        window.at += 2 * length;
    }
}

/// The characters of a text, some thousand at a time.
struct Window<'t> {
    rest: CharIndices<'t>,
    read: Vec<(usize, char)>,
    /// How many of those read are behind.
    at: usize,
}

impl Window<'_> {
    /// The next characters: as many as are looked at, unless the text ends.
    fn ahead(&mut self) -> &[(usize, char)] {
        if self.read.len() < self.at + 3 * LONGEST {
            self.read.drain(..self.at);
            self.at = 0;
            self.read.extend(self.rest.by_ref().take(READ));
        }
        &self.read[self.at..]
    }
}

/// Characters that are read at a time.
const READ: usize = 4096;

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
