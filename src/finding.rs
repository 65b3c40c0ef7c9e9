/*!
What a check has to say, and the one way to say it.

A check knows spans of the reading text and the slots of its messages. Everything else (rule, level, class, wording,
the guards, the places in the sources) is stamped on by [`Findings`], so that no check can forget it.
*/

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::facts::Context;
use crate::guard::Guard;
use crate::manuscript::BlockKind;
use crate::text::{Source, SourceSpan, Span, han};

/// How sure a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 错: certain.
    Error,
    /// 疑: probable.
    Warning,
    /// 询: a question for the author.
    Query,
    /// Not run.
    Off,
}

/// What the official measure of errors charges a finding as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    Char,
    Fact,
    Digits,
    NumeralForm,
    Foreign,
    LetterForm,
    VariantChar,
    UnitTerm,
    UnitSymbol,
    Punctuation,
    Numbering,
    Layout,
    Figure,
    None,
}

/// One stretch of one source, with enough round it to be understood without the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub span: SourceSpan,
    /// 1-based line of the start.
    pub line: u32,
    /// 1-based column of the start, in Unicode scalar values.
    pub column: u32,
    pub end_line: u32,
    /// 1-based column of the end, exclusive.
    pub end_column: u32,
    /// Up to fifteen characters of the line before.
    pub before: String,
    /// The source text of the span.
    pub text: String,
    /// Up to fifteen characters of the line after.
    pub after: String,
}

/// Where a finding is: one piece, or several where layout split it. Self-contained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Never empty.
    pub pieces: Vec<Piece>,
}

/// Another place that belongs to a finding: the other side of the disagreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub at: Place,
    pub message: String,
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    Safe,
    /// A person must agree. Names, formulas, numbers and quotations are never safe.
    Ask,
}

/// Replaces a stretch of a source by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: SourceSpan,
    pub text: String,
}

/// A remedy: edits that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub title: String,
    pub edits: Vec<Edit>,
    pub safety: Safety,
}

/// One disagreement, with both sides, ready for any report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `topic/name`.
    pub rule: Arc<str>,
    pub level: Level,
    pub class: Class,
    /// Whether it stands in a title or column head, where a fault weighs more.
    pub headline: bool,
    pub message: String,
    pub at: Place,
    pub notes: Vec<Note>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
    /// Further places of the same fault, folded into this one.
    pub folded: Vec<Place>,
}

/// What the engine stamps on a rule's findings.
#[derive(Clone, Debug)]
pub struct Stamp {
    pub rule: Arc<str>,
    pub class: Class,
    pub message: Template,
    pub note: Option<Template>,
    pub help: Option<Template>,
    pub guard: Guard,
}

/// A message with `{slot}`s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<(String, Option<String>)>,
}

/// The findings of one rule on one manuscript, while its check runs.
pub struct Findings<'a> {
    context: &'a Context<'a>,
    stamp: &'a Stamp,
    level: Level,
    list: Vec<Finding>,
}

/// A finding in the making. It comes to nothing where a guard is silent.
pub struct Draft<'f, 'a> {
    findings: &'f mut Findings<'a>,
    at: Vec<Span>,
    words: Vec<Span>,
    /// The place in the sources, where the reading text does not show it.
    source: Option<Vec<SourceSpan>>,
    slots: BTreeMap<&'static str, String>,
    notes: Vec<(Vec<Span>, Option<String>)>,
    help: Option<String>,
    fix: Option<Fix>,
}

impl Level {
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Query => "query",
            Level::Off => "off",
        }
    }

    /// The mark that a 校对 would write.
    pub fn mark(self) -> &'static str {
        match self {
            Level::Error => "错",
            Level::Warning => "疑",
            Level::Query => "询",
            Level::Off => "关",
        }
    }
}

impl Template {
    /// Reads a template; `{` and `}` enclose slot names. An unclosed brace is literal text.
    pub fn new(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((head, slot, tail)) = next_slot(rest) {
            parts.push((head.to_string(), Some(slot.to_string())));
            rest = tail;
        }
        if !rest.is_empty() {
            parts.push((rest.to_string(), None));
        }
        Template { parts }
    }

    /// The names of the slots, in order.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|(_, slot)| slot.as_deref())
    }

    /// The words besides the slots.
    pub fn literal(&self) -> String {
        self.parts.iter().map(|(head, _)| head.as_str()).collect()
    }

    fn fill(&self, slots: &BTreeMap<&'static str, String>) -> String {
        let value = |slot: &Option<String>| slot.as_deref().and_then(|slot| slots.get(slot)).map_or("", String::as_str);
        let length = self.parts.iter().map(|(head, slot)| head.len() + value(slot).len()).sum();
        let mut text = String::with_capacity(length);
        for (head, slot) in &self.parts {
            text.push_str(head);
            text.push_str(value(slot));
        }
        text
    }
}

fn next_slot(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find('{')?;
    let close = open + text[open..].find('}')?;
    Some((&text[..open], &text[open + 1..close], &text[close + 1..]))
}

impl<'a> Findings<'a> {
    pub fn new(context: &'a Context<'a>, stamp: &'a Stamp, level: Level) -> Self {
        Findings { context, stamp, level, list: Vec::new() }
    }

    /// Begins a finding at a span of the reading text.
    pub fn at<'f>(&'f mut self, span: Span) -> Draft<'f, 'a> {
        self.at_all(&[span])
    }

    /// Begins a finding whose place has several pieces already in the reading text. The first is what guards look at.
    pub fn at_all<'f>(&'f mut self, spans: &[Span]) -> Draft<'f, 'a> {
        Draft {
            findings: self,
            at: spans.to_vec(),
            words: Vec::new(),
            source: None,
            slots: BTreeMap::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Begins a finding at something that the reading text leaves out; `span` is where it would stand.
    pub fn at_source<'f>(&'f mut self, span: Span, source: &[SourceSpan]) -> Draft<'f, 'a> {
        let mut draft = self.at(span);
        draft.source = Some(source.to_vec());
        draft
    }

    pub fn into_vec(self) -> Vec<Finding> {
        self.list
    }
}

