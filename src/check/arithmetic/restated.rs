/*!
The same quantity stated twice with different values: 覆盖38个社区 above, 覆盖36个社区 below.

Two numbers are of the same quantity when the words before them, the noun after them, the unit and the time are the same.
That is a strong demand, and still two villages may each have twelve wells: other people and places in the sentence, or a
third value, make it nothing.
*/

use std::collections::{BTreeMap, BTreeSet};

use super::band::{is_slip, is_swapped};
use super::{Figure, Slip, Sure};
use crate::facts::number::{Kind, Standing};
use crate::facts::{Context, Form, Mention};
use crate::lexicon::table;
use crate::manuscript::BlockKind;
use crate::text::{Span, han};

/// Bytes of a sentence that is too long to say anything of one subject.
const LONG: usize = 2000;

/// Two numbers with one key are of the same quantity: the article, the words before, the unit, the noun after.
type Key<'t> = (usize, &'t str, &'t str, &'t str);

pub fn find(context: &Context) -> Vec<Slip> {
    let mut same: BTreeMap<Key, Vec<&Figure>> = BTreeMap::new();
    for figure in context.numbers() {
        if let Some(key) = key(context, figure) {
            same.entry(key).or_default().push(figure);
        }
    }
    let mut slips: Vec<Slip> = same.values().filter_map(|figures| judge(context, figures)).collect();
    for slip in misprints(context) {
        if slips.iter().all(|known| known.at != slip.at && known.parts != [slip.at]) {
            slips.push(slip);
        }
    }
    slips
}

/// Long numbers of one unit in an article that differ in one digit, or whose neighbouring digits changed places, near the
/// same words: 8650件 in the title, 8560件 below. Every number is filed under its digits with one of them left out and
/// under its digits in order of size, so that only such pairs ever meet.
fn misprints(context: &Context) -> Vec<Slip> {
    let mut files: BTreeMap<(usize, &str, String), Vec<&Figure>> = BTreeMap::new();
    let long = context.numbers().iter().filter_map(|figure| Some((figure, long(context, figure)?)));
    let long: Vec<(&Figure, (usize, &str, String))> = long.collect();
    for (figure, (article, unit, digits)) in long.iter().filter(|_| long.len() > 1) {
        let (article, unit) = (*article, *unit);
        let mut sorted: Vec<char> = digits.chars().collect();
        sorted.sort_unstable();
        files.entry((article, unit, sorted.into_iter().collect())).or_default().push(figure);
        for at in 0..digits.len() {
            let masked = format!("{}?{}", &digits[..at], &digits[at + 1..]);
            files.entry((article, unit, masked)).or_default().push(figure);
        }
    }
    files.values().filter(|file| file.len() < 6).filter_map(|file| misprint(context, file)).collect()
}

/// The article, unit and digits of an exact number of four digits or more.
fn long<'c>(context: &Context<'c>, figure: &Figure) -> Option<(usize, &'static str, String)> {
    let number = &figure.value;
    let standing = matches!(number.standing, Standing::Plain | Standing::Total | Standing::Part);
    if !(standing && number.is_exact() && number.value.plain().top.abs() > 999) {
        return None;
    }
    let unit = number
        .unit
        .filter(|unit| unit.dimension == "count" || unit.dimension.starts_with("visits") || unit.is_money())?;
    let block = context.manuscript.block_at(figure.span.start)?;
    let digits = || number.value.plain().top.abs().to_string();
    let prose = block.kind != BlockKind::Cell;
    prose.then(|| (context.manuscript.whole_of(block.article), unit.name, digits()))
}

fn misprint(context: &Context, file: &[&Figure]) -> Option<Slip> {
    let (first, rest) = file.split_first()?;
    let other = rest.iter().find(|figure| figure.value.value.plain() != first.value.value.plain())?;
    let (a, b) = (first.value.value, other.value.value);
    let swapped = is_swapped(a, b);
    if a.plain().exponent != b.plain().exponent || !(swapped || is_slip(a, b)) {
        return None;
    }
    let (before, after) = (sentence(context, first), sentence(context, other));
    let times = (time(context, first), time(context, other));
    let timed = times.0 == times.1 || is_head(context, first) || is_head(context, other);
    let near = shares_words(context, first, other);
    if !(timed && near) || before == after || !same_actors(context, before, after) {
        return None;
    }
    let reason = if swapped { "，数字颠倒" } else { "" }.to_string();
    let (stated, computed) = (context.at(other.span).to_string(), context.at(first.span).to_string());
    Some(Slip { at: other.span, parts: vec![first.span], stated, computed, reason, sure: Sure::Probable })
}

/// Whether two characters that stand side by side in the last words before one number do so before the other too.
fn shares_words(context: &Context, first: &Figure, other: &Figure) -> bool {
    let words = |figure: &Figure| -> Vec<char> {
        let lead = figure.value.lead.of(&context.manuscript.text);
        lead[han::back(lead, lead.len(), 8)..].chars().filter(|c| han::is_han(*c)).collect()
    };
    let (first, other) = (words(first), words(other));
    let empty = ["全年", "今年", "上年", "累计", "共计", "合计", "其中", "实现", "完成", "达到"];
    first.windows(2).any(|pair| {
        let word: String = pair.iter().collect();
        other.windows(2).any(|next| next == pair) && !empty.contains(&word.as_str())
    })
}

