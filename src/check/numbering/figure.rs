/*!
Figures and tables: the numbers of captions, and what the text refers to.
*/

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{Fault, Slip};
use crate::facts::Context;
use crate::manuscript::BlockKind;
use crate::text::pattern::Pattern;
use crate::text::{Span, han};

/// 图3 or 图1-2: the chapter (0 without one) and the number.
type Number = (u32, u32);

static NUMBER: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"[图表] ?(\d{1,3})(?:[-－–.](\d{1,3}))?"));

pub(super) fn find(cx: &Context, kind: char) -> Vec<Slip> {
    let captions = captions(cx, kind);
    let mut slips = walk(&captions);
    slips.extend(absent(cx, kind, &captions));
    slips
}

/// The numbers that captions have, in reading order.
fn captions(cx: &Context, kind: char) -> Vec<(Number, Span)> {
    let mut found = Vec::new();
    for block in cx.manuscript.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
        let text = cx.at(block.span);
        let Some((number, length)) = read(text, kind).filter(|_| text.chars().count() <= 60) else { continue };
        let after = text[length..].chars().next();
        let named = after.is_none_or(|c| matches!(c, ' ' | '　' | '：' | ':' | '\t' | '.'));
        if named && !text.ends_with('。') && !text.contains("续") {
            found.push((number, Span::new(block.span.start as usize, block.span.start as usize + length)));
            found.extend(beside(text, kind, block.span.start as usize));
        }
    }
    found
}

/// Further captions in the same line: 图5 前 图6 后.
fn beside(text: &str, kind: char, start: usize) -> Vec<(Number, Span)> {
    let apart = |at: &usize| text[..*at].ends_with([' ', '　', '\t']);
    let more = text.match_indices(kind).map(|(at, _)| at).filter(apart);
    more.filter_map(|at| read(&text[at..], kind).map(|(n, length)| (n, Span::new(start + at, start + at + length))))
        .collect()
}

fn read(text: &str, kind: char) -> Option<(Number, usize)> {
    if !text.starts_with(kind) {
        return None;
    }
    let found = NUMBER.captures(text).filter(|found| found.get(0).is_some_and(|whole| whole.start() == 0))?;
    let first = found[1].parse().ok()?;
    let number = match found.get(2) {
        Some(second) => (first, second.as_str().parse().ok()?),
        None => (0, first),
    };
    Some((number, found[0].len()))
}

/// Gaps, repeats and wrong order among captions, each chapter for itself.
fn walk(captions: &[(Number, Span)]) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut chapters: BTreeMap<u32, Vec<(u32, Span)>> = BTreeMap::new();
    captions.iter().for_each(|((chapter, number), span)| chapters.entry(*chapter).or_default().push((*number, *span)));
    for run in chapters.values().filter(|run| run[0].0 == 1) {
        for pair in run.windows(2).filter(|pair| pair[1].0 != pair[0].0 + 1 && (pair[1].0 != 1 || pair[0].0 == 1)) {
            let fault = match pair[1].0 {
                number if number == pair[0].0 => Fault::Repeat,
                number if number > pair[0].0 => Fault::Gap,
                _ => Fault::Order,
            };
            let expected = (pair[0].0 + 1).to_string();
            slips.push(Slip { other: Some(pair[0].1), expected, ..Slip::new(fault, pair[1].1) });
        }
    }
    slips
}

/// References to a number that no caption has, where the captions of its chapter are complete.
fn absent(cx: &Context, kind: char, captions: &[(Number, Span)]) -> Vec<Slip> {
    let text = &cx.manuscript.text;
    let mut slips = Vec::new();
    let Some(last) = captions.last() else { return slips };
    let mut chapters: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    captions.iter().for_each(|((chapter, number), _)| _ = chapters.entry(*chapter).or_default().insert(*number));
    let complete = |numbers: &BTreeSet<u32>| numbers.last().is_some_and(|last| *last as usize == numbers.len());
    chapters.retain(|_, numbers| complete(numbers));
    for (at, _) in text.match_indices(kind) {
        let Some((number, length)) = read(&text[at..], kind) else { continue };
        let span = Span::new(at, at + length);
        let lacks = chapters.get(&number.0).is_some_and(|numbers| !numbers.contains(&number.1));
        let wide = text[span.end as usize..].starts_with(['-', '.', '～', '—']);
        if lacks && refers(cx, span) && !wide {
            slips.push(Slip { other: Some(last.1), ..Slip::new(Fault::Absent, span) });
        }
    }
    slips
}

/// Whether a figure or table of this document is meant: 见图3, 如表5所示, （表5）.
fn refers(cx: &Context, span: Span) -> bool {
    let text = &cx.manuscript.text;
    let block = cx.manuscript.block_at(span.start);
    let code = block.is_none_or(|block| block.kind == BlockKind::Code);
    let before = han::before(text, span.start as usize);
    let led = before.is_some_and(|c| "见如由从据看照（(与和及、，。；[".contains(c));
    let after = &text[span.end as usize..];
    let shown = ["所示", "中", "为", "列", "给出", "显示", "可"].iter().any(|word| after.starts_with(word));
    let head = block.is_some_and(|block| block.span.start == span.start);
    !code && (led || shown && head)
}
