/*!
Layer 6: rules, as they are declared in TOML, and the set of them that runs.

A pack is one TOML file; its name is the topic of its rules. Reading a rule goes from text to its [`Declaration`] and from
that to what it does. The built-in packs' rules are read when they are first needed. A user's pack is read as a whole,
and then its examples run (the built-in packs' run in the tests). Whatever is wrong on the way is collected and shown in
the pack; a pack with a mistake is refused as a whole.
*/

mod compile;
mod declaration;
mod example;
mod pack;
mod registry;
pub(crate) mod spot;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::check::Check;
use crate::facts::Context;
use crate::finding::{Finding, Findings, Level, Stamp};
use crate::scan::{Awake, Scan};

use compile::TABLED;
use pack::Written;

pub use declaration::{Declaration, Manifest};
pub use pack::{Pack, embedded};
pub use registry::{Settings, built_in, load};

/// A rule that can run.
///
/// A built-in rule is read from its TOML when it is first needed: most rules find nothing on most pages, and what a page
/// does not need must not cost its start.
pub struct Rule {
    /// `topic/name`.
    pub id: Arc<str>,
    /// The level at which it runs: the declared one, or what a configuration says.
    pub level: Level,
    /// Former ids: allows keep working.
    pub was: Vec<Cow<'static, str>>,
    /// The name of its mechanism.
    pub mechanism: Cow<'static, str>,
    asleep: Option<&'static Written>,
    body: OnceLock<Body>,
}

/// What a rule says and does.
pub struct Body {
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
    /// A rule that was read.
    fn read(id: Arc<str>, body: Body) -> Rule {
        Rule {
            id,
            level: body.declaration.level,
            was: body.declaration.was.iter().cloned().map(Cow::Owned).collect(),
            mechanism: Cow::Owned(body.declaration.check.clone()),
            asleep: None,
            body: OnceLock::from(body),
        }
    }

    /// A built-in rule that is not read yet.
    fn asleep(topic: &str, written: &'static Written) -> Rule {
        Rule {
            id: format!("{topic}/{}", written.id).into(),
            level: written.level,
            was: written.was.iter().copied().map(Cow::Borrowed).collect(),
            mechanism: Cow::Borrowed(written.check),
            asleep: Some(written),
            body: OnceLock::new(),
        }
    }

    /// What the rule says and does.
    pub fn body(&self) -> &Body {
        self.body.get_or_init(|| registry::wake(self.topic(), self.asleep))
    }

    /// The same, to be changed.
    pub fn body_mut(&mut self) -> &mut Body {
        self.body();
        self.body.get_mut().expect("the line above reads it")
    }

    /// What the rule says, as written.
    pub fn declaration(&self) -> &Declaration {
        &self.body().declaration
    }

    /// The part of the id before the `/`.
    pub fn topic(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// Whether it can find anything where only these rules of phrases are awake.
    pub fn is_awake(&self, awake: &Awake) -> bool {
        self.mechanism != TABLED || self.asleep.is_none_or(|written| awake.has(written.number))
    }

    /// Runs the rule, at whatever level it stands.
    pub fn run(&self, context: &Context) -> Vec<Finding> {
        let body = self.body();
        let mut findings = Findings::new(context, &body.stamp, self.level);
        (body.check)(context, &mut findings);
        findings.into_vec()
    }
}