impl Draft<'_, '_> {
    /// Says which stretches were found as words, for the boundary guard: it is void if one of them is none.
    pub fn words(mut self, spans: Vec<Span>) -> Self {
        self.words = spans;
        self
    }

    /// Fills a slot of the rule's message, note and help.
    pub fn slot(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.slots.insert(name, value.into());
        self
    }

    /// Adds another place, with the rule's note.
    pub fn note(mut self, span: Span) -> Self {
        self.notes.push((vec![span], None));
        self
    }

    /// Adds another place with words of its own.
    pub fn note_saying(mut self, span: Span, message: impl Into<String>) -> Self {
        self.notes.push((vec![span], Some(message.into())));
        self
    }

    /// Says what to do, instead of the rule's own help.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers to replace spans of the reading text; each edit is trimmed to the characters that change.
    pub fn fix(mut self, title: impl Into<String>, safety: Safety, edits: &[(Span, &str)]) -> Self {
        let manuscript = self.findings.context.manuscript;
        let mut edits: Vec<Edit> = edits.iter().flat_map(|(span, to)| source_edits(manuscript, *span, to)).collect();
        edits.shrink_to_fit();
        if !edits.is_empty() {
            self.fix = Some(Fix { title: title.into(), edits, safety });
        }
        self
    }

    /// Offers edits that are known in the source already (an alteration's own).
    pub fn fix_source(mut self, title: impl Into<String>, safety: Safety, edits: Vec<Edit>) -> Self {
        if !edits.is_empty() {
            self.fix = Some(Fix { title: title.into(), edits, safety });
        }
        self
    }

    /// Hands the finding in, unless a guard silences it.
    pub fn push(self) {
        let Findings { context, stamp, level, list } = self.findings;
        if self.at.is_empty() || !stamp.guard.admits(context, self.at[0], &self.words) {
            return;
        }
        let at = match self.source {
            Some(source) => pieces(context, source),
            None => place(context, &self.at),
        };
        if at.pieces.is_empty() {
            return;
        }
        let note = |said: Option<String>| match (said, &stamp.note) {
            (Some(said), _) => said,
            (None, Some(template)) => template.fill(&self.slots),
            (None, None) => String::new(),
        };
        let mut notes = self.notes.into_iter();
        let notes = notes.by_ref().map(|(spans, said)| Note { at: place(context, &spans), message: note(said) });
        list.push(Finding {
            rule: stamp.rule.clone(),
            level: *level,
            class: stamp.class,
            headline: in_headline(context, self.at[0]),
            message: stamp.message.fill(&self.slots),
            at,
            // By reference, because the list would else keep the room that the makings had.
            notes: notes.collect(),
            help: self.help.or_else(|| stamp.help.as_ref().map(|help| help.fill(&self.slots))),
            fix: self.fix,
            folded: Vec::new(),
        });
    }
}

fn in_headline(context: &Context, span: Span) -> bool {
    let block = context.manuscript.block_at(span.start);
    block.is_some_and(|block| matches!(block.kind, BlockKind::Title | BlockKind::ColumnHead))
}

fn place(context: &Context, spans: &[Span]) -> Place {
    pieces(context, spans.iter().flat_map(|span| context.manuscript.map.to_source(*span)).collect())
}

fn pieces(context: &Context, spans: Vec<SourceSpan>) -> Place {
    let sources = &context.manuscript.sources;
    Place { pieces: spans.iter().map(|&span| Piece::new(&sources[span.file as usize], span)).collect() }
}

fn source_edits(manuscript: &crate::manuscript::Manuscript, span: Span, text: &str) -> Vec<Edit> {
    let (span, text) = trim(manuscript, span, text);
    if span.is_empty() && text.is_empty() {
        return Vec::new();
    }
    let mut pieces = manuscript.map.to_source(span).into_iter();
    let first = pieces.next().map(|span| Edit { span, text: text.to_string() });
    first.into_iter().chain(pieces.map(|span| Edit { span, text: String::new() })).collect()
}

/// Takes off what an edit would leave as it is, whole characters at both ends.
fn trim<'t>(manuscript: &crate::manuscript::Manuscript, span: Span, text: &'t str) -> (Span, &'t str) {
    let old = manuscript.at(span);
    let head: usize = old.chars().zip(text.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old, text) = (&old[head..], &text[head..]);
    let tail =
        old.chars().rev().zip(text.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    let start = span.start as usize + head;
    (Span::new(start, start + old.len() - tail), &text[..text.len() - tail])
}

impl Piece {
    /// Cuts a piece out of its source.
    pub fn new(source: &Source, span: SourceSpan) -> Self {
        let (start, end) = (source.position(span.start), source.position(span.end));
        let line = source.line(start.line);
        let last = source.line(end.line);
        let from = han::back(&source.text, span.start as usize, EXCERPT).max(line.start.min(span.start as usize));
        let to = han::forth(&source.text, span.end as usize, EXCERPT).min(last.end.max(span.end as usize));
        Piece {
            span,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            before: source.text[from..span.start as usize].to_string(),
            text: span.of(&source.text).to_string(),
            after: source.text[span.end as usize..to].to_string(),
        }
    }
}

/// Characters of context on either side of a piece.
pub const EXCERPT: usize = 15;

impl Place {
    /// The first piece; every place has one.
    pub fn first(&self) -> &Piece {
        &self.pieces[0]
    }

    /// The quoted text, pieces joined.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}
