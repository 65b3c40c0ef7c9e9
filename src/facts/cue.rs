/*!
Cues: the signs and figures of a text, found in one pass.

Pairs, series, claims and lists are known by a mark or a figure, and most characters are neither. What looks for them
looks round these places and reads nothing else.
*/

use crate::manuscript::Manuscript;
use crate::text::Span;
use crate::text::charset::CharSet;

/// A mark, bracket or space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    pub at: u32,
    pub mark: char,
}

/// The places of a text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cues {
    pub signs: Vec<Sign>,
    /// Where a character of a numeral stands, or 双.
    pub figures: Vec<u32>,
    /// Whether some character stands there that hardly does but in garbled text.
    pub garbled: bool,
}

/// A walk along the signs of a text, span after span.
#[derive(Clone, Debug)]
pub struct Walk<'c> {
    rest: &'c [Sign],
}

const MARKS: &str = "。！？…!?，；：,;:\n、“‘（《〈【〔「『([”’）》〉】〕」』)]［］\"\u{3000} ";
static SIGNS: CharSet = CharSet::new(MARKS);
static FIGURES: CharSet = CharSet::new("0123456789０１２３４５６７８９〇零一二三四五六七八九两十百千双");
/// First characters of what a wrong decoding makes of text, and U+FFFD.
static GARBLED: CharSet = CharSet::new("锟斤烫屯锛銆âãäåæçèéï\u{FFFD}");
/// All of these.
static ALL: CharSet = SIGNS.or(&FIGURES).or(&GARBLED);
/// Marks that end a clause, open a pair or close one.
static CUTS: CharSet = CharSet::new("。！？…!?，；：,;:\n“‘（《〈【〔「『([”’）》〉】〕」』)]");

impl Sign {
    /// Where the sign ends.
    pub fn end(self) -> u32 {
        self.at + self.mark.len_utf8() as u32
    }

    /// Whether it ends a clause, opens a pair or closes one.
    pub fn cuts(self) -> bool {
        CUTS.contains(self.mark)
    }
}

/// The signs and figures of a text.
pub fn find(text: &str) -> Cues {
    let mut cues = Cues::default();
    for (at, c) in text.char_indices().filter(|(_, c)| ALL.contains(*c) || is_private(*c)) {
        if SIGNS.contains(c) {
            cues.signs.push(Sign { at: at as u32, mark: c });
        } else if FIGURES.contains(c) {
            cues.figures.push(at as u32);
        } else {
            cues.garbled = true;
        }
    }
    cues
}

/// A character of the areas for private use.
fn is_private(c: char) -> bool {
    c >= '\u{E000}' && (c <= '\u{F8FF}' || c >= '\u{F0000}')
}

impl Cues {
    /// A walk from the first sign on.
    pub fn walk(&self) -> Walk<'_> {
        Walk { rest: &self.signs }
    }

    /// The sentences of a manuscript, each with its signs.
    pub fn by_sentence<'c>(&'c self, manuscript: &'c Manuscript) -> impl Iterator<Item = (Span, &'c [Sign])> {
        let mut walk = self.walk();
        manuscript.sentences.iter().map(move |sentence| (*sentence, walk.through(*sentence)))
    }
}

impl<'c> Walk<'c> {
    /// The signs of a span that comes after the last one.
    pub fn through(&mut self, span: Span) -> &'c [Sign] {
        self.take(span.start);
        self.take(span.end)
    }

    /// The signs up to a place.
    fn take(&mut self, limit: u32) -> &'c [Sign] {
        let end = self.rest.iter().position(|sign| sign.at >= limit).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::series::numeral;
    use crate::text::han;

    #[test]
    fn every_mark_and_figure_is_a_cue() {
        for c in '\0'..='\u{2_FFFF}' {
            let figure = numeral::belongs(c) || c == '双';
            let cut = han::ends_clause(c) || han::opens(c) || han::closes(c);
            assert_eq!(CUTS.contains(c), cut, "{c}");
            assert_eq!(FIGURES.contains(c), figure, "{c}");
            assert!(SIGNS.contains(c) || !cut, "{c}");
        }
    }
}
