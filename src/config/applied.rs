/*!
What applies to one manuscript: parts of configurations, the weaker first, and what comes of them.
*/

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::find::Found;
use super::{At, Config, Part, RuleOption, Whence, validate};
use crate::error::Error;
use crate::finding::Level;
use crate::review::gate::Gate;
use crate::rule::{self, Pack, Rule, RuleSet};
use crate::score::Measure;

/// Topics whose findings accuse words, and never a listed name.
const QUESTIONING: [&str; 5] = ["person", "consistency", "place", "spelling", "organization"];

/// What applies to one manuscript.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// The weaker first, the command line last.
    pub parts: Vec<Arc<Part>>,
    /// The profiles and files whose parts these are, in the same order, the manuscript's own configuration last.
    pub chain: Vec<Arc<Config>>,
    /// What is extended, and where that was said.
    pub bases: Vec<At<Arc<Config>>>,
    /// The configurations themselves, for the names in them.
    found: Found,
}

impl Applied {
    pub(super) fn new(path: &Path, found: Found, profile: Option<&At<Arc<Config>>>, flags: &Arc<Part>) -> Applied {
        let mut applied = Applied { found, ..Applied::default() };
        match applied.found.config.clone() {
            Some(config) => applied.add(&config, path, profile),
            None => profile.into_iter().for_each(|profile| applied.extend(profile, path)),
        }
        applied.parts.push(flags.clone());
        applied
    }

    fn add(&mut self, config: &Arc<Config>, path: &Path, profile: Option<&At<Arc<Config>>>) {
        let matching: Vec<_> =
            config.fors.iter().filter(|table| table.files.iter().any(|files| files.has(path))).collect();
        let own = matching.iter().rev().find_map(|table| table.extends.as_ref()).or(config.extends.as_ref());
        if let Some(base) = profile.or(own) {
            self.extend(base, path);
        }
        self.chain.push(config.clone());
        self.parts.push(config.part.clone());
        self.parts.extend(matching.iter().map(|table| table.part.clone()));
    }

    fn extend(&mut self, base: &At<Arc<Config>>, path: &Path) {
        self.bases.push(base.clone());
        self.add(&base.value, path, None);
    }

    /// The manuscript's own configuration.
    pub fn own(&self) -> Option<&Arc<Config>> {
        self.found.config.as_ref()
    }

    /// The files whose allows hold: the configurations and the file of allows.
    pub fn allowing(&self) -> impl Iterator<Item = &Arc<Config>> {
        self.chain.iter().chain(&self.found.ledger)
    }

    /// Whether the same rules run and the same gates are set.
    pub fn is_like(&self, other: &Applied) -> bool {
        let same = |(one, other): (&Arc<Part>, &Arc<Part>)| Arc::ptr_eq(one, other) || one == other;
        self.parts.len() == other.parts.len() && self.parts.iter().zip(&other.parts).all(same)
    }

    /// The strongest value of a setting.
    pub fn last<T>(&self, setting: impl Fn(&Part) -> Option<&At<T>>) -> Option<&At<T>> {
        self.parts.iter().rev().find_map(|part| setting(part))
    }

    /// A gate on the rate makes the rate the gate, unless a level is asked for too.
    pub fn gate(&self) -> Gate {
        let usual = if self.fail_over().is_some() { Gate::Never } else { Gate::At(Level::Error) };
        self.last(|part| part.fail_on.as_ref()).map_or(usual, |gate| gate.value)
    }

    /// The most points per 10,000 characters.
    pub fn fail_over(&self) -> Option<f64> {
        self.last(|part| part.fail_over.as_ref()).map(|rate| rate.value)
    }

