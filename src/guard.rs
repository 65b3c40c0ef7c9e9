/*!
Guards: where a rule is silent. They belong to the engine and not to the mechanisms, so that any rule can be silenced by
writing down the sentence that it wrongly hit.
*/

use crate::facts::Context;
use crate::manuscript::BlockKind;
use crate::text::Span;

/// The guards of one rule.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Block kinds in which the rule speaks; empty means every kind but code.
    pub blocks: Vec<BlockKind>,
}

impl Guard {
    /// Whether a finding whose first place is `span` may be made.
    pub fn admits(&self, context: &Context, span: Span) -> bool {
        let kind = context.manuscript.block_at(span.start).map(|block| block.kind);
        match kind {
            Some(kind) if self.blocks.is_empty() => kind != BlockKind::Code,
            Some(kind) => self.blocks.contains(&kind),
            None => true,
        }
    }
}
