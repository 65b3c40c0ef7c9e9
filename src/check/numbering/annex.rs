/*!
Annexes: what the text refers to, the note that names them (附件：1. ××) and the annexes themselves.
*/

use crate::facts::Context;
use crate::facts::series::numeral;
use crate::manuscript::{Article, Block, BlockKind};
use crate::text::{Span, han};

use super::{Fault, Slip};

/// A named annex: its number, its number's place and its name.
struct Annex {
    number: u32,
    at: Span,
    name: Span,
}

pub(super) fn find(cx: &Context) -> Vec<Slip> {
    let blocks = &cx.manuscript.blocks;
    if !cx.manuscript.text.contains("附件") {
        return Vec::new();
    }
    let noted = noted(cx, blocks);
    let headed = headed(cx, blocks);
    let mut slips = forms(cx, blocks);
    slips.extend(absent(cx, &noted, &headed));
    slips.extend(renamed(cx, &noted, &headed));
    slips.extend(left_out(&noted, &headed));
    slips
}

/// The annexes that the note at the foot names: 附件：1. ×× and the lines below it.
fn noted(cx: &Context, blocks: &[Block]) -> Vec<Annex> {
    let mut noted = Vec::new();
    let mut open = false;
    for block in blocks {
        let text = cx.at(block.span);
        let note = text.strip_prefix("附件").filter(|rest| rest.starts_with(['：', ':']));
        let rest = match note {
            Some(rest) => rest[rest.chars().next().map_or(0, char::len_utf8)..].trim_start(),
            None if open => text,
            None => continue,
        };
        let annex = numbered(block, text, rest);
        open = annex.is_some();
        noted.extend(annex);
    }
    noted
}

/// 1. ×× at the end of a block's text.
fn numbered(block: &Block, text: &str, rest: &str) -> Option<Annex> {
    let length = numeral::length(rest);
    let number = numeral::value(&rest[..length])?;
    let mark = rest[length..].chars().next().filter(|mark| matches!(mark, '.' | '．' | '、' | '：' | ':'))?;
    let start = block.span.start as usize + text.len() - rest.len();
    let end = start + length + mark.len_utf8();
    let name = rest[length + mark.len_utf8()..].trim_start();
    let name_at = block.span.end as usize - name.len();
    (!name.is_empty()).then(|| Annex {
        number,
        at: Span::new(start, end),
        name: Span::new(name_at, block.span.end as usize),
    })
}

/// The annexes themselves: a block 附件2 and the title below it, or behind it.
fn headed(cx: &Context, blocks: &[Block]) -> Vec<Annex> {
    let mut headed = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let Some(rest) = cx.at(block.span).strip_prefix("附件") else { continue };
        let rest = rest.trim_start();
        let length = numeral::length(rest);
        let Some(number) = numeral::value(&rest[..length]) else { continue };
        let title = rest[length..].trim_start_matches(['：', ':', ' ', '　', '.']);
        let labelled =
            title.is_empty() || rest[length..].starts_with(['：', ':', ' ', '　']) && title.chars().count() <= 40;
        if !labelled {
            continue;
        }
        let end = block.span.end as usize;
        let name = match (title.is_empty(), blocks.get(index + 1)) {
            (true, Some(next)) => next.span,
            _ => Span::new(end - title.len(), end),
        };
        headed.push(Annex { number, at: Span::new(block.span.start as usize, end - title.len()), name });
    }
    headed
}

/// 附件：1、×× ought to be 附件：1. ××.
fn forms(cx: &Context, blocks: &[Block]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for annex in noted(cx, blocks) {
        let text = cx.at(annex.at);
        if let Some(number) = text.strip_suffix('、').filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))
        {
            let right = format!("{number}.");
            slips.push(Slip { expected: right.clone(), edit: Some(right), ..Slip::new(Fault::Form, annex.at) });
        }
    }
    slips
}

fn absent(cx: &Context, noted: &[Annex], headed: &[Annex]) -> Vec<Slip> {
    let text = &cx.manuscript.text;
    let known: Vec<&Annex> = noted.iter().chain(headed).collect();
    let Some(last) = known.iter().max_by_key(|annex| annex.number) else { return Vec::new() };
    let mut slips = Vec::new();
    for (at, word) in text.match_indices("附件") {
        let rest = &text[at + word.len()..];
        let length = numeral::length(rest);
        let Some(number) = numeral::value(&rest[..length]) else { continue };
        let span = Span::new(at, at + word.len() + length);
        let own = known.iter().any(|annex| annex.at.overlaps(span) || annex.number == number);
        let elsewhere = text[..at].ends_with('》');
        if !(own || elsewhere) && same_article(cx, span, known[0].at) {
            slips.push(Slip { other: Some(last.at), ..Slip::new(Fault::Absent, span) });
        }
    }
    slips
}

/// Annexes that the note names and that do not follow, where others of it do.
fn left_out(noted: &[Annex], headed: &[Annex]) -> Vec<Slip> {
    let there = |annex: &&Annex| headed.iter().any(|other| other.number == annex.number);
    let Some(last) = headed.last().filter(|_| noted.iter().any(|annex| there(&annex))) else { return Vec::new() };
    let ordered = noted.windows(2).all(|pair| pair[1].number == pair[0].number + 1);
    let lost = noted.iter().filter(|annex| ordered && !there(annex));
    let slip = |annex: &Annex| Slip { other: Some(last.at), ..Slip::new(Fault::LeftOut, annex.at.hull(annex.name)) };
    lost.map(slip).collect()
}

fn same_article(cx: &Context, one: Span, other: Span) -> bool {
    let article = |span: Span| cx.manuscript.article_at(span.start).map(|article: &Article| article.span);
    article(one) == article(other)
}

/// Annexes whose title is nearly, and not quite, the one in the note.
fn renamed(cx: &Context, noted: &[Annex], headed: &[Annex]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for annex in headed {
        let Some(other) = noted.iter().find(|other| other.number == annex.number) else { continue };
        let titled = cx.manuscript.block_at(annex.name.start).is_some_and(|block| block.kind != BlockKind::Cell);
        let (title, name) = (plain(cx.at(annex.name)), plain(cx.at(other.name)));
        let differ = title != name && !title.contains(&name) && !name.contains(&title);
        if titled && differ && are_near(&title, &name) {
            slips.push(Slip { other: Some(other.name), expected: name, ..Slip::new(Fault::Form, annex.name) });
        }
    }
    slips.iter_mut().for_each(|slip| slip.sure = false);
    slips
}

/// A title without what titles add or drop freely.
fn plain(title: &str) -> String {
    let title = title.split(['（', '(']).next().unwrap_or_default();
    title.chars().filter(|c| han::is_han(*c) || c.is_ascii_alphanumeric()).collect()
}

/// Whether most characters of the shorter title stand in the longer one.
fn are_near(one: &str, other: &str) -> bool {
    let (short, long) = if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    let shared = short.chars().filter(|c| long.contains(*c)).count();
    let (short, long) = (short.chars().count(), long.chars().count());
    short >= 3 && shared * 3 >= short * 2 && long <= short + 4
}
