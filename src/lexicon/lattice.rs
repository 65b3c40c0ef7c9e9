/*!
The cut of a text into words: the most probable path through all words of the dictionary that stand in it.

The path is jieba's without its hidden Markov model. A lattice is used again and again, so that a cut allocates nothing.
*/

use std::ops::Range;

use super::trie::Trie;
use super::words::{SINGLE, weight};

/// A text and the best path through it, by character.
pub struct Lattice {
    trie: &'static Trie,
    /// The trie's code of each character.
    codes: Vec<u16>,
    /// Where each character begins, and the end of the text.
    starts: Vec<u32>,
    /// For each character and the end of the text, the score of the best path from there and where its first word ends.
    best: Vec<(f32, u32)>,
}

impl Lattice {
    pub const fn new(trie: &'static Trie) -> Self {
        Lattice { trie, codes: Vec::new(), starts: Vec::new(), best: Vec::new() }
    }

    /// Takes up the text that the parts make together.
    pub fn read(&mut self, parts: &[&str]) {
        self.codes.clear();
        self.starts.clear();
        let mut length = 0;
        for part in parts {
            for (at, c) in part.char_indices() {
                self.codes.push(self.trie.code(c));
                self.starts.push((length + at) as u32);
            }
            length += part.len();
        }
        self.starts.push(length as u32);
    }

    /// Whether some word of the dictionary shares characters with the range of bytes and goes beyond it.
    pub fn may_cross(&self, range: &Range<usize>) -> bool {
        let (start, end) = (self.character(range.start), self.character(range.end));
        let before = (0..start).any(|at| self.words(at).any(|(word, _)| word > start));
        before || (start..end).any(|at| self.words(at).any(|(word, _)| word > end))
    }

    /// Whether some word of the dictionary lies across a byte.
    pub fn may_join(&self, joint: usize) -> bool {
        let joint = self.character(joint);
        (0..joint).any(|at| self.words(at).any(|(word, _)| word > joint))
    }

    /// Finds the best path and tells its score; `extra` is one more word that is allowed, a range of bytes.
    pub fn search(&mut self, extra: Option<(&Range<usize>, f32)>) -> f32 {
        let count = self.codes.len();
        let given = extra.map(|(range, weight)| (self.character(range.start), self.character(range.end), weight));
        self.best.clear();
        self.best.resize(count + 1, (0.0, count as u32));
        for start in (0..count).rev() {
            let mut choice = (SINGLE + self.best[start + 1].0, start + 1);
            let mut consider = |end: usize, weight: f32| {
                let score = weight + self.best[end].0;
                if score > choice.0 {
                    choice = (score, end);
                }
            };
            for (end, value) in self.words(start) {
                consider(end, weight(value));
            }
            if let Some((_, end, weight)) = given.filter(|given| given.0 == start) {
                consider(end, weight);
            }
            self.best[start] = (choice.0, choice.1 as u32);
        }
        self.best[0].0
    }

    /// The words of the best path as ranges of bytes, which cover the text.
    pub fn path(&self) -> impl Iterator<Item = Range<usize>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = at;
            at = self.best[start].1 as usize;
            (start < self.codes.len()).then(|| self.starts[start] as usize..self.starts[at] as usize)
        })
    }

    /// The words of the dictionary that begin at a character, shortest first: where they end, and their values.
    #[inline]
    fn words(&self, start: usize) -> impl Iterator<Item = (usize, u32)> {
        let mut node = self.trie.root();
        let nodes = (start + 1..).zip(&self.codes[start..]).map_while(move |(end, code)| {
            node = self.trie.step(node, *code)?;
            Some((end, node))
        });
        nodes.filter_map(|(end, node)| Some((end, self.trie.value(node)?)))
    }

    /// The character that begins at a byte of the text.
    fn character(&self, at: usize) -> usize {
        self.starts.partition_point(|start| (*start as usize) < at).min(self.codes.len())
    }
}
