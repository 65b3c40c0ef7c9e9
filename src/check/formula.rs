/*!
Mechanism `formula`: fixed formulas (固定提法) that fail.

`fault = "wording"` reports a formula whose words are not the fixed ones, `fault = "items"` a list after (or before)
the formula's name that does not have its items. `form` and `sureness` part the wording faults into rules of their own
level: a member of a list that is another is certain, a character inside a phrase is probable, an unusual order or a
gap is a question.
*/

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::facts::alignment::{Alignment, align};
use crate::facts::formula::{Formula, Sureness, formulas};
use crate::facts::series::members;
use crate::facts::slip::{Form, Slip};
use crate::finding::{Findings, Safety};
use crate::scan::{LiteralId, Scan};
use crate::text::{Span, han};

pub static FORMULA: Mechanism =
    Mechanism { name: "formula", slots: &["formula", "wrong", "right", "count", "found"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    /// The table of formulas; `formulas.tsv` is the one that comes with the program.
    list: String,
    fault: Fault,
    /// Which wording faults; all without it.
    #[serde(default)]
    form: Vec<FormName>,
    /// Formulas whose near misses are certain, probable or open; all without it.
    #[serde(default)]
    sure: Vec<SureName>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Wording,
    Items,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum SureName {
    Certain,
    Probable,
    Open,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum FormName {
    Listed,
    Running,
    Known,
    Short,
    Shuffled,
}

fn compile(options: Options<'_>, scan: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    if with.list != "formulas.tsv" {
        return Err(OptionError::new("list", "the only table of formulas is formulas.tsv"));
    }
    let sure = with.sure;
    let wanted = move |formula: &Formula| sure.is_empty() || sure.iter().any(|name| name.means(formula.sureness));
    if with.fault == Fault::Items {
        let names = Literals::of(scan, |formula| vec![formula.name]);
        return Ok(Box::new(move |context, findings| check_items(context, findings, &names.found(context), &wanted)));
    }
    let known = Literals::of(scan, |formula| formula.wrong.clone());
    let form = with.form;
    Ok(Box::new(move |context, findings| {
        let known = known.found(context);
        let asked = |slip: &&Slip| wanted(slip.formula) && (form.is_empty() || form.contains(&name(slip.form)));
        let new = |slip: &&Slip| !is_known(context, &known, slip.wrong);
        context.slips().iter().filter(asked).filter(new).for_each(|slip| say_slip(context, findings, slip));
        if form.is_empty() || form.contains(&FormName::Known) {
            check_known(context, findings, &known, &wanted);
        }
    }))
}

/// Whether a form that is known to be wrong covers a stretch, so that it is said once and for certain.
fn is_known(context: &Context, known: &[Known], wrong: Span) -> bool {
    known.iter().any(|(literal, _, _)| context.hits.of(*literal).iter().any(|hit| hit.overlaps(wrong)))
}

impl SureName {
    fn means(self, sureness: Sureness) -> bool {
        let named = match self {
            SureName::Certain => Sureness::Certain,
            SureName::Probable => Sureness::Probable,
            SureName::Open => Sureness::Open,
        };
        named == sureness
    }
}

fn name(form: Form) -> FormName {
    match form {
        Form::Listed => FormName::Listed,
        Form::Running => FormName::Running,
        Form::Short => FormName::Short,
        Form::Shuffled => FormName::Shuffled,
    }
}

/// A literal of the table and the row that it is of.
type Known = (LiteralId, &'static str, &'static Formula);

/// Literals of the table, in its order, and how they are found by those that a text has.
struct Literals {
    known: Vec<Known>,
    /// Which of them each literal is, by the number of the literal.
    by_literal: Vec<(u32, usize)>,
}

impl Literals {
    fn of(scan: &mut Scan, texts: impl Fn(&Formula) -> Vec<&'static str>) -> Literals {
        let rows = formulas().iter().flat_map(|formula| texts(formula).into_iter().map(move |text| (text, formula)));
        let rows = rows.filter(|(text, _)| !text.is_empty());
        let known: Vec<Known> = rows.map(|(text, formula)| (scan.literal(text), text, formula)).collect();
        let mut by_literal: Vec<(u32, usize)> = known.iter().enumerate().map(|(at, row)| (row.0.0, at)).collect();
        by_literal.sort_unstable();
        Literals { known, by_literal }
    }

    /// Those that stand in the text, in the order of the table.
    fn found(&self, context: &Context) -> Vec<Known> {
        let mut found: Vec<usize> = context.hits.rows(&self.by_literal).map(|(_, at)| *at).collect();
        found.sort_unstable();
        found.into_iter().map(|at| self.known[at]).collect()
    }
}

fn say_slip(context: &Context, findings: &mut Findings, slip: &Slip) {
    let mut draft = findings.at(slip.wrong).slot("formula", slip.formula.name);
    draft = draft.slot("wrong", quotable(context.at(slip.wrong))).slot("right", quotable(&slip.right));
    if let Some(sound) = sound_part(context, slip) {
        draft = draft.note(sound);
    }
    let edit = (slip.wrong, slip.right.as_str());
    draft.help(help(slip.formula, slip.wording)).fix(format!("改为“{}”", slip.right), Safety::Ask, &[edit]).push();
}

/// A text as it stands inside quotation marks.
fn quotable(text: &str) -> String {
    text.replace('“', "‘").replace('”', "’")
}

fn help(formula: &Formula, wording: &str) -> String {
    match wording.chars().count() <= 60 {
        true => format!("固定提法：{wording}"),
        false => format!("固定提法：{}", formula.name),
    }
}

/// What of the formula is right: the longer side of the wrong stretch, without the marks at its ends.
fn sound_part(context: &Context, slip: &Slip) -> Option<Span> {
    let before = Span { start: slip.span.start, end: slip.wrong.start.max(slip.span.start) };
    let after = Span { start: slip.wrong.end.min(slip.span.end), end: slip.span.end };
    let longer = if before.len() >= after.len() { before } else { after };
    let text = context.at(longer);
    let head = text.len() - text.trim_start_matches(|c| !han::is_han(c)).len();
    let tail = text.trim_end_matches(|c| !han::is_han(c)).len();
    (head < tail).then(|| Span::new(longer.start as usize + head, longer.start as usize + tail))
}

fn check_known(context: &Context, findings: &mut Findings, known: &[Known], wanted: &impl Fn(&Formula) -> bool) {
    for (literal, wrong, formula) in known.iter().filter(|(_, _, formula)| wanted(formula)) {
        for span in context.hits.of(*literal) {
            if is_sound(context, *span, formula) || is_inside(context, known, *span) {
                continue;
            }
            let (right, wording) = right_of(formula, wrong);
            let draft = findings
                .at(*span)
                .slot("formula", formula.name)
                .slot("wrong", quotable(wrong))
                .slot("right", quotable(&right));
            let draft = draft.help(help(formula, wording));
            draft.fix(format!("改为“{right}”"), Safety::Ask, &[(*span, right.as_str())]).push();
        }
    }
}

/// Whether a longer wrong form holds this one.
fn is_inside(context: &Context, known: &[Known], span: Span) -> bool {
    let holds = |hit: &Span| hit.len() > span.len() && hit.contains(span);
    known.iter().any(|(literal, wrong, _)| wrong.len() > span.len() && context.hits.of(*literal).iter().any(holds))
}

/// What a wrong form ought to be, and the wording that it is of.
fn right_of(formula: &Formula, wrong: &str) -> (String, &'static str) {
    let characters: Vec<char> = wrong.chars().filter(|c| han::is_han(*c)).collect();
    let laid = formula.wordings.iter().map(|wording| (align(&characters, &wording.characters), wording));
    let distance = |laid: &Alignment| laid.differences.iter().map(|d| d.wording.len() + d.text.len()).sum::<usize>();
    let Some((laid, wording)) = laid.min_by_key(|(laid, _)| distance(laid)) else {
        return (formula.name.to_string(), formula.name);
    };
    let whole = characters.len() + 1 >= wording.characters.len();
    let right = if whole { wording.text } else { wording.shown(laid.text) };
    let open = if wrong.starts_with('“') && !right.starts_with('“') { "“" } else { "" };
    let close = if wrong.ends_with('”') && !right.ends_with('”') { "”" } else { "" };
    (format!("{open}{right}{close}"), wording.text)
}

/// Whether the stretch lies in a right wording or name of the formula: 三个区分 in 三个区分开来.
fn is_sound(context: &Context, span: Span, formula: &Formula) -> bool {
    let text = &context.manuscript.text;
    let texts = formula.wordings.iter().map(|wording| wording.text).chain([formula.name]);
    texts.filter(|right| right.len() > span.len()).any(|right| {
        let from = han::floor(text, (span.start as usize).saturating_sub(right.len()));
        let to = han::floor(text, (span.end as usize + right.len()).min(text.len()));
        let start = text[from..to].match_indices(right).map(|(at, _)| from + at);
        start.into_iter().any(|at| Span::new(at, at + right.len()).contains(span))
    })
}

fn check_items(context: &Context, findings: &mut Findings, names: &[Known], wanted: &impl Fn(&Formula) -> bool) {
    for (literal, _, formula) in names.iter().filter(|(_, _, formula)| wanted(formula)) {
        let Some(items) = formula.items() else { continue };
        for name in context.hits.of(*literal) {
            if let Some(list) = list_after(context, *name).or_else(|| list_before(context, *name)) {
                say_items(context, findings, *name, list, (formula, items));
            }
        }
    }
}

/// The closed list that a name introduces: 名称”：甲、乙、丙。
fn list_after(context: &Context, name: Span) -> Option<Span> {
    let text = &context.manuscript.text;
    let block = context.manuscript.block_at(name.start)?.span;
    let rest = &text[name.end as usize..block.end as usize];
    let rest = rest.trim_start_matches(['”', '’']);
    let rest = rest.strip_prefix("，").filter(|rest| rest.starts_with('即')).unwrap_or(rest);
    let marks = ["——", "：", "（", "即"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    let list = marks.trim_start_matches(['即', '：', '“']);
    let start = block.end as usize - list.len();
    let length = list.find(['。', '）', '；', '”', '！', '（', '“', '\n']).unwrap_or(list.len());
    Some(Span::new(start, start + length))
}

/// The list that ends in the name: 甲、乙、丙“名称”.
fn list_before(context: &Context, name: Span) -> Option<Span> {
    let text = &context.manuscript.text;
    let block = context.manuscript.block_at(name.start)?.span;
    let before = text[block.start as usize..name.start as usize].strip_suffix('“')?;
    let start = before.rfind(['。', '，', '：', '；', '”', '（', '！', '？']).map_or(0, |at| at + '。'.len_utf8());
    let span = Span::new(block.start as usize + start, block.start as usize + before.len());
    span.of(text).contains('、').then_some(span)
}

/// Whether a list has at least half of the items and nothing else, or all of them and one more.
fn is_other_list(parts: &[&str], items: &[&str]) -> bool {
    let own: Vec<&str> = items.iter().flat_map(|item| item.split(SEPARATORS)).collect();
    let ours = |(at, part): (usize, &&str)| {
        let (first, last) = (at == 0, at + 1 == parts.len());
        own.iter().any(|item| part == item || first && part.ends_with(item) || last && part.starts_with(item))
    };
    let found = parts.iter().enumerate().filter(|part| ours(*part)).count();
    let fewer = found == parts.len() && found < own.len() && found * 2 >= own.len();
    let more = own.len() > 2 && found == own.len() && parts.len() == found + 1;
    found > 1 && (fewer || more)
}

const SEPARATORS: [char; 3] = ['、', '，', '；'];

/// The parts of a list: at every mark, and the last one at its joint unless it is an item as it stands.
fn parts<'t>(text: &'t str, items: &[&str]) -> Vec<&'t str> {
    let mut parts: Vec<&str> = text.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty()).collect();
    let Some(last) = parts.pop() else { return parts };
    let whole = items.iter().any(|item| item.ends_with(last));
    let cut = members(last, Span::new(0, last.len()));
    parts.extend(cut.iter().map(|span| span.of(last)).filter(|_| !whole));
    parts.extend(Some(last).filter(|_| whole));
    parts
}

