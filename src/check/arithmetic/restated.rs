/*!
The same quantity stated twice with different values: 覆盖38个社区 above, 覆盖36个社区 below.

Two numbers are of the same quantity when the words before them, the noun after them, the unit and the time are the same.
That is a strong demand, and still two villages may each have twelve wells: other people and places in the sentence, or a
third value, make it nothing.
*/

use std::collections::{BTreeMap, BTreeSet};

use super::band::{is_slip, is_swapped};
use super::{Figure, Slip, Sure};
use crate::facts::Context;
use crate::facts::number::{Kind, Standing};
use crate::lexicon::table;
use crate::manuscript::BlockKind;
use crate::text::{Span, han};

/// Two numbers with one key are of the same quantity: the article, the words before, the unit, the noun after.
type Key = (usize, String, String, String);

pub fn find(context: &Context) -> Vec<Slip> {
    let mut same: BTreeMap<Key, Vec<&Figure>> = BTreeMap::new();
    for figure in context.numbers() {
        if let Some(key) = key(context, figure) {
            same.entry(key).or_default().push(figure);
        }
    }
    same.values().filter_map(|figures| judge(context, figures)).collect()
}

fn key(context: &Context, figure: &Figure) -> Option<Key> {
    let text = context.manuscript.text.as_str();
    let number = &figure.value;
    let block = context.manuscript.block_at(figure.span.start)?;
    let whole = number.is_exact() && matches!(number.standing, Standing::Plain | Standing::Total);
    let stated = number.value.top > 9 || number.value.exponent != 0;
    if !whole || !stated || block.kind == BlockKind::Cell || number.kind != Kind::Count {
        return None;
    }
    let measured = ["count", "length", "area", "mass", "mu", "volume"];
    let unit = number
        .unit
        .filter(|unit| measured.contains(&unit.dimension) || unit.is_money() || unit.dimension.starts_with("visits"))?;
    let lead = words_before(number.lead.of(text));
    let tail: String = number.tail.of(text).chars().take_while(|c| han::is_han(*c)).take(6).collect();
    let distinct = lead.chars().count() >= 2 && (lead.chars().count() + tail.chars().count() >= 4);
    let each =
        ["每", "各", "平均", "人均", "另", "其中", "约", "第"].iter().any(|word| number.lead.of(text).contains(word));
    (distinct && !each).then(|| (block.article, lead, unit.name.to_string(), tail))
}

/// The Han characters directly before a number, without 已, 共 and the like: at most four.
fn words_before(lead: &str) -> String {
    let mut bare = lead.trim();
    let ends = ["共有", "共", "达到", "达", "为", "有", "了", "是", "已", "累计", "总计", "合计"];
    while let Some(rest) = ends.iter().find_map(|end| bare.strip_suffix(end)) {
        bare = rest;
    }
    let from = han::back(bare, bare.len(), 4);
    let words = bare[from..].rsplit(|c: char| !han::is_han(c)).next().unwrap_or("");
    let shortened = words.trim_start_matches(['已', '共', '全', '该', '本', '试', '点']);
    if words.chars().count() > 2 {
        shortened.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect()
    } else {
        words.to_string()
    }
}

fn judge(context: &Context, figures: &[&Figure]) -> Option<Slip> {
    let values: BTreeSet<i128> = figures.iter().filter_map(|figure| figure.value.worth()?.at(-4)).collect();
    let [first, .., last] = figures else { return None };
    if values.len() != 2 || figures.len() > 4 {
        return None;
    }
    let other = figures.iter().find(|figure| figure.value.value != first.value.value).unwrap_or(last);
    let (before, after) = (sentence(context, first), sentence(context, other));
    let dates = (dates(context, before), dates(context, after));
    let apart = before != after && dates.0 == dates.1 && places(context, before, after);
    if !apart {
        return None;
    }
    let (a, b) = (first.value.value, other.value.value);
    let swapped = is_swapped(a, b);
    let dated = !dates.0.is_empty();
    let long = a.top.abs() > 99 && is_slip(a, b);
    let sure = if swapped && a.top > 99 || dated && (is_slip(a, b) || long) { Sure::Probable } else { Sure::Open };
    let lead = format!("{}{}", first.value.lead.of(&context.manuscript.text), context.at(first.span));
    let _ = lead;
    if sure == Sure::Open && !long {
        return None;
    }
    let reason = if swapped { "，数字颠倒" } else { "" }.to_string();
    Some(Slip {
        at: other.span,
        parts: vec![first.span],
        stated: context.at(other.span).to_string(),
        computed: context.at(first.span).to_string(),
        reason,
        sure,
    })
}

fn sentence(context: &Context, figure: &Figure) -> Span {
    context.manuscript.sentence_at(figure.span.start)
}

/// The dates of a sentence, as printed.
fn dates<'c>(context: &Context<'c>, sentence: Span) -> BTreeSet<&'c str> {
    let numbers = context.numbers();
    let first = numbers.partition_point(|number| number.span.start < sentence.start);
    let inside = numbers[first..].iter().take_while(|number| number.span.end <= sentence.end);
    inside.filter(|number| number.value.kind == Kind::Date).map(|number| context.at(number.span)).collect()
}

/// Whether two sentences name no different places.
fn places(context: &Context, first: Span, second: Span) -> bool {
    let named = |span: Span| -> BTreeSet<&str> {
        table::PLACES.find_longest(context.at(span)).into_iter().map(|(_, row)| row.column(0)).collect()
    };
    let (first, second) = (named(first), named(second));
    first.is_empty() || second.is_empty() || first == second
}
