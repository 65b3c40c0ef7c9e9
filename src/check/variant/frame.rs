/*!
Frames with a filler that is no word: 取得实郊 where 实效 was meant, 把先锋党在最前沿.

A frame (进行X, 以…为X, 在…X下, 把…X在) takes few words. A filler that is neither in the dictionary nor in official
text, and differs in one like character from one that official text often has there, is a slip. Before 在 the filler must
be a verb of putting; a single noun there is a slip whose verb is not known.
*/

use super::how;
use crate::facts::Context;
use crate::finding::Findings;
use crate::lexicon::frames::{Frame, slots};
use crate::lexicon::grams::is_attested;
use crate::lexicon::likeness::{Likeness, likeness};
use crate::lexicon::words::words;
use crate::text::{Span, han};

pub fn check(cx: &Context, findings: &mut Findings) {
    for block in cx.manuscript.blocks.iter().filter(|block| block.kind.is_prose()) {
        for slot in slots(cx.at(block.span), block.span.start as usize) {
            let text = cx.at(slot.span);
            if slot.frame == Frame::Put {
                if is_no_verb(cx, slot.span) {
                    let draft = findings.at(slot.span).slot("wrong", text).slot("how", "不是动词");
                    draft.slot("right", "放、摆、挺").push();
                }
            } else if let Some((right, kind)) = meant(cx, slot.frame, slot.span) {
                let draft =
                    findings.at(slot.span).slot("wrong", text).slot("right", right).slot("how", how(Some(kind)));
                draft.push();
            }
        }
    }
}

/// Whether one character that is no verb, and part of no word, stands where a verb of putting does.
fn is_no_verb(cx: &Context, span: Span) -> bool {
    let text = cx.manuscript.text.as_str();
    let verb = words().get(cx.at(span)).is_none_or(|word| word.tag.starts_with('v') || word.tag == "p");
    let known = Frame::Put.fillers().contains_key(cx.at(span)) || PUTTING.contains(cx.at(span));
    let start = han::back(text, span.start as usize, 5);
    let cut = words().cut(&text[start..span.end as usize]);
    let single = cut.last().is_some_and(|word| word.start == span.start as usize - start);
    !verb && !known && single
}

/// The word that is meant by a filler that is none.
fn meant(cx: &Context, frame: Frame, span: Span) -> Option<(&'static str, Likeness)> {
    let text = cx.at(span);
    let characters: Vec<char> = text.chars().collect();
    let before = han::before(&cx.manuscript.text, span.start as usize);
    let joined = before.is_some_and(|c| words().has(&format!("{c}{}", characters[0])));
    if words().has(text) || is_attested(&characters) || joined {
        return None;
    }
    let near = frame.fillers().iter().filter(|(_, count)| **count >= OFTEN);
    let alike = near.filter_map(|(word, count)| Some((*word, one_apart(&characters, word)?, *count)));
    let best = alike.filter(|(_, kind, _)| *kind != Likeness::Near).max_by_key(|(word, _, count)| (*count, *word))?;
    Some((best.0, best.1))
}

/// Verbs of putting that official text has no use for.
const PUTTING: &str = "丢落留储载站刻裹摔托镶写印套挂插拴撒建办埋握抓立搭端种钉贴绣穿戴搁投搬搂抱顶摊洒排立坐住守关锁";

/// A filler that official text has so often is one that may be meant.
const OFTEN: u32 = 4;

/// How the one character in which two words differ is alike.
fn one_apart(characters: &[char], word: &str) -> Option<Likeness> {
    let mut differing = characters.iter().zip(word.chars()).filter(|(a, b)| **a != *b);
    let (a, b) = differing.next()?;
    if differing.next().is_some() {
        return None;
    }
    likeness(*a, b)
}