fn key<'c>(context: &Context<'c>, figure: &Figure) -> Option<Key<'c>> {
    let text = context.manuscript.text.as_str();
    let number = &figure.value;
    let whole = number.is_exact() && matches!(number.standing, Standing::Plain | Standing::Total);
    let stated = number.value.top > 9 || number.value.exponent != 0;
    if !whole || !stated || number.kind != Kind::Count {
        return None;
    }
    let measured = ["count", "length", "area", "mass", "mu", "volume"];
    let unit = number
        .unit
        .filter(|unit| measured.contains(&unit.dimension) || unit.is_money() || unit.dimension.starts_with("visits"))?;
    let block = context.manuscript.block_at(figure.span.start).filter(|block| block.kind != BlockKind::Cell)?;
    let tail = number.tail.of(text);
    let tail = &tail[..tail.chars().take_while(|c| han::is_han(*c)).take(6).map(char::len_utf8).sum()];
    let lead = words_before(number.lead.of(text), if tail.is_empty() { 4 } else { 2 })?;
    let each = ["每", "各", "平均", "人均", "另", "其中", "约", "第"];
    let apart = each.iter().any(|word| number.lead.of(text).contains(word));
    (!apart).then(|| (context.manuscript.whole_of(block.article), lead, unit.name, tail))
}

/// The Han characters directly before a number, without 已, 共 and the like.
fn words_before(lead: &str, length: usize) -> Option<&str> {
    let mut bare = lead.trim();
    let ends = ["共有", "共", "达到", "达", "为", "有", "了", "是", "已", "累计", "总计", "合计"];
    while let Some(rest) = ends.iter().find_map(|end| bare.strip_suffix(end)) {
        bare = rest;
    }
    let words = &bare[han::back(bare, bare.len(), length)..];
    let whole = words.chars().count() == length && words.chars().all(han::is_han);
    whole.then_some(words)
}

fn judge(context: &Context, figures: &[&Figure]) -> Option<Slip> {
    let values: BTreeSet<i128> = figures.iter().filter_map(|figure| figure.value.worth()?.at(-4)).collect();
    let (first, rest) = figures.split_first()?;
    if values.len() != 2 || figures.len() > 4 {
        return None;
    }
    let other = rest.iter().find(|figure| figure.value.value != first.value.value)?;
    let (before, after) = (sentence(context, first), sentence(context, other));
    let times = (time(context, first), time(context, other));
    let headed = is_head(context, first) || is_head(context, other);
    let timed = times.0 == times.1 || headed && (times.0.is_none() || times.1.is_none());
    if before == after || !timed {
        return None;
    }
    let (a, b) = (first.value.value, other.value.value);
    let long = a.plain().top.abs() > 99;
    let sure = match is_slip(a, b) {
        true if long && is_swapped(a, b) || times.0.is_some() && times.0 == times.1 || long && headed => Sure::Probable,
        true if long => Sure::Open,
        _ => return None,
    };
    if !same_actors(context, before, after) {
        return None;
    }
    let reason = if is_swapped(a, b) { "，数字颠倒" } else { "" }.to_string();
    let (stated, computed) = (context.at(other.span).to_string(), context.at(first.span).to_string());
    Some(Slip { at: other.span, parts: vec![first.span], stated, computed, reason, sure })
}

/// Titles, headings and captions give no time of their own.
fn is_head(context: &Context, figure: &Figure) -> bool {
    let kind = context.manuscript.block_at(figure.span.start).map(|block| block.kind);
    matches!(kind, Some(BlockKind::Title | BlockKind::Heading | BlockKind::Caption))
}

fn sentence(context: &Context, figure: &Figure) -> Span {
    context.manuscript.sentence_at(figure.span.start)
}

/// The last date before a number in its sentence.
fn time<'c>(context: &Context<'c>, figure: &Figure) -> Option<&'c str> {
    let sentence = sentence(context, figure);
    let numbers = context.numbers();
    let next = numbers.partition_point(|number| number.span.start < figure.span.start);
    let before = numbers[..next].iter().rev().take_while(|number| number.span.start >= sentence.start);
    before.filter(|number| number.value.kind == Kind::Date).map(|number| context.at(number.span)).next()
}

/// Whether two sentences name no different places, bodies or people.
fn same_actors(context: &Context, first: Span, second: Span) -> bool {
    if first.len().max(second.len()) > LONG {
        return false;
    }
    let places = |span: Span| -> BTreeSet<&str> {
        table::PLACES.find_longest(context.at(span)).into_iter().map(|(_, row)| row.column(0)).collect()
    };
    let agree = |(a, b): (BTreeSet<&str>, BTreeSet<&str>)| a.is_empty() || b.is_empty() || !a.is_disjoint(&b);
    let bodies = (bodies(context, first), bodies(context, second));
    let people = (named(context, context.people(), first), named(context, context.people(), second));
    let masked = (masked(context.at(first)), masked(context.at(second)));
    agree((places(first), places(second))) && agree(bodies) && agree(people) && agree(masked)
}

/// The bodies that a sentence names in full.
fn bodies<'c>(context: &Context<'c>, span: Span) -> BTreeSet<&'c str> {
    let bodies = context.organizations();
    let first = bodies.partition_point(|body| body.span.start < span.start);
    let inside = bodies[first..].iter().take_while(|body| body.span.end <= span.end);
    inside.filter(|body| body.value.form == Form::Full).map(|body| context.at(body.span)).collect()
}

fn named<'c, T>(context: &Context<'c>, mentions: &[Mention<T>], span: Span) -> BTreeSet<&'c str> {
    let first = mentions.partition_point(|mention| mention.span.start < span.start);
    let inside = mentions[first..].iter().take_while(|mention| mention.span.end <= span.end);
    inside.map(|mention| context.at(mention.span)).collect()
}

/// The masked names of a sentence: 张某.
fn masked(sentence: &str) -> BTreeSet<&str> {
    let names = sentence.match_indices('某').map(|(at, some)| &sentence[han::back(sentence, at, 1)..at + some.len()]);
    names.collect()
}
