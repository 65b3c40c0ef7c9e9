/*!
The mechanism `phrase`: a wording that is wrong wherever it stands.

What is wrong is written in the phrase language, as a regular expression, or as a table of wrong and right wordings. The
literals of wrong and right align, so that an edit touches only what changes.
*/

mod list;
mod pattern;

use serde::Deserialize;

use self::list::{List, Listed};
use self::pattern::Expression;
use super::{Check, Mechanism, OptionError, Options, Texts};
use crate::facts::Context;
use crate::finding::{Draft, Findings, Safety};
use crate::guard;
use crate::phrase::{Match, Phrase, PhraseError, Reach, Replacement, Slot, Within};
use crate::scan::{LiteralId, Scan};
use crate::text::Span;

pub static PHRASE: Mechanism = Mechanism {
    name: "phrase",
    slots: &[
        "wrong",
        "right",
        "match",
        "note",
        "gap",
        "number",
        "date",
        "organization",
        "role",
        "person",
        "place",
        "han",
    ],
    compile,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    #[serde(default)]
    wrong: Texts,
    #[serde(default)]
    right: Texts,
    regex: Option<String>,
    #[serde(default)]
    literals: Vec<String>,
    list: Option<List>,
    gap: Option<usize>,
    within: Option<Scope>,
    #[serde(default)]
    safe: bool,
    /// Silent where another match lies within this many characters, as in a passage in traditional characters.
    alone: Option<usize>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Scope {
    Clause,
    Sentence,
}

/// How a rule hands in what it has found.
#[derive(Clone, Copy)]
struct Manner {
    safety: Safety,
    alone: Option<usize>,
}

/// One wrong wording.
struct Entry {
    phrase: Phrase,
    literals: Vec<LiteralId>,
    /// One is a fix, several are suggestions.
    rights: Vec<Replacement>,
    unless: Vec<Phrase>,
    note: String,
}

fn compile(options: Options<'_>, scan: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    let manner = Manner { safety: if with.safe { Safety::Safe } else { Safety::Ask }, alone: with.alone };
    if let Some(regex) = &with.regex {
        let pattern = Expression::compile(regex, &with.literals, &with.right.0, scan)?;
        return Ok(Box::new(move |context, findings| pattern.run(context, findings, manner.safety)));
    }
    let reach = with.reach();
    if let Some(listed) = with.list.as_ref().and_then(|list| list.listed(reach)) {
        return Ok(Box::new(move |context, findings| {
            for (line, found) in manner.kept(found_rows(&listed, context), context) {
                if let Some(entry) = listed.entry(line) {
                    report(entry, &found, context, findings, manner.safety);
                }
            }
        }));
    }
    let mut entries = Vec::new();
    match &with.list {
        Some(list) => entries.extend(list.entries(reach, scan)?),
        None => entries.extend(pairs(&with.wrong.0, &with.right.0, reach, scan)?),
    }
    if entries.is_empty() {
        return Err(OptionError::new("", "nothing to look for: give `wrong`, `regex` or `list`"));
    }
    Ok(Box::new(move |context, findings| run(&entries, context, findings, manner)))
}

impl With {
    fn reach(&self) -> Reach {
        let within = match self.within {
            Some(Scope::Sentence) => Within::Sentence,
            Some(Scope::Clause) | None => Within::Clause,
        };
        Reach { gap: self.gap.unwrap_or(Reach::default().gap), within }
    }
}

/// As many rights as wrongs go together one by one; one wrong may have several rights, and one right several wrongs.
fn pairs(wrong: &[String], right: &[String], reach: Reach, scan: &mut Scan) -> Result<Vec<Entry>, OptionError> {
    let paired = wrong.len() == right.len() && wrong.len() > 1;
    if !paired && wrong.len() > 1 && right.len() > 1 {
        let message = format!("{} of `right` do not go with {} of `wrong`", right.len(), wrong.len());
        return Err(OptionError::new("right", message));
    }
    let mut entries = Vec::new();
    for (index, text) in wrong.iter().enumerate() {
        let rights = if paired { index..index + 1 } else { 0..right.len() };
        let mut entry = Entry::new(text, reach, scan).map_err(|error| at(format!("wrong[{index}]"), error))?;
        for index in rights {
            entry.right(&right[index], text).map_err(|error| at(format!("right[{index}]"), error))?;
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn at(path: String, error: PhraseError) -> OptionError {
    OptionError { path, message: error.message, at: Some(error.at), help: error.help }
}

impl Entry {
    fn new(wrong: &str, reach: Reach, scan: &mut Scan) -> Result<Entry, PhraseError> {
        let phrase = Phrase::parse(wrong, reach)?;
        let literals = phrase.literals().iter().map(|literal| scan.literal(literal)).collect();
        Ok(Entry { phrase, literals, rights: Vec::new(), unless: Vec::new(), note: String::new() })
    }

    fn right(&mut self, right: &str, wrong: &str) -> Result<(), PhraseError> {
        self.rights.push(Replacement::parse(right, wrong)?);
        Ok(())
    }
}

fn found_rows(listed: &Listed, context: &Context) -> Vec<(usize, Match)> {
    let text = &context.manuscript.text;
    let mut found: Vec<(usize, Match)> = Vec::new();
    for (line, literal, entry) in listed.found(context.hits) {
        let hits = context.hits.of(literal).iter();
        found.extend(hits.filter_map(|hit| Some((line, entry.phrase.find_at(text, hit.range(), context)?))));
    }
    prune(found)
}

impl Manner {
    /// What stands alone, if that is asked for: no other match within so many characters of the same line.
    fn kept(self, found: Vec<(usize, Match)>, context: &Context) -> Vec<(usize, Match)> {
        let Some(reach) = self.alone else { return found };
        let text = &context.manuscript.text;
        let near = |left: &Match, right: &Match| {
            let between = text.get(left.span.end..right.span.start).unwrap_or_default();
            !between.contains('\n') && between.chars().nth(reach).is_none()
        };
        let crowded: Vec<bool> = found.windows(2).map(|pair| near(&pair[0].1, &pair[1].1)).collect();
        let is_alone = |index: usize| {
            let before = index.checked_sub(1).and_then(|before| crowded.get(before));
            before != Some(&true) && crowded.get(index) != Some(&true)
        };
        found.into_iter().enumerate().filter(|(index, _)| is_alone(*index)).map(|(_, found)| found).collect()
    }
}

fn run(entries: &[Entry], context: &Context, findings: &mut Findings, manner: Manner) {
    let text = &context.manuscript.text;
    let mut found: Vec<(usize, Match)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let hits = entry.literals.iter().flat_map(|literal| context.hits.of(*literal));
        let matches = hits.filter_map(|hit| entry.phrase.find_at(text, hit.range(), context));
        found.extend(matches.map(|found| (index, found)));
    }
    for (index, found) in manner.kept(prune(found), context) {
        report(&entries[index], &found, context, findings, manner.safety);
    }
}

/// Of matches that contain one another the longest stays; but of one phrase's matches that a gap has stretched to the
/// same start or end, the shortest.
fn prune(mut found: Vec<(usize, Match)>) -> Vec<(usize, Match)> {
    found.sort_by_key(|(index, found)| (found.span.start, std::cmp::Reverse(found.span.end), *index));
    let mut kept: Vec<(usize, Match)> = Vec::new();
    for (index, found) in found {
        match kept.last_mut() {
            Some((last, outer)) if found.span.end <= outer.span.end => {
                let stretched = outer.fillings.iter().any(|(slot, _)| slot.is_none());
                let shared = found.span.start == outer.span.start || found.span.end == outer.span.end;
                if *last == index && stretched && shared {
                    *outer = found;
                }
            }
            _ => kept.push((index, found)),
        }
    }
    kept
}

fn report(entry: &Entry, found: &Match, context: &Context, findings: &mut Findings, safety: Safety) {
    let span = |range: &std::ops::Range<usize>| Span::new(range.start, range.end);
    let place = span(found.marks.first().unwrap_or(&found.span));
    if guard::silenced(context, place, &entry.unless) {
        return;
    }
    let text = &context.manuscript.text;
    let literals: Vec<&str> = found.literals.iter().map(|range| &text[range.clone()]).collect();
    let rights: Vec<Vec<String>> = entry.rights.iter().map(|right| right.fill(found)).collect();
    let shown: Vec<String> = rights.iter().map(|right| wording(right, found, text)).collect();
    let mut draft = findings.at(place).words(words(found));
    draft = draft.slot("wrong", wording(&literals, found, text)).slot("right", shown.join("”或“"));
    draft = fill(draft.slot("match", &text[found.span.clone()]).slot("note", &entry.note), found, text);
    for note in found.marks.iter().skip(1) {
        draft = draft.note(span(note));
    }
    if let [right] = rights.as_slice() {
        let changed = found.literals.iter().zip(right).filter(|(range, right)| text[(*range).clone()] != **right);
        let edits: Vec<(Span, &str)> = changed.map(|(range, right)| (span(range), right.as_str())).collect();
        draft = draft.fix(title(&shown[0]), safety, &edits);
    }
    draft.push();
}

/// The stretches between gaps that hold literal text: what was found as words. A number or name in a slot belongs to the
/// words beside it (四十公升 has no word 十公升 in it).
fn words(found: &Match) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::new();
    let mut open = false;
    for (index, literal) in found.literals.iter().enumerate() {
        let slot = index.checked_sub(1).map(|before| &found.fillings[before]);
        let (joined, start) = match slot {
            Some((Some(_), filling)) => (open, filling.start),
            Some((None, filling)) => (open && filling.is_empty(), literal.start),
            None => (false, literal.start),
        };
        if joined {
            words.iter_mut().last().into_iter().for_each(|last| last.end = literal.end as u32);
        } else if !literal.is_empty() {
            words.push(Span::new(start, literal.end));
        }
        open = joined || !literal.is_empty();
    }
    words
}

fn title(right: &str) -> String {
    if right.is_empty() { "删去".to_string() } else { format!("改为“{right}”") }
}

/// Literal parts as they would be written in a rule: gaps as `…`, slots with what fills them.
fn wording(literals: &[impl AsRef<str>], found: &Match, text: &str) -> String {
    let mut wording = String::new();
    for (index, literal) in literals.iter().enumerate() {
        wording.push_str(literal.as_ref());
        match found.fillings.get(index) {
            Some((Some(_), range)) => wording.push_str(&text[range.clone()]),
            Some((None, range)) if !range.is_empty() => wording.push('…'),
            _ => {}
        }
    }
    wording
}

/// Fills the message's slots with the first of each kind.
fn fill<'f, 'a>(mut draft: Draft<'f, 'a>, found: &Match, text: &str) -> Draft<'f, 'a> {
    for (slot, range) in found.fillings.iter().rev() {
        let name = match slot {
            None => "gap",
            Some(Slot::Number) => "number",
            Some(Slot::Date) => "date",
            Some(Slot::Organization) => "organization",
            Some(Slot::Role) => "role",
            Some(Slot::Person) => "person",
            Some(Slot::Place) => "place",
            Some(Slot::Han) => "han",
        };
        draft = draft.slot(name, &text[range.clone()]);
    }
    draft
}
