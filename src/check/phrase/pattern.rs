/*!
Regular expressions, for what the phrase language cannot say. They are compiled when a literal of theirs is first found
and run over the blocks in which it stands.
*/

use std::sync::OnceLock;

use super::super::OptionError;
use super::machine::Machine;
use crate::facts::Context;
use crate::finding::{Findings, Safety};
use crate::scan::{LiteralId, Scan};
use crate::text::Span;

/// A regular expression and the literals without which it cannot match.
pub(super) struct Pattern {
    source: String,
    machine: OnceLock<Option<Machine>>,
    literals: Vec<LiteralId>,
    right: Option<String>,
}

impl Pattern {
    /// Only the syntax is checked here, and only where literals are new: the built-in packs' is checked by their examples,
    /// and building the machines would cost every start its time.
    pub(super) fn compile(
        regex: &str,
        literals: &[String],
        right: &[String],
        scan: &mut Scan,
    ) -> Result<Pattern, OptionError> {
        if literals.is_empty() || literals.iter().any(String::is_empty) {
            return Err(OptionError::new("regex", "`literals` must name texts of which every match holds one"));
        }
        if right.len() > 1 {
            return Err(OptionError::new("right", "a regex has at most one `right`"));
        }
        let known = scan.built();
        let literals = literals.iter().map(|literal| scan.literal(literal)).collect();
        if scan.built() > known {
            regex_syntax::parse(regex).map_err(|error| syntax(&error))?;
        }
        Ok(Pattern { source: regex.to_string(), machine: OnceLock::new(), literals, right: right.first().cloned() })
    }

    /// The first group that takes part is the place, or else the whole; `right` replaces the place and may use `$1` and its like.
    pub(super) fn run(&self, context: &Context, findings: &mut Findings, safety: Safety) {
        let blocks = self.blocks(context);
        if blocks.is_empty() {
            return;
        }
        let Some(machine) = self.machine.get_or_init(|| Machine::new(&self.source)) else {
            return;
        };
        for block in blocks {
            let text = context.at(block);
            for hit in machine.hits(text, self.right.as_deref().unwrap_or_default()) {
                let start = block.start as usize;
                let span = Span::new(start + hit.place.start, start + hit.place.end);
                let mut draft = findings.at(span).slot("wrong", &text[hit.place]).slot("match", &text[hit.whole]);
                draft = draft.slot("right", hit.right.as_str());
                if self.right.is_some() {
                    draft = draft.fix(super::title(&hit.right), safety, &[(span, hit.right.as_str())]);
                }
                draft.push();
            }
        }
    }

    /// The blocks in which a literal stands, each once.
    fn blocks(&self, context: &Context) -> Vec<Span> {
        let hits = self.literals.iter().flat_map(|literal| context.hits.of(*literal));
        let mut blocks: Vec<Span> =
            hits.filter_map(|hit| context.manuscript.block_at(hit.start)).map(|block| block.span).collect();
        blocks.sort_unstable();
        blocks.dedup();
        blocks
    }
}

fn syntax(error: &regex_syntax::Error) -> OptionError {
    let (at, message) = match error {
        regex_syntax::Error::Parse(error) => (Some(error.span().start.offset), error.kind().to_string()),
        regex_syntax::Error::Translate(error) => (Some(error.span().start.offset), error.kind().to_string()),
        other => (None, other.to_string()),
    };
    OptionError { path: "regex".to_string(), message: format!("not a regular expression: {message}"), at, help: None }
}
