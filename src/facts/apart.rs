/*!
Texts of the same length that differ in one character, found in one pass.

A window that is a form but for one character has the form's first character or, where that is the one that differs, its
second. So only the windows that begin so are laid beside the forms that do. The work grows with the text and not with the
number of pairs.
*/

use crate::text::charset::CharSet;
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
pub struct Apart<'t> {
    forms: Vec<&'t str>,
    firsts: Index,
    seconds: Index,
}

/// The forms by one of their characters.
struct Index {
    any: CharSet,
    /// In order, so that those of one character stand together.
    forms: Vec<(char, u32)>,
}

impl Index {
    fn new(forms: &[&str], place: usize) -> Self {
        let picked = forms.iter().zip(0..).filter_map(|(form, index)| Some((form.chars().nth(place)?, index)));
        let mut forms: Vec<(char, u32)> = picked.collect();
        forms.sort_unstable();
        Index { any: CharSet::of(forms.iter().map(|row| row.0)), forms }
    }

    /// The forms that have the character, by index.
    fn of(&self, c: char) -> impl Iterator<Item = usize> {
        // The set has no characters beyond the basic plane.
        let from = match self.any.contains(c) || c > '\u{FFFF}' {
            true => self.forms.partition_point(|row| row.0 < c),
            false => self.forms.len(),
        };
        self.forms[from..].iter().take_while(move |row| row.0 == c).map(|row| row.1 as usize)
    }
}

impl<'t> Apart<'t> {
    pub fn new(forms: impl Iterator<Item = &'t str>) -> Self {
        let forms: Vec<&str> = forms.collect();
        let (firsts, seconds) = (Index::new(&forms, 0), Index::new(&forms, 1));
        Apart { forms, firsts, seconds }
    }

    /// All windows in a stretch of the text, in the order of their beginnings.
    pub fn find(&self, text: &str, stretch: Span) -> Vec<Window> {
        let mut found = Vec::new();
        if self.forms.is_empty() {
            return found;
        }
        let mut last: Option<(usize, char)> = None;
        for (at, c) in stretch.of(text).char_indices() {
            let at = stretch.start as usize + at;
            if let Some((start, before)) = last {
                let other = self.seconds.of(c).filter(|form| !self.forms[*form].starts_with(before));
                found.extend(other.filter_map(|form| self.lay(form, text, start, stretch.end as usize)));
            }
            let same = self.firsts.of(c);
            found.extend(same.filter_map(|form| self.lay(form, text, at, stretch.end as usize)));
            last = belongs(c).then_some((at, c));
        }
        found
    }

    /// Lays a form beside the text from `start` on.
    fn lay(&self, form: usize, text: &str, start: usize, end: usize) -> Option<Window> {
        let (mut differs, mut place) = (None, 0);
        let mut rest = text[start..end].chars();
        for (index, expected) in self.forms[form].chars().enumerate() {
            let c = rest.next().filter(|c| belongs(*c))?;
            if c != expected {
                if differs.is_some() {
                    return None;
                }
                (differs, place) = (Some((expected, c)), index);
            }
        }
        Some(Window { form, span: Span::new(start, end - rest.as_str().len()), differs, place })
    }
}

/// Whether a character may stand in a window.
fn belongs(c: char) -> bool {
    han::is_han(c) || c == '·'
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
