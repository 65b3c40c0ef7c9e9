/*!
Layer 5: mechanisms, one file each, and the one list of them.

A mechanism turns a rule's options into a check. It reads manuscript and facts and hands in findings; it opens no file,
knows no report and calls no other mechanism.
*/

mod balance;
mod block;
mod formula;
mod mended;

use serde::de::DeserializeOwned;
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
pub static MECHANISMS: &[&Mechanism] = &[&balance::BALANCE, &block::BLOCK, &formula::FORMULA, &mended::MENDED];

/// A rule's `with = { … }`.
#[derive(Clone, Copy)]
pub struct Options<'v>(pub &'v Value);

/// What is wrong with a rule's options, and at which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    /// Path of the value inside `with`, such as `wrong[3]`; empty for the table itself.
    pub path: String,
    pub message: String,
}

impl Options<'_> {
    /// Reads the options into the mechanism's own type.
    ///
    /// # Errors
    /// An unknown key, a missing one or a value of another type, with its path.
    pub fn parse<T: DeserializeOwned>(self) -> Result<T, OptionError> {
        serde_path_to_error::deserialize(self.0)
            .map_err(|error| OptionError { path: error.path().to_string(), message: error.into_inner().to_string() })
    }
}

impl OptionError {
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        OptionError { path: path.into(), message: message.into() }
    }
}
