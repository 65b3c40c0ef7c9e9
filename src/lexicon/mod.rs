/*!
Layer 1: what is known.

The dictionary and the tables of `rules/lexicon`, embedded as they were built at compile time. Nothing is built
at start or opened: the tries are read where they lie. What the rows *mean* belongs to the facts that read them.
*/

pub mod frames;
pub mod grams;
mod lattice;
pub mod likeness;
mod sieve;
pub mod starts;
pub mod table;
pub(crate) mod trie;
pub mod words;

pub use table::{Row, Table};
pub use words::Words;
