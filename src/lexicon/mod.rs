/*!
Layer 1: what is known.

The dictionary and the tables of `rules/lexicon`, embedded as they were built at compile time. Nothing is built at
start: a trie or an automaton is opened when it is first asked for. What the rows *mean* belongs to the facts that read
them.
*/

pub mod frames;
pub mod grams;
mod lattice;
pub mod likeness;
pub mod starts;
pub mod table;
mod trie;
pub mod words;

pub use table::{Row, Table};
pub use words::Words;

/// Opens what every manuscript needs, in the order in which it is needed, for a thread that has nothing else to do.
pub fn open() {
    for table in [&table::ROLES, &table::PLACES, &table::INSTITUTIONS, &table::FAMILY_TERMS, &table::ACTIONS] {
        table.open();
    }
}
