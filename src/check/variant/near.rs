/*!
The document's own words against a garbled one: the same neighbours with another character between them, and two coined
terms run together.

Both ask that official text has nothing of the kind. A word of the dictionary at the place, on either side, silences.
*/

use rustc_hash::FxHashMap as HashMap;

use super::how;
use crate::facts::Context;
use crate::facts::echo::{Runs, each_run, is_little, start};
use crate::finding::Findings;
use crate::lexicon::grams::is_attested;
use crate::lexicon::likeness::{Likeness, likeness};
use crate::lexicon::words::words;
use crate::text::{Span, han};

/// A character between two neighbours once, where another that it is taken for stands at least twice.
pub fn repeats(cx: &Context, findings: &mut Findings) {
    let runs = &cx.echoes().framed;
    let mut middles: HashMap<(char, char), Vec<(char, u32)>> = HashMap::default();
    for ([a, b, c], (count, at)) in runs {
        if *count >= 2 {
            middles.entry((*a, *c)).or_default().push((*b, *at));
        }
    }
    if middles.is_empty() {
        return;
    }
    for (run, at) in lone(runs) {
        let Some(others) = middles.get(&(run[0], run[2])).filter(|_| is_strange(cx, run, at)) else { continue };
        let taken = others.iter().filter_map(|(c, at)| Some((likeness(*c, run[1])?, *c, *at)));
        let Some((kind, right, other)) = taken.filter(|row| row.0 != Likeness::Near).min() else { continue };
        let known = runs[&[run[0], right, run[2]]].0;
        let span = Span::new(at as usize, at as usize + run.iter().map(|c| c.len_utf8()).sum::<usize>());
        let right: String = [run[0], right, run[2]].iter().collect();
        let note = Span::new(other as usize, other as usize + right.len());
        let draft = findings.at(span).slot("wrong", cx.at(span)).slot("right", right);
        draft.slot("how", how(Some(kind))).slot("count", known.to_string()).note(note).push();
    }
}

/// The runs that stand once, in order.
fn lone(runs: &Runs<3>) -> Vec<([char; 3], u32)> {
    let mut lone: Vec<([char; 3], u32)> =
        runs.iter().filter(|(_, (count, _))| *count == 1).map(|(run, (_, at))| (*run, *at)).collect();
    lone.sort_unstable_by_key(|(_, at)| *at);
    lone
}

/// Whether no text has the run, and its middle belongs to no word.
fn is_strange(cx: &Context, run: [char; 3], at: u32) -> bool {
    let little = run.iter().any(|c| is_little(*c));
    !little && !is_attested(&run) && !is_attested(&run[..2]) && !is_attested(&run[1..]) && is_wordless(cx, run, at)
}

/// Whether no word of two or more characters covers the middle of a run.
fn is_wordless(cx: &Context, run: [char; 3], at: u32) -> bool {
    let text = cx.manuscript.text.as_str();
    let block = cx.manuscript.block_at(at).map_or(Span::point(at as usize), |block| block.span);
    let middle = at as usize + run[0].len_utf8();
    let first = han::back(text, middle, 3).max(block.start as usize);
    let starts = text[first..middle].char_indices().map(|(offset, _)| first + offset).chain([middle]);
    let covers = |start: usize| {
        let window = &text[start..han::forth(text, start, 6).min(block.end as usize)];
        let long = |length: usize| start + length > middle && length > run[1].len_utf8();
        words().prefixes(window).any(|(length, _)| long(length))
    };
    !starts.into_iter().any(covers)
}

/// 综合素质能 where the document has 素能 and 素质.
pub fn blends(cx: &Context, findings: &mut Findings) {
    let lone = lone(&cx.echoes().split);
    if lone.is_empty() {
        return;
    }
    let pairs = pairs(cx, &lone);
    for ([x, y, z], at) in lone {
        let count = |pair: [char; 2]| pairs.get(&pair).map_or(0, |row| row.0);
        if count([x, z]) < 3 || count([x, y]) < 2 {
            continue;
        }
        let coined: String = [x, z].iter().collect();
        let word: String = [x, y].iter().collect();
        let place = words().get(&word).is_none_or(|word| word.tag.starts_with("ns") || word.tag.starts_with("nr"));
        let other = pairs.get(&[x, z]).map_or(0, |row| row.1 as usize);
        let joined = han::before(&cx.manuscript.text, other).is_some_and(|c| words().has(&format!("{c}{x}")));
        if place || joined || words().has(&coined) || !ends_there(cx, [x, y, z], at) {
            continue;
        }
        let span = Span::new(at as usize, at as usize + x.len_utf8() + y.len_utf8() + z.len_utf8());
        let draft = findings.at(span).slot("wrong", cx.at(span)).slot("other", word).slot("right", coined.as_str());
        draft.slot("count", count([x, z]).to_string()).note(Span::new(other, other + coined.len())).push();
    }
}

/// The pairs of which some runs are made up, counted.
fn pairs(cx: &Context, runs: &[([char; 3], u32)]) -> Runs<2> {
    let mut pairs: Runs<2> =
        runs.iter().flat_map(|([x, y, z], _)| [[*x, *z], [*x, *y]]).map(|pair| (pair, (0, 0))).collect();
    // A bit of a character's code turns most pairs away.
    let bit = |c: char| 1u64 << (c as u32 % 64);
    let (heads, tails) = pairs.keys().fold((0, 0), |(heads, tails), [a, b]| (heads | bit(*a), tails | bit(*b)));
    each_run(cx, |pair @ [a, b], end| {
        if heads & bit(a) != 0
            && tails & bit(b) != 0
            && let Some(row) = pairs.get_mut(&pair)
        {
            row.1 = if row.0 == 0 { start(pair, end) } else { row.1 };
            row.0 += 1;
        }
    });
    pairs
}

/// Whether the last character begins no word with what follows, and no text goes on so.
fn ends_there(cx: &Context, run: [char; 3], at: u32) -> bool {
    let text = cx.manuscript.text.as_str();
    let last = at as usize + run[0].len_utf8() + run[1].len_utf8();
    let tail = &text[last..han::forth(text, last, 4)];
    let goes_on = words().prefixes(tail).any(|(length, _)| length > run[2].len_utf8());
    let next = text[last + run[2].len_utf8()..].chars().next().filter(|c| han::is_han(*c));
    !goes_on && next.is_none_or(|next| !is_attested(&[run[1], run[2], next]))
}
