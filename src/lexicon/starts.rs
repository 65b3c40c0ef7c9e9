/*!
Which characters do not begin sentences as words of their own.

Counted once over official text: how often a sentence begins with the character as a word, against how often the
character occurs at all.
*/

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::table::STARTS;

/// A character that occurs often in official text and, as a word of one character, begins (almost) no sentence there.
pub fn never_begins(c: char) -> bool {
    static NEVER: OnceLock<FxHashSet<char>> = OnceLock::new();
    let first = || STARTS.rows().iter().filter_map(|row| row.column(0).chars().next()).collect();
    NEVER.get_or_init(first).contains(&c)
}
