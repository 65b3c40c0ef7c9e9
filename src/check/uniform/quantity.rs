/*!
Units that are written two ways: 5 kg and 5kg, 3 km and 8千米.
*/

use std::collections::BTreeMap;

use crate::facts::Context;
use crate::finding::Findings;
use crate::manuscript::BlockKind;
use crate::text::{Span, han};

/// Symbols of units beside their names.
const UNITS: &[(&str, &[&str])] = &[
    ("km", &["千米", "公里"]),
    ("m", &["米"]),
    ("cm", &["厘米"]),
    ("mm", &["毫米"]),
    ("km²", &["平方千米", "平方公里"]),
    ("m²", &["平方米"]),
    ("m³", &["立方米"]),
    ("hm²", &["公顷"]),
    ("kg", &["千克", "公斤"]),
    ("g", &["克"]),
    ("mg", &["毫克"]),
    ("t", &["吨"]),
    ("L", &["升"]),
    ("mL", &["毫升"]),
    ("kW", &["千瓦"]),
    ("kW·h", &["千瓦时"]),
    ("h", &["小时"]),
    ("min", &["分钟"]),
    ("℃", &["摄氏度"]),
];

/// A quantity: the place of its unit, the symbol, whether the symbol is written, whether a space stands before it.
struct Quantity {
    unit: Span,
    symbol: &'static str,
    written: bool,
    spaced: bool,
}

/// A space between number and symbol in one place, and none in another: the rarer way is told.
pub fn spaces(cx: &Context, findings: &mut Findings) {
    for article in &cx.manuscript.articles {
        let all = quantities(cx, article.span);
        let latin = all.iter().filter(|quantity| quantity.written && quantity.symbol != "℃");
        let (spaced, tight): (Vec<&Quantity>, Vec<&Quantity>) = latin.partition(|quantity| quantity.spaced);
        let (wrong, right) = if spaced.len() < tight.len() { (&spaced, &tight) } else { (&tight, &spaced) };
        if let (Some(first), Some(other)) = (wrong.first(), right.first()) {
            let name = |quantity: &Quantity| if quantity.spaced { "空格" } else { "不空" };
            let draft = findings.at(first.unit).slot("wrong", name(first)).slot("right", name(other));
            draft.slot("count", right.len().to_string()).note(other.unit).push();
        }
    }
}

/// The symbol of a unit in one place, and its name in another: the rarer form is told.
pub fn symbols(cx: &Context, findings: &mut Findings) {
    for article in &cx.manuscript.articles {
        let mut forms: BTreeMap<&str, [Vec<Span>; 2]> = BTreeMap::new();
        for quantity in quantities(cx, article.span) {
            forms.entry(quantity.symbol).or_default()[usize::from(quantity.written)].push(quantity.unit);
        }
        for [named, written] in forms.values() {
            let (wrong, right) = if written.len() < named.len() { (written, named) } else { (named, written) };
            if let (Some(first), Some(other)) = (wrong.first(), right.first()) {
                let draft = findings.at(*first).slot("wrong", cx.at(*first)).slot("right", cx.at(*other));
                draft.slot("count", right.len().to_string()).note(*other).push();
            }
        }
    }
}

/// The quantities in the prose of an article, in order.
fn quantities(cx: &Context, article: Span) -> Vec<Quantity> {
    let text = article.of(&cx.manuscript.text);
    let mut found = Vec::new();
    let mut digit = false;
    for (at, c) in text.char_indices() {
        if digit && !c.is_ascii_digit() && c != '.' {
            found.extend(
                quantity(text, at).map(|quantity| Quantity { unit: shifted(quantity.unit, article), ..quantity }),
            );
        }
        digit = c.is_ascii_digit();
    }
    let prose = |unit: &Span| cx.manuscript.block_at(unit.start).is_some_and(|block| block.kind != BlockKind::Code);
    found.retain(|quantity| prose(&quantity.unit));
    found
}

fn shifted(unit: Span, article: Span) -> Span {
    Span { start: unit.start + article.start, end: unit.end + article.start }
}

/// The unit behind a number that ends at a byte; a longer name or symbol before a shorter one.
fn quantity(text: &str, at: usize) -> Option<Quantity> {
    let spaced = text[at..].starts_with(' ');
    let start = at + usize::from(spaced);
    let rest = &text[start..];
    let symbols = UNITS.iter().map(|(symbol, _)| (*symbol, *symbol, true));
    let names = UNITS.iter().flat_map(|(symbol, names)| names.iter().map(move |name| (*symbol, *name, false)));
    let best =
        symbols.chain(names).filter(|(_, form, _)| rest.starts_with(form)).max_by_key(|(_, form, _)| form.len())?;
    let (symbol, form, written) = best;
    let next = rest[form.len()..].chars().next();
    let whole = !written || next.is_none_or(|c| !c.is_alphanumeric() || han::is_han(c));
    let unit = Span::new(start, start + form.len());
    (whole && (written || !spaced)).then_some(Quantity { unit, symbol, written, spaced })
}
