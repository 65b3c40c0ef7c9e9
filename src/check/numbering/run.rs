/*!
Runs of ordinals: headings, items and clauses of a law.

A wrong number is told from a missing member by what comes after: in （一）（二）（二）（四） one number is wrong, in
（一）（二）（四）（五） one member is missing.
*/

use super::{Fault, Of, Slip};
use crate::facts::series::{Ordinal, Series, SeriesLevel, Style, flow};
use crate::facts::{Context, within};
use crate::manuscript::BlockKind;
use crate::text::Span;

pub(super) fn find(cx: &Context, of: Of) -> Vec<Slip> {
    let wanted = |series: &&Series| kind(cx, series) == Some(of);
    cx.series().iter().filter(wanted).flat_map(|series| walk(cx, series)).collect()
}

/// What the series numbers; none where it is not looked at.
fn kind(cx: &Context, series: &Series) -> Option<Of> {
    let heading = |span: Span| cx.manuscript.block_at(span.start).is_some_and(|block| block.kind == BlockKind::Heading);
    match (series.style(), series.level) {
        (Style::Turn | Style::Rank | Style::Must | Style::Among, _) => None,
        (Style::Clause, _) => Some(Of::Clause),
        (Style::Part(_) | Style::Decimal, _) => Some(Of::Heading),
        (Style::Dot | Style::Comma | Style::HalfBracket | Style::BracketDigit, SeriesLevel::Inline) => None,
        (_, SeriesLevel::Inline) => Some(Of::Item),
        _ => {
            let headings = series.items.iter().filter(|item| heading(item.span)).count();
            Some(if headings * 2 > series.items.len() { Of::Heading } else { Of::Item })
        }
    }
}

fn walk(cx: &Context, series: &Series) -> Vec<Slip> {
    let mut slips = Vec::new();
    let items = &series.items;
    if items[0].value.number != 1 && items[0].value.style != Style::Clause {
        return slips;
    }
    let mut last = items[0].value.clone();
    for index in 1..items.len() {
        let own = &items[index].value;
        if flow::continues(&last, own) {
            last = own.clone();
            continue;
        }
        let due = Ordinal { number: last.number + 1, ..last.clone() };
        let wrong = items.get(index + 1).is_some_and(|next| flow::continues(&due, &next.value));
        let fault = fault(&last, own, items[..index].iter().any(|item| item.value == *own), wrong);
        let between = Span { start: items[index - 1].span.end, end: items[index].span.start };
        let expected = as_written(cx.at(items[index].span), due.number);
        if fault == Fault::Gap && is_there(cx, between, &expected) {
            last = own.clone();
            continue;
        }
        let mut slip = Slip::new(fault, items[index].span);
        slip.other = Some(items[index - 1].span);
        slip.expected = expected;
        slip.sure = is_sure(series, index, own, &due, wrong);
        slips.push(slip);
        last = if wrong { due } else { own.clone() };
    }
    if slips.len() * 3 > items.len() {
        slips.truncate(1)
    }
    slips
}

/// Whether the number that seems to be left out heads a block all the same, in a form that is not read as an ordinal.
fn is_there(cx: &Context, between: Span, number: &str) -> bool {
    let number = number.trim_end_matches(['.', '、', '．']);
    let inside = within(&cx.manuscript.blocks, between, |block| block.span);
    inside.iter().any(|block| cx.at(block.span).starts_with(number))
}

fn fault(last: &Ordinal, own: &Ordinal, seen: bool, wrong: bool) -> Fault {
    match own.number > last.number {
        _ if seen => Fault::Repeat,
        true if !wrong => Fault::Gap,
        _ => Fault::Order,
    }
}

/// Three members and a small step: what has only two, or goes far, may be another series.
fn is_sure(series: &Series, index: usize, own: &Ordinal, due: &Ordinal, wrong: bool) -> bool {
    let near = own.number.abs_diff(due.number) <= 3;
    let marked = matches!(series.style(), Style::Comma | Style::Bracket | Style::Is | Style::Part(_) | Style::Clause);
    let long = series.items.len() >= 3 || index >= 2;
    near && (long || wrong) && (marked || long) && series.rival == 0
}

/// The number in the form of the ordinal that stands there: （三） for （四）, 3. for 4.
fn as_written(text: &str, number: u32) -> String {
    let arabic = text.contains(|c: char| c.is_ascii_digit());
    let numeral = if arabic { number.to_string() } else { chinese(number) };
    let belongs = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c);
    let (Some(start), Some(end)) = (text.find(belongs), text.rfind(belongs)) else { return numeral };
    let length = text[end..].chars().next().map_or(0, char::len_utf8);
    let (start, end) = if arabic && text.contains('.') {
        (text.trim_end_matches('.').rfind('.').map_or(start, |at| at + 1), end + length)
    } else {
        (start, end + length)
    };
    format!("{}{numeral}{}", &text[..start], &text[end..])
}

/// 一百零五, 一百一十五
fn hundreds(number: u32) -> String {
    let rest = match number % 100 {
        0 => String::new(),
        rest @ 1..=9 => format!("零{}", chinese(rest)),
        rest @ 10..=19 => format!("一{}", chinese(rest)),
        rest => chinese(rest),
    };
    format!("{}百{rest}", chinese(number / 100))
}

fn chinese(number: u32) -> String {
    const FIGURES: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let figure = |figure: u32| FIGURES[(figure % 10) as usize];
    match number {
        0..=9 => figure(number).to_string(),
        10..=19 => format!("十{}", figure(number)),
        20..=99 => format!("{}十{}", figure(number / 10), figure(number)),
        100..=999 => hundreds(number),
        _ => number.to_string(),
    }
}