/// The list without what stands before its first item: 整治形式主义、……
fn without_head(text: &str, list: Span, items: &[&str]) -> Span {
    let first = list.of(text).split(SEPARATORS).next().unwrap_or_default();
    let item = items.iter().filter(|item| first.ends_with(**item)).max_by_key(|item| item.len());
    let start = list.start as usize + item.map_or(0, |item| first.len() - item.len());
    Span::new(start, list.end as usize)
}

/// Words that keep a list open.
const OPEN: [&str; 4] = ["等", "……", "其中", "包括"];

fn say_items(context: &Context, findings: &mut Findings, name: Span, list: Span, row: (&Formula, &[&str])) {
    let (formula, items) = row;
    let text = &context.manuscript.text;
    let list = without_head(text, list, items);
    let parts = parts(list.of(text), items);
    if OPEN.iter().any(|word| list.of(text).contains(word)) || !is_other_list(&parts, items) {
        return;
    }
    let missing: Vec<&str> = items.iter().copied().filter(|item| !list.of(text).contains(*item)).collect();
    let own = |part: &str| items.iter().any(|item| item.contains(part) || part.contains(item));
    let foreign = parts.iter().find(|part| !own(part)).and_then(|part| list.of(text).find(part).map(|at| (at, part)));
    let start = list.start as usize;
    let wrong = foreign.map_or(list, |(at, part)| Span::new(start + at, start + at + part.len()));
    let found = if missing.is_empty() { items.len() + 1 } else { items.len() - missing.len() };
    let help = match missing.is_empty() {
        true => format!("“{}”不在“{}”之列", wrong.of(text), formula.name),
        false => format!("缺“{}”", missing.join("”“")),
    };
    let draft = findings.at(wrong).slot("formula", formula.name).slot("count", formula.count.to_string());
    let draft = draft.slot("found", found.to_string()).slot("wrong", wrong.of(text));
    let mut draft = draft.slot("right", missing.join("、")).note(name).help(help);
    let all = items.join("、");
    if parts.join("、") == list.of(text) && foreign.is_none() {
        draft = draft.fix("补全各项", Safety::Ask, &[(list, all.as_str())]);
    }
    draft.push();
}
