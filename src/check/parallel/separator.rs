/*!
One comma among enumeration commas: 甲与乙，丙与丁、戊与己.
*/

use super::Odd;
use crate::facts::Context;
use crate::facts::series::split;
use crate::text::{Span, han};

pub(super) fn find(cx: &Context) -> Vec<Odd> {
    let text = &cx.manuscript.text;
    let mut odd = Vec::new();
    for (sentence, signs) in cx.cues().by_sentence(cx.manuscript) {
        let mut start = sentence.start;
        for (index, sign) in signs.iter().enumerate().filter(|(_, sign)| sign.cuts()) {
            let first = Span { start: std::mem::replace(&mut start, sign.end()), end: sign.at };
            let next = signs[index + 1..].iter().find(|next| next.mark == '、' || next.cuts());
            if sign.mark != '，' || next.is_none_or(|next| next.mark != '、') || first.of(text).trim().is_empty() {
                continue;
            }
            let end = signs[index + 1..].iter().find(|next| next.cuts()).map_or(sentence.end, |next| next.at);
            let at = Span { start: sign.at, end: sign.end() };
            let like = paired(text, first, Span { start: sign.end(), end });
            odd.extend(like.map(|like| Odd { at, like, sure: true }));
        }
    }
    odd
}

/// Whether the first clause ends, and the second begins, with members made of two halves; returns one of them.
fn paired(text: &str, first: Span, second: Span) -> Option<Span> {
    if !["与", "和"].iter().any(|joint| first.of(text).contains(joint) && second.of(text).contains(joint)) {
        return None;
    }
    let members = split(text, second, |c| c == '、');
    let (next, later) = members.split_first()?;
    ["与", "和"].into_iter().find_map(|joint| {
        let (left, right) = halves(next.of(text), joint)?;
        let whole = left.abs_diff(right) <= 1 && (2..=8).contains(&left);
        let last = later.last()?;
        let inner = &later[..later.len() - 1];
        let same = |member: &Span| halves(member.of(text), joint) == Some((left, right));
        let (before, _) = last.of(text).split_once(joint)?;
        let head = split(text, first, |c| c == '、').pop()?;
        let (_, after) = head.of(text).rsplit_once(joint)?;
        let like = whole && inner.iter().all(same) && before.chars().count() == left && is_plain(head.of(text));
        (like && after.chars().count() == right).then_some(*next)
    })
}

/// The lengths of the two halves of a member, in characters.
fn halves(member: &str, joint: &str) -> Option<(usize, usize)> {
    let (left, right) = member.split_once(joint)?;
    let plain = !right.contains(joint) && member.chars().all(han::is_han);
    plain.then(|| (left.chars().count(), right.chars().count()))
}

fn is_plain(head: &str) -> bool {
    head.chars().count() <= 16 && head.chars().all(han::is_han)
}
