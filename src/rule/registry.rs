/*!
The rules that run: packs loaded together, and selections from them.
*/

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::compile::Compiler;
use super::declaration::{self, Declared};
use super::example;
use super::pack::{Pack, Written, embedded};
use super::spot;
use super::{Body, Rule, RuleSet};
use crate::error::{Error, Mistake, did_you_mean};
use crate::scan::Scan;

/// What a configuration changes about rules before they are compiled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Options of rules by id, each replacing one key of the rule's `with`.
    pub with: BTreeMap<String, Map<String, Value>>,
}

/// Loads packs into one set.
///
/// # Errors
/// All mistakes of all packs, each shown in its pack; among them examples that do not hold, where examples run.
pub fn load(packs: &[Pack], settings: &Settings) -> Result<RuleSet, Error> {
    let mut loading = Loading::default();
    packs.iter().for_each(|pack| loading.pack(pack, settings));
    if loading.mistakes.is_empty() { Ok(loading.set) } else { Err(Error::Declared(loading.mistakes)) }
}

/// Loads the built-in packs.
///
/// # Errors
/// Never with the packs that were tested; a mistake in one that was not.
pub fn built_in() -> Result<RuleSet, Error> {
    load(&embedded(), &Settings::default())
}

/// Reads a built-in rule.
///
/// # Panics
/// Where the rule does not hold, which the tests of the built-in packs rule out.
pub(super) fn wake(topic: &str, written: Option<&'static Written>) -> Body {
    let written = written.expect("only embedded rules are left unread");
    let pack = Pack::of_rule(topic, written);
    let mut mistakes = Vec::new();
    let (declared, _) = declaration::read(&pack, &mut mistakes);
    let body = declared.first().and_then(|declared| {
        let id = format!("{topic}/{}", written.id).into();
        Compiler { pack: &pack, declared, mistakes: &mut mistakes }.body(&id, &mut Scan::default())
    });
    body.unwrap_or_else(|| panic!("{}", Error::Declared(mistakes)))
}

#[derive(Default)]
struct Loading {
    set: RuleSet,
    mistakes: Vec<Mistake>,
    /// Where each id was first declared: the pack and the bytes of its text.
    places: HashMap<Arc<str>, (Pack, Range<usize>)>,
}

impl Loading {
    fn pack(&mut self, pack: &Pack, settings: &Settings) {
        let Some(written) = pack.written() else { return self.read(pack, settings, None) };
        for written in written {
            let rule = Rule::asleep(&pack.topic, written);
            if settings.names(&rule) {
                self.read(pack, settings, Some(written.id));
            } else if self.is_new(pack, rule.id.clone(), written.place.0..written.place.1) {
                self.set.rules.push(rule);
            }
        }
    }

    /// Reads the rules of a pack, or the one of that name.
    fn read(&mut self, pack: &Pack, settings: &Settings, only: Option<&str>) {
        let (mut declared, manifest) = declaration::read(pack, &mut self.mistakes);
        self.set.manifests.extend(manifest.map(|manifest| (pack.topic.clone(), manifest)));
        declared.retain(|declared| only.is_none_or(|only| declared.declaration.id == only));
        declared.iter_mut().for_each(|declared| configure(pack, declared, settings));
        let mut rules = Vec::new();
        for declared in &declared {
            let id = format!("{}/{}", pack.topic, declared.declaration.id).into();
            if self.is_new(pack, id, spot::locate(&declared.table, "id")) {
                let mut compiler = Compiler { pack, declared, mistakes: &mut self.mistakes };
                rules.extend(compiler.rule(&mut self.set.scan).map(|rule| (rule, declared)));
            }
        }
        for (rule, declared) in rules {
            // The examples are about the rule as it is declared.
            let plain = !settings.names(&rule);
            let examples = if pack.examples && plain { example::broken(&rule, &self.set.scan) } else { Vec::new() };
            let mut compiler = Compiler { pack, declared, mistakes: &mut self.mistakes };
            for broken in examples {
                compiler.mistake(&broken.path, format!("{}: {}", rule.id, broken.message), None);
            }
            self.set.rules.push(rule);
        }
    }

    fn is_new(&mut self, pack: &Pack, id: Arc<str>, at: Range<usize>) -> bool {
        match self.places.get(&id) {
            Some((first, there)) => {
                let there = first.mistake(there.clone(), String::new());
                let help = Some(format!("it stands in {}:{}", there.file, there.line));
                self.mistakes.push(pack.mistake(at, format!("the id {id} is taken")).help(help));
                false
            }
            None => self.places.insert(id, (pack.clone(), at)).is_none(),
        }
    }
}

/// Former names first, so that the rule's own name has the last word.
fn configure(pack: &Pack, declared: &mut Declared, settings: &Settings) {
    let topic = &pack.topic;
    let was = declared.declaration.was.iter().flat_map(|was| [was.clone(), format!("{topic}/{was}")]);
    let names: Vec<String> = was.chain([format!("{topic}/{}", declared.declaration.id)]).collect();
    for (key, value) in names.iter().filter_map(|name| settings.with.get(name)).flatten() {
        declared.declaration.with[key] = value.clone();
    }
}

impl Settings {
    /// Whether it changes the options of a rule.
    fn names(&self, rule: &Rule) -> bool {
        self.with.keys().any(|name| name != rule.topic() && rule.is_named(name))
    }
}

impl Rule {
    /// Whether a name a person gave means this rule: its topic, its id, or a former id.
    pub fn is_named(&self, name: &str) -> bool {
        let short = name.strip_prefix(self.topic()).and_then(|rest| rest.strip_prefix('/'));
        let former = |was: &Cow<str>| was == name || Some(was.as_ref()) == short;
        name == self.topic() || name == &*self.id || self.was.iter().any(former)
    }
}

impl RuleSet {
    /// Keeps the rules that `only` names (all if it is empty) and `except` does not.
    ///
    /// # Errors
    /// A name that means no rule.
    pub fn select(&mut self, only: &[String], except: &[String]) -> Result<(), Error> {
        for name in only.iter().chain(except) {
            self.refuse_unknown(name)?;
        }
        let named = |rule: &Rule, names: &[String]| names.iter().any(|name| rule.is_named(name));
        self.rules.retain(|rule| (only.is_empty() || named(rule, only)) && !named(rule, except));
        Ok(())
    }

    /// The rule of that id or former id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.topic() != id && rule.is_named(id))
    }

    fn refuse_unknown(&self, name: &str) -> Result<(), Error> {
        if self.rules.iter().any(|rule| rule.is_named(name)) {
            return Ok(());
        }
        let known = self.rules.iter().flat_map(|rule| [&*rule.id, rule.topic()]);
        Err(Error::Asked { what: format!("there is no rule or topic `{name}`"), help: did_you_mean(name, known) })
    }
}
