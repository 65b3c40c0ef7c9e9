/*!
The dictionary: words with frequency and part of speech, and the most probable cut of a text into words.

It is asked around hits, in mending and for garbled text, never over a whole manuscript. The cut is jieba's method
without its hidden Markov model: the path of highest probability through the graph of all words.
*/

use std::ops::Range;
use std::sync::OnceLock;

use crawdad::Trie;

/// The embedded dictionary.
pub struct Words {
    trie: Trie,
    log_total: f32,
}

/// What the dictionary says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Occurrences in the dictionary's own corpus.
    pub frequency: u32,
    /// Part of speech, jieba's tag.
    pub tag: &'static str,
}

const BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));
const TOTAL: &str = include_str!(concat!(env!("OUT_DIR"), "/words_total.txt"));
const TAGS: &str = include_str!("../../rules/lexicon/tags.txt");
const LONGEST: usize = 16;

/// The dictionary, opened at the first call.
pub fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| Words {
        trie: Trie::deserialize_from_slice(BLOB).0,
        log_total: TOTAL.parse::<f32>().expect("the build script wrote a number").ln(),
    })
}

impl Words {
    /// Looks a word up.
    ///
    /// ```
    /// let word = kanwu::lexicon::words::words().get("检察").expect("a common word");
    /// assert!(word.frequency > 100);
    /// ```
    pub fn get(&self, word: &str) -> Option<Word> {
        let value = self.trie.exact_match(word.chars())?;
        let tag = TAGS.split_whitespace().nth((value & 0xFF) as usize).unwrap_or("x");
        Some(Word { frequency: value >> 8, tag })
    }

    /// Whether the dictionary has the word.
    pub fn has(&self, word: &str) -> bool {
        self.trie.exact_match(word.chars()).is_some()
    }

    /// Whether some word is one Han character and then `rest`.
    ///
    /// ```
    /// let words = kanwu::lexicon::words::words();
    /// assert!(words.ends_longer("件袋"));
    /// ```
    pub fn ends_longer(&self, rest: &str) -> bool {
        let mut word = String::new();
        ('一'..='龥').any(|c| {
            word.clear();
            word.push(c);
            word.push_str(rest);
            self.has(&word)
        })
    }

    /// The words that begin the text, shortest first: length in bytes and frequency.
    pub fn prefixes<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, u32)> + 't {
        let found = self.trie.common_prefix_search(text.chars().take(LONGEST));
        found.map(|(value, length)| (bytes(text, length), value >> 8))
    }

    /// Cuts a text into its most probable words; the ranges are bytes and cover the text.
    pub fn cut(&self, text: &str) -> Vec<Range<usize>> {
        self.path(text, None).1
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
        !self.crossing(text, range).is_empty()
    }

    /// The words by which [`crosses`](Self::crosses) judges: those of the cut that share characters with the range and
    /// go beyond it.
    pub fn crossing(&self, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let mut words = self.path(text, Some(&range)).1;
        words.retain(|word| {
            let overlaps = word.start < range.end && range.start < word.end;
            overlaps && (word.start < range.start || word.end > range.end)
        });
        words
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
        let whole = self.path(&format!("{left}{right}"), None);
        let crossed = !whole.1.iter().any(|word| word.start == left.len());
        if crossed { whole.0 - self.path(left, None).0 - self.path(right, None).0 } else { 0.0 }
    }

    /// Best path, right to left; `extra` is one more word that is allowed.
    fn path(&self, text: &str, extra: Option<&Range<usize>>) -> (f32, Vec<Range<usize>>) {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let mut best = vec![(0.0f32, 0usize); text.len() + 1];
        for &start in starts.iter().rev() {
            let single = bytes(&text[start..], 1);
            let mut choice = (self.weight(1) + best[start + single].0, start + single);
            let given = extra.filter(|range| range.start == start).map(|range| (range.end - start, GIVEN));
            for (length, frequency) in self.prefixes(&text[start..]).chain(given) {
                let score = self.weight(frequency) + best[start + length].0;
                if score > choice.0 {
                    choice = (score, start + length);
                }
            }
            best[start] = choice;
        }
        let mut cut = Vec::new();
        let mut at = 0;
        while at < text.len() {
            cut.push(at..best[at].1);
            at = best[at].1;
        }
        (best[0].0, cut)
    }

    fn weight(&self, frequency: u32) -> f32 {
        (frequency.max(1) as f32).ln() - self.log_total
    }
}

/// Frequency that a text outside the dictionary is credited with when it is offered as a word.
const GIVEN: u32 = 50;

fn bytes(text: &str, characters: usize) -> usize {
    text.chars().take(characters).map(char::len_utf8).sum()
}
