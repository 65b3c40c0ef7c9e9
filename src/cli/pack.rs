/*!
Which rules run: the built-in packs, the user's, and the choice among them.
*/

use std::path::PathBuf;

use crate::engine::DECLARED_ONLY;
use crate::error::Error;
use crate::finding::Level;
use crate::rule::{self, Pack, RuleSet};

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

/// Loads the built-in packs and the user's, all their rules.
///
/// # Errors
/// A pack that cannot be read or does not hold.
pub fn load(packs: &[PathBuf]) -> Result<RuleSet, Error> {
    let mut all = rule::embedded();
    for path in packs {
        all.push(Pack::read(path)?);
    }
    rule::load(&all, &rule::Settings::default())
}

/// Keeps the rules that were chosen and are not off.
///
/// # Errors
/// A name that means no rule; then no rule is left that could find anything.
pub fn choose(set: &mut RuleSet, choice: &Choice) -> Result<(), Error> {
    let selected = set.select(&choice.only, &choice.except);
    let runs = selected.is_ok();
    set.rules.retain(|rule| rule.mechanism == DECLARED_ONLY || runs && rule.level != Level::Off);
    selected
}
