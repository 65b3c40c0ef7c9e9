/*!
From a declaration to a rule, with every mistake placed in the pack.
*/

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Value, json};

use super::declaration::{Declared, plain, unknown_field};
use super::pack::Pack;
use super::spot;
use super::{Body, Rule};
use crate::check::{Check, MECHANISMS, Mechanism, OptionError, Options};
use crate::error::{Mistake, did_you_mean};
use crate::finding::{Class, Stamp, Template};
use crate::guard::{Given, Guard};
use crate::manuscript::BlockKind;
use crate::phrase::{Phrase, Reach, Within};
use crate::scan::Scan;

/// The mechanism of rules that only declare what the reader and the engine report; they have no examples.
const DECLARED_ONLY: &str = "reading";

/// The mechanism whose `list` is a table beside the pack, which the loader reads for it: a check opens no file.
pub(super) const TABLED: &str = "phrase";

/// A declaration on its way to a rule.
pub(super) struct Compiler<'a, 'm> {
    pub pack: &'a Pack,
    pub declared: &'a Declared<'a>,
    pub mistakes: &'m mut Vec<Mistake>,
}

impl Compiler<'_, '_> {
    /// Compiles the rule; `None` if there was a mistake, which is told.
    pub fn rule(&mut self, scan: &mut Scan) -> Option<Rule> {
        let id: Arc<str> = format!("{}/{}", self.pack.topic, self.declared.declaration.id).into();
        self.body(&id, scan).map(|body| Rule::read(id, body))
    }

    /// Compiles what the rule says and does.
    pub fn body(&mut self, id: &Arc<str>, scan: &mut Scan) -> Option<Body> {
        let before = self.mistakes.len();
        let declaration = &self.declared.declaration;
        self.shape();
        let mechanism = self.mechanism();
        let guard = self.guard(scan);
        let check = mechanism.and_then(|mechanism| {
            self.slots(mechanism);
            self.check(mechanism, scan)
        });
        let stamp = Stamp {
            rule: id.clone(),
            class: declaration.class.unwrap_or(class_of(&self.pack.topic)),
            message: Template::new(&declaration.message),
            note: declaration.note.as_deref().map(Template::new),
            help: declaration.help.as_deref().map(Template::new),
            guard,
        };
        let check = check.filter(|_| self.mistakes.len() == before)?;
        Some(Body { declaration: declaration.clone(), stamp, check })
    }

    /// Tells a mistake at a path of the rule.
    pub fn mistake(&mut self, path: &str, message: impl Into<String>, help: Option<String>) {
        let span = spot::locate(&self.declared.table, path);
        self.mistakes.push(self.pack.mistake(span, message).help(help));
    }

    fn shape(&mut self) {
        let declaration = &self.declared.declaration;
        if !is_kebab(&declaration.id) {
            let help = "lower-case words joined by hyphens, such as role-outside-institution";
            self.mistake("id", format!("`{}` is no id", declaration.id), Some(help.to_string()));
        }
        for (key, text) in
            [("message", &declaration.message), ("why", &declaration.why), ("source", &declaration.source)]
        {
            if text.trim().is_empty() {
                self.mistake(key, format!("`{key}` is empty"), None);
            }
        }
        if declaration.check == DECLARED_ONLY {
            return;
        }
        for (key, examples) in [("bad", &declaration.bad), ("good", &declaration.good)] {
            if examples.is_empty() {
                self.mistake("id", format!("the rule has no `{key}` example"), None);
            }
        }
        let (fixed, bad) = (declaration.fixed.len(), declaration.bad.len());
        if fixed > 0 && fixed != bad {
            self.mistake("fixed", format!("{fixed} of `fixed` do not go with {bad} of `bad`"), None);
        }
    }

