/*!
Literals: declared while rules are compiled, found in one pass over the reading text, whatever their number.
*/

use std::collections::HashMap;

use crate::text::Span;

/// A literal that some rule asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LiteralId(pub u32);

/// Collects the literals of a rule set.
#[derive(Default)]
pub struct Scan {
    literals: Vec<String>,
    ids: HashMap<String, LiteralId>,
}

/// Where the literals of a rule set stand in one text.
#[derive(Default)]
pub struct Hits {
    starts: HashMap<LiteralId, Vec<Span>>,
}

impl Scan {
    /// Declares a literal.
    pub fn literal(&mut self, text: &str) -> LiteralId {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = LiteralId(self.literals.len() as u32);
        self.literals.push(text.to_string());
        self.ids.insert(text.to_string(), id);
        id
    }

    /// Finds all declared literals, overlapping ones too.
    pub fn hits(&self, text: &str) -> Hits {
        let mut hits = Hits::default();
        for (id, literal) in self.literals.iter().enumerate() {
            let spans = text.match_indices(literal.as_str()).map(|(at, hit)| Span::new(at, at + hit.len())).collect();
            hits.starts.insert(LiteralId(id as u32), spans);
        }
        hits
    }
}

impl Hits {
    /// The places of a literal, in order.
    pub fn of(&self, literal: LiteralId) -> &[Span] {
        self.starts.get(&literal).map_or(&[], Vec::as_slice)
    }
}
