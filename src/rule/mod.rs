/*!
Layer 6: rules, as they are declared in TOML, and the set of them that runs.

A pack is one TOML file; its name is the topic of its rules. Loading goes from text to [`Declaration`]s, from those to
[`Rule`]s, and then runs the examples of packs that a user brings (the built-in packs' run in the tests). Whatever is
wrong on the way is collected and shown in the pack; a pack with a mistake is refused as a whole.
*/

mod compile;
mod declaration;
mod example;
mod pack;
mod registry;
pub(crate) mod spot;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::check::Check;
use crate::facts::Context;
use crate::finding::{Finding, Findings, Stamp};
use crate::scan::Scan;

pub use declaration::{Declaration, Manifest};
pub use pack::{Pack, embedded};
pub use registry::{Settings, built_in, load};

/// A rule, compiled.
pub struct Rule {
    /// `topic/name`.
    pub id: Arc<str>,
    pub declaration: Declaration,
    pub stamp: Stamp,
    pub check: Check,
}

/// The rules that run, with their literals.
#[derive(Default)]
pub struct RuleSet {
    pub rules: Vec<Rule>,
    pub scan: Scan,
    /// What packs say of themselves, by topic.
    pub manifests: Vec<(String, Manifest)>,
}

impl Rule {
    /// The part of the id before the `/`.
    pub fn topic(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// Runs the rule, at whatever level it stands.
    pub fn run(&self, context: &Context) -> Vec<Finding> {
        let mut findings = Findings::new(context, &self.stamp);
        (self.check)(context, &mut findings);
        findings.into_vec()
    }
}
