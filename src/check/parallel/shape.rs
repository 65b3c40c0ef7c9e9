/*!
The member of a list of slogans that is not made like the rest: 立案快一步、审理深一层、执行力度更大一些、服务优一分.

The rest must have one length and one character in one place; the odd member has another length, and no such character at
its end, or is half as long again. Without that character a list is not one of slogans, and its members may be of any length.
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
        for clause in signs.split_inclusive(|sign| sign.cuts()) {
            let cut = clause.last().filter(|sign| sign.cuts());
            let span = Span { start, end: cut.map_or(sentence.end, |cut| cut.at) };
            start = cut.map_or(sentence.end, |cut| cut.end());
            if clause.iter().filter(|sign| sign.mark == '、').count() > 1 {
                odd.extend(odd_one(text, span));
            }
        }
    }
    odd
}

fn odd_one(text: &str, clause: Span) -> Option<Odd> {
    if !clause.of(text).chars().all(|c| han::is_han(c) || c == '、') {
        return None;
    }
    let quoted = han::before(text, clause.start as usize).is_some_and(|c| c == '“' || c == '‘')
        && han::after(text, clause.end as usize).is_some_and(han::closes);
    let members = split(text, clause, |c| c == '、');
    if members.len() < if quoted { 3 } else { 4 } {
        return None;
    }
    let lengths: Vec<usize> = members.iter().map(|member| member.of(text).chars().count()).collect();
    let inner = if quoted { 0..members.len() } else { 1..members.len() - 1 };
    let odd = only_odd(&lengths, inner)?;
    let words: Vec<Vec<char>> = members.iter().map(|member| member.of(text).chars().collect()).collect();
    let rest: Vec<&Vec<char>> = words.iter().enumerate().filter(|(at, _)| *at != odd).map(|(_, word)| word).collect();
    let like = members[if odd == 0 { 1 } else { odd - 1 }];
    let sure = quoted && members.len() > 3;
    let joined = words[odd].iter().any(|c| "和与及".contains(*c));
    let stands_out = if sure { stands_out(&rest, &words[odd]) } else { runs_over(&rest, &words[odd]) };
    (stands_out && !joined).then_some(Odd { at: members[odd], like, sure })
}

/// The only member whose length is not that of all others.
fn only_odd(lengths: &[usize], within: std::ops::Range<usize>) -> Option<usize> {
    let mut found = within.filter(|odd| {
        let mut rest = lengths.iter().enumerate().filter(|(at, _)| at != odd).map(|(_, length)| *length);
        let first = rest.next().unwrap_or(0);
        (3..=8).contains(&first) && rest.all(|length| length == first) && lengths[*odd] != first
    });
    let odd = found.next();
    odd.filter(|_| found.next().is_none())
}

/// Whether the odd one has the last character of all others, and one more behind it: 学习 for 学.
fn runs_over(rest: &[&Vec<char>], odd: &[char]) -> bool {
    let last = rest[0].last();
    let shared = rest.iter().all(|word| word.last() == last);
    let before = odd.len().checked_sub(2).and_then(|at| odd.get(at));
    shared && before == last && odd.last() != last
}

/// Whether the others share a character in a place, and the odd one has another there.
fn stands_out(rest: &[&Vec<char>], odd: &[char]) -> bool {
    let length = rest[0].len();
    let shared = |at: usize| rest.iter().all(|word| word[at] == rest[0][at]);
    let back: Vec<usize> = (1..=2).filter(|from| *from <= length && shared(length - from)).collect();
    let strays = |from: &usize| odd.len() < *from || odd[odd.len() - from] != rest[0][length - from];
    let long = odd.len() > length + 2 && (1..length).any(shared);
    !(1..length).all(shared) && (long || !back.is_empty() && back.iter().all(strays))
}
