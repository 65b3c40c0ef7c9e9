/*!
The dictionary: words with frequency and part of speech, and the most probable cut of a text into words.

It is asked around hits, in mending and for garbled text, never over a whole manuscript. The weight of a word is the
logarithm of its share of all words; the build script has written it for every frequency that there is.
*/

use std::cell::RefCell;
use std::ops::Range;

use super::lattice::Lattice;
use super::trie::Trie;

/// The embedded dictionary.
pub struct Words {
    trie: &'static Trie,
}

/// What the dictionary says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Occurrences in the dictionary's own corpus.
    pub frequency: u32,
    /// Part of speech, jieba's tag.
    pub tag: &'static str,
}

// The frequencies with their weights, the parts of speech, and the weights of what is no word of the dictionary.
include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The weight of a character that is no word of the dictionary.
pub(super) const SINGLE: f32 = f32::from_bits(SINGLE_BITS);
/// The weight that a text outside the dictionary is credited with when it is offered as a word.
const GIVEN: f32 = f32::from_bits(GIVEN_BITS);

static TRIE: Trie = Trie::new(include_bytes!(concat!(env!("OUT_DIR"), "/words.bin")));
static WORDS: Words = Words { trie: &TRIE };

thread_local! {
    static LATTICE: RefCell<Lattice> = const { RefCell::new(Lattice::new(&TRIE)) };
}

/// The dictionary.
#[inline]
pub fn words() -> &'static Words {
    &WORDS
}

/// The weight that a value of the trie stands for.
#[inline]
pub(super) fn weight(value: u32) -> f32 {
    f32::from_bits(FREQUENCIES[(value >> 8) as usize].1)
}

fn frequency(value: u32) -> u32 {
    FREQUENCIES[(value >> 8) as usize].0
}

impl Words {
    /// Looks a word up.
    ///
    /// ```
    /// let word = kanwu::lexicon::words::words().get("检察").expect("a common word");
    /// assert!(word.frequency > 100);
    /// ```
    pub fn get(&self, word: &str) -> Option<Word> {
        let value = self.trie.get(word)?;
        let tag = TAGS.get((value & 0xFF) as usize).copied().unwrap_or("x");
        Some(Word { frequency: frequency(value), tag })
    }

    /// Whether the dictionary has the word.
    pub fn has(&self, word: &str) -> bool {
        self.trie.get(word).is_some()
    }

    /// Whether some word is one Han character and then `rest`.
    ///
    /// ```
    /// let words = kanwu::lexicon::words::words();
    /// assert!(words.ends_longer("件袋"));
    /// ```
    pub fn ends_longer(&self, rest: &str) -> bool {
        let mut nodes = ('一'..='龥').filter_map(|c| self.trie.step(self.trie.root(), self.trie.code(c)));
        nodes.any(|node| {
            let end = rest.chars().try_fold(node, |node, c| self.trie.step(node, self.trie.code(c)));
            end.is_some_and(|end| self.trie.value(end).is_some())
        })
    }

    /// The words that begin the text, shortest first: length in bytes and frequency.
    pub fn prefixes<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, u32)> + 't {
        self.trie.prefixes(text).map(|(length, value)| (length, frequency(value)))
    }

    /// Cuts a text into its most probable words; the ranges are bytes and cover the text.
    pub fn cut(&self, text: &str) -> Vec<Range<usize>> {
        self.with(&[text], |lattice| {
            lattice.search(None);
            lattice.path().collect()
        })
    }

    /// Whether the most probable cut of the text has a word that crosses an edge of the range, when the range itself
    /// is allowed as a word.
    ///
    /// This is the boundary guard: 检查长 in 检查长江 is crossed by 长江.
    ///
    /// ```
    /// let words = kanwu::lexicon::words::words();
    /// assert!(words.crosses("要检查长江两岸", 3..12));
    /// assert!(!words.crosses("新任检查长到任", 6..15));
    /// ```
    pub fn crosses(&self, text: &str, range: Range<usize>) -> bool {
        self.with(&[text], |lattice| {
            lattice.may_cross(&range) && {
                lattice.search(Some((&range, GIVEN)));
                lattice.path().any(|word| is_across(&word, &range))
            }
        })
    }

    /// The same, but for a longer word that ends with the range in the cut of the text alone.
    pub fn crosses_apart(&self, text: &str, range: Range<usize>) -> bool {
        self.with(&[text], |lattice| {
            if !lattice.may_cross(&range) {
                return false;
            }
            lattice.search(Some((&range, GIVEN)));
            lattice.path().any(|word| is_across(&word, &range)) && {
                lattice.search(None);
                !lattice.path().any(|word| word.end == range.end && word.start < range.start)
            }
        })
    }

    /// The words by which [`crosses`](Self::crosses) judges: those of the cut that share characters with the range and
    /// go beyond it.
    pub fn crossing(&self, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
        self.with(&[text], |lattice| {
            if !lattice.may_cross(&range) {
                return Vec::new();
            }
            lattice.search(Some((&range, GIVEN)));
            lattice.path().filter(|word| is_across(word, &range)).collect()
        })
    }

    /// How much more probable the two texts are as one than apart, as a difference of logarithms; positive only where a
    /// word lies across the joint.
    ///
    /// ```
    /// let words = kanwu::lexicon::words::words();
    /// assert!(words.joint("党支部选", "拔骨干") > 2.0);
    /// assert_eq!(words.joint("选拔骨干", "充实一线"), 0.0);
    /// ```
    pub fn joint(&self, left: &str, right: &str) -> f32 {
        let whole = self.with(&[left, right], |lattice| {
            let joins = lattice.may_join(left.len());
            let score = if joins { lattice.search(None) } else { 0.0 };
            (joins && !lattice.path().any(|word| word.start == left.len())).then_some(score)
        });
        whole.map_or(0.0, |score| score - self.score(left) - self.score(right))
    }

    fn score(&self, text: &str) -> f32 {
        self.with(&[text], |lattice| lattice.search(None))
    }

    /// Works on the lattice of a text that is given in parts.
    fn with<T>(&self, parts: &[&str], work: impl FnOnce(&mut Lattice) -> T) -> T {
        LATTICE.with_borrow_mut(|lattice| {
            lattice.read(parts);
            work(lattice)
        })
    }
}

/// Whether a word shares characters with a range and goes beyond it.
fn is_across(word: &Range<usize>, range: &Range<usize>) -> bool {
    let overlaps = word.start < range.end && range.start < word.end;
    overlaps && (word.start < range.start || word.end > range.end)
}
