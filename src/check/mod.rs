/*!
Layer 5: mechanisms, one file each, and the one list of them.

A mechanism turns a rule's options into a check. It reads manuscript and facts and hands in findings; it opens no file,
knows no report and calls no other mechanism.
*/

mod affiliation;
mod antecedent;
mod arithmetic;
mod balance;
mod block;
mod count;
mod date;
mod formula;
mod mended;
mod numbering;
mod parallel;
mod person;
mod phrase;
mod place;
mod reading;
mod reference;
mod repeat;
mod uniform;
mod variant;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use crate::facts::Context;
use crate::finding::Findings;
use crate::scan::Scan;

/// A rule, ready to run over a manuscript.
pub type Check = Box<dyn Fn(&Context<'_>, &mut Findings<'_>) + Send + Sync>;

/// A way of finding faults, named by rules.
pub struct Mechanism {
    pub name: &'static str,
    /// The slots that its findings fill, for the rules' messages.
    pub slots: &'static [&'static str],
    pub compile: fn(Options<'_>, &mut Scan) -> Result<Check, OptionError>,
}

/// All mechanisms.
pub static MECHANISMS: &[&Mechanism] = &[
    &affiliation::AFFILIATION,
    &antecedent::ANTECEDENT,
    &arithmetic::ARITHMETIC,
    &balance::BALANCE,
    &block::BLOCK,
    &count::COUNT,
    &date::DATE,
    &formula::FORMULA,
    &mended::MENDED,
    &numbering::NUMBERING,
    &parallel::PARALLEL,
    &person::PERSON,
    &phrase::PHRASE,
    &place::PLACE,
    &reading::READING,
    &reference::REFERENCE,
    &repeat::REPEAT,
    &uniform::UNIFORM,
    &variant::VARIANT,
];

/// A rule's `with = { … }`.
#[derive(Clone, Copy)]
pub struct Options<'v>(pub &'v Value);

/// What is wrong with a rule's options, and at which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    /// Path of the value inside `with`, such as `wrong[3]`; empty for the table itself.
    pub path: String,
    pub message: String,
    /// Byte offset in the text of the value, when the mistake is inside it.
    pub at: Option<usize>,
    /// What was probably meant.
    pub help: Option<String>,
}

/// One text or an array of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<String>);

impl Options<'_> {
    /// Reads the options into the mechanism's own type.
    ///
    /// # Errors
    /// An unknown key, a missing one or a value of another type, with its path.
    pub fn parse<T: DeserializeOwned>(self) -> Result<T, OptionError> {
        serde_path_to_error::deserialize(self.0)
            .map_err(|error| OptionError::new(error.path().to_string(), error.into_inner().to_string()))
    }
}

impl OptionError {
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        OptionError { path: path.into(), message: message.into(), at: None, help: None }
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Texts;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text or an array of texts")
            }

            fn visit_str<E>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![text.to_string()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = items.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}
