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
    for sentence in &cx.manuscript.sentences {
        let clauses = split(text, *sentence, |c| han::ends_clause(c) || han::opens(c) || han::closes(c));
        for two in clauses.windows(2) {
            let mark = Span { start: two[0].end, end: two[1].start };
            if mark.of(text) == "，" && two[1].of(text).contains('、') {
                let sure = |like: Span| Odd { at: mark, like, sure: true };
                odd.extend(paired(text, two[0], two[1]).map(sure));
            }
        }
    }
    odd
}

/// Whether the first clause ends, and the second begins, with members made of two halves; returns one of them.
fn paired(text: &str, first: Span, second: Span) -> Option<Span> {
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
