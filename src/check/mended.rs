/*!
The mechanism `mended`: reports what the reader had to repair, and characters that no reader can repair.

The fix is the alteration itself. It decides nothing about text: what is mended, and on what proof, was decided in
`manuscript`.
*/

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::finding::{Edit, Findings, Safety};
use crate::lexicon::words::words;
use crate::manuscript::{Alteration, BlockKind, Repair};
use crate::scan::Scan;
use crate::text::{Span, han};

/// Slots: `was` (what stands in the source), `now` (what it should be), `before` and `after` (the words on either side).
pub static MENDED: Mechanism = Mechanism { name: "mended", slots: &["was", "now", "before", "after"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct With {
    what: What,
    /// For `break`: only breaks proved by a word that lies across, or only those proved by an open clause.
    evidence: Option<Evidence>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum What {
    Break,
    Caption,
    HalfWidth,
    FullWidth,
    Space,
    /// Radicals and compatibility forms, which only look like characters.
    Lookalike,
    /// Characters without width and control characters.
    Invisible,
    /// What cannot be mended: replacement characters, private use, the marks of a wrong decoding.
    Garbled,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Evidence {
    Word,
    Clause,
}

fn compile(options: Options<'_>, _: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    if with.evidence.is_some() && with.what != What::Break {
        return Err(OptionError::new("evidence", "only breaks have evidence"));
    }
    Ok(Box::new(move |context, findings| check(context, findings, &with)))
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>, with: &With) {
    for alteration in &context.manuscript.alterations {
        match (with.what, alteration.what) {
            (What::Break, Repair::Break) => joint(context, findings, alteration, with.evidence),
            (What::Caption, Repair::Caption) => caption(context, findings, alteration),
            (What::HalfWidth, Repair::HalfWidth)
            | (What::FullWidth, Repair::FullWidth)
            | (What::Lookalike, Repair::Lookalike) => changed(context, findings, alteration),
            (What::Space, Repair::Space) | (What::Invisible, Repair::Invisible | Repair::Control) => {
                left_out(context, findings, alteration);
            }
            _ => {}
        }
    }
    if with.what == What::Garbled {
        unmendable(context, findings);
    }
}

/// A broken paragraph: the place is the word that was cut, or else the words on either side of the break.
fn joint(context: &Context<'_>, findings: &mut Findings<'_>, alteration: &Alteration, evidence: Option<Evidence>) {
    let at = alteration.span.start as usize;
    let word = word_across(context, at);
    let found = if word.is_some() { Evidence::Word } else { Evidence::Clause };
    if evidence.is_some_and(|wanted| wanted != found) {
        return;
    }
    let text = &context.manuscript.text;
    let place = word.unwrap_or_else(|| edges(context, at));
    let before = &text[han::back(text, at, 4).max(block_start(context, at))..at];
    let before = before.rsplit(|c| han::ends_clause(c) || c == '、').find(|part| !part.is_empty()).unwrap_or(before);
    let after = &text[at..han::forth(text, at, 4)];
    let after = after.split('\n').next().unwrap_or(after);
    let draft = findings.at(place).slot("before", before).slot("after", after).slot("now", format!("{before}{after}"));
    let edits = edits(alteration, "");
    if edits.is_empty() { draft.push() } else { draft.fix_source("接排", Safety::Ask, edits).push() }
}

fn block_start(context: &Context<'_>, at: usize) -> usize {
    context.manuscript.block_at(at as u32).map_or(0, |block| block.span.start as usize)
}

/// The last and first character at a break that cuts no word.
fn edges(context: &Context<'_>, at: usize) -> Span {
    let text = &context.manuscript.text;
    Span::new(han::back(text, at, 1), han::forth(text, at, 1))
}

/// The dictionary word across a byte of the reading text.
fn word_across(context: &Context<'_>, at: usize) -> Option<Span> {
    let text = &context.manuscript.text;
    let left = text[..at].char_indices().rev().take_while(|(_, c)| han::is_han(*c)).take(5).last()?.0;
    let right: usize = text[at..].chars().take_while(|&c| han::is_han(c)).take(5).map(char::len_utf8).sum();
    let cut = words().cut(&text[left..at + right]);
    let word = cut.into_iter().find(|word| left + word.start < at && at < left + word.end)?;
    Some(Span::new(left + word.start, left + word.end))
}

/// A caption inside a paragraph, with the break that it makes as the other side.
fn caption(context: &Context<'_>, findings: &mut Findings<'_>, alteration: &Alteration) {
    let manuscript = context.manuscript;
    let joint =
        manuscript.alterations.iter().rev().find(|other| {
            other.what == Repair::Break && other.was.is_empty() && other.span.end <= alteration.span.start
        });
    let draft = findings.at(alteration.span).slot("was", context.at(alteration.span));
    match joint {
        Some(joint) => draft.note(edges(context, joint.span.start as usize)).push(),
        None => draft.push(),
    }
}

fn changed(context: &Context<'_>, findings: &mut Findings<'_>, alteration: &Alteration) {
    let now = context.at(alteration.span);
    let edits = edits(alteration, now);
    let was = source_text(context, alteration);
    findings.at(alteration.span).slot("was", was).slot("now", now).fix_source("改正", Safety::Safe, edits).push();
}

/// Something that the reading text leaves out: the place is the source itself, between its neighbours.
fn left_out(context: &Context<'_>, findings: &mut Findings<'_>, alteration: &Alteration) {
    let text = &context.manuscript.text;
    let at = alteration.span.start as usize;
    let was = match alteration.what {
        Repair::Space => "空格".to_string(),
        _ => source_text(context, alteration).chars().map(|c| format!("U+{:04X}", c as u32)).collect(),
    };
    let before = &text[han::back(text, at, 4).max(block_start(context, at))..at];
    let after = text[at..han::forth(text, at, 4)].split('\n').next().unwrap_or_default();
    let draft = findings.at_source(alteration.span, &alteration.was);
    let draft = draft.slot("was", was).slot("before", before).slot("after", after);
    draft.fix_source("删去", Safety::Safe, edits(alteration, "")).push();
}

fn edits(alteration: &Alteration, text: &str) -> Vec<Edit> {
    alteration.was.iter().map(|&span| Edit { span, text: text.to_string() }).collect()
}

fn source_text(context: &Context<'_>, alteration: &Alteration) -> String {
    let sources = &context.manuscript.sources;
    alteration.was.iter().map(|was| was.of(&sources[was.file as usize].text)).collect()
}

/// Runs of characters that stand for lost text: U+FFFD, private use, and the marks of a wrong decoding.
fn unmendable(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.cues().garbled {
        return;
    }
    for block in &context.manuscript.blocks {
        if block.kind == BlockKind::Code {
            continue;
        }
        let text = context.at(block.span);
        let mut at = 0;
        while let Some(run) = next_garbled(&text[at..]) {
            let span = Span::new(block.span.start as usize + at + run.start, block.span.start as usize + at + run.end);
            findings.at(span).slot("was", context.at(span)).push();
            at += run.end;
        }
    }
}

/// The next run of garbled characters in a text.
///
/// A wrong decoding is known by what it makes of common text: UTF-8 read as GBK (锟斤拷 from U+FFFD, 烫烫烫 and 屯屯屯 from
/// fresh memory) and UTF-8 read as Latin (`ï¼Œ`, `ã€‚`, `â€œ`, `ä¸­`).
fn next_garbled(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.char_indices().find(|&(at, c)| is_lost(c) || begins_mojibake(&text[at..]))?.0;
    let mut end = start;
    while let Some(length) = garbled_prefix(&text[end..]) {
        end += length;
    }
    Some(start..end)
}

fn garbled_prefix(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let known = MOJIBAKE.iter().find(|known| text.starts_with(**known));
    match known {
        Some(known) => Some(known.len()),
        None if is_lost(first) || latin_mojibake(text) => Some(first.len_utf8()),
        None => None,
    }
}

fn is_lost(c: char) -> bool {
    matches!(c as u32, 0xFFFD | 0xE000..=0xF8FF | 0xF0000..=0xFFFFD | 0x100000..=0x10FFFD)
}

fn begins_mojibake(text: &str) -> bool {
    MOJIBAKE.iter().any(|known| text.starts_with(known)) || latin_mojibake(text)
}

/// A lead byte of UTF-8 for Han or full-width marks, read as Latin-1 or Windows-1252, and two trail bytes.
fn latin_mojibake(text: &str) -> bool {
    let mut characters = text.chars();
    let lead = characters.next().is_some_and(|c| matches!(c, 'â' | 'ã' | 'ä' | 'å' | 'æ' | 'ç' | 'è' | 'é' | 'ï'));
    lead && characters.by_ref().take(2).filter(|&c| is_trail(c)).count() == 2
}

/// What Windows-1252 makes of the bytes 0x80 to 0xBF.
fn is_trail(c: char) -> bool {
    matches!(
        c,
        '\u{80}'
            ..='\u{BF}'
                | '€'
                | '‚'
                | 'ƒ'
                | '„'
                | '…'
                | '†'
                | '‡'
                | 'ˆ'
                | '‰'
                | 'Š'
                | '‹'
                | 'Œ'
                | 'Ž'
                | '‘'
                | '’'
                | '“'
                | '”'
                | '•'
                | '–'
                | '—'
                | '˜'
                | '™'
                | 'š'
                | '›'
                | 'œ'
                | 'ž'
                | 'Ÿ'
    )
}

const MOJIBAKE: [&str; 16] = [
    "锟斤拷",
    "斤拷锟",
    "烫烫烫",
    "屯屯屯",
    "锛屽",
    "锛屾",
    "锛屼",
    "锛岃",
    "锛岀",
    "锛堟",
    "锛夛",
    "銆傚",
    "銆傛",
    "銆佸",
    "銆佹",
    "銆備",
];
