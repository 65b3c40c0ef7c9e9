/*!
Where digits and the signs of time stand, found once for everything that looks for dates, ages and lengths of time.

Nearly all of a text has nothing to do with time. So what a date or an age must have is looked for first, and only round
it anything is read.
*/

use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// The rows of digits of a text and its signs of time, in order.
#[derive(Default)]
pub struct Signs {
    /// Arabic digits, as many as stand together.
    pub digits: Vec<Span>,
    pub signs: Vec<Sign>,
}

/// A character that is needed to tell a time.
#[derive(Clone, Copy)]
pub struct Sign {
    pub at: usize,
    pub sign: char,
}

static SIGNS: CharSet = CharSet::new("年月日天晚夜周岁期拜享");

/// All of a text.
pub fn find(text: &str) -> Signs {
    let mut found = Signs::default();
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            match found.digits.last_mut() {
                Some(row) if row.end as usize == at => row.end += 1,
                _ => found.digits.push(Span::new(at, at + 1)),
            }
        } else if SIGNS.contains(c) {
            found.signs.push(Sign { at, sign: c });
        }
    }
    found
}

impl Signs {
    /// The places of some signs.
    pub fn of(&self, signs: &'static [char]) -> impl Iterator<Item = Sign> + '_ {
        self.signs.iter().copied().filter(move |sign| signs.contains(&sign.sign))
    }
}

impl Sign {
    pub fn end(self) -> usize {
        self.at + self.sign.len_utf8()
    }

    /// What stands before it.
    pub fn head(self, text: &str) -> &str {
        &text[..self.at]
    }

    /// What stands after it.
    pub fn tail(self, text: &str) -> &str {
        &text[self.end()..]
    }
}

/// Whether a text ends with a character of a set.
pub fn ends_in(text: &str, set: &CharSet) -> bool {
    han::before(text, text.len()).is_some_and(|c| set.contains(c))
}

/// Where the row of characters of a set that ends a text begins, if it has at most so many.
pub fn row_before(text: &str, set: &CharSet, most: usize) -> usize {
    let row = text.chars().rev().take(most).take_while(|c| set.contains(*c)).map(char::len_utf8);
    text.len() - row.sum::<usize>()
}
