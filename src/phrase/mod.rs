/*!
The phrase language, in which editors write what is wrong, what is right, and where a rule is silent.

Plain characters mean themselves. `…` is a gap inside the clause, `(甲|乙)` a choice, `{数}` and its like are slots for
facts and named lists, `⟦⟧` encloses what is meant, and `\` takes the meaning off the character that follows.

A phrase is found by a literal of its own: the longest text that no match can do without. So a phrase is never tried
where it cannot be, whatever the number of rules. This module knows neither rules nor manuscripts and leans on nothing
but the standard library, because the build script uses it too, to gather the literals of the built-in packs.
*/

mod find;
mod lexical;
mod parse;
mod replacement;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use replacement::Replacement;

use find::Step;
use parse::Node;

/// A phrase, ready to be found.
#[derive(Clone, Debug)]
pub struct Phrase {
    steps: Vec<Step>,
    literals: Vec<String>,
    /// What stands before the literal.
    lead: Lead,
    reach: Reach,
    nodes: Vec<Node>,
}

/// How far the gaps of a phrase may stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The most characters that one gap may hold.
    pub gap: usize,
    pub within: Within,
}

/// What a gap may not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// A gap ends at ，。；：？！ and at the end of the line.
    Clause,
    /// A gap ends at 。？！ and at the end of the line.
    Sentence,
}

/// What is wrong with a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseError {
    /// Byte offset in the phrase.
    pub at: usize,
    pub message: String,
    /// What was probably meant.
    pub help: Option<String>,
}

/// Where a phrase stands in a text; all ranges are bytes of that text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    pub span: Range<usize>,
    /// The stretches in `⟦⟧`, in order.
    pub marks: Vec<Range<usize>>,
    /// The literal parts: what stands before, between and after the gaps and slots. One more than `fillings`.
    pub literals: Vec<Range<usize>>,
    /// What fills the gaps (no slot) and the slots, in order.
    pub fillings: Vec<(Option<Slot>, Range<usize>)>,
    /// Which alternative was taken at each choice on the way.
    choices: Vec<usize>,
}

/// A named stretch that is more than characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// `{数}`: a number in Arabic or Chinese numerals.
    Number,
    /// `{日期}`: a date or a part of one.
    Date,
    /// `{机构}`: the name of an organization.
    Organization,
    /// `{职务}`: an office.
    Role,
    /// `{人}`: a person's name.
    Person,
    /// `{地}`: the name of a place.
    Place,
    /// `{汉}`: one Han character.
    Han,
}

/// Tells where the slots end that are not a matter of characters alone.
pub trait Slots {
    /// The byte offsets at which something for the slot ends that begins at `at`, the best first.
    fn ends(&self, slot: Slot, text: &str, at: usize) -> Vec<usize>;
}

/// Knows no organization, office, person or place.
pub struct NoSlots;

/// What a match must have before its literal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lead {
    least: usize,
    most: usize,
    gap: bool,
}

impl Slot {
    pub const ALL: [Slot; 7] =
        [Slot::Number, Slot::Date, Slot::Organization, Slot::Role, Slot::Person, Slot::Place, Slot::Han];

    /// The name between the braces.
    pub fn name(self) -> &'static str {
        match self {
            Slot::Number => "数",
            Slot::Date => "日期",
            Slot::Organization => "机构",
            Slot::Role => "职务",
            Slot::Person => "人",
            Slot::Place => "地",
            Slot::Han => "汉",
        }
    }
}

impl Slots for NoSlots {
    fn ends(&self, _: Slot, _: &str, _: usize) -> Vec<usize> {
        Vec::new()
    }
}

impl Default for Reach {
    fn default() -> Self {
        Reach { gap: 12, within: Within::Clause }
    }
}

impl Reach {
    fn stops(self, c: char) -> bool {
        match c {
            '。' | '？' | '！' | '\n' | '\r' => true,
            '，' | '；' | '：' => self.within == Within::Clause,
            _ => false,
        }
    }
}

impl PhraseError {
    fn new(at: usize, message: impl Into<String>) -> Self {
        PhraseError { at, message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Phrase {
    /// Reads a phrase.
    ///
    /// # Errors
    /// Brackets or marks that do not pair, an unknown slot, a gap at either end, or no literal to find it by.
    ///
    /// ```
    /// use kanwu::phrase::{NoSlots, Phrase, Reach};
    ///
    /// let phrase = Phrase::parse("(不断|进一步)⟦加强⟧…力度", Reach::default()).unwrap();
    /// assert_eq!(phrase.literals(), ["不断加强", "进一步加强"]);
    /// let text = "要不断加强监管力度。";
    /// let found = phrase.find_at(text, 3..15, &NoSlots).unwrap();
    /// assert_eq!(&text[found.marks[0].clone()], "加强");
    /// ```
    pub fn parse(text: &str, reach: Reach) -> Result<Phrase, PhraseError> {
        let nodes = parse::parse(text)?;
        let (steps, literals, lead) = find::compile(&nodes, reach)
            .ok_or_else(|| PhraseError::new(0, "a phrase needs text of its own by which it can be found"))?;
        Ok(Phrase { steps, literals, lead, reach, nodes })
    }

    /// The texts of which one stands in every match, at the same place of it.
    pub fn literals(&self) -> &[String] {
        &self.literals
    }

    /// The most characters that a match can have; slots count as [`Slot`]s do at most.
    pub fn longest(&self) -> usize {
        parse::length(&self.nodes, self.reach.gap).1
    }
}

/// Takes the marks `⟦⟧` out of a text and tells where they stood, as bytes of what is left.
pub fn unmark(text: &str) -> (String, Vec<Range<usize>>) {
    let mut plain = String::with_capacity(text.len());
    let mut marks: Vec<Range<usize>> = Vec::new();
    for c in text.chars() {
        match c {
            '⟦' => marks.push(plain.len()..plain.len()),
            '⟧' => marks.iter_mut().last().into_iter().for_each(|mark| mark.end = plain.len()),
            _ => plain.push(c),
        }
    }
    (plain, marks)
}

#[cfg(test)]
pub(crate) fn phrase(text: &str) -> Phrase {
    Phrase::parse(text, Reach::default()).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}
