/*!
Mechanism `balance`: marks that come in pairs.

One rule asks one thing of the kinds in `marks`: that each mark has its partner; with `nest`, that pairs stand inside
each other as the standard has it (‘’ only inside “”, and inside “” only ‘’); with `prefer`, that another kind of
pair is written instead.
*/

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::facts::quotation::{KINDS, Lone, Pair};
use crate::finding::{Findings, Safety};
use crate::scan::Scan;
use crate::text::charset::CharSet;
use crate::text::{Span, han};

pub static BALANCE: Mechanism = Mechanism { name: "balance", slots: &["mark", "other"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    /// Opening and closing mark of each kind.
    marks: Vec<String>,
    /// Ask how pairs nest, and not whether they are complete.
    #[serde(default)]
    nest: bool,
    /// For each kind of `marks` the pair to write instead.
    #[serde(default)]
    prefer: Vec<String>,
}

fn compile(options: Options<'_>, _: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    let marks = kinds(&with.marks, "marks")?;
    let prefer = kinds(&with.prefer, "prefer")?;
    if !prefer.is_empty() && prefer.len() != marks.len() {
        return Err(OptionError::new("prefer", "one pair for each of `marks`"));
    }
    let wanted: Vec<(usize, usize)> = marks.iter().copied().zip(prefer).collect();
    Ok(match (with.nest, wanted.is_empty()) {
        (true, _) => Box::new(move |context, findings| check_nesting(context, findings, &marks)),
        (false, true) => Box::new(move |context, findings| check_partners(context, findings, &marks)),
        (false, false) => Box::new(move |context, findings| check_forms(context, findings, &wanted)),
    })
}

fn kinds(marks: &[String], option: &str) -> Result<Vec<usize>, OptionError> {
    let kind = |(at, pair): (usize, &String)| {
        let mut marks = pair.chars();
        let (open, close, rest) = (marks.next(), marks.next(), marks.next());
        let known = KINDS.iter().position(|kind| Some(kind.0) == open && Some(kind.1) == close && rest.is_none());
        known.ok_or_else(|| OptionError::new(format!("{option}[{at}]"), format!("no pair of marks: {pair}")))
    };
    marks.iter().enumerate().map(kind).collect()
}

fn check_partners(context: &Context, findings: &mut Findings, marks: &[usize]) {
    let lone: Vec<&Lone> = context.pairs().lone.iter().filter(|lone| marks.contains(&lone.kind)).collect();
    let mut at = 0;
    while at < lone.len() {
        let turned = lone.get(at + 1).map_or(Vec::new(), |next| turned(context, lone[at], next));
        let mate = lone.get(at + 1).is_some_and(|next| lone[at].near == Some(next.at));
        let told = !lone[at].opens && lone[at].near.is_some();
        match turned.is_empty() {
            true if told => {}
            true => say_lone(context, findings, lone[at]),
            false => say_turned(findings, &turned),
        }
        at += if turned.is_empty() && !mate { 1 } else { 2 };
    }
}

/// The marks that face the wrong way where two lone marks enclose a text: “甲“, ”甲”, ”甲“.
fn turned<'l>(context: &Context, first: &'l Lone, second: &'l Lone) -> Vec<&'l Lone> {
    let between = Span { start: first.at.end, end: second.at.start };
    let enclosed = context.at(between);
    if first.kind != second.kind || first.near.is_some() || enclosed.contains('\n') {
        return Vec::new();
    }
    let short = enclosed.chars().count() <= SHORT && !enclosed.contains(han::ends_clause);
    let text = &context.manuscript.text;
    let free = |c: Option<char>| c.is_none_or(|c| han::is_wide_mark(c) || c.is_whitespace());
    match (first.opens, second.opens) {
        (true, true) if short || free(han::after(text, second.at.end as usize)) => vec![second],
        (false, false) if short || free(han::before(text, first.at.start as usize)) => vec![first],
        (false, true) if short || free(han::after(text, second.at.end as usize)) => vec![first, second],
        _ => Vec::new(),
    }
}

/// Characters of a text that two marks may enclose without a mark outside.
const SHORT: usize = 12;

fn say_turned(findings: &mut Findings, wrong: &[&Lone]) {
    let sides = |lone: &Lone| {
        let (open, close) = KINDS[lone.kind];
        if lone.opens { (open, close) } else { (close, open) }
    };
    let edits: Vec<(Span, String)> = wrong.iter().map(|lone| (lone.at, sides(lone).1.to_string())).collect();
    let edits: Vec<(Span, &str)> = edits.iter().map(|(span, text)| (*span, text.as_str())).collect();
    let (mark, other) = sides(wrong[0]);
    let mut draft = findings.at(wrong[0].at).slot("mark", mark).slot("other", other);
    for lone in &wrong[1..] {
        draft = draft.note_saying(lone.at, "这个引号的方向也反了");
    }
    draft.help(format!("{mark} 应为 {other}")).fix("改正引号方向", Safety::Ask, &edits).push();
}

fn say_lone(context: &Context, findings: &mut Findings, lone: &Lone) {
    let (open, close) = KINDS[lone.kind];
    let other = if lone.opens { close } else { open };
    let draft = findings.at(lone.at).slot("mark", context.at(lone.at)).slot("other", other);
    match lone.near {
        Some(near) => draft.note_saying(near, format!("这里是 {}", context.at(near))).push(),
        None => draft.push(),
    }
}

fn check_nesting(context: &Context, findings: &mut Findings, marks: &[usize]) {
    let pairs = &context.pairs().pairs;
    for pair in pairs.iter().filter(|pair| marks.contains(&pair.kind)) {
        let parent = pair.parent.map(|parent| &pairs[parent]);
        let Some(kind) = nested_kind(context, pairs, pair, parent) else { continue };
        let (mark, other) = (KINDS[pair.kind], KINDS[kind]);
        let edits = [(pair.open, other.0.to_string()), (pair.close, other.1.to_string())];
        let edits: Vec<(Span, &str)> = edits.iter().map(|(span, text)| (*span, text.as_str())).collect();
        let mut draft = findings.at(shown(context, pair)).slot("mark", both(mark)).slot("other", both(other));
        if let Some(parent) = parent.filter(|parent| parent.kind == pair.kind) {
            draft = draft.note(parent.open);
        }
        draft.fix(format!("改为 {}", both(other)), Safety::Safe, &edits).push();
    }
}

/// The kind of pair that ought to stand here, if another than does.
fn nested_kind(context: &Context, pairs: &[Pair], pair: &Pair, parent: Option<&Pair>) -> Option<usize> {
    let (outer, inner) = LEVELS.iter().find(|(outer, inner)| pair.kind == *outer || pair.kind == *inner)?;
    if pair.kind == *outer {
        return parent.filter(|parent| parent.kind == *outer).map(|_| *inner);
    }
    let mut above = pair.parent;
    while let Some(index) = above {
        if pairs[index].kind == *outer {
            return None;
        }
        above = pairs[index].parent;
    }
    let block = context.manuscript.block_at(pair.open.start).map(|block| block.span).unwrap_or_default();
    let unclosed = |lone: &Lone| lone.kind == *outer && block.contains(lone.at) && lone.at < pair.open;
    let alone = !context.pairs().lone.iter().any(unclosed);
    (alone && context.at(pair.inside()).contains(han::is_han)).then_some(*outer)
}

/// Outer and inner kind: “‘’” and 《〈〉》.
const LEVELS: [(usize, usize); 2] = [(0, 1), (3, 4)];

fn check_forms(context: &Context, findings: &mut Findings, wanted: &[(usize, usize)]) {
    let pairs = &context.pairs().pairs;
    let wrong = |pair: &&Pair| wanted.iter().any(|(kind, _)| pair.kind == *kind && speaks_chinese(context, pair));
    if !pairs.iter().any(|pair| wrong(&pair)) || is_traditional(&context.manuscript.text) {
        return;
    }
    let preferred = pairs.iter().filter(|pair| wanted.iter().any(|(_, kind)| pair.kind == *kind)).count();
    let count = pairs.iter().filter(wrong).count();
    let system = count >= SYSTEM && count > 3 * preferred;
    for pair in pairs.iter().filter(wrong).take(if system { 1 } else { usize::MAX }) {
        let Some((_, kind)) = wanted.iter().find(|(kind, _)| *kind == pair.kind) else { continue };
        let inner = LEVELS.iter().find(|(outer, _)| outer == kind && is_quoted(pairs, pair)).map(|(_, inner)| inner);
        let (mark, other) = (KINDS[pair.kind], KINDS[*inner.unwrap_or(kind)]);
        let edits = [(pair.open, other.0.to_string()), (pair.close, other.1.to_string())];
        let edits: Vec<(Span, &str)> = edits.iter().map(|(span, text)| (*span, text.as_str())).collect();
        let mut draft = findings.at(shown(context, pair)).slot("mark", both(mark)).slot("other", both(other));
        if system {
            draft = draft.help(format!("全文{count}处都用 {}，如为本社体例，可关闭此条。", both(mark)));
        }
        draft.fix(format!("改为 {}", both(other)), Safety::Safe, &edits).push();
    }
}

/// Pairs from which a form is the text's own system, if it hardly has the preferred one.
const SYSTEM: usize = 5;

/// Whether a quotation stands right round the pair.
fn is_quoted(pairs: &[Pair], pair: &Pair) -> bool {
    pair.parent.is_some_and(|parent| matches!(KINDS[pairs[parent].kind].0, '“' | '「' | '『'))
}

/// Whether the pair quotes Chinese text: `"` in code and in English is right.
fn speaks_chinese(context: &Context, pair: &Pair) -> bool {
    let text = &context.manuscript.text;
    let inside = context.at(pair.inside());
    let before = text[..pair.open.start as usize].trim_end_matches(' ').chars().next_back();
    let after = text[pair.close.end as usize..].trim_start_matches(' ').chars().next();
    let chinese = |c: char| han::is_han(c) || han::is_wide_mark(c) || c == '\n';
    let in_chinese = before.is_none_or(chinese) && after.is_none_or(chinese);
    in_chinese
        && inside.starts_with(|c| han::is_han(c) || han::is_wide_mark(c))
        && !inside.contains(['<', '>', '=', '{', '\\'])
}

/// Whether the text is in traditional characters, by some that every page has.
fn is_traditional(text: &str) -> bool {
    let found = text.chars().filter(|c| TRADITIONAL.contains(*c)).count();
    found > 20 && found * 100 > text.chars().filter(|c| han::is_han(*c)).count()
}

static TRADITIONAL: CharSet =
    CharSet::new("這個們來說時會國為對學發後過與無從還見電車門間問開關點線實現經濟應該當樣種機東長動");

/// The whole pair, or its opening mark where the whole is too long to show.
fn shown(context: &Context, pair: &Pair) -> Span {
    let inside = context.at(pair.inside());
    if inside.chars().count() <= 40 && !inside.contains('\n') { pair.span() } else { pair.open }
}

fn both((open, close): (char, char)) -> String {
    format!("{open}{close}")
}
