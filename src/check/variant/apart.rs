/*!
Texts of the same length that differ in one character, found in one pass: every window of an article is looked up with
each of its characters left open. The work grows with the text and not with the number of pairs.
*/

use rustc_hash::FxHashMap as HashMap;

use crate::text::{Span, han};

/// A window of the text that is one of the forms, or differs from it in one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Index of the form.
    pub form: usize,
    pub span: Span,
    /// The form's character and the text's, where they differ.
    pub differs: Option<(char, char)>,
    /// Which character of the form differs, from 0.
    pub place: usize,
}

/// Forms of two to eight characters.
pub struct Apart {
    forms: Vec<Vec<char>>,
    /// By the mix of all characters but the open one.
    keys: HashMap<u64, Vec<(u32, u8)>>,
    lengths: Vec<usize>,
}

impl Apart {
    pub fn new<'t>(forms: impl Iterator<Item = &'t str>) -> Self {
        let forms: Vec<Vec<char>> = forms.map(|form| form.chars().collect()).collect();
        let mut keys: HashMap<u64, Vec<(u32, u8)>> = HashMap::default();
        for (index, form) in forms.iter().enumerate() {
            let whole = mix(form);
            for (open, c) in form.iter().enumerate() {
                let key = key(whole, *c, open, form.len());
                keys.entry(key).or_default().push((index as u32, open as u8));
            }
        }
        let mut lengths: Vec<usize> = forms.iter().map(Vec::len).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Apart { forms, keys, lengths }
    }

    /// All windows in a stretch of the text, in order; an exact one is told once.
    pub fn find(&self, text: &str, stretch: Span) -> Vec<Window> {
        let mut found = Vec::new();
        let mut run: Vec<(usize, char)> = Vec::new();
        for (at, c) in stretch.of(text).char_indices() {
            if han::is_han(c) || c == '·' {
                run.push((stretch.start as usize + at, c));
            } else {
                self.find_in(&run, &mut found);
                run.clear();
            }
        }
        self.find_in(&run, &mut found);
        found
    }

    fn find_in(&self, run: &[(usize, char)], found: &mut Vec<Window>) {
        for start in 0..run.len() {
            for length in self.lengths.iter().copied().filter(|length| start + length <= run.len()) {
                self.look_up(&run[start..start + length], found);
            }
        }
    }

    fn look_up(&self, window: &[(usize, char)], found: &mut Vec<Window>) {
        let characters: Vec<char> = window.iter().map(|(_, c)| *c).collect();
        let whole = mix(&characters);
        let last = window[window.len() - 1];
        let span = Span::new(window[0].0, last.0 + last.1.len_utf8());
        for (open, c) in characters.iter().enumerate() {
            let known = self.keys.get(&key(whole, *c, open, characters.len()));
            for (form, _) in known.into_iter().flatten().filter(|(_, place)| *place as usize == open) {
                let other = &self.forms[*form as usize];
                let same = |(index, c): (usize, &char)| index == open || other.get(index) == Some(c);
                let fits = other.len() == characters.len() && characters.iter().enumerate().all(same);
                let exact = other.get(open) == Some(c);
                if fits && (!exact || open == 0) {
                    let differs = (!exact).then(|| (other[open], *c));
                    found.push(Window { form: *form as usize, span, differs, place: open });
                }
            }
        }
    }
}

/// A number for the characters, from which one can be taken out again.
fn mix(characters: &[char]) -> u64 {
    characters.iter().enumerate().fold(0, |sum: u64, (index, c)| sum.wrapping_add(weight(*c, index)))
}

fn key(whole: u64, c: char, open: usize, length: usize) -> u64 {
    whole.wrapping_sub(weight(c, open)) ^ ((open * 16 + length) as u64).rotate_left(56)
}

fn weight(c: char, index: usize) -> u64 {
    let spread = (u64::from(c) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(index as u32 * 7 + 5);
    spread.wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_apart() {
        let text = "厂长黄启宁说，黄启宇、黄启宁。";
        let found = Apart::new(["黄启宁"].into_iter()).find(text, Span::new(0, text.len()));
        let shown: Vec<_> = found.iter().map(|window| (window.span.of(text), window.differs)).collect();
        assert_eq!(shown, [("黄启宁", None), ("黄启宇", Some(('宁', '宇'))), ("黄启宁", None)]);
    }
}
