/*!
The cut of a text into words: all the dictionary's words in it, and the most probable path through them.

The path is jieba's without its hidden Markov model. A lattice is used again and again, so that a cut allocates nothing.
*/

use std::ops::Range;

use super::trie::Trie;
use super::words::{SINGLE, weight};

/// The words of a text and the best path through them, by character.
pub struct Lattice {
    /// The trie's code of each character.
    codes: Vec<u16>,
    /// Where each character begins, and the end of the text.
    starts: Vec<usize>,
    /// The words, by where they begin, shortest first.
    words: Vec<Word>,
    /// Where the words of each character begin that has been looked at, and the end of them.
    first: Vec<usize>,
    /// For each character and the end of the text, the score of the best path from there and where its first word ends.
    best: Vec<(f32, usize)>,
}

/// A word of the dictionary at a place: the character at which it ends, and its weight.
#[derive(Clone, Copy)]
struct Word {
    end: usize,
    weight: f32,
}

impl Lattice {
    pub const fn new() -> Self {
        Lattice { codes: Vec::new(), starts: Vec::new(), words: Vec::new(), first: Vec::new(), best: Vec::new() }
    }

    /// Takes up the text that the parts make together.
    pub fn read(&mut self, trie: &Trie, parts: &[&str]) {
        self.codes.clear();
        self.starts.clear();
        self.words.clear();
        self.first.clear();
        self.first.push(0);
        let mut length = 0;
        for part in parts {
            for (at, c) in part.char_indices() {
                self.codes.push(trie.code(c));
                self.starts.push(length + at);
            }
            length += part.len();
        }
        self.starts.push(length);
    }

    /// Finds the words that begin before a character, as far as it is not done.
    fn look(&mut self, trie: &Trie, to: usize) {
        for start in self.first.len() - 1..to {
            let mut node = trie.root();
            for (end, code) in (start + 1..).zip(&self.codes[start..]) {
                let Some(next) = trie.step(node, *code) else { break };
                node = next;
                self.words.extend(trie.value(node).map(|value| Word { end, weight: weight(value) }));
            }
            self.first.push(self.words.len());
        }
    }

    /// Whether some word of the dictionary shares characters with the range of bytes and goes beyond it.
    pub fn may_cross(&mut self, trie: &Trie, range: &Range<usize>) -> bool {
        let (start, end) = (self.character(range.start), self.character(range.end));
        self.look(trie, end);
        let crosses = |at: usize, word: &Word| if at < start { word.end > start } else { word.end > end };
        (0..end).any(|at| self.words[self.first[at]..self.first[at + 1]].iter().any(|word| crosses(at, word)))
    }

    /// Whether some word of the dictionary lies across a byte.
    pub fn may_join(&mut self, trie: &Trie, joint: usize) -> bool {
        let joint = self.character(joint);
        self.look(trie, joint);
        self.words.iter().any(|word| word.end > joint)
    }

    /// Finds the best path and tells its score; `extra` is one more word that is allowed, a range of bytes.
    pub fn search(&mut self, trie: &Trie, extra: Option<(&Range<usize>, f32)>) -> f32 {
        let count = self.codes.len();
        self.look(trie, count);
        let given = extra.map(|(range, weight)| (self.character(range.start), self.character(range.end), weight));
        self.best.clear();
        self.best.resize(count + 1, (0.0, count));
        for start in (0..count).rev() {
            let mut choice = (SINGLE + self.best[start + 1].0, start + 1);
            let words = &self.words[self.first[start]..self.first[start + 1]];
            let given = given.filter(|given| given.0 == start).map(|given| Word { end: given.1, weight: given.2 });
            for word in words.iter().copied().chain(given) {
                let score = word.weight + self.best[word.end].0;
                if score > choice.0 {
                    choice = (score, word.end);
                }
            }
            self.best[start] = choice;
        }
        self.best[0].0
    }

    /// The words of the best path as ranges of bytes, which cover the text.
    pub fn path(&self) -> impl Iterator<Item = Range<usize>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = at;
            at = self.best[start].1;
            (start < self.codes.len()).then(|| self.starts[start]..self.starts[at])
        })
    }

    /// The character that begins at a byte of the text.
    fn character(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start < at).min(self.codes.len())
    }
}
