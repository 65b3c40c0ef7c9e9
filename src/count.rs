/*!
Tables counted once from official text and committed under `rules/lexicon`. Nothing here runs in a check.
*/

use std::collections::HashMap;

use crate::lexicon::words::words;
use crate::manuscript::sentence;
use crate::text::han;

/// A character must occur this often to say anything.
const OFTEN: u32 = 500;
/// At most this share of a character's occurrences begins a sentence as a word of its own.
const RARELY: f32 = 1.0e-4;

/// Rows `character, sentences begun, occurrences` for `starts.tsv`: the characters that are frequent and, as words of one
/// character, begin next to no sentence.
pub fn starts<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<(char, u32, u32)> {
    let mut counts: HashMap<char, (u32, u32)> = HashMap::new();
    for line in lines {
        for c in line.chars().filter(|&c| han::is_han(c)) {
            counts.entry(c).or_default().1 += 1;
        }
        for span in sentence::sentences(line, 0) {
            if let Some(c) = first_word(span.of(line).trim_start()) {
                counts.entry(c).or_default().0 += 1;
            }
        }
    }
    let rare = |begun: u32, all: u32| all >= OFTEN && begun as f32 <= all as f32 * RARELY;
    let mut rows: Vec<_> = counts.into_iter().map(|(c, (begun, all))| (c, begun, all)).collect();
    rows.retain(|&(_, begun, all)| rare(begun, all));
    rows.sort_by_key(|row| (std::cmp::Reverse(row.2), row.0));
    rows
}

/// The first word of a sentence, when it has one character.
fn first_word(sentence: &str) -> Option<char> {
    let head: String = sentence.chars().take(6).take_while(|&c| han::is_han(c)).collect();
    let first = words().cut(&head).into_iter().next()?;
    let mut word = head[first].chars();
    word.next().filter(|_| word.next().is_none())
}
