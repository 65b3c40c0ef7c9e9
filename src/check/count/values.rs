/*!
Values told off one by one: 甲、乙、丙分别为1、2、3.

There must be as many values as members, or, for two quantities of each, twice as many.
*/

use super::{Miscount, Sure, is_open};
use crate::facts::Context;
use crate::facts::series::listing::{Listing, count_joints, parts};
use crate::text::{Span, han};

pub(super) fn find(cx: &Context) -> Vec<Miscount> {
    let text = &cx.manuscript.text;
    let words = text.match_indices(WORD).map(|(at, _)| Span::new(at, at + WORD.len()));
    words.filter_map(|word| told_off(cx, word)).collect()
}

const WORD: &str = "分别";

fn told_off(cx: &Context, word: Span) -> Option<Miscount> {
    let text = &cx.manuscript.text;
    let values = values_after(cx, word)?;
    let (members, readings) = members_before(cx, word)?;
    let found = values.len();
    let multiple = readings.iter().any(|count| *count > 1 && found.is_multiple_of(*count));
    let span = values.iter().copied().reduce(Span::hull)?;
    let named = !members.of(text).contains(['×', '某']);
    let plain = named && !is_open(members.of(text)) && !is_open(span.of(text));
    (!multiple && plain && found <= 8).then(|| Miscount {
        claim: span,
        count: found,
        list: members,
        found: readings[0],
        sure: if readings.len() == 1 { Sure::Certain } else { Sure::Probable },
    })
}

/// The values after the word, in its clause; each has a number and nothing else that counts.
fn values_after(cx: &Context, word: Span) -> Option<Vec<Span>> {
    let text = &cx.manuscript.text;
    let sentence = cx.manuscript.sentence_at(word.start);
    let rest = &text[word.end as usize..sentence.end as usize];
    let end = rest.find(|c| han::ends_clause(c) || han::opens(c)).unwrap_or(rest.len());
    let clause = Span::new(word.end as usize, word.end as usize + end);
    if clause.of(text).contains(['由', '从', '至', '到', '比']) {
        return None;
    }
    let mut values = Vec::new();
    for part in parts(text, clause, &['、']) {
        let joint = ["以及", "和", "与", "及"].iter().find_map(|j| part.of(text).rfind(j).map(|at| (at, j.len())));
        match joint
            .filter(|(at, length)| has_number(&part.of(text)[..*at]) && has_number(&part.of(text)[at + length..]))
        {
            Some((at, length)) => {
                let middle = part.start as usize + at;
                values.extend([Span::new(part.start as usize, middle), Span::new(middle + length, part.end as usize)]);
            }
            None => values.push(part),
        }
    }
    let bare = |value: &Span| value.of(text).find(|c: char| c.is_ascii_digit()).is_some_and(|at| at <= 12);
    let single = values.iter().all(|value| has_number(value.of(text)) && numbers(value.of(text)) == 1);
    let plain = single && values.iter().skip(1).all(bare) && !clause.of(text).starts_with(['于', '在', '以']);
    (values.len() > 1 && plain).then_some(values)
}

fn has_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// How many numbers a text has; 1.5 and 1,200 are one.
fn numbers(text: &str) -> usize {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).filter(|word| has_number(word)).count()
}

/// The list before the word, in its clause, with the ways to count it.
fn members_before(cx: &Context, word: Span) -> Option<(Span, Vec<usize>)> {
    let text = &cx.manuscript.text;
    let sentence = cx.manuscript.sentence_at(word.start);
    let before = &text[sentence.start as usize..word.start as usize];
    let start = before.rfind(han::ends_clause).map_or(0, |at| han::forth(before, at, 1));
    let clause = Span::new(sentence.start as usize + start, word.start as usize);
    let listed = Listing::new(text, clause).filter(|_| clause.of(text).contains('、'));
    match listed {
        Some(list) => Some((clause, list.or_suffix(text).readings)),
        None if count_joints(clause.of(text)) == 1 && clause.of(text).chars().count() <= 30 => Some((clause, vec![2])),
        None => None,
    }
}
