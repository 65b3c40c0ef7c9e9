/*!
What a character is: Han, a full-width mark, a letter, invisible. One definition of each for all layers.
*/

use super::charset::CharSet;

/// A Han character of any block, with 〇 and the iteration mark 々.
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c as u32,
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x323AF | 0xF900..=0xFAFF | 0x3007 | 0x3005 | 0x2E80..=0x2FD5)
}

/// A Han character as nearly all are: what is asked of every character of a text asks this first.
#[inline]
fn is_common(c: char) -> bool {
    ('一'..='鿿').contains(&c)
}

/// A full-width mark of Chinese text.
pub fn is_wide_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '（'
            | '）'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '「'
            | '」'
            | '『'
            | '』'
            | '—'
            | '…'
            | '·'
            | '～'
    )
}

/// A letter of the Latin, Greek or Cyrillic script.
pub fn is_latin(c: char) -> bool {
    c.is_alphabetic() && (c as u32) < 0x0530
}

/// A mark that ends a sentence.
#[inline]
pub fn ends_sentence(c: char) -> bool {
    !is_common(c) && matches!(c, '。' | '！' | '？' | '…' | '!' | '?')
}

/// A mark that ends a clause (小句), sentence marks among them; 、 does not.
#[inline]
pub fn ends_clause(c: char) -> bool {
    !is_common(c) && (ends_sentence(c) || matches!(c, '，' | '；' | '：' | ',' | ';' | ':' | '\n'))
}

/// A mark that closes a pair.
#[inline]
pub fn closes(c: char) -> bool {
    !is_common(c) && matches!(c, '”' | '’' | '）' | '》' | '〉' | '】' | '〕' | '」' | '』' | ')' | ']')
}

/// A mark that opens a pair.
pub fn opens(c: char) -> bool {
    !is_common(c) && matches!(c, '“' | '‘' | '（' | '《' | '〈' | '【' | '〔' | '「' | '『' | '(' | '[')
}

/// A character without width that a reader cannot see.
pub fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}')
}

/// White space round a line; a control character is none, since it has to be reported.
pub fn is_blank(c: char) -> bool {
    matches!(c, '\t' | '\u{B}' | '\u{C}' | '\u{85}') || (c.is_whitespace() && c > '\u{1F}')
}

/// A digit, half-width or full-width.
pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// A character of a Chinese numeral.
#[inline]
pub fn is_numeral(c: char) -> bool {
    static NUMERALS: CharSet = CharSet::new("〇零一二三四五六七八九十百千万亿两");
    NUMERALS.contains(c)
}

/// The first character of a stretch that is of some kind, and the byte at which it begins. The kind holds no common Han
/// character: those are passed over by their first byte.
#[inline]
pub fn find_mark(text: &str, stretch: std::ops::Range<usize>, is: impl Fn(char) -> bool) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = stretch.start;
    while at < stretch.end {
        // U+4000 to U+9FFF.
        if (0xE4..=0xE9).contains(&bytes[at]) {
            at += 3;
            continue;
        }
        let c = after(text, at)?;
        if is(c) {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
    None
}

/// The number of characters that count towards a manuscript's length: everything that is not white space.
pub fn count(text: &str) -> usize {
    let ascii = text.bytes().filter(|byte| matches!(byte, b' ' | b'\t'..=b'\r')).count();
    let wide = memchr::memmem::find_iter(text.as_bytes(), "\u{3000}").count();
    text.chars().count() - ascii - wide - rare_space(text)
}

/// The number of white space characters that are neither ASCII nor the ideographic space.
fn rare_space(text: &str) -> usize {
    let leads = memchr::memchr3_iter(0xC2, 0xE1, 0xE2, text.as_bytes());
    leads.filter(|&at| after(text, at).is_some_and(char::is_whitespace)).count()
}

/// The number of bytes of the character that begins with this one.
#[inline]
pub fn length(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

/// The nearest character boundary at or before a byte offset.
pub fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The character that ends at a byte offset.
#[inline]
pub fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character that begins at a byte offset.
#[inline]
pub fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// The byte offset `n` characters before `at`, or the start of the text.
pub fn back(text: &str, at: usize, n: usize) -> usize {
    text[..at].char_indices().rev().take(n).last().map_or(at, |(offset, _)| offset)
}

/// The byte offset `n` characters after `at`, or the end of the text.
pub fn forth(text: &str, at: usize, n: usize) -> usize {
    text[at..].char_indices().nth(n).map_or(text.len(), |(offset, _)| at + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_every_kind_does_not_count() {
        let all: String = ('\0'..='\u{3_0000}').collect();
        assert_eq!(count(&all), all.chars().filter(|c| !c.is_whitespace()).count());
    }
}
