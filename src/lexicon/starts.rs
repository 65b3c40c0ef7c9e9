/*!
Which characters do not begin sentences as words of their own.

Counted once over official text: how often a sentence begins with the character as a word, against how often the
character occurs at all.
*/

use crate::text::charset::CharSet;

/// The first column of `starts.tsv`.
static STARTS: CharSet = CharSet::new(include_str!(concat!(env!("OUT_DIR"), "/starts.txt")));

/// A character that occurs often in official text and, as a word of one character, begins (almost) no sentence there.
pub fn never_begins(c: char) -> bool {
    STARTS.contains(c)
}
