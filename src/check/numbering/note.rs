/*!
Footnotes of Markdown (`[^3]`) and numbered works (`[1]`), against the places that cite them.
*/

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{Fault, Slip};
use crate::facts::Context;
use crate::manuscript::BlockKind;
use crate::text::pattern::Pattern;
use crate::text::{Span, han};

static NOTE: LazyLock<Pattern> = LazyLock::new(|| Pattern::with_cues(&["[^"], 90, r"\[\^([^\]\s]{1,20})\](：|:)?"));
static WORK: LazyLock<Pattern> = LazyLock::new(|| Pattern::with_cues(&["[", "［"], 24, r"^[\[［](\d{1,3})[\]］]\s?\S"));
static CITED: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::with_cues(&["[", "［"], 200, r"[\[［](\d{1,3}(?:\s?[,，、\-–—～]\s?\d{1,3})*)[\]］]"));

pub(super) fn notes(cx: &Context) -> Vec<Slip> {
    if !cx.manuscript.text.contains("[^") {
        return Vec::new();
    }
    let mut told: BTreeMap<&str, Span> = BTreeMap::new();
    let mut cited: Vec<(&str, Span)> = Vec::new();
    let mut slips = Vec::new();
    for block in cx.manuscript.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
        let text = cx.at(block.span);
        for found in NOTE.all(text) {
            let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else { continue };
            let span = Span::new(block.span.start as usize + whole.start(), block.span.start as usize + name.end() + 1);
            if whole.start() > 0 || found.get(2).is_none() {
                cited.push((name.as_str(), span));
            } else if let Some(first) = told.insert(name.as_str(), span) {
                slips.push(Slip { other: Some(first), ..Slip::new(Fault::Repeat, span) });
            }
        }
    }
    let last = told.values().max().copied();
    let lost = cited.iter().filter(|(name, _)| last.is_some() && !told.contains_key(name));
    slips.extend(lost.map(|(_, span)| Slip { other: last, ..Slip::new(Fault::Absent, *span) }));
    let names: BTreeSet<&str> = cited.iter().map(|(name, _)| *name).collect();
    let idle = told.iter().filter(|(name, _)| !names.contains(**name));
    slips.extend(idle.map(|(_, span)| Slip::new(Fault::Uncited, *span)));
    slips
}

pub(super) fn citations(cx: &Context) -> Vec<Slip> {
    let works = works(cx);
    if works.len() < 2 || works[0].0 != 1 {
        return Vec::new();
    }
    let mut slips = listed(&works);
    let cited = cited(cx, &works);
    if cited.is_empty() {
        return slips;
    }
    let last = works[works.len() - 1];
    let known: BTreeSet<u32> = works.iter().map(|work| work.0).collect();
    let used: BTreeSet<u32> = cited.iter().map(|(number, _)| *number).collect();
    let lost = cited.iter().filter(|(number, _)| !known.contains(number));
    slips.extend(lost.map(|(_, span)| Slip { other: Some(last.1), ..Slip::new(Fault::Absent, *span) }));
    let idle = works.iter().filter(|work| !used.contains(&work.0));
    let idle: Vec<Slip> = idle.map(|work| Slip::new(Fault::Uncited, work.1)).collect();
    if idle.len() * 2 <= works.len() {
        slips.extend(idle);
    }
    slips.extend(early(&cited));
    slips
}

/// The numbered works at the end: blocks that begin with [1].
fn works(cx: &Context) -> Vec<(u32, Span)> {
    let mut works = Vec::new();
    for block in cx.manuscript.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Code | BlockKind::Cell)) {
        let text = cx.at(block.span);
        let begins = text.starts_with(['[', '［']);
        let Some(found) = begins.then(|| WORK.captures(text)).flatten() else { continue };
        let Some(number) = found.get(1) else { continue };
        let end = block.span.start as usize + number.end();
        let end = han::forth(&cx.manuscript.text, end, 1);
        works.extend(number.as_str().parse().ok().map(|n| (n, Span::new(block.span.start as usize, end))));
    }
    works
}

fn listed(works: &[(u32, Span)]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for pair in works.windows(2).filter(|pair| pair[1].0 != pair[0].0 + 1 && pair[1].0 != 1) {
        let fault = match pair[1].0.cmp(&pair[0].0) {
            std::cmp::Ordering::Equal => Fault::Repeat,
            std::cmp::Ordering::Greater => Fault::Gap,
            std::cmp::Ordering::Less => Fault::Order,
        };
        let expected = format!("[{}]", pair[0].0 + 1);
        slips.push(Slip { other: Some(pair[0].1), expected, ..Slip::new(fault, pair[1].1) });
    }
    slips
}

/// The numbers that the text cites, in reading order, before the list of works.
fn cited(cx: &Context, works: &[(u32, Span)]) -> Vec<(u32, Span)> {
    let end = works.first().map_or(0, |work| work.1.start as usize);
    let text = &cx.manuscript.text[..end];
    let mut cited = Vec::new();
    for found in CITED.all(text) {
        let (Some(whole), Some(numbers)) = (found.get(0), found.get(1)) else { continue };
        let code = cx.manuscript.block_at(whole.start() as u32).is_none_or(|b| b.kind == BlockKind::Code);
        let latin = text[..whole.start()].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '`');
        if !code && !latin {
            let span = Span::new(whole.start(), whole.end());
            cited.extend(expand(numbers.as_str()).into_iter().map(|number| (number, span)));
        }
    }
    cited
}

/// 1,3-5 is 1, 3, 4, 5.
fn expand(numbers: &str) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    for part in numbers.split([',', '，', '、']) {
        let mut ends = part.split(['-', '–', '—', '～']).filter_map(|end| end.trim().parse::<u32>().ok());
        if let Some(first) = ends.next() {
            let last = ends.next().unwrap_or(first);
            all.extend((first..=last).take(50));
        }
    }
    all
}

/// The first work that is cited before one of a smaller number was.
fn early(cited: &[(u32, Span)]) -> Option<Slip> {
    let mut due = 1;
    let mut before = None;
    for (number, span) in cited {
        if *number > due {
            let expected = format!("[{due}]");
            return Some(Slip { other: before, expected, ..Slip::new(Fault::Order, *span) });
        }
        if *number == due {
            due += 1;
            before = Some(*span);
        }
    }
    None
}
