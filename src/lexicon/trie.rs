/*!
Tries as the build script wrote them: double arrays that are read where they lie in the program. Nothing is opened or
copied, so a page of text touches only what its own characters lead to.
*/

use super::sieve;
use crate::text::han;

/// A trie of texts, each with a value.
pub struct Trie {
    /// The code of every character, from the first of Unicode on, as two bytes.
    codes: &'static [[u8; 2]],
    /// The nodes, the root first: where the children lie, and the parent.
    nodes: &'static [[u8; 8]],
}

/// A trie behind a sieve: terms that are looked for in text.
pub struct Terms {
    pub trie: Trie,
    /// How the terms begin that have three bytes or more.
    sieve: &'static [u8; sieve::SIZE],
}

/// Where a walk through a trie stands.
#[derive(Clone, Copy)]
pub struct Node {
    index: u32,
    base: u32,
    check: u32,
}

/// The code of a character that no text of a trie has.
const UNKNOWN: u16 = u16::MAX;
/// Marks in a base a node without children, and in a check one that is the end of a text and has children.
const MARK: u32 = 1 << 31;

impl Terms {
    /// The terms in the words of the build script: a trie and a sieve.
    pub const fn new(trie: &'static [u8], sieve: &'static [u8; sieve::SIZE]) -> Self {
        Terms { trie: Trie::new(trie), sieve }
    }

    /// Shows every term that stands in a text, by where they begin and end: its place, its length in bytes, its value.
    #[inline]
    pub fn each_in(&self, text: &str, mut see: impl FnMut(usize, usize, u32)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            // What has less than three bytes begins with a character that does.
            if first < 0xE0 || sieve::may_begin(self.sieve, &bytes[at..]) {
                self.trie.prefixes(&text[at..]).for_each(|(length, value)| see(at, length, value));
            }
            at += han::length(first);
        }
    }
}

impl Trie {
    /// A trie in the words of the build script: the number of codes, the codes, the nodes.
    pub const fn new(blob: &'static [u8]) -> Self {
        let (count, rest) = blob.split_at(4);
        let count = u32::from_le_bytes([count[0], count[1], count[2], count[3]]) as usize;
        let (codes, nodes) = rest.split_at(2 * count);
        Trie { codes: codes.as_chunks().0, nodes: nodes.as_chunks().0 }
    }

    /// What [`step`](Self::step) knows a character by.
    #[inline]
    pub fn code(&self, c: char) -> u16 {
        self.codes.get(c as usize).map_or(UNKNOWN, |code| u16::from_le_bytes(*code))
    }

    /// Where every text begins.
    #[inline]
    pub fn root(&self) -> Node {
        self.node(0).unwrap_or(Node { index: 0, base: MARK, check: 0 })
    }

    /// The node that a character leads to.
    #[inline]
    pub fn step(&self, node: Node, code: u16) -> Option<Node> {
        if node.base & MARK != 0 {
            return None;
        }
        self.node(node.base ^ u32::from(code)).filter(|child| child.check & !MARK == node.index)
    }

    /// The value of the text that ends at a node.
    #[inline]
    pub fn value(&self, node: Node) -> Option<u32> {
        if node.base & MARK != 0 {
            Some(node.base & !MARK)
        } else if node.check & MARK != 0 {
            self.node(node.base).map(|leaf| leaf.base & !MARK)
        } else {
            None
        }
    }

    /// The value of a text.
    pub fn get(&self, text: &str) -> Option<u32> {
        self.value(self.walk(text.chars())?)
    }

    /// The node that a text leads to.
    pub fn walk(&self, mut text: impl Iterator<Item = char>) -> Option<Node> {
        text.try_fold(self.root(), |node, c| self.step(node, self.code(c)))
    }

    /// The texts that begin a text, shortest first: length in bytes and value.
    pub fn prefixes(&self, text: &str) -> impl Iterator<Item = (usize, u32)> {
        let mut node = self.root();
        let nodes = text.char_indices().map_while(move |(at, c)| {
            node = self.step(node, self.code(c))?;
            Some((at + c.len_utf8(), node))
        });
        nodes.filter_map(|(length, node)| Some((length, self.value(node)?)))
    }

    #[inline]
    fn node(&self, index: u32) -> Option<Node> {
        let bytes = u64::from_le_bytes(*self.nodes.get(index as usize)?);
        Some(Node { index, base: bytes as u32, check: (bytes >> 32) as u32 })
    }
}