    fn mechanism(&mut self) -> Option<&'static Mechanism> {
        let name = &self.declared.declaration.check;
        let found = MECHANISMS.iter().copied().find(|mechanism| mechanism.name == name);
        if found.is_none() {
            let help = did_you_mean(name, MECHANISMS.iter().map(|mechanism| mechanism.name));
            self.mistake("check", format!("unknown mechanism `{name}`"), help);
        }
        found
    }

    fn slots(&mut self, mechanism: &Mechanism) {
        let declaration = &self.declared.declaration;
        let texts = [
            ("message", Some(&declaration.message)),
            ("note", declaration.note.as_ref()),
            ("help", declaration.help.as_ref()),
        ];
        for (key, text) in texts.into_iter().filter_map(|(key, text)| Some((key, text?))) {
            for slot in Template::new(text).slots().filter(|slot| !mechanism.slots.contains(slot)) {
                let known = || format!("{} has {}", mechanism.name, braced(mechanism.slots));
                let help = did_you_mean(slot, mechanism.slots.iter().copied()).unwrap_or_else(known);
                let at = text.find(&format!("{{{slot}}}")).map_or(0, |at| at + 1);
                self.mistake_inside(key, Some(at), format!("unknown slot {{{slot}}}"), Some(help));
            }
        }
    }

    fn guard(&mut self, scan: &mut Scan) -> Guard {
        let declaration = &self.declared.declaration;
        let mut guard = Guard { boundary: declaration.boundary, ..Guard::default() };
        for (index, name) in declaration.blocks.iter().enumerate() {
            match BlockKind::ALL.into_iter().find(|kind| kind.name() == name) {
                Some(kind) => guard.blocks.push(kind),
                None => {
                    let help = did_you_mean(name, BlockKind::ALL.iter().map(|kind| kind.name()));
                    self.mistake(&format!("in[{index}]"), format!("unknown block kind `{name}`"), help);
                }
            }
        }
        guard.titled.clone_from(&declaration.titled);
        guard.unless = self.phrases("unless", &declaration.unless);
        let given = self.phrases("given", &declaration.given);
        guard.given = given.into_iter().map(|phrase| Given::new(phrase, scan)).collect();
        guard
    }

    fn phrases(&mut self, key: &str, texts: &[String]) -> Vec<Phrase> {
        let mut phrases = Vec::new();
        let reach = self.reach();
        for (index, text) in texts.iter().enumerate() {
            match Phrase::parse(text, reach) {
                Ok(phrase) => phrases.push(phrase),
                Err(error) => {
                    self.mistake_inside(&format!("{key}[{index}]"), Some(error.at), error.message, error.help);
                }
            }
        }
        phrases
    }

    /// A guard must reach as far as what it guards.
    fn reach(&self) -> Reach {
        let with = &self.declared.declaration.with;
        let mut reach = Reach::default();
        let gap = with.get("gap").and_then(Value::as_u64).map_or(0, |gap| gap as usize);
        reach.gap = reach.gap.max(gap);
        if with.get("within").and_then(Value::as_str) == Some("sentence") {
            reach.within = Within::Sentence;
        }
        reach
    }

    fn check(&mut self, mechanism: &Mechanism, scan: &mut Scan) -> Option<Check> {
        let mut with = self.declared.declaration.with.clone();
        let list = with.get("list").filter(|_| mechanism.name == TABLED).and_then(Value::as_str).map(str::to_string);
        let mut table = None;
        if let Some(list) = &list {
            match self.pack.list(list) {
                Ok(text) => {
                    let embedded = matches!(text, Cow::Borrowed(_)).then_some(list);
                    with["list"] = json!({ "text": text, "embedded": embedded });
                    table = Some((list.as_str(), text));
                }
                Err(cause) => {
                    self.mistake("with.list", format!("cannot read the list {list}: {cause}"), None);
                    return None;
                }
            }
        }
        match (mechanism.compile)(Options(&with), scan) {
            Ok(check) => Some(check),
            Err(error) => {
                let table = table.as_ref().map(|(name, text)| (*name, text.as_ref()));
                self.option_mistake(error, table);
                None
            }
        }
    }

    fn option_mistake(&mut self, error: OptionError, list: Option<(&str, &str)>) {
        let line = error.path.strip_prefix("list[").and_then(|rest| rest.trim_end_matches(']').parse::<usize>().ok());
        if let (Some(line), Some((name, text))) = (line, list) {
            let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
            let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
            let file = self
                .pack
                .folder
                .as_ref()
                .map_or(format!("rules/lexicon/{name}"), |folder| folder.join(name).display().to_string());
            self.mistakes.push(Mistake::new(file, text, start..end, error.message).help(error.help));
            return;
        }
        let (message, help) = plain(&error.message);
        let help = error.help.or(help);
        match unknown_field(&error.message) {
            Some(key) => {
                let parent = error.path.strip_suffix(key).unwrap_or(&error.path).trim_matches('.');
                let path = format!("with.{parent}");
                let span = spot::locate_key(&self.declared.table, path.trim_end_matches('.'), key);
                self.mistakes.push(self.pack.mistake(span, message).help(help));
            }
            None => self.mistake_inside(&format!("with.{}", error.path), error.at, message, help),
        }
    }

    /// Tells a mistake at a byte of the text that stands at a path.
    fn mistake_inside(&mut self, path: &str, at: Option<usize>, message: impl Into<String>, help: Option<String>) {
        let whole = spot::locate(&self.declared.table, path);
        let span = at.map_or(whole.clone(), |at| spot::inside(&self.pack.text, whole, at));
        self.mistakes.push(self.pack.mistake(span, message).help(help));
    }
}

fn is_kebab(id: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    id.split('-').all(word)
}

fn braced(slots: &[&str]) -> String {
    slots.iter().map(|slot| format!("{{{slot}}}")).collect::<Vec<_>>().join(" ")
}

/// What the measure of errors charges by default for a rule of a topic.
fn class_of(topic: &str) -> Class {
    match topic {
        "organization" | "person" | "place" | "date" | "formula" | "law" | "number" | "enumeration" | "reference"
        | "consistency" => Class::Fact,
        "punctuation" => Class::Punctuation,
        "structure" | "document" => Class::Layout,
        "numbering" => Class::Numbering,
        "unit" => Class::UnitTerm,
        "reading" | "engine" => Class::None,
        _ => Class::Char,
    }
}
