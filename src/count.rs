/*!
Tables counted once from official text and committed under `rules/lexicon`. Nothing here runs in a check.
*/

use std::collections::HashMap;

use crate::lexicon::frames::{self, Frame};
use crate::lexicon::grams;
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

/// Runs that stand less often are taken for misprints.
const SEEN: u32 = 3;
/// Bits of the table for each run.
const BITS: usize = 18;

/// The bytes of `grams.bin`: the runs of two and three Han characters that stand at least three times.
pub fn grams<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<u8> {
    let mut counts: HashMap<Vec<char>, u32> = HashMap::new();
    for line in lines {
        for run in line.split(|c| !han::is_han(c)) {
            let run: Vec<char> = run.chars().collect();
            for length in [2, 3] {
                run.windows(length).for_each(|gram| *counts.entry(gram.to_vec()).or_default() += 1);
            }
        }
    }
    let mut seen: Vec<&[char]> =
        counts.iter().filter(|(_, count)| **count >= SEEN).map(|(gram, _)| gram.as_slice()).collect();
    seen.sort_unstable();
    grams::table(seen.into_iter(), BITS)
}

/// Rows `frame, filler, count` for `slots.tsv`, the fillers that stand at least twice.
pub fn slots<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<(Frame, String, u32)> {
    let mut counts: HashMap<(Frame, String), u32> = HashMap::new();
    for line in lines {
        for slot in frames::slots(line, 0) {
            *counts.entry((slot.frame, slot.span.of(line).to_string())).or_default() += 1;
        }
    }
    let often = counts.into_iter().filter(|(_, count)| *count >= 2);
    let mut rows: Vec<_> = often.map(|((frame, filler), count)| (frame, filler, count)).collect();
    rows.sort_by(|a, b| (a.0, b.2, &a.1).cmp(&(b.0, a.2, &b.1)));
    rows
}