    pub fn measure(&self) -> Option<&'static Measure> {
        let usual = || self.fail_over().and_then(|_| crate::score::measure(crate::score::USUAL));
        self.last(|part| part.measure.as_ref()).map(|measure| measure.value).or_else(usual)
    }

    /// The packs to add, each once.
    pub fn packs(&self) -> Vec<&At<PathBuf>> {
        let mut packs: Vec<&At<PathBuf>> = Vec::new();
        for pack in self.parts.iter().flat_map(|part| &part.packs) {
            let path = super::absolute(&pack.value);
            if packs.iter().all(|known| super::absolute(&known.value) != path) {
                packs.push(pack);
            }
        }
        packs
    }

    /// The options of rules, the stronger in place of the weaker.
    pub fn options(&self) -> Vec<&RuleOption> {
        let mut options: BTreeMap<(&str, &str), &RuleOption> = BTreeMap::new();
        for option in self.parts.iter().flat_map(|part| &part.options) {
            options.insert((&option.rule.value, &option.key), option);
        }
        options.into_values().collect()
    }

    /// Loads the rules, sets their levels and options, and guards the names.
    ///
    /// # Errors
    /// Packs and lists of names that cannot be read, packs that do not hold, and names that mean no rule; each at its
    /// place in the configuration that names it.
    pub fn load(&self) -> Result<RuleSet, Error> {
        let mut packs = rule::embedded();
        for pack in self.packs() {
            packs.push(Pack::read(&pack.value).map_err(|error| placed(error, &pack.whence))?);
        }
        let options = self.options();
        let mut set =
            rule::load(&packs, &settings(&options)).map_err(|error| validate::options(error, &packs, &options))?;
        validate::names(&self.configs(), &self.packs(), &set)?;
        let levels = self.parts.iter().fold(Standing::new(&set), Standing::after).levels();
        set.rules.iter_mut().zip(levels).for_each(|(rule, level)| rule.level = level);
        self.guard(&mut set)?;
        Ok(set)
    }

    fn configs(&self) -> Vec<&Arc<Config>> {
        self.chain.iter().chain(&self.found.config).chain(&self.found.ledger).collect()
    }

    /// Declares the listed names; the rules of questioning topics are silent inside them.
    fn guard(&self, set: &mut RuleSet) -> Result<(), Error> {
        let mut names = Vec::new();
        for list in self.parts.iter().flat_map(|part| &part.names) {
            let failed = |cause| Error::File { attempt: "read the list of names", path: list.value.clone(), cause };
            let text = fs::read_to_string(&list.value).map_err(|cause| placed(failed(cause), &list.whence))?;
            let lines = text.trim_start_matches('\u{FEFF}').lines();
            names.extend(lines.map(|line| line.split('#').next().unwrap_or_default().trim().to_string()));
        }
        names.retain(|name| !name.is_empty());
        if names.is_empty() {
            return Ok(());
        }
        let literals: Arc<[_]> = names.iter().map(|name| set.scan.literal(name)).collect();
        for rule in set.rules.iter_mut().filter(|rule| QUESTIONING.contains(&rule.topic())) {
            rule.body_mut().stamp.guard.names = literals.clone();
        }
        Ok(())
    }
}

/// An error about a file, at the place that named it.
fn placed(error: Error, whence: &Whence) -> Error {
    match whence.mistake(error.to_string()) {
        Some(mistake) if matches!(error, Error::File { .. }) => Error::Declared(vec![mistake]),
        _ => error,
    }
}

/// Options as rules are loaded with them.
pub(super) fn settings(options: &[&RuleOption]) -> rule::Settings {
    let mut settings = rule::Settings::default();
    for option in options {
        let with = settings.with.entry(option.rule.value.clone()).or_default();
        with.insert(option.key.clone(), option.value.value.clone());
    }
    settings
}

/// The levels of a set's rules, part by part.
struct Standing<'s> {
    rules: Vec<(&'s Rule, Level, bool)>,
}

impl<'s> Standing<'s> {
    fn new(set: &'s RuleSet) -> Self {
        let standing = |rule: &'s Rule| (rule, rule.level, rule.level == Level::Off);
        Standing { rules: set.rules.iter().map(standing).collect() }
    }

    /// The longer name wins. A topic leaves alone what its own name, or the rule's declaration, has switched off.
    fn after(mut self, part: &Arc<Part>) -> Self {
        for (rule, level, off) in &mut self.rules {
            let named = |topic: bool| {
                let of = part.levels.iter().map(|(name, level)| (name.value.as_str(), *level));
                let of = of.filter(|(name, _)| rule.is_named(name) && (*name == rule.topic()) == topic);
                of.map(|(_, level)| level).next_back()
            };
            match (named(false), named(true)) {
                (Some(own), _) => (*level, *off) = (own, own == Level::Off),
                (None, Some(topic)) if !*off => *level = topic,
                _ => {}
            }
        }
        self
    }

    fn levels(self) -> Vec<Level> {
        self.rules.into_iter().map(|(_, level, _)| level).collect()
    }
}
