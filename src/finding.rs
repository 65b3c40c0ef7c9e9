/*!
What a check has to say, and the one way to say it.

A check knows spans of the reading text and the slots of its messages. Everything else (rule, level, class, wording,
the guards, the places in the sources) is stamped on by [`Findings`], so that no check can forget it.
*/

mod draft;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::guard::Guard;
use crate::text::{Source, SourceSpan, han};

pub use draft::{Draft, Findings};

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
    /// Where the first line begins, in bytes of the source's text.
    pub line_start: u32,
    /// Where the last line begins, in bytes of the source's text.
    pub end_line_start: u32,
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
            line_start: line.start as u32,
            end_line_start: last.start as u32,
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
