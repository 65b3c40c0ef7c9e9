/*!
People: what looks like a name, wherever a role, a label or a verb of speech shows that a person is meant.
*/

use super::clause::skip_space;
use super::role::Role;
use super::shape::{SAYING, Sure, is_end, is_plausible, name_at, says};
use super::{Context, Mention};
use crate::lexicon::{table, words::words};
use crate::text::{Span, han};

/// How a name is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// Surname and given name, two to four characters.
    Han,
    /// With a middle dot, or in characters of transliteration: foreign or of a minority.
    Transliterated,
    /// Masked by 某.
    Masked,
}

/// A person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub kind: NameKind,
    /// The role or label before it.
    pub role: Option<Span>,
}

const LABELS: &[&str] = &["记者", "通讯员", "作者", "见习记者", "实习记者", "特约记者", "特约通讯员"];

/// All names of the manuscript, in order.
pub fn people(cx: &Context) -> Vec<Mention<Name>> {
    let text = cx.manuscript.text.as_str();
    let mut found: Vec<Mention<Name>> = cx.roles().iter().flat_map(|role| after_role(cx, role)).collect();
    let starts = speakers(cx).into_iter().map(|at| (at, SAYING)).chain(photographers(cx).map(|at| (at, &["摄"][..])));
    for (at, verbs) in starts {
        let end = line_end(cx, at);
        let Some((span, kind)) = name_at(text, at, end) else { continue };
        let rest = &text[skip_space(text, span.end as usize, end)..end];
        let said = verbs.iter().any(|verb| rest.starts_with(verb));
        if said && !on_role(cx, span) && is_plausible(cx.at(span), Sure::Perhaps) {
            found.push(Mention { span, value: Name { kind, role: None } });
        }
    }
    found.sort_by_key(|name| name.span);
    found.dedup_by(|next, last| next.span.overlaps(last.span));
    found
}

/// The name after a role, or all the names after a label.
fn after_role(cx: &Context, role: &Mention<Role>) -> Vec<Mention<Name>> {
    let text = cx.manuscript.text.as_str();
    let end = line_end(cx, role.span.end as usize);
    let label = is_label(cx.at(role.span));
    let mut found = Vec::new();
    let mut at = gap(text, role.span.end as usize, end);
    while let Some((span, kind)) = name_at(text, at, end) {
        let rest = &text[span.end as usize..end];
        let ends = is_end(rest);
        let sure = match (label, role.value.office) {
            (true, _) => Sure::Surely,
            (_, true) if says(rest) => Sure::Surely,
            (_, true) if ends => Sure::Probably,
            _ => Sure::Perhaps,
        };
        if !(ends || verb_follows(rest)) || on_role(cx, span) || !is_plausible(cx.at(span), sure) {
            break;
        }
        found.push(Mention { span, value: Name { kind, role: Some(role.span) } });
        let next = next_in_list(text, span.end as usize, end);
        if !label || next == span.end as usize {
            break;
        }
        at = next;
    }
    found
}

/// Whether a role begins inside the span: 干警 is no name.
pub(super) fn on_role(cx: &Context, span: Span) -> bool {
    let next = cx.roles().partition_point(|role| role.span.end <= span.start);
    cx.roles().get(next).is_some_and(|role| role.span.overlaps(span))
}

/// Whether a word of two or more characters that is a verb begins a text.
fn verb_follows(rest: &str) -> bool {
    let verb = |length: usize| words().get(&rest[..length]).is_some_and(|word| word.tag.starts_with('v'));
    words().prefixes(rest).any(|(length, _)| length > 3 && verb(length))
}

fn line_end(cx: &Context, at: usize) -> usize {
    cx.manuscript.block_at(at as u32).map_or(at, |block| (block.span.end as usize).max(at))
}

/// Where the name before 摄 may begin: after the last space or mark before it.
fn photographers(cx: &Context) -> impl Iterator<Item = usize> {
    cues(cx, "photo").map(|at| {
        let head = cx.manuscript.text[..at].trim_end_matches([' ', '\u{3000}']);
        let mark = head.char_indices().rev().find(|(_, c)| !han::is_han(*c));
        mark.map_or(0, |(mark, c)| mark + c.len_utf8())
    })
}

/// Where the words of a kind stand that show where to look.
fn cues<'c>(cx: &'c Context, kind: &'static str) -> impl Iterator<Item = usize> + 'c {
    let all = cx.finds().of(&table::CUES).iter().filter(move |(_, row)| row.column(1) == kind);
    all.map(|(span, _)| span.start as usize)
}

pub(super) fn is_label(role: &str) -> bool {
    LABELS.contains(&role)
}

/// After the space or colon that may stand between a role and a name.
pub(super) fn gap(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    at + rest.find(|c: char| c == '\n' || !(c.is_whitespace() || c == '：' || c == ':')).unwrap_or(rest.len())
}

pub(super) fn next_in_list(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    at + rest.find(|c: char| c == '\n' || !(c.is_whitespace() || c == '、')).unwrap_or(rest.len())
}

/// Where clauses begin, after a mark, a closing quotation mark or a line end, in which only what may be a name stands
/// before a verb of speech.
fn speakers(cx: &Context) -> Vec<usize> {
    let text = cx.manuscript.text.as_str();
    let mut starts = Vec::new();
    let mut last = None;
    for verb in cues(cx, "saying") {
        let end = text[..verb].trim_end_matches(|c: char| c != '\n' && c.is_whitespace()).len();
        let start = run_start(text, end, last);
        let begins = han::before(text, start).is_none_or(|c| han::ends_clause(c) || han::closes(c));
        if start < end && begins {
            starts.push(start);
        }
        last = Some((verb, if end == verb { start } else { verb }));
    }
    starts.dedup();
    starts
}

/// Where the run of characters of names begins that goes on up to a byte; `known` is a place in such a run and where that
/// begins.
fn run_start(text: &str, end: usize, known: Option<(usize, usize)>) -> usize {
    for (at, c) in text[..end].char_indices().rev() {
        if !(han::is_han(c) || c == '·') {
            return at + c.len_utf8();
        }
        if let Some((_, start)) = known.filter(|known| known.0 == at) {
            return start;
        }
    }
    0
}
