/*!
Layer 9: what a house has settled once, so that nobody has to say it again: `kanwu.toml`.

A configuration is a file; so is a profile that it extends. Each is read strictly into [`Config`]s, and every mistake is
shown in the file in which it was made. What holds for one manuscript is [`Applied`]: the parts that apply to its path, the
weaker first, with which rules are loaded and gates are set. Every value knows [`Whence`] it comes.

Precedence: rule file < `extends` < kanwu.toml < `[[for]]` < flags. A `[[for]]` that extends a profile takes the place of
the file's own `extends`, as its other keys do. The nearest kanwu.toml above a manuscript is the only one that is read for
it; kanwu.allow.toml stands beside it, or, where there is none, is itself the nearest above.

Nothing here finds or shows anything; no configuration reaches into a check.
*/

mod applied;
mod files;
mod find;
pub mod keys;
pub mod ledger;
mod profile;
mod read;
pub mod schema;
mod show;
mod validate;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::error::Mistake;
use crate::finding::Level;
use crate::review::gate::Gate;
use crate::score::Measure;

pub use applied::Applied;
pub use files::{Files, relative};
pub use find::{Finder, Search};
pub use profile::PROFILES;
pub use show::show;

/// The name of a configuration.
pub const CONFIG: &str = "kanwu.toml";

/// The name of the file of allows that `kanwu allow` writes.
pub const LEDGER: &str = "kanwu.allow.toml";

/// A configuration's text and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// As messages name it.
    pub name: String,
    pub text: String,
    /// What paths in it are relative to, as messages name it.
    pub folder: PathBuf,
    /// The same folder, absolute.
    pub root: PathBuf,
}

/// Where a value was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whence {
    /// These bytes of a file.
    File(Arc<File>, Range<usize>),
    /// The command line, by this flag.
    Flag(&'static str),
}

/// A value and where it was settled.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    pub value: T,
    pub whence: Whence,
}

/// The keys that a configuration and its `[[for]]` tables have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// Rule packs, in order.
    pub packs: Vec<At<PathBuf>>,
    /// Files of names that are never questioned.
    pub names: Vec<At<PathBuf>>,
    pub measure: Option<At<&'static Measure>>,
    pub fail_on: Option<At<Gate>>,
    /// Points per 10,000 characters.
    pub fail_over: Option<At<f64>>,
    /// Levels by rule or topic.
    pub levels: Vec<(At<String>, Level)>,
    /// Options of rules.
    pub options: Vec<RuleOption>,
}

/// One option of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleOption {
    /// The rule as it was named, and where.
    pub rule: At<String>,
    pub key: String,
    pub value: At<Value>,
}

/// A finding that may stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    /// A rule, a former id of one, or a topic.
    pub rule: At<String>,
    /// Files in which it holds; all if unset.
    pub file: Option<Files>,
    pub quote: Quote,
    pub reason: String,
    /// The table.
    pub whence: Whence,
}

/// `before⟦text⟧after`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quote {
    pub before: String,
    pub text: String,
    pub after: String,
}

/// Settings for some files.
#[derive(Debug)]
pub struct For {
    pub files: Vec<Files>,
    pub extends: Option<At<Arc<Config>>>,
    pub part: Arc<Part>,
}

/// One configuration, read.
#[derive(Debug)]
pub struct Config {
    pub file: Arc<File>,
    pub extends: Option<At<Arc<Config>>>,
    pub part: Arc<Part>,
    pub fors: Vec<For>,
    pub allows: Vec<Arc<Allow>>,
}

impl<T> At<T> {
    fn new(value: T, whence: Whence) -> Self {
        At { value, whence }
    }
}

impl Whence {
    /// A mistake there; `None` where it is no file.
    fn mistake(&self, message: impl Into<String>) -> Option<Mistake> {
        match self {
            Whence::File(file, span) => Some(Mistake::new(&file.name, &file.text, span.clone(), message)),
            Whence::Flag(_) => None,
        }
    }

    /// The line in its file, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.mistake("").map(|mistake| mistake.line)
    }
}

impl std::fmt::Display for Whence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Whence::File(file, _) => write!(f, "{}:{}", file.name, self.line().unwrap_or(1)),
            Whence::Flag(flag) => write!(f, "{flag}"),
        }
    }
}

impl Allow {
    /// The folder of the configuration that it is written in, absolute.
    pub fn root(&self) -> Option<&Path> {
        match &self.whence {
            Whence::File(file, _) => Some(&file.root),
            Whence::Flag(_) => None,
        }
    }
}

impl Quote {
    /// Reads `before⟦text⟧after`; exactly one stretch is marked.
    pub fn parse(text: &str) -> Option<Quote> {
        let (before, rest) = text.split_once('⟦')?;
        let (text, after) = rest.split_once('⟧')?;
        let plain = [before, text, after].iter().all(|part| !part.contains(['⟦', '⟧']));
        plain.then(|| Quote { before: before.into(), text: text.into(), after: after.into() })
    }
}

impl std::fmt::Display for Quote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}⟦{}⟧{}", self.before, self.text, self.after)
    }
}

/// A path without `.`, `..` and the like, as far as that can be told from its letters alone.
pub fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut plain = PathBuf::new();
    for component in whole.components() {
        match component {
            std::path::Component::ParentDir => {
                plain.pop();
            }
            std::path::Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

/// A path as messages name it: from the current folder where it lies below it.
pub fn shown(path: &Path) -> PathBuf {
    let here = absolute(Path::new("."));
    path.strip_prefix(&here).map_or_else(|_| path.to_path_buf(), Path::to_path_buf)
}
