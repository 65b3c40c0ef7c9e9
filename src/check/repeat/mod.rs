/*!
`repeat`: what stands twice and was meant once: a word, a clause, a sentence, a paragraph.

`with = { unit = "little" | "word" | "clause" | "again" | "passage" | "sentence" | "paragraph", near = N, least = N }`. Chinese doubles
on purpose: 看看, 一步一步, refrains, legal boilerplate, the forms of a table. So a doubled word must be two whole words
that nobody doubles, and a doubled sentence must be running text, long, and said nowhere as a title or motto. `near` is
the largest distance in characters, `least` the smallest length.

Slots of messages: `text`.
*/

mod passage;
mod word;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::scan::Scan;

/// The mechanism.
pub static REPEAT: Mechanism = Mechanism { name: "repeat", slots: &["text"], compile };

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    unit: Unit,
    /// At most so many characters between the two; unset: the article.
    near: Option<usize>,
    /// At least so many characters.
    #[serde(default = "least")]
    least: usize,
}

fn least() -> usize {
    12
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Unit {
    /// One little word twice: 的的.
    Little,
    /// A word twice: 进行进行.
    Word,
    /// A clause that repeats the end of the clause before.
    Clause,
    /// A clause that begins as an earlier one of its sentence does.
    Again,
    /// A long clause that stood before.
    Passage,
    Sentence,
    Paragraph,
}

fn compile(options: Options<'_>, _scan: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(match with.unit {
        Unit::Little => Box::new(word::little),
        Unit::Word => Box::new(word::doubled),
        Unit::Clause => Box::new(move |cx, findings| passage::clauses(cx, findings, with.least)),
        Unit::Again => Box::new(move |cx, findings| passage::again(cx, findings, with.least)),
        Unit::Passage => Box::new(move |cx, findings| passage::passages(cx, findings, with.least, with.near)),
        Unit::Sentence => Box::new(move |cx, findings| passage::sentences(cx, findings, with.least, with.near)),
        Unit::Paragraph => Box::new(move |cx, findings| passage::paragraphs(cx, findings, with.least)),
    })
}
