/*!
Literals: declared while rules are compiled, found in one pass over the reading text, whatever their number.

The literals of the built-in packs are known when the program is built: the build script puts them into a trie that is
read where it lies, behind a sieve that turns most places of a text away. It gathers them by key and not by mechanism (see
`build.rs`), so it may know more literals than are declared; a test holds that it never knows fewer. Only what a user's
pack adds is built at start, into an automaton: a few thousand literals take it some milliseconds.
*/

use rustc_hash::FxHashMap as HashMap;
use std::sync::OnceLock;

use daachorse::CharwiseDoubleArrayAhoCorasick as Automaton;

use crate::lexicon::trie::Terms;
use crate::text::Span;

/// A literal that some rule asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LiteralId(pub u32);

/// Collects the literals of a rule set.
#[derive(Default)]
pub struct Scan {
    /// Literals that are not embedded, in the order of their ids.
    added: Vec<String>,
    ids: HashMap<String, LiteralId>,
    automaton: OnceLock<Option<Automaton<u32>>>,
}

/// Where the literals of a rule set stand in one text: by literal, then by place.
#[derive(Default)]
pub struct Hits {
    /// The literals that stand in the text, in order, and where the places of each end among the spans.
    literals: Vec<LiteralId>,
    ends: Vec<u32>,
    spans: Vec<Span>,
}

/// Embedded rules of phrases, by their numbers: a bit for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Awake(Vec<u64>);

/// Ids from here on are a user's.
const ADDED: u32 = 1 << 31;

include!(concat!(env!("OUT_DIR"), "/listed.rs"));
// `WOKEN`: literal and number of the embedded rule of phrases that looks for it, by literal.
include!(concat!(env!("OUT_DIR"), "/woken.rs"));

/// Which lines of an embedded list its literals find: literal and line counted from 0, in the order of the literals.
pub fn listed(list: &str) -> Option<&'static [(u32, u32)]> {
    LISTED.iter().find(|(name, _)| *name == list).map(|(_, listed)| *listed)
}

static EMBEDDED: Terms = Terms::new(
    include_bytes!(concat!(env!("OUT_DIR"), "/literals.bin")),
    include_bytes!(concat!(env!("OUT_DIR"), "/literals_sieve.bin")),
);

impl Scan {
    /// Declares a literal. The empty text is one that is never found.
    pub fn literal(&mut self, text: &str) -> LiteralId {
        if let Some(id) = EMBEDDED.trie.get(text) {
            return LiteralId(id);
        }
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = LiteralId(ADDED + self.added.len() as u32);
        self.added.push(text.to_string());
        self.ids.insert(text.to_string(), id);
        self.automaton = OnceLock::new();
        id
    }

    /// The number of literals that had to be built into an automaton at start.
    pub fn built(&self) -> usize {
        self.added.len()
    }

    /// The literals that had to be built, for the test that looks for them.
    pub fn added(&self) -> &[String] {
        &self.added
    }

    /// Finds all literals, overlapping ones too.
    pub fn hits(&self, text: &str) -> Hits {
        let mut found: Vec<(LiteralId, Span)> = Vec::new();
        EMBEDDED.each_in(text, |at, length, id| found.push((LiteralId(id), Span::new(at, at + length))));
        if let Some(automaton) = self.automaton() {
            let hits = automaton.find_overlapping_iter(text);
            found.extend(hits.map(|hit| (LiteralId(hit.value()), Span::new(hit.start(), hit.end()))));
        }
        found.sort_unstable();
        let mut all = Hits { spans: Vec::with_capacity(found.len()), ..Hits::default() };
        for same in found.chunk_by(|one, other| one.0 == other.0) {
            all.spans.extend(same.iter().map(|(_, span)| *span));
            all.literals.push(same[0].0);
            all.ends.push(all.spans.len() as u32);
        }
        all
    }

    fn automaton(&self) -> Option<&Automaton<u32>> {
        let built = self.automaton.get_or_init(|| {
            let numbered = self.added.iter().enumerate().filter(|(_, literal)| !literal.is_empty());
            let numbered: Vec<(&str, u32)> =
                numbered.map(|(index, literal)| (literal.as_str(), ADDED + index as u32)).collect();
            Automaton::with_values(numbered).ok()
        });
        built.as_ref()
    }
}

impl Hits {
    /// The places of a literal, in order.
    pub fn of(&self, literal: LiteralId) -> &[Span] {
        let Ok(index) = self.literals.binary_search(&literal) else { return &[] };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.spans[start..self.ends[index] as usize]
    }

    /// The embedded rules of phrases of which a literal stands in the text. The others have nothing to find.
    pub fn awake(&self) -> Awake {
        let mut awake = Awake::default();
        self.rows(WOKEN).for_each(|(_, number)| awake.add(*number));
        awake
    }

    /// Of rows that each go with the number of a literal, in the order of the literals, those whose literal stands in the
    /// text.
    pub fn rows<'r, T>(&self, rows: &'r [(u32, T)]) -> impl Iterator<Item = (LiteralId, &'r T)> {
        let mut rest = rows;
        self.literals.iter().flat_map(move |literal| {
            rest = &rest[rest.partition_point(|(known, _)| *known < literal.0)..];
            let same = rest.iter().take_while(|(known, _)| *known == literal.0);
            same.map(|(_, row)| (*literal, row))
        })
    }

    /// The literals that stand in the text, each once, in order.
    pub fn literals(&self) -> impl Iterator<Item = LiteralId> + '_ {
        self.literals.iter().copied()
    }
}

impl Awake {
    fn add(&mut self, number: u16) {
        let word = number as usize / 64;
        self.0.resize(self.0.len().max(word + 1), 0);
        self.0[word] |= 1 << (number % 64);
    }

    /// Whether the rule of that number is among them.
    pub fn has(&self, number: u16) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_literals_are_all_found() {
        let mut scan = Scan::default();
        let (outer, inner, none) = (scan.literal("甲乙丙丁"), scan.literal("乙丙"), scan.literal(""));
        assert_eq!(scan.literal("乙丙"), inner);
        let hits = scan.hits("甲乙丙丁乙丙");
        assert_eq!(hits.of(outer), [Span::new(0, 12)]);
        assert_eq!(hits.of(inner), [Span::new(3, 9), Span::new(12, 18)]);
        assert_eq!(hits.of(none), []);
    }

    #[test]
    fn a_scan_without_literals_finds_nothing_of_its_own() {
        let scan = Scan::default();
        assert_eq!(scan.built(), 0);
        assert_eq!(scan.hits("甲乙").of(LiteralId(ADDED)), []);
    }
}
