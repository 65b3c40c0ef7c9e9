/*!
Sets of characters that are asked for every character of a text.
*/

/// A set of characters of the basic plane, as a bit for each; built by the compiler.
pub struct CharSet {
    bits: [u64; 1024],
}

impl CharSet {
    /// The characters of a text. One beyond the basic plane is not taken up.
    ///
    /// ```
    /// use kanwu::text::charset::CharSet;
    /// static MARKS: CharSet = CharSet::new("，。、");
    /// assert!(MARKS.contains('。') && !MARKS.contains('水') && !MARKS.contains('𠮷'));
    /// ```
    pub const fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut bits = [0u64; 1024];
        let mut at = 0;
        while at < bytes.len() {
            let (length, code) = decode(bytes, at);
            if length < 4 {
                bits[code / 64] |= 1 << (code % 64);
            }
            at += length;
        }
        CharSet { bits }
    }

    /// The characters of either set.
    pub const fn or(&self, other: &CharSet) -> CharSet {
        let mut bits = self.bits;
        let mut at = 0;
        while at < bits.len() {
            bits[at] |= other.bits[at];
            at += 1;
        }
        CharSet { bits }
    }

    /// The first characters of some words.
    ///
    /// ```
    /// use kanwu::text::charset::CharSet;
    /// static HEADS: CharSet = CharSet::heads(&["说", "表示"]);
    /// assert!(HEADS.contains('表') && !HEADS.contains('示'));
    /// ```
    pub const fn heads(words: &[&str]) -> Self {
        Self::picked(words, false)
    }

    /// The last characters of some words.
    ///
    /// ```
    /// use kanwu::text::charset::CharSet;
    /// static TAILS: CharSet = CharSet::tails(&["中心", "平台"]);
    /// assert!(TAILS.contains('台') && !TAILS.contains('平'));
    /// ```
    pub const fn tails(words: &[&str]) -> Self {
        Self::picked(words, true)
    }

    const fn picked(words: &[&str], last: bool) -> Self {
        let mut bits = [0u64; 1024];
        let mut index = 0;
        while index < words.len() {
            let bytes = words[index].as_bytes();
            let mut at = 0;
            while last && at + decode(bytes, at).0 < bytes.len() {
                at += decode(bytes, at).0;
            }
            let (length, code) = decode(bytes, at);
            if length < 4 {
                bits[code / 64] |= 1 << (code % 64);
            }
            index += 1;
        }
        CharSet { bits }
    }

    /// A set of characters that are known when the program runs.
    pub fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut bits = [0u64; 1024];
        for code in characters.map(|c| c as usize).filter(|code| *code < 0x1_0000) {
            bits[code / 64] |= 1 << (code % 64);
        }
        CharSet { bits }
    }

    #[inline]
    pub fn contains(&self, c: char) -> bool {
        let code = c as usize;
        code < 0x1_0000 && self.bits[code / 64] >> (code % 64) & 1 == 1
    }
}

/// The length and the code of the character at a byte; the code is 0 beyond the basic plane.
const fn decode(bytes: &[u8], at: usize) -> (usize, usize) {
    let first = bytes[at] as usize;
    if first < 0x80 {
        (1, first)
    } else if first < 0xE0 {
        (2, (first & 0x1F) << 6 | bytes[at + 1] as usize & 0x3F)
    } else if first < 0xF0 {
        (3, (first & 0x0F) << 12 | (bytes[at + 1] as usize & 0x3F) << 6 | bytes[at + 2] as usize & 0x3F)
    } else {
        (4, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_characters_and_no_other() {
        const TEXT: &str = "aé年。〇零１￿𠮷";
        static SET: CharSet = CharSet::new(TEXT);
        let expected = |c: char| TEXT.contains(c) && (c as u32) < 0x1_0000;
        assert!(('\0'..='\u{2_FFFF}').all(|c| SET.contains(c) == expected(c)));
    }
}
