/*!
Cues: the signs and figures of a text, found in one pass.

Pairs, series, claims and lists are known by a mark or a figure, and most characters are neither. What looks for them
looks round these places and reads nothing else.
*/

use super::within;
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
}

const MARKS: &str = "。！？…!?，；：,;:\n、“‘（《〈【〔「『([”’）》〉】〕」』)]［］\"\u{3000} ";
static SIGNS: CharSet = CharSet::new(MARKS);
static FIGURES: CharSet = CharSet::new("0123456789０１２３４５６７８９〇零一二三四五六七八九两十百千双");
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
    for (at, c) in text.char_indices() {
        if SIGNS.contains(c) {
            cues.signs.push(Sign { at: at as u32, mark: c });
        } else if FIGURES.contains(c) {
            cues.figures.push(at as u32);
        }
    }
    cues
}

impl Cues {
    /// The signs that lie in a span.
    pub fn signs_in(&self, span: Span) -> &[Sign] {
        within(&self.signs, span, |sign| Span { start: sign.at, end: sign.end() })
    }

    /// The sentences of a manuscript, each with its signs.
    pub fn by_sentence<'c>(&'c self, manuscript: &'c Manuscript) -> impl Iterator<Item = (Span, &'c [Sign])> {
        let mut next = 0;
        let until = move |from: usize, limit: u32| {
            let rest = &self.signs[from..];
            from + rest.iter().position(|sign| sign.at >= limit).unwrap_or(rest.len())
        };
        manuscript.sentences.iter().map(move |sentence| {
            let first = until(next, sentence.start);
            next = until(first, sentence.end);
            (*sentence, &self.signs[first..next])
        })
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
