/*!
Regular expressions, for what the phrase language cannot say. They are compiled when a literal of theirs is first found
and run over the blocks in which it stands.
*/

use super::super::OptionError;
use crate::facts::Context;
use crate::finding::{Findings, Safety};
use crate::scan::{LiteralId, Scan};
use crate::text::Span;
use crate::text::pattern::Pattern;

/// A regular expression and the literals without which it cannot match.
pub(super) struct Expression {
    pattern: Pattern,
    literals: Vec<LiteralId>,
    right: Option<String>,
}

impl Expression {
    /// Only the syntax is checked here, and only where literals are new: the built-in packs' is checked by their examples,
    /// and building the engines would cost every start its time.
    pub(super) fn compile(
        regex: &str,
        literals: &[String],
        right: &[String],
        scan: &mut Scan,
    ) -> Result<Expression, OptionError> {
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
        Ok(Expression { pattern: Pattern::new(regex), literals, right: right.first().cloned() })
    }

    /// The first group that takes part is the place, or else the whole; `right` replaces the place and may use `$1` and its like.
    pub(super) fn run(&self, context: &Context, findings: &mut Findings, safety: Safety) {
        for block in self.blocks(context) {
            for found in self.pattern.all(context.at(block)) {
                let Some(whole) = found.get(0) else { continue };
                let place = found.first().unwrap_or(whole);
                let mut right = String::new();
                found.expand(self.right.as_deref().unwrap_or_default(), &mut right);
                let start = block.start as usize;
                let span = Span::new(start + place.start(), start + place.end());
                let draft = findings.at(span).slot("wrong", place.as_str()).slot("match", whole.as_str());
                let mut draft = draft.slot("right", right.as_str());
                if self.right.is_some() {
                    draft = draft.fix(super::title(&right), safety, &[(span, right.as_str())]);
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
