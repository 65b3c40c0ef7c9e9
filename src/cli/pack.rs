/*!
Which rules run: the built-in packs, the user's, and the choice among them.
*/

use std::fs;
use std::path::PathBuf;

use super::error::Error;
use crate::engine::DECLARED_ONLY;
use crate::finding::Level;
use crate::rule::{self, Rule, RuleSet};

/// The choice of rules on the command line.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Choice {
    /// Add the rules of a TOML file
    #[arg(long = "rules", value_name = "PACK")]
    pub packs: Vec<PathBuf>,
    /// Run only this rule or topic
    #[arg(long, value_name = "RULE")]
    pub only: Vec<String>,
    /// Do not run this rule or topic
    #[arg(long, value_name = "RULE")]
    pub except: Vec<String>,
}

/// The packs that come with the program: topic and text.
const BUILT_IN: &[(&str, &str)] =
    &[("reading", include_str!("../../rules/reading.toml")), ("engine", include_str!("../../rules/engine.toml"))];

/// Loads the built-in packs and the user's.
///
/// # Errors
/// A pack that cannot be read or does not hold.
pub fn load(packs: &[PathBuf]) -> Result<RuleSet, Error> {
    let mut texts: Vec<(String, String)> =
        BUILT_IN.iter().map(|(topic, text)| (topic.to_string(), text.to_string())).collect();
    for path in packs {
        let text = fs::read_to_string(path).map_err(|cause| Error::file("read the rule pack", path, cause))?;
        let topic = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        texts.push((topic, text));
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|(topic, text)| (topic.as_str(), text.as_str())).collect();
    rule::load(&texts).map_err(Error::asked)
}

/// Keeps the rules that were chosen and are not off, and says which names of the choice name nothing.
///
/// Rules that only declare what the reader reports stay, because their reports are no matter of choice.
pub fn choose(set: &mut RuleSet, choice: &Choice) -> Vec<String> {
    let asked = choice.only.iter().chain(&choice.except);
    let unknown = asked.filter(|name| !set.rules.iter().any(|rule| is_named(rule, name))).cloned().collect();
    let named = |rule: &Rule, names: &[String]| names.iter().any(|name| is_named(rule, name));
    set.rules.retain(|rule| {
        let chosen = choice.only.is_empty() || named(rule, &choice.only);
        let runs = chosen && !named(rule, &choice.except) && rule.stamp.level != Level::Off;
        runs || rule.declaration.check == DECLARED_ONLY
    });
    unknown
}

/// Whether a name is the rule's id or its topic.
pub fn is_named(rule: &Rule, name: &str) -> bool {
    rule.id.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
