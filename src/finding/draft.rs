/*!
A finding in the making: what a check says, and what is stamped on it when it is handed in.

The places are resolved here, the guards asked and the edits trimmed; what a finding is stands in the module above.
*/

use std::collections::BTreeMap;

use super::{Edit, Finding, Fix, Level, Note, Piece, Place, Safety, Stamp};
use crate::facts::Context;
use crate::manuscript::{BlockKind, Manuscript};
use crate::text::{SourceSpan, Span};

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

fn source_edits(manuscript: &Manuscript, span: Span, text: &str) -> Vec<Edit> {
    let (span, text) = trim(manuscript, span, text);
    if span.is_empty() && text.is_empty() {
        return Vec::new();
    }
    let mut pieces = manuscript.map.to_source(span).into_iter();
    let first = pieces.next().map(|span| Edit { span, text: text.to_string() });
    first.into_iter().chain(pieces.map(|span| Edit { span, text: String::new() })).collect()
}

/// Takes off what an edit would leave as it is, whole characters at both ends.
fn trim<'t>(manuscript: &Manuscript, span: Span, text: &'t str) -> (Span, &'t str) {
    let old = manuscript.at(span);
    let head: usize = old.chars().zip(text.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old, text) = (&old[head..], &text[head..]);
    let tail =
        old.chars().rev().zip(text.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    let start = span.start as usize + head;
    (Span::new(start, start + old.len() - tail), &text[..text.len() - tail])
}
